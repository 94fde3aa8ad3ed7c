/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "export/prof-layout-json.h"

#include "base/prof-grapheme.h"
#include "config.h"
#include "export/prof-facts.h"
#include "export/prof-picture.h"
#include "paint/prof-flame-shade.h"
#include "report/prof-json-string.h"
#include <math.h>
#include <string.h>

/* Grows when a reader of the old form could misunderstand the new one. */
#define VERSION 1

typedef struct
{
  ProfWriter              *writer; /* lent */
  const ProfExportOptions *options;
  ProfTree                *tree; /* lent */
  const ProfNode          *nodes;
  const ProfTokens        *tokens;
  ProfFlameView            view;
} Layout;

/* --- Values --- */

static void
write_text (ProfWriter *writer, const char *text)
{
  g_autofree char *valid = g_utf8_make_valid (text != NULL ? text : "", -1);

  prof_json_string (writer, valid);
}

/* @text is valid UTF-8. */
static void
write_cut (const Layout *self, const char *text)
{
  uint64_t         most = prof_tree_limit (self->tree, PROF_LIMIT_EXPORTED);
  g_autofree char *cut = prof_grapheme_cut (text, (size_t)most);

  prof_json_string (self->writer, cut);
}

/* At most four decimals, without trailing zeros, in any locale. */
static void
write_px (ProfWriter *writer, double number)
{
  char  buffer[G_ASCII_DTOSTR_BUF_SIZE];
  char *end;

  g_ascii_formatd (buffer, sizeof buffer, "%.4f", number);
  end = buffer + strlen (buffer);
  while (end[-1] == '0')
    *--end = '\0';
  if (end[-1] == '.')
    *--end = '\0';
  prof_writer_text (writer, buffer);
}

static void
write_color (ProfWriter *writer, ProfColor color)
{
  prof_writer_printf (writer, "\"#%06x\"", color >> 8);
}

static void
text_fact (const Layout *self, const char *name, const char *text)
{
  prof_writer_printf (self->writer, "\"%s\":", name);
  write_text (self->writer, text);
  prof_writer_text (self->writer, ",\n");
}

static void
px_fact (const Layout *self, const char *name, double px)
{
  prof_writer_printf (self->writer, "\"%s\":", name);
  write_px (self->writer, px);
  prof_writer_text (self->writer, ",\n");
}

/* --- Facts --- */

static void
write_words (const Layout *self)
{
  const ProfExportOptions *options = self->options;
  g_autofree char *title = prof_facts_title (self->tree, options->count_name);
  g_autofree char *line = prof_facts_line (self->tree, options->count_name);
  g_autofree char *type = prof_facts_type (self->tree, options->count_name);
  g_autofree char *base = NULL;

  if (options->file_name != NULL && options->file_name[0] != '\0')
    base = g_path_get_basename (options->file_name);
  text_fact (self, "generator", "Flambeau " PROF_VERSION);
  text_fact (self, "title", options->title != NULL ? options->title : title);
  text_fact (self,
             "subtitle",
             options->subtitle != NULL ? options->subtitle : line);
  text_fact (self, "measured", type);
  text_fact (self, "notes", options->notes);
  text_fact (self, "file", base);
}

/* %NULL is not "no filters": nobody has said. */
static void
write_filters (const Layout *self)
{
  const char *const *filters = self->options->filters;

  prof_writer_text (self->writer, "\"filters\":");
  if (filters == NULL)
    {
      prof_writer_text (self->writer, "null,\n");
      return;
    }
  prof_writer_text (self->writer, "[");
  for (size_t i = 0; filters[i] != NULL; i++)
    {
      prof_writer_text (self->writer, i > 0 ? "," : "");
      write_text (self->writer, filters[i]);
    }
  prof_writer_text (self->writer, "],\n");
}

static void
write_measure (const Layout *self)
{
  ProfFrames  *frames = prof_tree_frames (self->tree);
  ProfProfile *profile = prof_frames_profile (frames);
  size_t       type = prof_tree_type (self->tree);
  bool         has_type = type < prof_profile_n_types (profile);

  text_fact (self,
             "sample_type",
             has_type ? prof_profile_type_name (profile, type) : "");
  text_fact (self,
             "unit",
             has_type ? prof_profile_type_unit (profile, type) : "");
  prof_writer_printf (self->writer,
                      "\"total\":%" G_GUINT64_FORMAT ",\n",
                      prof_tree_weight (self->tree, 0));
  text_fact (self,
             "granularity",
             prof_granularity_name (prof_frames_granularity (frames)));
  write_filters (self);
}

