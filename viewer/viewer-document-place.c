/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* Where one is in a document: selection, zoom, the middle of the sandwich, and where
 * one was before. */

#include "viewer-document-private.h"

ViewerSelection
viewer_document_get_selection (ViewerDocument *self)
{
  return self->place.selection;
}

void
viewer_document_select (ViewerDocument *self,
                        ProfNodeId      node,
                        ProfNodeId      end,
                        bool            reveal)
{
  g_return_if_fail (VIEWER_IS_DOCUMENT (self));
  g_return_if_fail (self->result != NULL);
  g_return_if_fail (node < prof_tree_n_nodes (self->result->tree));

  self->place.selection = viewer_place_selection_of (self->result, node, end);
  viewer_document_tell (self,
                        reveal
                            ? VIEWER_CHANGED_SELECTION | VIEWER_CHANGED_REVEAL
                            : VIEWER_CHANGED_SELECTION);
}

void
viewer_document_select_frame (ViewerDocument *self, ProfFrameId frame)
{
  g_return_if_fail (VIEWER_IS_DOCUMENT (self));
  g_return_if_fail (self->result != NULL);

  ProfNodeId node = viewer_result_heaviest (self->result, frame);

  if (node != PROF_ID_NONE && self->place.selection.frame != frame)
    viewer_document_select (self, node, 0, true);
}

void
viewer_document_unselect (ViewerDocument *self)
{
  g_return_if_fail (VIEWER_IS_DOCUMENT (self));

  if (self->place.selection.node == PROF_ID_NONE)
    return;
  self->place.selection = viewer_place_selection_of (self->result,
                                                     PROF_ID_NONE,
                                                     0);
  viewer_document_tell (self, VIEWER_CHANGED_SELECTION);
}

/* Zoom */

ViewerZoom
viewer_document_get_zoom (ViewerDocument *self)
{
  return self->place.zoom;
}

bool
viewer_document_is_zoomed (ViewerDocument *self)
{
  if (self->result == NULL)
    return false;

  return viewer_place_is_part (self->result, &self->place.zoom);
}

static bool
same_zoom (const ViewerZoom *a, const ViewerZoom *b)
{
  return a->start == b->start && a->end == b->end && a->root == b->root;
}

/* Where one is becomes the past, before the place changes; steps of one gesture
 * have the past of the first. */
static void
begin_step (ViewerDocument *self, bool gesture)
{
  /* One cannot be on the way to the past and go on. */
  if (self->job != NULL && self->job->steps != 0)
    viewer_document_cancel (self);
  if (self->job != NULL)
    self->job->way = 0;
  viewer_history_leave (self->history, self->result, &self->place, gesture);
}

static void
set_zoom (ViewerDocument *self, ViewerZoom zoom, bool gesture)
{
  if (same_zoom (&zoom, &self->place.zoom))
    return;
  begin_step (self, gesture);
  self->place.zoom = zoom;
  viewer_document_tell (self,
                        gesture ? VIEWER_CHANGED_ZOOM | VIEWER_CHANGED_GESTURE
                                : VIEWER_CHANGED_ZOOM);
}

/* Center */

ProfFrameId
viewer_document_get_center (ViewerDocument *self)
{
  if (self->place.center != PROF_ID_NONE || self->result == NULL ||
      self->result->n_rows == 0)
    return self->place.center;
  return self->result->rows[0].frame;
}

void
viewer_document_set_center (ViewerDocument *self,
                            ProfFrameId     frame,
                            bool            gesture)
{
  g_return_if_fail (VIEWER_IS_DOCUMENT (self));
  g_return_if_fail (self->result != NULL);

  ProfNodeId node = viewer_result_heaviest (self->result, frame);

  if (frame == viewer_document_get_center (self))
    {
      viewer_document_select_frame (self, frame);
      return;
    }
  begin_step (self, gesture);
  self->place.center = frame;
  if (node != PROF_ID_NONE && self->place.selection.frame != frame)
    self->place.selection = viewer_place_selection_of (self->result, node, 0);
  viewer_document_tell (self,
                        VIEWER_CHANGED_CENTER | VIEWER_CHANGED_SELECTION |
                            VIEWER_CHANGED_REVEAL);
}

void
viewer_document_center_selection (ViewerDocument *self)
{
  g_return_if_fail (VIEWER_IS_DOCUMENT (self));

  ProfFrameId frame = self->place.selection.frame;

  if (frame == PROF_ID_NONE || frame == self->place.center)
    return;
  if (self->place.center != PROF_ID_NONE)
    begin_step (self, false);
  self->place.center = frame;
  viewer_document_tell (self, VIEWER_CHANGED_CENTER);
}

