/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The table of functions, in its window. */
#include "viewer-settings.h"
#include "viewer-test.h"
#include "viewer-top-row.h"
#include "viewer-window.h"
#include "window-test.h"

#include <string.h>

static GtkColumnView *
table (WindowFixture *fixture)
{
  return viewer_top_page_get_view (
      viewer_window_get_top_page (fixture->window));
}

static const ProfTopRow *
row_at (WindowFixture *fixture, guint position)
{
  g_autoptr (ViewerTopRow) row =
      g_list_model_get_item (G_LIST_MODEL (
                                 gtk_column_view_get_model (table (fixture))),
                             position);

  g_assert_nonnull (row);
  return viewer_top_row_get (row);
}

static guint
n_rows (WindowFixture *fixture)
{
  return g_list_model_get_n_items (
      G_LIST_MODEL (gtk_column_view_get_model (table (fixture))));
}

static GtkColumnViewColumn *
column_at (ViewerTopPage *page, guint position)
{
  GListModel *columns = gtk_column_view_get_columns (
      viewer_top_page_get_view (page));
  g_autoptr (GtkColumnViewColumn) column = g_list_model_get_item (columns,
                                                                  position);

  return column;
}

static void
test_the_table_is_sorted_by_flat (WindowFixture *fixture, gconstpointer data)
{
  act (fixture->window, "view", "top");
  wait_until (n_rows (fixture) > 100);
  for (guint i = 1; i < 50; i++)
    g_assert_cmpint (row_at (fixture, i)->flat,
                     <=,
                     row_at (fixture, i - 1)->flat);
}

static void
sort_by (WindowFixture *fixture, guint column, GtkSortType order)
{
  GListModel *columns = gtk_column_view_get_columns (table (fixture));
  g_autoptr (GtkColumnViewColumn) chosen = g_list_model_get_item (columns,
                                                                  column);

  gtk_column_view_sort_by_column (table (fixture), chosen, order);
}

static void
test_a_click_on_a_head_sorts_and_a_second_reverses (WindowFixture *fixture,
                                                    gconstpointer  data)
{
  act (fixture->window, "view", "top");
  wait_until (n_rows (fixture) > 100);

  /* What a click does: ascending first; numbers turn that around. */
  sort_by (fixture, 6, GTK_SORT_ASCENDING);
  for (guint i = 1; i < 50; i++)
    g_assert_cmpint (row_at (fixture, i)->cum,
                     <=,
                     row_at (fixture, i - 1)->cum);
  sort_by (fixture, 6, GTK_SORT_ASCENDING);
  for (guint i = 1; i < 50; i++)
    g_assert_cmpint (row_at (fixture, i)->cum,
                     >=,
                     row_at (fixture, i - 1)->cum);

  ViewerResult *result = viewer_document_get_result (fixture->document);

  sort_by (fixture, 0, GTK_SORT_ASCENDING);
  for (guint i = 1; i < 50; i++)
    g_assert_cmpstr (prof_frames_display_name (result->frames,
                                               row_at (fixture, i)->frame),
                     >=,
                     prof_frames_display_name (result->frames,
                                               row_at (fixture, i - 1)->frame));
}

static void
test_a_search_narrows_the_table (WindowFixture *fixture, gconstpointer data)
{
  act (fixture->window, "view", "top");
  wait_until (n_rows (fixture) > 100);
  act (fixture->window, "search", "json");
  g_assert_cmpuint (n_rows (fixture),
                    ==,
                    prof_search_n_frames (
                        viewer_document_get_search (fixture->document)));
  act (fixture->window, "search", "no such function");
  g_assert_cmpuint (n_rows (fixture), ==, 0);
  act (fixture->window, "search", "");
  wait_until (n_rows (fixture) > 100);
}

static void
test_table_and_graph_share_the_selection (WindowFixture *fixture,
                                          gconstpointer  data)
{
  GtkSingleSelection *selection;
  guint               position;

  select_named (fixture, "regexp.(*Regexp).backtrack");
  act (fixture->window, "view", "top");
  wait_until (n_rows (fixture) > 100);
  selection = GTK_SINGLE_SELECTION (
      gtk_column_view_get_model (table (fixture)));
  position = gtk_single_selection_get_selected (selection);
  g_assert_cmpuint (row_at (fixture, position)->frame,
                    ==,
                    viewer_document_get_selection (fixture->document).frame);

  gtk_single_selection_set_selected (selection, 3);
  g_assert_cmpuint (viewer_document_get_selection (fixture->document).frame,
                    ==,
                    row_at (fixture, 3)->frame);
  act (fixture->window, "show-in-flame-graph", NULL);
  gtk_test_widget_wait_for_draw (GTK_WIDGET (fixture->window));

  GdkRectangle rect;

  g_assert_true (
      viewer_flame_canvas_get_node_rect (viewer_window_get_canvas (
                                             fixture->window),
                                         viewer_document_get_selection (
                                             fixture->document)
                                             .node,
                                         &rect));
}

