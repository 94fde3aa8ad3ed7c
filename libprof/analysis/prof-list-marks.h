/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/* Which frames are inlined into their callers, of a profile whose stacks are listed:
 * all that a top table wants to know of calls. */

#include "analysis/prof-graph.h"

G_BEGIN_DECLS

/**
 * prof_list_marks:
 * @frames: of a profile with prof_profile_stack_list(), none of whose values of
 *   @type is negative, and whose sum has not saturated
 * @kept: for each frame whether it is there; a call goes from the next one
 *   outwards that is
 * @type: which value is the weight
 * @cutoff: calls that weigh less do not count
 *
 * Source: as prof_calls_find(): a call counts once for a sample, and its first
 *   occurrence from the root says whether it is inlined; it is if it is in
 *   all samples.
 *
 * Returns: (transfer full): for each frame what its callers say
 */
ProfInlined *prof_list_marks (const ProfFrames *frames,
                              const bool       *kept,
                              size_t            type,
                              int64_t           cutoff);

G_END_DECLS
