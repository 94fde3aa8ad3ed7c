/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "layout/prof-graph-scene.h"

#include "analysis/prof-graph-nodelets.h"
#include "base/prof-checked.h"
#include "base/prof-grapheme.h"
#include "base/prof-unit.h"
#include "base/prof-vec.h"
#include "layout/prof-graph-name.h"
#include "layout/prof-label-fit.h"
#include <math.h>
#include <string.h>

/* Around the texts of a box, and of an arrow. */
#define PADDING_X     10
#define PADDING_Y     5
#define ARROW_PADDING 5
#define LINE_HEIGHT   1.3 /* of the size of its letters */
#define LESS_IMPORTANT \
  0.8 /* letters of packages and values, to those of names */

PROF_VEC_DEFINE (ProfVecGraphBox, prof_vec_graph_box, ProfGraphBox)
PROF_VEC_DEFINE (ProfVecGraphArrow, prof_vec_graph_arrow, ProfGraphArrow)
PROF_VEC_DEFINE (ProfVecGraphText, prof_vec_graph_text, ProfGraphText)

struct _ProfGraphScene
{
  gatomicrefcount ref_count;

  /* Owned */
  ProfVecGraphBox   boxes;
  ProfVecGraphArrow arrows;
  ProfVecGraphText  texts;
  GStringChunk     *strings;
  char             *unit;
  char             *shown_in; /* (nullable) */

  /* Shared, a reference */
  ProfGraph *graph;

  int64_t  total;
  double   divide_by;
  double   max_flat;
  size_t   n_nodes; /* boxes of functions */
  uint32_t hottest; /* box */
};

/* While it is made. */
typedef struct
{
  ProfGraphScene             *scene;
  const ProfGraphSceneParams *params;
  size_t                      first_text; /* of what is being written */
  double                      width_px;   /* of its texts */
  double                      height_px;
  uint32_t                   *boxes;  /* owned: of each node, or PROF_ID_NONE */
  uint32_t                    center; /* node, or PROF_ID_NONE */
} Writer;

/* --- Values --- */

char *
prof_graph_scene_value (const ProfGraphScene *self, int64_t value)
{
  int64_t shown = prof_unit_divide (value, self->divide_by);

  if (self->shown_in != NULL)
    return prof_unit_label (shown, self->unit, self->shown_in);
  return prof_unit_human (shown, self->unit);
}

char *
prof_graph_scene_value_and_share (const ProfGraphScene *self, int64_t value)
{
  g_autofree char *text = prof_graph_scene_value (self, value);
  g_autofree char *share = NULL;

  if (self->total == 0)
    return g_steal_pointer (&text);
  share = prof_unit_human_percentage ((double)value,
                                      fabs ((double)self->total));
  return g_strdup_printf ("%s (%s)", text, share);
}

static double
share_of (const ProfGraphScene *self, int64_t value)
{
  double share;

  if (self->total == 0)
    return 0;
  share = (double)value / fabs ((double)self->total);
  return CLAMP (share, -1, 1);
}

/* --- Lines of text --- */

static void
begin (Writer *writer)
{
  writer->first_text = writer->scene->texts.length;
  writer->width_px = 0;
  writer->height_px = 0;
}

static void
add_line (Writer           *writer,
          const char       *text,
          ProfGraphTextKind kind,
          double            size_px)
{
  ProfGraphScene             *self = writer->scene;
  const ProfGraphSceneParams *params = writer->params;
  double                      line_px = round (size_px * LINE_HEIGHT);
  ProfGraphText               line = {
                  .text = g_string_chunk_insert (self->strings, text),
                  .kind = kind,
                  .size_px = size_px,
                  .middle_px = writer->height_px + line_px / 2,
  };

  line.width_px = params->measure (params->data,
                                   size_px,
                                   kind == PROF_GRAPH_TEXT_NAME,
                                   line.text);
  writer->width_px = MAX (writer->width_px, line.width_px);
  writer->height_px += line_px;
  prof_need_memory (prof_vec_graph_text_append (&self->texts, line));
}

static double
lesser (double size_px)
{
  return MAX (PROF_GRAPH_FONT_LEAST, round (size_px * LESS_IMPORTANT));
}

