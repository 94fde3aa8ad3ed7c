/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What part of the root's line is in view, how that changes, and how the
 * selection gets into it. */
#include "viewer-flame-canvas-private.h"

#include <math.h>

#define ZOOM_MS 150

/* A frame that was searched for should be at least this wide. */
#define MIN_REVEALED 24

static double
zoom_width (const ViewerZoom *zoom)
{
  return zoom->end - zoom->start;
}

/* Widths grow by the same factor each moment, around the point that both views
 * have in the same place. */
static ViewerZoom
mix_zoom (const ViewerZoom *from, const ViewerZoom *to, double t)
{
  ViewerZoom zoom = *to;
  double     old = zoom_width (from);
  double new = zoom_width (to);
  double width = old * pow (new / old, t);

  if (fabs (new / old - 1) < 1e-6)
    zoom.start = from->start + (to->start - from->start) * t;
  else
    {
      double fixed = (from->start * new - to->start *old) / (new - old);

      zoom.start = fixed - (fixed - from->start) / old * width;
    }
  zoom.end = zoom.start + width;
  return zoom;
}

static void
animate (double t, gpointer data)
{
  ViewerFlameCanvas *self = data;

  if (self->result == NULL)
    return;
  self->shown = t >= 1 ? self->to : mix_zoom (&self->from, &self->to, t);
  canvas_range_changed (self);
}

void
canvas_set_shown (ViewerFlameCanvas *self, ViewerZoom zoom)
{
  adw_animation_reset (self->animation);
  self->shown = self->from = self->to = zoom;
  canvas_range_changed (self);
}

void
canvas_animate_to (ViewerFlameCanvas *self, ViewerZoom zoom)
{
  /* What is shown is where the next one begins, also if that is half-way:
   * resetting goes to the beginning. */
  self->from = self->shown;
  self->to = zoom;
  adw_animation_reset (self->animation);
  adw_animation_play (self->animation);
}

void
canvas_add_animation (ViewerFlameCanvas *self)
{
  self->animation =
      adw_timed_animation_new (GTK_WIDGET (self),
                               0,
                               1,
                               ZOOM_MS,
                               adw_callback_animation_target_new (animate,
                                                                  self,
                                                                  NULL));
  adw_timed_animation_set_easing (ADW_TIMED_ANIMATION (self->animation),
                                  ADW_EASE_OUT_CUBIC);
}

void
canvas_zoom_at (ViewerFlameCanvas *self,
                double             factor,
                double             anchor_x,
                gboolean           gesture)
{
  if (self->result == NULL)
    return;

  ViewerZoom zoom = viewer_flame_model_get_zoom (self->model);
  double     share = (anchor_x - CANVAS_INSET) / canvas_width (self);
  double     width = zoom_width (&zoom) / factor;
  double     full = (double)MAX (prof_tree_weight (self->result->tree, 0), 1);

  share = CLAMP (share, 0, 1);
  width = MIN (width, full);
  double start = zoom.start + share * (zoom_width (&zoom) - width);
  viewer_flame_model_zoom_to_range (self->model, start, start + width, gesture);
}

void
canvas_pan (ViewerFlameCanvas *self, double share, gboolean gesture)
{
  if (self->result == NULL)
    return;

  ViewerZoom zoom = viewer_flame_model_get_zoom (self->model);
  double     step = zoom_width (&zoom) * share;

  viewer_flame_model_zoom_to_range (self->model,
                                    zoom.start + step,
                                    zoom.end + step,
                                    gesture);
}

void
viewer_flame_canvas_zoom (ViewerFlameCanvas *self, double factor)
{
  g_return_if_fail (VIEWER_IS_FLAME_CANVAS (self));

  uint32_t box = canvas_selected_box (self);
  double   anchor = CANVAS_INSET + canvas_width (self) / 2;

  if (box != PROF_ID_NONE)
    {
      graphene_rect_t rect;

      canvas_box_rect (self, box, &rect);
      anchor = rect.origin.x + rect.size.width / 2;
    }
  canvas_zoom_at (self, factor, anchor, FALSE);
}

/* Showing the selection */

/* The outermost ancestor within which a node is wide enough to see. */
static ProfNodeId
zoom_that_shows (ViewerFlameCanvas *self, ProfNodeId node)
{
  const ProfNode *nodes = prof_tree_nodes (self->result->tree);
  double          weight = (double)prof_tree_weight (self->result->tree, node);
  double          width = canvas_width (self);

  while (nodes[node].parent != PROF_ID_NONE &&
         weight * width /
                 (double)prof_tree_weight (self->result->tree,
                                           nodes[node].parent) >=
             MIN_REVEALED)
    node = nodes[node].parent;
  return node;
}

static gboolean
is_wide_enough (ViewerFlameCanvas *self, const ViewerSelection *selection)
{
  ProfFlameView view;
  uint32_t      box;

  if (!canvas_view (self, &view))
    return FALSE;
  box = prof_flame_layout_find (self->layout, selection->node);
  if (box == PROF_ID_NONE)
    return FALSE;

  const ProfBox *boxes = prof_flame_layout_boxes (self->layout, NULL);

  return (selection->end != 0 || !prof_box_is_strip (&boxes[box])) &&
         boxes[box].width >= 2 * CANVAS_MIN_BOX;
}

void
canvas_scroll_to_row (ViewerFlameCanvas *self, uint32_t row)
{
  GtkAdjustment *adjustment = self->adjustments[GTK_ORIENTATION_VERTICAL];
  ProfFlameView  view;
  double         height;

  if (adjustment == NULL || !canvas_view (self, &view))
    return;

  double y = prof_flame_view_row_y (&view, row, &height) +
             canvas_top_inset (self);
  double margin = 2 * self->metrics.row_px;

  gtk_adjustment_clamp_page (adjustment, y - margin, y + height + margin);
}

void
canvas_reveal_selection (ViewerFlameCanvas *self)
{
  ViewerSelection selection = viewer_flame_model_get_selection (self->model);

  if (selection.node == PROF_ID_NONE || self->result == NULL)
    return;
  if (gtk_widget_get_width (GTK_WIDGET (self)) == 0 ||
      !gtk_widget_get_mapped (GTK_WIDGET (self)))
    {
      self->reveal = TRUE;
      return;
    }
  self->reveal = FALSE;
  if (!is_wide_enough (self, &selection))
    viewer_flame_model_zoom_to_node (self->model,
                                     zoom_that_shows (self, selection.node));
  canvas_scroll_to_row (self,
                        prof_tree_depth (self->result->tree, selection.node));
}
