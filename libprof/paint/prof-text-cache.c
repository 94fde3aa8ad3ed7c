/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "paint/prof-text-cache.h"

#include "base/prof-hash.h"
#include "base/prof-limits.h"
#include "paint/prof-label-cache.h"
#include <math.h>
#include <pango/pangocairo.h>
#include <string.h>

/* Two generations bound the cache: lines are looked for in the young one, then
 * in the old one, which moves them; when the young one is full it becomes the
 * old one, and what was left in that is freed. A 4K screen shows some 4 000
 * labels and measures a few forms of each. */
#define MAX_YOUNG_LINES 16384

/* Sizes and weights in use at a time: labels, titles, captions. */
#define MAX_FONTS 16

/* Where a machine has no font at all nothing can be drawn, but widths are still
 * wanted, for SVG is shown elsewhere: so wide is a letter, in font sizes. */
#define GUESSED_ADVANCE 0.58
#define GUESSED_RISE    0.35

/* A stretch of one font; without a font it has no glyphs. */
typedef struct
{
  PangoFont        *font;
  PangoGlyphString *glyphs;
  size_t            offset; /* of its text in the line, bytes */
  size_t            length; /* of its text, bytes */
  double            width_px;
  bool              rtl;
} Run;

typedef struct
{
  /* Key */
  char    *text;
  uint32_t font; /* index into fonts */

  /* Owned */
  Run *runs; /* as seen, from left to right */

  size_t n_runs;
  double width_px;
} Line;

typedef struct
{
  ProfFont              font;
  PangoFontDescription *description;
  double                baseline_px;
} Face;

struct _ProfTextCache
{
  /* Owned */
  GHashTable           *young;
  GHashTable           *old;
  ProfLabelCache       *labels;
  PangoFontDescription *description;
  Face                  faces[MAX_FONTS];
  size_t                n_faces;

  /* Shared, a reference */
  PangoContext *context;

  /* (nullable): adds faces; until it is joined, all else is its own */
  GThread *loading;
};

static unsigned
line_hash (gconstpointer key)
{
  const Line *line = key;

  return prof_hash_text (line->text) + line->font;
}

static gboolean
line_equal (gconstpointer a, gconstpointer b)
{
  const Line *one = a;
  const Line *other = b;

  return one->font == other->font && strcmp (one->text, other->text) == 0;
}

static void
line_free (gpointer data)
{
  Line *line = data;

  for (size_t i = 0; i < line->n_runs; i++)
    {
      g_clear_object (&line->runs[i].font);
      pango_glyph_string_free (line->runs[i].glyphs);
    }
  g_free (line->runs);
  g_free (line->text);
  g_free (line);
}

static GHashTable *
new_generation (void)
{
  return g_hash_table_new_full (line_hash, line_equal, line_free, NULL);
}

/* Grey levels, and metrics on whole pixels: letters stand evenly even where
 * cairo (1.16) cannot place them between pixels. */
static PangoContext *
own_context (void)
{
  PangoContext         *context;
  cairo_font_options_t *options = cairo_font_options_create ();

  context = pango_font_map_create_context (pango_cairo_font_map_get_default ());
  cairo_font_options_set_antialias (options, CAIRO_ANTIALIAS_GRAY);
  cairo_font_options_set_hint_style (options, CAIRO_HINT_STYLE_SLIGHT);
  cairo_font_options_set_hint_metrics (options, CAIRO_HINT_METRICS_ON);
  pango_cairo_context_set_font_options (context, options);
  pango_cairo_context_set_resolution (context, 96);
  pango_context_set_language (context, pango_language_from_string ("en"));
  cairo_font_options_destroy (options);
  return context;
}

