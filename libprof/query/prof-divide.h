/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/* Values as --divide-by shows them, inside a profile. */

#include "base/prof-error.h"
#include "model/prof-profile.h"

G_BEGIN_DECLS

/**
 * prof_divide:
 * @divide_by: not 0; what is not positive, and 1, divides by nothing
 *
 * Divides every value of every sample, each cut off towards 0, so that sums may
 * be smaller than those divided at the end.
 *
 * Source: pprof internal/report/report.go, printProto().
 *
 * Returns: (transfer full): the profile, @profile itself where nothing changes,
 *   or %NULL with @error set to %PROF_ERROR_TOO_LARGE
 */
ProfProfile *prof_divide (ProfProfile *profile,
                          double       divide_by,
                          GError     **error);

G_END_DECLS
