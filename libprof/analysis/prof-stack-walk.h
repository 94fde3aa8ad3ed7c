/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/* The stack table in depth, along its links. All that counts "once per sample" comes
 * from going through it: what is true of a path is true of every sample below, so
 * their sum is added once, and no sample is walked by itself.
 *
 * Nothing is done where a node is left: what was found at a node is on the path as long
 * as that node is. Siblings are asked for ahead, as they lie anywhere. */

#include "analysis/prof-frames.h"
#include "analysis/prof-stack-sums.h"
#include "base/prof-vec.h"

G_BEGIN_DECLS

typedef struct
{
  /* Lent */
  const ProfStackNode   *nodes;
  const ProfStackTotals *totals;

  uint64_t    least; /* nodes that weigh less are passed by; 1 at first */
  ProfStackId node;  /* where it is; 0 at first */
  uint32_t    depth; /* of that; 0 for the empty stack */

  /* Owned: nodes of the path by depth */
  ProfVecU32 path;
} ProfStackWalk;

/* A node at which something was found. */
typedef struct
{
  ProfStackId node;
  uint32_t    depth;
} ProfStackMark;

/* @profile and @totals, which are of it, must outlive the walk. */
void prof_stack_walk_init (ProfStackWalk         *self,
                           ProfProfile           *profile,
                           const ProfStackTotals *totals);
void prof_stack_walk_clear (ProfStackWalk *self);

/* (transfer full): @n marks at no node. */
ProfStackMark *prof_stack_marks_new (size_t n);

/* Of a stack node: the sum of absolute values at it and below. */
static inline uint64_t
prof_stack_weight (const ProfStackTotals *totals, ProfStackId node)
{
  if (G_UNLIKELY (totals->weight != NULL))
    return totals->weight[node];
  return (uint64_t)totals->total[node];
}

/* The first of a row of siblings that weighs enough, or PROF_ID_NONE. */
static inline ProfStackId
prof_stack_walk_from (const ProfStackWalk *self, ProfStackId node)
{
  while (node != PROF_ID_NONE &&
         prof_stack_weight (self->totals, node) < self->least)
    node = self->nodes[node].next;
  return node;
}

static inline void
prof_stack_walk_enter (ProfStackWalk *self, ProfStackId node, uint32_t depth)
{
  ProfStackId next = self->nodes[node].next;

  if (next != PROF_ID_NONE)
    {
      __builtin_prefetch (&self->nodes[next]);
      __builtin_prefetch (&self->totals->total[next]);
    }
  if (G_UNLIKELY (depth >= self->path.length))
    prof_need_memory (prof_vec_u32_append (&self->path, node));
  self->path.data[depth] = node;
  self->node = node;
  self->depth = depth;
}

/* Goes on to the next node that weighs enough; at first that is any at which, or below,
 * something but zeros was measured. Nodes come before what is below them.
 * Returns: %false when there is none */
static inline bool
prof_stack_walk_next (ProfStackWalk *self)
{
  uint32_t    depth = self->depth + 1;
  ProfStackId next = prof_stack_walk_from (self,
                                           self->nodes[self->node].first_child);

  while (next == PROF_ID_NONE)
    {
      if (--depth == 0)
        return false;
      next = prof_stack_walk_from (self,
                                   self->nodes[self->path.data[depth]].next);
    }
  prof_stack_walk_enter (self, next, depth);
  return true;
}

/* Samples that end where it is or below. */
static inline int64_t
prof_stack_walk_total (const ProfStackWalk *self)
{
  return self->totals->total[self->node];
}

/* Whether what was found there is on the path. */
static inline bool
prof_stack_walk_has (const ProfStackWalk *self, ProfStackMark mark)
{
  return mark.depth <= self->depth && self->path.data[mark.depth] == mark.node;
}

static inline ProfStackMark
prof_stack_walk_mark (const ProfStackWalk *self)
{
  return (ProfStackMark){ self->node, self->depth };
}

typedef struct
{
  int64_t flat; /* samples whose innermost frame is in the group */
  int64_t cum;  /* samples with any frame in the group */
} ProfGroupSum;

/**
 * prof_stack_sum_groups:
 * @frames: of a profile with a stack table
 * @totals: of that profile, by @type
 * @groups: (nullable): for each frame the group it counts for, below
 *   @n_groups; %NULL when each is its own
 * @least: stack nodes that weigh less do not count for cum; 1 for all that count
 *
 * Returns: (transfer full): @n_groups sums, which saturate
 */
ProfGroupSum *prof_stack_sum_groups (const ProfFrames      *frames,
                                     const ProfStackTotals *totals,
                                     size_t                 type,
                                     const uint32_t        *groups,
                                     size_t                 n_groups,
                                     uint64_t               least);

G_END_DECLS
