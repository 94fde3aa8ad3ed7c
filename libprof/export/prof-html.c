/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "export/prof-html.h"

#include "analysis/prof-top.h"
#include "base/prof-hash.h"
#include "base/prof-unit.h"
#include "base/prof-vec.h"
#include "base/prof-writer.h"
#include "config.h"
#include "export/prof-facts.h"
#include "export/prof-legend.h"
#include "input/prof-deflate.h"
#include "layout/prof-label-fit.h"
#include "report/prof-json-string.h"
#include "report/prof-report-page.h"
#include <math.h>
#include <string.h>

#include "prof-html-script.h"
#include "prof-html-style.h"
#include "prof-html-text.h"

/* Bytes of a page besides its data: script, style, facts. */
#define REST_BYTES 196608

/* A page that is too large is tried again with so much of what would fit by
 * proportion: the frames that stay cost more than those that go. */
#define SHARE_TRIED 0.95

/* What of a window's measures a page has when nothing was asked for. */
#define ROW_PX       20
#define FONT_PX      12
#define FONT_ROOM_PX 8
#define MIN_BOX_PX   2

#define MAX_OWN       6
#define MAX_LIBRARIES 8
#define MAX_RUNTIME   3

typedef struct
{
  /* Lent */
  ProfTree                *tree;
  const ProfExportOptions *options;

  ProfColoring coloring; /* by function: a page's frames have one colour each */

  /* Owned */
  ProfTop        *top;
  ProfPalette    *palettes[2]; /* by theme */
  GHashTable     *classes;     /* (uint64_t *) to number + 1, see class_of() */
  ProfVecU64      pairs;       /* by class: light << 32 | dark */
  uint32_t       *colors;      /* by frame: its class */
  GPtrArray      *labels;      /* by frame: see write_form() */
  ProfReportPage *page;
  uint64_t        min_weight; /* frames below are left out of the page */
  GByteArray     *data;       /* compressed */
  ProfWriter     *writer;
} Html;

static void
html_clear (Html *self)
{
  prof_top_unref (self->top);
  prof_palette_unref (self->palettes[PROF_THEME_LIGHT]);
  prof_palette_unref (self->palettes[PROF_THEME_DARK]);
  g_clear_pointer (&self->classes, g_hash_table_unref);
  prof_vec_u64_clear (&self->pairs);
  g_free (self->colors);
  g_clear_pointer (&self->labels, g_ptr_array_unref);
  prof_report_page_free (self->page);
  g_clear_pointer (&self->data, g_byte_array_unref);
  prof_writer_free (self->writer);
}

static const ProfNode *
root_of (const Html *self)
{
  return prof_tree_nodes (self->tree);
}

static const char *
unit_of (const Html *self)
{
  return prof_profile_type_unit (prof_frames_profile (
                                     prof_tree_frames (self->tree)),
                                 prof_tree_type (self->tree));
}

/* --- Colours: a number for each pair of one for light and one for dark --- */

static uint32_t
class_of (Html *self, ProfColor light, ProfColor dark)
{
  gint64   pair = (gint64)((uint64_t)light << 32 | dark);
  gpointer found = g_hash_table_lookup (self->classes, &pair);

  if (found == NULL && prof_vec_u64_append (&self->pairs, (uint64_t)pair))
    {
      found = GSIZE_TO_POINTER (self->pairs.length);
      g_hash_table_insert (self->classes,
                           g_memdup2 (&pair, sizeof pair),
                           found);
    }
  return found != NULL ? (uint32_t)GPOINTER_TO_SIZE (found) - 1 : 0;
}

static uint32_t
package_class (Html *self, uint32_t package)
{
  return class_of (self,
                   prof_palette_package (self->palettes[PROF_THEME_LIGHT],
                                         package),
                   prof_palette_package (self->palettes[PROF_THEME_DARK],
                                         package));
}

/* --- Labels --- */

/* "4:main.work": letters of the package, as scripts count them, and the form. */
static void
append_form (GString *label, const ProfLabelForm *form)
{
  glong n_units = 0;

  g_free (
      g_utf8_to_utf16 (form->text, (glong)form->prefix, NULL, &n_units, NULL));
  g_string_append_printf (label,
                          "%s%ld:%s",
                          label->len > 0 ? "\t" : "",
                          n_units,
                          form->text);
}