ProfTextCache *
prof_text_cache_new (PangoContext *context, const char *family)
{
  ProfTextCache *self = g_new0 (ProfTextCache, 1);

  self->young = new_generation ();
  self->old = new_generation ();
  self->labels = prof_label_cache_new ();
  self->context = context != NULL ? g_object_ref (context) : own_context ();
  self->description = context != NULL
                          ? pango_font_description_copy (
                                pango_context_get_font_description (context))
                          : pango_font_description_from_string ("sans");
  if (self->description == NULL)
    self->description = pango_font_description_from_string ("sans");
  if (family != NULL)
    pango_font_description_set_family (self->description, family);
  return self;
}

static void
await_fonts (ProfTextCache *self)
{
  if (self->loading != NULL)
    g_thread_join (g_steal_pointer (&self->loading));
}

static void
forget_faces (ProfTextCache *self)
{
  for (size_t i = 0; i < self->n_faces; i++)
    pango_font_description_free (self->faces[i].description);
  self->n_faces = 0;
  g_hash_table_remove_all (self->young);
  g_hash_table_remove_all (self->old);
  prof_label_cache_forget (self->labels);
}

void
prof_text_cache_free (ProfTextCache *self)
{
  if (self == NULL)
    return;
  await_fonts (self);
  forget_faces (self);
  g_hash_table_unref (self->young);
  g_hash_table_unref (self->old);
  prof_label_cache_free (self->labels);
  pango_font_description_free (self->description);
  g_object_unref (self->context);
  g_free (self);
}

static double
baseline_of (ProfTextCache *self, const PangoFontDescription *description)
{
  PangoFontMetrics *metrics = pango_context_get_metrics (self->context,
                                                         description,
                                                         NULL);
  int               rise = pango_font_metrics_get_ascent (metrics) -
             pango_font_metrics_get_descent (metrics);

  pango_font_metrics_unref (metrics);
  if (rise <= 0)
    return pango_font_description_get_size (description) * GUESSED_RISE /
           PANGO_SCALE;
  return rise / (2.0 * PANGO_SCALE);
}

static uint32_t
add_face (ProfTextCache *self, const ProfFont *font)
{
  Face *face;
  int   weight = font->bold ? PANGO_WEIGHT_BOLD : PANGO_WEIGHT_NORMAL;

  if (self->n_faces == MAX_FONTS)
    forget_faces (self);
  face = &self->faces[self->n_faces];
  face->font = *font;
  face->description = pango_font_description_copy (self->description);
  if (font->weight != 0)
    weight = font->weight;
  pango_font_description_set_weight (face->description, (PangoWeight)weight);
  pango_font_description_set_absolute_size (face->description,
                                            font->size_px * PANGO_SCALE);
  face->baseline_px = baseline_of (self, face->description);
  return (uint32_t)self->n_faces++;
}

static uint32_t
find_or_add_face (ProfTextCache *self, const ProfFont *font)
{
  for (uint32_t i = 0; i < self->n_faces; i++)
    {
      const ProfFont *known = &self->faces[i].font;

      if (!(known->size_px < font->size_px) &&
          !(known->size_px > font->size_px) && known->bold == font->bold &&
          known->weight == font->weight)
        return i;
    }
  return add_face (self, font);
}

static uint32_t
face_of (ProfTextCache *self, const ProfFont *font)
{
  await_fonts (self);
  return find_or_add_face (self, font);
}

typedef struct
{
  ProfTextCache *cache; /* lent */
  size_t         n_fonts;
  ProfFont       fonts[];
} Loading;

/* Metrics are those of a text that is shaped: that opens the font's file. */
static gpointer
load (gpointer data)
{
  g_autofree Loading *loading = data;
  PangoFont          *plain;

  for (size_t i = 0; i < loading->n_fonts; i++)
    find_or_add_face (loading->cache, &loading->fonts[i]);
  plain = pango_context_load_font (loading->cache->context,
                                   loading->cache->description);
  g_clear_object (&plain);
  return NULL;
}

