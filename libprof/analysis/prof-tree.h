/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/* The call tree: samples added up along their call paths, inlined calls as
 * frames of their own. */

#include "analysis/prof-change.h"
#include "analysis/prof-frames.h"
#include "base/prof-error.h"
#include "base/prof-limits.h"
#include "base/prof-progress.h"

G_BEGIN_DECLS

typedef struct _ProfTree ProfTree;

typedef enum
{
  /* Every call of this node was inlined into its parent; in a tree with the
   * leaves first, every call of its parent into it. */
  PROF_NODE_INLINED = 1 << 0,
  /* What is below was not grown, whatever it is: the node is a leaf, and its self is
   * all it has. Only in trees of what is wide, see prof_tree_new_wide(). */
  PROF_NODE_CLOSED = 1 << 1,
} ProfNodeFlags;

/**
 * ProfTreeFlags:
 * @PROF_TREE_COLLAPSED: a function that calls itself is one node
 * @PROF_TREE_LEAF_FIRST: below the root are the functions in which something
 *   was measured, below each its callers; a node's self is what was measured
 *   in stacks that begin there, not in the function
 * @PROF_TREE_BY_NAME: siblings come by name alone, so that trees of two profiles
 *   have the same shape
 * @PROF_TREE_COMPARED: the samples of a base that was kept apart (see
 *   prof_has_base()) are what was before; each node gets a ProfChange, and its
 *   weight is the larger of both sides' self values added up
 * @PROF_TREE_WEIGHS_BEFORE: compared, with the weights of before; what is new
 *   is left out
 * @PROF_TREE_WEIGHS_NOW: compared, with the weights of now; what is gone is left
 *   out
 */
typedef enum
{
  PROF_TREE_PLAIN = 0,
  PROF_TREE_COLLAPSED = 1 << 0,
  PROF_TREE_LEAF_FIRST = 1 << 1,
  PROF_TREE_BY_NAME = 1 << 2,
  PROF_TREE_COMPARED = 1 << 3,
  PROF_TREE_WEIGHS_BEFORE = 1 << 4,
  PROF_TREE_WEIGHS_NOW = 1 << 5,
} ProfTreeFlags;

/* Nodes lie in preorder: node 0 is the root, a node's first child follows it,
 * its next sibling is at node + size. Siblings come by falling weight, then by
 * name (bytes), unless asked for by name. */
typedef struct
{
  int64_t     self;   /* without children; unit of the type */
  int64_t     total;  /* with children */
  ProfFrameId frame;  /* PROF_ID_NONE for the root, but of a function's tree */
  ProfNodeId  parent; /* PROF_ID_NONE for the root only */
  uint32_t    size;   /* nodes of the subtree, itself included */
  uint32_t    flags;  /* ProfNodeFlags */
} ProfNode;

/* How wide a node is: sums of absolute values. Without values below 0 that is its
 * total, and trees need not keep it. A node's children lie side by side from where it
 * begins. */
typedef struct
{
  uint64_t all;
  uint64_t children; /* together, at most as wide as the node */
} ProfNodeWeight;

/**
 * prof_tree_new:
 * @frames: names of what the nodes are; a reference is kept
 * @type: which value of each sample, below prof_profile_n_types()
 * @progress: (nullable): told how far the work is; can stop it
 *
 * Adds up the samples that share a call path. A function that calls itself
 * appears once per level, as in the stacks. Paths whose samples are all 0 are
 * left out.
 *
 * Shape: node 0 is the root ("all"); its weight is the total of the profile.
 * Units: those of prof_profile_type_unit().
 * Cost: linear in stack nodes and lines, and n log n for sorting siblings.
 *
 * Returns: (transfer full): the tree, or %NULL with @error set:
 *   %G_IO_ERROR_CANCELLED, or %PROF_ERROR_TOO_LARGE past
 *   %PROF_LIMIT_NODES
 */
ProfTree *prof_tree_new (ProfFrames   *frames,
                         size_t        type,
                         ProfProgress *progress,
                         GError      **error);

/**
 * prof_tree_new_with:
 *
 * Cost: with the leaves first, linear in the frames of all distinct stacks.
 *
 * Returns: (transfer full): another tree of the same samples, or %NULL as by
 *   prof_tree_new(); %PROF_ERROR_TOO_LARGE also past %PROF_LIMIT_STEPS
 */
ProfTree *prof_tree_new_with (ProfFrames   *frames,
                              size_t        type,
                              ProfTreeFlags flags,
                              ProfProgress *progress,
                              GError      **error);

/**
 * prof_tree_new_for:
 *
 * The tree of what a query has left, with its granularity; a function that calls
 * itself is one node where the query collapses recursion.
 *
 * Returns: (transfer full): the tree, or %NULL as by prof_tree_new()
 */
ProfTree *prof_tree_new_for (ProfAnswer   *answer,
                             ProfProgress *progress,
                             GError      **error);

