/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "test-util.h"
#include "viewer-test.h"
#include "viewer-window.h"
#include "window-test.h"

#include <string.h>

typedef struct
{
  ViewerWindow    *window;
  ViewerDocument  *document;
  ViewerTreePage  *page;
  ViewerTreeModel *model;
} Fixture;

static void
draw (Fixture *fixture)
{
  gtk_test_widget_wait_for_draw (GTK_WIDGET (fixture->window));
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GFile) file = example_file ("server-cpu.prof");

  fixture->window = viewer_window_new (GTK_APPLICATION (application));
  fixture->document = viewer_window_get_document (fixture->window);
  fixture->page = viewer_window_get_tree_page (fixture->window);
  fixture->model = viewer_tree_page_get_model (fixture->page);
  gtk_window_present (GTK_WINDOW (fixture->window));
  open_in_window (fixture->window, file, "tree");
  draw (fixture);
  /* Rows come by and by. */
  wait_until (
      g_list_model_get_n_items (G_LIST_MODEL (gtk_column_view_get_model (
          viewer_tree_page_get_view (fixture->page)))) ==
      g_list_model_get_n_items (G_LIST_MODEL (fixture->model)));
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  close_window (fixture->window);
}

static GtkSingleSelection *
selection (Fixture *fixture)
{
  return GTK_SINGLE_SELECTION (
      gtk_column_view_get_model (viewer_tree_page_get_view (fixture->page)));
}

static guint
selected (Fixture *fixture)
{
  return gtk_single_selection_get_selected (selection (fixture));
}

static guint
n_rows (Fixture *fixture)
{
  return g_list_model_get_n_items (G_LIST_MODEL (fixture->model));
}

static ProfNodeId
document_node (Fixture *fixture)
{
  return viewer_document_get_selection (fixture->document).node;
}

/* Presses a key as the list would get it. */
static gboolean
key (Fixture *fixture, guint keyval)
{
  g_autoptr (GListModel) list = gtk_widget_observe_controllers (
      GTK_WIDGET (viewer_tree_page_get_view (fixture->page)));
  gboolean handled = FALSE;

  for (guint i = 0; i < g_list_model_get_n_items (list) && !handled; i++)
    {
      g_autoptr (GObject) controller = g_list_model_get_item (list, i);

      if (GTK_IS_EVENT_CONTROLLER_KEY (controller))
        g_signal_emit_by_name (controller,
                               "key-pressed",
                               keyval,
                               0,
                               0,
                               &handled);
    }
  return handled;
}

static void
test_the_heaviest_path_is_open (Fixture *fixture, gconstpointer data)
{
  ProfNodeId leaf = viewer_tree_heaviest_leaf (
      viewer_document_get_result (fixture->document));

  g_assert_cmpuint (viewer_tree_model_find (fixture->model, leaf),
                    !=,
                    G_MAXUINT);
  g_assert_cmpuint (n_rows (fixture), <, 400);
  g_assert_cmpuint (document_node (fixture), ==, PROF_ID_NONE);
  g_assert_cmpuint (selected (fixture), ==, GTK_INVALID_LIST_POSITION);
}

static void
test_graph_and_tree_share_the_selection (Fixture *fixture, gconstpointer data)
{
  ProfNodeId   node = node_named (fixture->document,
                                "runtime.memclrNoHeapPointers");
  GdkRectangle rect;

  viewer_document_select (fixture->document, node, 0, false);
  wait_until (viewer_tree_model_node (fixture->model, selected (fixture)) ==
              node);
  gtk_single_selection_set_selected (selection (fixture), 3);
  node = viewer_tree_model_node (fixture->model, 3);
  g_assert_cmpuint (document_node (fixture), ==, node);
  act (fixture->window, "show-in-flame-graph", NULL);
  draw (fixture);
  g_assert_true (viewer_flame_canvas_get_node_rect (viewer_window_get_canvas (
                                                        fixture->window),
                                                    node,
                                                    &rect));
  viewer_document_unselect (fixture->document);
  act (fixture->window, "view", "tree");
  draw (fixture);
  g_assert_cmpuint (selected (fixture), ==, GTK_INVALID_LIST_POSITION);
}

