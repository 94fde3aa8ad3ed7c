/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "viewer-flame-canvas.h"
#include "viewer-test.h"

#include <adwaita.h>
#include <string.h>

#define NODE "compress/flate.(*Writer).Close"

typedef struct
{
  ViewerDocument    *document;
  ViewerFlameCanvas *canvas;
  GtkWidget         *window;
} Fixture;

static void
draw (Fixture *fixture)
{
  gtk_test_widget_wait_for_draw (GTK_WIDGET (fixture->canvas));
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GFile) file = example_file ("server-cpu.prof");
  GtkWidget        *scroller = gtk_scrolled_window_new ();

  fixture->document = viewer_document_new ();
  fixture->canvas = g_object_new (VIEWER_TYPE_FLAME_CANVAS, NULL);
  fixture->window = gtk_window_new ();
  gtk_window_set_default_size (GTK_WINDOW (fixture->window), 900, 400);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller),
                                 GTK_WIDGET (fixture->canvas));
  gtk_window_set_child (GTK_WINDOW (fixture->window), scroller);
  viewer_flame_canvas_set_model (fixture->canvas,
                                 VIEWER_FLAME_MODEL (fixture->document));
  gtk_window_present (GTK_WINDOW (fixture->window));
  open_and_wait (fixture->document, file, NULL);
  wait_until (viewer_flame_canvas_n_base_draws (fixture->canvas) > 0);
  draw (fixture);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  gtk_window_destroy (GTK_WINDOW (fixture->window));
  g_clear_object (&fixture->document);
}

static GtkEventController *
find_controller (Fixture *fixture, GType type, guint button)
{
  g_autoptr (GListModel) list = gtk_widget_observe_controllers (
      GTK_WIDGET (fixture->canvas));

  for (guint i = 0; i < g_list_model_get_n_items (list); i++)
    {
      g_autoptr (GtkEventController) controller = g_list_model_get_item (list,
                                                                         i);

      if (G_TYPE_CHECK_INSTANCE_TYPE (controller, type) &&
          (!GTK_IS_GESTURE_SINGLE (controller) ||
           gtk_gesture_single_get_button (GTK_GESTURE_SINGLE (controller)) ==
               button))
        return controller;
    }
  g_error ("no such controller");
}

static void
press (Fixture *fixture, int n_press, double x, double y)
{
  GtkEventController *click = find_controller (fixture,
                                               GTK_TYPE_GESTURE_CLICK,
                                               GDK_BUTTON_PRIMARY);

  g_signal_emit_by_name (click, "pressed", n_press, x, y);
  g_signal_emit_by_name (click, "released", n_press, x, y);
}

static void
point_at (Fixture *fixture, double x, double y)
{
  GtkEventController
      *motion = find_controller (fixture, GTK_TYPE_EVENT_CONTROLLER_MOTION, 0);

  g_signal_emit_by_name (motion, "motion", x, y);
}

static GdkRectangle
rect_of (Fixture *fixture, ProfNodeId node)
{
  GdkRectangle rect;

  g_assert_true (
      viewer_flame_canvas_get_node_rect (fixture->canvas, node, &rect));
  return rect;
}

static void
press_node (Fixture *fixture, ProfNodeId node, int n_press)
{
  GdkRectangle rect = rect_of (fixture, node);

  for (int i = 1; i <= n_press; i++)
    press (fixture, i, rect.x + rect.width / 2, rect.y + rect.height / 2);
}

static ProfNodeId
selected (Fixture *fixture)
{
  return viewer_document_get_selection (fixture->document).node;
}

