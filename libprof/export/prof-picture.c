/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "export/prof-picture.h"

#include "base/prof-limits.h"
#include "export/prof-facts.h"
#include "export/prof-legend.h"
#include "export/prof-shortened.h"
#include <math.h>
#include <string.h>

#define MARGIN_PX      24
#define TITLE_PX       22
#define TITLE_WEIGHT   800
#define TITLE_LINE_PX  30
#define FACTS_PX       13
#define FACTS_LINE_PX  20
#define FOOTER_PX      12
#define FOOTER_LINE_PX 18
#define GAP_PX         14
#define LANE_PX        4
#define LABEL_PX       12
#define ROW_ROOM_PX    7 /* of a row above its letters' size: 19 */
#define ROOT_ROOM_PX   5 /* of the root's bar above a row */
#define MIN_BOX_PX     2
#define MIN_ZOOMED_PX  0.1 /* a box that can be zoomed to */

typedef struct
{
  double   x;
  double   y; /* middle of the line */
  ProfFont font;
  bool     dim;
  char    *text; /* (owned) */
} Words;

struct _ProfPicture
{
  /* Owned */
  char            *title;
  GArray          *words; /* Words */
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

static const ProfFont title_font = { TITLE_PX, true, TITLE_WEIGHT };
static const ProfFont facts_font = { FACTS_PX, false, 0 };
static const ProfFont footer_font = { FOOTER_PX, false, 0 };

/* --- Lines of text --- */

static double
measure (ProfPicture *self, const ProfFont *font, const char *text)
{
  return prof_text_cache_measure (self->cache, font, text);
}

static void
add_words (ProfPicture    *self,
           const ProfFont *font,
           double          x,
           double          y,
           bool            dim,
           const char     *text)
{
  Words words = { x, y, *font, dim, g_strdup (text) };

  g_array_append_val (self->words, words);
}

static void
add_words_right (ProfPicture    *self,
                 const ProfFont *font,
                 double          y,
                 bool            dim,
                 const char     *text)
{
  double x = self->width_px - MARGIN_PX - measure (self, font, text);

  add_words (self, font, round (x), y, dim, text);
}

static void
end_line (ProfPicture    *self,
          const ProfFont *font,
          double          line_px,
          double          width,
          double         *y,
          GString        *line)
{
  g_autofree char *text = prof_shortened (self->cache, font, line->str, width);

  if (line->len > 0)
    {
      add_words (self, font, MARGIN_PX, *y + line_px / 2, true, text);
      *y += line_px;
    }
  g_string_truncate (line, 0);
}

/* A number stays with its unit: "10 ms", "(188 %)". */
static bool
belongs_to_number (const char *number, const char *unit)
{
  size_t length = strlen (number);

  return length > 0 && g_ascii_isdigit (number[length - 1]) &&
         !g_ascii_isdigit (unit[0]) && strlen (unit) <= 5 &&
         strcmp (unit, "·") != 0;
}

/* Breaks text at blanks into lines from @y on; gives where they end. */
static double
add_paragraph (ProfPicture    *self,
               const ProfFont *font,
               double          line_px,
               double          width,
               double          y,
               const char     *text)
{
  g_auto (GStrv)      parts = g_strsplit (text, " ", -1);
  g_autoptr (GString) line = g_string_new (NULL);

  for (size_t i = 0; parts[i] != NULL; i++)
    {
      g_autoptr (GString) word = g_string_new (parts[i]);
      g_autofree char    *longer = NULL;

      while (parts[i + 1] != NULL && belongs_to_number (parts[i], parts[i + 1]))
        g_string_append_printf (word, " %s", parts[++i]);
      longer = g_strconcat (line->str,
                            line->len > 0 ? " " : "",
                            word->str,
                            NULL);
      if (line->len > 0 && (g_utf8_strlen (longer, -1) > PROF_MAX_LABEL_CHARS ||
                            measure (self, font, longer) > width))
        {
          end_line (self, font, line_px, width, &y, line);
          g_string_assign (line, word->str);
        }
      else
        g_string_assign (line, longer);
    }
  end_line (self, font, line_px, width, &y, line);
  return y;
}

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
  double           width = self->width_px - 2 * MARGIN_PX;
  double           y = MARGIN_PX - 4;
  bool             compared = prof_tree_changes (self->tree) != NULL;
  const char      *caption = compared ? "change" : "total";
  g_autofree char *total = prof_facts_total (self->tree);
  g_autofree char *facts = facts_of (self, options);
  double           right = MAX (measure (self, &title_font, total),
                      measure (self, &facts_font, caption));
  g_autofree char *title = NULL;

