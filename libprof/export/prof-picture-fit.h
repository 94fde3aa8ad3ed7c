/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/* Pictures that are too large to be drawn, and what would not be. */

#include "export/prof-picture.h"

G_BEGIN_DECLS

/**
 * prof_picture_fits:
 * @picture: of @tree and @options
 * @scale: pixels for each px; 1 of what has none
 * @cache: the picture's
 *
 * Looks whether the picture stays within %PROF_LIMIT_SIDE and
 * %PROF_LIMIT_PIXELS of the tree's profile.
 *
 * Returns: %false with @error set to %PROF_ERROR_TOO_LARGE, which names the
 *   largest scale that fits, or rows or a width that do
 */
bool prof_picture_fits (const ProfPicture       *picture,
                        ProfTree                *tree,
                        const ProfExportOptions *options,
                        double                   scale,
                        ProfTextCache           *cache,
                        GError                 **error);

G_END_DECLS