static char *
label_of (const char *name, size_t most)
{
  ProfLabelForms forms;
  GString       *label = g_string_new (NULL);

  prof_label_forms_init (&forms, name, most);
  for (size_t i = 0; i < forms.n_forms; i++)
    append_form (label, &forms.forms[i]);
  prof_label_forms_clear (&forms);
  return g_string_free (label, FALSE);
}

static void
choose_labels (Html *self)
{
  ProfFrames *frames = prof_tree_frames (self->tree);
  size_t      n = prof_frames_n (frames);
  size_t      most = (size_t)prof_tree_limit (self->tree, PROF_LIMIT_SHOWN);

  self->labels = g_ptr_array_new_full ((guint)n, g_free);
  for (ProfFrameId i = 0; i < n; i++)
    g_ptr_array_add (self->labels,
                     label_of (prof_frames_display_name (frames, i), most));
}

static void
choose_colors (Html *self)
{
  ProfFrames *frames = prof_tree_frames (self->tree);
  size_t      n = prof_frames_n (frames);

  for (int theme = 0; theme < 2; theme++)
    self->palettes[theme] = prof_palette_new_with (frames,
                                                   (ProfTheme)theme,
                                                   &self->coloring);
  self->classes = g_hash_table_new_full (prof_hash_int64,
                                         g_int64_equal,
                                         g_free,
                                         NULL);
  self->colors = g_new (uint32_t, n + 1);
  for (ProfFrameId i = 0; i < n; i++)
    self->colors[i] =
        class_of (self,
                  prof_palette_frame (self->palettes[PROF_THEME_LIGHT], i),
                  prof_palette_frame (self->palettes[PROF_THEME_DARK], i));
}

/* --- The data, as large as it may be --- */

static bool
gather (void *data, const void *bytes, size_t length, GError **error)
{
  g_byte_array_append (data, bytes, (guint)length);
  return true;
}

static bool
compress (Html *self, GError **error)
{
  const ProfSink          sink = { .write = gather, .data = self->data };
  g_autoptr (ProfDeflate) deflate = prof_deflate_new (&sink, error);
  ProfSink                inner;

  if (deflate == NULL)
    return false;
  inner = prof_deflate_sink (deflate);
  return prof_report_page_write (self->page,
                                 self->colors,
                                 (const char *const *)self->labels->pdata,
                                 &inner,
                                 error) &&
         prof_deflate_finish (deflate, error);
}

static bool
pack_with (Html *self, uint64_t min_weight, GError **error)
{
  prof_report_page_free (self->page);
  self->page = prof_report_page_new (self->tree, self->top, min_weight, error);
  self->min_weight = min_weight;
  g_byte_array_set_size (self->data, 0);
  return self->page != NULL && compress (self, error);
}

/* The least weight above @low with which the page has at most so many nodes;
 * weights are multiples of @unit. */
static uint64_t
weight_for (const Html *self, uint64_t low, uint64_t unit, double n_nodes)
{
  uint64_t high = prof_tree_weight (self->tree, 0) / unit + 1;

  low = low / unit + 1;
  while (low < high)
    {
      uint64_t middle = low + (high - low) / 2;

      if ((double)prof_report_page_n_nodes (self->tree, middle * unit) <=
          n_nodes)
        high = middle;
      else
        low = middle + 1;
    }
  return low * unit;
}

/* Leaves out ever heavier frames, each time as many as should do by what those
 * of the last page took. What names and table take stays, and is measured with
 * nothing else; when that is too much already, it is all there will be. */
static bool
cut (Html *self, double room, GError **error)
{
  const ProfPageShape *shape = prof_report_page_shape (self->page);
  uint64_t             unit = shape->divisor;
  uint64_t             min_weight = 0;
  double               n_nodes = shape->n_nodes;
  double               length = self->data->len;
  double               fixed;

  if (!pack_with (self, prof_tree_weight (self->tree, 0) + 1, error))
    return false;
  fixed = self->data->len;
  while (length > room && fixed <= room)
    {
      n_nodes *= (room - fixed) / (length - fixed) * SHARE_TRIED;
      min_weight = weight_for (self, min_weight, unit, n_nodes);
      if (!pack_with (self, min_weight, error))
        return false;
      n_nodes = prof_report_page_shape (self->page)->n_nodes;
      length = self->data->len;
    }
  return true;
}

