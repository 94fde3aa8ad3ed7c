/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "viewer-canvas-input.h"

#include <math.h>

#define WHEEL_ZOOM 1.25 /* for each notch */
#define WHEEL_PX   60   /* likewise */
#define PX_ZOOM    200. /* so many px of a touchpad are a factor of e */

/* --- The pointer --- */

void
viewer_canvas_input_point (ViewerCanvasInput *self, double x, double y)
{
  if (self->inside && x == self->x && y == self->y)
    return;
  self->inside = TRUE;
  self->rests = FALSE;
  self->x = x;
  self->y = y;
  self->methods->pointed (self->widget);
}

void
viewer_canvas_input_moved (ViewerCanvasInput *self)
{
  self->rests = TRUE;
}

static void
pointer_left (ViewerCanvasInput *self)
{
  self->inside = FALSE;
  self->methods->pointed (self->widget);
}

static void
add_motion (ViewerCanvasInput *self)
{
  GtkEventController *motion = gtk_event_controller_motion_new ();

  g_signal_connect_swapped (motion,
                            "enter",
                            G_CALLBACK (viewer_canvas_input_point),
                            self);
  g_signal_connect_swapped (motion,
                            "motion",
                            G_CALLBACK (viewer_canvas_input_point),
                            self);
  g_signal_connect_swapped (motion, "leave", G_CALLBACK (pointer_left), self);
  gtk_widget_add_controller (self->widget, motion);
}

/* --- Wheel and two fingers --- */

static gboolean
scrolled (ViewerCanvasInput        *self,
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
    self->methods->zoom (self->widget,
                         is_wheel ? pow (WHEEL_ZOOM, -dy) : exp (-dy / PX_ZOOM),
                         self->x,
                         self->y);
  else if (self->methods->scroll != NULL)
    self->methods->scroll (self->widget, dx * by, dy * by, state);
  else
    return FALSE;
  return TRUE;
}

static void
pinch_began (ViewerCanvasInput *self)
{
  self->pinched = 1;
}

/* From one moment to the next: at the end of what can be zoomed, turning back
 * counts at once. */
static void
pinched (ViewerCanvasInput *self, double scale, GtkGesture *gesture)
{
  double x = self->x;
  double y = self->y;
  double factor = scale / self->pinched;

  if (gtk_gesture_is_active (gesture))
    gtk_gesture_get_bounding_box_center (gesture, &x, &y);
  self->pinched = scale;
  self->methods->zoom (self->widget, factor, x, y);
}

static void
add_zoom (ViewerCanvasInput *self)
{
  GtkEventController *scroll = gtk_event_controller_scroll_new (
      GTK_EVENT_CONTROLLER_SCROLL_BOTH_AXES);
  GtkGesture *pinch = gtk_gesture_zoom_new ();

  g_signal_connect_swapped (scroll, "scroll", G_CALLBACK (scrolled), self);
  gtk_widget_add_controller (self->widget, scroll);
  g_signal_connect_swapped (pinch, "begin", G_CALLBACK (pinch_began), self);
  g_signal_connect_swapped (pinch, "scale-changed", G_CALLBACK (pinched), self);
  gtk_widget_add_controller (self->widget, GTK_EVENT_CONTROLLER (pinch));
}

/* --- Clicks and drags --- */

static GtkGesture *
add_click (GtkWidget *widget, guint button)
{
  GtkGesture *click = gtk_gesture_click_new ();

  gtk_gesture_single_set_button (GTK_GESTURE_SINGLE (click), button);
  gtk_widget_add_controller (widget, GTK_EVENT_CONTROLLER (click));
  return click;
}

static void
menu_pressed (ViewerCanvasInput *self,
              int                n_press,
              double             x,
              double             y,
              GtkGesture        *gesture)
{
  self->methods->menu (self->widget, x, y);
}

static void
long_pressed (ViewerCanvasInput *self, double x, double y, GtkGesture *gesture)
{
  gtk_gesture_set_state (gesture, GTK_EVENT_SEQUENCE_CLAIMED);
  self->methods->menu (self->widget, x, y);
}

static void
history_pressed (ViewerCanvasInput *self,
                 int                n_press,
                 double             x,
                 double             y,
                 GtkGesture        *gesture)
{
  guint button = gtk_gesture_single_get_current_button (
      GTK_GESTURE_SINGLE (gesture));

  if (button == 8 || button == 9)
    self->methods->go (self->widget, button == 8 ? -1 : 1);
  else
    gtk_gesture_set_state (gesture, GTK_EVENT_SEQUENCE_DENIED);
}

static void
add_menu (ViewerCanvasInput *self)
{
  GtkGesture *click = add_click (self->widget, GDK_BUTTON_SECONDARY);
  GtkGesture *press = gtk_gesture_long_press_new ();

  g_signal_connect_swapped (click, "pressed", G_CALLBACK (menu_pressed), self);
  gtk_gesture_single_set_touch_only (GTK_GESTURE_SINGLE (press), TRUE);
  g_signal_connect_swapped (press, "pressed", G_CALLBACK (long_pressed), self);
  gtk_widget_add_controller (self->widget, GTK_EVENT_CONTROLLER (press));
}

void
viewer_canvas_input_add_click (ViewerCanvasInput *self,
                               GCallback          pressed,
                               GCallback          released)
{
  GtkGesture *click = add_click (self->widget, GDK_BUTTON_PRIMARY);

  if (pressed != NULL)
    g_signal_connect_swapped (click, "pressed", pressed, self->widget);
  g_signal_connect_swapped (click, "released", released, self->widget);
}

void
viewer_canvas_input_add_drag (ViewerCanvasInput *self,
                              guint              button,
                              GCallback          began,
                              GCallback          dragged)
{
  GtkGesture *drag = gtk_gesture_drag_new ();

  gtk_gesture_single_set_button (GTK_GESTURE_SINGLE (drag), button);
  g_signal_connect_swapped (drag, "drag-begin", began, self->widget);
  g_signal_connect_swapped (drag, "drag-update", dragged, self->widget);
  gtk_widget_add_controller (self->widget, GTK_EVENT_CONTROLLER (drag));
}

/* --- All of it --- */

void
viewer_canvas_input_init (ViewerCanvasInput         *self,
                          GtkWidget                 *widget,
                          const ViewerCanvasMethods *methods)
{
  GtkGesture *history = add_click (widget, 0);

  self->widget = widget;
  self->methods = methods;
  g_signal_connect_swapped (history,
                            "pressed",
                            G_CALLBACK (history_pressed),
                            self);
  add_menu (self);
  add_motion (self);
  add_zoom (self);
}
