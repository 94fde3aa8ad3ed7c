/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/* One function between those that call it and those it calls: two trees that
 * have it for a root. A stack is cut where the function is first on it, seen
 * from outside; what is above goes to the callers' tree, what is below to the
 * callees'. So each stack counts once, the total of both roots is the function's
 * cum, and a function that calls itself is among its own callees. */

#include "analysis/prof-tree.h"

G_BEGIN_DECLS

/**
 * prof_sandwich_callees:
 * @frame: of @frames
 * @flags: as for prof_tree_new_with(), without %PROF_TREE_LEAF_FIRST
 *
 * The paths below a function.
 *
 * Shape: as all trees, but that the root is the function and has its frame: its
 *   self is what was measured in it, recursive calls apart. A function that is
 *   on no stack gives a root alone.
 * Cost: linear in stack nodes.
 *
 * Returns: (transfer full): the tree, or %NULL as by prof_tree_new()
 */
ProfTree *prof_sandwich_callees (ProfFrames   *frames,
                                 size_t        type,
                                 ProfFrameId   frame,
                                 ProfTreeFlags flags,
                                 ProfProgress *progress,
                                 GError      **error);

/**
 * prof_sandwich_callers:
 *
 * The paths above a function, upside down: a node's children are its callers.
 * The tree has %PROF_TREE_LEAF_FIRST among its flags, and its self values mean
 * what they do there; the root's is that of stacks which begin with the function.
 *
 * Cost: linear in stack nodes and in the frames above each call of the function.
 *
 * Returns: (transfer full): the tree, or %NULL as by prof_tree_new_with()
 */
ProfTree *prof_sandwich_callers (ProfFrames   *frames,
                                 size_t        type,
                                 ProfFrameId   frame,
                                 ProfTreeFlags flags,
                                 ProfProgress *progress,
                                 GError      **error);

G_END_DECLS
