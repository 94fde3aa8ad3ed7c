/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/* Names for a profile that has only addresses, out of the program that it is of.
 * Whoever asks says which file that is; what the profile says of paths is never
 * opened. */

#include "input/prof-symbols.h"
#include "model/prof-profile.h"

G_BEGIN_DECLS

/* Whether there is an address without a name in the main binary, the first
 * mapping, or in none. */
bool prof_symbolize_matters (const ProfProfile *profile);

/**
 * prof_symbolize:
 * @symbols: of the main binary
 *
 * Names those addresses that are known; others, and other binaries', stay.
 *
 * Source: pprof internal/symbolizer and binutils; differs in names of C++, which
 *   are those of the debug information, with namespace and class and without
 *   arguments, or as the linker has them.
 *
 * Returns: (transfer full): the profile with names; %NULL with @error set, which
 *   is %PROF_ERROR_UNSUPPORTED when both have a build ID and they differ
 */
ProfProfile *prof_symbolize (ProfProfile *profile,
                             ProfSymbols *symbols,
                             GError     **error);

G_END_DECLS
