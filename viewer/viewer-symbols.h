/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/* Names for a profile's addresses, from programs and libraries that somebody has
 * chosen. No widget; for worker threads. */

#include "prof.h"

G_BEGIN_DECLS

/* Whether a program could give names: there are addresses without one, and libdw
 * was there when this was built. */
bool viewer_symbols_matter (const ProfProfile *profile);

/**
 * viewer_symbols_name:
 * @profile: (inout): replaced by the one with names
 * @paths: of the binaries, %NULL at the end; each names the one of the profile that
 *   is like it, or else the main binary
 *
 * Returns: (transfer full): why some of them gave no names, translated, %NULL at the
 *   end; the others did all the same
 */
char **viewer_symbols_name (ProfProfile **profile, const char *const *paths);

G_END_DECLS