/* Rows with a place in the table. */
static guint
count_rows (WindowFixture *fixture)
{
  GtkWidget *view = GTK_WIDGET (
      viewer_top_page_get_view (viewer_window_get_top_page (fixture->window)));
  guint n = 0;

  for (GtkWidget *list = gtk_widget_get_first_child (view); list != NULL;
       list = gtk_widget_get_next_sibling (list))
    if (GTK_IS_LIST_VIEW (list))
      for (GtkWidget *row = gtk_widget_get_first_child (list); row != NULL;
           row = gtk_widget_get_next_sibling (row))
        n += gtk_widget_get_mapped (row) && gtk_widget_get_height (row) > 0;
  return n;
}

static void
test_a_selected_row_is_shown_among_others (WindowFixture *fixture,
                                           gconstpointer  data)
{
  ViewerResult *result = viewer_document_get_result (fixture->document);
  size_t        n = prof_top_n_rows (result->top);

  viewer_document_select_frame (fixture->document,
                                prof_top_rows (result->top)[n - 1].frame);
  act (fixture->window, "view", "top");
  wait_until (count_rows (fixture) > 10);
}

/* Tables get rows for some frames, even if they are left meanwhile. */
static void
test_rows_that_grow_unseen_select_nothing (WindowFixture *fixture,
                                           gconstpointer  data)
{
  g_autoptr (GFile) file = file_with ("small.folded", "main;work 3\n", -1);

  viewer_document_open (fixture->document, file, NULL);
  wait_for_answer (fixture->document);
  for (int tree = 0; tree < 2; tree++)
    {
      act (fixture->window, "view", tree ? "tree" : "top");
      gtk_test_widget_wait_for_draw (GTK_WIDGET (fixture->window));
    }
  act (fixture->window, "view", "flame");
  open_wide (fixture->document);

  ViewerResult *result = viewer_document_get_result (fixture->document);

  viewer_document_select_frame (fixture->document,
                                (ProfFrameId)prof_frames_n (result->frames) -
                                    1);
  wait_ms (300);
  act (fixture->window, "view", "top");
  wait_until (gtk_single_selection_get_selected (GTK_SINGLE_SELECTION (
                  gtk_column_view_get_model (viewer_top_page_get_view (
                      viewer_window_get_top_page (fixture->window))))) !=
              GTK_INVALID_LIST_POSITION);
}

/* What rows copied hold: a line of titles and a line each. */
static char **
copied (WindowFixture *fixture, gboolean all)
{
  g_autofree char *text =
      viewer_top_page_copy_rows (viewer_window_get_top_page (fixture->window),
                                 all);

  return g_strsplit_set (text, "\n", -1);
}

