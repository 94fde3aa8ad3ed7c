/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "viewer-test.h"
#include "viewer-top-row.h"
#include "viewer-window.h"
#include "window-test.h"

#include <string.h>

typedef struct
{
  ViewerWindow       *window;
  ViewerDocument     *document;
  ViewerSandwichPage *page;
} Fixture;

static gboolean
view_is (Fixture *fixture, const char *name)
{
  g_autoptr (GVariant) state =
      g_action_group_get_action_state (G_ACTION_GROUP (fixture->window),
                                       "view");

  return strcmp (g_variant_get_string (state, NULL), name) == 0;
}

static void
draw (Fixture *fixture)
{
  gtk_test_widget_wait_for_draw (GTK_WIDGET (fixture->window));
}

static void
wait (Fixture *fixture)
{
  ViewerSandwich *sandwich = viewer_sandwich_page_get_sandwich (fixture->page);

  wait_until (!viewer_sandwich_is_busy (sandwich) &&
              viewer_sandwich_get_frame (sandwich) != PROF_ID_NONE);
  draw (fixture);
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GFile) file = example_file ("server-cpu.prof");

  fixture->window = viewer_window_new (GTK_APPLICATION (application));
  fixture->document = viewer_window_get_document (fixture->window);
  fixture->page = viewer_window_get_sandwich_page (fixture->window);
  gtk_window_present (GTK_WINDOW (fixture->window));
  open_in_window (fixture->window, file, "flame");
  draw (fixture);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  close_window (fixture->window);
}

static void
show (Fixture *fixture, const char *function)
{
  viewer_document_select (fixture->document,
                          node_named (fixture->document, function),
                          0,
                          false);
  act (fixture->window, "show-in-sandwich", NULL);
  wait (fixture);
}

static const char *
name_in_the_middle (Fixture *fixture)
{
  ViewerSandwich *sandwich = viewer_sandwich_page_get_sandwich (fixture->page);

  return prof_tree_name (viewer_sandwich_get_result (sandwich, VIEWER_CALLERS)
                             ->tree,
                         0);
}

static GtkSingleSelection *
picks (Fixture *fixture)
{
  return GTK_SINGLE_SELECTION (
      gtk_column_view_get_model (viewer_top_page_get_view (
          viewer_sandwich_page_get_picker (fixture->page))));
}

static ViewerFlameCanvas *
canvas (Fixture *fixture, ViewerSide side)
{
  return viewer_sandwich_page_get_canvas (fixture->page, side);
}

static GdkRectangle
rect_of (Fixture *fixture, ViewerSide side, ProfNodeId node)
{
  GdkRectangle rect = { 0 };

  g_assert_true (
      viewer_flame_canvas_get_node_rect (canvas (fixture, side), node, &rect));
  return rect;
}

/* Presses the primary button on a node. */
static void
press (Fixture *fixture, ViewerSide side, ProfNodeId node, int n_press)
{
  GdkRectangle           rect = rect_of (fixture, side, node);
  g_autoptr (GListModel) list = gtk_widget_observe_controllers (
      GTK_WIDGET (canvas (fixture, side)));

  for (guint i = 0; i < g_list_model_get_n_items (list); i++)
    {
      g_autoptr (GObject) controller = g_list_model_get_item (list, i);

      if (GTK_IS_GESTURE_CLICK (controller) &&
          gtk_gesture_single_get_button (GTK_GESTURE_SINGLE (controller)) ==
              GDK_BUTTON_PRIMARY)
        g_signal_emit_by_name (controller,
                               "released",
                               n_press,
                               rect.x + 1.,
                               rect.y + 1.);
    }
}

static void
test_the_function_stands_between_the_halves (Fixture      *fixture,
                                             gconstpointer data)
{
  GtkWidget   *above = GTK_WIDGET (canvas (fixture, VIEWER_CALLERS));
  GtkWidget   *below = GTK_WIDGET (canvas (fixture, VIEWER_CALLEES));
  GdkRectangle first;
  double       x, y;

  show (fixture, "runtime.mallocgc");
  /* The first row of each touches its edge on the function's side. */
  first = rect_of (fixture, VIEWER_CALLERS, 1);
  g_assert_cmpint (first.y + first.height,
                   >=,
                   gtk_widget_get_height (above) - 4);
  first = rect_of (fixture, VIEWER_CALLEES, 1);
  g_assert_cmpint (first.y, <=, 4);
  g_assert_cmpint (gtk_widget_get_width (above),
                   ==,
                   gtk_widget_get_width (below));
  gtk_widget_translate_coordinates (above,
                                    below,
                                    0,
                                    gtk_widget_get_height (above),
                                    &x,
                                    &y);
  g_assert_cmpfloat (y, <, 0);
  g_assert_cmpfloat (y, >, -40);
}

