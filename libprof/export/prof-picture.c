/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "export/prof-picture.h"

#include "export/prof-facts.h"
#include "export/prof-legend.h"
#include "export/prof-page-text.h"
#include <math.h>
#include <string.h>

#define MARGIN_PX     PROF_PAGE_MARGIN_PX
#define GAP_PX        PROF_PAGE_GAP_PX
#define LANE_PX       4
#define LABEL_PX      12
#define ROW_ROOM_PX   7 /* of a row above its letters' size: 19 */
#define ROOT_ROOM_PX  5 /* of the root's bar above a row */
#define MIN_BOX_PX    2
#define MIN_ZOOMED_PX 0.1 /* a box that can be zoomed to */

struct _ProfPicture
{
  /* Owned */
  char            *title;
  ProfPageText    *words;
  ProfLegend      *legend;
  ProfFlameLayout *layout;
  ProfPalette     *palette;

  /* Shared, a reference each */
  ProfTree   *tree;
  ProfSearch *search;

  /* Shared, outlives the picture */
  ProfTextCache *cache;

  ProfFlameView     view;
  const ProfTokens *tokens;
  ProfColor         canvas;
  double            width_px;
  double            height_px;
  double            graph_y;
  double            legend_y;
  double            rule_y;
};

/* --- Above the graph --- */

static char *
facts_of (ProfPicture *self, const ProfExportOptions *options)
{
  GString         *line = g_string_new (NULL);
  g_autofree char *facts = options->subtitle != NULL
                               ? g_utf8_make_valid (options->subtitle, -1)
                               : prof_facts_line (self->tree,
                                                  options->count_name);

  g_string_append (line, facts);
  if (self->view.zoom_root != 0)
    {
      g_autofree char *zoom = prof_facts_zoom (self->tree,
                                               self->view.zoom_root);

      g_string_append_printf (line, " · %s", zoom);
    }
  if (self->search != NULL)
    {
      g_autofree char *matches = prof_facts_search (self->tree,
                                                    self->search,
                                                    options->search_text);

      g_string_append_printf (line, " · %s", matches);
    }
  return g_string_free (line, FALSE);
}

static double
place_head (ProfPicture *self, const ProfExportOptions *options)
{
  bool             compared = prof_tree_changes (self->tree) != NULL;
  g_autofree char *total = prof_facts_total (self->tree);
  g_autofree char *facts = facts_of (self, options);

  return prof_page_text_add_head (self->words,
                                  self->title,
                                  total,
                                  compared ? "change" : "total",
                                  facts);
}

/* --- Below it --- */

/* Which side of a comparison widths are of. */
static const char *
width_meaning (ProfTreeFlags flags)
{
  if ((flags & PROF_TREE_COMPARED) == 0)
    return "";
  if ((flags & PROF_TREE_WEIGHS_BEFORE) != 0)
    return " before";
  return (flags & PROF_TREE_WEIGHS_NOW) != 0 ? " now"
                                             : ", the larger of before and now";
}

static char *
meaning (ProfPicture *self, const ProfExportOptions *options)
{
  g_autofree char *type = prof_facts_type (self->tree, options->count_name);
  ProfTreeFlags    flags = prof_tree_flags (self->tree);

  return g_strdup_printf ("Width = %s%s; %sorder: %s; %s%s%s",
                          type,
                          width_meaning (flags),
                          (flags & PROF_TREE_LEAF_FIRST) == 0 ? ""
                          : options->flame
                              ? "above each function its callers; "
                              : "below each function its callers; ",
                          (flags & PROF_TREE_BY_NAME) != 0 ? "by name"
                                                           : "heaviest first",
                          prof_scheme_meaning (
                              prof_palette_coloring (self->palette)),
                          self->search != NULL ? ", yellow = matches" : "",
                          (flags & PROF_TREE_COMPARED) != 0
                              ? ""
                              : "; hatched = frames too narrow to draw");
}

static double
place_footer (ProfPicture *self, const ProfExportOptions *options, double y)
{
  g_autofree char *left = meaning (self, options);
  g_autofree char *right = prof_facts_origin (options->file_name,
                                              options->base_name,
                                              options->filters);

  return prof_page_text_add_footer (self->words, y, left, right);
}

/* --- All of it --- */

ProfFlameMetrics
prof_picture_metrics (const ProfExportOptions *options)
{
  ProfFlameMetrics metrics = PROF_FLAME_METRICS_INIT;
  double           font = options->font_px > 0 ? options->font_px : LABEL_PX;
  double row = options->row_px > 0 ? options->row_px : font + ROW_ROOM_PX;

  metrics.row_px = round (row);
  if (!(options->font_px > 0))
    font = MIN (font, metrics.row_px - PROF_EXPORT_ROW_ROOM);
  metrics.font_px = font;
  metrics.root_px = MAX (metrics.row_px, LABEL_PX + ROW_ROOM_PX) + ROOT_ROOM_PX;
  metrics.lane_px = options->search != NULL ? LANE_PX : 0;
  return metrics;
}

size_t
prof_picture_fonts (const ProfExportOptions *options,
                    ProfFont                 fonts[PROF_PICTURE_MAX_FONTS])
{
  double labels_px = prof_picture_metrics (options).font_px;
  size_t n = prof_page_text_fonts (fonts);

  fonts[n++] = (ProfFont){ .size_px = labels_px };
  fonts[n++] = (ProfFont){ .size_px = labels_px, .bold = true };
  return n;
}

