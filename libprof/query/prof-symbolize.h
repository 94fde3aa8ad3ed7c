/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/* Names for a profile that has only addresses, out of the program that it is of and
 * the libraries of that. Whoever asks says which files these are; what the profile
 * says of paths is never opened. */

#include "input/prof-symbols.h"
#include "model/prof-profile.h"

G_BEGIN_DECLS

/**
 * prof_symbolize_matters:
 * @mapping: one of the profile's; 0, the main binary, may be one that it does not
 *   have, and addresses without a mapping are in it, too
 *
 * Whether there is an address without a name in this binary, all of its mappings
 * together.
 */
bool prof_symbolize_matters (const ProfProfile *profile, ProfMappingId mapping);

/**
 * prof_symbolize_mapping:
 * @path: of the file that @symbols are of
 *
 * Which binary of a profile a file is: that with its build ID, else that whose
 * path has the same last part.
 *
 * Returns: its first mapping, or %PROF_ID_NONE
 */
ProfMappingId prof_symbolize_mapping (const ProfProfile *profile,
                                      const ProfSymbols *symbols,
                                      const char        *path);

/**
 * prof_symbolize:
 * @mapping: of the binary that @symbols are of, as prof_symbolize_matters() takes
 *   it
 *
 * Names those of its addresses that are known; others, and other binaries', stay.
 *
 * Source: pprof internal/symbolizer and binutils; differs in names of C++, which
 *   are those of the debug information, with namespace and class and without
 *   arguments, or as the linker has them.
 *
 * Returns: (transfer full): the profile with names; %NULL with @error set, which
 *   is %PROF_ERROR_UNSUPPORTED when both have a build ID and they differ
 */
ProfProfile *prof_symbolize (ProfProfile  *profile,
                             ProfMappingId mapping,
                             ProfSymbols  *symbols,
                             GError      **error);

G_END_DECLS