/* What the granularity knows besides the name: "file.go:12", "[libc.so.6]". */
static char *
place_of (const ProfFrameInfo *info)
{
  g_autofree char *base = NULL;
  g_autofree char *valid = NULL;

  if (info->file[0] == '\0' && info->line == 0)
    return NULL;
  base = g_path_get_basename (info->file[0] != '\0' ? info->file : "?");
  valid = g_utf8_make_valid (base, -1);
  for (char *c = valid; *c != '\0'; c++)
    if (g_ascii_iscntrl (*c))
      *c = ' ';
  if (info->line == 0)
    return g_steal_pointer (&valid);
  return g_strdup_printf ("%s:%" G_GINT64_FORMAT, valid, info->line);
}

static bool
is_plain_name (const ProfFrameInfo *info)
{
  return info->name[0] != '\0' && info->name_length == strlen (info->name);
}

static uint64_t
limit_of (const ProfGraphScene *self, ProfLimit limit)
{
  ProfProfile *profile = prof_frames_profile (prof_graph_frames (self->graph));

  return prof_limits_get (prof_profile_limits (profile), limit);
}

static void
add_name (Writer *writer, ProfFrameId frame, double size_px)
{
  ProfFrames            *frames = prof_graph_frames (writer->scene->graph);
  const ProfFrameInfo   *info = prof_frames_info (frames, frame);
  const char            *display = prof_frames_display_name (frames, frame);
  g_autofree char       *place = place_of (info);
  g_autofree char       *bare = NULL;
  g_auto (ProfGraphName) name = { 0 };

  /* Where more than the name is shown, that has lines of its own. */
  if (place != NULL && is_plain_name (info) &&
      g_utf8_validate (info->name, -1, NULL))
    bare = g_strdup (info->name);
  prof_graph_name_init (&name,
                        bare != NULL ? bare : display,
                        (size_t)limit_of (writer->scene, PROF_LIMIT_SHOWN));
  if (name.package[0] != '\0')
    add_line (writer, name.package, PROF_GRAPH_TEXT_PACKAGE, lesser (size_px));
  for (char **line = name.lines; *line != NULL; line++)
    add_line (writer, *line, PROF_GRAPH_TEXT_NAME, size_px);
  if (bare == NULL)
    return;
  if (info->address != 0)
    {
      g_autofree char *address = NULL;

      address = g_strdup_printf ("%#" G_GINT64_MODIFIER "x", info->address);
      add_line (writer, address, PROF_GRAPH_TEXT_PACKAGE, lesser (size_px));
    }
  add_line (writer, place, PROF_GRAPH_TEXT_PACKAGE, lesser (size_px));
}

static void
add_values (Writer *writer, int64_t flat, int64_t cum, double size_px)
{
  ProfGraphScene  *self = writer->scene;
  g_autofree char *own = prof_graph_scene_value_and_share (self, flat);
  g_autofree char *all = prof_graph_scene_value_and_share (self, cum);
  g_autofree char *of = g_strconcat (flat != 0 ? "of " : "0 of ", all, NULL);

  if (flat != 0 || cum == flat)
    add_line (writer, own, PROF_GRAPH_TEXT_VALUE, lesser (size_px));
  if (cum != flat)
    add_line (writer, of, PROF_GRAPH_TEXT_VALUE, lesser (size_px));
}

/* --- Boxes --- */

static void
end_box (Writer *writer, ProfGraphBox *box)
{
  ProfVecGraphText *texts = &writer->scene->texts;

  box->first_text = writer->first_text;
  box->n_texts = texts->length - writer->first_text;
  box->width_px = ceil (writer->width_px) + 2 * PADDING_X;
  box->height_px = ceil (writer->height_px) + 2 * PADDING_Y;
  for (size_t t = writer->first_text; t < texts->length; t++)
    texts->data[t].middle_px += PADDING_Y;
  prof_need_memory (prof_vec_graph_box_append (&writer->scene->boxes, *box));
}

/* Grows with the root of the weight, so that small ones differ too. */
static double
font_size (double size)
{
  return round (PROF_GRAPH_FONT + PROF_GRAPH_FONT_GROWTH * sqrt (size));
}

static double
flat_size (const ProfGraph *graph, uint32_t node)
{
  return (double)prof_abs_u64 (
      prof_graph_node_flat (&prof_graph_nodes (graph)[node]));
}

static void
add_node (Writer *writer, uint32_t n)
{
  ProfGraphScene      *self = writer->scene;
  const ProfGraphNode *node = &prof_graph_nodes (self->graph)[n];
  int64_t              flat = prof_graph_node_flat (node);
  int64_t              cum = prof_graph_node_cum (node);
  ProfGraphBox         box = { .node = n, .share = share_of (self, cum) };
  double               font;

  if (self->max_flat > 0)
    box.size = flat_size (self->graph, n) / self->max_flat;
  font = font_size (box.size);
  begin (writer);
  add_name (writer, node->frame, font);
  add_values (writer, flat, cum, font);
  end_box (writer, &box);
}

