/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "test-util.h"
#include "viewer-test.h"
#include "viewer-window.h"
#include "window-test.h"

#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>

typedef struct
{
  ViewerWindow      *window;
  ViewerDocument    *document;
  ViewerGraphPage   *page;
  ViewerGraphCanvas *canvas;
  ViewerGraph       *graph;
  char              *path; /* of programs, before the test */
} Fixture;

static gboolean
is_settled (Fixture *fixture)
{
  return viewer_graph_get_state (fixture->graph) != VIEWER_GRAPH_NONE &&
         !viewer_graph_is_busy (fixture->graph);
}

static void
open_view (Fixture *fixture, const char *name, const char *view)
{
  g_autoptr (GFile) file = example_file (name);

  viewer_window_open (fixture->window, file, NULL, view);
  wait_until (viewer_document_get_state (fixture->document) ==
              VIEWER_STATE_READY);
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->path = g_strdup (g_getenv ("PATH"));
  fixture->window = viewer_window_new (GTK_APPLICATION (application));
  fixture->document = viewer_window_get_document (fixture->window);
  fixture->page = viewer_window_get_graph_page (fixture->window);
  fixture->canvas = viewer_graph_page_get_canvas (fixture->page);
  fixture->graph = viewer_graph_page_get_graph (fixture->page);
  gtk_window_present (GTK_WINDOW (fixture->window));
}

/* With a graph of the CPU profile. */
static void
set_up_graph (Fixture *fixture, gconstpointer data)
{
  set_up (fixture, data);
  open_view (fixture, "server-cpu.prof", "graph");
  wait_until (is_settled (fixture));
  gtk_test_widget_wait_for_draw (GTK_WIDGET (fixture->window));
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  gtk_window_destroy (GTK_WINDOW (fixture->window));
  g_setenv ("PATH", fixture->path, TRUE);
  g_free (fixture->path);
  wait_ms (20);
}

static ProfGraphScene *
scene_of (Fixture *fixture)
{
  return prof_graph_layout_scene (viewer_graph_get_layout (fixture->graph));
}

static size_t
n_functions (Fixture *fixture)
{
  return prof_graph_scene_n_nodes (scene_of (fixture));
}

static uint32_t
selected (Fixture *fixture)
{
  return viewer_graph_canvas_get_selected (fixture->canvas);
}

/* Presses a key as the canvas would get it. */
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
        }
    }
}

/* Moves the pointer to the middle of a box. */
static void
point_at (Fixture *fixture, uint32_t box)
{
  g_autoptr (GListModel) list = gtk_widget_observe_controllers (
      GTK_WIDGET (fixture->canvas));
  graphene_rect_t  rect;
  graphene_point_t middle;

  viewer_graph_canvas_get_box_rect (fixture->canvas, box, &rect);
  graphene_rect_get_center (&rect, &middle);
  for (guint i = 0; i < g_list_model_get_n_items (list); i++)
    {
      g_autoptr (GObject) controller = g_list_model_get_item (list, i);

      if (GTK_IS_EVENT_CONTROLLER_MOTION (controller))
        g_signal_emit_by_name (controller,
                               "motion",
                               (double)middle.x,
                               (double)middle.y);
    }
}

/* --- What is drawn --- */

static void
test_the_graph_is_that_of_the_command (Fixture *fixture, gconstpointer data)
{
  ViewerResult         *result = viewer_document_get_result (fixture->document);
  g_autoptr (ProfGraph) graph = prof_report_dot_graph (result->answer, NULL);
  g_autofree char      *shown = NULL;

  g_assert_cmpuint (n_functions (fixture), ==, prof_graph_n_nodes (graph));
  g_assert_cmpint (viewer_graph_get_state (fixture->graph),
                   ==,
                   VIEWER_GRAPH_READY);
  shown = viewer_graph_page_describe_view (fixture->page);
  g_assert_true (g_str_has_prefix (shown, "42 of "));
  g_assert_cmpuint (viewer_graph_canvas_n_base_draws (fixture->canvas), >, 0);
}

static void
test_less_can_be_asked_for (Fixture *fixture, gconstpointer data)
{
  size_t before = n_functions (fixture);

  viewer_graph_set_trim (fixture->graph, 10, 0.005, 0.001);
  wait_until (n_functions (fixture) < before && is_settled (fixture));
  g_assert_cmpuint (n_functions (fixture), <=, 10);
  viewer_graph_set_trim (fixture->graph, 80, 2, 0.001);
  wait_until (viewer_graph_get_state (fixture->graph) == VIEWER_GRAPH_EMPTY);
}