/* Presses a key's binding as the window would. */
static void
key (Fixture *fixture, guint keyval)
{
  g_autoptr (GListModel) list = gtk_widget_observe_controllers (
      GTK_WIDGET (fixture->canvas));

  for (guint i = 0; i < g_list_model_get_n_items (list); i++)
    {
      g_autoptr (GObject) controller = g_list_model_get_item (list, i);

      if (!GTK_IS_SHORTCUT_CONTROLLER (controller))
        continue;
      for (guint j = 0;
           j < g_list_model_get_n_items (G_LIST_MODEL (controller));
           j++)
        {
          g_autoptr (GtkShortcut) shortcut =
              g_list_model_get_item (G_LIST_MODEL (controller), j);
          GtkShortcutTrigger *trigger = gtk_shortcut_get_trigger (shortcut);

          if (!GTK_IS_KEYVAL_TRIGGER (trigger) ||
              gtk_keyval_trigger_get_keyval (GTK_KEYVAL_TRIGGER (trigger)) !=
                  keyval)
            continue;
          gtk_shortcut_action_activate (gtk_shortcut_get_action (shortcut),
                                        GTK_SHORTCUT_ACTION_EXCLUSIVE,
                                        GTK_WIDGET (fixture->canvas),
                                        gtk_shortcut_get_arguments (shortcut));
          return;
        }
    }
  g_error ("nothing is bound to that key");
}

static void
test_a_click_selects (Fixture *fixture, gconstpointer data)
{
  ProfNodeId node = node_named (fixture->document, NODE);

  press_node (fixture, node, 1);
  g_assert_cmpuint (selected (fixture), ==, node);
  g_assert_false (viewer_document_is_zoomed (fixture->document));
}

static void
test_a_click_beside_unselects (Fixture *fixture, gconstpointer data)
{
  press_node (fixture, node_named (fixture->document, NODE), 1);
  press (fixture, 1, 880, 380);
  g_assert_cmpuint (selected (fixture), ==, PROF_ID_NONE);
}

static void
test_a_double_click_zooms (Fixture *fixture, gconstpointer data)
{
  ProfNodeId node = node_named (fixture->document, NODE);

  press_node (fixture, node, 2);
  g_assert_cmpuint (viewer_document_get_zoom (fixture->document).root,
                    ==,
                    node);
  draw (fixture);

  GdkRectangle rect = rect_of (fixture, node);

  g_assert_cmpint (rect.width,
                   >=,
                   gtk_widget_get_width (GTK_WIDGET (fixture->canvas)) - 18);
}

static void
test_a_click_on_an_ancestor_zooms_out_to_it (Fixture      *fixture,
                                             gconstpointer data)
{
  ViewerResult *result = viewer_document_get_result (fixture->document);
  ProfNodeId    node = node_named (fixture->document, NODE);
  ProfNodeId    parent = prof_tree_nodes (result->tree)[node].parent;

  press_node (fixture, node, 2);
  draw (fixture);
  press_node (fixture, parent, 1);
  g_assert_cmpuint (viewer_document_get_zoom (fixture->document).root,
                    ==,
                    parent);
  draw (fixture);
  press_node (fixture, 0, 1);
  g_assert_false (viewer_document_is_zoomed (fixture->document));
}

static void
drag (Fixture *fixture, const char *signal, double x, double y)
{
  GtkEventController *gesture = find_controller (fixture,
                                                 GTK_TYPE_GESTURE_DRAG,
                                                 GDK_BUTTON_PRIMARY);

  g_signal_emit_by_name (gesture, signal, x, y);
}

static void
test_a_drag_zooms_to_its_range (Fixture *fixture, gconstpointer data)
{
  ViewerZoom home = viewer_document_get_zoom (fixture->document);
  double     width = gtk_widget_get_width (GTK_WIDGET (fixture->canvas)) - 16;
  ViewerZoom zoom;

  drag (fixture, "drag-begin", 8 + width / 2, 100);
  drag (fixture, "drag-update", -width / 4, 10);
  g_assert_false (viewer_document_is_zoomed (fixture->document));
  drag (fixture, "drag-end", -width / 4, 10);
  zoom = viewer_document_get_zoom (fixture->document);
  g_assert_cmpfloat_with_epsilon (zoom.start / home.end, 0.25, 1e-6);
  g_assert_cmpfloat_with_epsilon (zoom.end / home.end, 0.5, 1e-6);
  viewer_document_go (fixture->document, -1);
  g_assert_false (viewer_document_is_zoomed (fixture->document));
}

static void
test_a_drag_out_of_the_graph_ends_at_its_edge (Fixture      *fixture,
                                               gconstpointer data)
{
  ViewerZoom home = viewer_document_get_zoom (fixture->document);
  double     width = gtk_widget_get_width (GTK_WIDGET (fixture->canvas)) - 16;
  ViewerZoom zoom;

  drag (fixture, "drag-begin", 8 + width / 2, 100);
  drag (fixture, "drag-update", width * 2, 0);
  drag (fixture, "drag-end", width * 2, 0);
  zoom = viewer_document_get_zoom (fixture->document);
  g_assert_cmpfloat_with_epsilon (zoom.start / home.end, 0.5, 1e-6);
  g_assert_cmpfloat_with_epsilon (zoom.end, home.end, 1e-6);
}

