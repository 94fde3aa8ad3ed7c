/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/* Everything that the window's views read about one question to one profile:
 * frames, call tree, top table, colours, and the ways from one to another. Made
 * as a whole on a worker thread and never changed after, so views
 * and threads share it by reference. */

#include "viewer-question.h"

G_BEGIN_DECLS

typedef struct _ViewerResult ViewerResult;

struct _ViewerResult
{
  gatomicrefcount ref_count;

  /* Shared, a reference each */
  ViewerQuestion *question;
  ProfAnswer     *answer;
  ProfProfile    *profile; /* what the question leaves */
  ProfFrames     *frames;
  ProfTree       *tree;
  ProfTop        *top;         /* every function */
  ProfPalette    *palettes[2]; /* by ProfTheme */

  /* Owned */
  char **label_keys; /* of labels that can be grouped by; UTF-8 */
  char  *unit;       /* of the type; UTF-8 on one line */

  /* Owned by all in other colours: of g_atomic_rc_box_alloc() */
  size_t     *first_node;     /* by frame, and one more: into nodes_by_frame */
  ProfNodeId *nodes_by_frame; /* preorder within a frame */
  uint32_t   *row_by_frame;   /* of rows, or PROF_ID_NONE */

  /* Of top; of a comparison every function by falling change of flat, and values
   * are what is now less what was before. Lent. */
  const ProfTopRow *rows;
  size_t            n_rows;

  /* Of a comparison, shared, else NULL: both sides of each function as self and
   * total, by frame, and the rows. */
  GArray *changes;     /* ProfChange */
  GArray *change_rows; /* ProfTopRow */

  ProfChange all; /* of a comparison: what shares of each side are of */

  guint64 serial; /* of no other result; one in other colours has the same */
  size_t  type;
  int64_t total; /* what percentages are of: all, before any filter */
  int64_t shown; /* what is left of it */

  /* Magnitudes, of nodes below the root */
  int64_t largest_total;
  int64_t largest_self;
};

/**
 * viewer_result_new:
 * @profile: as read; one without types gives a tree that is its root alone
 * @question: a reference is kept
 * @coloring: (nullable): how frames are coloured
 * @sketch_from: stack nodes from which on it is a sketch: its tree has what is wide
 *   enough to be seen, where it can be grown so; see viewer_result_completed()
 * @progress: (nullable): told how far the work is; can stop it
 *
 * A profile that has a base in it, see prof_has_base(), is one that is compared.
 *
 * Returns: (transfer full): the result, or %NULL with @error set as by
 *   prof_answer_new(), prof_tree_new() or prof_diff_new_for()
 */
ViewerResult *viewer_result_new (ProfProfile        *profile,
                                 ViewerQuestion     *question,
                                 const ProfColoring *coloring,
                                 size_t              sketch_from,
                                 ProfProgress       *progress,
                                 GError            **error);

/* (transfer full): the same result with the whole tree, or %NULL as by
 * prof_tree_new(). Takes as long as growing that. */
ViewerResult *viewer_result_completed (const ViewerResult *sketch,
                                       ProfProgress       *progress,
                                       GError            **error);

/* (transfer full): the same result in other colours. */
ViewerResult *viewer_result_recolored (const ViewerResult *self,
                                       const ProfColoring *coloring);

/* (transfer full): the same result with another tree of its frames. It has
 * neither nodes by frame nor rows nor largest values: viewer_result_nodes(),
 * _heaviest() and _row() are not for it. */
ViewerResult *viewer_result_with_tree (const ViewerResult *self,
                                       ProfTree           *tree);

ViewerResult *viewer_result_ref (ViewerResult *self);
void          viewer_result_unref (ViewerResult *self);

/* Nodes of a frame in preorder. */
const ProfNodeId *viewer_result_nodes (const ViewerResult *self,
                                       ProfFrameId         frame,
                                       size_t             *n);

/* The node of a frame with the largest weight, the first of equals, or
 * PROF_ID_NONE. */
ProfNodeId viewer_result_heaviest (const ViewerResult *self, ProfFrameId frame);

/* (nullable): both sides of a function; %NULL where nothing is compared. */
const ProfChange *viewer_result_change (const ViewerResult *self,
                                        ProfFrameId         frame);

/* (nullable): the same of a node, in its place on the stacks. */
const ProfChange *viewer_result_node_change (const ViewerResult *self,
                                             ProfNodeId          node);

/* How much of a change two values are, as prof_change_step() has it. */
int viewer_result_step (const ViewerResult *self, int64_t before, int64_t now);

/* Flat and cum of a frame; %NULL when it has neither. */
const ProfTopRow *viewer_result_row (const ViewerResult *self,
                                     ProfFrameId         frame);

/**
 * viewer_result_focus_path:
 * @node: of the tree
 *
 * Returns: (transfer full) (nullable): the way from the root to a node, as the
 *   query's "focus-path" takes it; %NULL where the tree begins with leaves or
 *   its frames are no functions, and for the root
 */
char *viewer_result_focus_path (const ViewerResult *self, ProfNodeId node);

/* How many samples a value stands for, when the profile says so: through a
 * sample type that counts them, or through its period. -1 when unknown, and for values
 * that are counts themselves. */
int64_t viewer_result_n_samples (const ViewerResult *self, int64_t value);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ViewerResult, viewer_result_unref)

G_END_DECLS
