/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "layout/prof-graph-layout-private.h"

#include "base/prof-error.h"
#include "base/prof-json.h"
#include <math.h>
#include <string.h>

/* Graphviz may be another one tomorrow, and what stands in PATH as "dot" may be
 * anything: its answer is read like a file.
 *
 *   { "bb": "0,0,171,111",
 *     "objects": [ { "name": "0", "pos": "99,93" }, … ],
 *     "edges": [ { "id": "0", "lp": "105,55.5",
 *                  "pos": "e,64,36 88,74 85,70 82,66 80,62" }, … ] }
 */

/* No picture is larger, nor is anything outside of it. */
#define MAX_PX 1e6

/* Bytes of a text that is looked at, and points of a curve. */
#define MAX_NUMBER_TEXT 32
#define MAX_POINTS      10000

typedef struct
{
  ProfGraphLayout      *layout;
  ProfJson             *json;
  const ProfGraphBox   *boxes;
  const ProfGraphArrow *arrows;
  size_t                n_boxes;
  size_t                n_arrows;
  bool                  has_size;
  ProfGraphPoint        low; /* of the picture */
} Answer;

/* Of an object or an edge. */
typedef struct
{
  bool     has_id;
  uint64_t id;
  char    *pos; /* (owned) (nullable) */
  char    *text_pos;
} Item;

static void
clear_item (Item *item)
{
  g_free (item->pos);
  g_free (item->text_pos);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Item, clear_item)

/* --- Numbers within texts --- */

static bool
read_number (const char **text, double *number)
{
  const char *digits = *text;
  char        buffer[MAX_NUMBER_TEXT];
  size_t      length = strspn (digits, "+-.0123456789eE");
  char       *end;

  if (length == 0 || length >= sizeof buffer)
    return false;
  memcpy (buffer, digits, length);
  buffer[length] = '\0';
  *number = g_ascii_strtod (buffer, &end);
  *text += length;
  return *end == '\0' && isfinite (*number) && fabs (*number) <= MAX_PX;
}

static bool
read_letter (const char **text, char letter)
{
  if (**text != letter)
    return false;
  ++*text;
  return true;
}

static bool
read_point (const char **text, ProfGraphPoint *point)
{
  return read_number (text, &point->x) && read_letter (text, ',') &&
         read_number (text, &point->y);
}

/* --- Places --- */

static ProfGraphPoint
turned (const Answer *self, ProfGraphPoint point)
{
  return (ProfGraphPoint){ point.x - self->low.x,
                           self->layout->height_px - (point.y - self->low.y) };
}

static bool
read_size (Answer *self, const char *text)
{
  ProfGraphPoint high;

  self->has_size = read_point (&text, &self->low) && read_letter (&text, ',') &&
                   read_point (&text, &high) && *text == '\0' &&
                   high.x >= self->low.x && high.y >= self->low.y;
  if (!self->has_size)
    return false;
  self->layout->width_px = high.x - self->low.x;
  self->layout->height_px = high.y - self->low.y;
  return true;
}

static bool
place_box (Answer *self, const Item *item)
{
  ProfGraphLayout    *layout = self->layout;
  const char         *text = item->pos;
  const ProfGraphBox *box = &self->boxes[item->id];
  ProfGraphPoint      middle;

  if (text == NULL || !read_point (&text, &middle) || *text != '\0')
    return false;
  middle = turned (self, middle);
  layout->corners[item->id] = (ProfGraphPoint){
    middle.x - box->width_px / 2,
    middle.y - box->height_px / 2,
  };
  layout->is_placed[item->id] = true;
  return true;
}

/* "e,TIP " in front; where there is none the curve goes to the end itself. */
static bool
read_tip (const char **text, ProfGraphPoint *tip, bool *has_tip)
{
  *has_tip = g_str_has_prefix (*text, "e,");
  if (!*has_tip)
    return true;
  *text += strlen ("e,");
  return read_point (text, tip) && read_letter (text, ' ');
}

static bool
read_curve (Answer *self, const char *text, ProfGraphWay *way)
{
  ProfVecGraphPoint *points = &self->layout->points;
  ProfGraphPoint     point;
  bool               has_tip;

  if (!read_tip (&text, &way->tip, &has_tip))
    return false;
  way->first_point = points->length;
  way->n_points = 0;
  do
    {
      if (way->n_points == MAX_POINTS || !read_point (&text, &point) ||
          !prof_vec_graph_point_append (points, turned (self, point)))
        return false;
      way->n_points++;
    }
  while (read_letter (&text, ' '));
  way->tip = has_tip ? turned (self, way->tip)
                     : points->data[points->length - 1];
  return *text == '\0' && way->n_points >= 4 && way->n_points % 3 == 1;
}

static bool
place_arrow (Answer *self, const Item *item)
{
  ProfGraphWay *way = &self->layout->ways[item->id];
  const char   *text = item->text_pos;

  if (item->pos == NULL || !read_curve (self, item->pos, way))
    return false;
  way->is_placed = true;
  if (text == NULL)
    return true;
  if (!read_point (&text, &way->text) || *text != '\0')
    return false;
  way->text = turned (self, way->text);
  way->has_text = true;
  return true;
}

/* --- The document --- */

