/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/* How trees of frames grow, for prof-tree.c and others that make some. Of those that
 * do not grow from the root, who sows says which node each stack ends at; the rest,
 * from weights to preorder, is the same for all of them. */

#include "analysis/prof-frames-private.h"
#include "analysis/prof-tree.h"
#include "base/prof-vec.h"

G_BEGIN_DECLS

PROF_VEC_DEFINE (ProfVecNode, prof_vec_node, ProfNode)

struct _ProfTree
{
  gatomicrefcount ref_count;
  size_t          type;
  ProfTreeFlags   flags;
  uint32_t        height;
  bool            has_closed; /* nodes */

  /* Owned */
  ProfVecNode     nodes;
  ProfNodeWeight *weights; /* (nullable): by node */
  ProfChange     *changes; /* (nullable): by node */

  ProfChangeScale scale;

  /* Shared */
  ProfFrames *frames;
};

/* (transfer full): without nodes yet. */
ProfTree *prof_tree_alloc (ProfFrames   *frames,
                           size_t        type,
                           ProfTreeFlags flags);

/* How often progress is told, in stacks or frames. */
#define PROF_TREE_STEP 65536

/* A node while the tree grows, in order of creation. There are millions, and
 * memory that was not used before costs more than what is done with it: what is
 * not needed at the same time shares its place. */
typedef struct
{
  ProfFrameId frame;
  ProfNodeId  parent;
  ProfNodeId  first_child;
  ProfNodeId  next;
  union
  {
    struct
    {
      uint32_t n_children : 31;
      uint32_t inlined : 1; /* so far, every call */
    };
    ProfNodeId place; /* in the tree, once laid */
  };
} ProfTreeSeed;

/* The two sides of a comparison. */
typedef struct
{
  ProfChange change;
  uint64_t   before; /* sums of absolute values, of samples that end here */
  uint64_t   now;
} ProfTreeSides;

PROF_VEC_DEFINE (ProfVecSeed, prof_vec_seed, ProfTreeSeed)

/* Children of wide nodes: parent and frame to node. Open addressing, at most
 * half full. */
typedef struct
{
  ProfNodeId *slots;
  size_t      n_slots; /* a power of two, or 0 */
  size_t      n_used;
} ProfTreeChildMap;

typedef struct
{
  /* Owned */
  ProfVecSeed      seeds;
  ProfTreeChildMap map;
  ProfNodeId      *of_stack; /* stack node -> seed of its innermost frame */
  uint64_t        *weights;  /* of the seeds */
  ProfTreeSides   *sides;    /* (nullable): of the seeds, when compared */
  uint32_t        *ranks;    /* of the frames' names */
  GThread         *ranking;  /* (nullable): makes ranks */

  /* No value is negative, and none was cut when they were added. */
  bool weights_are_sums;

  ProfTreeFlags flags;
  uint64_t      n_steps; /* frames walked with the leaves first */
  uint64_t      max_steps;
  size_t        max_nodes;

  /* Lent */
  ProfFrames   *frames;
  ProfProfile  *profile;
  ProfProgress *progress;
} ProfTreeGrower;

/**
 * ProfTreeSow:
 * @data: of prof_tree_grow()
 *
 * Begins, and gives each stack node the seed of the samples that end there, in
 * grower->of_stack; what is PROF_ID_NONE is not part of the tree.
 */
typedef bool (*ProfTreeSow) (ProfTreeGrower *grower,
                             size_t          type,
                             const void     *data,
                             GError        **error);

/* The tree that @sow sows; see prof_tree_new_with(). */
ProfTree *prof_tree_grow (ProfFrames   *frames,
                          size_t        type,
                          ProfTreeFlags flags,
                          ProfTreeSow   sow,
                          const void   *data,
                          ProfProgress *progress,
                          GError      **error);

/* Sows the root, seed 0, and no stack yet.
 * @frame: of the root, or PROF_ID_NONE */
bool prof_tree_grower_begin (ProfTreeGrower *grower,
                             ProfFrameId     frame,
                             GError        **error);

/* Moves @node to its child for one frame more; to itself, where recursion is
 * collapsed. */
bool prof_tree_grower_step (ProfTreeGrower *grower,
                            ProfFrameId     frame,
                            bool            inlined,
                            ProfNodeId     *node,
                            GError        **error);

/* The same for all frames of a location, outermost first. */
bool prof_tree_grower_descend (ProfTreeGrower *grower,
                               ProfLocationId  location,
                               ProfNodeId     *node,
                               GError        **error);

/* The same for all frames of a stack, innermost first; counts n_steps, which
 * have a limit. */
bool prof_tree_grower_climb (ProfTreeGrower *grower,
                             ProfStackId     stack,
                             ProfNodeId     *node,
                             GError        **error);

/* Sets @error; always false. */
bool prof_tree_grower_no_memory (GError **error);

/* The tree of all samples: of flags and values for which prof_tree_grow_wide() does
 * not do. */
ProfTree *prof_tree_grow_sown (ProfFrames   *frames,
                               size_t        type,
                               ProfTreeFlags flags,
                               ProfProgress *progress,
                               GError      **error);

/* Grows what is at least @least of the weight of all, see prof_tree_new_wide(), or
 * all for 0; only what has no negative value, and is not too much together. */
bool prof_tree_grow_wide (ProfTree              *self,
                          const ProfStackTotals *totals,
                          double                 least,
                          ProfProgress          *progress,
                          GError               **error);

/* See prof_tree_new_wide(); by the frames' type. */
ProfTree *prof_tree_new_wide_of (ProfFrames   *frames,
                                 ProfTreeFlags flags,
                                 double        least,
                                 ProfProgress *progress,
                                 GError      **error);

/* Packages are weighed on a thread of their own; (nullable): to be joined. */
GThread *prof_tree_begin_packages (ProfFrames *frames);

G_END_DECLS
