/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/* Sums of frames of a profile whose stacks are listed: prof-stack-walk.h without a
 * table. Every frame of every sample is looked at, once, in the order in which they
 * lie in memory; several threads share the samples where there are many. */

#include "analysis/prof-stack-walk.h"

G_BEGIN_DECLS

/* prof_stack_sum_groups(). The sum of all absolute values must not have
 * saturated, as no addition is looked after. */
ProfGroupSum *prof_list_sums (ProfProfile      *profile,
                              size_t            type,
                              const ProfFrames *frames,
                              const uint32_t   *groups,
                              size_t            n_groups);

G_END_DECLS
