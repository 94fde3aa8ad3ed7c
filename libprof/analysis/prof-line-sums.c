/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "analysis/prof-line-sums.h"

#include "analysis/prof-stack-rows.h"
#include "base/prof-block.h"
#include "base/prof-checked.h"
#include "base/prof-hash.h"

/* Of each line of the profile: which sum it counts for. Locations are known by
 * then, so the pass over rows does no look-up. */

typedef struct
{
  ProfProfile   *profile;
  ProfFrameLists lists;
  ProfFrameId    frame;
  GArray        *lines;   /* ProfLineSum */
  GArray        *until;   /* uint32_t for each: row behind which it counts */
  uint32_t      *sum_of;  /* for each line of the profile, or PROF_ID_NONE */
  bool          *matters; /* for each location */
  GHashTable    *places;  /* Place → its sum + 1 */
} Counter;

typedef struct
{
  ProfStringId file;
  int64_t      line;
} Place;

static guint
hash_place (gconstpointer data)
{
  const Place *place = data;

  return place->file * 31u + prof_hash_int64 (&place->line);
}

static gboolean
places_are_alike (gconstpointer a, gconstpointer b)
{
  const Place *left = a;
  const Place *right = b;

  return left->file == right->file && left->line == right->line;
}

static uint32_t
sum_at (Counter *self, Place place)
{
  gpointer    known = g_hash_table_lookup (self->places, &place);
  uint32_t    zero = 0;
  ProfLineSum sum = { .file = place.file, .line = place.line };

  if (known != NULL)
    return GPOINTER_TO_UINT (known) - 1;
  g_array_append_val (self->lines, sum);
  g_array_append_val (self->until, zero);
  g_hash_table_insert (self->places,
                       g_memdup2 (&place, sizeof place),
                       GUINT_TO_POINTER (self->lines->len));
  return self->lines->len - 1;
}

/* A location has a frame for each of its lines or, without inlined ones, for the
 * last alone. */
static void
find_lines (Counter *self, ProfLocationId id)
{
  const ProfLocation *location = &prof_profile_locations (self->profile)[id];
  const ProfFunction *functions = prof_profile_functions (self->profile);
  size_t              n;
  const ProfFrameId  *frames = prof_frame_list (&self->lists, id, &n);

  for (size_t f = 0; f < MIN (n, location->n_lines); f++)
    {
      size_t          at = location->first_line + location->n_lines - n + f;
      const ProfLine *line = &prof_profile_lines (self->profile)[at];

      if (frames[f] != self->frame || line->line == 0)
        continue;
      self->sum_of[at] = sum_at (self,
                                 (Place){ functions[line->function].filename,
                                          line->line });
      self->matters[id] = true;
    }
}

static void
count_row (Counter *self, const ProfStackRows *rows, uint32_t row, int64_t own)
{
  const ProfStackRow *at = &rows->rows[row];
  const ProfLocation *location;
  size_t              n;

  location = &prof_profile_locations (self->profile)[at->location];
  prof_frame_list (&self->lists, at->location, &n);
  for (size_t f = 0; f < MIN (n, location->n_lines); f++)
    {
      size_t       line = location->first_line + location->n_lines - n + f;
      uint32_t     place = self->sum_of[line];
      ProfLineSum *sum;
      uint32_t    *until;

      if (place == PROF_ID_NONE)
        continue;
      sum = &g_array_index (self->lines, ProfLineSum, place);
      until = &g_array_index (self->until, uint32_t, place);
      if (f == 0)
        sum->flat = prof_add_i64 (sum->flat, own);
      if (*until > row)
        continue;
      *until = row + at->size;
      sum->cum = prof_add_i64 (sum->cum, at->total);
    }
}

/* What ended at a row: its total without its children's. */
static int64_t
own_of (const ProfStackRows *rows, uint32_t row)
{
  uint32_t end = row + rows->rows[row].size;
  int64_t  own = rows->rows[row].total;

  for (uint32_t child = row + 1; child < end; child += rows->rows[child].size)
    own = prof_add_i64 (own, -rows->rows[child].total);
  return own;
}

static void
count_rows (Counter *self, size_t type)
{
  ProfStackRows rows;

  prof_stack_rows_init (&rows, self->profile, type);
  for (uint32_t row = 1; row < rows.n; row++)
    if (prof_stack_rows_is_zero (&rows, row))
      row += rows.rows[row].size - 1;
    else if (self->matters[rows.rows[row].location])
      count_row (self, &rows, row, own_of (&rows, row));
  prof_stack_rows_clear (&rows);
}

static int
compare_weights (int64_t left, int64_t right)
{
  uint64_t l = prof_abs_u64 (left);
  uint64_t r = prof_abs_u64 (right);

  return (l < r) - (l > r);
}

static int
compare (gconstpointer a, gconstpointer b)
{
  const ProfLineSum *left = a;
  const ProfLineSum *right = b;
  int                order = compare_weights (left->cum, right->cum);

  if (order == 0)
    order = compare_weights (left->flat, right->flat);
  if (order == 0)
    order = (left->file > right->file) - (left->file < right->file);
  if (order == 0)
    order = (left->line > right->line) - (left->line < right->line);
  return order;
}

static void
drop_zeros (GArray *lines)
{
  for (guint i = lines->len; i > 0; i--)
    {
      const ProfLineSum *sum = &g_array_index (lines, ProfLineSum, i - 1);

      if (sum->flat == 0 && sum->cum == 0)
        g_array_remove_index_fast (lines, i - 1);
    }
}

GArray *
prof_line_sums_new (ProfFrames *frames, size_t type, ProfFrameId frame)
{
  ProfProfile           *profile = prof_frames_profile (frames);
  size_t                 n_lines = prof_profile_n_lines (profile);
  size_t                 n_locations = prof_profile_n_locations (profile);
  g_autoptr (GArray)     until = g_array_new (FALSE, FALSE, sizeof (uint32_t));
  g_autofree uint32_t   *sum_of = prof_block_new (uint32_t, n_lines + 1);
  g_autofree bool       *matters = prof_block_new0 (bool, n_locations + 1);
  g_autoptr (GHashTable) places = NULL;
  Counter                self = { 0 };

  places = g_hash_table_new_full (hash_place, places_are_alike, g_free, NULL);
  self.profile = profile;
  self.lists = prof_frames_lists (frames);
  self.frame = frame;
  self.lines = g_array_new (FALSE, FALSE, sizeof (ProfLineSum));
  self.until = until;
  self.sum_of = sum_of;
  self.matters = matters;
  self.places = places;
  for (size_t l = 0; l < n_lines; l++)
    sum_of[l] = PROF_ID_NONE;
  for (size_t l = 0; l < n_locations; l++)
    find_lines (&self, (ProfLocationId)l);
  if (type < prof_profile_n_types (profile) && self.lines->len > 0)
    count_rows (&self, type);
  drop_zeros (self.lines);
  g_array_sort (self.lines, compare);
  return self.lines;
}
