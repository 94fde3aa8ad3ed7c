/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/* Where in a result one is: zoom, selection, and the function in the middle of
 * the sandwich. Nodes are those of one tree; in
 * another tree they are found again by the names on their path, which is how the
 * past is remembered. No widget. */

#include "viewer-result.h"

G_BEGIN_DECLS

/* Which part of the root's line fills the view. */
typedef struct
{
  double     start;
  double     end;
  ProfNodeId root; /* drawn bold; 0 for none */
} ViewerZoom;

typedef struct
{
  ProfNodeId  node;  /* PROF_ID_NONE: nothing is selected */
  ProfNodeId  end;   /* of a strip: the node behind its last; else 0 */
  ProfFrameId frame; /* of the node; PROF_ID_NONE for strips and the root */
} ViewerSelection;

typedef struct
{
  ViewerZoom      zoom;
  ViewerSelection selection;
  ProfFrameId     center; /* of the sandwich; PROF_ID_NONE: not chosen */
} ViewerPlace;

/* Everything, and nothing selected. @result: (nullable) */
ViewerPlace viewer_place_home (const ViewerResult *result);

ViewerZoom viewer_place_zoom_of (const ViewerResult *result, ProfNodeId node);

/**
 * viewer_place_zoom_into_strip:
 * @now: what is in view
 *
 * Siblings from @first to before @end. Where they fill the view already and are
 * too many to be told apart in it, the first part of it, so that asking again
 * gets to frames.
 */
ViewerZoom viewer_place_zoom_into_strip (const ViewerResult *result,
                                         ProfNodeId          first,
                                         ProfNodeId          end,
                                         const ViewerZoom   *now);

/* A range as near as possible: within the root's line, and not too small. Its
 * root is that of the line. */
ViewerZoom viewer_place_zoom_of_range (const ViewerResult *result,
                                       double              start,
                                       double              end);

/* Whether it is less than the whole line. */
bool viewer_place_is_part (const ViewerResult *result, const ViewerZoom *zoom);

ViewerSelection viewer_place_selection_of (const ViewerResult *result,
                                           ProfNodeId          node,
                                           ProfNodeId          end);

/* A place that outlives its tree. */
typedef struct _ViewerPast ViewerPast;

ViewerPast *viewer_past_new (const ViewerResult *result,
                             const ViewerPlace  *place);
void        viewer_past_free (ViewerPast *self);

/* (transfer none): what was asked there. */
ViewerQuestion *viewer_past_question (const ViewerPast *self);

/**
 * viewer_past_find:
 *
 * Returns: that place in a result: the same where it is the same result; else a
 *   zoom and a selection with the same names on their paths, or what of them is
 *   there, and the function of the same name
 */
ViewerPlace viewer_past_find (const ViewerPast   *self,
                              const ViewerResult *result);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ViewerPast, viewer_past_free)

G_END_DECLS