double
prof_picture_min_width (const ProfExportOptions *options)
{
  if (options->min_width_px > 0)
    return options->min_width_px;
  return options->interactive ? MIN_ZOOMED_PX : MIN_BOX_PX;
}

double
prof_picture_graph_width (const ProfExportOptions *options)
{
  return round (options->width_px) - 2 * MARGIN_PX;
}

static void
place_graph (ProfPicture *self, const ProfExportOptions *options)
{
  ProfFlameParams params = { 0 };

  params.width_px = prof_picture_graph_width (options);
  params.min_width_px = prof_picture_min_width (options);
  params.start = options->start;
  params.end = options->end;
  self->layout = prof_flame_layout_new (self->tree, &params);
  self->view.layout = self->layout;
  self->view.palette = self->palette;
  self->view.search = self->search;
  self->view.flame = options->flame;
  self->view.metrics = prof_picture_metrics (options);
  self->view.describe = true;
  self->view.zoomable = options->interactive;
  self->view.height_px = prof_flame_view_height (&self->view);
}

ProfPicture *
prof_picture_new (ProfTree                *tree,
                  const ProfExportOptions *options,
                  ProfTextCache           *cache)
{
  ProfPicture *self = g_new0 (ProfPicture, 1);
  double       y;

  self->tree = prof_tree_ref (tree);
  self->cache = cache;
  if (options->search != NULL)
    self->search = prof_search_ref (options->search);
  self->palette = prof_palette_new_with (prof_tree_frames (tree),
                                         options->theme,
                                         &options->coloring);
  self->tokens = prof_palette_tokens (options->theme);
  self->canvas = options->canvas != 0 ? options->canvas : self->tokens->canvas;
  self->width_px = round (options->width_px);
  self->view.zoom_root = options->zoom_root;
  self->title = options->title != NULL
                    ? g_utf8_make_valid (options->title, -1)
                    : prof_facts_title (tree, options->count_name);
  self->words = prof_page_text_new (cache, self->width_px);

  self->graph_y = place_head (self, options) + GAP_PX;
  place_graph (self, options);
  y = self->graph_y + self->view.height_px + GAP_PX;
  self->legend_y = y;
  self->legend = prof_legend_new (self->tree,
                                  self->palette,
                                  self->cache,
                                  self->width_px - 2 * MARGIN_PX);
  self->rule_y = y + prof_legend_height (self->legend) + PROF_PAGE_RULE_PX;
  y = place_footer (self, options, self->rule_y);
  self->height_px = prof_page_text_height (y);
  return self;
}

void
prof_picture_free (ProfPicture *self)
{
  if (self == NULL)
    return;
  prof_page_text_free (self->words);
  prof_legend_free (self->legend);
  prof_flame_layout_unref (self->layout);
  prof_palette_unref (self->palette);
  prof_search_unref (self->search);
  prof_tree_unref (self->tree);
  g_free (self->title);
  g_free (self);
}

double
prof_picture_width (const ProfPicture *self)
{
  return self->width_px;
}

double
prof_picture_height (const ProfPicture *self)
{
  return self->height_px;
}

const char *
prof_picture_title (const ProfPicture *self)
{
  return self->title;
}

uint32_t
prof_picture_n_rows (const ProfPicture *self)
{
  return prof_flame_layout_n_rows (self->layout);
}

double
prof_picture_font (const ProfPicture *self)
{
  return self->view.metrics.font_px;
}

double
prof_picture_between_rows (const ProfPicture *self, double y)
{
  double row = self->view.metrics.row_px;
  double head = prof_flame_view_head (&self->view);
  double first = head; /* of the lines between rows */

  if (y < self->graph_y || y > self->graph_y + self->view.height_px)
    return y;
  if (self->view.flame)
    first = fmod (self->view.height_px - head, row);
  y -= self->graph_y + first;
  return self->graph_y + first + floor (y / row) * row;
}

void
prof_picture_paint (const ProfPicture *self, ProfPainter *painter)
{
  const ProfTokens *tokens = self->tokens;
  ProfRect          all = { 0, 0, self->width_px, self->height_px };

  painter->klass->fill (painter, &all, self->canvas);
  prof_page_text_paint (self->words, painter, tokens);
  painter->klass->translate (painter, MARGIN_PX, self->graph_y);
  prof_flame_paint (&self->view, painter, NULL);
  painter->klass->translate (painter, -MARGIN_PX, -self->graph_y);
  painter->klass->translate (painter, MARGIN_PX, self->legend_y);
  prof_legend_paint (self->legend, painter);
  painter->klass->translate (painter, -MARGIN_PX, -self->legend_y);
  prof_page_text_paint_rule (self->words, painter, self->rule_y, tokens);
}

static void
paint (const void *data, ProfPainter *painter)
{
  prof_picture_paint (data, painter);
}

ProfDrawing
prof_picture_drawing (const ProfPicture *self)
{
  return (ProfDrawing){
    .width_px = self->width_px,
    .height_px = self->height_px,
    .title = self->title,
    .paint = paint,
    .data = self,
  };
}
