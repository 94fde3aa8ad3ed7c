/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "export/prof-pdf.h"

#include <cairo-pdf.h>
#include <math.h>

#include "config.h"

#define POINTS_PER_PX 0.75

/* Readers refuse larger pages (PDF 1.7, annex C). */
#define MAX_SIDE_POINTS 14400.0

static double
points_per_px (const ProfDrawing *drawing)
{
  double side = MAX (drawing->width_px, drawing->height_px);

  return MIN (POINTS_PER_PX, MAX_SIDE_POINTS / side);
}

static void
set_metadata (cairo_surface_t *surface, const char *title, const char *notes)
{
  g_autofree char *valid = g_utf8_make_valid (notes != NULL ? notes : "", -1);

  cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_TITLE, title);
  cairo_pdf_surface_set_metadata (surface,
                                  CAIRO_PDF_METADATA_CREATOR,
                                  "Flambeau " PROF_VERSION);
  if (valid[0] != '\0')
    cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_SUBJECT, valid);
  /* "" takes cairo's own entry, the present time, away. */
  cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_CREATE_DATE, "");
}

static cairo_status_t
collect (void *closure, const unsigned char *data, unsigned length)
{
  g_byte_array_append (closure, data, length);
  return CAIRO_STATUS_SUCCESS;
}

static cairo_surface_t *
new_surface (GByteArray *bytes, double width_pt, double height_pt)
{
  cairo_surface_t *surface;

  surface = cairo_pdf_surface_create_for_stream (collect,
                                                 bytes,
                                                 width_pt,
                                                 height_pt);
  cairo_pdf_surface_restrict_to_version (surface, CAIRO_PDF_VERSION_1_5);
  return surface;
}

/* Takes both. */
static GByteArray *
finish (cairo_surface_t *surface, GByteArray *bytes, GError **error)
{
  cairo_status_t status;

  cairo_surface_finish (surface);
  status = cairo_surface_status (surface);
  cairo_surface_destroy (surface);
  if (status == CAIRO_STATUS_SUCCESS)
    return bytes;
  g_byte_array_unref (bytes);
  return prof_fail_null (error,
                         PROF_ERROR_TOO_LARGE,
                         "the picture cannot be made: %s",
                         cairo_status_to_string (status));
}

GByteArray *
prof_pdf_new (const ProfDrawing *drawing,
              const char        *notes,
              ProfTextCache     *cache,
              GError           **error)
{
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  double                 scale = points_per_px (drawing);
  cairo_surface_t       *surface;
  cairo_t               *cr;

  surface = new_surface (bytes,
                         drawing->width_px * scale,
                         drawing->height_px * scale);
  set_metadata (surface, drawing->title, notes);
  cr = cairo_create (surface);
  prof_drawing_show (drawing, cr, scale, cache);
  cairo_destroy (cr);
  return finish (surface, g_steal_pointer (&bytes), error);
}

GByteArray *
prof_pdf_new_on_paper (const ProfDrawing *drawing,
                       double             width_pt,
                       double             height_pt,
                       const char        *notes,
                       ProfTextCache     *cache,
                       GError           **error)
{
  const double           margin = PROF_PAPER_MARGIN_PT;
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  double                 scale = POINTS_PER_PX;
  cairo_surface_t       *surface;
  cairo_t               *cr;

  scale = MIN (scale, (width_pt - 2 * margin) / drawing->width_px);
  scale = MIN (scale, (height_pt - 2 * margin) / drawing->height_px);
  surface = new_surface (bytes, width_pt, height_pt);
  set_metadata (surface, drawing->title, notes);
  cr = cairo_create (surface);
  cairo_translate (cr, margin, margin);
  prof_drawing_show (drawing, cr, scale, cache);
  cairo_destroy (cr);
  return finish (surface, g_steal_pointer (&bytes), error);
}

GByteArray *
prof_pdf_new_pages (ProfTree                *tree,
                    const ProfExportOptions *options,
                    GError                 **error)
{
  const double          margin = PROF_PAPER_MARGIN_PT;
  double                width = options->paper_width_pt;
  double                height = options->paper_height_pt;
  g_autoptr (ProfPages) pages = NULL;
  GByteArray           *bytes;
  cairo_surface_t      *surface;
  cairo_t              *cr;

  pages = prof_pages_new (tree,
                          options,
                          width - 2 * margin,
                          height - 2 * margin,
                          options->several_pages,
                          error);
  if (pages == NULL)
    return NULL;
  bytes = g_byte_array_new ();
  surface = new_surface (bytes, width, height);
  set_metadata (surface, prof_pages_title (pages), options->notes);
  cr = cairo_create (surface);
  for (unsigned page = 0; page < prof_pages_n (pages); page++)
    {
      cairo_save (cr);
      cairo_translate (cr, margin, margin);
      prof_pages_draw (pages, page, cr);
      cairo_restore (cr);
      cairo_show_page (cr);
    }
  cairo_destroy (cr);
  return finish (surface, bytes, error);
}
