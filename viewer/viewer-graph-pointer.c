/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Pointer, wheel and touch on the call graph. */
#include "viewer-graph-canvas-private.h"

#include <math.h>

#define WHEEL_ZOOM 1.25 /* for each notch */
#define WHEEL_PX   60
#define ARROW_PX   6 /* how near the pointer has to be to an arrow */

static void
find_hover (ViewerGraphCanvas *self, uint32_t *box, uint32_t *arrow)
{
  double x = (self->pointer_x - self->x) / self->scale;
  double y = (self->pointer_y - self->y) / self->scale;

  *box = *arrow = PROF_ID_NONE;
  if (self->layout == NULL || self->pointer_x < 0)
    return;
  *box = prof_graph_layout_hit (self->layout, x, y);
  if (*box == PROF_ID_NONE)
    *arrow = prof_graph_layout_hit_arrow (self->layout,
                                          x,
                                          y,
                                          ARROW_PX / self->scale);
}

void
graph_update_hover (ViewerGraphCanvas *self)
{
  uint32_t box;
  uint32_t arrow;

  find_hover (self, &box, &arrow);
  if (box == self->hover && arrow == self->hover_arrow)
    return;
  self->hover = box;
  self->hover_arrow = arrow;
  gtk_widget_queue_draw (GTK_WIDGET (self));
  gtk_widget_trigger_tooltip_query (GTK_WIDGET (self));
  g_signal_emit_by_name (self, "hover-changed");
}

static void
pointer_moved (ViewerGraphCanvas *self, double x, double y)
{
  self->pointer_x = x;
  self->pointer_y = y;
  graph_update_hover (self);
}

static void
pointer_left (ViewerGraphCanvas *self)
{
  self->pointer_x = self->pointer_y = -1;
  graph_update_hover (self);
}

/* --- Clicks --- */

static void
released (ViewerGraphCanvas *self,
          int                n_press,
          double             x,
          double             y,
          GtkGesture        *gesture)
{
  gtk_widget_grab_focus (GTK_WIDGET (self));
  pointer_moved (self, x, y);
  if (self->drags_overview)
    {
      graph_overview_go (self, x, y);
      return;
    }
  if (self->hover == PROF_ID_NONE)
    {
      viewer_document_unselect (self->document);
      return;
    }
  graph_select_box (self, self->hover, FALSE);
  if (n_press == 2)
    gtk_widget_activate_action (GTK_WIDGET (self),
                                "win.show-in-sandwich",
                                NULL);
}

static void
open_menu (ViewerGraphCanvas *self, double x, double y)
{
  gtk_widget_grab_focus (GTK_WIDGET (self));
  pointer_moved (self, x, y);
  if (self->hover == PROF_ID_NONE)
    return;
  graph_select_box (self, self->hover, FALSE);
  g_signal_emit_by_name (self, "menu-requested", x, y);
}

static void
menu_pressed (ViewerGraphCanvas *self,
              int                n_press,
              double             x,
              double             y,
              GtkGesture        *gesture)
{
  open_menu (self, x, y);
}

static void
long_pressed (ViewerGraphCanvas *self, double x, double y, GtkGesture *gesture)
{
  gtk_gesture_set_state (gesture, GTK_EVENT_SEQUENCE_CLAIMED);
  open_menu (self, x, y);
}

static void
history_pressed (ViewerGraphCanvas *self,
                 int                n_press,
                 double             x,
                 double             y,
                 GtkGesture        *gesture)
{
  guint button = gtk_gesture_single_get_current_button (
      GTK_GESTURE_SINGLE (gesture));

  if (button == 8 || button == 9)
    viewer_document_go (self->document, button == 8 ? -1 : 1);
  else
    gtk_gesture_set_state (gesture, GTK_EVENT_SEQUENCE_DENIED);
}

/* --- Moving it --- */

static gboolean
scrolled (ViewerGraphCanvas        *self,
          double                    dx,
          double                    dy,
          GtkEventControllerScroll *controller)
{
  GdkModifierType state = gtk_event_controller_get_current_event_state (
      GTK_EVENT_CONTROLLER (controller));
  gboolean is_wheel = gtk_event_controller_scroll_get_unit (controller) ==
                      GDK_SCROLL_UNIT_WHEEL;
  double by = is_wheel ? WHEEL_PX : 1;

  if ((state & GDK_CONTROL_MASK) != 0)
    {
      graph_zoom_at (self,
                     is_wheel ? pow (WHEEL_ZOOM, -dy) : exp (-dy / 200),
                     self->pointer_x,
                     self->pointer_y);
      return TRUE;
    }
  self->is_fitted = FALSE;
  if ((state & GDK_SHIFT_MASK) != 0)
    graph_set_place (self, self->x - dy * by, self->y - dx * by);
  else
    graph_set_place (self, self->x - dx * by, self->y - dy * by);
  return TRUE;
}