static void
test_arrows_open_close_and_walk (Fixture *fixture, gconstpointer data)
{
  guint n;

  gtk_single_selection_set_selected (selection (fixture), 0);
  g_assert_true (viewer_tree_model_is_expanded (fixture->model, 0));
  g_assert_true (key (fixture, GDK_KEY_Left));
  g_assert_false (viewer_tree_model_is_expanded (fixture->model, 0));
  n = n_rows (fixture);
  g_assert_true (key (fixture, GDK_KEY_Right));
  g_assert_true (viewer_tree_model_is_expanded (fixture->model, 0));
  g_assert_cmpuint (n_rows (fixture), >, n);
  g_assert_cmpuint (selected (fixture), ==, 0);
  key (fixture, GDK_KEY_Right);
  g_assert_cmpuint (selected (fixture), ==, 1);
  g_assert_cmpuint (document_node (fixture),
                    ==,
                    viewer_tree_model_node (fixture->model, 1));
  key (fixture, GDK_KEY_Left);
  g_assert_cmpuint (selected (fixture), ==, 0);
  g_assert_false (key (fixture, GDK_KEY_Down));
}

static void
test_closing_takes_the_selection_along (Fixture *fixture, gconstpointer data)
{
  ProfNodeId leaf = viewer_tree_heaviest_leaf (
      viewer_document_get_result (fixture->document));
  ProfNodeId top = viewer_tree_model_node (fixture->model, 0);

  viewer_document_select (fixture->document, leaf, 0, false);
  g_assert_true (
      prof_tree_contains (viewer_document_get_result (fixture->document)->tree,
                          top,
                          leaf));
  /* As its arrow does, whatever is selected. */
  g_signal_emit_by_name (viewer_tree_page_get_view (fixture->page),
                         "activate",
                         0);
  g_assert_cmpuint (selected (fixture), ==, 0);
  g_assert_cmpuint (document_node (fixture), ==, top);
}

static GtkWindow *
dialog_of (Fixture *fixture)
{
  g_autoptr (GListModel) windows = g_object_ref (gtk_window_get_toplevels ());

  for (guint i = 0; i < g_list_model_get_n_items (windows); i++)
    {
      g_autoptr (GtkWindow) window = g_list_model_get_item (windows, i);

      if (ADW_IS_MESSAGE_DIALOG (window))
        return window;
    }
  return NULL;
}

static void
test_a_small_subtree_opens_at_once (Fixture *fixture, gconstpointer data)
{
  ProfNodeId node = node_named (fixture->document, "runtime.mallocgc");
  guint      size = prof_tree_nodes (
                   viewer_document_get_result (fixture->document)->tree)[node]
                   .size;

  viewer_document_select (fixture->document, node, 0, false);
  g_assert_true (key (fixture, GDK_KEY_asterisk));
  g_assert_null (dialog_of (fixture));
  g_assert_cmpuint (viewer_tree_model_n_below (fixture->model,
                                               selected (fixture)),
                    ==,
                    size - 1);
  g_assert_cmpuint (document_node (fixture), ==, node);
}

static void
test_a_large_subtree_asks (Fixture *fixture, gconstpointer data)
{
  open_wide (fixture->document);
  draw (fixture);
  gtk_single_selection_set_selected (selection (fixture), 0);
  key (fixture, GDK_KEY_Left);
  act (fixture->window, "expand-subtree", NULL);
  g_assert_nonnull (dialog_of (fixture));
  g_assert_cmpuint (n_rows (fixture), ==, 1);
  gtk_window_close (dialog_of (fixture));
  wait_until (dialog_of (fixture) == NULL);
  g_assert_cmpuint (n_rows (fixture), ==, 1);
  act (fixture->window, "expand-subtree", NULL);
  adw_message_dialog_response (ADW_MESSAGE_DIALOG (dialog_of (fixture)),
                               "expand");
  gtk_window_destroy (dialog_of (fixture));
  g_assert_cmpuint (n_rows (fixture), ==, 3001);
  g_assert_cmpuint (selected (fixture), ==, 0);
  draw (fixture);
}