static void
test_a_shaking_click_is_no_drag (Fixture *fixture, gconstpointer data)
{
  drag (fixture, "drag-begin", 400, 100);
  drag (fixture, "drag-update", 5, 30);
  drag (fixture, "drag-end", 5, 30);
  g_assert_false (viewer_document_is_zoomed (fixture->document));
}

static void
test_escape_cancels_a_drag (Fixture *fixture, gconstpointer data)
{
  drag (fixture, "drag-begin", 400, 100);
  drag (fixture, "drag-update", 100, 0);
  key (fixture, GDK_KEY_Escape);
  drag (fixture, "drag-end", 100, 0);
  g_assert_false (viewer_document_is_zoomed (fixture->document));
}

static void
test_the_file_may_go_while_a_range_is_drawn (Fixture      *fixture,
                                             gconstpointer data)
{
  g_autoptr (GFile) gone = g_file_new_for_path ("/nonexistent/cpu.prof");

  drag (fixture, "drag-begin", 400, 100);
  drag (fixture, "drag-update", 100, 0);
  open_and_wait (fixture->document, gone, NULL);
  drag (fixture, "drag-update", 120, 0);
  drag (fixture, "drag-end", 120, 0);
  g_assert_null (viewer_document_get_result (fixture->document));
}

static void
test_drawing_a_range_does_not_draw_the_picture_again (Fixture      *fixture,
                                                      gconstpointer data)
{
  unsigned before = viewer_flame_canvas_n_base_draws (fixture->canvas);

  drag (fixture, "drag-begin", 400, 100);
  for (int i = 0; i < 20; i++)
    {
      drag (fixture, "drag-update", 10. * i, 0);
      draw (fixture);
    }
  g_assert_cmpuint (viewer_flame_canvas_n_base_draws (fixture->canvas),
                    ==,
                    before);
}

static void
test_a_pinch_zooms_at_the_pointer (Fixture *fixture, gconstpointer data)
{
  GtkEventController *pinch = find_controller (fixture,
                                               GTK_TYPE_GESTURE_ZOOM,
                                               0);
  ViewerZoom          home = viewer_document_get_zoom (fixture->document);
  double     width = gtk_widget_get_width (GTK_WIDGET (fixture->canvas)) - 16;
  ViewerZoom zoom;

  point_at (fixture, 8 + width / 4, 100);
  g_signal_emit_by_name (pinch, "begin", NULL);
  g_signal_emit_by_name (pinch, "scale-changed", 1.5);
  g_signal_emit_by_name (pinch, "scale-changed", 2.);
  zoom = viewer_document_get_zoom (fixture->document);
  g_assert_cmpfloat_with_epsilon (zoom.start / home.end, 0.125, 1e-6);
  g_assert_cmpfloat_with_epsilon (zoom.end / home.end, 0.625, 1e-6);
  viewer_document_go (fixture->document, -1);
  g_assert_false (viewer_document_is_zoomed (fixture->document));
}

/* Or a finger's throw would not end where it is aimed at. */
static void
test_a_scrolled_view_stays_where_it_was_put (Fixture      *fixture,
                                             gconstpointer data)
{
  GtkAdjustment *adjustment = gtk_scrollable_get_hadjustment (
      GTK_SCROLLABLE (fixture->canvas));
  double value;

  viewer_document_zoom_to_node (fixture->document,
                                node_named (fixture->document, NODE));
  draw (fixture);
  value = gtk_adjustment_get_value (adjustment);
  g_assert_cmpfloat (value, >, 300);
  for (int i = 0; i < 40; i++)
    {
      value -= 7.3;
      gtk_adjustment_set_value (adjustment, value);
      draw (fixture);
      g_assert_cmpfloat_with_epsilon (gtk_adjustment_get_value (adjustment),
                                      value,
                                      0.01);
    }
}

static void
count_request (int *n_requests)
{
  (*n_requests)++;
}