static ProfFrameId
picked (GtkSingleSelection *selection)
{
  ViewerTopRow *row = gtk_single_selection_get_selected_item (selection);

  return row != NULL ? viewer_top_row_get (row)->frame : PROF_ID_NONE;
}

static void
test_the_picker_shows_and_chooses (Fixture *fixture, gconstpointer data)
{
  g_autoptr (ViewerTopRow) row = NULL;
  GtkSingleSelection      *selection;
  const char              *name;

  show (fixture, "runtime.mallocgc");
  selection = picks (fixture);
  wait_until (picked (selection) ==
              viewer_document_get_center (fixture->document));
  gtk_single_selection_set_selected (selection, 0);
  wait (fixture);
  g_clear_object (&row);
  row = g_list_model_get_item (G_LIST_MODEL (selection), 0);
  name = prof_frames_display_name (viewer_top_row_get_result (row)->frames,
                                   viewer_top_row_get (row)->frame);
  g_assert_cmpstr (name_in_the_middle (fixture), ==, name);
  /* The first by cum, not by flat. */
  g_assert_cmpint (viewer_top_row_get (row)->cum,
                   >,
                   viewer_top_row_get (row)->flat);
  act (fixture->window, "back", NULL);
  wait (fixture);
  g_assert_cmpstr (name_in_the_middle (fixture), ==, "runtime.mallocgc");
}

static void
test_a_click_centers_and_its_second_half_does_not (Fixture      *fixture,
                                                   gconstpointer data)
{
  show (fixture, "runtime.mallocgc");
  press (fixture, VIEWER_CALLERS, 1, 1);
  wait (fixture);
  g_assert_cmpstr (name_in_the_middle (fixture), ==, "runtime.newobject");
  press (fixture, VIEWER_CALLEES, 1, 2);
  wait (fixture);
  g_assert_cmpstr (name_in_the_middle (fixture), ==, "runtime.newobject");
  act (fixture->window, "back", NULL);
  wait (fixture);
  g_assert_cmpstr (name_in_the_middle (fixture), ==, "runtime.mallocgc");
}

static ViewerSelection
selection_in (Fixture *fixture, ViewerSide side)
{
  return viewer_flame_model_get_selection (
      viewer_sandwich_get_model (viewer_sandwich_page_get_sandwich (
                                     fixture->page),
                                 side));
}

static void
test_keys_lead_over_the_function (Fixture *fixture, gconstpointer data)
{
  show (fixture, "runtime.mallocgc");
  viewer_flame_canvas_select_first (canvas (fixture, VIEWER_CALLERS));
  g_assert_cmpuint (selection_in (fixture, VIEWER_CALLERS).node, ==, 1);
  g_signal_emit_by_name (canvas (fixture, VIEWER_CALLERS), "root-reached");
  g_assert_cmpuint (selection_in (fixture, VIEWER_CALLERS).node,
                    ==,
                    PROF_ID_NONE);
  g_assert_cmpuint (selection_in (fixture, VIEWER_CALLEES).node, ==, 1);
  g_signal_emit_by_name (canvas (fixture, VIEWER_CALLEES), "root-reached");
  g_assert_cmpuint (selection_in (fixture, VIEWER_CALLERS).node, ==, 1);
}

static void
test_zoom_is_of_the_halves (Fixture *fixture, gconstpointer data)
{
  int before;

  show (fixture, "runtime.mallocgc");
  before = rect_of (fixture, VIEWER_CALLERS, 1).width;
  g_assert_false (is_possible (fixture->window, "zoom-home"));
  act (fixture->window, "zoom-in", NULL);
  g_assert_true (is_possible (fixture->window, "zoom-home"));
  g_assert_false (viewer_document_is_zoomed (fixture->document));
  wait_until (rect_of (fixture, VIEWER_CALLERS, 1).width != before);
  act (fixture->window, "zoom-home", NULL);
  g_assert_false (is_possible (fixture->window, "zoom-home"));
}