static void
pinch_began (ViewerGraphCanvas *self)
{
  self->pinch_scale = self->scale;
}

static void
pinched (ViewerGraphCanvas *self, double scale, GtkGesture *gesture)
{
  double x = self->pointer_x;
  double y = self->pointer_y;

  if (gtk_gesture_is_active (gesture))
    gtk_gesture_get_bounding_box_center (gesture, &x, &y);
  graph_zoom_at (self, scale * self->pinch_scale / self->scale, x, y);
}

static void
drag_began (ViewerGraphCanvas *self, double x, double y)
{
  graphene_rect_t overview;

  self->is_dragging = FALSE;
  self->drag_x = self->x;
  self->drag_y = self->y;
  self->drags_overview =
      graph_overview_rect (self, &overview) &&
      graphene_rect_contains_point (&overview,
                                    &GRAPHENE_POINT_INIT ((float)x, (float)y));
}

static void
dragged (ViewerGraphCanvas *self, double dx, double dy, GtkGestureDrag *drag)
{
  double x;
  double y;

  if (!self->is_dragging && !gtk_drag_check_threshold (GTK_WIDGET (self),
                                                       0,
                                                       0,
                                                       (int)round (dx),
                                                       (int)round (dy)))
    return;
  self->is_dragging = TRUE;
  gtk_gesture_set_state (GTK_GESTURE (drag), GTK_EVENT_SEQUENCE_CLAIMED);
  if (self->drags_overview && gtk_gesture_drag_get_start_point (drag, &x, &y))
    {
      graph_overview_go (self, x + dx, y + dy);
      return;
    }
  self->is_fitted = FALSE;
  graph_set_place (self, self->drag_x + dx, self->drag_y + dy);
}

/* --- Controllers --- */

static void
add_click (ViewerGraphCanvas *self,
           guint              button,
           const char        *signal,
           GCallback          callback)
{
  GtkGesture *click = gtk_gesture_click_new ();

  gtk_gesture_single_set_button (GTK_GESTURE_SINGLE (click), button);
  g_signal_connect_swapped (click, signal, callback, self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (click));
}

/* A press that becomes a drag is no click. */
static void
add_drag (ViewerGraphCanvas *self, guint button)
{
  GtkGesture *drag = gtk_gesture_drag_new ();

  gtk_gesture_single_set_button (GTK_GESTURE_SINGLE (drag), button);
  g_signal_connect_swapped (drag, "drag-begin", G_CALLBACK (drag_began), self);
  g_signal_connect_swapped (drag, "drag-update", G_CALLBACK (dragged), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (drag));
}

static void
add_motion (ViewerGraphCanvas *self)
{
  GtkEventController *motion = gtk_event_controller_motion_new ();

  g_signal_connect_swapped (motion, "enter", G_CALLBACK (pointer_moved), self);
  g_signal_connect_swapped (motion, "motion", G_CALLBACK (pointer_moved), self);
  g_signal_connect_swapped (motion, "leave", G_CALLBACK (pointer_left), self);
  gtk_widget_add_controller (GTK_WIDGET (self), motion);
}

static void
add_zoom (ViewerGraphCanvas *self)
{
  GtkEventController *scroll = gtk_event_controller_scroll_new (
      GTK_EVENT_CONTROLLER_SCROLL_BOTH_AXES);
  GtkGesture *pinch = gtk_gesture_zoom_new ();
  GtkGesture *press = gtk_gesture_long_press_new ();

  g_signal_connect_swapped (scroll, "scroll", G_CALLBACK (scrolled), self);
  gtk_widget_add_controller (GTK_WIDGET (self), scroll);
  g_signal_connect_swapped (pinch, "begin", G_CALLBACK (pinch_began), self);
  g_signal_connect_swapped (pinch, "scale-changed", G_CALLBACK (pinched), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (pinch));
  gtk_gesture_single_set_touch_only (GTK_GESTURE_SINGLE (press), TRUE);
  g_signal_connect_swapped (press, "pressed", G_CALLBACK (long_pressed), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (press));
}

void
graph_install_controllers (ViewerGraphCanvas *self)
{
  self->pointer_x = self->pointer_y = -1;
  add_click (self, GDK_BUTTON_PRIMARY, "released", G_CALLBACK (released));
  add_click (self, GDK_BUTTON_SECONDARY, "pressed", G_CALLBACK (menu_pressed));
  add_click (self, 0, "pressed", G_CALLBACK (history_pressed));
  add_drag (self, GDK_BUTTON_PRIMARY);
  add_drag (self, GDK_BUTTON_MIDDLE);
  add_motion (self);
  add_zoom (self);
}
