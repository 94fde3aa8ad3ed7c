/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Where things are: the layout, its place in the widget and how far it can be
 * scrolled. */
#include "viewer-flame-canvas-private.h"

#include "viewer-color.h"
#include <glib/gi18n.h>
#include <math.h>

/* How far the selection's ring reaches out of its frame, and a little. */
#define RING 2

double
canvas_width (ViewerFlameCanvas *self)
{
  return MAX (gtk_widget_get_width (GTK_WIDGET (self)) - 2 * CANVAS_INSET, 1);
}

gboolean
canvas_is_half (ViewerFlameCanvas *self)
{
  return self->result != NULL &&
         prof_tree_nodes (self->result->tree)[0].frame != PROF_ID_NONE;
}

/* A half touches its root, which is drawn beside the canvas. */
static double
inset_at (ViewerFlameCanvas *self, gboolean root_side)
{
  return root_side && canvas_is_half (self) ? RING : CANVAS_INSET;
}

double
canvas_top_inset (ViewerFlameCanvas *self)
{
  return inset_at (self, !self->flame);
}

static double
insets (ViewerFlameCanvas *self)
{
  return inset_at (self, TRUE) + inset_at (self, FALSE);
}

static double
inner_height (ViewerFlameCanvas *self)
{
  return MAX (gtk_widget_get_height (GTK_WIDGET (self)) - insets (self), 1);
}

double
canvas_scroll_y (ViewerFlameCanvas *self)
{
  GtkAdjustment *adjustment = self->adjustments[GTK_ORIENTATION_VERTICAL];

  return adjustment != NULL ? round (gtk_adjustment_get_value (adjustment)) : 0;
}

static void
ensure_layout (ViewerFlameCanvas *self)
{
  if (self->layout != NULL)
    return;

  ProfFlameParams params = {
    .width_px = canvas_width (self),
    .min_width_px = MAX (CANVAS_MIN_BOX, self->trim * canvas_width (self)),
    .start = self->shown.start,
    .end = self->shown.end,
  };

  self->layout = prof_flame_layout_new (self->result->tree, &params);
}

/* In the window's language. */
static const ProfChangeWords *
change_words (void)
{
  static ProfChangeWords words;

  words.is_new = C_ ("change", "new");
  words.is_gone = C_ ("change", "gone");
  return &words;
}

gboolean
canvas_view (ViewerFlameCanvas *self, ProfFlameView *view)
{
  if (self->result == NULL)
    return FALSE;
  ensure_layout (self);
  *view = (ProfFlameView){
    .layout = self->layout,
    .palette = self->result->palettes[viewer_theme ()],
    .contrast = viewer_wants_contrast (),
    .search = viewer_flame_model_get_search (self->model),
    .zoom_root = self->shown.root,
    .root_text = self->root_text,
    .change_words = change_words (),
    .flame = self->flame,
    .metrics = self->metrics,
  };
  view->metrics.lane_px = view->search != NULL ? 4 : 0;
  if (canvas_is_half (self))
    view->metrics.root_px = 0;
  view->height_px = prof_flame_view_height (view);
  view->height_px = MAX (view->height_px, inner_height (self));
  return TRUE;
}

const ProfBox *
canvas_boxes (ViewerFlameCanvas *self)
{
  return prof_flame_layout_boxes (self->layout, NULL);
}

uint32_t
canvas_hit (ViewerFlameCanvas *self, double x, double y)
{
  ProfFlameView view;

  if (!canvas_view (self, &view))
    return PROF_ID_NONE;

  uint32_t row = prof_flame_view_row_at (&view,
                                         y - canvas_top_inset (self) +
                                             canvas_scroll_y (self));

  if (row == PROF_ID_NONE)
    return PROF_ID_NONE;
  return prof_flame_layout_hit (self->layout, x - CANVAS_INSET, row);
}

void
canvas_box_rect (ViewerFlameCanvas *self, uint32_t box, graphene_rect_t *rect)
{
  ProfFlameView view;
  ProfRect      place;

  if (!canvas_view (self, &view))
    return;
  prof_flame_view_box (&view, box, &place);
  graphene_rect_init (rect,
                      (float)(place.x + CANVAS_INSET),
                      (float)(place.y + canvas_top_inset (self) -
                              canvas_scroll_y (self)),
                      (float)place.width,
                      (float)place.height);
}

uint32_t
canvas_selected_box (ViewerFlameCanvas *self)
{
  ProfFlameView view;

  if (!canvas_view (self, &view))
    return PROF_ID_NONE;

  ProfNodeId node = viewer_flame_model_get_selection (self->model).node;

  return node == PROF_ID_NONE ? PROF_ID_NONE
                              : prof_flame_layout_find (self->layout, node);
}