static bool
pack (Html *self, size_t max_bytes, GError **error)
{
  double room = MAX ((double)max_bytes - REST_BYTES, 1) / 4 * 3;

  self->data = g_byte_array_new ();
  if (!pack_with (self, 0, error))
    return false;
  return self->data->len <= room || cut (self, room, error);
}

/* --- JSON --- */

static void
put_key (ProfWriter *writer, const char *key)
{
  prof_writer_printf (writer, ",\n\"%s\":", key);
}

static void
put_text (ProfWriter *writer, const char *key, const char *text)
{
  g_autofree char *valid = g_utf8_make_valid (text != NULL ? text : "", -1);

  put_key (writer, key);
  prof_json_string (writer, valid);
}

static void
put_number (ProfWriter *writer, const char *key, double number)
{
  char text[G_ASCII_DTOSTR_BUF_SIZE];

  put_key (writer, key);
  prof_writer_text (writer, g_ascii_dtostr (text, sizeof text, number));
}

static void
put_bool (ProfWriter *writer, const char *key, bool value)
{
  put_key (writer, key);
  prof_writer_text (writer, value ? "true" : "false");
}

static void
put_shape (const Html *self, ProfWriter *writer)
{
  const ProfPageShape *shape = prof_report_page_shape (self->page);

  prof_writer_printf (
      writer,
      "\"shape\":{\"nodes\":%u,\"frames\":%u,\"rows\":%u,"
      "\"files\":%u,\"hidden\":%u,\"divisor\":%" G_GUINT64_FORMAT
      ",\"signed\":%s}",
      shape->n_nodes,
      shape->n_frames,
      shape->n_rows,
      shape->n_files,
      shape->n_hidden,
      shape->divisor,
      shape->is_signed ? "true" : "false");
}

static void
put_unit (const Html *self, ProfWriter *writer)
{
  const char *unit = unit_of (self);
  const char *family = "";
  double      factor = 1;
  char        text[G_ASCII_DTOSTR_BUF_SIZE];

  if (prof_unit_is_time (unit, &factor))
    family = "time";
  else if (prof_unit_is_bytes (unit, &factor))
    family = "bytes";
  put_key (writer, "unit");
  prof_writer_printf (writer,
                      "{\"family\":\"%s\",\"factor\":%s",
                      family,
                      g_ascii_dtostr (text, sizeof text, factor));
  put_text (writer, "name", unit);
  prof_writer_text (writer, "}");
}

static uint32_t
rgb (ProfColor color)
{
  return color >> 8;
}

static void
put_tokens (ProfWriter *writer, ProfTheme theme)
{
  const ProfTokens *tokens = prof_palette_tokens (theme);
  const struct
  {
    const char *name;
    ProfColor   color;
  } colors[] = {
    { "canvas", tokens->canvas },
    { "label", tokens->label },
    { "rootBar", tokens->root_bar },
    { "stripGround", tokens->strip_ground },
    { "stripLine", tokens->strip_line },
    { "hit", tokens->hit },
    { "hitLabel", tokens->hit_label },
    { "hitEdge", tokens->hit_edge },
    { "hitLane", tokens->hit_lane },
    { "ring", tokens->ring },
  };

  prof_writer_printf (writer,
                      "\"%s\":{",
                      theme == PROF_THEME_DARK ? "dark" : "light");
  for (size_t i = 0; i < G_N_ELEMENTS (colors); i++)
    prof_writer_printf (writer,
                        "\"%s\":%u,",
                        colors[i].name,
                        rgb (colors[i].color));
  prof_writer_printf (writer,
                      "\"muted\":%d.%02d,\"nestedHit\":%d.%02d}",
                      (int)tokens->muted,
                      (int)lround (tokens->muted * 100) % 100,
                      (int)tokens->nested_hit,
                      (int)lround (tokens->nested_hit * 100) % 100);
}

