/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "export/prof-graph-export.h"

#include "base/prof-limits.h"
#include "export/prof-graph-picture.h"
#include "export/prof-pdf.h"
#include "paint/prof-svg.h"
#include <math.h>
#include <string.h>

static bool
has_suffix (const char *path, const char *suffix)
{
  size_t length = strlen (path);
  size_t n = strlen (suffix);

  return length > n && g_ascii_strcasecmp (path + length - n, suffix) == 0;
}

bool
prof_graph_export_is_drawn (const char *path)
{
  return has_suffix (path, ".svg") || has_suffix (path, ".png") ||
         has_suffix (path, ".pdf");
}

bool
prof_graph_export_knows (const char *path)
{
  return prof_graph_export_is_drawn (path) || has_suffix (path, ".dot") ||
         prof_export_is_direct (path);
}

ProfTextCache *
prof_graph_export_text_cache (const ProfGraphExportOptions *options)
{
  ProfExportOptions font = PROF_EXPORT_OPTIONS_INIT;

  font.font_family = options->font_family;
  return prof_export_text_cache (&font);
}

/* --- Bounds --- */

static bool
check (const ProfGraphExportOptions *options, GError **error)
{
  if (!(options->scale >= 1 && options->scale <= 4))
    return prof_fail (error,
                      PROF_ERROR_UNSUPPORTED,
                      "the scale must be between 1 and 4");
  if (options->width_px > 0 && options->width_px < PROF_EXPORT_MIN_WIDTH)
    return prof_fail (error,
                      PROF_ERROR_UNSUPPORTED,
                      "a picture must be at least %d pixels wide",
                      PROF_EXPORT_MIN_WIDTH);
  if (options->height_px > 0 &&
      options->height_px < PROF_GRAPH_EXPORT_MIN_HEIGHT)
    return prof_fail (error,
                      PROF_ERROR_UNSUPPORTED,
                      "a picture must be at least %d pixels high",
                      PROF_GRAPH_EXPORT_MIN_HEIGHT);
  return true;
}

static double
limit_of (ProfAnswer *answer, ProfLimit limit)
{
  ProfProfile *profile = prof_answer_profile (answer);

  return (double)prof_limits_get (prof_profile_limits (profile), limit);
}

static bool
check_size (ProfAnswer        *answer,
            const ProfDrawing *drawing,
            double             scale,
            GError           **error)
{
  double width = ceil (drawing->width_px * scale);
  double height = ceil (drawing->height_px * scale);
  double side = limit_of (answer, PROF_LIMIT_SIDE);
  double most = limit_of (answer, PROF_LIMIT_PIXELS);
  bool   is_long = MAX (width, height) > side;
  double fitting;

  if (!is_long && width * height <= most)
    return true;
  fitting = MIN (side / MAX (width, height), sqrt (most / (width * height)));
  return prof_limits_fail (error,
                           is_long ? PROF_LIMIT_SIDE : PROF_LIMIT_PIXELS,
                           "the picture would be %.0f by %.0f pixels, and at "
                           "most %.0f a side and %.0f million in all can be "
                           "written; a --width of %.0f fits, as do fewer "
                           "functions (--nodecount)",
                           width,
                           height,
                           side,
                           floor (most / 1e6),
                           floor (width * fitting / scale));
}

/* --- What is written --- */

static GByteArray *
bytes_of_text (char *text)
{
  size_t length = strlen (text);

  return g_byte_array_new_take ((guint8 *)text, length);
}

static GByteArray *
svg_of (ProfAnswer                   *answer,
        const ProfDrawing            *drawing,
        const ProfGraphExportOptions *options,
        ProfTextCache                *cache,
        GError                      **error)
{
  const ProfLimits *limits = prof_profile_limits (prof_answer_profile (answer));
  ProfSvgParams     params = {
        .width_px = drawing->width_px,
        .height_px = drawing->height_px,
        .title = drawing->title,
        .notes = options->notes,
        .max_bytes = prof_limits_get (limits, PROF_LIMIT_SVG),
  };
  ProfPainter *painter = prof_svg_new (&params, cache);
  char        *text;

  drawing->paint (drawing->data, painter);
  text = prof_svg_finish (painter);
  if (text != NULL)
    return bytes_of_text (text);
  prof_limits_fail (error,
                    PROF_LIMIT_SVG,
                    "the SVG would be larger than %" G_GUINT64_FORMAT
                    " bytes; --nodecount draws fewer functions",
                    (uint64_t)params.max_bytes);
  return NULL;
}

static GByteArray *
pdf_of (ProfAnswer                   *answer,
        const ProfDrawing            *drawing,
        const ProfGraphExportOptions *options,
        ProfTextCache                *cache,
        GError                      **error)
{
  if (options->paper_width_pt > 0)
    return prof_pdf_new_on_paper (drawing,
                                  options->paper_width_pt,
                                  options->paper_height_pt,
                                  options->notes,
                                  cache,
                                  error);
  if (!check_size (answer, drawing, 1, error))
    return NULL;
  return prof_pdf_new (drawing, options->notes, cache, error);
}

static GByteArray *
content (ProfAnswer                   *answer,
         ProfGraphLayout              *layout,
         const ProfGraphExportOptions *options,
         ProfTextCache                *cache,
         const char                   *path,
         GError                      **error)
{
  g_autoptr (ProfGraphPicture) picture = NULL;
  ProfDrawing                  drawing;

  if (!prof_graph_export_is_drawn (path))
    return prof_fail_null (error,
                           PROF_ERROR_UNSUPPORTED,
                           "the name of a drawn call graph ends in .svg, .png "
                           "or .pdf");
  if (!check (options, error))
    return NULL;
  picture = prof_graph_picture_new (answer, layout, options, cache);
  drawing = has_suffix (path, ".png") ? prof_graph_picture_drawing (picture)
                                      : prof_graph_picture_vectors (picture);
  if (has_suffix (path, ".svg"))
    return svg_of (answer, &drawing, options, cache, error);
  if (!prof_text_cache_has_font (cache))
    return prof_fail_null (error,
                           PROF_ERROR_UNSUPPORTED,
                           "no fonts are installed to write text into a "
                           "picture; SVG needs none");
  if (has_suffix (path, ".pdf"))
    return pdf_of (answer, &drawing, options, cache, error);
  if (!check_size (answer, &drawing, options->scale, error))
    return NULL;
  return prof_drawing_png (&drawing, options->scale, cache, error);
}

bool
prof_graph_export (ProfAnswer                   *answer,
                   ProfGraphLayout              *layout,
                   const ProfGraphExportOptions *options,
                   ProfTextCache                *cache,
                   const char                   *path,
                   GError                      **error)
{
  g_autoptr (GByteArray) bytes = NULL;

  bytes = content (answer, layout, options, cache, path, error);
  return bytes != NULL &&
         prof_export_write (path, bytes->data, bytes->len, error);
}

GBytes *
prof_graph_export_bytes (ProfAnswer                   *answer,
                         ProfGraphLayout              *layout,
                         const ProfGraphExportOptions *options,
                         ProfTextCache                *cache,
                         const char                   *suffix,
                         GError                      **error)
{
  g_autofree char *path = g_strconcat ("graph", suffix, NULL);
  GByteArray      *bytes;

  bytes = content (answer, layout, options, cache, path, error);
  return bytes != NULL ? g_byte_array_free_to_bytes (bytes) : NULL;
}
