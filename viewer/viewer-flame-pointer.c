/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Pointer, wheel and touch on the flame canvas. */
#include "viewer-flame-canvas-private.h"

static void
pointed (GtkWidget *widget)
{
  ViewerFlameCanvas *self = VIEWER_FLAME_CANVAS (widget);
  ProfNodeId         node = self->hover_node;
  ProfNodeId         end = self->hover_end;

  canvas_update_hover (self);
  if (!self->input.inside || self->banding)
    return;
  if (self->hover_node == node && self->hover_end == end &&
      gtk_widget_get_visible (self->tip))
    return;
  canvas_await_tip (self);
}

/* Whether a click on this node leads out of the zoom. */
static gboolean
is_way_out (ViewerFlameCanvas *self, ProfNodeId node)
{
  ViewerZoom zoom = viewer_flame_model_get_zoom (self->model);

  if (!viewer_flame_model_is_zoomed (self->model))
    return FALSE;
  return node == 0 ||
         (node != zoom.root &&
          prof_tree_contains (self->result->tree, node, zoom.root));
}

static void
pressed (ViewerFlameCanvas *self,
         int                n_press,
         double             x,
         double             y,
         GtkGesture        *gesture)
{
  gtk_widget_grab_focus (GTK_WIDGET (self));
  viewer_flame_canvas_hide_tip (self);
}

/* Until then it may become a drag. */
static void
released (ViewerFlameCanvas *self,
          int                n_press,
          double             x,
          double             y,
          GtkGesture        *gesture)
{
  uint32_t box = canvas_hit (self, x, y);

  if (self->result == NULL)
    return;
  if (box == PROF_ID_NONE)
    {
      viewer_flame_model_unselect (self->model);
      return;
    }

  ProfBox hit = canvas_boxes (self)[box];

  if (hit.end == 0 && is_way_out (self, hit.node))
    viewer_flame_model_zoom_to_node (self->model, hit.node);
  viewer_flame_model_select (self->model, hit.node, hit.end, false);
  /* What was clicked on first is somewhere else when the second click comes. */
  if (n_press == (canvas_is_half (self) ? 1 : 2))
    viewer_flame_model_activate (self->model);
}

static void
open_menu (GtkWidget *widget, double x, double y)
{
  ViewerFlameCanvas *self = VIEWER_FLAME_CANVAS (widget);
  uint32_t           box = canvas_hit (self, x, y);

  gtk_widget_grab_focus (widget);
  viewer_flame_canvas_hide_tip (self);
  if (box == PROF_ID_NONE)
    return;
  canvas_select_box (self, box, FALSE);
  g_signal_emit_by_name (self, "menu-requested", x, y);
}

static void
go (GtkWidget *widget, int steps)
{
  viewer_flame_model_go (VIEWER_FLAME_CANVAS (widget)->model, steps);
}

static void
zoom (GtkWidget *widget, double factor, double x, double y)
{
  canvas_zoom_at (VIEWER_FLAME_CANVAS (widget), factor, x, TRUE);
}

static void
drag_began (ViewerFlameCanvas *self)
{
  GtkAdjustment *horizontal = self->adjustments[GTK_ORIENTATION_HORIZONTAL];
  GtkAdjustment *vertical = self->adjustments[GTK_ORIENTATION_VERTICAL];

  self->drag_start_x = gtk_adjustment_get_value (horizontal);
  self->drag_start_y = gtk_adjustment_get_value (vertical);
  viewer_flame_canvas_hide_tip (self);
}

static void
dragged (ViewerFlameCanvas *self, double dx, double dy)
{
  GtkAdjustment *horizontal = self->adjustments[GTK_ORIENTATION_HORIZONTAL];
  GtkAdjustment *vertical = self->adjustments[GTK_ORIENTATION_VERTICAL];

  gtk_adjustment_set_value (horizontal, self->drag_start_x - dx);
  gtk_adjustment_set_value (vertical, self->drag_start_y - dy);
}

/* The wheel scrolls what the canvas is in. */
static const ViewerCanvasMethods methods = {
  .pointed = pointed,
  .zoom = zoom,
  .menu = open_menu,
  .go = go,
};

void
canvas_install_controllers (ViewerFlameCanvas *self)
{
  viewer_canvas_input_init (&self->input, GTK_WIDGET (self), &methods);
  viewer_canvas_input_add_click (&self->input,
                                 G_CALLBACK (pressed),
                                 G_CALLBACK (released));
  viewer_canvas_input_add_drag (&self->input,
                                GDK_BUTTON_MIDDLE,
                                G_CALLBACK (drag_began),
                                G_CALLBACK (dragged));
  canvas_add_band (self);
}
