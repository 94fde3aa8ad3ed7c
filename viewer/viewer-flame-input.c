/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Pointer and keys of the flame canvas.
 *
 * Keys walk over boxes, not over the tree: what cannot be seen cannot be
 * reached, and a strip of "N more" frames is one stop. */
#include "viewer-flame-canvas-private.h"

#include <math.h>

#define TIP_MS     300
#define WHEEL_ZOOM 1.25 /* for each notch */
#define KEY_PAN    0.1  /* of the view's width */
#define PAGE_ROWS  10

typedef enum
{
  MOVE_UP,
  MOVE_DOWN,
  MOVE_LEFT,
  MOVE_RIGHT,
  MOVE_FIRST,
  MOVE_LAST,
  MOVE_PAGE_UP,
  MOVE_PAGE_DOWN,
} Move;

/* Moving the selection */

static const ProfBox *
boxes_of (ViewerFlameCanvas *self)
{
  return prof_flame_layout_boxes (self->layout, NULL);
}

static uint32_t
heaviest_child (ViewerFlameCanvas *self, uint32_t box)
{
  const ProfBox *boxes = boxes_of (self);
  uint32_t       best = PROF_ID_NONE;
  uint32_t       n;

  if (boxes[box].row + 1 >= prof_flame_layout_n_rows (self->layout))
    return PROF_ID_NONE;

  uint32_t first = prof_flame_layout_row (self->layout, boxes[box].row + 1, &n);

  for (uint32_t i = first; i < first + n; i++)
    if (boxes[i].parent == box &&
        (best == PROF_ID_NONE || boxes[i].width > boxes[best].width))
      best = i;
  return best;
}

/* The box beside, on the same row; never wraps. */
static uint32_t
cousin (ViewerFlameCanvas *self, uint32_t box, int step)
{
  uint32_t n;
  uint32_t first = prof_flame_layout_row (self->layout,
                                          boxes_of (self)[box].row,
                                          &n);

  if (step < 0 ? box == first : box == first + n - 1)
    return PROF_ID_NONE;
  return step < 0 ? box - 1 : box + 1;
}

static uint32_t
last_sibling (ViewerFlameCanvas *self, uint32_t box, int step)
{
  uint32_t parent = boxes_of (self)[box].parent;

  for (;;)
    {
      uint32_t next = cousin (self, box, step);

      if (next == PROF_ID_NONE || boxes_of (self)[next].parent != parent)
        return box;
      box = next;
    }
}

static uint32_t
next_box (ViewerFlameCanvas *self, uint32_t box, Move move)
{
  switch (move)
    {
    case MOVE_UP:
      return self->flame ? heaviest_child (self, box)
                         : boxes_of (self)[box].parent;
    case MOVE_DOWN:
      return self->flame ? boxes_of (self)[box].parent
                         : heaviest_child (self, box);
    case MOVE_LEFT:
      return cousin (self, box, -1);
    case MOVE_RIGHT:
      return cousin (self, box, 1);
    case MOVE_FIRST:
      return last_sibling (self, box, -1);
    case MOVE_LAST:
      return last_sibling (self, box, 1);
    case MOVE_PAGE_UP:
    case MOVE_PAGE_DOWN:
      break;
    }
  return PROF_ID_NONE;
}

static gboolean
is_hidden_root (ViewerFlameCanvas *self, uint32_t box)
{
  return box == 0 && canvas_is_half (self);
}

static uint32_t
move_by_page (ViewerFlameCanvas *self, uint32_t box, Move move)
{
  for (int i = 0; i < PAGE_ROWS; i++)
    {
      uint32_t next = next_box (self, box, move);

      if (next == PROF_ID_NONE || is_hidden_root (self, next))
        break;
      box = next;
    }
  return box;
}

static void
select_box (ViewerFlameCanvas *self, uint32_t box, gboolean reveal)
{
  const ProfBox *chosen = &boxes_of (self)[box];

  viewer_flame_model_select (self->model, chosen->node, chosen->end, reveal);
}

/* The box that a key leads to, or PROF_ID_NONE. */
static uint32_t
box_after (ViewerFlameCanvas *self, uint32_t box, Move move)
{
  if (box == PROF_ID_NONE || is_hidden_root (self, box))
    return canvas_is_half (self)
               ? heaviest_child (self, 0)
               : prof_flame_layout_find (self->layout, self->shown.root);
  if (move == MOVE_PAGE_UP)
    return move_by_page (self, box, MOVE_UP);
  if (move == MOVE_PAGE_DOWN)
    return move_by_page (self, box, MOVE_DOWN);
  return next_box (self, box, move);
}

