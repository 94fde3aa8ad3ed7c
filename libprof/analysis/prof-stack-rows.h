/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/* The stack table in preorder: a row for each node, behind it those of its
 * children, for whoever keeps places in it. Sums are had without: prof-stack-walk.h. */

#include "analysis/prof-frames.h"

G_BEGIN_DECLS

typedef struct
{
  ProfLocationId location; /* PROF_ID_NONE for row 0, the empty stack */
  uint32_t       size;     /* rows: its own and those below */
  int64_t        total;    /* of samples that end here or below */
} ProfStackRow;

/* With the values of one type. Sums saturate. Not of a profile whose stacks are
 * listed. */
typedef struct
{
  ProfProfile *profile; /* lent */
  size_t       type;

  /* Owned */
  ProfStackRow *rows;
  size_t        n;
  uint64_t     *weight; /* totals of absolute values; NULL where no value is
                         * negative, as the totals are the same then */
} ProfStackRows;

/* @profile must outlive the rows. */
void prof_stack_rows_init (ProfStackRows *self,
                           ProfProfile   *profile,
                           size_t         type);
void prof_stack_rows_clear (ProfStackRows *self);

/* Whether nothing but zeros was measured at a row and below: go on behind it. */
static inline bool
prof_stack_rows_is_zero (const ProfStackRows *self, size_t row)
{
  if (self->weight != NULL)
    return self->weight[row] == 0;
  return self->rows[row].total == 0;
}

G_END_DECLS
