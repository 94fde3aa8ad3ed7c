/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/* Who calls whom, and how much of the measuring was on the way: calls between
 * frames, added up from the stack table in one walk. Where frames are left out,
 * a call goes from the next one outwards that is not. For prof-graph. */

#include "analysis/prof-stack-walk.h"
#include "base/prof-vec.h"

G_BEGIN_DECLS

typedef struct
{
  uint32_t source;  /* the caller */
  uint32_t target;  /* the callee */
  int64_t  weight;  /* samples with the call on their stack, each once */
  int64_t  divisor; /* the same of what means are divided by; 0: none */
  bool     inlined; /* each time */
  bool residual;    /* at least once over frames that were left out; if asked */
} ProfCall;

PROF_VEC_DEFINE (ProfVecCall, prof_vec_call, ProfCall)

/**
 * prof_calls_find:
 * @kept: for each frame whether it is there
 * @wanted: for each frame whether calls to it are wanted
 * @finds_residual: whether to find out which calls are residual; if not, none
 *   seems to be
 * @totals: of the profile of @frames
 * @divisors: (nullable): what means are divided by, value by value
 *
 * Source: pprof internal/graph/graph.go, newGraph(): a call counts once for a
 *   sample, and its first occurrence from the root says whether it is inlined or
 *   residual. Calls from a frame to itself do not count.
 *
 * Returns: the calls, sources and targets being frames, in order of first use;
 *   to be cleared
 */
ProfVecCall prof_calls_find (const ProfFrames      *frames,
                             const bool            *kept,
                             const bool            *wanted,
                             bool                   finds_residual,
                             const ProfStackTotals *totals,
                             const ProfStackTotals *divisors);

/**
 * prof_calls_find_inlined:
 * @cutoff: what calls must weigh to be heard
 *
 * What it takes to know which frames are inlined: every call that is inlined
 * somewhere, and of the other calls to the same frames enough to tell whether one
 * weighs @cutoff or more; what others weigh may be less than all.
 *
 * Returns: as prof_calls_find()
 */
ProfVecCall prof_calls_find_inlined (const ProfFrames      *frames,
                                     const bool            *kept,
                                     const ProfStackTotals *totals,
                                     uint64_t               cutoff);

G_END_DECLS