/* Reads the string that must come; %NULL with @error set. */
static const char *
next_text (Answer *self, GError **error)
{
  ProfJsonEvent event = prof_json_next (self->json, error);

  if (event == PROF_JSON_STRING || event == PROF_JSON_NUMBER)
    return prof_json_text (self->json, NULL);
  if (event != PROF_JSON_FAILED)
    prof_json_fail (self->json, error, "a text was expected");
  return NULL;
}

static bool
read_id (const char *text, size_t n, Item *item)
{
  item->has_id = g_ascii_string_to_unsigned (text,
                                             10,
                                             0,
                                             n > 0 ? n - 1 : 0,
                                             &item->id,
                                             NULL) &&
                 n > 0;
  return item->has_id;
}

static bool
read_member (Answer     *self,
             const char *id_key,
             size_t      n,
             Item       *item,
             GError    **error)
{
  char      **to = NULL;
  bool        is_id = prof_json_is (self->json, id_key);
  const char *text;

  if (prof_json_is (self->json, "pos"))
    to = &item->pos;
  else if (prof_json_is (self->json, "lp"))
    to = &item->text_pos;
  else if (!is_id)
    {
      prof_json_skip (self->json);
      return true;
    }
  text = next_text (self, error);
  if (text == NULL)
    return false;
  if (is_id)
    return read_id (text, n, item) ||
           prof_json_fail (self->json,
                           error,
                           "“%.40s” was not asked for",
                           text);
  g_free (*to);
  *to = g_strdup (text);
  return true;
}

/* All that is not asked for has no id that could be read: subgraphs, say. */
static bool
read_item (Answer     *self,
           const char *id_key,
           size_t      n,
           bool (*place) (Answer *self, const Item *item),
           GError **error)
{
  g_auto (Item) item = { 0 };
  ProfJsonEvent event;

  while ((event = prof_json_next (self->json, error)) == PROF_JSON_KEY)
    if (!read_member (self, id_key, n, &item, error))
      return false;
  if (event == PROF_JSON_FAILED)
    return false;
  if (!item.has_id || !place (self, &item))
    return prof_json_fail (self->json,
                           error,
                           "what is drawn has no place that can be read");
  return true;
}

static bool
read_items (Answer     *self,
            const char *id_key,
            size_t      n,
            bool (*place) (Answer *self, const Item *item),
            GError **error)
{
  ProfJsonEvent event = prof_json_next (self->json, error);

  if (event == PROF_JSON_FAILED)
    return false;
  if (event != PROF_JSON_BEGIN_ARRAY)
    return prof_json_fail (self->json, error, "a list was expected");
  if (!self->has_size)
    return prof_json_fail (self->json, error, "the size comes too late");
  while ((event = prof_json_next (self->json, error)) == PROF_JSON_BEGIN_OBJECT)
    if (!read_item (self, id_key, n, place, error))
      return false;
  if (event == PROF_JSON_FAILED)
    return false;
  return event == PROF_JSON_END_ARRAY ||
         prof_json_fail (self->json, error, "an object was expected");
}

static bool
read_part (Answer *self, GError **error)
{
  const char *text;

  if (prof_json_is (self->json, "objects"))
    return read_items (self, "name", self->n_boxes, place_box, error);
  if (prof_json_is (self->json, "edges"))
    return read_items (self, "id", self->n_arrows, place_arrow, error);
  if (!prof_json_is (self->json, "bb"))
    {
      prof_json_skip (self->json);
      return true;
    }
  text = next_text (self, error);
  if (text == NULL)
    return false;
  return read_size (self, text) ||
         prof_json_fail (self->json, error, "“%.40s” is no size", text);
}

static bool
read_document (Answer *self, GError **error)
{
  ProfJsonEvent event = prof_json_next (self->json, error);

  if (event == PROF_JSON_FAILED)
    return false;
  if (event != PROF_JSON_BEGIN_OBJECT)
    return prof_json_fail (self->json, error, "an object was expected");
  while ((event = prof_json_next (self->json, error)) == PROF_JSON_KEY)
    if (!read_part (self, error))
      return false;
  return event != PROF_JSON_FAILED &&
         prof_json_next (self->json, error) == PROF_JSON_END;
}

static bool
check_complete (const Answer *self, GError **error)
{
  for (size_t b = 0; b < self->n_boxes; b++)
    if (!self->layout->is_placed[b])
      return prof_fail (error, PROF_ERROR_MALFORMED, "box %zu has no place", b);
  for (size_t a = 0; a < self->n_arrows; a++)
    if (!self->layout->ways[a].is_placed)
      return prof_fail (error,
                        PROF_ERROR_MALFORMED,
                        "arrow %zu has no place",
                        a);
  return true;
}

bool
prof_graph_layout_fill (ProfGraphLayout *layout,
                        const uint8_t   *bytes,
                        size_t           length,
                        GError         **error)
{
  g_autoptr (ProfJson) json = prof_json_new ();
  Answer               self = { .layout = layout, .json = json };

  self.boxes = prof_graph_scene_boxes (layout->scene, &self.n_boxes);
  self.arrows = prof_graph_scene_arrows (layout->scene, &self.n_arrows);
  prof_json_feed (json, bytes, length);
  prof_json_close (json);
  return read_document (&self, error) && check_complete (&self, error);
}