/* Which nodes are shown, and which box each gets. */
static void
number_boxes (Writer *writer, const bool *shown)
{
  ProfGraphScene *self = writer->scene;
  uint32_t        n_boxes = 0;

  self->hottest = PROF_ID_NONE;
  for (uint32_t n = 0; n < prof_graph_n_nodes (self->graph); n++)
    {
      double flat = flat_size (self->graph, n);

      writer->boxes[n] = shown == NULL || shown[n] ? n_boxes++ : PROF_ID_NONE;
      if (writer->boxes[n] == PROF_ID_NONE ||
          (self->hottest != PROF_ID_NONE && flat <= self->max_flat))
        continue;
      self->hottest = writer->boxes[n];
      self->max_flat = flat;
    }
  self->n_nodes = n_boxes;
}

static uint32_t
node_of_frame (const ProfGraph *graph, ProfFrameId frame)
{
  const ProfGraphNode *nodes = prof_graph_nodes (graph);

  for (uint32_t n = 0; n < prof_graph_n_nodes (graph); n++)
    if (nodes[n].frame == frame)
      return n;
  return PROF_ID_NONE;
}

/* The heaviest are first. */
static void
show_ends (const ProfGraph *graph,
           const uint32_t  *ids,
           size_t           n,
           bool             sources,
           bool            *shown)
{
  size_t               n_edges;
  const ProfGraphEdge *edges = prof_graph_edges (graph, &n_edges);

  for (size_t i = 0; i < MIN (n, PROF_GRAPH_MAX_NEAR); i++)
    {
      const ProfGraphEdge *edge = &edges[ids[i]];
      uint32_t             node = sources ? edge->source : edge->target;

      if (node < prof_graph_n_nodes (graph))
        shown[node] = true;
    }
}

static void
choose_near (Writer *writer)
{
  const ProfGraph *graph = writer->scene->graph;
  g_autofree bool *shown = g_new0 (bool, prof_graph_n_nodes (graph) + 1);
  const uint32_t  *ids;
  size_t           n;

  writer->center = node_of_frame (graph, writer->params->near);
  if (writer->center != PROF_ID_NONE)
    {
      shown[writer->center] = true;
      ids = prof_graph_callers (graph, writer->center, &n);
      show_ends (graph, ids, n, true, shown);
      ids = prof_graph_callees (graph, writer->center, &n);
      show_ends (graph, ids, n, false, shown);
    }
  number_boxes (writer, shown);
}

/* --- Arrows --- */

static void
end_arrow (Writer *writer, ProfGraphArrow *arrow)
{
  arrow->first_text = writer->first_text;
  arrow->n_texts = writer->scene->texts.length - writer->first_text;
  arrow->width_px = ceil (writer->width_px) + 2 * ARROW_PADDING;
  arrow->height_px = ceil (writer->height_px);
  prof_need_memory (
      prof_vec_graph_arrow_append (&writer->scene->arrows, *arrow));
}

static void
add_weight (Writer *writer, int64_t weight)
{
  g_autofree char *text = prof_graph_scene_value (writer->scene, weight);

  begin (writer);
  add_line (writer, text, PROF_GRAPH_TEXT_VALUE, PROF_GRAPH_FONT_LEAST);
}

static void
add_edge (Writer *writer, uint32_t e, const ProfGraphEdge *edge)
{
  int64_t        weight = prof_graph_edge_weight (edge);
  ProfGraphArrow arrow = {
    .source = writer->boxes[edge->source],
    .target = writer->boxes[edge->target],
    .edge = e,
    .inlined = edge->inlined,
    .dashed = edge->residual,
    .share = share_of (writer->scene, weight),
  };

  add_weight (writer, weight);
  if (edge->inlined)
    add_line (writer,
              "inlined",
              PROF_GRAPH_TEXT_PACKAGE,
              PROF_GRAPH_FONT_LEAST);
  end_arrow (writer, &arrow);
}

/* Nodes behind the last one are only mentioned by calls. */
static bool
is_shown (const Writer *writer, const ProfGraphEdge *edge)
{
  size_t n_nodes = prof_graph_n_nodes (writer->scene->graph);

  return edge->source < n_nodes && edge->target < n_nodes &&
         writer->boxes[edge->source] != PROF_ID_NONE &&
         writer->boxes[edge->target] != PROF_ID_NONE &&
         (!writer->params->is_near || edge->source == writer->center ||
          edge->target == writer->center);
}

