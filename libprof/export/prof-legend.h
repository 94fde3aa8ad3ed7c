/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/* What the colours of a picture mean: own packages, the runtime, libraries and
 * code without names, each with its own share of the whole. It breaks into
 * lines as wide as the picture. */

#include "analysis/prof-tree.h"
#include "paint/prof-palette.h"
#include "paint/prof-text-cache.h"

G_BEGIN_DECLS

typedef struct _ProfLegend ProfLegend;

/* A legend tells the share of what has at least this much by itself. */
#define PROF_LEGEND_SHARE 0.005

/**
 * prof_legend_choose:
 * @max: how many at most
 *
 * Chooses the packages of a tier that a legend names. Own code is named when it
 * is on a stack worth seeing, libraries when they hold something themselves or
 * fill the picture with what they call.
 *
 * Order: own code as it gets its colours, by weight; the other tiers by falling
 *   own value.
 *
 * Returns: (transfer full) (element-type uint32_t): indexes of
 *   prof_frames_packages()
 */
GArray *prof_legend_choose (ProfTree *tree, ProfTier tier, size_t max);

/* What a legend calls a package: own ones by their last element, "v2" and the
 * like with the one before it. */
const char *prof_legend_name (const ProfPackage *package);

/* Own value of all packages of a tier; saturates. */
int64_t prof_legend_sum (ProfTree *tree, ProfTier tier);

/**
 * prof_legend_new:
 * @tree: lent for the legend's life, as are @palette and @cache
 *
 * Chooses what is worth naming and places it.
 */
ProfLegend *prof_legend_new (ProfTree          *tree,
                             const ProfPalette *palette,
                             ProfTextCache     *cache,
                             double             width_px);

/* Of a call graph: what shares of the total look like there, or changes. */
ProfLegend *prof_legend_new_for_graph (ProfTheme      theme,
                                       bool           compared,
                                       ProfTextCache *cache,
                                       double         width_px);

void prof_legend_free (ProfLegend *self);

double prof_legend_height (const ProfLegend *self);

/* From the painter's origin on, right and down. */
void prof_legend_paint (const ProfLegend *self, ProfPainter *painter);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ProfLegend, prof_legend_free)

G_END_DECLS