static void
test_one_function_alone (Fixture *fixture, gconstpointer data)
{
  ViewerResult *result = viewer_document_get_result (fixture->document);
  ProfNodeId    node = node_named (fixture->document, "runtime.mallocgc");
  ProfFrameId   frame = prof_tree_nodes (result->tree)[node].frame;

  viewer_graph_set_near (fixture->graph, frame);
  wait_until (is_settled (fixture));
  g_assert_cmpuint (n_functions (fixture), >, 3);
  g_assert_cmpuint (prof_graph_scene_find (scene_of (fixture), frame),
                    !=,
                    PROF_ID_NONE);
  viewer_graph_set_near (fixture->graph, PROF_ID_NONE);
  wait_until (is_settled (fixture));
  g_assert_cmpuint (n_functions (fixture), ==, 42);
}

static void
test_nobody_looks_and_nothing_is_computed (Fixture *fixture, gconstpointer data)
{
  open_view (fixture, "server-cpu.prof", "flame");
  g_assert_false (viewer_graph_is_busy (fixture->graph));
  act (fixture->window, "view", "graph");
  wait_until (is_settled (fixture));
  g_assert_cmpuint (n_functions (fixture), ==, 42);
}

static void
test_filters_change_the_graph (Fixture *fixture, gconstpointer data)
{
  ViewerResult *before = viewer_graph_get_result (fixture->graph);

  g_assert_true (viewer_document_set_option (fixture->document,
                                             "focus",
                                             "compress/flate",
                                             NULL));
  wait_until (viewer_graph_get_result (fixture->graph) != before &&
              is_settled (fixture));
  g_assert_cmpuint (n_functions (fixture), <, 42);
}

static void
test_comparisons_are_drawn (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GFile) base = example_file ("regression-before.prof");
  g_autoptr (GFile) file = example_file ("regression-after.prof");

  viewer_window_compare_files (fixture->window, base, file);
  wait_until (viewer_document_get_result (fixture->document) != NULL &&
              viewer_document_get_result (fixture->document)->changes != NULL);
  act (fixture->window, "view", "graph");
  wait_until (is_settled (fixture));
  gtk_test_widget_wait_for_draw (GTK_WIDGET (fixture->window));
  g_assert_cmpuint (n_functions (fixture), >, 5);
}

/* --- What a user does --- */

static void
test_keys_walk_along_calls (Fixture *fixture, gconstpointer data)
{
  ProfGraphScene *scene = scene_of (fixture);
  uint32_t        hottest = prof_graph_scene_hottest (scene);
  ViewerSelection selection;

  key (fixture, GDK_KEY_Down);
  g_assert_cmpuint (selected (fixture), ==, hottest);
  key (fixture, GDK_KEY_Up);
  g_assert_cmpuint (selected (fixture), !=, hottest);
  selection = viewer_document_get_selection (fixture->document);
  g_assert_cmpuint (selection.frame,
                    ==,
                    prof_graph_scene_frame (scene, selected (fixture)));
  key (fixture, GDK_KEY_Down);
  g_assert_cmpuint (selected (fixture), ==, hottest);
  key (fixture, GDK_KEY_Right);
  key (fixture, GDK_KEY_Left);
  key (fixture, GDK_KEY_Home);
  g_assert_cmpuint (selected (fixture), ==, hottest);
}

static void
test_other_views_share_the_selection (Fixture *fixture, gconstpointer data)
{
  ViewerResult *result = viewer_document_get_result (fixture->document);
  ProfNodeId    node = node_named (fixture->document, "runtime.mallocgc");

  viewer_document_select_frame (fixture->document,
                                prof_tree_nodes (result->tree)[node].frame);
  g_assert_cmpuint (selected (fixture), !=, PROF_ID_NONE);
  key (fixture, GDK_KEY_Return);
  g_assert_cmpuint (viewer_document_get_center (fixture->document),
                    ==,
                    prof_tree_nodes (result->tree)[node].frame);
}

