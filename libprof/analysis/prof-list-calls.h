/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/* What calls listed stacks make, for prof-list-marks: the frames that are kept have
 * numbers from 1; 0 is nobody. */

#include "analysis/prof-call-table.h"
#include "analysis/prof-frames.h"
#include "model/prof-stack-list.h"

G_BEGIN_DECLS

/* The kept frames of a mention; 0 and 0 where there are none. */
typedef struct
{
  uint32_t outer; /* the outermost of them */
  uint32_t inner; /* the innermost */
} ProfListRow;

/* Shared by all threads, and only read then. */
typedef struct
{
  const ProfStackList *list;
  const int64_t       *values; /* of the samples, this one of each */
  size_t               n_types;
  int64_t              heavy;  /* what a call must weigh to count; above 0 */
  uint32_t             n_kept; /* numbers are from 1 to this */

  /* Owned; by mention */
  ProfListRow *rows;
  uint32_t    *first_within; /* and one more, into @within */
  bool        *is_inlined; /* the outermost kept frame is, into one that is not
                              * kept */

  /* Owned */
  uint32_t     *number_of; /* each frame, or 0 */
  ProfVecU32    within;    /* calls between frames of a mention, of @table, from
                            * the outermost one on */
  ProfCallTable table;
} ProfListCalls;

/* @kept: for each frame. */
void prof_list_calls_init (ProfListCalls    *self,
                           const ProfFrames *frames,
                           const bool       *kept,
                           size_t            type,
                           int64_t           heavy);
void prof_list_calls_clear (ProfListCalls *self);

/* Whether any call is inlined. */
bool prof_list_calls_any_inlined (const ProfListCalls *self);

/**
 * prof_list_calls_weigh_inlined:
 *
 * Returns: the inlined calls that are heavy, counting only samples in which they are
 *   inlined, in no order; to be cleared
 */
ProfVecCallCell prof_list_calls_weigh_inlined (const ProfListCalls *self);

/* An entry's mention. */
static inline G_ALWAYS_INLINE uint32_t
prof_list_mention (const ProfStackBlock *block,
                   size_t                entry,
                   const bool            is_wide)
{
  return is_wide ? prof_stack_block_wide (block, entry)
                 : prof_stack_block_narrow (block, entry);
}

G_END_DECLS