void
prof_text_cache_load (ProfTextCache  *self,
                      const ProfFont *fonts,
                      size_t          n_fonts)
{
  Loading *loading;

  g_return_if_fail (self->n_faces == 0 && n_fonts <= MAX_FONTS);

  await_fonts (self);
  loading = g_malloc (sizeof *loading + n_fonts * sizeof *fonts);
  loading->cache = self;
  loading->n_fonts = n_fonts;
  memcpy (loading->fonts, fonts, n_fonts * sizeof *fonts);
  self->loading = g_thread_try_new ("prof-fonts", load, loading, NULL);
  if (self->loading == NULL)
    g_free (loading);
}

static void
shape_run (ProfTextCache   *self,
           Run             *run,
           const char      *text,
           const PangoItem *item)
{
  bool whole = pango_context_get_round_glyph_positions (self->context);

  run->font = g_object_ref (item->analysis.font);
  pango_shape_with_flags (text + item->offset,
                          item->length,
                          text,
                          -1,
                          &item->analysis,
                          run->glyphs,
                          whole ? PANGO_SHAPE_ROUND_POSITIONS
                                : PANGO_SHAPE_NONE);
}

/* One glyph of a likely width for each code point. */
static void
guess_run (Run *run, const char *text, const PangoItem *item, double size_px)
{
  const char *start = text + item->offset;
  const char *p = start;

  pango_glyph_string_set_size (run->glyphs, item->num_chars);
  for (int i = 0; i < item->num_chars; i++)
    {
      run->glyphs->glyphs[i] = (PangoGlyphInfo){ 0 };
      run->glyphs->glyphs[i].geometry.width = (int)lround (
          size_px * GUESSED_ADVANCE * PANGO_SCALE);
      run->glyphs->log_clusters[i] = (int)(p - start);
      p = g_utf8_next_char (p);
    }
}

static void
make_run (ProfTextCache   *self,
          Run             *run,
          const Line      *line,
          const PangoItem *item)
{
  run->glyphs = pango_glyph_string_new ();
  run->offset = (size_t)item->offset;
  run->length = (size_t)item->length;
  run->rtl = (item->analysis.level & 1) != 0;
  if (item->analysis.font != NULL)
    shape_run (self, run, line->text, item);
  else
    guess_run (run, line->text, item, self->faces[line->font].font.size_px);
  run->width_px = (double)pango_glyph_string_get_width (run->glyphs) /
                  PANGO_SCALE;
}

static void
shape (ProfTextCache *self, Line *line)
{
  PangoAttrList *attributes = pango_attr_list_new ();
  size_t         length = strlen (line->text);
  GList         *logical;
  GList         *visual;
  size_t         i = 0;

  pango_attr_list_insert (attributes,
                          pango_attr_font_desc_new (
                              self->faces[line->font].description));
  logical = pango_itemize_with_base_dir (self->context,
                                         PANGO_DIRECTION_LTR,
                                         line->text,
                                         0,
                                         (int)length,
                                         attributes,
                                         NULL);
  visual = pango_reorder_items (logical);
  line->n_runs = g_list_length (visual);
  line->runs = g_new0 (Run, line->n_runs);
  for (GList *at = visual; at != NULL; at = at->next)
    {
      make_run (self, &line->runs[i], line, at->data);
      line->width_px += line->runs[i++].width_px;
    }
  g_list_free (visual);
  g_list_free_full (logical, (GDestroyNotify)pango_item_free);
  pango_attr_list_unref (attributes);
}

/* Pango is slow on long lines, and nobody sees their ends. */
static char *
copy_start (const char *text)
{
  const char *end = text;

  for (size_t n = 0; *end != '\0' && n < PROF_MAX_LABEL_CHARS; n++)
    end = g_utf8_next_char (end);
  return g_strndup (text, (size_t)(end - text));
}

static void
keep_young (ProfTextCache *self, Line *line)
{
  if (g_hash_table_size (self->young) >= MAX_YOUNG_LINES)
    {
      g_hash_table_unref (self->old);
      self->old = self->young;
      self->young = new_generation ();
    }
  g_hash_table_add (self->young, line);
}

