/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Keys of the flame canvas.
 *
 * They walk over boxes, not over the tree: what cannot be seen cannot be
 * reached, and a strip of "N more" frames is one stop. */
#include "viewer-flame-canvas-private.h"

#include "viewer-frame-keys.h"

#define KEY_PAN   0.1 /* of the view's width */
#define PAGE_ROWS 10

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

static uint32_t
heaviest_child (ViewerFlameCanvas *self, uint32_t box)
{
  const ProfBox *boxes = canvas_boxes (self);
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
                                          canvas_boxes (self)[box].row,
                                          &n);

  if (step < 0 ? box == first : box == first + n - 1)
    return PROF_ID_NONE;
  return step < 0 ? box - 1 : box + 1;
}

static uint32_t
last_sibling (ViewerFlameCanvas *self, uint32_t box, int step)
{
  uint32_t parent = canvas_boxes (self)[box].parent;

  for (;;)
    {
      uint32_t next = cousin (self, box, step);

      if (next == PROF_ID_NONE || canvas_boxes (self)[next].parent != parent)
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
                         : canvas_boxes (self)[box].parent;
    case MOVE_DOWN:
      return self->flame ? canvas_boxes (self)[box].parent
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
  canvas_select_box (self, box, FALSE);
  canvas_scroll_to_row (self, canvas_boxes (self)[box].row);
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
toggle_facts (GtkWidget *widget, GVariant *args, gpointer data)
{
  canvas_toggle_facts (VIEWER_FLAME_CANVAS (widget));
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

/* Other presses of Escape go on to the window. */
static gboolean
cancel_by_key (GtkWidget *widget, GVariant *args, gpointer data)
{
  return canvas_cancel_band (VIEWER_FLAME_CANVAS (widget));
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
bind_pan (GtkWidgetClass *widget_class)
{
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

void
canvas_install_keys (GtkWidgetClass *widget_class)
{
  viewer_frame_keys_bind_enter (widget_class, activate_by_key);
  viewer_frame_keys_bind_zoom (widget_class, zoom_by_key);
  bind_moves (widget_class);
  bind_pan (widget_class);
  viewer_frame_keys_install (widget_class, "win.copy-name");
  gtk_widget_class_add_binding (widget_class,
                                GDK_KEY_space,
                                0,
                                toggle_facts,
                                NULL);
  gtk_widget_class_add_binding (widget_class,
                                GDK_KEY_Escape,
                                0,
                                cancel_by_key,
                                NULL);
  viewer_frame_keys_bind_menu (widget_class, menu_by_key);
}
