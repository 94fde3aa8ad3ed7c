/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "export/prof-pages.h"

#include "base/prof-limits.h"
#include "base/prof-vec.h"
#include "export/prof-graph-picture.h"
#include "export/prof-picture.h"
#include "paint/prof-painter-cairo.h"
#include <math.h>
#include <string.h>

/* A px is never larger than on a screen: a small picture is not blown up. */
#define POINTS_PER_PX 0.75

/* Pages that would be less full than this are not begun by a cut between rows. */
#define MIN_PART 0.5

PROF_VEC_DEFINE (Cuts, cuts, double)

struct _ProfPages
{
  /* Owned */
  ProfTextCache    *cache;
  ProfPicture      *picture; /* or NULL */
  ProfGraphPicture *graph;   /* or NULL */
  Cuts              cuts;    /* px: where each page begins, and the last ends */

  ProfDrawing drawing; /* of the picture */
  double      scale;   /* points for each px */
};

static double
fitted_scale (const ProfDrawing *drawing, double width_pt, double height_pt)
{
  double scale = MIN (POINTS_PER_PX, width_pt / drawing->width_px);

  return MIN (scale, height_pt / drawing->height_px);
}

static bool
cut (ProfPages *self, double height_pt, GError **error)
{
  double height = prof_picture_height (self->picture);
  double room = height_pt / self->scale;
  double y = 0;

  while (y < height)
    {
      double end = y + room;
      double between = prof_picture_between_rows (self->picture, end);

      if (self->cuts.length >= PROF_PAGES_MAX)
        return prof_fail (error,
                          PROF_ERROR_TOO_LARGE,
                          "the picture would take more than %d pages",
                          PROF_PAGES_MAX);
      if (!cuts_append (&self->cuts, y))
        return prof_fail (error, PROF_ERROR_TOO_LARGE, "not enough memory");
      y = end < height && between > y + room * MIN_PART ? between : end;
    }
  return cuts_append (&self->cuts, height) ||
         prof_fail (error, PROF_ERROR_TOO_LARGE, "not enough memory");
}

/* A picture that is higher than the page would leave its sides empty: drawn wider
 * it fills them. */
static void
widen (ProfPages         *self,
       ProfTree          *tree,
       ProfExportOptions *options,
       double             aspect)
{
  double width = round (prof_picture_height (self->picture) * aspect);

  if (width <= options->width_px)
    return;
  options->width_px = MIN (width,
                           (double)prof_tree_limit (tree, PROF_LIMIT_SIDE));
  prof_picture_free (self->picture);
  self->picture = prof_picture_new (tree, options, self->cache);
}

ProfPages *
prof_pages_new (ProfTree                *tree,
                const ProfExportOptions *options,
                double                   width_pt,
                double                   height_pt,
                bool                     several,
                GError                 **error)
{
  g_autoptr (ProfPages) self = NULL;
  ProfExportOptions     still = *options;

  g_return_val_if_fail (width_pt > 0 && height_pt > 0, NULL);

  still.interactive = false;
  if (!prof_export_check (&still, error))
    return NULL;
  self = g_new0 (ProfPages, 1);
  self->cache = prof_export_text_cache (&still);
  prof_text_cache_set_shown (self->cache,
                             (size_t)prof_tree_limit (tree, PROF_LIMIT_SHOWN));
  self->picture = prof_picture_new (tree, &still, self->cache);
  if (!several)
    widen (self, tree, &still, width_pt / height_pt);
  self->drawing = prof_picture_drawing (self->picture);
  self->scale = fitted_scale (&self->drawing,
                              width_pt,
                              several ? INFINITY : height_pt);
  /* Rounding must not begin a page for a fraction of a point. */
  if (!cut (self, several ? height_pt : height_pt + 1, error))
    return NULL;
  return g_steal_pointer (&self);
}

ProfPages *
prof_pages_new_for_graph (ProfAnswer                   *answer,
                          ProfGraphLayout              *layout,
                          const ProfGraphExportOptions *options,
                          double                        width_pt,
                          double                        height_pt,
                          GError                      **error)
{
  g_autoptr (ProfPages)  self = g_new0 (ProfPages, 1);
  ProfGraphExportOptions fitted = *options;

  g_return_val_if_fail (width_pt > 0 && height_pt > 0, NULL);

  fitted.width_px = width_pt / POINTS_PER_PX;
  fitted.height_px = MAX (height_pt / POINTS_PER_PX,
                          PROF_GRAPH_EXPORT_MIN_HEIGHT);
  self->cache = prof_graph_export_text_cache (&fitted);
  self->graph = prof_graph_picture_new (answer, layout, &fitted, self->cache);
  self->drawing = prof_graph_picture_vectors (self->graph);
  self->scale = fitted_scale (&self->drawing, width_pt, height_pt);
  if (!cuts_append (&self->cuts, 0) ||
      !cuts_append (&self->cuts, self->drawing.height_px))
    {
      prof_fail (error, PROF_ERROR_TOO_LARGE, "not enough memory");
      return NULL;
    }
  return g_steal_pointer (&self);
}

void
prof_pages_free (ProfPages *self)
{
  if (self == NULL)
    return;
  prof_picture_free (self->picture);
  prof_graph_picture_free (self->graph);
  prof_text_cache_free (self->cache);
  cuts_clear (&self->cuts);
  g_free (self);
}

unsigned
prof_pages_n (const ProfPages *self)
{
  return (unsigned)self->cuts.length - 1;
}

const char *
prof_pages_title (const ProfPages *self)
{
  return self->drawing.title;
}

void
prof_pages_draw (const ProfPages *self, unsigned page, cairo_t *cr)
{
  double       start = self->cuts.data[page];
  double       end = self->cuts.data[page + 1];
  ProfPainter *painter;

  g_return_if_fail (page < prof_pages_n (self));

  cairo_save (cr);
  cairo_scale (cr, self->scale, self->scale);
  cairo_rectangle (cr, 0, 0, self->drawing.width_px, end - start);
  cairo_clip (cr);
  cairo_translate (cr, 0, -start);
  painter = prof_painter_cairo_new (cr, self->cache);
  self->drawing.paint (self->drawing.data, painter);
  prof_painter_cairo_free (painter);
  cairo_restore (cr);
}

bool
prof_paper_find (const char *name, double *width_pt, double *height_pt)
{
  static const struct
  {
    const char *name;
    double      width_pt, height_pt;
  } papers[] = {
    { "a3", 841.89, 1190.55 }, { "a4", 595.28, 841.89 },
    { "a5", 419.53, 595.28 },  { "letter", 612, 792 },
    { "legal", 612, 1008 },
  };

  for (size_t i = 0; i < G_N_ELEMENTS (papers); i++)
    {
      size_t      length = strlen (papers[i].name);
      const char *rest = name + length;
      bool        upright;

      if (strncmp (name, papers[i].name, length) != 0)
        continue;
      upright = rest[0] == '\0';
      if (!upright && strcmp (rest, "-landscape") != 0)
        continue;
      *width_pt = upright ? papers[i].width_pt : papers[i].height_pt;
      *height_pt = upright ? papers[i].height_pt : papers[i].width_pt;
      return true;
    }
  return false;
}
