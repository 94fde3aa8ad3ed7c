/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/* Values of one type on the stack table, by node. Who counts frames once for
 * each path reads prof-stack-walk.h instead. */

#include "model/prof-profile.h"

G_BEGIN_DECLS

/* Stacks of a profile below which a thread costs more than it saves. */
#define PROF_THREAD_FROM_STACKS 32768

/* Of the samples that end at a node, and of those that end at it or below. */
typedef struct
{
  int64_t own;
  int64_t total;
} ProfStackSum;

/* Sums saturate. */
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

/* Whether any sample has a value below 0. */
bool prof_stack_sums_have_negative (ProfProfile *profile, size_t type);

/* Whether anything but zeros was measured at a node or below. */
static inline bool
prof_stack_sums_any (const ProfStackSums *self, ProfStackId node)
{
  if (self->weight != NULL)
    return self->weight[node] != 0;
  return self->nodes[node].total != 0;
}

/* Only what is at a node or below it: half the memory. Shared by whoever asks for
 * it of one profile and type. */
typedef struct
{
  gatomicrefcount ref_count;
  int64_t        *total;
  uint64_t       *weight; /* as above */
} ProfStackTotals;

/**
 * prof_stack_totals_new:
 *
 * Cost: a pass over the samples and one over the stack table.
 *
 * Returns: (transfer full) (nullable): %NULL when memory is refused
 */
ProfStackTotals *prof_stack_totals_new (ProfProfile *profile, size_t type);
ProfStackTotals *prof_stack_totals_ref (ProfStackTotals *self);
void             prof_stack_totals_unref (ProfStackTotals *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ProfStackTotals, prof_stack_totals_unref)

/**
 * prof_stack_sums_marks:
 *
 * Only whether anything but zeros was measured at a node or below: an eighth of
 * the time of sums.
 *
 * Returns: (transfer full) (nullable): for each node; %NULL when memory is
 *   refused
 */
bool *prof_stack_sums_marks (ProfProfile *profile, size_t type);

G_END_DECLS