static guint
count_class (GtkWidget *widget, const char *name)
{
  guint n = gtk_widget_has_css_class (widget, name) &&
            gtk_widget_get_mapped (widget);

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    n += count_class (child, name);
  return n;
}

static void
test_a_search_marks_rows (Fixture *fixture, gconstpointer data)
{
  guint n;

  gtk_single_selection_set_selected (selection (fixture), 0);
  key (fixture, GDK_KEY_Left);
  draw (fixture);
  n = n_rows (fixture);
  g_assert_cmpuint (count_class (GTK_WIDGET (fixture->page), "hit"), ==, 0);
  act (fixture->window, "search", "json");
  g_assert_cmpuint (n_rows (fixture), ==, n);
  g_assert_cmpuint (count_class (GTK_WIDGET (fixture->page), "hides-hit"),
                    >,
                    0);
  act (fixture->window, "find-next", NULL);
  draw (fixture);
  g_assert_cmpint (prof_search_node (viewer_document_get_search (
                                         fixture->document),
                                     viewer_tree_model_node (fixture->model,
                                                             selected (
                                                                 fixture))),
                   ==,
                   PROF_MATCH_OUTER);
  g_assert_cmpuint (count_class (GTK_WIDGET (fixture->page), "hit"), >, 0);
  act (fixture->window, "search", "");
  g_assert_cmpuint (count_class (GTK_WIDGET (fixture->page), "hit"), ==, 0);
  g_assert_cmpuint (count_class (GTK_WIDGET (fixture->page), "hides-hit"),
                    ==,
                    0);
}

static void
test_rows_are_copied_with_what_is_open_below (Fixture      *fixture,
                                              gconstpointer data)
{
  ProfNodeId       node = node_named (fixture->document,
                                "compress/gzip.(*Writer).Close");
  g_autofree char *all = viewer_tree_page_copy_rows (fixture->page);
  g_auto (GStrv)   lines = NULL;
  g_autofree char *text = NULL;

  viewer_document_select (fixture->document, node, 0, false);
  viewer_tree_model_collapse (fixture->model, selected (fixture));
  viewer_tree_model_expand (fixture->model, selected (fixture));
  text = viewer_tree_page_copy_rows (fixture->page);
  lines = g_strsplit_set (text, "\n", -1);
  g_assert_cmpstr (lines[0], ==, "Name\tTotal\tTotal %\tSelf\tSelf %");
  g_assert_cmpstr (lines[1],
                   ==,
                   "compress/gzip.(*Writer).Close\t2.17 s\t22.42 %\t0.00 s\t"
                   "0.00 %");
  g_assert_true (g_str_has_prefix (lines[2], "  compress/flate.(*Writer)"));
  g_assert_cmpuint (g_strv_length (lines),
                    ==,
                    viewer_tree_model_n_below (fixture->model,
                                               selected (fixture)) +
                        3);
  /* Before, nothing was selected: everything that was open. */
  g_assert_cmpuint (strlen (all), >, strlen (text));
  g_assert_true (g_str_has_prefix (all, "Name\tTotal"));
}

static void
test_with_the_leaves_first_nothing_is_said_of_self (Fixture      *fixture,
                                                    gconstpointer data)
{
  g_autoptr (ViewerResult) before = viewer_result_ref (
      viewer_document_get_result (fixture->document));
  g_autofree char *text = NULL;

  g_action_group_change_action_state (G_ACTION_GROUP (fixture->window),
                                      "bottom-up",
                                      g_variant_new_boolean (TRUE));
  wait_until (viewer_document_get_result (fixture->document) != before);
  draw (fixture);
  text = viewer_tree_page_copy_rows (fixture->page);
  g_assert_true (g_str_has_prefix (text, "Name\tTotal\tTotal %\n"));
  g_assert_cmpstr (prof_tree_name (viewer_document_get_result (
                                       fixture->document)
                                       ->tree,
                                   viewer_tree_model_node (fixture->model, 0)),
                   ==,
                   prof_frames_display_name (before->frames,
                                             prof_top_rows (before->top)[0]
                                                 .frame));
}

