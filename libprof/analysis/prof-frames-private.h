/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/* What frames share with trees. */

#include "analysis/prof-frames.h"
#include "analysis/prof-stack-sums.h"

G_BEGIN_DECLS

/**
 * prof_frames_totals:
 *
 * What the stacks weigh by the type that packages are weighed by. Those that
 * packages are weighed with are shared until that is done. Not of a profile whose stacks
 * are a list. Any thread may call it.
 *
 * Returns: (transfer full) (nullable): %NULL when memory is refused
 */
ProfStackTotals *prof_frames_totals (ProfFrames *self);

G_END_DECLS
