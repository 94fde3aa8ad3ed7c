/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "analysis/prof-package-sums.h"

/* Stacks that begin with less than this of all are not followed. */
#define SHARE 65536

ProfGroupSum *
prof_package_sums (const ProfFrames      *frames,
                   const ProfStackTotals *totals,
                   const uint32_t        *groups,
                   size_t                 n_groups)
{
  return prof_stack_sum_groups (frames,
                                totals,
                                prof_frames_type (frames),
                                groups,
                                n_groups,
                                MAX (prof_stack_weight (totals, 0) / SHARE, 1));
}