static void
test_a_long_press_opens_the_menu (Fixture *fixture, gconstpointer data)
{
  ProfNodeId   node = node_named (fixture->document, NODE);
  GdkRectangle rect = rect_of (fixture, node);
  int          n_requests = 0;

  g_signal_connect_swapped (fixture->canvas,
                            "menu-requested",
                            G_CALLBACK (count_request),
                            &n_requests);
  g_signal_emit_by_name (find_controller (fixture,
                                          GTK_TYPE_GESTURE_LONG_PRESS,
                                          GDK_BUTTON_PRIMARY),
                         "pressed",
                         rect.x + 5.,
                         rect.y + 5.);
  g_assert_cmpint (n_requests, ==, 1);
  g_assert_cmpuint (selected (fixture), ==, node);
}

static void
enable_animations (gboolean enabled)
{
  g_object_set (gtk_settings_get_default (),
                "gtk-enable-animations",
                enabled,
                NULL);
}

static void
test_a_zoom_is_animated (Fixture *fixture, gconstpointer data)
{
  ProfNodeId node = node_named (fixture->document, NODE);
  int        before = rect_of (fixture, node).width;
  int        full = gtk_widget_get_width (GTK_WIDGET (fixture->canvas)) - 18;
  gint64     start = g_get_monotonic_time ();

  enable_animations (TRUE);
  viewer_document_zoom_to_node (fixture->document, node);
  g_assert_cmpint (ABS (rect_of (fixture, node).width - before), <=, 1);
  wait_until (rect_of (fixture, node).width > before + 10);
  g_assert_cmpint (rect_of (fixture, node).width, <, full);
  wait_until (rect_of (fixture, node).width >= full);
  g_assert_cmpint (g_get_monotonic_time () - start, >=, 120 * 1000);
  enable_animations (FALSE);
}

static void
test_another_zoom_goes_on_from_where_one_is (Fixture      *fixture,
                                             gconstpointer data)
{
  ProfNodeId node = node_named (fixture->document, NODE);
  int        before = rect_of (fixture, node).width;
  int        between;

  enable_animations (TRUE);
  viewer_document_zoom_to_node (fixture->document, node);
  wait_until (rect_of (fixture, node).width > before + 10);
  between = rect_of (fixture, node).width;
  viewer_document_zoom_home (fixture->document);
  g_assert_cmpint (ABS (rect_of (fixture, node).width - between), <=, 1);
  wait_until (ABS (rect_of (fixture, node).width - before) <= 1);
  /* The first is over, not waiting. */
  wait_ms (300);
  g_assert_cmpint (ABS (rect_of (fixture, node).width - before), <=, 1);
  enable_animations (FALSE);
}

static void
test_without_animations_a_zoom_is_there_at_once (Fixture      *fixture,
                                                 gconstpointer data)
{
  ProfNodeId node = node_named (fixture->document, NODE);

  viewer_document_zoom_to_node (fixture->document, node);
  g_assert_cmpint (rect_of (fixture, node).width,
                   >=,
                   gtk_widget_get_width (GTK_WIDGET (fixture->canvas)) - 18);
}

static void
test_arrows_walk_the_boxes (Fixture *fixture, gconstpointer data)
{
  ViewerResult   *result = viewer_document_get_result (fixture->document);
  const ProfNode *nodes = prof_tree_nodes (result->tree);

  key (fixture, GDK_KEY_Down);
  g_assert_cmpuint (selected (fixture), ==, 0);
  key (fixture, GDK_KEY_Down);
  g_assert_cmpuint (selected (fixture), ==, 1);
  key (fixture, GDK_KEY_Right);
  g_assert_cmpuint (selected (fixture), ==, 1 + nodes[1].size);
  key (fixture, GDK_KEY_Home);
  g_assert_cmpuint (selected (fixture), ==, 1);
  key (fixture, GDK_KEY_Up);
  g_assert_cmpuint (selected (fixture), ==, 0);
  key (fixture, GDK_KEY_Page_Down);
  g_assert_cmpuint (prof_tree_depth (result->tree, selected (fixture)), ==, 10);
}

