/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "export/prof-pdf.h"

#include <cairo-pdf.h>
#include <math.h>

#include "config.h"
#include "paint/prof-painter-cairo.h"

#define POINTS_PER_PX 0.75

/* Readers refuse larger pages (PDF 1.7, annex C). */
#define MAX_SIDE_POINTS 14400.0

static double
points_per_px (const ProfPicture *picture)
{
  double side = MAX (prof_picture_width (picture),
                     prof_picture_height (picture));

  return MIN (POINTS_PER_PX, MAX_SIDE_POINTS / side);
}

static void
set_metadata (cairo_surface_t   *surface,
              const ProfPicture *picture,
              const char        *notes)
{
  g_autofree char *valid = g_utf8_make_valid (notes != NULL ? notes : "", -1);

  cairo_pdf_surface_set_metadata (surface,
                                  CAIRO_PDF_METADATA_TITLE,
                                  prof_picture_title (picture));
  cairo_pdf_surface_set_metadata (surface,
                                  CAIRO_PDF_METADATA_CREATOR,
                                  "Flambeau " PROF_VERSION);
  if (valid[0] != '\0')
    cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_SUBJECT, valid);
  /* "" takes cairo's own entry, the present time, away. */
  cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_CREATE_DATE, "");
}

static void
draw (cairo_surface_t   *surface,
      const ProfPicture *picture,
      double             scale,
      ProfTextCache     *cache)
{
  cairo_t     *cr = cairo_create (surface);
  ProfPainter *painter;

  cairo_scale (cr, scale, scale);
  painter = prof_painter_cairo_new (cr, cache);
  prof_picture_paint (picture, painter);
  prof_painter_cairo_free (painter);
  cairo_destroy (cr);
}

static cairo_status_t
collect (void *closure, const unsigned char *data, unsigned length)
{
  g_byte_array_append (closure, data, length);
  return CAIRO_STATUS_SUCCESS;
}

GByteArray *
prof_pdf_new (const ProfPicture *picture,
              const char        *notes,
              ProfTextCache     *cache,
              GError           **error)
{
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  double                 scale = points_per_px (picture);
  cairo_surface_t       *surface;
  cairo_status_t         status;

  surface = cairo_pdf_surface_create_for_stream (collect,
                                                 bytes,
                                                 prof_picture_width (picture) *
                                                     scale,
                                                 prof_picture_height (picture) *
                                                     scale);
  cairo_pdf_surface_restrict_to_version (surface, CAIRO_PDF_VERSION_1_5);
  set_metadata (surface, picture, notes);
  draw (surface, picture, scale, cache);
  cairo_surface_finish (surface);
  status = cairo_surface_status (surface);
  cairo_surface_destroy (surface);
  if (status == CAIRO_STATUS_SUCCESS)
    return g_steal_pointer (&bytes);
  return prof_fail_null (error,
                         PROF_ERROR_TOO_LARGE,
                         "the picture cannot be made: %s",
                         cairo_status_to_string (status));
}
