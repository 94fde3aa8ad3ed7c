/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "test-util.h"
#include "viewer-recent.h"
#include "viewer-settings.h"
#include "viewer-test.h"
#include "viewer-tree-row.h"
#include "viewer-window.h"
#include "window-test.h"

#include <string.h>

#define SLOWER "example.com/qrcode/qr.finderPenalty"

typedef struct
{
  ViewerWindow   *window;
  ViewerDocument *document;
} Fixture;

/* A window with the slower program against the one before; the view is that of
 * @data. */
static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GFile) base = example_file ("regression-before.prof");
  g_autoptr (GFile) file = example_file ("regression-after.prof");

  fixture->window = viewer_window_new (GTK_APPLICATION (application));
  fixture->document = viewer_window_get_document (fixture->window);
  gtk_window_present (GTK_WINDOW (fixture->window));
  g_action_group_change_action_state (G_ACTION_GROUP (fixture->window),
                                      "view",
                                      g_variant_new_string (data));
  viewer_window_compare_files (fixture->window, base, file);
  wait_until (viewer_document_get_state (fixture->document) ==
              VIEWER_STATE_READY);
  gtk_test_widget_wait_for_draw (GTK_WIDGET (fixture->window));
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  close_window (fixture->window);
}

static void
act_and_wait (Fixture *fixture, const char *name)
{
  g_assert_true (
      g_action_group_get_action_enabled (G_ACTION_GROUP (fixture->window),
                                         name));
  g_action_group_activate_action (G_ACTION_GROUP (fixture->window), name, NULL);
  wait_for_answer (fixture->document);
}

static void
set (Fixture *fixture, const char *name, const char *value)
{
  g_action_group_change_action_state (G_ACTION_GROUP (fixture->window),
                                      name,
                                      g_variant_new_string (value));
  wait_for_answer (fixture->document);
}

static void
assert_state (Fixture *fixture, const char *name, const char *value)
{
  g_autoptr (GVariant) state =
      g_action_group_get_action_state (G_ACTION_GROUP (fixture->window), name);

  g_assert_cmpstr (g_variant_get_string (state, NULL), ==, value);
}

static GtkWidget *
label (Fixture *fixture, const char *text)
{
  return find_label (GTK_WIDGET (fixture->window), text);
}

static const char *
shown_center (Fixture *fixture)
{
  ViewerResult *result = viewer_document_get_result (fixture->document);
  ProfFrameId   frame = viewer_document_get_center (fixture->document);

  return prof_frames_display_name (result->frames, frame);
}

static GListModel *
columns (Fixture *fixture)
{
  return gtk_column_view_get_columns (
      viewer_top_page_get_view (viewer_window_get_top_page (fixture->window)));
}

/* (transfer full): titles of the columns that show. */
static char *
heads (Fixture *fixture)
{
  GString *out = g_string_new (NULL);

  for (guint i = 0; i < g_list_model_get_n_items (columns (fixture)); i++)
    {
      g_autoptr (GtkColumnViewColumn) column =
          g_list_model_get_item (columns (fixture), i);

      if (gtk_column_view_column_get_visible (column))
        g_string_append_printf (out,
                                "%s|",
                                gtk_column_view_column_get_title (column));
    }
  return g_string_free (out, FALSE);
}

static void
test_both_are_named_and_measured (Fixture *fixture, gconstpointer data)
{
  g_assert_cmpstr (gtk_window_get_title (GTK_WINDOW (fixture->window)),
                   ==,
                   "regression-after.prof vs regression-before.prof");
  wait_until (label (fixture,
                     "regression-before.prof → regression-after.prof") != NULL);
  g_assert_nonnull (label (fixture, "CPU time · 20.2 s against 20.1 s"));
  g_assert_nonnull (label (fixture, "Change of total"));
  act_and_wait (fixture, "compare-stop");
  g_assert_cmpstr (gtk_window_get_title (GTK_WINDOW (fixture->window)),
                   ==,
                   "regression-after.prof");
  g_assert_null (label (fixture, "Larger of Both"));
  g_assert_null (label (fixture, "Change of total"));
  g_assert_false (is_possible (fixture->window, "compare-swap"));
}