static void
put_colors (const Html *self, ProfWriter *writer)
{
  put_key (writer, "tokens");
  prof_writer_text (writer, "{");
  put_tokens (writer, PROF_THEME_LIGHT);
  prof_writer_text (writer, ",");
  put_tokens (writer, PROF_THEME_DARK);
  prof_writer_text (writer, "}");
  put_key (writer, "colors");
  for (size_t i = 0; i < self->pairs.length; i++)
    prof_writer_printf (writer,
                        "%s[%u,%u]",
                        i == 0 ? "[" : ",",
                        rgb ((ProfColor)(self->pairs.data[i] >> 32)),
                        rgb ((ProfColor)self->pairs.data[i]));
  prof_writer_text (writer, self->pairs.length == 0 ? "[]" : "]");
}

/* --- Legend --- */

static void
put_item (Html       *self,
          ProfWriter *writer,
          const char *name,
          const char *search,
          uint32_t    color,
          int64_t     value)
{
  double weight = (double)prof_tree_weight (self->tree, 0);

  prof_writer_printf (writer, ",\n{\"color\":%u", color);
  put_text (writer, "name", name);
  put_text (writer, "search", search);
  if (fabs ((double)value) >= PROF_LEGEND_SHARE * weight && value != 0)
    {
      g_autofree char *share = prof_unit_human_percentage ((double)value,
                                                           weight);

      put_text (writer, "share", share);
    }
  prof_writer_text (writer, "}");
}

/* A caption, and a rule before it unless it is the first. */
static void
begin_group (ProfWriter *writer, bool *is_first, const char *caption)
{
  if (!*is_first)
    prof_writer_text (writer, ",\n{\"rule\":true}");
  *is_first = false;
  if (caption != NULL)
    prof_writer_printf (writer, ",\n{\"caption\":\"%s\"}", caption);
}

static void
put_packages (Html       *self,
              ProfWriter *writer,
              ProfTier    tier,
              const char *caption,
              size_t      max,
              bool       *is_first)
{
  const ProfPackage *packages = prof_frames_packages (
      prof_tree_frames (self->tree));
  g_autoptr (GArray) found = prof_legend_choose (self->tree, tier, max);

  if (found->len == 0)
    return;
  begin_group (writer, is_first, caption);
  for (size_t i = 0; i < found->len; i++)
    {
      uint32_t           id = g_array_index (found, uint32_t, i);
      const ProfPackage *package = &packages[id];
      g_autofree char   *search = g_strconcat (package->name, ".", NULL);

      put_item (self,
                writer,
                prof_legend_name (package),
                search,
                package_class (self, id),
                package->self);
    }
}

/* All of a tier together, as one grey. */
static void
put_tier (Html       *self,
          ProfWriter *writer,
          ProfTier    tier,
          const char *name,
          bool       *is_first)
{
  int64_t sum = prof_legend_sum (self->tree, tier);
  bool    is_runtime = tier == PROF_TIER_RUNTIME;

  if (sum == 0)
    return;
  begin_group (writer, is_first, NULL);
  put_item (self,
            writer,
            name,
            is_runtime ? "runtime" : NULL,
            is_runtime
                ? class_of (self,
                            prof_palette_tokens (PROF_THEME_LIGHT)->runtime,
                            prof_palette_tokens (PROF_THEME_DARK)->runtime)
                : class_of (self,
                            prof_palette_tokens (PROF_THEME_LIGHT)
                                ->unsymbolized,
                            prof_palette_tokens (PROF_THEME_DARK)
                                ->unsymbolized),
            sum);
}

static void
put_legend (Html *self, ProfWriter *writer)
{
  const ProfColoring *coloring = &self->coloring;
  bool                has_greys = coloring->scheme == PROF_SCHEME_PACKAGES;
  bool                is_first = true;

  put_key (writer, "legend");
  /* So that each of the others has a comma before it. */
  prof_writer_text (writer, "[null");
  if (prof_scheme_is_by_package (coloring))
    {
      put_packages (self,
                    writer,
                    PROF_TIER_OWN,
                    "Own code",
                    MAX_OWN,
                    &is_first);
      if (has_greys)
        put_tier (self, writer, PROF_TIER_RUNTIME, "runtime", &is_first);
      else
        put_packages (self,
                      writer,
                      PROF_TIER_RUNTIME,
                      "Runtime",
                      MAX_RUNTIME,
                      &is_first);
      put_packages (self,
                    writer,
                    PROF_TIER_LIBRARY,
                    "Libraries",
                    MAX_LIBRARIES,
                    &is_first);
      if (has_greys)
        put_tier (self,
                  writer,
                  PROF_TIER_UNSYMBOLIZED,
                  "without names",
                  &is_first);
    }
  prof_writer_text (writer, "]");
}