static void
test_zooming_and_coming_home (Fixture *fixture, gconstpointer data)
{
  double fitted = viewer_graph_canvas_get_scale (fixture->canvas);

  g_assert_false (is_possible (fixture->window, "zoom-home"));
  act (fixture->window, "zoom-in", NULL);
  g_assert_cmpfloat (viewer_graph_canvas_get_scale (fixture->canvas),
                     >,
                     fitted);
  g_assert_true (is_possible (fixture->window, "zoom-home"));
  for (int i = 0; i < 50; i++)
    key (fixture, GDK_KEY_plus);
  g_assert_cmpfloat (viewer_graph_canvas_get_scale (fixture->canvas), <=, 4);
  act (fixture->window, "zoom-home", NULL);
  g_assert_cmpfloat_with_epsilon (viewer_graph_canvas_get_scale (
                                      fixture->canvas),
                                  fitted,
                                  1e-9);
}

static void
test_the_pointer_does_not_draw_the_picture_again (Fixture      *fixture,
                                                  gconstpointer data)
{
  unsigned         before;
  g_autofree char *words = NULL;

  gtk_test_widget_wait_for_draw (GTK_WIDGET (fixture->window));
  before = viewer_graph_canvas_n_base_draws (fixture->canvas);
  for (uint32_t b = 0; b < n_functions (fixture); b++)
    {
      point_at (fixture, b);
      g_assert_cmpuint (viewer_graph_canvas_get_hover (fixture->canvas), ==, b);
      gtk_test_widget_wait_for_draw (GTK_WIDGET (fixture->window));
    }
  key (fixture, GDK_KEY_Home);
  g_assert_cmpuint (viewer_graph_canvas_n_base_draws (fixture->canvas),
                    ==,
                    before);
  words = viewer_graph_page_describe (fixture->page);
  g_assert_nonnull (strstr (words, " — self "));
}

/* Whether there is a tip for where the pointer is. */
static gboolean
has_tip (Fixture *fixture)
{
  g_autoptr (GtkTooltip) tooltip = g_object_new (GTK_TYPE_TOOLTIP, NULL);
  gboolean               has = FALSE;

  g_signal_emit_by_name (fixture->canvas,
                         "query-tooltip",
                         0,
                         0,
                         FALSE,
                         tooltip,
                         &has);
  return has;
}

static void
test_only_what_was_pointed_at_has_a_tip (Fixture *fixture, gconstpointer data)
{
  point_at (fixture, 0);
  g_assert_true (has_tip (fixture));
  key (fixture, GDK_KEY_plus);
  g_assert_false (has_tip (fixture));
  point_at (fixture, 1);
  g_assert_true (has_tip (fixture));
}

static void
test_the_picture_is_exported (Fixture *fixture, gconstpointer data)
{
  g_autofree char *folder = test_new_folder ();
  g_autofree char *path = g_build_filename (folder, "graph.svg", NULL);
  g_autofree char *text = NULL;

  act (fixture->window, "export-to", path);
  wait_until (g_file_test (path, G_FILE_TEST_EXISTS));
  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  g_assert_nonnull (strstr (text, "class=\"arrow\""));
}

/* --- What can go wrong --- */

static void
test_without_graphviz_it_can_be_tried_again (Fixture      *fixture,
                                             gconstpointer data)
{
  g_setenv ("PATH", "/nonexistent", TRUE);
  open_view (fixture, "server-cpu.prof", "graph");
  wait_until (viewer_graph_get_state (fixture->graph) ==
              VIEWER_GRAPH_NO_GRAPHVIZ);
  g_setenv ("PATH", fixture->path, TRUE);
  viewer_graph_retry (fixture->graph);
  wait_until (viewer_graph_get_state (fixture->graph) == VIEWER_GRAPH_READY &&
              is_settled (fixture));
}

static void
test_what_takes_long_can_be_stopped (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GFile) program = file_with ("dot",
                                         "#!/bin/sh\nexec sleep 60\n",
                                         -1);
  g_autofree char  *file = g_file_get_path (program);
  g_autofree char  *folder = g_path_get_dirname (file);
  g_autofree char  *path = g_strconcat (folder, ":", fixture->path, NULL);

  g_assert_cmpint (chmod (file, 0755), ==, 0);
  g_setenv ("PATH", path, TRUE);
  open_view (fixture, "server-cpu.prof", "graph");
  wait_until (viewer_graph_is_busy (fixture->graph));
  viewer_graph_cancel (fixture->graph);
  g_assert_false (viewer_graph_is_busy (fixture->graph));
  g_assert_cmpint (viewer_graph_get_state (fixture->graph),
                   ==,
                   VIEWER_GRAPH_FAILED);
  g_assert_nonnull (viewer_graph_get_message (fixture->graph));
}