static void
add_edges (Writer *writer)
{
  size_t               n;
  const ProfGraphEdge *edges = prof_graph_edges (writer->scene->graph, &n);

  for (uint32_t e = 0; e < n; e++)
    if (is_shown (writer, &edges[e]))
      add_edge (writer, e, &edges[e]);
}

/* --- Labels of samples --- */

/* Several texts of one box have "\n" between them. */
static void
add_label_lines (Writer *writer, const char *name)
{
  g_autofree char *valid = g_utf8_make_valid (name, -1);
  g_auto (GStrv)   lines = g_strsplit (valid, "\\n", PROF_GRAPH_NAME_LINES + 1);

  for (size_t l = 0; lines[l] != NULL && l < PROF_GRAPH_NAME_LINES; l++)
    {
      g_autofree char *cut = NULL;

      for (char *c = lines[l]; *c != '\0'; c++)
        if (g_ascii_iscntrl (*c))
          *c = ' ';
      cut = g_utf8_strlen (lines[l], -1) > PROF_GRAPH_NAME_CHARS
                ? prof_label_cut (lines[l], PROF_GRAPH_NAME_CHARS)
                : g_strdup (lines[l]);
      add_line (writer, cut, PROF_GRAPH_TEXT_VALUE, PROF_GRAPH_FONT_LEAST);
    }
}

static void
add_label (Writer                 *writer,
           uint32_t                node,
           uint32_t                source,
           const ProfGraphNodelet *nodelet)
{
  ProfGraphScene *self = writer->scene;
  double          share = share_of (self, nodelet->weight);
  ProfGraphBox    box = { .node = node, .is_label = true, .share = share };
  ProfGraphArrow  arrow = {
     .source = source,
     .target = (uint32_t)self->boxes.length,
     .edge = PROF_ID_NONE,
     .dashed = nodelet->is_passing,
     .share = share,
  };

  begin (writer);
  add_label_lines (writer, nodelet->name);
  end_box (writer, &box);
  add_weight (writer, nodelet->weight);
  end_arrow (writer, &arrow);
}

static void
add_labels (Writer *writer, uint32_t node)
{
  ProfGraphScene    *self = writer->scene;
  g_autoptr (GArray) nodelets = prof_graph_nodelets (self->graph, node);
  uint32_t           first = (uint32_t)self->boxes.length;

  for (guint i = 0; i < nodelets->len; i++)
    {
      const ProfGraphNodelet *nodelet = &g_array_index (nodelets,
                                                        ProfGraphNodelet,
                                                        i);

      add_label (writer,
                 node,
                 nodelet->at == PROF_ID_NONE ? writer->boxes[node]
                                             : first + nodelet->at,
                 nodelet);
    }
}

/* --- All of it --- */

ProfGraphScene *
prof_graph_scene_new (ProfGraph *graph, const ProfGraphSceneParams *params)
{
  ProfGraphScene *self = g_new0 (ProfGraphScene, 1);
  Writer          writer = { .scene = self, .params = params };
  uint32_t        n_nodes = (uint32_t)prof_graph_n_nodes (graph);

  g_atomic_ref_count_init (&self->ref_count);
  self->graph = prof_graph_ref (graph);
  self->strings = g_string_chunk_new (4096);
  self->unit = g_strdup (params->unit);
  self->shown_in = g_strdup (params->shown_in);
  self->total = params->total;
  self->divide_by = fabs (params->divide_by) > 0 ? params->divide_by : 1;
  writer.boxes = g_new (uint32_t, n_nodes + 1);
  if (params->is_near)
    choose_near (&writer);
  else
    number_boxes (&writer, NULL);
  for (uint32_t n = 0; n < n_nodes; n++)
    if (writer.boxes[n] != PROF_ID_NONE)
      add_node (&writer, n);
  add_edges (&writer);
  for (uint32_t n = 0; n < n_nodes; n++)
    if (writer.boxes[n] != PROF_ID_NONE)
      add_labels (&writer, n);
  g_free (writer.boxes);
  return self;
}