/* --- What the page begins with --- */

static void
put_start (const Html *self, ProfWriter *writer)
{
  const ProfExportOptions *options = self->options;
  double row = options->row_px > 0    ? round (options->row_px) + 1
               : options->font_px > 0 ? round (options->font_px) + FONT_ROOM_PX
                                      : ROW_PX;
  double font = options->font_px > 0
                    ? options->font_px
                    : MIN (FONT_PX, row - 1 - PROF_EXPORT_ROW_ROOM);
  bool   has_theme = options->theme == PROF_THEME_DARK || options->fixed_theme;
  char   start[G_ASCII_DTOSTR_BUF_SIZE];
  char   end[G_ASCII_DTOSTR_BUF_SIZE];

  put_number (writer, "row", row);
  put_number (writer, "font", font);
  put_text (writer, "family", options->font_family);
  put_number (writer,
              "minWidth",
              options->min_width_px > 0 ? options->min_width_px : MIN_BOX_PX);
  put_text (writer,
            "theme",
            !has_theme                          ? ""
            : options->theme == PROF_THEME_DARK ? "dark"
                                                : "light");
  put_bool (writer, "flame", options->flame);
  put_text (writer, "search", options->search_text);
  put_number (writer,
              "zoom",
              prof_report_page_number (self->page, options->zoom_root));
  put_key (writer, "view");
  prof_writer_printf (writer,
                      "[%s,%s]",
                      g_ascii_dtostr (start, sizeof start, options->start),
                      g_ascii_dtostr (end, sizeof end, options->end));
}

static char *
title_of (const Html *self)
{
  if (self->options->title != NULL)
    return g_utf8_make_valid (self->options->title, -1);
  return prof_facts_title (self->tree, self->options->count_name);
}

static void
put_words (const Html *self, ProfWriter *writer)
{
  ProfTreeFlags    flags = prof_tree_flags (self->tree);
  g_autofree char *title = title_of (self);
  g_autofree char *total = prof_facts_total (self->tree);
  g_autofree char *type = prof_facts_type (self->tree,
                                           self->options->count_name);

  put_text (writer, "title", title);
  put_text (writer, "total", total);
  put_text (writer, "type", type);
  put_text (writer, "meaning", prof_scheme_meaning (&self->coloring));
  put_bool (writer, "leafFirst", (flags & PROF_TREE_LEAF_FIRST) != 0);
  put_bool (writer, "byName", (flags & PROF_TREE_BY_NAME) != 0);
  put_number (writer, "topTotal", (double)prof_top_total (self->top));
}

/* JSON may stand in a script element as long as nothing in it looks like the
 * element's end or a comment's beginning. */
static void
write_without_tags (ProfWriter *writer, const char *json)
{
  for (const char *open; (open = strchr (json, '<')) != NULL; json = open + 1)
    {
      prof_writer_bytes (writer, json, (size_t)(open - json));
      prof_writer_text (writer, "\\u003c");
    }
  prof_writer_text (writer, json);
}

static void
write_json (Html *self)
{
  g_autoptr (GString)    out = g_string_new (NULL);
  ProfSink               sink = prof_sink_to_string (out);
  g_autoptr (ProfWriter) json = prof_writer_new (&sink);

  prof_writer_text (json, "{");
  put_shape (self, json);
  put_words (self, json);
  put_unit (self, json);
  put_start (self, json);
  put_legend (self, json);
  put_colors (self, json);
  prof_writer_text (json, "}");
  prof_writer_finish (json, NULL);
  write_without_tags (self->writer, out->str);
}

/* --- Words of the page --- */

