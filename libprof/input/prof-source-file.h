/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/* Finds and reads the source files that a profile names. */

#include <glib.h>
#include <stdint.h>

G_BEGIN_DECLS

/**
 * prof_source_file_read:
 * @path: as in a profile
 * @prefixes: what may be cut off in front, as by prof_path_trim()
 * @folders: where to look for what is then relative, separated by ":", and in
 *   the folders above each; "" is the current folder
 * @most: bytes of a file; see %PROF_LIMIT_SOURCE
 *
 * A profile is somebody else's: only regular files are read, and a relative path
 * stays below the folder it is looked for in, without ".." and whatever symbolic
 * links say. A path that is still absolute is read where it is. A folder is an
 * empty text, as in pprof. What is found nowhere there is looked for in @folders
 * as by prof_source_file_find().
 *
 * Source: pprof internal/report/source.go, openSourceFile(); differs in going on
 *   after that.
 *
 * Returns: (transfer full): the text, or %NULL with @error set to a
 *   %G_FILE_ERROR or %PROF_ERROR_TOO_LARGE, above @most; in
 *   pprof's words, which name the file
 */
GBytes *prof_source_file_read (const char *path,
                               const char *prefixes,
                               const char *folders,
                               uint64_t    most,
                               GError    **error);

/**
 * prof_source_file_find:
 * @path: as in a profile
 * @folder: where to look, and nowhere else
 *
 * Looks for a regular file at prof_source_places_new(). It is below the folder,
 * whatever symbolic links say.
 *
 * Returns: (transfer full) (nullable): where it really is
 */
char *prof_source_file_find (const char *path, const char *folder);

/**
 * prof_source_file_read_found:
 * @path: where it is: found before, or named by the user
 *
 * Returns: (transfer full): the text of a regular file, or %NULL as by
 *   prof_source_file_read()
 */
GBytes *prof_source_file_read_found (const char *path,
                                     uint64_t    most,
                                     GError    **error);

G_END_DECLS
