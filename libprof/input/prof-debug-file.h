/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/* Where the debug information of a program may be that was taken out of it. Text in,
 * text out; nothing is opened here. */

#include <glib.h>

G_BEGIN_DECLS

/* Where distributions put it. */
#define PROF_DEBUG_FOLDER "/usr/lib/debug"

/**
 * prof_debug_file_places:
 * @path: the program or library that somebody has named
 * @build_id: its own, hexadecimal, or ""
 * @link: (nullable): the name that its .gnu_debuglink has; what is no plain name
 *   counts as none, so that no file can lead anywhere else
 * @folder: %PROF_DEBUG_FOLDER
 *
 * Returns: (transfer full): paths to try, %NULL at the end: by build ID in @folder;
 *   by name beside @path, in ".debug" beside it, and in @folder
 */
char **prof_debug_file_places (const char *path,
                               const char *build_id,
                               const char *link,
                               const char *folder);

G_END_DECLS