static void
write_escaped (Html *self, const char *text)
{
  g_autofree char *valid = g_utf8_make_valid (text, -1);
  g_autofree char *markup = g_markup_escape_text (valid, -1);

  prof_writer_text (self->writer, markup);
}

static void
write_title (Html *self)
{
  g_autofree char *title = title_of (self);

  write_escaped (self, title);
}

static void
write_facts (Html *self)
{
  g_autofree char *line = self->options->subtitle != NULL
                              ? g_strdup (self->options->subtitle)
                              : prof_facts_line (self->tree,
                                                 self->options->count_name);

  write_escaped (self, line);
}

static void
write_total (Html *self)
{
  g_autofree char *total = prof_facts_total (self->tree);

  write_escaped (self, total);
}

/* "41 300 of 612 000 frames are left out, each of less than 0.002 %" */
static char *
left_out (const Html *self)
{
  const ProfPageShape *shape = prof_report_page_shape (self->page);
  g_autofree char     *hidden = prof_unit_human (shape->n_hidden, "count");
  g_autofree char     *all = prof_unit_human ((int64_t)prof_tree_n_nodes (
                                              self->tree) -
                                              1,
                                          "count");
  g_autofree char     *share =
      prof_unit_human_percentage ((double)self->min_weight,
                                  (double)prof_tree_weight (self->tree, 0));

  if (shape->n_hidden == 0)
    return NULL;
  return g_strdup_printf ("%s of %s frames, each of less than %s, are too many "
                          "for a page and added up",
                          hidden,
                          all,
                          share);
}

static void
write_origin (Html *self)
{
  g_autofree char *origin = prof_facts_origin (self->options->file_name,
                                               self->options->base_name,
                                               self->options->filters);
  g_autofree char *missing = left_out (self);

  write_escaped (self, origin);
  if (missing != NULL)
    prof_writer_printf (self->writer, " · %s", missing);
}

static void
write_row (Html *self, const char *name, const char *value)
{
  if (value == NULL || value[0] == '\0')
    return;
  prof_writer_printf (self->writer, "<dt>%s</dt><dd>", name);
  write_escaped (self, value);
  prof_writer_text (self->writer, "</dd>\n");
}

static void
write_count (Html *self, const char *name, size_t n)
{
  g_autofree char *count = prof_unit_human ((int64_t)n, "count");

  write_row (self, name, count);
}

static char *
joined_filters (const Html *self)
{
  const char *const *filters = self->options->filters;

  if (filters == NULL)
    return NULL;
  return filters[0] == NULL ? g_strdup ("none")
                            : g_strjoinv (", ", (char **)filters);
}

/* "1 520 000 000 nanoseconds" */
static char *
exact_total (const Html *self)
{
  const char      *unit = unit_of (self);
  g_autofree char *count = prof_unit_human (root_of (self)->total, "count");

  return g_strdup_printf ("%s %s", count, unit);
}

static void
write_about (Html *self)
{
  ProfProfile *profile = prof_frames_profile (prof_tree_frames (self->tree));
  g_autofree char *base = NULL;
  g_autofree char *facts = prof_facts_line (self->tree,
                                            self->options->count_name);
  g_autofree char *filters = joined_filters (self);
  g_autofree char *missing = left_out (self);
  g_autofree char *total = exact_total (self);
  ProfTreeFlags    flags = prof_tree_flags (self->tree);

  if (self->options->file_name != NULL && self->options->file_name[0] != '\0')
    base = g_path_get_basename (self->options->file_name);
  write_row (self, "File", base);
  write_row (self,
             "Sample type",
             prof_profile_type_name (profile, prof_tree_type (self->tree)));
  write_row (self, "Unit", unit_of (self));
  write_row (self, "Total", total);
  write_row (self, "Measured", facts);
  write_row (self, "Filters", filters);
  write_count (self,
               "Functions",
               prof_report_page_shape (self->page)->n_frames);
  write_count (self, "Frames", prof_tree_n_nodes (self->tree) - 1);
  write_row (self, "Left out", missing);
  write_row (self,
             "Order",
             (flags & PROF_TREE_BY_NAME) != 0 ? "by name" : "heaviest first");
  if ((flags & PROF_TREE_LEAF_FIRST) != 0)
    write_row (self, "Tree", "leaves first; next to each function its callers");
  write_row (self, "Colours", prof_scheme_meaning (&self->coloring));
  write_row (self, "Hatched", "frames too narrow to draw; a click shows them");
  write_row (self, "Note", self->options->notes);
}