/* What can be walked to is in the view: only its row may be out of sight. */
static void
walk_to (ViewerFlameCanvas *self, uint32_t box)
{
  gtk_widget_grab_focus (GTK_WIDGET (self));
  select_box (self, box, FALSE);
  canvas_scroll_to_row (self, boxes_of (self)[box].row);
}

static gboolean
move_selection (GtkWidget *widget, GVariant *args, gpointer data)
{
  ViewerFlameCanvas *self = VIEWER_FLAME_CANVAS (widget);
  ProfFlameView      view;
  int                move;
  uint32_t           next;

  if (!canvas_view (self, &view))
    return FALSE;
  g_variant_get (args, "(i)", &move);
  next = box_after (self, canvas_selected_box (self), (Move)move);
  if (next == PROF_ID_NONE)
    return TRUE;
  if (is_hidden_root (self, next))
    g_signal_emit_by_name (self, "root-reached");
  else
    walk_to (self, next);
  return TRUE;
}

void
viewer_flame_canvas_select_first (ViewerFlameCanvas *self)
{
  ProfFlameView view;
  uint32_t      first;

  g_return_if_fail (VIEWER_IS_FLAME_CANVAS (self));

  if (!canvas_view (self, &view))
    return;
  first = heaviest_child (self, 0);
  if (first != PROF_ID_NONE)
    walk_to (self, first);
}

static gboolean
zoom_by_key (GtkWidget *widget, GVariant *args, gpointer data)
{
  double factor;

  g_variant_get (args, "(d)", &factor);
  viewer_flame_canvas_zoom (VIEWER_FLAME_CANVAS (widget), factor);
  return TRUE;
}

static gboolean
pan_by_key (GtkWidget *widget, GVariant *args, gpointer data)
{
  double share;

  g_variant_get (args, "(d)", &share);
  canvas_pan (VIEWER_FLAME_CANVAS (widget), share, TRUE);
  return TRUE;
}

static gboolean
toggle_tip (GtkWidget *widget, GVariant *args, gpointer data)
{
  viewer_flame_canvas_toggle_tip (VIEWER_FLAME_CANVAS (widget));
  return TRUE;
}

static gboolean
activate_by_key (GtkWidget *widget, GVariant *args, gpointer data)
{
  ViewerFlameCanvas *self = VIEWER_FLAME_CANVAS (widget);

  if (self->result != NULL)
    viewer_flame_model_activate (self->model);
  return TRUE;
}

static gboolean
menu_by_key (GtkWidget *widget, GVariant *args, gpointer data)
{
  ViewerFlameCanvas *self = VIEWER_FLAME_CANVAS (widget);
  uint32_t           box = canvas_selected_box (self);
  graphene_rect_t    rect;

  if (box == PROF_ID_NONE)
    return TRUE;
  canvas_box_rect (self, box, &rect);
  viewer_flame_canvas_hide_tip (self);
  g_signal_emit_by_name (self,
                         "menu-requested",
                         (double)(rect.origin.x + MIN (rect.size.width, 40)),
                         (double)(rect.origin.y + rect.size.height));
  return TRUE;
}

static void
bind_moves (GtkWidgetClass *widget_class)
{
  static const struct
  {
    guint keys[2];
    Move  move;
  } moves[] = {
    { { GDK_KEY_Up, GDK_KEY_KP_Up }, MOVE_UP },
    { { GDK_KEY_Down, GDK_KEY_KP_Down }, MOVE_DOWN },
    { { GDK_KEY_Left, GDK_KEY_KP_Left }, MOVE_LEFT },
    { { GDK_KEY_Right, GDK_KEY_KP_Right }, MOVE_RIGHT },
    { { GDK_KEY_Home, GDK_KEY_KP_Home }, MOVE_FIRST },
    { { GDK_KEY_End, GDK_KEY_KP_End }, MOVE_LAST },
    { { GDK_KEY_Page_Up, GDK_KEY_KP_Page_Up }, MOVE_PAGE_UP },
    { { GDK_KEY_Page_Down, GDK_KEY_KP_Page_Down }, MOVE_PAGE_DOWN },
  };

  for (size_t i = 0; i < G_N_ELEMENTS (moves); i++)
    for (size_t j = 0; j < 2; j++)
      gtk_widget_class_add_binding (widget_class,
                                    moves[i].keys[j],
                                    0,
                                    move_selection,
                                    "(i)",
                                    (int)moves[i].move);
}

