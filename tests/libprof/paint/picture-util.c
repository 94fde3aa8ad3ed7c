/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "picture-util.h"

#include <stdlib.h>
#include <string.h>

#define MAX_CHANNEL_DIFFERENCE 48
#define MAX_DIFFERENT_SHARE    0.01

bool
picture_font_is_there (void)
{
  g_autoptr (ProfTextCache) cache = prof_text_cache_new (NULL, NULL);
  g_autofree char          *family = prof_text_cache_family (cache);

  if (strcmp (family, "DejaVu Sans") == 0)
    return true;
  g_test_skip ("DejaVu Sans is not installed");
  return false;
}

uint32_t
picture_pixel (cairo_surface_t *surface, int x, int y)
{
  const unsigned char *data;
  uint32_t             pixel;

  cairo_surface_flush (surface);
  data = cairo_image_surface_get_data (surface) +
         y * cairo_image_surface_get_stride (surface) + x * 4;
  memcpy (&pixel, data, sizeof pixel);
  return pixel & 0xffffff;
}

static bool
differs (uint32_t one, uint32_t other)
{
  for (int shift = 0; shift < 24; shift += 8)
    {
      int a = (int)((one >> shift) & 0xff);
      int b = (int)((other >> shift) & 0xff);

      if (abs (a - b) > MAX_CHANNEL_DIFFERENCE)
        return true;
    }
  return false;
}

double
picture_difference (cairo_surface_t *one, cairo_surface_t *other)
{
  int width = cairo_image_surface_get_width (one);
  int height = cairo_image_surface_get_height (one);
  int n = 0;

  if (width != cairo_image_surface_get_width (other) ||
      height != cairo_image_surface_get_height (other))
    return 1;
  for (int y = 0; y < height; y++)
    for (int x = 0; x < width; x++)
      n += differs (picture_pixel (one, x, y), picture_pixel (other, x, y));
  return (double)n / (width * height);
}

void
picture_golden (const char *name, cairo_surface_t *surface)
{
  g_autofree char *relative = g_build_filename ("tests/golden/picture",
                                                name,
                                                NULL);
  g_autofree char *path = test_source_path (relative);
  g_autofree char *output = g_build_filename (g_getenv ("PROF_TEST_OUTPUT"),
                                              name,
                                              NULL);
  cairo_surface_t *golden;
  double           difference;

  if (g_getenv ("PROF_UPDATE_GOLDEN") != NULL)
    {
      cairo_surface_write_to_png (surface, path);
      return;
    }
  golden = cairo_image_surface_create_from_png (path);
  difference = picture_difference (golden, surface);
  cairo_surface_destroy (golden);
  if (difference <= MAX_DIFFERENT_SHARE)
    return;
  cairo_surface_write_to_png (surface, output);
  g_test_message ("%s differs in %.2f %% of its pixels; see %s",
                  name,
                  100 * difference,
                  output);
  g_test_fail ();
}

typedef struct
{
  ProfPainter base;
  GString    *notes;
} NotePainter;

static GString *
notes_of (ProfPainter *painter)
{
  return ((NotePainter *)painter)->notes;
}

static void
note_rect (ProfPainter    *painter,
           const char     *what,
           const ProfRect *rect,
           ProfColor       color)
{
  g_string_append_printf (notes_of (painter),
                          "%s %g,%g %gx%g #%06x\n",
                          what,
                          rect->x,
                          rect->y,
                          rect->width,
                          rect->height,
                          color >> 8);
}

static void
note_fill (ProfPainter *painter, const ProfRect *rect, ProfColor color)
{
  note_rect (painter, "fill", rect, color);
}

static void
note_hatch (ProfPainter    *painter,
            const ProfRect *rect,
            double          spacing,
            ProfColor       color)
{
  note_rect (painter, "hatch", rect, color);
}

static void
note_dashes (ProfPainter *painter,
             double       x,
             double       y,
             double       width,
             double       on,
             double       off,
             ProfColor    color)
{
  ProfRect rect = { x, y, width, 1 };

  note_rect (painter, "dashes", &rect, color);
}

static void
note_stroke (ProfPainter    *painter,
             const ProfRect *rect,
             double          line_width,
             ProfColor       color)
{
  note_rect (painter, "stroke", rect, color);
}

static double
note_measure (ProfPainter *painter, const ProfFont *font, const char *text)
{
  return (double)g_utf8_strlen (text, -1) * font->size_px / 2;
}

static void
note_text (ProfPainter    *painter,
           const ProfFont *font,
           double          x,
           double          y,
           const char     *text,
           size_t          prefix,
           ProfColor       color,
           ProfColor       prefix_color)
{
  g_string_append_printf (notes_of (painter), "text %g,%g ", x, y);
  if (font->bold)
    g_string_append (notes_of (painter), "bold ");
  if (prefix > 0)
    g_string_append_printf (notes_of (painter),
                            "{%.*s} #%06x ",
                            (int)prefix,
                            text,
                            prefix_color >> 8);
  g_string_append_printf (notes_of (painter),
                          "%s #%06x\n",
                          text + prefix,
                          color >> 8);
}

static double
note_baseline (ProfPainter *painter, const ProfFont *font)
{
  return font->size_px / 3;
}

/* The first form that fits; nothing is cut. */
static bool
note_fit (ProfPainter    *painter,
          const ProfFont *font,
          const ProfFont *name_font,
          const char     *name,
          double          width,
          ProfFittedName *fitted)
{
  static char    text[256];
  ProfLabelForms forms;
  bool           found = false;

  prof_label_forms_init (&forms, name, PROF_MAX_LABEL_CHARS);
  for (size_t i = 0; i < forms.n_forms && !found; i++)
    {
      fitted->width = note_measure (painter, font, forms.forms[i].text);
      found = fitted->width <= width;
      g_strlcpy (text, forms.forms[i].text, sizeof text);
      fitted->text = text;
      fitted->prefix = forms.forms[i].prefix;
    }
  prof_label_forms_clear (&forms);
  return found;
}

static void
note_begin (ProfPainter     *painter,
            const char      *class_name,
            const char      *title,
            const ProfPlace *place)
{
  g_autofree char *line = g_strdup (title != NULL ? title : "");

  g_string_append_printf (notes_of (painter),
                          "<%s> %s\n",
                          class_name,
                          g_strdelimit (line, "\n", '|'));
}

static void
note_end (ProfPainter *painter)
{
}

static const ProfPainterClass note_class = {
  .fill = note_fill,
  .hatch = note_hatch,
  .dashes = note_dashes,
  .stroke = note_stroke,
  .measure = note_measure,
  .text = note_text,
  .baseline = note_baseline,
  .begin_group = note_begin,
  .end_group = note_end,
  .fit = note_fit,
};

ProfPainter *
note_painter_new (GString *notes)
{
  NotePainter *self = g_new0 (NotePainter, 1);

  self->base.klass = &note_class;
  self->notes = notes;
  return &self->base;
}

void
note_painter_free (ProfPainter *painter)
{
  g_free (painter);
}
