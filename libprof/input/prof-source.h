/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/* Opens what a user names. Files are read, never mapped: a mapped file that
 * shrinks ends the process. */

#include "base/prof-limits.h"
#include <gio/gio.h>
#include <stdbool.h>
#include <stdint.h>

G_BEGIN_DECLS

/**
 * prof_source_is_url:
 *
 * Whether what a user names is to be fetched: prof_url_is(), and there is no
 * file of that name.
 */
bool prof_source_is_url (const char *named);

/**
 * prof_source_open:
 * @path: a file's name, or "-" for standard input
 * @limits: (nullable): %PROF_LIMIT_FILE is of them
 * @size: (out): bytes that are to come; 0 when nobody knows (a pipe)
 *
 * Opens a regular file or a pipe. Opening a pipe does not wait for its writer:
 * reading does, and can be cancelled.
 *
 * Returns: (transfer full): a stream at its start, or %NULL with @error set to a
 *   %G_IO_ERROR or %PROF_ERROR_TOO_LARGE; its message is a sentence without
 *   the name: "no such file"
 */
GInputStream *prof_source_open (const char       *path,
                                const ProfLimits *limits,
                                uint64_t         *size,
                                GError          **error);

G_END_DECLS
