/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "export/prof-thumbnail.h"

#include "export/prof-export.h"
#include "layout/prof-flame-layout.h"
#include "paint/prof-palette.h"
#include <cairo.h>
#include <math.h>

/* Of a side: the margin, and the least and the largest height of a row. At 128
 * pixels a row has 4 to 8 of them. */
#define MARGIN      0.045
#define ROW_LEAST   0.034
#define ROW_LARGEST 0.062
#define ROW_FINEST  3 /* px: two of fill, one of ground */
#define BOX_FINEST  1.5
#define GAP_MIN_PX  4 /* narrower boxes have no gap between them */

typedef struct
{
  cairo_t          *cr;
  const ProfTokens *tokens;
  int               size;
  int               margin;
  int               row_px;
  int               end_y;
} Sheet;

static void
set_color (cairo_t *cr, ProfColor color)
{
  cairo_set_source_rgb (cr,
                        PROF_COLOR_RED (color) / 255.0,
                        PROF_COLOR_GREEN (color) / 255.0,
                        PROF_COLOR_BLUE (color) / 255.0);
}

static void
fill (cairo_t *cr, ProfColor color, int x, int y, int width, int height)
{
  set_color (cr, color);
  cairo_rectangle (cr, x, y, width, height);
  cairo_fill (cr);
}

/* Whole pixels: an edge between two of them would be a grey line. */
static void
draw_box (const Sheet *sheet, const ProfBox *box, ProfColor color)
{
  int y = sheet->margin + (int)box->row * sheet->row_px;
  int left = sheet->margin + (int)lround (box->x);
  int right = sheet->margin + (int)lround (box->x + box->width);
  int height = MIN (sheet->row_px - 1, sheet->end_y - y);

  if (right - left >= GAP_MIN_PX)
    right--;
  if (right > left && height > 0)
    fill (sheet->cr, color, left, y, right - left, height);
}

static void
draw_boxes (const Sheet *sheet, ProfFlameLayout *layout, ProfPalette *palette)
{
  ProfTree      *tree = prof_flame_layout_tree (layout);
  size_t         n;
  const ProfBox *boxes = prof_flame_layout_boxes (layout, &n);

  for (size_t b = 0; b < n; b++)
    {
      ProfColor color = sheet->tokens->strip_line;

      if (!prof_box_is_strip (&boxes[b]))
        color = prof_palette_node (palette, tree, boxes[b].node, boxes[b].row);
      draw_box (sheet, &boxes[b], color);
    }
}

static void
draw_sheet (const Sheet *sheet)
{
  int size = sheet->size;

  fill (sheet->cr, sheet->tokens->strip_line, 0, 0, size, size);
  fill (sheet->cr, sheet->tokens->canvas, 1, 1, size - 2, size - 2);
}

/* As high as all rows fit, as long as they can be told apart and do not grow
 * into blocks. */
static int
row_height (int size, int room, uint32_t n_rows)
{
  double least = MAX (size * ROW_LEAST, ROW_FINEST);
  double largest = MAX (size * ROW_LARGEST, least);

  return (int)lround (CLAMP ((double)room / n_rows, least, largest));
}

static int
margin_of (int size)
{
  return MAX ((int)lround (size * MARGIN), 2);
}

double
prof_export_thumbnail_least (int size)
{
  return size >= PROF_THUMBNAIL_MIN ? BOX_FINEST / (size - 2 * margin_of (size))
                                    : 0;
}

static void
draw (cairo_t *cr, ProfTree *tree, int size)
{
  g_autoptr (ProfPalette)     palette = NULL;
  g_autoptr (ProfFlameLayout) layout = NULL;
  ProfFlameParams             params = { .min_width_px = BOX_FINEST };
  int                         margin = margin_of (size);
  Sheet                       sheet = { .cr = cr,
                                        .tokens = prof_palette_tokens (PROF_THEME_LIGHT),
                                        .size = size,
                                        .margin = margin,
                                        .end_y = size - margin };

  params.width_px = size - 2 * margin;
  palette = prof_palette_new (prof_tree_frames (tree), PROF_THEME_LIGHT);
  layout = prof_flame_layout_new (tree, &params);
  sheet.row_px = row_height (size,
                             size - 2 * margin,
                             prof_flame_layout_n_rows (layout));
  draw_sheet (&sheet);
  draw_boxes (&sheet, layout, palette);
}

static cairo_status_t
collect (void *closure, const unsigned char *data, unsigned length)
{
  g_byte_array_append (closure, data, length);
  return CAIRO_STATUS_SUCCESS;
}

static GByteArray *
thumbnail_png (ProfTree *tree, int size)
{
  GByteArray      *bytes = g_byte_array_new ();
  cairo_surface_t *surface;
  cairo_t         *cr;

  surface = cairo_image_surface_create (CAIRO_FORMAT_RGB24, size, size);
  cr = cairo_create (surface);
  cairo_set_antialias (cr, CAIRO_ANTIALIAS_NONE);
  draw (cr, tree, size);
  cairo_destroy (cr);
  cairo_surface_flush (surface);
  cairo_surface_write_to_png_stream (surface, collect, bytes);
  cairo_surface_destroy (surface);
  return bytes;
}

bool
prof_export_thumbnail (ProfTree   *tree,
                       int         size,
                       const char *path,
                       GError    **error)
{
  g_autoptr (GByteArray) bytes = NULL;

  g_return_val_if_fail (tree != NULL && path != NULL, false);

  if (size < PROF_THUMBNAIL_MIN || size > PROF_THUMBNAIL_MAX)
    return prof_fail (error,
                      PROF_ERROR_UNSUPPORTED,
                      "a thumbnail has %d to %d pixels a side",
                      PROF_THUMBNAIL_MIN,
                      PROF_THUMBNAIL_MAX);
  bytes = thumbnail_png (tree, size);
  if (bytes->len == 0)
    return prof_fail (error,
                      PROF_ERROR_TOO_LARGE,
                      "there is no memory for the thumbnail");
  return prof_export_write (path, bytes->data, bytes->len, error);
}