static void
test_a_row_of_the_table_leads_here (Fixture *fixture, gconstpointer data)
{
  GtkColumnView *view = viewer_top_page_get_view (
      viewer_window_get_top_page (fixture->window));
  GtkSingleSelection      *selection;
  g_autoptr (ViewerTopRow) row = NULL;

  act (fixture->window, "view", "top");
  draw (fixture);
  selection = GTK_SINGLE_SELECTION (gtk_column_view_get_model (view));
  gtk_single_selection_set_selected (selection, 5);
  g_signal_emit_by_name (view, "activate", 5);
  wait (fixture);
  g_assert_true (view_is (fixture, "sandwich"));
  row = g_object_ref (gtk_single_selection_get_selected_item (selection));
  g_assert_cmpuint (viewer_document_get_center (fixture->document),
                    ==,
                    viewer_top_row_get (row)->frame);
}

static gboolean
has_label (GtkWidget *widget, const char *text)
{
  if (GTK_IS_LABEL (widget) &&
      strcmp (gtk_label_get_label (GTK_LABEL (widget)), text) == 0)
    return TRUE;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if (has_label (child, text))
      return TRUE;
  return FALSE;
}

static void
test_it_is_said_what_the_function_does (Fixture *fixture, gconstpointer data)
{
  g_autofree char *status = NULL;

  show (fixture, "runtime.mallocgc");
  g_assert_true (has_label (GTK_WIDGET (fixture->page),
                            "11.6 % total · 2.2 % self · called from 8 "
                            "functions"));
  g_assert_true (
      has_label (GTK_WIDGET (fixture->page), "1.12 s · 11.6 % of all"));
  viewer_flame_canvas_select_first (canvas (fixture, VIEWER_CALLERS));
  status = viewer_sandwich_page_describe (fixture->page);
  g_assert_cmpstr (status,
                   ==,
                   "<b>runtime.newobject</b> — total 0.52 s (5.4 %)"
                   " · 46.4 % of runtime.mallocgc");
}

static void
test_a_narrow_page_has_no_picker (Fixture *fixture, gconstpointer data)
{
  GtkWidget *picker = GTK_WIDGET (
      viewer_sandwich_page_get_picker (fixture->page));

  show (fixture, "runtime.mallocgc");
  g_assert_true (gtk_widget_get_mapped (picker));
  gtk_window_set_default_size (GTK_WINDOW (fixture->window), 800, 420);
  wait_until (!gtk_widget_get_mapped (picker));
  g_assert_cmpint (gtk_widget_get_width (
                       GTK_WIDGET (canvas (fixture, VIEWER_CALLEES))),
                   >=,
                   300);
}

static void
test_other_names_are_no_views (Fixture *fixture, gconstpointer data)
{
  act (fixture->window, "view", "sandwich");
  g_assert_true (view_is (fixture, "sandwich"));
  act (fixture->window, "view", "sandwiches");
  g_assert_true (view_is (fixture, "sandwich"));
  act (fixture->window, "view", "");
  g_assert_true (view_is (fixture, "sandwich"));
}

static void
test_a_window_can_be_closed_while_it_works (Fixture      *fixture,
                                            gconstpointer data)
{
  show (fixture, "runtime.mallocgc");
  gtk_single_selection_set_selected (picks (fixture), 0);
  g_assert_true (viewer_sandwich_is_busy (
      viewer_sandwich_page_get_sandwich (fixture->page)));
  /* The rest is the fixture's. */
}

int
main (int argc, char **argv)
{
  window_test_init (&argc, &argv);
#define ADD(path, function)           \
  g_test_add ("/sandwich-page/" path, \
              Fixture,                \
              NULL,                   \
              set_up,                 \
              function,               \
              tear_down)
  ADD ("the-function-stands-between-the-halves",
       test_the_function_stands_between_the_halves);
  ADD ("the-picker-shows-and-chooses", test_the_picker_shows_and_chooses);
  ADD ("a-click-centers-and-its-second-half-does-not",
       test_a_click_centers_and_its_second_half_does_not);
  ADD ("keys-lead-over-the-function", test_keys_lead_over_the_function);
  ADD ("zoom-is-of-the-halves", test_zoom_is_of_the_halves);
  ADD ("a-row-of-the-table-leads-here", test_a_row_of_the_table_leads_here);
  ADD ("it-is-said-what-the-function-does",
       test_it_is_said_what_the_function_does);
  ADD ("a-narrow-page-has-no-picker", test_a_narrow_page_has_no_picker);
  ADD ("other-names-are-no-views", test_other_names_are_no_views);
  ADD ("a-window-can-be-closed-while-it-works",
       test_a_window_can_be_closed_while_it_works);
#undef ADD
  return g_test_run ();
}