ProfGraphScene *
prof_graph_scene_ref (ProfGraphScene *self)
{
  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

void
prof_graph_scene_unref (ProfGraphScene *self)
{
  if (self == NULL || !g_atomic_ref_count_dec (&self->ref_count))
    return;
  prof_vec_graph_box_clear (&self->boxes);
  prof_vec_graph_arrow_clear (&self->arrows);
  prof_vec_graph_text_clear (&self->texts);
  g_string_chunk_free (self->strings);
  prof_graph_unref (self->graph);
  g_free (self->unit);
  g_free (self->shown_in);
  g_free (self);
}

ProfGraph *
prof_graph_scene_graph (const ProfGraphScene *self)
{
  return self->graph;
}

const ProfGraphBox *
prof_graph_scene_boxes (const ProfGraphScene *self, size_t *n)
{
  *n = self->boxes.length;
  return self->boxes.data;
}

const ProfGraphArrow *
prof_graph_scene_arrows (const ProfGraphScene *self, size_t *n)
{
  *n = self->arrows.length;
  return self->arrows.data;
}

const ProfGraphText *
prof_graph_scene_texts (const ProfGraphScene *self, size_t first)
{
  return self->texts.data + first;
}

size_t
prof_graph_scene_n_nodes (const ProfGraphScene *self)
{
  return self->n_nodes;
}

ProfFrameId
prof_graph_scene_frame (const ProfGraphScene *self, uint32_t box)
{
  return prof_graph_nodes (self->graph)[self->boxes.data[box].node].frame;
}

uint32_t
prof_graph_scene_find (const ProfGraphScene *self, ProfFrameId frame)
{
  for (uint32_t b = 0; b < self->n_nodes; b++)
    if (prof_graph_scene_frame (self, b) == frame)
      return b;
  return PROF_ID_NONE;
}

uint32_t
prof_graph_scene_hottest (const ProfGraphScene *self)
{
  return self->hottest;
}

/* --- In words --- */

/* (transfer full): as much of it as a tip has. */
static char *
name_of (const ProfGraphScene *self, uint32_t box)
{
  uint32_t    node = self->boxes.data[box].node;
  const char *name =
      prof_frames_display_name (prof_graph_frames (self->graph),
                                prof_graph_nodes (self->graph)[node].frame);

  return prof_grapheme_cut (name, (size_t)limit_of (self, PROF_LIMIT_TIP));
}

/* "16kB..64kB", with a blank between the lines. */
static char *
label_of (const ProfGraphScene *self, const ProfGraphBox *box)
{
  GString *name = g_string_new (NULL);

  for (size_t t = 0; t < box->n_texts; t++)
    g_string_append_printf (name,
                            "%s%s",
                            t > 0 ? " " : "",
                            self->texts.data[box->first_text + t].text);
  return g_string_free (name, FALSE);
}

char *
prof_graph_scene_describe (const ProfGraphScene *self, uint32_t b)
{
  const ProfGraphBox  *box = &self->boxes.data[b];
  const ProfGraphNode *node = &prof_graph_nodes (self->graph)[box->node];
  g_autofree char     *name = name_of (self, b);
  int64_t              flat = prof_graph_node_flat (node);
  int64_t              cum = prof_graph_node_cum (node);
  g_autofree char     *own = prof_graph_scene_value_and_share (self, flat);
  g_autofree char     *all = prof_graph_scene_value_and_share (self, cum);
  g_autofree char     *label = NULL;

  if (!box->is_label)
    return g_strdup_printf ("%s: %s, in all %s", name, own, all);
  label = label_of (self, box);
  return g_strdup_printf ("%s of %s", label, name);
}

char *
prof_graph_scene_describe_arrow (const ProfGraphScene *self, uint32_t a)
{
  const ProfGraphArrow *arrow = &self->arrows.data[a];
  g_autofree char      *from = NULL;
  g_autofree char      *to = NULL;
  g_autofree char      *value = NULL;
  size_t                n;

  if (arrow->edge == PROF_ID_NONE)
    {
      to = prof_graph_scene_describe (self, arrow->target);
      return g_strdup_printf ("%s: %s",
                              to,
                              self->texts.data[arrow->first_text].text);
    }
  value = prof_graph_scene_value_and_share (self,
                                            prof_graph_edge_weight (
                                                &prof_graph_edges (self->graph,
                                                                   &n)
                                                    [arrow->edge]));
  from = name_of (self, arrow->source);
  to = name_of (self, arrow->target);
  return g_strdup_printf ("%s → %s%s: %s%s",
                          from,
                          arrow->dashed ? "… → " : "",
                          to,
                          value,
                          arrow->inlined ? ", inlined" : "");
}
