/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/* Who calls a function and whom it calls, over all its occurrences. */

#include "viewer-result.h"

G_BEGIN_DECLS

typedef struct
{
  ProfFrameId frame; /* PROF_ID_NONE: the root called it */
  ProfNodeId
           node; /* heaviest occurrence: where a link leads; PROF_ID_NONE: it is
                      * in no node of a tree that is not whole */
  uint64_t node_weight;
  int64_t  total; /* of the calls; each stack counted once */
} ViewerNeighbour;

typedef struct
{
  GArray *callers; /* ViewerNeighbour, by falling |total| */
  GArray *callees; /* the same */
} ViewerNeighbours;

/**
 * viewer_neighbours_new:
 *
 * Shape: a caller's node is the occurrence of the caller, a callee's node that
 *   of the callee.
 * Cost: linear in occurrences and their children; where the tree is not whole, a walk
 *   over the stack table.
 * Source: sums agree with pprof's edges: a stack that holds the same call twice
 *   counts once.
 *
 * Returns: (transfer full): callers and callees
 */
ViewerNeighbours *viewer_neighbours_new (const ViewerResult *result,
                                         ProfFrameId         frame);
void              viewer_neighbours_free (ViewerNeighbours *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ViewerNeighbours, viewer_neighbours_free)

G_END_DECLS
