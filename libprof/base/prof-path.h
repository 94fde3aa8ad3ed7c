/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/* Paths of source files, as text: no file is looked at. */

#include <glib.h>

G_BEGIN_DECLS

/**
 * prof_path_clean:
 *
 * The shortest path that means the same: without "." and empty elements, ".."
 * taking the element before it; "/.." is "/", and nothing is ".".
 *
 * Source: Go's path/filepath, Clean().
 *
 * Returns: (transfer full): the path
 */
char *prof_path_clean (const char *path);

/**
 * prof_path_trim:
 * @prefixes: what may be cut off in front, separated by ":"; "" to guess
 * @folders: where sources are looked for, separated by ":"
 *
 * What is left of a path that was true on the machine where the program was
 * built. Without @prefixes everything goes up to the base name of the first of
 * @folders that is an element of the path: "/build/app/x.go" is "x.go" for
 * "/home/me/app".
 *
 * Source: pprof internal/report/source.go, trimPath().
 *
 * Returns: (transfer none): the end of @path
 */
const char *prof_path_trim (const char *path,
                            const char *prefixes,
                            const char *folders);

G_END_DECLS