static void
test_the_end_of_a_row_is_one_stop (Fixture *fixture, gconstpointer data)
{
  ProfNodeId last;

  key (fixture, GDK_KEY_Down);
  key (fixture, GDK_KEY_Down);
  key (fixture, GDK_KEY_End);
  last = selected (fixture);
  g_assert_cmpuint (viewer_document_get_selection (fixture->document).end,
                    !=,
                    0);
  key (fixture, GDK_KEY_Right);
  g_assert_cmpuint (selected (fixture), ==, last);
}

static void
test_narrow_frames_can_be_hidden (Fixture *fixture, gconstpointer data)
{
  ProfNodeId   node = node_named (fixture->document, NODE);
  GdkRectangle rect = rect_of (fixture, node);
  double       share = (double)rect.width /
                 gtk_widget_get_width (GTK_WIDGET (fixture->canvas));

  viewer_flame_canvas_set_trim (fixture->canvas, share * 1.1);
  g_assert_false (
      viewer_flame_canvas_get_node_rect (fixture->canvas, node, &rect));
  viewer_document_zoom_to_node (fixture->document, node);
  rect_of (fixture, node);
  viewer_document_zoom_home (fixture->document);
  viewer_flame_canvas_set_trim (fixture->canvas, 0);
  rect_of (fixture, node);
}

static void
test_a_strip_is_zoomed_into (Fixture *fixture, gconstpointer data)
{
  ViewerResult   *result = viewer_document_get_result (fixture->document);
  const ProfNode *nodes = prof_tree_nodes (result->tree);
  ViewerSelection strip;
  ViewerZoom      zoom;

  key (fixture, GDK_KEY_Down);
  key (fixture, GDK_KEY_Down);
  key (fixture, GDK_KEY_End);
  strip = viewer_document_get_selection (fixture->document);
  g_assert_cmpuint (strip.end, >, strip.node);
  g_assert_cmpuint (strip.frame, ==, PROF_ID_NONE);
  key (fixture, GDK_KEY_Return);
  zoom = viewer_document_get_zoom (fixture->document);
  g_assert_cmpfloat (zoom.start,
                     ==,
                     (double)prof_tree_start (result->tree, strip.node));
  g_assert_cmpuint (zoom.root, ==, nodes[strip.node].parent);
  draw (fixture);
  g_assert_cmpint (rect_of (fixture, strip.node).width, >, 2);
}

/* Too many to be told apart even when they have the whole width. */
static void
test_a_strip_that_fills_the_view_opens_part_by_part (Fixture      *fixture,
                                                     gconstpointer data)
{
  GdkRectangle rect;

  open_wide (fixture->document);
  key (fixture, GDK_KEY_Down);
  key (fixture, GDK_KEY_Down);
  key (fixture, GDK_KEY_Down);
  g_assert_cmpuint (viewer_document_get_selection (fixture->document).end,
                    !=,
                    0);
  g_assert_false (
      viewer_flame_canvas_get_node_rect (fixture->canvas, 2, &rect));
  key (fixture, GDK_KEY_Return);
  g_assert_true (viewer_flame_canvas_get_node_rect (fixture->canvas, 2, &rect));
  for (int i = 0; i < 4; i++)
    key (fixture, GDK_KEY_Return);
  rect = rect_of (fixture, 2);
  g_assert_cmpint (rect.width,
                   >=,
                   gtk_widget_get_width (GTK_WIDGET (fixture->canvas)) - 18);
}

