/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/* One walk over the stack table, root to leaves, that knows at each step which
 * frames are on the path already. All that counts "once per sample" comes from
 * it: what is true of a path is true of every sample below, so their sum is
 * added once, and no sample is walked by itself. */

#include "analysis/prof-frames.h"

G_BEGIN_DECLS

/* Values of one type on the stack table; each array has prof_profile_n_stacks()
 * entries. Sums saturate. */
typedef struct
{
  int64_t  *own;         /* of the samples that end at the node */
  int64_t  *total;       /* of the samples that end at it or below */
  uint64_t *weight;      /* as total, of absolute values: 0 where nothing was */
  bool      owns_weight; /* else it is the same block as total */
} ProfStackSums;

void prof_stack_sums_init (ProfStackSums *self,
                           ProfProfile   *profile,
                           size_t         type);
void prof_stack_sums_clear (ProfStackSums *self);

/* A position in the walk. Nodes come after their parents and are left after
 * all of theirs, as brackets nest. Nodes without weight are not visited. */
typedef struct
{
  const ProfStackNode *nodes;
  const uint64_t      *weight;
  ProfStackId          node;
  bool                 entering; /* else leaving */
} ProfStackWalk;

void prof_stack_walk_init (ProfStackWalk       *self,
                           ProfProfile         *profile,
                           const ProfStackSums *sums);

/* Goes on by one step; false at the end. The empty stack, node 0, is not
 * visited. */
bool prof_stack_walk_next (ProfStackWalk *self);

typedef struct
{
  int64_t flat; /* samples whose innermost frame is in the group */
  int64_t cum;  /* samples with any frame in the group */
} ProfGroupSum;

/**
 * prof_stack_sums_of_groups:
 * @groups: (nullable): for each frame the group it counts for, below
 *   @n_groups; %NULL when each is its own
 *
 * Returns: (transfer full): @n_groups sums
 */
ProfGroupSum *prof_stack_sums_of_groups (const ProfFrames *frames,
                                         size_t            type,
                                         const uint32_t   *groups,
                                         size_t            n_groups);

G_END_DECLS