static void
test_columns_are_chosen_and_remembered (WindowFixture *fixture,
                                        gconstpointer  data)
{
  GtkWidget *page = GTK_WIDGET (viewer_window_get_top_page (fixture->window));
  ViewerWindow           *other;
  g_auto (GStrv)          lines = NULL;
  g_autoptr (GVariant)    shown = NULL;
  g_autofree const char **names = NULL;

  g_action_group_change_action_state (G_ACTION_GROUP (fixture->window),
                                      "view",
                                      g_variant_new_string ("top"));
  gtk_widget_activate_action (page, "columns.package", NULL);
  gtk_widget_activate_action (page, "columns.file", NULL);
  gtk_widget_activate_action (page, "columns.sum-share", NULL);
  gtk_widget_activate_action (page, "columns.samples", NULL);
  gtk_widget_activate_action (page, "columns.cum-share", NULL);
  shown = viewer_settings_get ("top-columns");
  names = g_variant_get_strv (shown, NULL);
  g_assert_cmpuint (g_strv_length ((char **)names), ==, 7);
  lines = copied (fixture, TRUE);
  g_assert_cmpstr (lines[0],
                   ==,
                   "Function\tPackage\tFile\tFlat\tFlat %\tSum %\tCum\t"
                   "Samples");
  g_assert_cmpstr (lines[1],
                   ==,
                   "compress/flate.(*compressor).findMatch\tcompress/flate\t"
                   "compress/flate/deflate.go\t1.17 s\t12.09 %\t12.09 %\t"
                   "1.64 s\t164");
  g_assert_true (
      g_str_has_prefix (lines[2], "runtime/internal/syscall.Syscall6\t"));
  g_assert_nonnull (strstr (lines[2], "%\t19.21 %\t"));
  wait_until (g_strv_length (lines) == n_rows (fixture) + 2);

  /* Another window has them too. */
  other = viewer_window_new (GTK_APPLICATION (application));
  shown = NULL;
  g_assert_false (gtk_column_view_column_get_visible (
      column_at (viewer_window_get_top_page (other), 7)));
  g_assert_true (gtk_column_view_column_get_visible (
      column_at (viewer_window_get_top_page (other), 1)));
  gtk_widget_activate_action (page, "columns.cum-share", NULL);
  g_assert_true (gtk_column_view_column_get_visible (
      column_at (viewer_window_get_top_page (other), 7)));
  gtk_window_destroy (GTK_WINDOW (other));
  for (const char *const *name =
           (const char *[]){ "package", "file", "sum-share", "samples", NULL };
       *name != NULL;
       name++)
    {
      g_autofree char *action = g_strconcat ("columns.", *name, NULL);

      gtk_widget_activate_action (page, action, NULL);
    }
  g_strfreev (g_steal_pointer (&lines));
  lines = copied (fixture, FALSE);
  g_assert_cmpstr (lines[0], ==, "Function\tFlat\tFlat %\tCum\tCum %");
}

static void
test_a_row_is_copied (WindowFixture *fixture, gconstpointer data)
{
  g_auto (GStrv) lines = NULL;

  g_action_group_change_action_state (G_ACTION_GROUP (fixture->window),
                                      "view",
                                      g_variant_new_string ("top"));
  select_named (fixture, "runtime.mallocgc");
  wait_ms (50);
  lines = copied (fixture, FALSE);
  g_assert_cmpuint (g_strv_length (lines), ==, 3);
  g_assert_true (g_str_has_prefix (lines[1], "runtime.mallocgc\t"));
  g_assert_true (is_possible (fixture->window, "copy-rows"));
  g_assert_true (is_possible (fixture->window, "copy-table"));
}

static void
test_order_and_width_are_remembered (WindowFixture *fixture, gconstpointer data)
{
  ViewerTopPage       *page = viewer_window_get_top_page (fixture->window);
  ViewerWindow        *other;
  g_autoptr (GVariant) widths = NULL;
  int                  width = 0;

  gtk_column_view_sort_by_column (viewer_top_page_get_view (page),
                                  column_at (page, 6),
                                  GTK_SORT_ASCENDING);
  gtk_column_view_column_set_fixed_width (column_at (page, 6), 133);
  widths = viewer_settings_get ("top-widths");
  g_assert_true (g_variant_lookup (widths, "cum", "i", &width));
  g_assert_cmpint (width, ==, 133);
  other = viewer_window_new (GTK_APPLICATION (application));
  g_assert_cmpint (gtk_column_view_column_get_fixed_width (
                       column_at (viewer_window_get_top_page (other), 6)),
                   ==,
                   133);
  gtk_window_destroy (GTK_WINDOW (other));
  viewer_settings_set ("top-widths",
                       g_variant_parse (NULL, "@a{sv} {}", NULL, NULL, NULL));
}

int
main (int argc, char **argv)
{
  window_test_init (&argc, &argv);
#define ADD(path, function)      \
  g_test_add ("/top-page/" path, \
              WindowFixture,     \
              "server-cpu.prof", \
              window_set_up,     \
              function,          \
              window_tear_down)
  ADD ("the-table-is-sorted-by-flat", test_the_table_is_sorted_by_flat);
  ADD ("a-click-on-a-head-sorts-and-a-second-reverses",
       test_a_click_on_a_head_sorts_and_a_second_reverses);
  ADD ("a-search-narrows-the-table", test_a_search_narrows_the_table);
  ADD ("table-and-graph-share-the-selection",
       test_table_and_graph_share_the_selection);
  ADD ("a-selected-row-is-shown-among-others",
       test_a_selected_row_is_shown_among_others);
  ADD ("rows-that-grow-unseen-select-nothing",
       test_rows_that_grow_unseen_select_nothing);
  ADD ("columns-are-chosen-and-remembered",
       test_columns_are_chosen_and_remembered);
  ADD ("a-row-is-copied", test_a_row_is_copied);
  ADD ("order-and-width-are-remembered", test_order_and_width_are_remembered);
#undef ADD
  return g_test_run ();
}
