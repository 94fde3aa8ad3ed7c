/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/* Everything that the window's views read about one sample type of one
 * profile: frames, call tree, top table, colours, and the ways from one to
 * another. Made as a whole on a worker thread and never changed after, so views
 * and threads share it by reference. */

#include "prof.h"

G_BEGIN_DECLS

typedef struct _ViewerResult ViewerResult;

struct _ViewerResult
{
  gatomicrefcount ref_count;

  /* Shared, a reference each */
  ProfProfile *profile;
  ProfFrames  *frames;
  ProfTree    *tree;
  ProfTop     *top;         /* every function */
  ProfPalette *palettes[2]; /* by ProfTheme */

  /* Owned */
  size_t     *first_node;     /* by frame, and one more: into nodes_by_frame */
  ProfNodeId *nodes_by_frame; /* preorder within a frame */
  uint32_t   *row_by_frame;   /* of top, or PROF_ID_NONE */

  size_t      type;
  const char *unit;  /* of the type; lent by the profile */
  int64_t     total; /* what percentages are of */
};

/**
 * viewer_result_new:
 * @type: below prof_profile_n_types(); a profile without types gives a tree
 *   that is its root alone
 * @progress: (nullable): told how far the work is; can stop it
 *
 * Returns: (transfer full): the result, or %NULL with @error set as by
 *   prof_tree_new()
 */
ViewerResult *viewer_result_new (ProfProfile  *profile,
                                 size_t        type,
                                 ProfProgress *progress,
                                 GError      **error);

ViewerResult *viewer_result_ref (ViewerResult *self);
void          viewer_result_unref (ViewerResult *self);

/* Nodes of a frame in preorder. */
const ProfNodeId *viewer_result_nodes (const ViewerResult *self,
                                       ProfFrameId         frame,
                                       size_t             *n);

/* The node of a frame with the largest weight, the first of equals, or
 * PROF_ID_NONE. */
ProfNodeId viewer_result_heaviest (const ViewerResult *self, ProfFrameId frame);

/* Flat and cum of a frame; %NULL when it has neither. */
const ProfTopRow *viewer_result_row (const ViewerResult *self,
                                     ProfFrameId         frame);

/* How many samples a value stands for, when the profile says so: through a
 * sample type that counts them, or through its period. -1 when unknown, and for values
 * that are counts themselves. */
int64_t viewer_result_n_samples (const ViewerResult *self, int64_t value);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ViewerResult, viewer_result_unref)

G_END_DECLS
