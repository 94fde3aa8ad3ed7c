/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/* One walk over the stack table, root to leaves, that knows at each step which
 * frames are on the path already. All that counts "once per sample" comes from
 * it: what is true of a path is true of every sample below, so their sum is
 * added once, and no sample is walked by itself. */

#include "analysis/prof-frames.h"

G_BEGIN_DECLS

/* Of the samples that end at a node, and of those that end at it or below. */
typedef struct
{
  int64_t own;
  int64_t total;
} ProfStackSum;

/* Values of one type on the stack table. Sums saturate. */
typedef struct
{
  ProfStackSum *nodes;
  uint64_t     *weight; /* totals of absolute values; NULL where no value is
                         * negative, as the totals are the same then */
} ProfStackSums;

void prof_stack_sums_init (ProfStackSums *self,
                           ProfProfile   *profile,
                           size_t         type);
void prof_stack_sums_clear (ProfStackSums *self);

/* Whether anything but zeros was measured at a node or below. */
static inline bool
prof_stack_sums_any (const ProfStackSums *self, ProfStackId node)
{
  if (self->weight != NULL)
    return self->weight[node] != 0;
  return self->nodes[node].total != 0;
}

/* A position in the walk. Nodes come after their parents and are left after all
 * of theirs, as brackets nest. The empty stack, and nodes in which nothing was
 * measured, are not visited. */
typedef struct
{
  const ProfStackNode *nodes;
  const ProfStackSums *sums;
  ProfStackId          node;
  bool                 entering; /* else leaving */
} ProfStackWalk;

static inline void
prof_stack_walk_init (ProfStackWalk       *self,
                      ProfProfile         *profile,
                      const ProfStackSums *sums)
{
  self->nodes = prof_profile_stacks (profile);
  self->sums = sums;
  self->node = 0;
  self->entering = true;
}

/* Goes on by one step; false at the end. Inline, as it is called twice for each
 * of millions of nodes. */
static inline bool
prof_stack_walk_next (ProfStackWalk *self)
{
  const ProfStackNode *node = &self->nodes[self->node];
  ProfStackId          next;

  if (!self->entering && self->node == 0)
    return false;
  next = self->entering ? node->first_child : node->next;
  while (next != PROF_ID_NONE && !prof_stack_sums_any (self->sums, next))
    next = self->nodes[next].next;
  if (next != PROF_ID_NONE)
    {
      ProfStackId after = self->nodes[next].next;

      /* Siblings are far apart in memory: asking for the next one early makes
       * a table of 870,000 stack nodes take 90 ms instead of 115. */
      if (after != PROF_ID_NONE)
        {
          __builtin_prefetch (&self->nodes[after]);
          __builtin_prefetch (&self->sums->nodes[after]);
        }
      self->node = next;
      self->entering = true;
      return true;
    }
  if (!self->entering)
    self->node = node->parent;
  self->entering = false;
  return self->node != 0;
}

typedef struct
{
  int64_t flat; /* samples whose innermost frame is in the group */
  int64_t cum;  /* samples with any frame in the group */
} ProfGroupSum;

/**
 * prof_stack_sums_of_groups:
 * @sums: of the profile of @frames
 * @groups: (nullable): for each frame the group it counts for, below
 *   @n_groups; %NULL when each is its own
 *
 * Returns: (transfer full): @n_groups sums
 */
ProfGroupSum *prof_stack_sums_of_groups (const ProfStackSums *sums,
                                         const ProfFrames    *frames,
                                         const uint32_t      *groups,
                                         size_t               n_groups);

G_END_DECLS
