/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "paint/prof-painter-cairo.h"

#include <math.h>

typedef struct
{
  ProfPainter base;

  /* Shared, outlive the painter */
  cairo_t       *cr;
  ProfTextCache *cache;

  /* Owned: the hatching used last */
  cairo_pattern_t *hatch;
  double           hatch_spacing;
  ProfColor        hatch_color;
} CairoPainter;

static CairoPainter *
cairo_painter (ProfPainter *painter)
{
  return (CairoPainter *)painter;
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

/* Rectangles end on pixels also where a px is 1.25 of them: neighbours then
 * leave no seam, and cairo is a quarter faster. */
static void
set_fill (cairo_t *cr, ProfColor color)
{
  set_color (cr, color);
  cairo_set_antialias (cr, CAIRO_ANTIALIAS_NONE);
}

static void
add_rectangle (cairo_t *cr, const ProfRect *rect)
{
  cairo_rectangle (cr, rect->x, rect->y, rect->width, rect->height);
}

static void
fill (ProfPainter *painter, const ProfRect *rect, ProfColor color)
{
  cairo_t *cr = cairo_painter (painter)->cr;

  set_fill (cr, color);
  add_rectangle (cr, rect);
  cairo_fill (cr);
}

/* Bounds the memory of a path; from 1 to 8192 rectangles the time is much the
 * same, 0.4 us each. */
#define MAX_BATCH 1024

static void
fill_many (ProfPainter    *painter,
           const ProfRect *rects,
           size_t          n,
           ProfColor       color)
{
  cairo_t *cr = cairo_painter (painter)->cr;

  set_fill (cr, color);
  for (size_t i = 0; i < n; i++)
    {
      add_rectangle (cr, &rects[i]);
      if ((i + 1) % MAX_BATCH == 0)
        cairo_fill (cr);
    }
  cairo_fill (cr);
}

static void
draw_hatch_tile (cairo_t *cr, double spacing, ProfColor color)
{
  set_color (cr, color);
  cairo_set_line_width (cr, M_SQRT1_2);
  for (int i = 0; i <= 2; i++)
    {
      cairo_move_to (cr, -spacing, i * spacing + spacing);
      cairo_line_to (cr, i * spacing + spacing, -spacing);
    }
  cairo_stroke (cr);
}

static cairo_pattern_t *
repeated (cairo_surface_t *tile)
{
  cairo_pattern_t *pattern = cairo_pattern_create_for_surface (tile);

  cairo_surface_destroy (tile);
  cairo_pattern_set_extend (pattern, CAIRO_EXTEND_REPEAT);
  return pattern;
}

/* Where lines stay lines, one period of them is recorded. */
static cairo_pattern_t *
new_vector_hatch (double spacing, ProfColor color)
{
  cairo_rectangle_t extents = { 0, 0, spacing, spacing };
  cairo_surface_t  *tile;
  cairo_t          *cr;

  tile = cairo_recording_surface_create (CAIRO_CONTENT_COLOR_ALPHA, &extents);
  cr = cairo_create (tile);
  draw_hatch_tile (cr, spacing, color);
  cairo_destroy (cr);
  return repeated (tile);
}

/* One period, drawn for the pixels of the target so that it need not be
 * scaled. */
static cairo_pattern_t *
new_pixel_hatch (cairo_t *target, double spacing, ProfColor color)
{
  double           scale_x = 1;
  double           scale_y = 1;
  int              size;
  cairo_surface_t *surface;
  cairo_pattern_t *pattern;
  cairo_matrix_t   matrix;
  cairo_t         *cr;

  cairo_user_to_device_distance (target, &scale_x, &scale_y);
  size = CLAMP ((int)lround (spacing * fabs (scale_x)), 1, 256);
  surface = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, size, size);
  cr = cairo_create (surface);
  cairo_scale (cr, size / spacing, size / spacing);
  draw_hatch_tile (cr, spacing, color);
  cairo_destroy (cr);
  pattern = repeated (surface);
  cairo_pattern_set_filter (pattern, CAIRO_FILTER_NEAREST);
  cairo_matrix_init_scale (&matrix, size / spacing, size / spacing);
  cairo_pattern_set_matrix (pattern, &matrix);
  return pattern;
}

static cairo_pattern_t *
new_hatch (cairo_t *target, double spacing, ProfColor color)
{
  if (cairo_surface_get_type (cairo_get_target (target)) ==
      CAIRO_SURFACE_TYPE_PDF)
    return new_vector_hatch (spacing, color);
  return new_pixel_hatch (target, spacing, color);
}

static bool
same_number (double a, double b)
{
  return !(a < b) && !(a > b);
}

static void
hatch (ProfPainter    *painter,
       const ProfRect *rect,
       double          spacing,
       ProfColor       color)
{
  CairoPainter *self = cairo_painter (painter);

  if (self->hatch == NULL || self->hatch_color != color ||
      !same_number (self->hatch_spacing, spacing))
    {
      if (self->hatch != NULL)
        cairo_pattern_destroy (self->hatch);
      self->hatch = new_hatch (self->cr, spacing, color);
      self->hatch_color = color;
      self->hatch_spacing = spacing;
    }
  cairo_set_source (self->cr, self->hatch);
  cairo_set_antialias (self->cr, CAIRO_ANTIALIAS_NONE);
  add_rectangle (self->cr, rect);
  cairo_fill (self->cr);
}

