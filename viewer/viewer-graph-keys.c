/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The keyboard on the call graph: along calls, and beside them. */
#include "viewer-graph-canvas-private.h"

#include "viewer-frame-keys.h"
#include <math.h>

#define KEY_PAN 80

typedef enum
{
  MOVE_CALLER,
  MOVE_CALLEE,
  MOVE_LEFT,
  MOVE_RIGHT,
  MOVE_HOTTEST,
} Move;

/* The other end of the heaviest call; arrows are by falling weight. */
static uint32_t
along_call (const ProfGraphScene *scene, uint32_t box, gboolean to_caller)
{
  size_t                n;
  const ProfGraphArrow *arrows = prof_graph_scene_arrows (scene, &n);

  for (size_t a = 0; a < n; a++)
    {
      uint32_t from = to_caller ? arrows[a].target : arrows[a].source;
      uint32_t to = to_caller ? arrows[a].source : arrows[a].target;

      if (arrows[a].edge != PROF_ID_NONE && from == box && to != box)
        return to;
    }
  return PROF_ID_NONE;
}

static graphene_point_t
middle_of (ViewerGraphCanvas *self, uint32_t box)
{
  graphene_rect_t  rect;
  graphene_point_t middle;

  viewer_graph_canvas_get_box_rect (self, box, &rect);
  graphene_rect_get_center (&rect, &middle);
  return middle;
}

/* The nearest in the same row: boxes that lie at one height. */
static uint32_t
beside (ViewerGraphCanvas *self, uint32_t box, int direction)
{
  ProfGraphScene  *scene = prof_graph_layout_scene (self->layout);
  graphene_point_t from = middle_of (self, box);
  uint32_t         found = PROF_ID_NONE;
  float            nearest = INFINITY;

  for (uint32_t b = 0; b < prof_graph_scene_n_nodes (scene); b++)
    {
      graphene_rect_t rect;
      float           distance;

      viewer_graph_canvas_get_box_rect (self, b, &rect);
      distance = (middle_of (self, b).x - from.x) * (float)direction;
      if (b == box || !(distance > 0) || rect.origin.y > from.y ||
          rect.origin.y + rect.size.height < from.y || distance >= nearest)
        continue;
      nearest = distance;
      found = b;
    }
  return found;
}

static uint32_t
target_of (ViewerGraphCanvas *self, uint32_t box, Move move)
{
  ProfGraphScene *scene = prof_graph_layout_scene (self->layout);

  switch (move)
    {
    case MOVE_CALLER:
      return along_call (scene, box, TRUE);
    case MOVE_CALLEE:
      return along_call (scene, box, FALSE);
    case MOVE_LEFT:
      return beside (self, box, -1);
    case MOVE_RIGHT:
      return beside (self, box, 1);
    case MOVE_HOTTEST:
    default:
      return prof_graph_scene_hottest (scene);
    }
}

/* Without a selection every key leads to the hottest function. */
static gboolean
move_selection (GtkWidget *widget, GVariant *arguments, gpointer data)
{
  ViewerGraphCanvas *self = VIEWER_GRAPH_CANVAS (widget);
  uint32_t           box = viewer_graph_canvas_get_selected (self);
  int                move;

  if (self->layout == NULL)
    return FALSE;
  g_variant_get (arguments, "(i)", &move);
  box = target_of (self, box, box == PROF_ID_NONE ? MOVE_HOTTEST : (Move)move);
  if (box != PROF_ID_NONE)
    graph_select_box (self, box, TRUE);
  return TRUE;
}

static gboolean
zoom_by_key (GtkWidget *widget, GVariant *arguments, gpointer data)
{
  double factor;

  g_variant_get (arguments, "(d)", &factor);
  viewer_graph_canvas_zoom (VIEWER_GRAPH_CANVAS (widget), factor);
  return TRUE;
}

static gboolean
pan_by_key (GtkWidget *widget, GVariant *arguments, gpointer data)
{
  ViewerGraphCanvas *self = VIEWER_GRAPH_CANVAS (widget);
  double             dx;
  double             dy;

  g_variant_get (arguments, "(dd)", &dx, &dy);
  self->is_fitted = FALSE;
  graph_set_place (self, self->x + dx, self->y + dy);
  return TRUE;
}

static gboolean
menu_by_key (GtkWidget *widget, GVariant *arguments, gpointer data)
{
  ViewerGraphCanvas *self = VIEWER_GRAPH_CANVAS (widget);
  uint32_t           box = viewer_graph_canvas_get_selected (self);
  graphene_rect_t    rect;

  if (box == PROF_ID_NONE)
    return FALSE;
  graph_reveal (self, box);
  viewer_graph_canvas_get_box_rect (self, box, &rect);
  g_signal_emit_by_name (self,
                         "menu-requested",
                         (double)(rect.origin.x + rect.size.width / 2),
                         (double)(rect.origin.y + rect.size.height / 2));
  return TRUE;
}

static gboolean
activate_by_key (GtkWidget *widget, GVariant *arguments, gpointer data)
{
  return gtk_widget_activate_action (widget, "win.show-in-sandwich", NULL);
}

static void
bind_moves (GtkWidgetClass *widget_class)
{
  static const struct
  {
    guint keys[2];
    Move  move;
  } moves[] = {
    { { GDK_KEY_Up, GDK_KEY_KP_Up }, MOVE_CALLER },
    { { GDK_KEY_Down, GDK_KEY_KP_Down }, MOVE_CALLEE },
    { { GDK_KEY_Left, GDK_KEY_KP_Left }, MOVE_LEFT },
    { { GDK_KEY_Right, GDK_KEY_KP_Right }, MOVE_RIGHT },
    { { GDK_KEY_Home, GDK_KEY_KP_Home }, MOVE_HOTTEST },
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
  static const struct
  {
    guint  key;
    double dx;
    double dy;
  } pans[] = {
    { GDK_KEY_a, KEY_PAN, 0 },
    { GDK_KEY_d, -KEY_PAN, 0 },
    { GDK_KEY_Page_Up, 0, KEY_PAN },
    { GDK_KEY_Page_Down, 0, -KEY_PAN },
  };

  for (size_t i = 0; i < G_N_ELEMENTS (pans); i++)
    gtk_widget_class_add_binding (widget_class,
                                  pans[i].key,
                                  0,
                                  pan_by_key,
                                  "(dd)",
                                  pans[i].dx,
                                  pans[i].dy);
}

void
graph_install_keys (GtkWidgetClass *widget_class)
{
  viewer_frame_keys_bind_enter (widget_class, activate_by_key);
  viewer_frame_keys_bind_zoom (widget_class, zoom_by_key);
  bind_moves (widget_class);
  bind_pan (widget_class);
  viewer_frame_keys_install (widget_class, "win.copy-name");
  viewer_frame_keys_bind_menu (widget_class, menu_by_key);
}