static void
bind_zoom (GtkWidgetClass *widget_class)
{
  static const guint in[] = { GDK_KEY_plus, GDK_KEY_equal, GDK_KEY_KP_Add };
  static const guint out[] = { GDK_KEY_minus, GDK_KEY_KP_Subtract };

  for (size_t i = 0; i < G_N_ELEMENTS (in); i++)
    gtk_widget_class_add_binding (widget_class,
                                  in[i],
                                  0,
                                  zoom_by_key,
                                  "(d)",
                                  WHEEL_ZOOM);
  for (size_t i = 0; i < G_N_ELEMENTS (out); i++)
    gtk_widget_class_add_binding (widget_class,
                                  out[i],
                                  0,
                                  zoom_by_key,
                                  "(d)",
                                  1 / WHEEL_ZOOM);
  gtk_widget_class_add_binding (widget_class,
                                GDK_KEY_a,
                                0,
                                pan_by_key,
                                "(d)",
                                -KEY_PAN);
  gtk_widget_class_add_binding (widget_class,
                                GDK_KEY_d,
                                0,
                                pan_by_key,
                                "(d)",
                                KEY_PAN);
}

static void
bind_actions (GtkWidgetClass *widget_class)
{
  static const struct
  {
    guint           key;
    GdkModifierType modifiers;
    const char     *action;
  } actions[] = {
    { GDK_KEY_BackSpace, 0, "win.back" },
    { GDK_KEY_slash, 0, "win.find" },
    { GDK_KEY_s, 0, "win.search-name" },
    { GDK_KEY_f, 0, "win.focus-function" },
    { GDK_KEY_h, 0, "win.hide-function" },
    { GDK_KEY_i, 0, "win.ignore-function" },
    { GDK_KEY_r, 0, "win.show-from-function" },
    { GDK_KEY_c, 0, "win.prune-from-function" },
    { GDK_KEY_c, GDK_CONTROL_MASK, "win.copy-name" },
    { GDK_KEY_c, GDK_CONTROL_MASK | GDK_SHIFT_MASK, "win.copy-stack" },
  };

  for (size_t i = 0; i < G_N_ELEMENTS (actions); i++)
    gtk_widget_class_add_binding_action (widget_class,
                                         actions[i].key,
                                         actions[i].modifiers,
                                         actions[i].action,
                                         NULL);
}

void
canvas_install_keys (GtkWidgetClass *widget_class)
{
  static const guint enter[] = { GDK_KEY_Return,
                                 GDK_KEY_KP_Enter,
                                 GDK_KEY_ISO_Enter };

  for (size_t i = 0; i < G_N_ELEMENTS (enter); i++)
    gtk_widget_class_add_binding (widget_class,
                                  enter[i],
                                  0,
                                  activate_by_key,
                                  NULL);
  bind_moves (widget_class);
  bind_zoom (widget_class);
  bind_actions (widget_class);
  gtk_widget_class_add_binding (widget_class,
                                GDK_KEY_space,
                                0,
                                toggle_tip,
                                NULL);
  gtk_widget_class_add_binding (widget_class,
                                GDK_KEY_Menu,
                                0,
                                menu_by_key,
                                NULL);
  gtk_widget_class_add_binding (widget_class,
                                GDK_KEY_F10,
                                GDK_SHIFT_MASK,
                                menu_by_key,
                                NULL);
}

/* Pointer */

static gboolean
tip_is_due (gpointer data)
{
  ViewerFlameCanvas *self = data;

  self->tip_source = 0;
  if (self->hover_node != PROF_ID_NONE && self->result != NULL)
    canvas_show_tip (self, self->hover_node, self->hover_end);
  return G_SOURCE_REMOVE;
}

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
  if (self->hover_node == node && self->hover_end == end &&
      gtk_widget_get_visible (self->tip))
    return;
  g_clear_handle_id (&self->tip_source, g_source_remove);
  if (self->hover_node != PROF_ID_NONE)
    self->tip_source = g_timeout_add (TIP_MS, tip_is_due, self);
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
  uint32_t box = canvas_hit (self, x, y);

  gtk_widget_grab_focus (GTK_WIDGET (self));
  viewer_flame_canvas_hide_tip (self);
  if (self->result == NULL)
    return;
  if (box == PROF_ID_NONE)
    {
      viewer_flame_model_unselect (self->model);
      return;
    }

  ProfBox hit = boxes_of (self)[box];

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
  select_box (self, box, FALSE);
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

static void
add_click (ViewerFlameCanvas *self, guint button, GCallback callback)
{
  GtkGesture *click = gtk_gesture_click_new ();

  gtk_gesture_single_set_button (GTK_GESTURE_SINGLE (click), button);
  g_signal_connect_swapped (click, "pressed", callback, self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (click));
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
  add_click (self, GDK_BUTTON_PRIMARY, G_CALLBACK (pressed));
  add_click (self, GDK_BUTTON_SECONDARY, G_CALLBACK (menu_pressed));
  add_click (self, 0, G_CALLBACK (history_pressed));
  add_motion (self);
  add_zoom (self);
  add_drag (self);
}
