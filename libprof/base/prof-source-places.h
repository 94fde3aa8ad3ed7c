/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/* Where below a folder a source file may lie whose path was true on another
 * machine. Text in, text out: no file is looked at. */

#include <glib.h>

G_BEGIN_DECLS

/**
 * prof_source_places_new:
 * @path: of a source file, as in a profile
 * @folder: the folder's own path
 *
 * Knows how Go lays out sources: its own tree ("GOROOT/src/net/http/server.go",
 * and "net/http/server.go" of a trimmed build), its cache of modules
 * ("pkg/mod/example.com/mod@v1.2.3/x.go", and without "pkg/mod" of a trimmed
 * build, where upper case is "!" and lower case on disk), vendored modules, and
 * a module that was checked out into a folder of its name. There, a path is cut
 * before a package only, so that "encoding/json/decode.go" is not another
 * "json/decode.go". Any other path is cut in front as far as two elements are
 * left, or behind the name of the folder.
 *
 * Order: the longest first.
 * Shape: relative and clean; no path has "..", and there is none for a path that
 *   has, or that is longer than 4096 bytes.
 *
 * Returns: (transfer full) (array zero-terminated=1): the places
 */
GStrv prof_source_places_new (const char *path, const char *folder);

/**
 * prof_source_places_root:
 * @path: absolute, of a source file
 *
 * Returns: (transfer full) (nullable): the folder that all sources of its Go tree
 *   or module cache lie in, "/usr/lib/go/src" for "/usr/lib/go/src/fmt/print.go";
 *   %NULL where @path is neither's
 */
char *prof_source_places_root (const char *path);

G_END_DECLS
