/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "export/prof-drawing.h"

#include "paint/prof-painter-cairo.h"
#include <cairo.h>
#include <math.h>

void
prof_drawing_show (const ProfDrawing *self,
                   cairo_t           *cr,
                   double             scale,
                   ProfTextCache     *cache)
{
  ProfPainter *painter;

  cairo_save (cr);
  cairo_scale (cr, scale, scale);
  painter = prof_painter_cairo_new (cr, cache);
  self->paint (self->data, painter);
  prof_painter_cairo_free (painter);
  cairo_restore (cr);
}

static cairo_status_t
collect (void *closure, const unsigned char *data, unsigned length)
{
  g_byte_array_append (closure, data, length);
  return CAIRO_STATUS_SUCCESS;
}

static GByteArray *
encode (cairo_surface_t *surface, GError **error)
{
  GByteArray    *bytes = g_byte_array_new ();
  cairo_status_t status;

  cairo_surface_flush (surface);
  status = cairo_surface_write_to_png_stream (surface, collect, bytes);
  if (status == CAIRO_STATUS_SUCCESS)
    return bytes;
  g_byte_array_unref (bytes);
  return prof_fail_null (error,
                         PROF_ERROR_TOO_LARGE,
                         "the picture cannot be made: %s",
                         cairo_status_to_string (status));
}

GByteArray *
prof_drawing_png (const ProfDrawing *self,
                  double             scale,
                  ProfTextCache     *cache,
                  GError           **error)
{
  cairo_surface_t *surface;
  cairo_t         *cr;
  GByteArray      *bytes;

  surface = cairo_image_surface_create (CAIRO_FORMAT_RGB24,
                                        (int)ceil (self->width_px * scale),
                                        (int)ceil (self->height_px * scale));
  cr = cairo_create (surface);
  prof_drawing_show (self, cr, scale, cache);
  cairo_destroy (cr);
  bytes = encode (surface, error);
  cairo_surface_destroy (surface);
  return bytes;
}
