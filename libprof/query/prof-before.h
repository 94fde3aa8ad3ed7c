/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/* What was before, inside a comparison: a profile from which another was
 * subtracted with --diff-base has the other's samples too, negated and labelled
 * pprof::base. */

#include "base/prof-error.h"
#include "model/prof-profile.h"

G_BEGIN_DECLS

/* Whether a profile is such a comparison. */
bool prof_before_exists (const ProfProfile *profile);

/**
 * prof_before_new:
 *
 * The samples of before alone, with their values as they were. Locations and
 * stacks are those of @profile, with the same ids, so that frames of both are
 * the same.
 *
 * Returns: (transfer full): the profile, without samples where there was no
 *   before; or %NULL with @error set to %PROF_ERROR_TOO_LARGE
 */
ProfProfile *prof_before_new (ProfProfile *profile, GError **error);

G_END_DECLS