static void
write_look (const Layout *self)
{
  ProfTreeFlags          flags = prof_tree_flags (self->tree);
  const ProfFlameParams *params = prof_flame_layout_params (self->view.layout);

  px_fact (self, "width", params->width_px);
  px_fact (self, "min_width", params->min_width_px);
  px_fact (self, "row_height", self->view.metrics.row_px);
  prof_writer_printf (self->writer,
                      "\"rows\":%u,\n",
                      prof_flame_layout_n_rows (self->view.layout));
  text_fact (self, "direction", self->view.flame ? "flame" : "icicle");
  text_fact (self,
             "stacks",
             (flags & PROF_TREE_LEAF_FIRST) != 0 ? "leaves first"
                                                 : "roots first");
  text_fact (self,
             "order",
             (flags & PROF_TREE_BY_NAME) != 0 ? "name" : "weight");
  text_fact (self,
             "theme",
             self->options->theme == PROF_THEME_DARK ? "dark" : "light");
  prof_writer_text (self->writer, "\"canvas\":");
  write_color (self->writer, self->tokens->canvas);
  prof_writer_text (self->writer, ",\n");
}

static void
write_search (const Layout *self)
{
  ProfSearch *search = self->options->search;

  if (search == NULL)
    {
      prof_writer_text (self->writer, "\"search\":null,\n");
      return;
    }
  prof_writer_text (self->writer, "\"search\":{\"pattern\":");
  write_text (self->writer, self->options->search_text);
  prof_writer_printf (self->writer,
                      ",\"total\":%" G_GINT64_FORMAT "},\n",
                      prof_search_total (search));
}

static void
write_zoom (const Layout *self)
{
  ProfNodeId node = self->view.zoom_root;
  uint32_t   box = prof_flame_layout_find (self->view.layout, node);

  if (node == 0 || box == PROF_ID_NONE)
    {
      prof_writer_text (self->writer, "\"zoom\":null,\n");
      return;
    }
  prof_writer_printf (self->writer, "\"zoom\":{\"box\":%u,\"name\":", box);
  write_cut (self, prof_tree_name (self->tree, node));
  prof_writer_printf (self->writer,
                      ",\"total\":%" G_GINT64_FORMAT "},\n",
                      self->nodes[node].total);
}

/* --- Boxes --- */

static void
write_place (const Layout *self, const ProfBox *box)
{
  prof_writer_text (self->writer, "{\"x\":");
  write_px (self->writer, box->x);
  prof_writer_text (self->writer, ",\"width\":");
  write_px (self->writer, box->width);
  prof_writer_printf (self->writer, ",\"row\":%u,\"parent\":", box->row);
  if (box->parent == PROF_ID_NONE)
    prof_writer_text (self->writer, "null");
  else
    prof_writer_printf (self->writer, "%u", box->parent);
}

static void
write_source (const Layout *self, ProfFrameId frame)
{
  ProfFrames          *frames = prof_tree_frames (self->tree);
  const ProfFrameInfo *info = prof_frames_info (frames, frame);
  const char          *file = prof_frames_file (frames, frame);
  int64_t              line = info->line > 0 ? info->line
                                             : prof_frames_start_line (frames, frame);

  if (file[0] != '\0')
    {
      prof_writer_text (self->writer, ",\"file\":");
      write_cut (self, file);
    }
  if (line > 0)
    prof_writer_printf (self->writer, ",\"line\":%" G_GINT64_FORMAT, line);
}

static void
write_match (const Layout *self, const ProfBox *box)
{
  ProfSearch *search = self->options->search;
  ProfMatch   match = PROF_MATCH_NONE;
  const char *word = NULL;

  if (search == NULL)
    return;
  if (prof_box_is_strip (box))
    word = prof_search_any (search, box->node, box->end) ? "hidden" : NULL;
  else
    match = prof_search_node (search, box->node);
  if (match != PROF_MATCH_NONE)
    word = match == PROF_MATCH_OUTER ? "outer" : "inner";
  if (word != NULL)
    prof_writer_printf (self->writer, ",\"match\":\"%s\"", word);
}

/* Of a comparison: both sides, and the step of the colour. */
static void
write_change (const Layout *self, const ProfBox *box)
{
  const ProfChange *changes = prof_tree_changes (self->tree);
  const ProfChange *change;

  if (changes == NULL)
    return;
  change = &changes[box->node];
  prof_writer_printf (self->writer,
                      ",\"before\":%" G_GINT64_FORMAT
                      ",\"now\":%" G_GINT64_FORMAT ",\"step\":%d",
                      change->total_before,
                      change->total_now,
                      prof_change_step (change,
                                        prof_tree_change_scale (self->tree)));
}

