/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "test-util.h"
#include "viewer-folders.h"
#include "viewer-settings.h"
#include "viewer-test.h"
#include "viewer-window.h"
#include "window-test.h"

#include <string.h>

#define FUNCTION "example.com/qrcode/qr.finderPenalty"

typedef struct
{
  ViewerWindow     *window;
  ViewerDocument   *document;
  ViewerSourcePage *page;
  ViewerListing    *listing;
  guint             n_heads; /* frames in which that was seen */
} Fixture;

static gboolean
is_enabled (Fixture *fixture, const char *name)
{
  return g_action_group_get_action_enabled (G_ACTION_GROUP (fixture->window),
                                            name);
}

static void
settle (Fixture *fixture)
{
  gtk_test_widget_wait_for_draw (GTK_WIDGET (fixture->window));
  wait_until (!viewer_listing_is_busy (fixture->listing));
  gtk_test_widget_wait_for_draw (GTK_WIDGET (fixture->window));
}

static GtkSingleSelection *
selection (Fixture *fixture)
{
  return GTK_SINGLE_SELECTION (
      gtk_column_view_get_model (viewer_source_page_get_view (fixture->page)));
}

/* Until all rows have come. */
static void
wait_for_rows (Fixture *fixture)
{
  ViewerCode *code = viewer_listing_get_code (fixture->listing);

  wait_until (g_list_model_get_n_items (G_LIST_MODEL (selection (fixture))) ==
              code->rows->len);
}

static void
select_function (Fixture *fixture, const char *name)
{
  viewer_document_select (fixture->document,
                          node_named (fixture->document, name),
                          0,
                          true);
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GFile) file = example_file ("qrcode-cpu.prof");

  fixture->window = viewer_window_new (GTK_APPLICATION (application));
  fixture->document = viewer_window_get_document (fixture->window);
  fixture->page = viewer_window_get_source_page (fixture->window);
  fixture->listing = viewer_source_page_get_listing (fixture->page);
  gtk_window_present (GTK_WINDOW (fixture->window));
  open_in_window (fixture->window, file, "flame");
  select_function (fixture, FUNCTION);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_auto (GStrv) folders = viewer_folders_list ();

  for (size_t f = 0; folders[f] != NULL; f++)
    viewer_folders_remove (folders[f]);
  close_window (fixture->window);
}

static void
open_with_sources (Fixture *fixture)
{
  g_autofree char *folder = test_source_path ("data/examples/qrcode");

  act (fixture->window, "open-source", NULL);
  settle (fixture);
  act (fixture->window, "locate-source-in", folder);
  settle (fixture);
}

static void
test_source_is_opened_from_the_graph (Fixture *fixture, gconstpointer data)
{
  g_autofree char *text = NULL;

  open_with_sources (fixture);
  g_assert_cmpint (viewer_source_page_get_line (fixture->page), ==, 62);
  g_assert_false (is_enabled (fixture, "locate-source"));
  g_assert_false (is_enabled (fixture, "read-source"));
  text = viewer_source_page_describe (fixture->page);
  g_assert_cmpstr (text, ==, "mask.go:62 — flat 0.03 s, cum 0.32 s");
}

static void
test_a_row_that_is_yet_to_come_is_selected_then (Fixture      *fixture,
                                                 gconstpointer data)
{
  open_with_sources (fixture);
  g_assert_cmpuint (g_list_model_get_n_items (
                        G_LIST_MODEL (selection (fixture))),
                    <,
                    62);
  wait_until (gtk_single_selection_get_selected (selection (fixture)) == 61);
  wait_for_rows (fixture);
  g_assert_cmpint (viewer_source_page_get_line (fixture->page), ==, 62);
}

/* After each frame: whether the file's first lines were seen, and not those around
 * the wanted one. */
static void
look (GdkFrameClock *clock, Fixture *fixture)
{
  ViewerCode    *code = viewer_listing_get_code (fixture->listing);
  GtkColumnView *view = viewer_source_page_get_view (fixture->page);
  GtkWidget     *list = gtk_widget_get_last_child (GTK_WIDGET (view));

  if (code != NULL && code->text != NULL && gtk_widget_get_opacity (list) > 0 &&
      gtk_adjustment_get_value (
          gtk_scrollable_get_vadjustment (GTK_SCROLLABLE (view))) == 0)
    fixture->n_heads++;
}

static void
test_the_head_of_a_file_is_not_seen_before_its_line (Fixture      *fixture,
                                                     gconstpointer data)
{
  GtkWidget *view = GTK_WIDGET (viewer_source_page_get_view (fixture->page));
  GtkWidget *list = gtk_widget_get_last_child (view);

  g_assert_true (GTK_IS_LIST_VIEW (list));
  g_signal_connect (gtk_widget_get_frame_clock (GTK_WIDGET (fixture->window)),
                    "after-paint",
                    G_CALLBACK (look),
                    fixture);
  open_with_sources (fixture);
  wait_for_rows (fixture);
  wait_until (gtk_adjustment_get_value (
                  gtk_scrollable_get_vadjustment (GTK_SCROLLABLE (view))) > 0);
  wait_until (gtk_widget_get_opacity (list) == 1);
  g_assert_cmpuint (fixture->n_heads, ==, 0);
}

