/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Pointer, wheel and touch on the flame canvas. */
#include "viewer-flame-canvas-private.h"

#include <math.h>

#define WHEEL_ZOOM 1.25 /* for each notch */

static void
pointer_moved (ViewerFlameCanvas *self, double x, double y)
{
  ProfNodeId node = self->hover_node;
  ProfNodeId end = self->hover_end;

  /* Windows that are mapped under the pointer also tell of it. */
  if (self->pointer_inside && x == self->pointer_x && y == self->pointer_y)
    return;
  self->pointer_inside = TRUE;
  self->pointer_x = x;
  self->pointer_y = y;
  canvas_update_hover (self);
  if (self->banding)
    return;
  if (self->hover_node == node && self->hover_end == end &&
      gtk_widget_get_visible (self->tip))
    return;
  canvas_await_tip (self);
}

static void
pointer_left (ViewerFlameCanvas *self)
{
  self->pointer_inside = FALSE;
  canvas_update_hover (self);
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
open_menu (ViewerFlameCanvas *self, double x, double y)
{
  uint32_t box = canvas_hit (self, x, y);

  gtk_widget_grab_focus (GTK_WIDGET (self));
  viewer_flame_canvas_hide_tip (self);
  if (box == PROF_ID_NONE)
    return;
  canvas_select_box (self, box, FALSE);
  g_signal_emit_by_name (self, "menu-requested", x, y);
}

static void
menu_pressed (ViewerFlameCanvas *self,
              int                n_press,
              double             x,
              double             y,
              GtkGesture        *gesture)
{
  open_menu (self, x, y);
}

static void
long_pressed (ViewerFlameCanvas *self, double x, double y, GtkGesture *gesture)
{
  gtk_gesture_set_state (gesture, GTK_EVENT_SEQUENCE_CLAIMED);
  open_menu (self, x, y);
}

static void
history_pressed (ViewerFlameCanvas *self,
                 int                n_press,
                 double             x,
                 double             y,
                 GtkGesture        *gesture)
{
  guint button = gtk_gesture_single_get_current_button (
      GTK_GESTURE_SINGLE (gesture));

  if (button == 8 || button == 9)
    viewer_flame_model_go (self->model, button == 8 ? -1 : 1);
  else
    gtk_gesture_set_state (gesture, GTK_EVENT_SEQUENCE_DENIED);
}

static gboolean
scrolled (ViewerFlameCanvas        *self,
          double                    dx,
          double                    dy,
          GtkEventControllerScroll *controller)
{
  GdkModifierType state = gtk_event_controller_get_current_event_state (
      GTK_EVENT_CONTROLLER (controller));

  if (!(state & GDK_CONTROL_MASK))
    return FALSE;

  double factor = gtk_event_controller_scroll_get_unit (controller) ==
                          GDK_SCROLL_UNIT_WHEEL
                      ? pow (WHEEL_ZOOM, -dy)
                      : exp (-dy / 200);

  canvas_zoom_at (self, factor, self->pointer_x, TRUE);
  return TRUE;
}

static void
pinch_began (ViewerFlameCanvas *self)
{
  self->pinch_start = viewer_flame_model_get_zoom (self->model);
}

static void
pinched (ViewerFlameCanvas *self, double scale, GtkGesture *gesture)
{
  ViewerZoom zoom = viewer_flame_model_get_zoom (self->model);
  double     x = self->pointer_x;
  double     y;

  if (gtk_gesture_is_active (gesture))
    gtk_gesture_get_bounding_box_center (gesture, &x, &y);
  canvas_zoom_at (self,
                  scale * (zoom.end - zoom.start) /
                      (self->pinch_start.end - self->pinch_start.start),
                  x,
                  TRUE);
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

static GtkGesture *
add_click (ViewerFlameCanvas *self, guint button, GCallback callback)
{
  GtkGesture *click = gtk_gesture_click_new ();

  gtk_gesture_single_set_button (GTK_GESTURE_SINGLE (click), button);
  g_signal_connect_swapped (click, "pressed", callback, self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (click));
  return click;
}

static void
add_motion (ViewerFlameCanvas *self)
{
  GtkEventController *motion = gtk_event_controller_motion_new ();

  g_signal_connect_swapped (motion, "enter", G_CALLBACK (pointer_moved), self);
  g_signal_connect_swapped (motion, "motion", G_CALLBACK (pointer_moved), self);
  g_signal_connect_swapped (motion, "leave", G_CALLBACK (pointer_left), self);
  gtk_widget_add_controller (GTK_WIDGET (self), motion);
}

static void
add_zoom (ViewerFlameCanvas *self)
{
  GtkEventController *scroll = gtk_event_controller_scroll_new (
      GTK_EVENT_CONTROLLER_SCROLL_BOTH_AXES);
  GtkGesture *pinch = gtk_gesture_zoom_new ();

  g_signal_connect_swapped (scroll, "scroll", G_CALLBACK (scrolled), self);
  gtk_widget_add_controller (GTK_WIDGET (self), scroll);
  g_signal_connect_swapped (pinch, "begin", G_CALLBACK (pinch_began), self);
  g_signal_connect_swapped (pinch, "scale-changed", G_CALLBACK (pinched), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (pinch));
}

static void
add_drag (ViewerFlameCanvas *self)
{
  GtkGesture *drag = gtk_gesture_drag_new ();
  GtkGesture *press = gtk_gesture_long_press_new ();

  gtk_gesture_single_set_button (GTK_GESTURE_SINGLE (drag), GDK_BUTTON_MIDDLE);
  g_signal_connect_swapped (drag, "drag-begin", G_CALLBACK (drag_began), self);
  g_signal_connect_swapped (drag, "drag-update", G_CALLBACK (dragged), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (drag));

  gtk_gesture_single_set_touch_only (GTK_GESTURE_SINGLE (press), TRUE);
  g_signal_connect_swapped (press, "pressed", G_CALLBACK (long_pressed), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (press));
}

void
canvas_install_controllers (ViewerFlameCanvas *self)
{
  GtkGesture *click = add_click (self,
                                 GDK_BUTTON_PRIMARY,
                                 G_CALLBACK (pressed));

  g_signal_connect_swapped (click, "released", G_CALLBACK (released), self);
  add_click (self, GDK_BUTTON_SECONDARY, G_CALLBACK (menu_pressed));
  add_click (self, 0, G_CALLBACK (history_pressed));
  add_motion (self);
  add_zoom (self);
  add_drag (self);
  canvas_add_band (self);
}
