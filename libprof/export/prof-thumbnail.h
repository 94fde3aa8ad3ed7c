/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/* A profile as a file manager shows it: the outline of its flame graph in the
 * colours of its packages, without a word, on a white sheet with a thin edge.
 * No font is looked for. */

#include "analysis/prof-tree.h"

G_BEGIN_DECLS

/* Sides, in pixels; 1024 is the largest that desktops ask for. */
#define PROF_THUMBNAIL_MIN 16
#define PROF_THUMBNAIL_MAX 1024

/* From which share of the whole on frames are drawn, for prof_tree_new_wide(). */
double prof_export_thumbnail_least (int size);

/**
 * prof_export_thumbnail:
 * @size: side of the square, in pixels
 * @path: as for prof_export_write()
 *
 * Writes a PNG. Stacks deeper than rows can be told apart are cut off below. The
 * same input gives the same bytes.
 *
 * Returns: %false with @error set: %PROF_ERROR_UNSUPPORTED for another size, or
 *   what prof_export_write() says
 */
bool prof_export_thumbnail (ProfTree   *tree,
                            int         size,
                            const char *path,
                            GError    **error);

G_END_DECLS
