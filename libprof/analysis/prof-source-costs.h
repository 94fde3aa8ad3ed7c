/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/* What one function costs line by line, with what was inlined into each line, and
 * where on the stacks the heaviest of it is. */

#include "analysis/prof-frames.h"

G_BEGIN_DECLS

/* Levels of inlining that are told apart; what is inlined deeper counts for the
 * last of them. */
#define PROF_SOURCE_MAX_LEVELS 16

typedef struct _ProfSourceCosts ProfSourceCosts;

typedef struct
{
  ProfFrameId  frame; /* the function, or what was inlined into it */
  uint32_t     level; /* 0 for a line of the function; 1 for what was inlined
                       * there, 2 for what was inlined into that */
  ProfStringId file;  /* as in the profile; 0 where unknown */
  int64_t      line;  /* in that file; 0 where unknown */
  int64_t      flat;  /* of samples that ended on it; saturates */
  int64_t      cum;   /* of those that were on it, each once; saturates */
  size_t       first; /* into prof_source_costs_path() */
  size_t       n_frames;
} ProfSourceCost;

/**
 * prof_source_costs_new:
 * @type: which value of the samples; costs are in its unit
 * @frame: of @frames
 *
 * Order: lines by file and line, each followed by what was inlined into it, by
 *   falling |cum|, in preorder.
 * Shape: nothing that costs nothing; empty for what has no function.
 * Cost: a few passes over the stack table.
 *
 * Returns: (transfer full): the costs
 */
ProfSourceCosts *prof_source_costs_new (ProfFrames *frames,
                                        size_t      type,
                                        ProfFrameId frame);
void             prof_source_costs_free (ProfSourceCosts *self);

const ProfSourceCost *prof_source_costs_get (const ProfSourceCosts *self,
                                             size_t                *n);

/**
 * prof_source_costs_path:
 * @n: (out): how many; 0 where stacks were too deep to be kept
 *
 * Returns: (transfer none): frames from the outermost down to that of @cost, as
 *   the heaviest of the stack table's paths has them
 */
const ProfFrameId *prof_source_costs_path (const ProfSourceCosts *self,
                                           const ProfSourceCost  *cost,
                                           size_t                *n);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ProfSourceCosts, prof_source_costs_free)

G_END_DECLS
