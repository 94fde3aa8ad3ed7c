/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/* Who calls a function and whom it calls, over all stacks: for whoever has no tree
 * that is whole, in whose nodes they could be found. */

#include "analysis/prof-frames.h"
#include "base/prof-vec.h"

G_BEGIN_DECLS

typedef struct
{
  ProfFrameId frame; /* PROF_ID_NONE: nobody, stacks begin with it */
  int64_t     total; /* of the calls; each stack counted once */
} ProfNeighbour;

PROF_VEC_DEFINE (ProfVecNeighbour, prof_vec_neighbour, ProfNeighbour)

/* By falling magnitude, then by frame. All zeros is none. */
typedef struct
{
  ProfVecNeighbour callers;
  ProfVecNeighbour callees;
} ProfNeighbours;

/**
 * prof_neighbours_find:
 * @frame: of @frames
 * @found: (out caller-allocates): to be cleared
 *
 * Source: pprof internal/graph/graph.go, newGraph(): a stack that holds the same
 *   call twice counts once. Other than there, a call of a function to itself is one.
 * Cost: a walk over the stack table.
 */
void prof_neighbours_find (ProfFrames     *frames,
                           ProfFrameId     frame,
                           ProfNeighbours *found);

void prof_neighbours_clear (ProfNeighbours *self);

G_END_DECLS