static void
test_what_got_slower_is_named_without_a_click (Fixture      *fixture,
                                               gconstpointer data)
{
  GtkWidget *name;

  wait_until (label (fixture, "Most added (self)") != NULL);
  g_assert_nonnull (label (fixture, "▲ +1.50 s"));
  g_assert_nonnull (label (fixture, "Most saved (self)"));
  g_assert_cmpstr (shown_center (fixture), ==, SLOWER);
  /* The first of them leads to it. */
  name = gtk_widget_get_ancestor (label (fixture, "▲ +1.50 s"),
                                  GTK_TYPE_BUTTON);
  g_signal_emit_by_name (name, "clicked");
  wait_until (label (fixture, "▲ +1.5 s (+714 %)") != NULL);
}

static void
test_lines_of_a_function_have_signs (Fixture *fixture, gconstpointer data)
{
  viewer_document_select_frame (fixture->document,
                                viewer_document_get_center (fixture->document));
  wait_until (label (fixture, "mask.go:62") != NULL);
  g_assert_nonnull (label (fixture, "+0.81 s"));
  g_assert_nonnull (label (fixture, "−0.26 s"));
}

static void
test_the_table_has_both_sides (Fixture *fixture, gconstpointer data)
{
  g_autofree char *text = NULL;
  g_autofree char *titles = NULL;
  g_autofree char *later = NULL;

  wait_until (label (fixture, "Flat Before") != NULL);
  titles = heads (fixture);
  g_assert_cmpstr (titles,
                   ==,
                   "Function|Flat Before|Flat Now|Flat Δ|Flat Δ %|Cum Δ|"
                   "Cum Δ %|");
  text = viewer_top_page_copy_rows (viewer_window_get_top_page (
                                        fixture->window),
                                    TRUE);
  g_assert_nonnull (
      strstr (text, "\n" SLOWER "\t0.21 s\t1.71 s\t+1.50 s\t+714 %\t+1.70 s"));
  g_assert_true (g_str_has_prefix (strchr (text, '\n') + 1, SLOWER));
  act_and_wait (fixture, "compare-stop");
  later = heads (fixture);
  g_assert_cmpstr (later, ==, "Function|Flat|Flat %|Cum|Cum %|");
}

/* Whether a row of the tree is open and of that function. */
static gboolean
has_row (Fixture *fixture, const char *name)
{
  GListModel *rows = G_LIST_MODEL (viewer_tree_page_get_model (
      viewer_window_get_tree_page (fixture->window)));

  for (guint i = 0; i < g_list_model_get_n_items (rows); i++)
    {
      g_autoptr (ViewerTreeRow) row = g_list_model_get_item (rows, i);
      ViewerResult             *result = viewer_tree_row_get_result (row);

      if (strcmp (prof_tree_name (result->tree, viewer_tree_row_get_id (row)),
                  name) == 0)
        return TRUE;
    }
  return FALSE;
}

static void
test_the_tree_opens_at_what_got_slower (Fixture *fixture, gconstpointer data)
{
  wait_until (label (fixture, "Self Δ") != NULL);
  wait_until (has_row (fixture, SLOWER));
}

static void
test_the_sandwich_begins_with_it (Fixture *fixture, gconstpointer data)
{
  wait_until (label (fixture, "440 ms → 2.14 s · called from") != NULL);
  wait_until (label (fixture, "+1.7 s (+386 %)") != NULL);
}