static guint
n_columns (Fixture *fixture)
{
  GListModel *columns = gtk_column_view_get_columns (
      viewer_tree_page_get_view (fixture->page));
  guint n = 0;

  for (guint i = 0; i < g_list_model_get_n_items (columns); i++)
    {
      g_autoptr (GtkColumnViewColumn) column = g_list_model_get_item (columns,
                                                                      i);

      n += gtk_column_view_column_get_visible (column);
    }
  return n;
}

static void
test_rows_come_with_the_whole_tree (Fixture *fixture, gconstpointer data)
{
  static const char text[] = "main;wide 1000000\nmain;narrow;deep 3\n";
  guint             columns = n_columns (fixture);
  g_autoptr (GFile) file = file_with ("large.folded", text, -1);
  g_autofree char  *words = NULL;
  Fixture           other = { 0 };

  other.window = viewer_window_new (GTK_APPLICATION (application));
  other.document = viewer_window_get_document (other.window);
  other.page = viewer_window_get_tree_page (other.window);
  other.model = viewer_tree_page_get_model (other.page);
  gtk_window_present (GTK_WINDOW (other.window));
  viewer_document_set_sketch_from (other.document, 0);
  viewer_window_open (other.window, file, NULL, "tree");
  wait_until (viewer_document_get_result (other.document) != NULL);
  g_assert_false (
      prof_tree_is_whole (viewer_document_get_result (other.document)->tree));
  g_assert_cmpuint (n_rows (&other), ==, 0);
  g_assert_cmpuint (n_columns (&other), ==, columns);
  words = viewer_tree_page_describe (other.page);
  g_assert_cmpstr (words, ==, "The call tree is being made");
  wait_until (n_rows (&other) > 0);
  g_assert_true (
      prof_tree_is_whole (viewer_document_get_result (other.document)->tree));
  g_assert_cmpuint (n_columns (&other), ==, columns);
  close_window (other.window);
}

static void
test_another_question_keeps_the_selection_open (Fixture      *fixture,
                                                gconstpointer data)
{
  ViewerResult *before = viewer_document_get_result (fixture->document);

  viewer_document_select (fixture->document,
                          node_named (fixture->document,
                                      "encoding/json.Marshal"),
                          0,
                          false);
  g_assert_true (viewer_document_set_option (fixture->document,
                                             "ignore",
                                             "growslice",
                                             NULL));
  wait_until (viewer_document_get_result (fixture->document) != before);
  g_assert_cmpuint (viewer_tree_model_node (fixture->model, selected (fixture)),
                    ==,
                    document_node (fixture));
  g_assert_cmpstr (prof_tree_name (viewer_document_get_result (
                                       fixture->document)
                                       ->tree,
                                   document_node (fixture)),
                   ==,
                   "encoding/json.Marshal");
}

int
main (int argc, char **argv)
{
  window_test_init (&argc, &argv);
#define ADD(path, function) \
  g_test_add ("/tree-page/" path, Fixture, NULL, set_up, function, tear_down)
  ADD ("the-heaviest-path-is-open", test_the_heaviest_path_is_open);
  ADD ("graph-and-tree-share-the-selection",
       test_graph_and_tree_share_the_selection);
  ADD ("arrows-open-close-and-walk", test_arrows_open_close_and_walk);
  ADD ("closing-takes-the-selection-along",
       test_closing_takes_the_selection_along);
  ADD ("a-small-subtree-opens-at-once", test_a_small_subtree_opens_at_once);
  ADD ("a-large-subtree-asks", test_a_large_subtree_asks);
  ADD ("a-search-marks-rows", test_a_search_marks_rows);
  ADD ("rows-are-copied-with-what-is-open-below",
       test_rows_are_copied_with_what_is_open_below);
  ADD ("with-the-leaves-first-nothing-is-said-of-self",
       test_with_the_leaves_first_nothing_is_said_of_self);
  ADD ("rows-come-with-the-whole-tree", test_rows_come_with_the_whole_tree);
  ADD ("another-question-keeps-the-selection-open",
       test_another_question_keeps_the_selection_open);
#undef ADD
  return g_test_run ();
}
