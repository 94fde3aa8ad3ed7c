/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "export/prof-picture-fit.h"

#include "base/prof-limits.h"
#include <math.h>

/* Steps in which a narrower picture is looked for, and how many. */
#define NARROWER     0.94
#define MAX_ATTEMPTS 8

typedef struct
{
  double width;
  double height;
} Size;

static Size
size_of (const ProfPicture *picture, double scale)
{
  return (Size){ ceil (prof_picture_width (picture) * scale),
                 ceil (prof_picture_height (picture) * scale) };
}

/* What the limits of a tree allow. */
typedef struct
{
  double side;
  double pixels;
} Most;

static Most
most_of (const ProfTree *tree)
{
  return (Most){ (double)prof_tree_limit (tree, PROF_LIMIT_SIDE),
                 (double)prof_tree_limit (tree, PROF_LIMIT_PIXELS) };
}

static bool
has_short_sides (Size size, Most most)
{
  return size.width <= most.side && size.height <= most.side;
}

static bool
is_small_enough (Size size, Most most)
{
  return has_short_sides (size, most) &&
         size.width * size.height <= most.pixels;
}

/* The largest scale of two decimals that fits; 0 when even 1 does not. */
static double
scale_that_fits (const ProfPicture *picture, double scale, Most most)
{
  int hundredths = (int)floor (scale * 100);

  for (; hundredths >= 100; hundredths--)
    if (is_small_enough (size_of (picture, hundredths / 100.0), most))
      return hundredths / 100.0;
  return 0;
}

/* The highest rows that fit, whole px; 0 when they would be too low. */
static double
rows_that_fit (const ProfPicture       *picture,
               const ProfExportOptions *options,
               Most                     most)
{
  Size     size = size_of (picture, 1);
  double   row = prof_picture_metrics (options).row_px;
  uint32_t n = prof_picture_n_rows (picture);
  double   height = MIN (most.side, floor (most.pixels / size.width));
  double   least = PROF_EXPORT_MIN_ROW;
  double   fitting;

  if (n < 2)
    return 0;
  if (options->font_px > 0)
    least = MAX (least, ceil (options->font_px + PROF_EXPORT_ROW_ROOM));
  fitting = floor (row - (size.height - height) / (n - 1));
  return fitting >= least ? fitting : 0;
}

/* A width for which the picture is small enough; 0 when none was found. Text is
 * broken into more lines there and fewer frames are deep, so that only a picture
 * of that width tells. */
static double
width_that_fits (const ProfPicture       *picture,
                 ProfTree                *tree,
                 const ProfExportOptions *options,
                 ProfTextCache           *cache)
{
  ProfExportOptions narrow = *options;
  Size              size = size_of (picture, 1);
  Most              most = most_of (tree);

  narrow.width_px = MIN (floor (most.pixels / size.height), most.side);
  narrow.width_px = MIN (narrow.width_px, options->width_px);
  for (int i = 0; i < MAX_ATTEMPTS && narrow.width_px >= PROF_EXPORT_MIN_WIDTH;
       i++)
    {
      g_autoptr (ProfPicture) other = prof_picture_new (tree, &narrow, cache);

      if (is_small_enough (size_of (other, 1), most))
        return narrow.width_px;
      narrow.width_px = floor (narrow.width_px * NARROWER);
    }
  return 0;
}

/* (transfer full): the end of the sentence. */
static char *
remedy (const ProfPicture       *picture,
        ProfTree                *tree,
        const ProfExportOptions *options,
        double                   scale,
        ProfTextCache           *cache)
{
  Most        most = most_of (tree);
  double      fitting = scale > 1 ? scale_that_fits (picture, scale, most) : 0;
  const char *unscaled = scale > 1 ? ", at a scale of 1" : "";

  if (fitting > 0)
    return g_strdup_printf ("a scale of %g fits", fitting);
  if (prof_picture_height (picture) <= most.side)
    fitting = width_that_fits (picture, tree, options, cache);
  if (fitting > 0)
    return g_strdup_printf ("a width of %.0f fits%s", fitting, unscaled);
  fitting = rows_that_fit (picture, options, most);
  if (fitting > 0)
    return g_strdup_printf ("a row height of %.0f fits%s", fitting, unscaled);
  return g_strdup ("an SVG may be larger");
}

bool
prof_picture_fits (const ProfPicture       *picture,
                   ProfTree                *tree,
                   const ProfExportOptions *options,
                   double                   scale,
                   ProfTextCache           *cache,
                   GError                 **error)
{
  Size             size = size_of (picture, scale);
  Most             most = most_of (tree);
  g_autofree char *words = NULL;

  if (is_small_enough (size, most))
    return true;
  words = remedy (picture, tree, options, scale, cache);
  return prof_limits_fail (error,
                           has_short_sides (size, most) ? PROF_LIMIT_PIXELS
                                                        : PROF_LIMIT_SIDE,
                           "the picture would be %.0f by %.0f pixels, and at "
                           "most %.0f a side and %.0f million in all can be "
                           "written; %s",
                           size.width,
                           size.height,
                           most.side,
                           floor (most.pixels / 1e6),
                           words);
}
