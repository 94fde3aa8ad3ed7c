/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/* What packages weigh, for colours and legends: their own values are exact, and of
 * what is below them nothing counts that begins with a stack of less than 1/65536 of
 * all, which no picture shows. So the first steps from the root are all there is to
 * walk: of nine million stack nodes a few thousand. */

#include "analysis/prof-frames.h"
#include "analysis/prof-stack-sums.h"
#include "analysis/prof-stack-walk.h"

G_BEGIN_DECLS

/**
 * prof_package_sums:
 * @totals: of the frames' profile and sample type
 * @groups: for each frame the group it counts for, below @n_groups
 *
 * Returns: (transfer full): @n_groups sums; where no sample is less than 1/65536 of
 *   all, those of prof_stack_sum_groups()
 */
ProfGroupSum *prof_package_sums (const ProfFrames      *frames,
                                 const ProfStackTotals *totals,
                                 const uint32_t        *groups,
                                 size_t                 n_groups);

G_END_DECLS
