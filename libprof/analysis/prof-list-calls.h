/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/* Calls between frames of a profile whose stacks are listed: prof-calls.h without a
 * table, sample by sample. Several threads share the samples where there are
 * many. */

#include "analysis/prof-calls.h"

G_BEGIN_DECLS

/**
 * prof_list_calls:
 * @frames: of a profile with prof_profile_stack_list()
 * @type: which value is the weight
 * @divides: whether the first value is the divisor
 *
 * See prof_calls_find(); nobody asks which calls are residual. The sum of all absolute values must not have saturated,
 * as no addition is looked after.
 */
ProfVecCall prof_list_calls (const ProfFrames *frames,
                             const bool       *kept,
                             const bool       *wanted,
                             size_t            type,
                             bool              divides);

G_END_DECLS