void
viewer_document_zoom_to_node (ViewerDocument *self, ProfNodeId node)
{
  g_return_if_fail (VIEWER_IS_DOCUMENT (self));
  g_return_if_fail (self->result != NULL);

  set_zoom (self, viewer_place_zoom_of (self->result, node), false);
}

/* The zoom root as long as the range lies within it, else the ancestor that
 * holds the range. */
static ProfNodeId
root_of_range (ViewerDocument *self, double start, double end)
{
  const ProfTree *tree = self->result->tree;
  const ProfNode *nodes = prof_tree_nodes (tree);
  ProfNodeId      root = self->place.zoom.root;
  uint64_t        begins = prof_tree_start (tree, root);

  for (; root != 0; root = nodes[root].parent)
    {
      double weight = (double)prof_tree_weight (tree, root);

      if (start >= (double)begins && end <= (double)begins + weight)
        break;
      begins -= prof_tree_start_in_parent (tree, root);
    }
  return root;
}

void
viewer_document_zoom_to_range (ViewerDocument *self,
                               double          start,
                               double          end,
                               bool            gesture)
{
  g_return_if_fail (VIEWER_IS_DOCUMENT (self));
  g_return_if_fail (self->result != NULL);

  ViewerZoom zoom = viewer_place_zoom_of_range (self->result, start, end);

  zoom.root = root_of_range (self, zoom.start, zoom.end);
  set_zoom (self, zoom, gesture);
}

void
viewer_document_zoom_to_selection (ViewerDocument *self)
{
  g_return_if_fail (VIEWER_IS_DOCUMENT (self));

  ViewerSelection selection = self->place.selection;

  if (self->result == NULL || selection.node == PROF_ID_NONE)
    return;
  if (selection.end != 0)
    set_zoom (self,
              viewer_place_zoom_into_strip (self->result,
                                            selection.node,
                                            selection.end,
                                            &self->place.zoom),
              false);
  else
    viewer_document_zoom_to_node (self, selection.node);
}

void
viewer_document_zoom_home (ViewerDocument *self)
{
  g_return_if_fail (VIEWER_IS_DOCUMENT (self));

  if (self->result != NULL)
    set_zoom (self, viewer_place_zoom_of (self->result, 0), false);
}

/* Steps that are being gone already. */
static int
pending_steps (ViewerDocument *self)
{
  return self->job != NULL ? self->job->steps : 0;
}

/* A question is a step as soon as it is asked, and nothing is ahead of it. */
static bool
is_asking (ViewerDocument *self)
{
  return self->job != NULL && !viewer_document_is_opening (self) &&
         self->job->steps == 0 && !self->job->quiet;
}

bool
viewer_document_can_go (ViewerDocument *self, int direction)
{
  int pending = pending_steps (self) * direction;

  if (is_asking (self))
    return direction < 0;
  return self->result != NULL &&
         viewer_history_n (self->history, direction) > (size_t)MAX (pending, 0);
}

void
viewer_document_go (ViewerDocument *self, int direction)
{
  int               steps = pending_steps (self) + direction;
  const ViewerPast *past;

  g_return_if_fail (VIEWER_IS_DOCUMENT (self));

  if (is_asking (self) && direction > 0)
    return;
  if (is_asking (self))
    steps = self->job->way;
  if (steps == 0)
    {
      viewer_document_cancel (self);
      return;
    }
  if (self->result == NULL || viewer_document_is_opening (self) ||
      viewer_history_n (self->history, steps) < (size_t)ABS (steps))
    return;
  past = viewer_history_peek (self->history, steps);
  viewer_history_end_gesture (self->history);
  if (!viewer_question_equal (viewer_past_question (past),
                              self->result->question))
    {
      viewer_document_start_asking (self,
                                    viewer_past_question (past),
                                    steps,
                                    false);
      return;
    }
  viewer_document_cancel (self);

  g_autoptr (ViewerPast) taken = viewer_history_walk (self->history,
                                                      self->result,
                                                      &self->place,
                                                      steps);

  self->place = viewer_past_find (taken, self->result);
  viewer_document_tell (self,
                        VIEWER_CHANGED_ZOOM | VIEWER_CHANGED_SELECTION |
                            VIEWER_CHANGED_CENTER);
}