/* Rectangles, not a dashed line: they stay on whole pixels. */
static void
dashes (ProfPainter *painter,
        double       x,
        double       y,
        double       width,
        double       on,
        double       off,
        ProfColor    color)
{
  cairo_t *cr = cairo_painter (painter)->cr;

  set_fill (cr, color);
  for (double at = 0; at < width; at += on + off)
    cairo_rectangle (cr, x + at, y, MIN (on, width - at), 1);
  cairo_fill (cr);
}

static void
stroke (ProfPainter    *painter,
        const ProfRect *rect,
        double          line_width,
        ProfColor       color)
{
  cairo_t *cr = cairo_painter (painter)->cr;

  set_color (cr, color);
  cairo_set_antialias (cr, CAIRO_ANTIALIAS_DEFAULT);
  cairo_set_line_width (cr, line_width);
  cairo_set_line_join (cr, CAIRO_LINE_JOIN_MITER);
  cairo_rectangle (cr,
                   rect->x + line_width / 2,
                   rect->y + line_width / 2,
                   MAX (rect->width - line_width, 0),
                   MAX (rect->height - line_width, 0));
  cairo_stroke (cr);
}

static void
curve (ProfPainter     *painter,
       const ProfPoint *points,
       size_t           n,
       double           line_width,
       double           dash,
       ProfColor        color)
{
  cairo_t *cr = cairo_painter (painter)->cr;

  if (n == 0)
    return;
  set_color (cr, color);
  cairo_set_antialias (cr, CAIRO_ANTIALIAS_DEFAULT);
  cairo_set_line_width (cr, line_width);
  cairo_set_dash (cr, &dash, dash > 0, 0);
  cairo_move_to (cr, points->x, points->y);
  for (size_t i = 1; i + 2 < n; i += 3)
    cairo_curve_to (cr,
                    points[i].x,
                    points[i].y,
                    points[i + 1].x,
                    points[i + 1].y,
                    points[i + 2].x,
                    points[i + 2].y);
  cairo_stroke (cr);
  cairo_set_dash (cr, NULL, 0, 0);
}

static void
polygon (ProfPainter     *painter,
         const ProfPoint *points,
         size_t           n,
         ProfColor        color)
{
  cairo_t *cr = cairo_painter (painter)->cr;

  set_color (cr, color);
  cairo_set_antialias (cr, CAIRO_ANTIALIAS_DEFAULT);
  for (size_t i = 0; i < n; i++)
    cairo_line_to (cr, points[i].x, points[i].y);
  cairo_fill (cr);
}

static double
measure (ProfPainter *painter, const ProfFont *font, const char *line)
{
  return prof_text_cache_measure (cairo_painter (painter)->cache, font, line);
}

static void
text (ProfPainter    *painter,
      const ProfFont *font,
      double          x,
      double          y,
      const char     *line,
      size_t          prefix,
      ProfColor       color,
      ProfColor       prefix_color)
{
  CairoPainter *self = cairo_painter (painter);

  prof_text_cache_show (self->cache,
                        self->cr,
                        font,
                        x,
                        y,
                        line,
                        prefix,
                        color,
                        prefix_color);
}

static bool
fit (ProfPainter    *painter,
     const ProfFont *font,
     const ProfFont *name_font,
     const char     *name,
     double          width,
     ProfFittedName *label)
{
  return prof_text_cache_fit (cairo_painter (painter)->cache,
                              font,
                              name_font,
                              name,
                              width,
                              label);
}

static double
baseline (ProfPainter *painter, const ProfFont *font)
{
  return prof_text_cache_baseline (cairo_painter (painter)->cache, font);
}

static void
translate (ProfPainter *painter, double dx, double dy)
{
  cairo_translate (cairo_painter (painter)->cr, dx, dy);
}

static void
begin_scaled (ProfPainter *painter, double scale)
{
  cairo_t *cr = cairo_painter (painter)->cr;

  cairo_save (cr);
  cairo_scale (cr, scale, scale);
}

static void
end_scaled (ProfPainter *painter)
{
  cairo_restore (cairo_painter (painter)->cr);
}

static const ProfPainterClass cairo_class = {
  .fill = fill,
  .hatch = hatch,
  .dashes = dashes,
  .stroke = stroke,
  .curve = curve,
  .polygon = polygon,
  .measure = measure,
  .fit = fit,
  .text = text,
  .baseline = baseline,
  .fill_many = fill_many,
  .translate = translate,
  .begin_scaled = begin_scaled,
  .end_scaled = end_scaled,
};

ProfPainter *
prof_painter_cairo_new (cairo_t *cr, ProfTextCache *cache)
{
  CairoPainter *self = g_new0 (CairoPainter, 1);

  self->base.klass = &cairo_class;
  self->cr = cr;
  self->cache = cache;
  return &self->base;
}

void
prof_painter_cairo_free (ProfPainter *painter)
{
  CairoPainter *self = cairo_painter (painter);

  if (self == NULL)
    return;
  if (self->hatch != NULL)
    cairo_pattern_destroy (self->hatch);
  g_free (self);
}
