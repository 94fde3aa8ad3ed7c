/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/* What has changed since: one profile minus another, the base. And the two
 * halves of such a difference again. */

#include "base/prof-error.h"
#include "base/prof-progress.h"
#include "model/prof-profile.h"

G_BEGIN_DECLS

/**
 * prof_scale:
 * @ratios: one for each type
 *
 * Multiplies values and rounds them. If any ratio is not 1, samples whose values
 * in the types with such ratios are all 0 then are left out, as pprof does.
 *
 * Source: pprof profile/profile.go, ScaleN().
 *
 * Returns: (transfer full): the profile, or %NULL with @error set to
 *   %PROF_ERROR_TOO_LARGE
 */
ProfProfile *prof_scale (ProfProfile  *profile,
                         const double *ratios,
                         GError      **error);

/**
 * prof_normalize:
 *
 * Scales a profile so that each type sums up to what it does in @base; a type
 * whose sum is 0 becomes 0. Each sample is rounded by itself, so pprof's numbers
 * come out where equal samples are one, as after prof_merge().
 *
 * Source: pprof profile/merge.go, Normalize(): types must be the same, in the
 *   same units.
 *
 * Returns: (transfer full): the profile, or %NULL with @error set to
 *   %PROF_ERROR_UNSUPPORTED or %PROF_ERROR_TOO_LARGE
 */
ProfProfile *prof_normalize (ProfProfile *profile,
                             ProfProfile *base,
                             GError     **error);

/**
 * ProfSubtractFlags:
 * @PROF_SUBTRACT_APART: the base's samples get the label pprof::base=true, so
 *   that they cancel no other and percentages are of the base
 * @PROF_SUBTRACT_NORMALIZED: the profile is normalized by the base before
 */
typedef enum
{
  PROF_SUBTRACT_APART = 1 << 0,
  PROF_SUBTRACT_NORMALIZED = 1 << 1,
} ProfSubtractFlags;

/**
 * prof_subtract:
 * @flags: a set of ProfSubtractFlags
 *
 * prof_merge() of a profile and of a base with all values negative.
 *
 * Source: pprof internal/driver/fetch.go, fetchProfiles().
 *
 * Returns: (transfer full): the difference, or %NULL with @error set as by
 *   prof_merge()
 */
ProfProfile *prof_subtract (ProfProfile  *profile,
                            ProfProfile  *base,
                            unsigned      flags,
                            ProfProgress *progress,
                            GError      **error);

/**
 * prof_split:
 * @before: (out) (transfer full): the samples of the base, positive again and
 *   without that label
 * @after: (out) (transfer full): the others
 *
 * Takes apart what prof_subtract() has put together with %PROF_SUBTRACT_APART.
 * Both halves have the same tables as @profile, so rows of one are rows of the
 * other.
 *
 * Returns: %false with @error set to %PROF_ERROR_TOO_LARGE
 */
bool prof_split (ProfProfile  *profile,
                 ProfProfile **before,
                 ProfProfile **after,
                 GError      **error);

/* Whether any sample is one of a base that was kept apart. */
bool prof_has_base (const ProfProfile *profile);

G_END_DECLS