static void
test_a_late_answer_is_dropped (Fixture *fixture, gconstpointer data)
{
  for (unsigned count = 10; count < 60; count += 5)
    {
      viewer_graph_set_near (fixture->graph, count % 2);
      viewer_graph_set_near (fixture->graph, PROF_ID_NONE);
    }
  wait_until (is_settled (fixture));
  g_assert_cmpuint (n_functions (fixture), ==, 42);
}

/* What a page of the file is like: its width and height in points. */
static void
read_page_size (const char *pdf, gsize length, double *width, double *height)
{
  const char *box = memmem (pdf, length, "/MediaBox", strlen ("/MediaBox"));

  g_assert_nonnull (box);
  g_assert_cmpint (sscanf (strchr (box, '['), "[ 0 0 %lf %lf", width, height),
                   ==,
                   2);
}

/* A high graph stands on its page, and a flame graph lies on it. */
static void
test_the_printer_gets_what_is_shown (Fixture *fixture, gconstpointer data)
{
  static const char *const views[] = { "graph", "flame" };
  ProfGraphLayout         *layout = viewer_graph_get_layout (fixture->graph);
  g_autofree char         *folder = test_new_folder ();
  gboolean                 high = prof_graph_layout_height (layout) >
                  prof_graph_layout_width (layout);

  for (size_t i = 0; i < G_N_ELEMENTS (views); i++)
    {
      g_autofree char *path = g_build_filename (folder, views[i], NULL);
      g_autofree char *pdf = NULL;
      gsize            length;
      double           width, height;

      act (fixture->window, "view", views[i]);
      act (fixture->window, "print-to", path);
      wait_until (g_file_test (path, G_FILE_TEST_EXISTS));
      g_assert_true (g_file_get_contents (path, &pdf, &length, NULL));
      read_page_size (pdf, length, &width, &height);
      g_assert_cmpint (height > width, ==, i == 0 && high);
    }
}

int
main (int argc, char **argv)
{
  g_autofree char *dot = NULL;
  int              status;

  window_test_init (&argc, &argv);
  dot = g_find_program_in_path ("dot");
  if (dot == NULL)
    {
      g_print ("1..0 # SKIP Graphviz is not installed\n");
      return 0;
    }
#define ADD(path, up, test) \
  g_test_add ("/graph-page/" path, Fixture, NULL, up, test, tear_down)
  ADD ("the-graph-is-that-of-the-command",
       set_up_graph,
       test_the_graph_is_that_of_the_command);
  ADD ("less-can-be-asked-for", set_up_graph, test_less_can_be_asked_for);
  ADD ("one-function-alone", set_up_graph, test_one_function_alone);
  ADD ("nobody-looks-and-nothing-is-computed",
       set_up,
       test_nobody_looks_and_nothing_is_computed);
  ADD ("filters-change-the-graph", set_up_graph, test_filters_change_the_graph);
  ADD ("comparisons-are-drawn", set_up, test_comparisons_are_drawn);
  ADD ("keys-walk-along-calls", set_up_graph, test_keys_walk_along_calls);
  ADD ("other-views-share-the-selection",
       set_up_graph,
       test_other_views_share_the_selection);
  ADD ("zooming-and-coming-home", set_up_graph, test_zooming_and_coming_home);
  ADD ("the-pointer-does-not-draw-the-picture-again",
       set_up_graph,
       test_the_pointer_does_not_draw_the_picture_again);
  ADD ("only-what-was-pointed-at-has-a-tip",
       set_up_graph,
       test_only_what_was_pointed_at_has_a_tip);
  ADD ("the-picture-is-exported", set_up_graph, test_the_picture_is_exported);
  ADD ("the-printer-gets-what-is-shown",
       set_up_graph,
       test_the_printer_gets_what_is_shown);
  ADD ("without-graphviz-it-can-be-tried-again",
       set_up,
       test_without_graphviz_it_can_be_tried_again);
  ADD ("what-takes-long-can-be-stopped",
       set_up,
       test_what_takes_long_can_be_stopped);
  ADD ("a-late-answer-is-dropped", set_up_graph, test_a_late_answer_is_dropped);
#undef ADD
  status = g_test_run ();
  g_object_unref (application);
  return status;
}
