/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "export/prof-graph-picture.h"

#include "base/prof-checked.h"
#include "base/prof-unit.h"
#include "export/prof-facts.h"
#include "export/prof-legend.h"
#include "export/prof-page-text.h"
#include "paint/prof-graph-paint.h"
#include <math.h>

/* Of a page that is as wide as its graph: the words need room. */
#define MIN_PAGE_PX 760

#define MARGIN_PX PROF_PAGE_MARGIN_PX
#define GAP_PX    PROF_PAGE_GAP_PX

/* What stands there when there is no graph. */
#define NOTHING_PX 60

/* A graph is made small, but not to nothing. */
#define MIN_ZOOM 0.02

struct _ProfGraphPicture
{
  /* Owned */
  char         *title;
  ProfPageText *words;
  ProfLegend   *legend;

  /* Shared, a reference */
  ProfGraphLayout *layout;

  ProfGraphView     view;
  const ProfTokens *tokens;
  bool              is_empty; /* of a profile without samples */
  double            width_px;
  double            height_px;
  double            graph_x;
  double            graph_y;
  double            legend_y;
  double            rule_y;
};

static ProfGraph *
graph_of (ProfGraphLayout *layout)
{
  return prof_graph_scene_graph (prof_graph_layout_scene (layout));
}

/* --- Words --- */

/* What a picture is of, with the parts of it. */
typedef struct
{
  ProfSubject     of;
  ProfChange      change;
  ProfChangeScale scale;
} Subject;

/* Differences against each other. */
static int64_t
sum_of (const ProfProfile *profile, size_t type)
{
  size_t         n_types = prof_profile_n_types (profile);
  const int64_t *values = prof_profile_sample_values (profile);
  int64_t        sum = 0;

  for (size_t s = 0; s < prof_profile_n_samples (profile); s++)
    sum = prof_add_i64 (sum, values[s * n_types + type]);
  return sum;
}

/* The values of a comparison are differences, and its total is that of what is
 * compared with. */
static void
subject_init (Subject *self, ProfAnswer *answer, bool compared)
{
  ProfProfile *profile = prof_answer_profile (answer);
  size_t       type = prof_answer_type (answer);
  int64_t      total = prof_answer_total (answer);

  self->of = (ProfSubject){ .profile = profile, .type = type, .total = total };
  if (!compared || type >= prof_profile_n_types (profile))
    return;
  self->change = (ProfChange){
    .total_before = total,
    .total_now = prof_add_i64 (total, sum_of (profile, type)),
  };
  self->scale = (ProfChangeScale){ .sample = prof_change_sample (profile,
                                                                 type) };
  self->of.change = &self->change;
  self->of.scale = &self->scale;
}

/* "80 of 312 functions, with 95.1 % of it" */
static char *
shown (ProfAnswer *answer, ProfGraph *graph, bool compared)
{
  const ProfGraphNode   *nodes = prof_graph_nodes (graph);
  const ProfQueryFields *fields = prof_query_fields (
      prof_answer_query (answer));
  size_t n = prof_graph_n_nodes (graph);
  size_t n_all = prof_graph_n_before_count (graph) +
                 prof_graph_n_dropped_nodes (graph);
  int64_t          sum = 0;
  g_autofree char *share = NULL;

  for (size_t i = 0; i < n; i++)
    sum = prof_add_i64 (sum, prof_graph_node_flat (&nodes[i]));
  share = prof_unit_human_percentage ((double)sum,
                                      (double)prof_answer_total (answer));
  if (fields->mean || compared || prof_answer_total (answer) == 0)
    return g_strdup_printf ("%zu of %zu functions", n, MAX (n, n_all));
  return g_strdup_printf ("%zu of %zu functions, with %s of it",
                          n,
                          MAX (n, n_all),
                          share);
}

static char *
facts_of (ProfAnswer                   *answer,
          ProfGraphLayout              *layout,
          const ProfGraphExportOptions *options)
{
  Subject          subject;
  g_autofree char *line = NULL;
  g_autofree char *part = shown (answer, graph_of (layout), options->compared);

  subject_init (&subject, answer, options->compared);
  if (options->subtitle != NULL)
    return g_utf8_make_valid (options->subtitle, -1);
  line = prof_subject_line (&subject.of, options->count_name);
  return g_strdup_printf ("%s · %s", line, part);
}