static void
write_frame (const Layout *self, const ProfBox *box)
{
  const ProfNode *node = &self->nodes[box->node];

  prof_writer_text (self->writer, ",\"name\":");
  write_cut (self, prof_tree_name (self->tree, box->node));
  if (box->node != 0)
    write_source (self, node->frame);
  if ((node->flags & PROF_NODE_INLINED) != 0)
    prof_writer_text (self->writer, ",\"inlined\":true");
  prof_writer_printf (self->writer,
                      ",\"self\":%" G_GINT64_FORMAT
                      ",\"total\":%" G_GINT64_FORMAT,
                      node->self,
                      node->total);
  write_change (self, box);
}

static void
write_strip (const Layout *self, uint32_t box)
{
  prof_writer_printf (self->writer,
                      ",\"hidden\":%u,\"total\":%" G_GINT64_FORMAT,
                      prof_flame_layout_n_hidden (self->view.layout, box),
                      prof_flame_layout_value (self->view.layout, box));
}

static void
write_colors (const Layout *self, const ProfBox *box)
{
  ProfFlameKind  kind = prof_flame_shade_kind (&self->view, self->nodes, box);
  ProfColor      base = prof_flame_shade_base (&self->view, box, kind);
  ProfFlameShade shade = prof_flame_shade_mix (self->tokens,
                                               base,
                                               kind,
                                               prof_flame_shade_is_even (
                                                   &self->view));

  prof_writer_text (self->writer, ",\"fill\":");
  write_color (self->writer, shade.fill);
  prof_writer_text (self->writer, ",\"text\":");
  write_color (self->writer,
               kind == PROF_FLAME_STRIP ? shade.prefix : shade.label);
}

static void
write_boxes (const Layout *self)
{
  size_t         n;
  const ProfBox *boxes = prof_flame_layout_boxes (self->view.layout, &n);

  prof_writer_text (self->writer, "\"boxes\":[\n");
  for (size_t i = 0; i < n; i++)
    {
      write_place (self, &boxes[i]);
      if (prof_box_is_strip (&boxes[i]))
        write_strip (self, (uint32_t)i);
      else
        write_frame (self, &boxes[i]);
      write_match (self, &boxes[i]);
      write_colors (self, &boxes[i]);
      if (!prof_writer_text (self->writer, i + 1 < n ? "},\n" : "}\n"))
        return;
    }
  prof_writer_text (self->writer, "]}\n");
}

/* --- All of it --- */

static void
write_layout (const Layout *self)
{
  prof_writer_printf (self->writer,
                      "{\"report\":\"flame\",\n\"version\":%d,\n",
                      VERSION);
  write_words (self);
  write_measure (self);
  write_look (self);
  write_search (self);
  write_zoom (self);
  write_boxes (self);
}

bool
prof_layout_json (ProfTree                *tree,
                  const ProfExportOptions *options,
                  const ProfSink          *sink,
                  GError                 **error)
{
  ProfSinkBound               bound = { .sink = sink,
                                        .most = prof_tree_limit (tree, PROF_LIMIT_TEXT) };
  const ProfSink              bounded = prof_sink_bounded (&bound);
  g_autoptr (ProfWriter)      writer = prof_writer_new (&bounded);
  g_autoptr (ProfFlameLayout) layout = NULL;
  g_autoptr (ProfPalette)     palette = NULL;
  ProfFlameParams             params = { 0 };
  Layout                      self = { .writer = writer,
                                       .options = options,
                                       .tree = tree,
                                       .nodes = prof_tree_nodes (tree) };

  params.width_px = round (options->width_px);
  params.min_width_px = prof_picture_min_width (options);
  params.start = options->start;
  params.end = options->end;
  layout = prof_flame_layout_new (tree, &params);
  palette = prof_palette_new_with (prof_tree_frames (tree),
                                   options->theme,
                                   &options->coloring);
  self.tokens = prof_palette_tokens (options->theme);
  self.view.layout = layout;
  self.view.palette = palette;
  self.view.search = options->search;
  self.view.zoom_root = options->zoom_root;
  self.view.flame = options->flame;
  self.view.metrics = prof_picture_metrics (options);
  write_layout (&self);
  return prof_writer_finish (writer, error);
}