static void
test_a_folder_without_the_file_is_not_remembered (Fixture      *fixture,
                                                  gconstpointer data)
{
  g_autofree char *folder = test_source_path ("data/examples/server");
  g_auto (GStrv)   folders = NULL;

  act (fixture->window, "open-source", NULL);
  settle (fixture);
  g_assert_true (is_enabled (fixture, "locate-source"));
  g_assert_false (is_enabled (fixture, "open-in-editor"));
  act (fixture->window, "locate-source-in", folder);
  settle (fixture);
  folders = viewer_folders_list ();
  g_assert_null (folders[0]);
}

static void
test_a_row_is_selected_in_all_views (Fixture *fixture, gconstpointer data)
{
  ProfFrameId frame;

  open_with_sources (fixture);
  wait_for_rows (fixture);
  viewer_document_unselect (fixture->document);
  gtk_single_selection_set_selected (selection (fixture), 64);
  frame = viewer_document_get_selection (fixture->document).frame;
  g_assert_cmpstr (prof_frames_display_name (viewer_document_get_result (
                                                 fixture->document)
                                                 ->frames,
                                             frame),
                   ==,
                   FUNCTION);
  act (fixture->window, "show-in-top", NULL);
  act (fixture->window, "open-source", NULL);
  settle (fixture);
  g_assert_cmpint (viewer_source_page_get_line (fixture->page), ==, 65);
}

static void
test_what_is_inlined_is_entered (Fixture *fixture, gconstpointer data)
{
  const ViewerCode *code;
  guint             row = 0;

  select_function (fixture, "compress/flate.(*compressor).findMatch");
  act (fixture->window, "open-source", NULL);
  settle (fixture);
  code = viewer_listing_get_code (fixture->listing);
  while (viewer_code_row (code, row)->level == 0)
    row++;
  g_signal_emit_by_name (viewer_source_page_get_view (fixture->page),
                         "activate",
                         row);
  settle (fixture);
  code = viewer_listing_get_code (fixture->listing);
  g_assert_cmpstr (prof_frames_display_name (code->result->frames, code->frame),
                   ==,
                   "compress/flate.matchLen");
}

static void
test_rows_are_copied (Fixture *fixture, gconstpointer data)
{
  g_autofree char *row = NULL;
  g_autofree char *all = NULL;

  open_with_sources (fixture);
  row = viewer_source_page_copy_rows (fixture->page);
  g_assert_cmpstr (row,
                   ==,
                   "Line\tFlat\tCum\tSource\n"
                   "62\t0.03 s\t0.32 s\t        if line(i) {\n");
  wait_for_rows (fixture);
  gtk_single_selection_set_selected (selection (fixture),
                                     GTK_INVALID_LIST_POSITION);
  all = viewer_source_page_copy_rows (fixture->page);
  g_assert_nonnull (strstr (all, "\n1\t\t\t"));
}

/* The "editor" copies the file to a name that tells the line. */
static void
test_the_editor_gets_file_and_line (Fixture *fixture, gconstpointer data)
{
  g_autofree char *folder = test_new_folder ();
  g_autofree char *command = g_strdup_printf ("cp %%f '%s/at-%%l'", folder);
  g_autofree char *copy = g_build_filename (folder, "at-62", NULL);

  open_with_sources (fixture);
  g_assert_true (is_enabled (fixture, "open-in-editor"));
  viewer_settings_set_string ("editor-command", command);
  act (fixture->window, "open-in-editor", NULL);
  wait_until (g_file_test (copy, G_FILE_TEST_EXISTS));
  viewer_settings_set_string ("editor-command", "");
}

static void
test_a_function_without_a_file_has_no_source (Fixture      *fixture,
                                              gconstpointer data)
{
  g_autoptr (GFile) file = file_with ("x.folded", "main;work 3\n", -1);

  open_and_wait (fixture->document, file, NULL);
  select_function (fixture, "work");
  g_assert_false (is_enabled (fixture, "open-source"));
  act (fixture->window, "view", "source");
  settle (fixture);
  g_assert_false (is_enabled (fixture, "locate-source"));
  g_assert_nonnull (viewer_listing_get_code (fixture->listing)->complaint);
}

int
main (int argc, char **argv)
{
  window_test_init (&argc, &argv);
#define ADD(path, function) \
  g_test_add ("/source-page/" path, Fixture, NULL, set_up, function, tear_down)
  ADD ("source-is-opened-from-the-graph", test_source_is_opened_from_the_graph);
  ADD ("a-row-that-is-yet-to-come-is-selected-then",
       test_a_row_that_is_yet_to_come_is_selected_then);
  ADD ("the-head-of-a-file-is-not-seen-before-its-line",
       test_the_head_of_a_file_is_not_seen_before_its_line);
  ADD ("a-folder-without-the-file-is-not-remembered",
       test_a_folder_without_the_file_is_not_remembered);
  ADD ("a-row-is-selected-in-all-views", test_a_row_is_selected_in_all_views);
  ADD ("what-is-inlined-is-entered", test_what_is_inlined_is_entered);
  ADD ("rows-are-copied", test_rows_are_copied);
  ADD ("the-editor-gets-file-and-line", test_the_editor_gets_file_and_line);
  ADD ("a-function-without-a-file-has-no-source",
       test_a_function_without_a_file_has_no_source);
#undef ADD
  return g_test_run ();
}