static double
place_head (ProfGraphPicture             *self,
            ProfAnswer                   *answer,
            const ProfGraphExportOptions *options)
{
  Subject          subject;
  g_autofree char *total = NULL;
  g_autofree char *facts = facts_of (answer, self->layout, options);

  subject_init (&subject, answer, options->compared);
  total = prof_subject_total (&subject.of);

  return prof_page_text_add_head (self->words,
                                  self->title,
                                  total,
                                  options->compared ? "change" : "total",
                                  facts);
}

static bool
has_dashes (ProfGraphLayout *layout, bool of_labels)
{
  size_t                n;
  const ProfGraphArrow *arrows;

  arrows = prof_graph_scene_arrows (prof_graph_layout_scene (layout), &n);
  for (size_t a = 0; a < n; a++)
    if (arrows[a].dashed && of_labels == (arrows[a].edge == PROF_ID_NONE))
      return true;
  return false;
}

/* Only what is seen is explained. */
static char *
meaning (ProfGraphPicture *self)
{
  bool calls = has_dashes (self->layout, false);
  bool labels = has_dashes (self->layout, true);

  return g_strdup_printf (
      "Letters and edges = own value%s, colour = with all it calls, arrows = "
      "what is called through them%s%s%s",
      self->view.compared ? " of the change" : "",
      self->view.compared ? "; red is more, blue is less" : "",
      calls ? "; dashed = over functions that are left out" : "",
      labels ? "; dashed to a label = also of what is called" : "");
}

static double
place_footer (ProfGraphPicture             *self,
              const ProfGraphExportOptions *options,
              double                        y)
{
  g_autofree char *left = meaning (self);
  g_autofree char *right = prof_facts_origin (options->file_name,
                                              options->base_name,
                                              options->filters);

  return prof_page_text_add_footer (self->words, y, left, right);
}

/* --- Places --- */

static double
room_px (const ProfGraphPicture *self)
{
  return self->width_px - 2 * MARGIN_PX;
}

static double
graph_height (const ProfGraphPicture *self)
{
  if (prof_graph_n_nodes (graph_of (self->layout)) == 0)
    return NOTHING_PX;
  return ceil (prof_graph_view_height (&self->view));
}

/* Everything below each other; sets the height. */
static void
place (ProfGraphPicture             *self,
       ProfAnswer                   *answer,
       const ProfGraphExportOptions *options,
       ProfTextCache                *cache)
{
  double y;

  prof_page_text_free (self->words);
  prof_legend_free (self->legend);
  self->words = prof_page_text_new (cache, self->width_px);
  self->graph_y = place_head (self, answer, options) + GAP_PX;
  self->graph_x = MARGIN_PX + floor ((room_px (self) -
                                      prof_graph_view_width (&self->view)) /
                                     2);
  self->legend_y = self->graph_y + GAP_PX + graph_height (self);
  self->legend = prof_legend_new_for_graph (options->theme,
                                            options->compared,
                                            cache,
                                            room_px (self));
  self->rule_y = self->legend_y + prof_legend_height (self->legend) +
                 PROF_PAGE_RULE_PX;
  y = place_footer (self, options, self->rule_y);
  self->height_px = prof_page_text_height (y);
}

/* Never larger than it is. */
static void
fit_width (ProfGraphPicture *self, const ProfGraphExportOptions *options)
{
  double width = prof_graph_layout_width (self->layout);

  self->view.zoom = 1;
  self->width_px = MAX (MIN_PAGE_PX, ceil (width) + 2 * MARGIN_PX);
  if (!(options->width_px > 0))
    return;
  self->width_px = round (options->width_px);
  if (width > room_px (self))
    self->view.zoom = MAX (MIN_ZOOM, room_px (self) / width);
}

/* Returns whether the graph had to become smaller. */
static bool
fit_height (ProfGraphPicture *self, const ProfGraphExportOptions *options)
{
  double graph = prof_graph_view_height (&self->view);
  double left;

  if (!(options->height_px > 0) || self->height_px <= options->height_px ||
      !(graph > 0))
    return false;
  left = options->height_px - (self->height_px - ceil (graph));
  self->view.zoom = MAX (MIN_ZOOM, self->view.zoom * left / graph);
  /* A page that nobody has given a width need not be wider than its graph. */
  if (!(options->width_px > 0))
    self->width_px = MAX (MIN_PAGE_PX,
                          ceil (prof_graph_view_width (&self->view)) +
                              2 * MARGIN_PX);
  return true;
}

/* Words take more lines on a narrower page, so that a second time may be
 * needed. */
static void
place_all (ProfGraphPicture             *self,
           ProfAnswer                   *answer,
           const ProfGraphExportOptions *options,
           ProfTextCache                *cache)
{
  fit_width (self, options);
  place (self, answer, options, cache);
  for (int i = 0; i < 2 && fit_height (self, options); i++)
    place (self, answer, options, cache);
}