  add_words_right (self, &title_font, y + TITLE_LINE_PX / 2, false, total);
  title = prof_shortened (self->cache,
                          &title_font,
                          self->title,
                          width - right - MARGIN_PX);
  add_words (self, &title_font, MARGIN_PX, y + TITLE_LINE_PX / 2, false, title);
  y += TITLE_LINE_PX;
  add_words_right (self, &facts_font, y + FACTS_LINE_PX / 2, true, caption);
  return add_paragraph (self,
                        &facts_font,
                        FACTS_LINE_PX,
                        width - right - MARGIN_PX,
                        y,
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

/* Meaning and origin on one line where both fit, else below each other. */
static double
place_footer (ProfPicture *self, const ProfExportOptions *options, double y)
{
  double           width = self->width_px - 2 * MARGIN_PX;
  g_autofree char *left = meaning (self, options);
  g_autofree char *right = prof_facts_origin (options->file_name,
                                              options->base_name,
                                              options->filters);
  double           right_px = g_utf8_strlen (right, -1) > PROF_MAX_LABEL_CHARS
                                  ? width
                                  : measure (self, &footer_font, right);
  double           left_px = measure (self, &footer_font, left);

  if (left_px + MARGIN_PX + right_px <= width)
    {
      add_words (self,
                 &footer_font,
                 MARGIN_PX,
                 y + FOOTER_LINE_PX / 2,
                 true,
                 left);
      add_words_right (self, &footer_font, y + FOOTER_LINE_PX / 2, true, right);
      return y + FOOTER_LINE_PX;
    }
  y = add_paragraph (self, &footer_font, FOOTER_LINE_PX, width, y, left);
  return add_paragraph (self, &footer_font, FOOTER_LINE_PX, width, y, right);
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
  size_t n = 0;

  fonts[n++] = title_font;
  fonts[n++] = facts_font;
  fonts[n++] = footer_font;
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

static void
place_graph (ProfPicture *self, const ProfExportOptions *options)
{
  ProfFlameParams params = { 0 };

  params.width_px = self->width_px - 2 * MARGIN_PX;
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

static void
clear_words (gpointer data)
{
  g_free (((Words *)data)->text);
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
  self->words = g_array_new (FALSE, FALSE, sizeof (Words));
  g_array_set_clear_func (self->words, clear_words);

  self->graph_y = place_head (self, options) + GAP_PX;
  place_graph (self, options);
  y = self->graph_y + self->view.height_px + GAP_PX;
  self->legend_y = y;
  self->legend = prof_legend_new (self->tree,
                                  self->palette,
                                  self->cache,
                                  self->width_px - 2 * MARGIN_PX);
  self->rule_y = y + prof_legend_height (self->legend) + 6;
  y = place_footer (self, options, self->rule_y + 8);
  self->height_px = ceil (y + MARGIN_PX - 14);
  return self;
}

void
prof_picture_free (ProfPicture *self)
{
  if (self == NULL)
    return;
  g_array_unref (self->words);
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

static void
paint_text (ProfPainter    *painter,
            const ProfFont *font,
            double          x,
            double          middle,
            const char     *text,
            ProfColor       color)
{
  double y = round (middle + painter->klass->baseline (painter, font));

  painter->klass->text (painter, font, x, y, text, 0, color, color);
}

void
prof_picture_paint (const ProfPicture *self, ProfPainter *painter)
{
  const ProfTokens *tokens = self->tokens;
  ProfRect          all = { 0, 0, self->width_px, self->height_px };
  ProfRect          rule = { MARGIN_PX,
                             self->rule_y,
                             self->width_px - 2 * MARGIN_PX,
                             1 };

  painter->klass->fill (painter, &all, self->canvas);
  for (size_t i = 0; i < self->words->len; i++)
    {
      const Words *words = &g_array_index (self->words, Words, i);

      paint_text (painter,
                  &words->font,
                  words->x,
                  words->y,
                  words->text,
                  words->dim ? tokens->dim_text : tokens->label);
    }
  painter->klass->translate (painter, MARGIN_PX, self->graph_y);
  prof_flame_paint (&self->view, painter, NULL);
  painter->klass->translate (painter, -MARGIN_PX, -self->graph_y);
  painter->klass->translate (painter, MARGIN_PX, self->legend_y);
  prof_legend_paint (self->legend, painter);
  painter->klass->translate (painter, -MARGIN_PX, -self->legend_y);
  painter->klass->fill (painter, &rule, tokens->root_bar);
}
