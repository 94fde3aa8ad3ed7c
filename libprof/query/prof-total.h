/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/* What percentages are of. */

#include "model/prof-profile.h"

G_BEGIN_DECLS

/* Whether a sample is one of what was before: labelled pprof::base=true. */
bool prof_is_base_sample (const ProfProfile *profile, size_t sample);

/* Whether there may be any: whether samples need to be asked one by one. */
bool prof_may_have_base (const ProfProfile *profile);

/**
 * prof_total:
 * @type: which value
 * @mean: whether it is divided by the sum of the first value
 *
 * The sum of |value| over all samples; where samples of a base are among them,
 * over these alone.
 *
 * Source: pprof internal/report/report.go, computeTotal().
 *
 * Returns: the total; saturates
 */
int64_t prof_total (const ProfProfile *profile, size_t type, bool mean);

G_END_DECLS