static const Line *
line_of (ProfTextCache *self, const ProfFont *font, const char *text)
{
  Line             key = { .font = face_of (self, font) };
  Line            *line;
  g_autofree char *valid = NULL;
  g_autofree char *start = NULL;

  /* Pango ends the program over anything else. */
  if (!g_utf8_validate (text, -1, NULL))
    text = valid = g_utf8_make_valid (text, -1);
  key.text = (char *)text;
  if (strlen (text) > PROF_MAX_LABEL_CHARS)
    key.text = start = copy_start (text);
  line = g_hash_table_lookup (self->young, &key);
  if (line != NULL)
    return line;
  if (g_hash_table_steal_extended (self->old, &key, (gpointer *)&line, NULL))
    {
      keep_young (self, line);
      return line;
    }
  line = g_new0 (Line, 1);
  line->text = g_strdup (key.text);
  line->font = key.font;
  shape (self, line);
  keep_young (self, line);
  return line;
}

double
prof_text_cache_measure (ProfTextCache  *self,
                         const ProfFont *font,
                         const char     *text)
{
  return line_of (self, font, text)->width_px;
}

/* Advances of glyphs, added up to where each code point ends. */
static void
add_run_ends (const Run  *run,
              size_t      end,
              double      x,
              const char *text,
              float      *ends)
{
  const PangoGlyphString *glyphs = run->glyphs;
  size_t i = (size_t)g_utf8_pointer_to_offset (text, text + run->offset);
  int    g = 0;

  for (const char *p = text + run->offset; p < text + end; i++)
    {
      p = g_utf8_next_char (p);
      while (g < glyphs->num_glyphs &&
             run->offset + (size_t)glyphs->log_clusters[g] < (size_t)(p - text))
        x += (double)glyphs->glyphs[g++].geometry.width / PANGO_SCALE;
      ends[i] = (float)x;
    }
}

bool
prof_text_cache_ends (ProfTextCache  *self,
                      const ProfFont *font,
                      const char     *text,
                      float          *ends,
                      size_t          n)
{
  const Line *line = line_of (self, font, text);
  double      x = 0;

  /* What is kept is another text: cut, or made valid. */
  if (n > PROF_MAX_LABEL_CHARS || strcmp (line->text, text) != 0)
    return false;
  for (size_t i = 0; i < line->n_runs; i++)
    {
      size_t end = i + 1 < line->n_runs ? line->runs[i + 1].offset
                                        : strlen (line->text);

      if (line->runs[i].rtl)
        return false;
      add_run_ends (&line->runs[i], end, x, text, ends);
      x += line->runs[i].width_px;
    }
  return true;
}

void
prof_text_cache_set_names (ProfTextCache *self, ProfNames names)
{
  prof_label_cache_set_names (self->labels, names);
}

void
prof_text_cache_set_shown (ProfTextCache *self, size_t n_chars)
{
  prof_label_cache_set_shown (self->labels, n_chars);
}

bool
prof_text_cache_fit (ProfTextCache  *self,
                     const ProfFont *font,
                     const ProfFont *name_font,
                     const char     *name,
                     double          width,
                     ProfFittedName *label)
{
  ProfLabelStyle style = { .font = *font, .name_font = *name_font };

  style.id = face_of (self, font);
  style.id |= face_of (self, name_font) << 8;
  return prof_label_cache_fit (self->labels, self, &style, name, width, label);
}

double
prof_text_cache_baseline (ProfTextCache *self, const ProfFont *font)
{
  return self->faces[face_of (self, font)].baseline_px;
}

static void
set_color (cairo_t *cr, ProfColor color)
{
  cairo_set_source_rgba (cr,
                         PROF_COLOR_RED (color) / 255.0,
                         PROF_COLOR_GREEN (color) / 255.0,
                         PROF_COLOR_BLUE (color) / 255.0,
                         PROF_COLOR_ALPHA (color) / 255.0);
}

/* Bytes of a run's text in front of a glyph. A run from right to left is never
 * split. */
static size_t
text_before (const Run *run, int glyph)
{
  if (glyph <= 0)
    return 0;
  if (glyph >= run->glyphs->num_glyphs)
    return run->length;
  return (size_t)run->glyphs->log_clusters[glyph];
}