static void
test_how_is_an_action (Fixture *fixture, gconstpointer data)
{
  assert_state (fixture, "order", "name");
  assert_state (fixture, "color-by", "diff");
  set (fixture, "compare-width", "before");
  assert_state (fixture, "compare-width", "before");
  act_and_wait (fixture, "compare-blink");
  assert_state (fixture, "compare-width", "now");
  act_and_wait (fixture, "compare-blink");
  assert_state (fixture, "compare-width", "before");
  act_and_wait (fixture, "compare-swap");
  g_assert_cmpstr (gtk_window_get_title (GTK_WINDOW (fixture->window)),
                   ==,
                   "regression-before.prof vs regression-after.prof");
  set (fixture, "compare-scale", "duration");
  assert_state (fixture, "compare-scale", "duration");
  wait_until (label (fixture, "Same Duration") != NULL);
  set (fixture, "compare-mode", "base");
  assert_state (fixture, "compare-mode", "base");
  wait_until (label (fixture, "Larger of Both") == NULL);
  g_assert_false (is_possible (fixture->window, "compare-blink"));
  assert_state (fixture, "color-by", "packages");
}

static void
test_colors_of_a_comparison_are_its_own (Fixture *fixture, gconstpointer data)
{
  g_autofree char *stored = viewer_settings_get_string ("color-by");

  set (fixture, "color-by", "depth");
  g_assert_cmpint (viewer_document_get_coloring (fixture->document)->scheme,
                   ==,
                   PROF_SCHEME_DEPTH);
  g_assert_null (label (fixture, "Change of total"));
  set (fixture, "color-by", "diff");
  wait_until (label (fixture, "Change of total") != NULL);
  g_autofree char *later = viewer_settings_get_string ("color-by");
  g_assert_cmpstr (later, ==, stored);
}

static void
test_a_refusal_is_a_bar (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GFile)        heap = example_file ("server-heap.prof");
  g_autoptr (ViewerSource) base = viewer_source_new (&heap, 1);

  viewer_window_compare (fixture->window, base);
  wait_for_answer (fixture->document);
  wait_until (label (fixture,
                     "Not compared with server-heap.prof: the profiles have no "
                     "sample type in common") != NULL);
  /* What was compared still is, and can be worked with. */
  g_assert_nonnull (label (fixture, "Larger of Both"));
  act_and_wait (fixture, "compare-swap");
  wait_until (label (fixture, "Not compared with") == NULL);
}

static void
test_a_recent_file_can_be_compared_with (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GFile) file = example_file ("qrcode-cpu.prof");
  g_autofree char  *uri = g_file_get_uri (file);

  g_action_group_activate_action (G_ACTION_GROUP (fixture->window),
                                  "compare-uri",
                                  g_variant_new_string (uri));
  wait_for_answer (fixture->document);
  wait_until (strcmp (gtk_window_get_title (GTK_WINDOW (fixture->window)),
                      "regression-after.prof vs qrcode-cpu.prof") == 0);
}

int
main (int argc, char **argv)
{
  window_test_init (&argc, &argv);

#define ADD(path, view, function)      \
  g_test_add ("/compare-window/" path, \
              Fixture,                 \
              view,                    \
              set_up,                  \
              function,                \
              tear_down)
  ADD ("both-are-named-and-measured",
       "flame",
       test_both_are_named_and_measured);
  ADD ("what-got-slower-is-named-without-a-click",
       "flame",
       test_what_got_slower_is_named_without_a_click);
  ADD ("lines-of-a-function-have-signs",
       "flame",
       test_lines_of_a_function_have_signs);
  ADD ("the-table-has-both-sides", "top", test_the_table_has_both_sides);
  ADD ("the-tree-opens-at-what-got-slower",
       "tree",
       test_the_tree_opens_at_what_got_slower);
  ADD ("the-sandwich-begins-with-it",
       "sandwich",
       test_the_sandwich_begins_with_it);
  ADD ("how-is-an-action", "flame", test_how_is_an_action);
  ADD ("colors-of-a-comparison-are-its-own",
       "flame",
       test_colors_of_a_comparison_are_its_own);
  ADD ("a-refusal-is-a-bar", "flame", test_a_refusal_is_a_bar);
  ADD ("a-recent-file-can-be-compared-with",
       "flame",
       test_a_recent_file_can_be_compared_with);
#undef ADD
  return g_test_run ();
}