static void
write_notes (Html *self)
{
  if (self->options->notes == NULL || self->options->notes[0] == '\0')
    return;
  prof_writer_text (self->writer, "<meta name=\"description\" content=\"");
  write_escaped (self, self->options->notes);
  prof_writer_text (self->writer, "\">\n");
}

static void
write_version (Html *self)
{
  prof_writer_text (self->writer, PROF_VERSION);
}

/* --- Script, style and data --- */

static void
write_digest (Html *self, const char *text)
{
  g_autoptr (GChecksum) sum = g_checksum_new (G_CHECKSUM_SHA256);
  guint8                digest[32];
  gsize                 length = sizeof digest;
  g_autofree char      *base64 = NULL;

  g_checksum_update (sum, (const guchar *)text, -1);
  g_checksum_get_digest (sum, digest, &length);
  base64 = g_base64_encode (digest, length);
  prof_writer_printf (self->writer, "sha256-%s", base64);
}

static void
write_script_hash (Html *self)
{
  write_digest (self, page_script);
}

static void
write_style_hash (Html *self)
{
  write_digest (self, page_style);
}

static void
write_script (Html *self)
{
  prof_writer_text (self->writer, page_script);
}

static void
write_style (Html *self)
{
  prof_writer_text (self->writer, page_style);
}

/* Pieces of a multiple of three bytes, so that only the last one is padded. */
static void
write_data (Html *self)
{
  const guint8 *at = self->data->data;
  size_t        rest = self->data->len;

  while (rest > 0)
    {
      size_t           length = MIN (rest, 49152);
      g_autofree char *base64 = g_base64_encode (at, length);

      if (!prof_writer_text (self->writer, base64))
        return;
      at += length;
      rest -= length;
    }
}

static const struct
{
  const char *name;
  void (*write) (Html *self);
} marks[] = {
  { "about", write_about },     { "data", write_data },
  { "facts", write_facts },     { "json", write_json },
  { "notes", write_notes },     { "origin", write_origin },
  { "script", write_script },   { "script-hash", write_script_hash },
  { "style", write_style },     { "style-hash", write_style_hash },
  { "title", write_title },     { "total", write_total },
  { "version", write_version },
};

/* What stands between two '@' is a mark. */
static void
write_mark (Html *self, const char *name, size_t length)
{
  for (size_t i = 0; i < G_N_ELEMENTS (marks); i++)
    if (strlen (marks[i].name) == length &&
        memcmp (marks[i].name, name, length) == 0)
      {
        marks[i].write (self);
        return;
      }
  g_assert_not_reached ();
}

static void
write_page (Html *self)
{
  const char *at = page_text;

  for (const char *mark; (mark = strchr (at, '@')) != NULL;)
    {
      size_t length = strcspn (mark + 1, "@");

      prof_writer_bytes (self->writer, at, (size_t)(mark - at));
      write_mark (self, mark + 1, length);
      at = mark + length + 2;
    }
  prof_writer_text (self->writer, at);
}

bool
prof_html_write (ProfTree                *tree,
                 const ProfExportOptions *options,
                 size_t                   max_bytes,
                 const ProfSink          *sink,
                 GError                 **error)
{
  const ProfTopParams every = PROF_TOP_PARAMS_ALL;
  Html                self = { .tree = tree, .options = options };
  bool                ok;

  self.coloring = options->coloring;
  if (prof_scheme_is_by_node (&options->coloring))
    self.coloring.scheme = PROF_SCHEME_PACKAGES;
  self.top = prof_top_new (prof_tree_frames (tree),
                           prof_tree_type (tree),
                           &every);
  choose_colors (&self);
  choose_labels (&self);
  ok = pack (&self, max_bytes, error);
  if (ok)
    {
      self.writer = prof_writer_new (sink);
      write_page (&self);
      ok = prof_writer_finish (self.writer, error);
    }
  html_clear (&self);
  return ok;
}