/* Where text can be found and copied, glyphs are told what they stand for: a
 * font's own table knows no ligatures. */
static void
show_with_text (cairo_t          *cr,
                const Run        *run,
                const char       *text,
                PangoGlyphString *part,
                int               first)
{
  size_t          before = text_before (run, first);
  size_t          after = text_before (run, first + part->num_glyphs);
  g_autofree int *clusters = g_new (int, part->num_glyphs);
  const char     *start = text + run->offset + before;
  PangoItem       item = { .length = (int)(after - before) };
  PangoGlyphItem  glyphs = { .item = &item, .glyphs = part };

  for (int i = 0; i < part->num_glyphs; i++)
    clusters[i] = part->log_clusters[i] - (int)before;
  part->log_clusters = clusters;
  item.num_chars = (int)g_utf8_strlen (start, item.length);
  item.analysis.font = run->font;
  item.analysis.level = run->rtl ? 1 : 0;
  pango_cairo_show_glyph_item (cr, start, &glyphs);
}

static double
show_glyphs (cairo_t    *cr,
             const Run  *run,
             const char *text,
             int         first,
             int         end,
             double      x,
             double      y,
             ProfColor   color)
{
  PangoGlyphString part = { .num_glyphs = end - first,
                            .glyphs = run->glyphs->glyphs + first,
                            .log_clusters = run->glyphs->log_clusters + first };
  double           width;

  if (end == first || run->font == NULL)
    return 0;
  width = (double)pango_glyph_string_get_width (&part) / PANGO_SCALE;
  set_color (cr, color);
  cairo_move_to (cr, x, y);
  if (cairo_surface_has_show_text_glyphs (cairo_get_target (cr)))
    show_with_text (cr, run, text, &part, first);
  else
    pango_cairo_show_glyph_string (cr, run->font, &part);
  return width;
}

/* Glyphs of a run that belong to the line's first @prefix bytes. A run from
 * right to left has one colour. */
static int
prefix_glyphs (const Run *run, size_t prefix)
{
  int n = 0;

  if (run->offset >= prefix)
    return 0;
  if (run->rtl)
    return run->glyphs->num_glyphs;
  while (n < run->glyphs->num_glyphs &&
         run->offset + (size_t)run->glyphs->log_clusters[n] < prefix)
    n++;
  return n;
}

void
prof_text_cache_show (ProfTextCache  *self,
                      cairo_t        *cr,
                      const ProfFont *font,
                      double          x,
                      double          y,
                      const char     *text,
                      size_t          prefix,
                      ProfColor       color,
                      ProfColor       prefix_color)
{
  const Line *line = line_of (self, font, text);

  for (size_t i = 0; i < line->n_runs; i++)
    {
      const Run *run = &line->runs[i];
      int        n = run->glyphs->num_glyphs;
      int        split = prefix_glyphs (run, prefix);

      x += show_glyphs (cr, run, line->text, 0, split, x, y, prefix_color);
      x += show_glyphs (cr, run, line->text, split, n, x, y, color);
    }
}

bool
prof_text_cache_has_font (ProfTextCache *self)
{
  PangoFont *font;

  await_fonts (self);
  font = pango_context_load_font (self->context, self->description);
  if (font == NULL)
    return false;
  g_object_unref (font);
  return true;
}

char *
prof_text_cache_family (ProfTextCache *self)
{
  PangoFont            *font;
  PangoFontDescription *description;
  char                 *family;

  await_fonts (self);
  font = pango_context_load_font (self->context, self->description);
  if (font == NULL)
    return g_strdup ("sans");
  description = pango_font_describe (font);
  family = g_strdup (pango_font_description_get_family (description));
  pango_font_description_free (description);
  g_object_unref (font);
  return family;
}

size_t
prof_text_cache_n_lines (const ProfTextCache *self)
{
  return g_hash_table_size (self->young) + g_hash_table_size (self->old);
}