/* The popover that is open, or NULL. */
static GtkWidget *
popover (Fixture *fixture)
{
  for (GtkWidget *child =
           gtk_widget_get_first_child (GTK_WIDGET (fixture->canvas));
       child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if (GTK_IS_POPOVER (child) && gtk_widget_get_visible (child))
      return child;
  return NULL;
}

static void
test_space_shows_what_is_known (Fixture *fixture, gconstpointer data)
{
  ProfNodeId node = node_named (fixture->document, NODE);
  GtkWidget *label;

  key (fixture, GDK_KEY_space);
  g_assert_null (popover (fixture));
  viewer_document_select (fixture->document, node, 0, true);
  key (fixture, GDK_KEY_space);
  g_assert_nonnull (popover (fixture));
  label = gtk_popover_get_child (GTK_POPOVER (popover (fixture)));
  g_assert_nonnull (strstr (gtk_label_get_text (GTK_LABEL (label)), NODE));
  g_assert_true (gtk_label_get_selectable (GTK_LABEL (label)));
  key (fixture, GDK_KEY_space);
  wait_until (popover (fixture) == NULL);
  key (fixture, GDK_KEY_space);
  g_assert_nonnull (popover (fixture));
  key (fixture, GDK_KEY_Up);
  wait_until (popover (fixture) == NULL);
}

static void
test_letters_move_a_zoomed_view (Fixture *fixture, gconstpointer data)
{
  ViewerZoom before, after;

  key (fixture, GDK_KEY_d);
  g_assert_false (viewer_document_is_zoomed (fixture->document));
  key (fixture, GDK_KEY_plus);
  before = viewer_document_get_zoom (fixture->document);
  g_assert_true (viewer_document_is_zoomed (fixture->document));
  key (fixture, GDK_KEY_a);
  after = viewer_document_get_zoom (fixture->document);
  g_assert_cmpfloat (after.start, <, before.start);
  key (fixture, GDK_KEY_d);
  key (fixture, GDK_KEY_d);
  g_assert_cmpfloat (viewer_document_get_zoom (fixture->document).start,
                     >,
                     before.start);
  key (fixture, GDK_KEY_minus);
  key (fixture, GDK_KEY_minus);
  g_assert_false (viewer_document_is_zoomed (fixture->document));
}

static void
test_flames_turn_up_and_down (Fixture *fixture, gconstpointer data)
{
  GdkRectangle above, below;

  viewer_flame_canvas_set_flame (fixture->canvas, TRUE);
  draw (fixture);
  key (fixture, GDK_KEY_Up);
  key (fixture, GDK_KEY_Up);
  g_assert_cmpuint (selected (fixture), ==, 1);
  draw (fixture);
  above = rect_of (fixture, 1);
  below = rect_of (fixture, 0);
  g_assert_cmpint (above.y + above.height, <=, below.y);
  g_assert_cmpint (below.y + below.height,
                   <=,
                   gtk_widget_get_height (GTK_WIDGET (fixture->canvas)));
}

static void
test_hovering_does_not_draw_the_picture_again (Fixture      *fixture,
                                               gconstpointer data)
{
  unsigned before = viewer_flame_canvas_n_base_draws (fixture->canvas);
  int      n_frames = 0;

  for (int i = 0; i < 1000; i++)
    {
      ProfNodeId node, end;

      point_at (fixture, 10 + i * 0.86, 20 + i % 340);
      n_frames += viewer_flame_canvas_get_hover (fixture->canvas, &node, &end);
      if (i % 50 == 0)
        draw (fixture);
    }
  g_assert_cmpint (n_frames, >, 300);
  g_assert_cmpuint (viewer_flame_canvas_n_base_draws (fixture->canvas),
                    ==,
                    before);
}

/* What is drawn at a point: 0xaarrggbb. */
static guint32
pixel_at (Fixture *fixture, int x, int y)
{
  GtkWidget                *widget = GTK_WIDGET (fixture->canvas);
  GtkSnapshot              *snapshot = gtk_snapshot_new ();
  int                       width = gtk_widget_get_width (widget);
  int                       height = gtk_widget_get_height (widget);
  g_autofree guint32       *pixels = g_new (guint32, width * height);
  g_autoptr (GskRenderNode) node = NULL;
  g_autoptr (GdkTexture)    texture = NULL;

  draw (fixture);
  GTK_WIDGET_GET_CLASS (widget)->snapshot (widget, snapshot);
  node = gtk_snapshot_free_to_node (snapshot);
  texture = gsk_renderer_render_texture (gtk_native_get_renderer (
                                             gtk_widget_get_native (widget)),
                                         node,
                                         &GRAPHENE_RECT_INIT (0,
                                                              0,
                                                              (float)width,
                                                              (float)height));
  gdk_texture_download (texture, (guchar *)pixels, (gsize)width * 4);
  return pixels[y * width + x];
}

static void
test_callers_of_what_is_pointed_at_are_underlined (Fixture      *fixture,
                                                   gconstpointer data)
{
  ViewerResult *result = viewer_document_get_result (fixture->document);
  ProfNodeId    node = node_named (fixture->document, NODE);
  ProfNodeId    caller = prof_tree_nodes (result->tree)[node].parent;
  GdkRectangle  rect = rect_of (fixture, node);
  GdkRectangle  above = rect_of (fixture, caller);
  int           x = above.x + above.width / 2;
  int           y = above.y + above.height - 1;
  guint32       before = pixel_at (fixture, x, y);

  point_at (fixture, rect.x + 5, rect.y + 5);
  g_assert_cmphex (pixel_at (fixture, x, y), !=, before);
  g_assert_cmphex (pixel_at (fixture, x, y - 3), ==, before);
  point_at (fixture, 880, 380);
  g_assert_cmphex (pixel_at (fixture, x, y), ==, before);
}

/* The box in the lowest row that is in sight. */
static GdkRectangle
lowest_rect (Fixture *fixture)
{
  ViewerResult *result = viewer_document_get_result (fixture->document);
  int           height = gtk_widget_get_height (GTK_WIDGET (fixture->canvas));
  GdkRectangle  lowest = { 0, 0, 0, 0 };

  for (ProfNodeId i = 1; i < prof_tree_n_nodes (result->tree); i++)
    {
      GdkRectangle rect;

      if (viewer_flame_canvas_get_node_rect (fixture->canvas, i, &rect) &&
          rect.y >= lowest.y && rect.y + 5 < height)
        lowest = rect;
    }
  return lowest;
}

/* There are fewer boxes then: what was pointed at has no number in them. */
static void
test_the_window_may_shrink_under_the_pointer (Fixture      *fixture,
                                              gconstpointer data)
{
  GtkWidget   *widget = GTK_WIDGET (fixture->canvas);
  int          width = gtk_widget_get_width (widget);
  GdkRectangle rect = lowest_rect (fixture);
  ProfNodeId   node, end;

  point_at (fixture, rect.x + 1, rect.y + 5);
  g_assert_true (viewer_flame_canvas_get_hover (fixture->canvas, &node, &end));
  gtk_window_set_default_size (GTK_WINDOW (fixture->window), 120, 400);
  wait_until (gtk_widget_get_width (widget) < width / 2);
  draw (fixture);
}

static void
test_selecting_does_not_draw_the_picture_again (Fixture      *fixture,
                                                gconstpointer data)
{
  unsigned before = viewer_flame_canvas_n_base_draws (fixture->canvas);

  press_node (fixture, node_named (fixture->document, NODE), 1);
  draw (fixture);
  g_assert_cmpuint (viewer_flame_canvas_n_base_draws (fixture->canvas),
                    ==,
                    before);
}

static void
test_the_view_zooms_around_the_pointer (Fixture *fixture, gconstpointer data)
{
  ProfNodeId   node = node_named (fixture->document, NODE);
  GdkRectangle before = rect_of (fixture, node);
  GdkRectangle after;

  viewer_document_select (fixture->document, node, 0, false);
  viewer_flame_canvas_zoom (fixture->canvas, 1.25);
  draw (fixture);
  after = rect_of (fixture, node);
  g_assert_cmpint (ABS (after.width - before.width * 5 / 4), <=, 3);
  g_assert_cmpint (ABS (after.x + after.width / 2 - before.x -
                        before.width / 2),
                   <=,
                   3);
}

static void
test_what_is_found_becomes_visible (Fixture *fixture, gconstpointer data)
{
  ViewerResult *result = viewer_document_get_result (fixture->document);
  GdkRectangle  rect;
  ProfNodeId    deep = 0;

  /* The last node of the deepest row is narrow and far down. */
  for (ProfNodeId i = 1; i < prof_tree_n_nodes (result->tree); i++)
    if (prof_tree_depth (result->tree, i) == prof_tree_height (result->tree))
      deep = i;
  viewer_document_select (fixture->document, deep, 0, true);
  draw (fixture);
  rect = rect_of (fixture, deep);
  g_assert_cmpint (rect.width, >=, 3);
  g_assert_cmpint (rect.y, >=, 0);
  g_assert_cmpint (rect.y + rect.height,
                   <=,
                   gtk_widget_get_height (GTK_WIDGET (fixture->canvas)));
}

static void
test_the_tree_is_accessible (Fixture *fixture, gconstpointer data)
{
  GtkWidget *item = gtk_widget_get_first_child (GTK_WIDGET (fixture->canvas));

  gtk_test_accessible_assert_role (GTK_ACCESSIBLE (fixture->canvas),
                                   GTK_ACCESSIBLE_ROLE_TREE);
  gtk_test_accessible_assert_role (GTK_ACCESSIBLE (item),
                                   GTK_ACCESSIBLE_ROLE_TREE_ITEM);
  key (fixture, GDK_KEY_Down);
  key (fixture, GDK_KEY_Down);
  gtk_test_accessible_assert_property (GTK_ACCESSIBLE (item),
                                       GTK_ACCESSIBLE_PROPERTY_LEVEL,
                                       2);
  g_assert_true (gtk_widget_has_focus (item) ||
                 gtk_window_get_focus (GTK_WINDOW (fixture->window)) == item);
}

int
main (int argc, char **argv)
{
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();
#define ADD(path, function) \
  g_test_add ("/canvas/" path, Fixture, NULL, set_up, function, tear_down)
  ADD ("a-click-selects", test_a_click_selects);
  ADD ("a-click-beside-unselects", test_a_click_beside_unselects);
  ADD ("a-double-click-zooms", test_a_double_click_zooms);
  ADD ("a-click-on-an-ancestor-zooms-out-to-it",
       test_a_click_on_an_ancestor_zooms_out_to_it);
  ADD ("a-drag-zooms-to-its-range", test_a_drag_zooms_to_its_range);
  ADD ("a-drag-out-of-the-graph-ends-at-its-edge",
       test_a_drag_out_of_the_graph_ends_at_its_edge);
  ADD ("a-shaking-click-is-no-drag", test_a_shaking_click_is_no_drag);
  ADD ("escape-cancels-a-drag", test_escape_cancels_a_drag);
  ADD ("the-file-may-go-while-a-range-is-drawn",
       test_the_file_may_go_while_a_range_is_drawn);
  ADD ("drawing-a-range-does-not-draw-the-picture-again",
       test_drawing_a_range_does_not_draw_the_picture_again);
  ADD ("a-pinch-zooms-at-the-pointer", test_a_pinch_zooms_at_the_pointer);
  ADD ("a-scrolled-view-stays-where-it-was-put",
       test_a_scrolled_view_stays_where_it_was_put);
  ADD ("a-long-press-opens-the-menu", test_a_long_press_opens_the_menu);
  ADD ("a-zoom-is-animated", test_a_zoom_is_animated);
  ADD ("another-zoom-goes-on-from-where-one-is",
       test_another_zoom_goes_on_from_where_one_is);
  ADD ("without-animations-a-zoom-is-there-at-once",
       test_without_animations_a_zoom_is_there_at_once);
  ADD ("arrows-walk-the-boxes", test_arrows_walk_the_boxes);
  ADD ("the-end-of-a-row-is-one-stop", test_the_end_of_a_row_is_one_stop);
  ADD ("narrow-frames-can-be-hidden", test_narrow_frames_can_be_hidden);
  ADD ("a-strip-is-zoomed-into", test_a_strip_is_zoomed_into);
  ADD ("a-strip-that-fills-the-view-opens-part-by-part",
       test_a_strip_that_fills_the_view_opens_part_by_part);
  ADD ("space-shows-what-is-known", test_space_shows_what_is_known);
  ADD ("letters-move-a-zoomed-view", test_letters_move_a_zoomed_view);
  ADD ("flames-turn-up-and-down", test_flames_turn_up_and_down);
  ADD ("hovering-does-not-draw-the-picture-again",
       test_hovering_does_not_draw_the_picture_again);
  ADD ("callers-of-what-is-pointed-at-are-underlined",
       test_callers_of_what_is_pointed_at_are_underlined);
  ADD ("the-window-may-shrink-under-the-pointer",
       test_the_window_may_shrink_under_the_pointer);
  ADD ("selecting-does-not-draw-the-picture-again",
       test_selecting_does_not_draw_the_picture_again);
  ADD ("the-view-zooms-around-the-pointer",
       test_the_view_zooms_around_the_pointer);
  ADD ("what-is-found-becomes-visible", test_what_is_found_becomes_visible);
  ADD ("the-tree-is-accessible", test_the_tree_is_accessible);
#undef ADD
  return g_test_run ();
}