/* The same with flags; where the query collapses recursion, that too. */
ProfTree *prof_tree_new_for_with (ProfAnswer   *answer,
                                  ProfTreeFlags flags,
                                  ProfProgress *progress,
                                  GError      **error);

/**
 * prof_tree_new_wide:
 * @least: 0 to 1
 *
 * The same without what is below nodes of less than @least of the whole: for a
 * picture in which they are too narrow to be told apart. They themselves are
 * there, closed, and count all they have as their own. With the leaves first, collapsed
 * recursion, compared, or with negative values it is the whole tree.
 *
 * Cost: linear in stack nodes, but most of it in the nodes that are wide enough.
 */
ProfTree *prof_tree_new_wide (ProfAnswer   *answer,
                              ProfTreeFlags flags,
                              double        least,
                              ProfProgress *progress,
                              GError      **error);

/**
 * prof_tree_new_whole:
 * @wide: of prof_tree_new_wide()
 *
 * Returns: (transfer full): the same tree of the same frames with nothing closed,
 *   or %NULL as by prof_tree_new()
 */
ProfTree *prof_tree_new_whole (const ProfTree *wide,
                               ProfProgress   *progress,
                               GError        **error);

ProfTree *prof_tree_ref (ProfTree *self);
void      prof_tree_unref (ProfTree *self);

ProfFrames   *prof_tree_frames (const ProfTree *self);
size_t        prof_tree_type (const ProfTree *self);
ProfTreeFlags prof_tree_flags (const ProfTree *self);
/* Whether no node is closed. */
bool prof_tree_is_whole (const ProfTree *self);

/* A limit that its profile was loaded under. */
uint64_t prof_tree_limit (const ProfTree *self, ProfLimit limit);

size_t          prof_tree_n_nodes (const ProfTree *self);
const ProfNode *prof_tree_nodes (const ProfTree *self);

/* (nullable): by node; %NULL where no value is below 0, no two sides are compared and
 * no sum was cut. See prof_node_weight(). */
const ProfNodeWeight *prof_tree_weights (const ProfTree *self);

/* Of a node and its children together.
 * @weights: prof_tree_weights() */
static inline uint64_t
prof_node_weight (const ProfNode       *nodes,
                  const ProfNodeWeight *weights,
                  ProfNodeId            node)
{
  return weights != NULL ? weights[node].all : (uint64_t)nodes[node].total;
}

/* Of a node's children. */
static inline uint64_t
prof_node_children_weight (const ProfNode       *nodes,
                           const ProfNodeWeight *weights,
                           ProfNodeId            node)
{
  if (weights != NULL)
    return weights[node].children;
  return (uint64_t)nodes[node].total - (uint64_t)nodes[node].self;
}

uint64_t prof_tree_weight (const ProfTree *self, ProfNodeId node);

/* Where a child begins whose left neighbour ends at @at: there, unless sums were cut
 * and it would end behind its parent. */
static inline uint64_t
prof_node_child_start (uint64_t at, uint64_t parent_end, uint64_t weight)
{
  return MIN (at, parent_end - weight);
}

/**
 * prof_tree_start:
 *
 * Cost: linear in its ancestors and the siblings before each.
 *
 * Returns: where a node begins on the root's line, from 0 to the root's weight
 */
uint64_t prof_tree_start (const ProfTree *self, ProfNodeId node);

/* The same, and where it ends, as parameters of layouts ask for. */
void prof_tree_extent (const ProfTree *self,
                       ProfNodeId      node,
                       double         *start,
                       double         *end);

/* Counted from where its parent begins; not of the root. */
uint64_t prof_tree_start_in_parent (const ProfTree *self, ProfNodeId node);

/* (nullable): by node what it was before and is now; %NULL where nothing is
 * compared. */
const ProfChange *prof_tree_changes (const ProfTree *self);

/* What the changes are measured against; all 0 where nothing is compared. */
const ProfChangeScale *prof_tree_change_scale (const ProfTree *self);

/* How many frames are above a node: 0 for the root. */
uint32_t prof_tree_depth (const ProfTree *self, ProfNodeId node);

/* Depth of the deepest node. */
uint32_t prof_tree_height (const ProfTree *self);

/* Whether @ancestor lies on the path from @node to the root, @node included. */
bool prof_tree_contains (const ProfTree *self,
                         ProfNodeId      ancestor,
                         ProfNodeId      node);

/* Display name of a node: prof_frames_display_name(), "all" for a root that is
 * no function. */
const char *prof_tree_name (const ProfTree *self, ProfNodeId node);

/**
 * prof_tree_find_path:
 * @frames: frames from the outermost down
 *
 * Returns: the node with that path, or the deepest of its ancestors that is
 *   there (0 when none is); for keeping a selection over a new query
 */
ProfNodeId prof_tree_find_path (const ProfTree    *self,
                                const ProfFrameId *frames,
                                size_t             n_frames);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ProfTree, prof_tree_unref)

G_END_DECLS