ProfGraphPicture *
prof_graph_picture_new (ProfAnswer                   *answer,
                        ProfGraphLayout              *layout,
                        const ProfGraphExportOptions *options,
                        ProfTextCache                *cache)
{
  ProfGraphPicture *self = g_new0 (ProfGraphPicture, 1);
  Subject           subject;

  subject_init (&subject, answer, false);
  self->layout = prof_graph_layout_ref (layout);
  self->tokens = prof_palette_tokens (options->theme);
  self->is_empty = prof_profile_n_samples (prof_answer_profile (answer)) == 0;
  self->title = options->title != NULL
                    ? g_utf8_make_valid (options->title, -1)
                    : prof_subject_title (&subject.of, options->count_name);
  self->view = (ProfGraphView){
    .layout = layout,
    .theme = options->theme,
    .compared = options->compared,
    .describe = true,
  };
  place_all (self, answer, options, cache);
  return self;
}

void
prof_graph_picture_free (ProfGraphPicture *self)
{
  if (self == NULL)
    return;
  prof_page_text_free (self->words);
  prof_legend_free (self->legend);
  prof_graph_layout_unref (self->layout);
  g_free (self->title);
  g_free (self);
}

/* --- Drawn --- */

static void
paint_nothing (const ProfGraphPicture *self, ProfPainter *painter)
{
  const ProfFont font = { .size_px = 13 };
  const char    *text = self->is_empty ? "no samples" : "no functions";
  double         length = painter->klass->measure (painter, &font, text);

  painter->klass->text (painter,
                        &font,
                        round ((self->width_px - length) / 2),
                        self->graph_y + NOTHING_PX / 2,
                        text,
                        0,
                        self->tokens->dim_text,
                        self->tokens->dim_text);
}

/* Drawn as large as it is and made smaller as a whole. */
static void
paint_scaled (const ProfGraphPicture *self, ProfPainter *painter)
{
  ProfGraphView large = self->view;

  large.zoom = 1;
  painter->klass->begin_scaled (painter, self->view.zoom);
  prof_graph_paint (&large, painter, NULL);
  painter->klass->end_scaled (painter);
}

static void
paint_graph (const ProfGraphPicture *self, ProfPainter *painter)
{
  prof_graph_paint (&self->view, painter, NULL);
}

typedef void (*Paint) (const ProfGraphPicture *self, ProfPainter *painter);

static void
paint_with (const ProfGraphPicture *self, ProfPainter *painter, Paint graph)
{
  ProfRect all = { 0, 0, self->width_px, self->height_px };

  painter->klass->fill (painter, &all, self->tokens->canvas);
  prof_page_text_paint (self->words, painter, self->tokens);
  if (prof_graph_n_nodes (graph_of (self->layout)) == 0)
    paint_nothing (self, painter);
  painter->klass->translate (painter, self->graph_x, self->graph_y);
  graph (self, painter);
  painter->klass->translate (painter, -self->graph_x, -self->graph_y);
  painter->klass->translate (painter, MARGIN_PX, self->legend_y);
  prof_legend_paint (self->legend, painter);
  painter->klass->translate (painter, -MARGIN_PX, -self->legend_y);
  prof_page_text_paint_rule (self->words, painter, self->rule_y, self->tokens);
}

static void
paint (const void *data, ProfPainter *painter)
{
  paint_with (data, painter, paint_graph);
}

/* Larger letters are drawn at their own size: their lines are on whole px. */
static void
paint_vectors (const void *data, ProfPainter *painter)
{
  const ProfGraphPicture *self = data;
  bool                    all_there = PROF_GRAPH_FONT_LEAST * self->view.zoom >=
                   PROF_GRAPH_LEAST_LETTERS;

  paint_with (self, painter, all_there ? paint_graph : paint_scaled);
}

static ProfDrawing
drawing_with (const ProfGraphPicture *self,
              void (*paint_it) (const void *data, ProfPainter *painter))
{
  return (ProfDrawing){
    .width_px = self->width_px,
    .height_px = self->height_px,
    .title = self->title,
    .paint = paint_it,
    .data = self,
  };
}

ProfDrawing
prof_graph_picture_drawing (const ProfGraphPicture *self)
{
  return drawing_with (self, paint);
}

ProfDrawing
prof_graph_picture_vectors (const ProfGraphPicture *self)
{
  return drawing_with (self, paint_vectors);
}