gboolean
viewer_flame_canvas_get_node_rect (ViewerFlameCanvas *self,
                                   ProfNodeId         node,
                                   GdkRectangle      *rect)
{
  ProfFlameView   view;
  graphene_rect_t place;

  g_return_val_if_fail (VIEWER_IS_FLAME_CANVAS (self), FALSE);

  if (!canvas_view (self, &view))
    return FALSE;

  uint32_t box = prof_flame_layout_find (self->layout, node);

  if (box == PROF_ID_NONE ||
      prof_box_is_strip (&prof_flame_layout_boxes (self->layout, NULL)[box]))
    return FALSE;
  canvas_box_rect (self, box, &place);
  *rect = (GdkRectangle){ (int)floorf (place.origin.x),
                          (int)floorf (place.origin.y),
                          (int)ceilf (place.size.width),
                          (int)ceilf (place.size.height) };
  return TRUE;
}

void
canvas_select_box (ViewerFlameCanvas *self, uint32_t box, gboolean reveal)
{
  const ProfBox *chosen = &canvas_boxes (self)[box];

  viewer_flame_model_select (self->model, chosen->node, chosen->end, reveal);
}

/* Adjustments */

static void
configure_vertical (ViewerFlameCanvas *self, const ProfFlameView *view)
{
  GtkAdjustment *adjustment = self->adjustments[GTK_ORIENTATION_VERTICAL];
  double         page = gtk_widget_get_height (GTK_WIDGET (self));
  double         upper = view->height_px + insets (self);
  double         value = gtk_adjustment_get_value (adjustment);

  /* Flames stand on the bottom: their distance from it stays. */
  if (self->flame)
    value += upper - gtk_adjustment_get_upper (adjustment) -
             (page - gtk_adjustment_get_page_size (adjustment));
  if (self->scroll_to_root && page > 0)
    {
      value = self->flame ? upper : 0;
      self->scroll_to_root = FALSE;
    }
  gtk_adjustment_configure (adjustment,
                            value,
                            0,
                            MAX (upper, page),
                            self->metrics.row_px,
                            page * 0.9,
                            page);
}

static void
configure_horizontal (ViewerFlameCanvas *self)
{
  GtkAdjustment *adjustment = self->adjustments[GTK_ORIENTATION_HORIZONTAL];
  double         page = canvas_width (self);
  double full = (double)MAX (prof_tree_weight (self->result->tree, 0), 1);
  double width = self->shown.end - self->shown.start;
  double scale = page / width;

  /* Not one rounding error more than a page: a scroll bar would show. */
  gtk_adjustment_configure (adjustment,
                            width < full ? self->shown.start * scale : 0,
                            0,
                            width < full ? full * scale : page,
                            page * 0.1,
                            page * 0.9,
                            page);
}

void
canvas_configure (ViewerFlameCanvas *self)
{
  ProfFlameView view;

  if (gtk_widget_get_width (GTK_WIDGET (self)) == 0 ||
      self->adjustments[0] == NULL || self->adjustments[1] == NULL ||
      !canvas_view (self, &view))
    return;
  self->configuring = TRUE;
  configure_vertical (self, &view);
  configure_horizontal (self);
  self->configuring = FALSE;
}

void
canvas_drop_base (ViewerFlameCanvas *self)
{
  g_clear_pointer (&self->base, gsk_render_node_unref);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

void
canvas_drop_layout (ViewerFlameCanvas *self)
{
  g_clear_pointer (&self->layout, prof_flame_layout_unref);
  /* A box of the next one is another. */
  self->hover = PROF_ID_NONE;
  canvas_drop_base (self);
}

void
canvas_range_changed (ViewerFlameCanvas *self)
{
  canvas_drop_layout (self);
  canvas_configure (self);
  canvas_update_hover (self);
  gtk_widget_queue_allocate (GTK_WIDGET (self));
}

static void
hadjustment_changed (ViewerFlameCanvas *self)
{
  if (self->configuring || self->result == NULL)
    return;

  ViewerZoom zoom = viewer_flame_model_get_zoom (self->model);
  double     width = zoom.end - zoom.start;
  double     start = gtk_adjustment_get_value (
                     self->adjustments[GTK_ORIENTATION_HORIZONTAL]) *
                 width / canvas_width (self);

  viewer_flame_model_zoom_to_range (self->model, start, start + width, true);
}

static void
vadjustment_changed (ViewerFlameCanvas *self)
{
  canvas_drop_base (self);
  if (!self->configuring)
    canvas_update_hover (self);
  gtk_widget_queue_allocate (GTK_WIDGET (self));
}

void
canvas_set_adjustment (ViewerFlameCanvas *self,
                       GtkOrientation     orientation,
                       GtkAdjustment     *adjustment)
{
  void (*changed) (ViewerFlameCanvas *) = orientation ==
                                                  GTK_ORIENTATION_HORIZONTAL
                                              ? hadjustment_changed
                                              : vadjustment_changed;

  if (adjustment == NULL)
    adjustment = gtk_adjustment_new (0, 0, 0, 0, 0, 0);
  if (adjustment == self->adjustments[orientation])
    return;
  if (self->adjustments[orientation] != NULL)
    g_signal_handlers_disconnect_by_data (self->adjustments[orientation], self);
  g_clear_object (&self->adjustments[orientation]);
  self->adjustments[orientation] = g_object_ref_sink (adjustment);
  g_signal_connect_swapped (adjustment,
                            "value-changed",
                            G_CALLBACK (changed),
                            self);
  canvas_configure (self);
}
