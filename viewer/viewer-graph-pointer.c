/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Pointer, wheel and touch on the call graph. */
#include "viewer-graph-canvas-private.h"

#include <math.h>

#define ARROW_PX 6 /* how near the pointer has to be to an arrow */

static void
find_hover (ViewerGraphCanvas *self, uint32_t *box, uint32_t *arrow)
{
  double x = (self->input.x - self->x) / self->scale;
  double y = (self->input.y - self->y) / self->scale;

  *box = *arrow = PROF_ID_NONE;
  if (self->layout == NULL || !self->input.inside)
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
pointed (GtkWidget *widget)
{
  graph_update_hover (VIEWER_GRAPH_CANVAS (widget));
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
  viewer_canvas_input_point (&self->input, x, y);
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
open_menu (GtkWidget *widget, double x, double y)
{
  ViewerGraphCanvas *self = VIEWER_GRAPH_CANVAS (widget);

  gtk_widget_grab_focus (widget);
  viewer_canvas_input_point (&self->input, x, y);
  if (self->hover == PROF_ID_NONE)
    return;
  graph_select_box (self, self->hover, FALSE);
  g_signal_emit_by_name (self, "menu-requested", x, y);
}

static void
go (GtkWidget *widget, int steps)
{
  viewer_document_go (VIEWER_GRAPH_CANVAS (widget)->document, steps);
}

/* --- Moving it --- */

static void
scroll (GtkWidget *widget, double dx, double dy, GdkModifierType state)
{
  ViewerGraphCanvas *self = VIEWER_GRAPH_CANVAS (widget);

  self->is_fitted = FALSE;
  if ((state & GDK_SHIFT_MASK) != 0)
    graph_set_place (self, self->x - dy, self->y - dx);
  else
    graph_set_place (self, self->x - dx, self->y - dy);
}

static void
zoom (GtkWidget *widget, double factor, double x, double y)
{
  graph_zoom_at (VIEWER_GRAPH_CANVAS (widget), factor, x, y);
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

static const ViewerCanvasMethods methods = {
  .pointed = pointed,
  .zoom = zoom,
  .scroll = scroll,
  .menu = open_menu,
  .go = go,
};

/* A press that becomes a drag is no click. */
static void
add_drag (ViewerGraphCanvas *self, guint button)
{
  viewer_canvas_input_add_drag (&self->input,
                                button,
                                G_CALLBACK (drag_began),
                                G_CALLBACK (dragged));
}

void
graph_install_controllers (ViewerGraphCanvas *self)
{
  viewer_canvas_input_init (&self->input, GTK_WIDGET (self), &methods);
  viewer_canvas_input_add_click (&self->input, NULL, G_CALLBACK (released));
  add_drag (self, GDK_BUTTON_PRIMARY);
  add_drag (self, GDK_BUTTON_MIDDLE);
}
