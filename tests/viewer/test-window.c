/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "test-util.h"
#include "viewer-change-legend.h"
#include "viewer-drag-file.h"
#include "viewer-export-dialog.h"
#include "viewer-flame-page.h"
#include "viewer-legend.h"
#include "viewer-location-dialog.h"
#include "viewer-name-layout.h"
#include "viewer-name.h"
#include "viewer-preferences.h"
#include "viewer-presets.h"
#include "viewer-profile-window.h"
#include "viewer-settings.h"
#include "viewer-test.h"
#include "viewer-top-row.h"
#include "viewer-width.h"
#include "viewer-window.h"
#include "window-test.h"

#include <fcntl.h>
#include <glib/gstdio.h>
#include <malloc.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

typedef struct
{
  ViewerWindow   *window;
  ViewerDocument *document;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  const char       *name = data;
  g_autoptr (GFile) file = example_file (name);

  fixture->window = viewer_window_new (GTK_APPLICATION (application));
  fixture->document = viewer_window_get_document (fixture->window);
  gtk_window_present (GTK_WINDOW (fixture->window));
  open_in_window (fixture->window, file, "flame");
  gtk_test_widget_wait_for_draw (GTK_WIDGET (fixture->window));
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  gtk_window_destroy (GTK_WINDOW (fixture->window));
  viewer_settings_set ("top-order", g_variant_new ("(sb)", "flat", TRUE));
  wait_ms (20);
}

static GtkColumnView *
table (Fixture *fixture)
{
  return viewer_top_page_get_view (
      viewer_window_get_top_page (fixture->window));
}

static const ProfTopRow *
row_at (Fixture *fixture, guint position)
{
  g_autoptr (ViewerTopRow) row =
      g_list_model_get_item (G_LIST_MODEL (
                                 gtk_column_view_get_model (table (fixture))),
                             position);

  g_assert_nonnull (row);
  return viewer_top_row_get (row);
}

static guint
n_rows (Fixture *fixture)
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
select_named (Fixture *fixture, const char *name)
{
  viewer_document_select (fixture->document,
                          node_named (fixture->document, name),
                          0,
                          true);
}

static void
test_commands_follow_the_state (Fixture *fixture, gconstpointer data)
{
  g_assert_false (is_possible (fixture->window, "back"));
  g_assert_false (is_possible (fixture->window, "zoom-home"));
  g_assert_false (is_possible (fixture->window, "copy-name"));
  g_assert_false (is_possible (fixture->window, "find-next"));
  select_named (fixture, "regexp.(*Regexp).backtrack");
  g_assert_true (is_possible (fixture->window, "copy-name"));
  act (fixture->window, "zoom-to-selection", NULL);
  g_assert_true (is_possible (fixture->window, "back"));
  g_assert_true (is_possible (fixture->window, "zoom-home"));
  act (fixture->window, "back", NULL);
  g_assert_false (viewer_document_is_zoomed (fixture->document));
  g_assert_true (is_possible (fixture->window, "forward"));
  act (fixture->window, "search", "json");
  g_assert_true (is_possible (fixture->window, "find-next"));
}

static void
test_escape_goes_back_step_by_step (Fixture *fixture, gconstpointer data)
{
  select_named (fixture, "regexp.(*Regexp).backtrack");
  act (fixture->window, "zoom-to-selection", NULL);
  act (fixture->window, "search", "json");
  act (fixture->window, "escape", NULL);
  g_assert_cmpstr (viewer_document_get_search_text (fixture->document), ==, "");
  act (fixture->window, "escape", NULL);
  g_assert_cmpuint (viewer_document_get_selection (fixture->document).node,
                    ==,
                    PROF_ID_NONE);
  g_assert_true (viewer_document_is_zoomed (fixture->document));
  act (fixture->window, "escape", NULL);
  g_assert_false (viewer_document_is_zoomed (fixture->document));
}

static void
test_the_title_names_file_and_type (Fixture *fixture, gconstpointer data)
{
  g_assert_cmpstr (gtk_window_get_title (GTK_WINDOW (fixture->window)),
                   ==,
                   "server-cpu.prof");
}

static void
test_the_table_is_sorted_by_flat (Fixture *fixture, gconstpointer data)
{
  act (fixture->window, "view", "top");
  wait_until (n_rows (fixture) > 100);
  for (guint i = 1; i < 50; i++)
    g_assert_cmpint (row_at (fixture, i)->flat,
                     <=,
                     row_at (fixture, i - 1)->flat);
}

static void
sort_by (Fixture *fixture, guint column, GtkSortType order)
{
  GListModel *columns = gtk_column_view_get_columns (table (fixture));
  g_autoptr (GtkColumnViewColumn) chosen = g_list_model_get_item (columns,
                                                                  column);

  gtk_column_view_sort_by_column (table (fixture), chosen, order);
}

static void
test_a_click_on_a_head_sorts_and_a_second_reverses (Fixture      *fixture,
                                                    gconstpointer data)
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
test_a_search_narrows_the_table (Fixture *fixture, gconstpointer data)
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
test_table_and_graph_share_the_selection (Fixture *fixture, gconstpointer data)
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
count_rows (Fixture *fixture)
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
test_a_selected_row_is_shown_among_others (Fixture *fixture, gconstpointer data)
{
  ViewerResult *result = viewer_document_get_result (fixture->document);
  size_t        n = prof_top_n_rows (result->top);

  viewer_document_select_frame (fixture->document,
                                prof_top_rows (result->top)[n - 1].frame);
  act (fixture->window, "view", "top");
  wait_until (count_rows (fixture) > 10);
}

static void
test_direction_and_type_can_be_changed (Fixture *fixture, gconstpointer data)
{
  ViewerFlameCanvas *canvas = viewer_window_get_canvas (fixture->window);
  ViewerResult      *before = viewer_document_get_result (fixture->document);

  act (fixture->window, "direction", "flame");
  g_assert_true (viewer_flame_canvas_get_flame (canvas));
  act (fixture->window, "direction", "icicle");
  g_assert_false (viewer_flame_canvas_get_flame (canvas));

  act (fixture->window, "sample-type", "samples");
  wait_until (viewer_document_get_result (fixture->document) != before);
  g_assert_cmpuint (viewer_document_get_result (fixture->document)->type,
                    ==,
                    0);
}

static void
set (Fixture *fixture, const char *name, GVariant *state)
{
  g_action_group_change_action_state (G_ACTION_GROUP (fixture->window),
                                      name,
                                      state);
}

static void
test_names_and_narrow_frames_are_options (Fixture *fixture, gconstpointer data)
{
  ViewerFlameCanvas *canvas = viewer_window_get_canvas (fixture->window);
  unsigned           before = viewer_flame_canvas_n_base_draws (canvas);
  g_autofree char   *saved = NULL;

  set (fixture, "names", g_variant_new_string ("full"));
  g_assert_cmpint (viewer_flame_canvas_get_names (canvas), ==, PROF_NAMES_FULL);
  gtk_test_widget_wait_for_draw (GTK_WIDGET (canvas));
  g_assert_cmpuint (viewer_flame_canvas_n_base_draws (canvas), >, before);
  saved = viewer_settings_get_string ("names");
  g_assert_cmpstr (saved, ==, "full");
  set (fixture, "names", g_variant_new_string ("nonsense"));
  g_assert_cmpint (viewer_flame_canvas_get_names (canvas), ==, PROF_NAMES_FULL);
  set (fixture, "names", g_variant_new_string ("tail"));
  set (fixture, "trim", g_variant_new_double (5));
  g_assert_cmpfloat (viewer_flame_canvas_get_trim (canvas), ==, 0.05);
  set (fixture, "trim", g_variant_new_double (-1));
  set (fixture, "trim", g_variant_new_double (99));
  g_assert_cmpfloat (viewer_flame_canvas_get_trim (canvas), ==, 0.05);
}

static void
test_labels_have_letters (Fixture *fixture, gconstpointer data)
{
  static const char *const texts[] = { "None", "_handler", "_tenant" };
  GObject *menu = gtk_widget_get_template_child (GTK_WIDGET (fixture->window),
                                                 VIEWER_TYPE_WINDOW,
                                                 "labels_menu");

  g_assert_cmpint (g_menu_model_get_n_items (G_MENU_MODEL (menu)),
                   ==,
                   G_N_ELEMENTS (texts));
  for (size_t i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autofree char *text = NULL;

      g_menu_model_get_item_attribute (G_MENU_MODEL (menu),
                                       (int)i,
                                       "label",
                                       "s",
                                       &text);
      g_assert_cmpstr (text, ==, texts[i]);
    }
}

/* Warnings of the toolkit are errors here. */
static void
test_shortcuts_are_shown_without_a_warning (Fixture      *fixture,
                                            gconstpointer data)
{
  GtkApplicationWindow *window = GTK_APPLICATION_WINDOW (fixture->window);
  GtkShortcutsWindow   *overlay;

  g_assert_null (gtk_application_window_get_help_overlay (window));
  act (fixture->window, "show-help-overlay", NULL);
  overlay = gtk_application_window_get_help_overlay (window);
  g_assert_nonnull (overlay);
  wait_until (gtk_widget_get_mapped (GTK_WIDGET (overlay)));
  gtk_test_widget_wait_for_draw (GTK_WIDGET (overlay));
  gtk_widget_set_visible (GTK_WIDGET (overlay), FALSE);
  act (fixture->window, "show-help-overlay", NULL);
  g_assert_true (overlay == gtk_application_window_get_help_overlay (window));
  g_assert_true (gtk_widget_get_visible (GTK_WIDGET (overlay)));
  gtk_widget_set_visible (GTK_WIDGET (overlay), FALSE);
}

static void
test_export_writes_the_same_picture (Fixture *fixture, gconstpointer data)
{
  ViewerResult      *result = viewer_document_get_result (fixture->document);
  ProfExportOptions  options = PROF_EXPORT_OPTIONS_INIT;
  g_autoptr (GError) error = NULL;
  g_autofree char   *folder = test_new_folder ();
  g_autofree char   *path = g_build_filename (folder, "a.svg", NULL);
  g_autofree char   *written = NULL;
  g_autofree char   *expected = NULL;

  static const char *const no_filters[] = { NULL };

  options.file_name = viewer_document_get_name (fixture->document);
  options.filters = no_filters;
  options.interactive = true;
  expected = prof_export_flame_svg (result->tree, &options, &error);
  g_assert_no_error (error);
  act (fixture->window, "export-to", path);
  wait_until (g_file_test (path, G_FILE_TEST_EXISTS));
  g_assert_true (g_file_get_contents (path, &written, NULL, NULL));
  g_assert_cmpstr (written, ==, expected);
  wait_ms (100);
}

/* The first bytes of what is written to a file of that ending. */
static char *
exported (Fixture *fixture, const char *action, const char *name)
{
  g_autofree char *folder = test_new_folder ();
  g_autofree char *path = g_build_filename (folder, name, NULL);
  char            *content = NULL;

  act (fixture->window, action, path);
  wait_until (g_file_test (path, G_FILE_TEST_EXISTS));
  wait_until (g_file_get_contents (path, &content, NULL, NULL) &&
              content[0] != '\0');
  wait_ms (50);
  return content;
}

static void
assert_exported (Fixture *fixture, const char *name, const char *start)
{
  g_autofree char *content = exported (fixture, "export-to", name);

  g_assert_true (g_str_has_prefix (content, start));
}

static void
test_everything_can_be_exported (Fixture *fixture, gconstpointer data)
{
  assert_exported (fixture, "a.png", "\x89PNG");
  assert_exported (fixture, "a.pdf", "%PDF-1.5");
  assert_exported (fixture, "a.pb.gz", "\x1f\x8b");
  assert_exported (fixture, "a.tsv", "function\tfile\tflat\tcum\tunit\n");
  assert_exported (fixture, "a.speedscope.json", "{\"$schema\"");
  assert_exported (fixture, "a.html", "<!DOCTYPE html>");
  g_autofree char *folded = exported (fixture, "export-to", "a.folded");
  g_assert_nonnull (strstr (folded, "net/http.(*conn).serve;"));
}

static void
test_filters_hold_in_what_is_exported (Fixture *fixture, gconstpointer data)
{
  g_autofree char *svg = NULL;
  g_autofree char *folded = NULL;

  act (fixture->window, "focus", "json");
  wait_for_answer (fixture->document);
  svg = exported (fixture, "export-to", "a.svg");
  folded = exported (fixture, "export-to", "a.folded");
  g_assert_nonnull (strstr (svg, "focus=json"));
  g_assert_null (strstr (folded, "compress/flate"));
  g_assert_nonnull (strstr (folded, "encoding/json"));
}

static void
test_a_printer_gets_a_page (Fixture *fixture, gconstpointer data)
{
  g_autofree char *pdf = exported (fixture, "print-to", "p.pdf");

  g_assert_true (g_str_has_prefix (pdf, "%PDF-"));
}

static void
test_an_image_can_be_copied (Fixture *fixture, gconstpointer data)
{
  GdkClipboard *clipboard = gtk_widget_get_clipboard (
      GTK_WIDGET (fixture->window));
  GdkContentFormats *formats;

  gdk_clipboard_set_text (clipboard, "before");
  act (fixture->window, "copy-image", NULL);
  wait_until (
      gdk_content_formats_contain_gtype (gdk_clipboard_get_formats (clipboard),
                                         GDK_TYPE_TEXTURE));
  formats = gdk_clipboard_get_formats (clipboard);
  g_assert_true (
      gdk_content_formats_contain_mime_type (formats, "image/svg+xml"));
}

/* The drag source somewhere in it, or NULL. */
static GtkDragSource *
find_drag_source (GtkWidget *widget)
{
  g_autoptr (GListModel) list = gtk_widget_observe_controllers (widget);
  GtkDragSource         *found = NULL;

  for (guint i = 0; i < g_list_model_get_n_items (list); i++)
    {
      g_autoptr (GObject) controller = g_list_model_get_item (list, i);

      if (GTK_IS_DRAG_SOURCE (controller))
        return GTK_DRAG_SOURCE (controller);
    }
  for (GtkWidget *child = gtk_widget_get_first_child (widget);
       child != NULL && found == NULL;
       child = gtk_widget_get_next_sibling (child))
    found = find_drag_source (child);
  return found;
}

static GdkContentProvider *
start_drag (GtkDragSource *source)
{
  GdkContentProvider *provider = NULL;

  g_signal_emit_by_name (source, "prepare", 10., 10., &provider);
  return provider;
}

static gboolean
can_be_dragged (GtkDragSource *source)
{
  g_autoptr (GdkContentProvider) provider = start_drag (source);
  g_autoptr (GdkContentFormats)  formats = NULL;

  if (provider == NULL)
    return FALSE;
  formats = gdk_content_provider_ref_formats (provider);
  return gdk_content_formats_contain_gtype (formats, GDK_TYPE_TEXTURE);
}

static void
test_an_export_can_be_dragged_away (Fixture *fixture, gconstpointer data)
{
  ViewerExportDialog *dialog = viewer_export_dialog_new (GTK_WINDOW (
                                                             fixture->window),
                                                         fixture->document,
                                                         FALSE,
                                                         600);
  GtkDragSource      *source = find_drag_source (GTK_WIDGET (dialog));
  g_autoptr (GdkContentProvider) provider = NULL;
  g_autoptr (GdkContentFormats)  formats = NULL;
  g_auto (GValue)                value = G_VALUE_INIT;
  g_autofree char               *svg = NULL;
  g_autofree char               *name = NULL;
  g_autoptr (GFile)              file = NULL;

  gtk_window_present (GTK_WINDOW (dialog));
  g_assert_nonnull (source);
  wait_until (can_be_dragged (source));
  provider = start_drag (source);
  formats = gdk_content_provider_ref_formats (provider);
  g_assert_true (
      gdk_content_formats_contain_mime_type (formats, "image/svg+xml"));
  g_value_init (&value, GDK_TYPE_FILE_LIST);
  g_assert_true (gdk_content_provider_get_value (provider, &value, NULL));
  file = g_object_ref (((GSList *)g_value_get_boxed (&value))->data);
  name = g_file_get_basename (file);
  g_assert_cmpstr (name, ==, "server-cpu.svg");
  g_assert_true (g_file_load_contents (file, NULL, &svg, NULL, NULL, NULL));
  g_assert_nonnull (strstr (svg, "<svg"));
  gtk_window_destroy (GTK_WINDOW (dialog));
  g_assert_true (g_file_query_exists (file, NULL));
  viewer_drag_file_delete_all ();
  g_assert_false (g_file_query_exists (file, NULL));
}

static void
test_panel_and_legend_can_be_hidden (Fixture *fixture, gconstpointer data)
{
  GtkWidget *canvas = GTK_WIDGET (viewer_window_get_canvas (fixture->window));
  GtkWidget *page = gtk_widget_get_ancestor (canvas, VIEWER_TYPE_FLAME_PAGE);
  int        before;

  wait_ms (100);
  before = gtk_widget_get_width (canvas);
  g_action_group_activate_action (G_ACTION_GROUP (fixture->window),
                                  "side-panel",
                                  NULL);
  wait_until (gtk_widget_get_width (canvas) > before + 200);
  g_assert_false (viewer_settings_get_boolean ("side-panel-visible"));
  g_action_group_activate_action (G_ACTION_GROUP (fixture->window),
                                  "side-panel",
                                  NULL);
  wait_until (gtk_widget_get_width (canvas) == before);
  wait_until (find_label (page, "Own code") != NULL);
  g_action_group_activate_action (G_ACTION_GROUP (fixture->window),
                                  "legend",
                                  NULL);
  wait_until (find_label (page, "Own code") == NULL);
  g_assert_false (viewer_settings_get_boolean ("legend-visible"));
  g_action_group_activate_action (G_ACTION_GROUP (fixture->window),
                                  "legend",
                                  NULL);
  wait_until (find_label (page, "Own code") != NULL);
  g_assert_null (find_label (page, "without package"));

  /* Where nothing else is. */
  open_wide (fixture->document);
  wait_until (find_label (page, "without package") != NULL);
}

static void
test_what_is_wrong_with_a_search_is_told (Fixture *fixture, gconstpointer data)
{
  GtkWidget *window = GTK_WIDGET (fixture->window);

  viewer_document_set_search (fixture->document, "a(b", PROF_SEARCH_REGEX);
  wait_until (find_label (window, "Missing closing parenthesis") != NULL);
  viewer_document_set_search (fixture->document, "(*", PROF_SEARCH_SUBSTRING);
  wait_until (find_label (window, " of 616 functions") != NULL);
  g_assert_null (find_label (window, "parenthesis"));
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
test_shares_of_the_legend_are_from_the_left (Fixture      *fixture,
                                             gconstpointer data)
{
  GtkWidget *legend;

  gtk_widget_set_default_direction (GTK_TEXT_DIR_RTL);
  legend = g_object_ref_sink (g_object_new (VIEWER_TYPE_LEGEND, NULL));
  viewer_legend_set_document (VIEWER_LEGEND (legend), fixture->document);
  gtk_widget_set_default_direction (GTK_TEXT_DIR_LTR);
  g_assert_true (has_label (legend, "\u200e22.2 %"));
  g_object_unref (legend);
}

static void
test_the_panel_leaves_room_for_the_view (Fixture *fixture, gconstpointer data)
{
  GtkWidget *view = GTK_WIDGET (viewer_window_get_canvas (fixture->window));
  int        before = viewer_settings_get_int ("side-panel-width");

  viewer_settings_set_int ("side-panel-width", 480);
  gtk_window_set_default_size (GTK_WINDOW (fixture->window), 640, 420);
  wait_until (gtk_widget_get_width (GTK_WIDGET (fixture->window)) <= 640);
  wait_ms (200);
  g_assert_cmpint (gtk_widget_get_width (view), >=, 318);
  g_assert_cmpint (gtk_widget_get_width (view), <=, 322);
  g_assert_cmpint (viewer_settings_get_int ("side-panel-width"), ==, 480);
  gtk_window_set_default_size (GTK_WINDOW (fixture->window), 1200, 780);
  wait_until (gtk_widget_get_width (GTK_WIDGET (fixture->window)) > 1100);
  wait_until (ABS (gtk_widget_get_width (GTK_WIDGET (fixture->window)) - 480 -
                   gtk_widget_get_width (view)) <= 4);
  viewer_settings_set_int ("side-panel-width", before);
}

static void
test_every_example_opens_in_every_view (Fixture *fixture, gconstpointer data)
{
  static const char *const names[] = {
    "qrcode-cpu.prof",       "qrcode-mem.prof",          "server-allocs.prof",
    "server-block.prof",     "server-heap.prof",         "server-mutex.prof",
    "server-goroutine.prof", "server-threadcreate.prof",
  };
  ViewerStage stage;
  double      fraction;

  for (size_t i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autoptr (GFile) file = example_file (names[i]);

      viewer_document_open (fixture->document, file, NULL);
      wait_until (
          !viewer_document_is_busy (fixture->document, &stage, &fraction));
      g_assert_cmpint (viewer_document_get_state (fixture->document),
                       ==,
                       VIEWER_STATE_READY);
      act (fixture->window, "view", "top");
      gtk_test_widget_wait_for_draw (GTK_WIDGET (fixture->window));
      act (fixture->window, "view", "sandwich");
      gtk_test_widget_wait_for_draw (GTK_WIDGET (fixture->window));
      act (fixture->window, "view", "tree");
      gtk_test_widget_wait_for_draw (GTK_WIDGET (fixture->window));
      act (fixture->window, "view", "source");
      gtk_test_widget_wait_for_draw (GTK_WIDGET (fixture->window));
      act (fixture->window, "view", "flame");
      gtk_test_widget_wait_for_draw (GTK_WIDGET (fixture->window));
    }
}

/* Tables get rows for some frames, even if they are left meanwhile. */
static void
test_rows_that_grow_unseen_select_nothing (Fixture *fixture, gconstpointer data)
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

/* Without fixture */

static void
test_an_empty_window_is_free (void)
{
  ViewerWindow *window = viewer_window_new (GTK_APPLICATION (application));

  gtk_window_present (GTK_WINDOW (window));
  gtk_test_widget_wait_for_draw (GTK_WIDGET (window));
  g_assert_true (viewer_window_is_free (window));
  g_assert_false (
      g_action_group_get_action_enabled (G_ACTION_GROUP (window), "export"));
  gtk_window_destroy (GTK_WINDOW (window));
}

static void
test_an_error_can_be_left (void)
{
  ViewerWindow     *window = viewer_window_new (GTK_APPLICATION (application));
  ViewerDocument   *document = viewer_window_get_document (window);
  g_autoptr (GFile) bad = file_with ("cpu.prof", "", 0);
  g_autoptr (GFile) good = example_file ("qrcode-cpu.prof");

  gtk_window_present (GTK_WINDOW (window));
  viewer_window_open (window, bad, NULL, NULL);
  wait_until (viewer_document_get_state (document) == VIEWER_STATE_ERROR);
  gtk_test_widget_wait_for_draw (GTK_WIDGET (window));
  g_assert_true (viewer_window_is_free (window));
  viewer_window_open (window, good, NULL, NULL);
  wait_until (viewer_document_get_state (document) == VIEWER_STATE_READY);
  gtk_test_widget_wait_for_draw (GTK_WIDGET (window));
  gtk_window_destroy (GTK_WINDOW (window));
}

static GtkWidget *
find_class (GtkWidget *widget, const char *name)
{
  GtkWidget *found = gtk_widget_has_css_class (widget, name) ? widget : NULL;

  for (GtkWidget *child = gtk_widget_get_first_child (widget);
       child != NULL && found == NULL;
       child = gtk_widget_get_next_sibling (child))
    found = find_class (child, name);
  return found;
}

static gboolean
shows_notice (ViewerWindow *window, const char *name)
{
  GtkWidget *bar = find_class (GTK_WIDGET (window), name);

  g_assert_nonnull (bar);
  return gtk_revealer_get_child_revealed (
      GTK_REVEALER (gtk_widget_get_parent (bar)));
}

static void
remove_copy (GFile *file)
{
  g_autoptr (GFile) folder = g_file_get_parent (file);

  g_assert_true (g_file_delete (file, NULL, NULL));
  g_assert_true (g_file_delete (folder, NULL, NULL));
}

static void
append_nothing (GFile *file)
{
  g_autofree char *path = g_file_get_path (file);
  g_autofree char *data = NULL;
  gsize            length;

  g_assert_true (g_file_get_contents (path, &data, &length, NULL));
  g_assert_true (g_file_set_contents (path, data, (gssize)length, NULL));
}

static void
test_a_file_that_changes_has_a_bar (void)
{
  ViewerWindow     *window = viewer_window_new (GTK_APPLICATION (application));
  ViewerDocument   *document = viewer_window_get_document (window);
  g_autoptr (GFile) file = copy_of ("server-cpu.prof");
  GActionGroup     *actions = G_ACTION_GROUP (window);

  gtk_window_present (GTK_WINDOW (window));
  viewer_window_open (window, file, NULL, "flame");
  wait_until (viewer_document_get_state (document) == VIEWER_STATE_READY);
  g_assert_false (shows_notice (window, "changed-notice"));
  g_assert_false (g_action_group_get_action_enabled (actions, "ignore-change"));
  append_nothing (file);
  wait_until (shows_notice (window, "changed-notice"));
  g_action_group_activate_action (actions, "reload", NULL);
  wait_until (!shows_notice (window, "changed-notice"));
  append_nothing (file);
  wait_until (shows_notice (window, "changed-notice"));
  g_action_group_activate_action (actions, "ignore-change", NULL);
  wait_until (!shows_notice (window, "changed-notice"));
  remove_copy (file);
  gtk_window_destroy (GTK_WINDOW (window));
}

static void
test_an_odd_profile_has_a_bar (void)
{
  ViewerWindow    *window = viewer_window_new (GTK_APPLICATION (application));
  ViewerDocument  *document = viewer_window_get_document (window);
  g_autofree char *path = test_source_path (
      "tests/data/profiles/constructed/unsymbolized-all.pb");
  g_autoptr (GFile) file = g_file_new_for_path (path);

  gtk_window_present (GTK_WINDOW (window));
  viewer_window_open (window, file, NULL, "flame");
  wait_until (viewer_document_get_state (document) == VIEWER_STATE_READY);
  wait_until (shows_notice (window, "warnings-notice"));
  g_assert_false (shows_notice (window, "changed-notice"));
  g_action_group_activate_action (G_ACTION_GROUP (window),
                                  "dismiss-warnings",
                                  NULL);
  wait_until (!shows_notice (window, "warnings-notice"));
  gtk_window_destroy (GTK_WINDOW (window));
}

static guint
n_windows (void)
{
  return g_list_length (
      gtk_application_get_windows (GTK_APPLICATION (application)));
}

static void
test_one_profile_has_one_window (void)
{
  g_autoptr (GFile) first = example_file ("qrcode-cpu.prof");
  g_autoptr (GFile) second = example_file ("server-cpu.prof");
  guint             before = n_windows ();

  g_application_open (G_APPLICATION (application), &first, 1, "");
  g_assert_cmpuint (n_windows (), ==, before + 1);
  g_application_open (G_APPLICATION (application), &first, 1, "");
  g_assert_cmpuint (n_windows (), ==, before + 1);
  g_application_open (G_APPLICATION (application), &second, 1, "");
  g_assert_cmpuint (n_windows (), ==, before + 2);
  g_application_open (G_APPLICATION (application),
                      &second,
                      1,
                      "{'new-window': <true>, 'view': <'top'>}");
  g_assert_cmpuint (n_windows (), ==, before + 3);
  wait_ms (300);
  while (n_windows () > before)
    gtk_window_destroy (
        gtk_application_get_windows (GTK_APPLICATION (application))->data);
}

static bool
is_shown (GType type)
{
  g_autoptr (GList) windows = gtk_window_list_toplevels ();
  bool              found = false;

  for (GList *w = windows; w != NULL; w = w->next)
    found |= G_TYPE_CHECK_INSTANCE_TYPE (w->data, type) &&
             gtk_widget_get_mapped (w->data);
  return found;
}

static void
test_an_address_is_asked_for_from_outside (void)
{
  guint before = n_windows ();

  g_action_group_activate_action (G_ACTION_GROUP (application),
                                  "open-location",
                                  NULL);
  wait_until (is_shown (VIEWER_TYPE_LOCATION_DIALOG));
  g_assert_cmpuint (n_windows (), ==, before + 1);
  while (n_windows () > before)
    gtk_window_destroy (
        gtk_application_get_windows (GTK_APPLICATION (application))->data);
}

static void
test_names_shorten_by_structure (void)
{
  GtkWidget  *widget = g_object_ref_sink (viewer_name_new ());
  ViewerName *name = VIEWER_NAME (widget);

  viewer_name_set (name, "example.com/a/store.(*Index).Rebuild", FALSE);
  g_assert_cmpstr (viewer_name_get_form (name, 2000),
                   ==,
                   "example.com/a/store.(*Index).Rebuild");
  g_assert_cmpstr (viewer_name_get_form (name, 1), ==, "Rebuild");
  for (int width = 400; width > 40; width--)
    {
      const char *form = viewer_name_get_form (name, width);

      g_assert_true (g_str_has_suffix (form, "Rebuild"));
    }
  g_object_unref (widget);
}

/* What has changed is measured again first, as a window does. */
static void
make_wide (GtkWidget *row, int width)
{
  viewer_width_natural (row);
  gtk_widget_size_allocate (row, &(GtkAllocation){ 0, 0, width, 30 }, -1);
}

/* Whatever the room, and from either side. */
static void
test_what_follows_a_name_is_beside_it (void)
{
  const int  spacing = 9;
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  GtkWidget *name = viewer_name_new ();
  GtkWidget *badge = gtk_label_new ("inlined");
  int        least, most, badge_width;

  g_object_ref_sink (row);
  gtk_widget_set_layout_manager (row, viewer_name_layout_new (spacing));
  gtk_box_append (GTK_BOX (row), name);
  gtk_box_append (GTK_BOX (row), badge);
  viewer_name_set (VIEWER_NAME (name),
                   "example.com/a/store.(*Index).Rebuild",
                   FALSE);
  least = viewer_width_least (row);
  most = viewer_width_natural (row);
  badge_width = viewer_width_natural (badge);
  for (int mirrored = 0; mirrored <= 1; mirrored++)
    for (int width = least; width < most + 50; width++)
      {
        graphene_rect_t at, beside;
        int             needed;

        gtk_widget_set_direction (row,
                                  mirrored ? GTK_TEXT_DIR_RTL
                                           : GTK_TEXT_DIR_LTR);
        make_wide (row, width);
        g_assert_true (gtk_widget_compute_bounds (name, row, &at));
        g_assert_true (gtk_widget_compute_bounds (badge, row, &beside));
        needed = viewer_name_get_width (VIEWER_NAME (name), (int)at.size.width);
        g_assert_cmpint ((int)at.size.width, ==, needed);
        g_assert_cmpint ((int)beside.size.width, ==, badge_width);
        g_assert_cmpint ((int)at.origin.x, ==, mirrored ? width - needed : 0);
        g_assert_cmpint ((int)beside.origin.x,
                         ==,
                         mirrored ? width - needed - spacing - badge_width
                                  : needed + spacing);
      }

  /* It is cut rather than the name. */
  gtk_label_set_ellipsize (GTK_LABEL (badge), PANGO_ELLIPSIZE_END);
  least = viewer_width_least (badge) + spacing +
          viewer_name_get_least_width (VIEWER_NAME (name));
  make_wide (row, least);
  g_assert_cmpint (gtk_widget_get_width (name),
                   ==,
                   viewer_name_get_least_width (VIEWER_NAME (name)));

  /* Or is not seen, if it cannot be cut. */
  gtk_label_set_ellipsize (GTK_LABEL (badge), PANGO_ELLIPSIZE_NONE);
  gtk_widget_add_css_class (badge, "badge");
  for (int missing = 0; missing <= 1; missing++)
    {
      badge_width = viewer_width_natural (badge);
      least = viewer_name_get_least_width (VIEWER_NAME (name)) + spacing +
              badge_width - missing;
      make_wide (row, least);
      g_assert_true (gtk_widget_get_child_visible (badge) == (missing == 0));
    }
  gtk_widget_remove_css_class (badge, "badge");
  badge_width = viewer_width_natural (badge);

  /* A name that is to expand has what is left. */
  gtk_label_set_ellipsize (GTK_LABEL (badge), PANGO_ELLIPSIZE_NONE);
  gtk_widget_set_hexpand (name, TRUE);
  for (int width = spacing + badge_width +
                   viewer_name_get_least_width (VIEWER_NAME (name));
       width < most + 50;
       width++)
    {
      make_wide (row, width);
      g_assert_cmpint (gtk_widget_get_width (badge), ==, badge_width);
      g_assert_cmpint (gtk_widget_get_width (name),
                       ==,
                       width - spacing - badge_width);
    }
  g_object_unref (row);
}

/* However narrow, the scale is whole and nothing lies over anything. */
static void
test_the_legend_of_changes_is_never_cut (void)
{
  GtkWidget *legend = g_object_new (VIEWER_TYPE_CHANGE_LEGEND, NULL);
  int        least, most;
  guint      n_seen = 0;

  g_object_ref_sink (legend);
  least = viewer_width_least (legend);
  most = viewer_width_natural (legend);
  g_assert_cmpint (least, <, 120);
  for (int width = least; width <= most; width++)
    {
      float end = 0;

      gtk_widget_size_allocate (legend,
                                &(GtkAllocation){ 0, 0, width, 30 },
                                -1);
      n_seen = 0;
      for (GtkWidget *child = gtk_widget_get_first_child (legend);
           child != NULL;
           child = gtk_widget_get_next_sibling (child))
        {
          graphene_rect_t at;

          if (!gtk_widget_get_child_visible (child))
            continue;
          g_assert_true (gtk_widget_compute_bounds (child, legend, &at));
          g_assert_cmpfloat (at.origin.x, >=, end);
          end = at.origin.x + at.size.width;
          g_assert_cmpfloat (end, <=, width);
          n_seen++;
        }
      g_assert_cmpuint (n_seen, >=, 1);
    }
  g_assert_cmpuint (n_seen, ==, 7);
  g_object_unref (legend);
}

/* Asking */

static int64_t
shown (Fixture *fixture)
{
  wait_for_answer (fixture->document);
  return viewer_document_get_result (fixture->document)->shown;
}

static void
assert_options (Fixture *fixture, const char *expected)
{
  ViewerQuestion  *question = viewer_document_get_question (fixture->document);
  g_autofree char *text = prof_query_to_text (question->query);

  g_assert_cmpstr (text, ==, expected);
}

/* The first visible widget of a kind at or below one. */
static GtkWidget *
find_below (GtkWidget *widget,
            gboolean (*is_it) (GtkWidget *widget, gconstpointer data),
            gconstpointer data)
{
  GtkWidget *found = NULL;

  if (!gtk_widget_get_mapped (widget))
    return NULL;
  if (is_it (widget, data))
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget);
       child != NULL && found == NULL;
       child = gtk_widget_get_next_sibling (child))
    found = find_below (child, is_it, data);
  return found;
}

static gboolean
has_text (GtkWidget *widget, gconstpointer data)
{
  return GTK_IS_LABEL (widget) &&
         strcmp (gtk_label_get_label (GTK_LABEL (widget)), data) == 0;
}

static gboolean
has_filter (GtkWidget *widget, gconstpointer data)
{
  const char *option;
  const char *value;
  GVariant   *target = NULL;

  if (GTK_IS_ACTIONABLE (widget) &&
      g_strcmp0 (gtk_actionable_get_action_name (GTK_ACTIONABLE (widget)),
                 "win.filter") == 0)
    target = gtk_actionable_get_action_target_value (GTK_ACTIONABLE (widget));
  if (target == NULL)
    return FALSE;
  g_variant_get (target, "(&s&s)", &option, &value);
  return strcmp (option, "tagfocus") == 0 && strcmp (value, data) == 0;
}

static GtkWidget *
find_text (Fixture *fixture, const char *text)
{
  return find_below (GTK_WIDGET (fixture->window), has_text, text);
}

static void
test_a_label_of_the_panel_filters (Fixture *fixture, gconstpointer data)
{
  GtkWidget *button;

  select_named (fixture, "encoding/json.Marshal");
  wait_until (find_text (fixture, "Labels") != NULL);
  g_assert_nonnull (find_text (fixture, "tenant"));
  wait_until ((button = find_below (GTK_WIDGET (fixture->window),
                                    has_filter,
                                    "tenant=^green$")) != NULL);
  g_signal_emit_by_name (button, "clicked");
  wait_for_answer (fixture->document);
  wait_until (find_below (GTK_WIDGET (fixture->window),
                          has_filter,
                          "tenant=^blue$") == NULL);
  assert_options (fixture, "--tagfocus='tenant=^green$'");
}

static void
test_the_panel_has_the_lines_of_a_function (Fixture      *fixture,
                                            gconstpointer data)
{
  select_named (fixture, "encoding/json.Marshal");
  wait_until (find_text (fixture, "Lines") != NULL);
  wait_until (find_text (fixture, "encode.go:160") != NULL);
  open_wide (fixture->document);
  wait_for_answer (fixture->document);
  select_named (fixture, "main");
  wait_until (find_text (fixture, "Lines") == NULL);
  g_assert_null (find_text (fixture, "Labels"));
}

static GtkWindow *
profile_window (Fixture *fixture)
{
  g_autoptr (GList) windows = gtk_window_list_toplevels ();
  GtkWindow        *found = NULL;

  for (GList *w = windows; w != NULL; w = w->next)
    if (VIEWER_IS_PROFILE_WINDOW (w->data) &&
        gtk_window_get_transient_for (w->data) == GTK_WINDOW (fixture->window))
      {
        g_assert_null (found);
        found = w->data;
      }
  return found;
}

static void
test_details_are_one_window_beside (Fixture *fixture, gconstpointer data)
{
  GtkWindow *window;

  act (fixture->window, "details", NULL);
  act (fixture->window, "details", NULL);
  window = profile_window (fixture);
  g_assert_nonnull (window);
  g_assert_false (gtk_window_get_modal (window));
  wait_until (find_below (GTK_WIDGET (window),
                          has_text,
                          "values: 7, samples: 673") != NULL);
  g_assert_nonnull (
      find_below (GTK_WIDGET (window), has_text, "/usr/local/bin/server"));
  viewer_document_set_type (fixture->document, 0);
  wait_for_answer (fixture->document);
  wait_until (find_below (GTK_WIDGET (window), has_text, "Samples, count") !=
              NULL);
  gtk_window_close (window);
  wait_ms (20);
  g_assert_null (profile_window (fixture));
}

static void
take_text (GObject *source, GAsyncResult *result, gpointer data)
{
  *(char **)data = gdk_clipboard_read_text_finish (GDK_CLIPBOARD (source),
                                                   result,
                                                   NULL);
}

static void
test_the_command_is_copied (Fixture *fixture, gconstpointer data)
{
  GtkWidget       *window = GTK_WIDGET (fixture->window);
  g_autofree char *text = NULL;

  g_assert_true (is_possible (fixture->window, "copy-command"));
  act (fixture->window, "view", "top");
  act (fixture->window, "copy-command", NULL);
  gdk_clipboard_read_text_async (gtk_widget_get_clipboard (window),
                                 NULL,
                                 take_text,
                                 &text);
  wait_until (text != NULL);
  g_assert_true (g_str_has_prefix (text, "prof top "));
  g_assert_true (g_str_has_suffix (text, "/server-cpu.prof"));
}

static void
test_functions_filter (Fixture *fixture, gconstpointer data)
{
  int64_t all = shown (fixture);

  g_assert_false (is_possible (fixture->window, "focus-function"));
  g_assert_false (is_possible (fixture->window, "clear-filters"));
  select_named (fixture, "runtime.mallocgc");
  act (fixture->window, "ignore-function", NULL);
  g_assert_cmpint (shown (fixture), <, all);
  assert_options (fixture, "--ignore='^runtime\\.mallocgc$'");
  select_named (fixture, "runtime/internal/syscall.Syscall6");
  act (fixture->window, "ignore-function", NULL);
  assert_options (
      fixture,
      "--ignore='^runtime\\.mallocgc$|^runtime/internal/syscall\\.Syscall6$'");
  act (fixture->window, "clear-filters", NULL);
  g_assert_cmpint (shown (fixture), ==, all);
  assert_options (fixture, "");
  select_named (fixture, "runtime.mallocgc");
  act (fixture->window, "hide-package", NULL);
  g_assert_cmpint (shown (fixture), <=, all);
  assert_options (fixture, "--hide='^runtime\\.'");
  act (fixture->window, "remove-filter", "hide");
  assert_options (fixture, "");
}

static void
test_matches_can_be_kept_or_hidden (Fixture *fixture, gconstpointer data)
{
  int64_t covered;

  g_assert_false (is_possible (fixture->window, "keep-matches"));
  act (fixture->window, "search", "JSON");
  covered = prof_search_total (viewer_document_get_search (fixture->document));
  act (fixture->window, "keep-matches", NULL);
  g_assert_cmpint (shown (fixture), ==, covered);
  assert_options (fixture, "--focus='(?i)JSON'");
  g_assert_cmpstr (viewer_document_get_search_text (fixture->document), ==, "");
  act (fixture->window, "search", "a.b");
  act (fixture->window, "search", "reflect.");
  act (fixture->window, "hide-matches", NULL);
  wait_for_answer (fixture->document);
  assert_options (fixture, "--focus='(?i)JSON' --hide='(?i)reflect\\.'");
}

static void
test_presets_ask (Fixture *fixture, gconstpointer data)
{
  int64_t all = shown (fixture);

  /* The sign is not alone on a line. */
  wait_until (find_text (fixture, "9.68 s in 5.14 s (188\u00a0%)") != NULL);
  g_assert_nonnull (find_text (fixture, "Libraries"));
  act (fixture->window, "own-code-only", NULL);
  g_assert_cmpint (shown (fixture), <, all);
  assert_options (fixture, "--show='^(example\\.com/server|main)[./]'");
  wait_until (find_text (fixture, "Libraries") == NULL);
  g_assert_nonnull (find_text (fixture, "Own code"));
  g_assert_null (find_text (fixture, "Without names"));
  act (fixture->window, "preset", "--ignore=json");
  wait_for_answer (fixture->document);
  assert_options (fixture,
                  "--ignore=json --show='^(example\\.com/server|main)[./]'");
  act (fixture->window, "focus", "nothing-is-called-like-that");
  g_assert_cmpint (shown (fixture), ==, 0);
  act (fixture->window, "back", NULL);
  act (fixture->window, "back", NULL);
  act (fixture->window, "back", NULL);
  g_assert_cmpint (shown (fixture), ==, all);
}

/* Names of functions are, where there is no room. */
static void
test_figures_of_the_status_line_are_not_cut (Fixture      *fixture,
                                             gconstpointer data)
{
  GtkWidget *window = GTK_WIDGET (fixture->window);
  GtkWidget *figures;

  gtk_window_set_default_size (GTK_WINDOW (window), 640, 420);
  wait_until (gtk_widget_get_width (window) < 760);
  viewer_document_select (fixture->document,
                          node_named (fixture->document,
                                      "net/http.HandlerFunc.ServeHTTP"),
                          0,
                          true);
  wait_until ((figures = find_label (window, " — self ")) != NULL);
  gtk_test_widget_wait_for_draw (window);
  g_assert_false (
      pango_layout_is_ellipsized (gtk_label_get_layout (GTK_LABEL (figures))));
  g_assert_cmpint (gtk_widget_get_width (window), <, 760);
}

/* The items of a section of a menu that apply filters. */
static guint
count_items (GMenuModel *menu, const char *label)
{
  guint found = 0;

  for (int i = 0; i < g_menu_model_get_n_items (menu); i++)
    {
      g_autoptr (GMenuModel) section =
          g_menu_model_get_item_link (menu, i, G_MENU_LINK_SECTION);
      g_autoptr (GMenuModel) submenu =
          g_menu_model_get_item_link (menu, i, G_MENU_LINK_SUBMENU);
      g_autofree char *text = NULL;

      if (g_menu_model_get_item_attribute (menu, i, "label", "s", &text))
        found += strcmp (text, label) == 0;
      if (section != NULL)
        found += count_items (section, label);
      if (submenu != NULL)
        found += count_items (submenu, label);
    }
  return found;
}

/* In the menu of the button with an icon. */
static guint
items_named (GtkWidget *widget, const char *label)
{
  guint found = 0;

  if (GTK_IS_MENU_BUTTON (widget) &&
      gtk_menu_button_get_menu_model (GTK_MENU_BUTTON (widget)) != NULL)
    found += count_items (gtk_menu_button_get_menu_model (
                              GTK_MENU_BUTTON (widget)),
                          label);
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    found += items_named (child, label);
  return found;
}

static GtkWidget *
find_of_type (GtkWidget *widget, GType type)
{
  GtkWidget *found = NULL;

  if (G_TYPE_CHECK_INSTANCE_TYPE (widget, type))
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget);
       child != NULL && found == NULL;
       child = gtk_widget_get_next_sibling (child))
    found = find_of_type (child, type);
  return found;
}

static gpointer
toplevel_of_type (GType type)
{
  GListModel *windows = gtk_window_get_toplevels ();

  for (guint i = 0; i < g_list_model_get_n_items (windows); i++)
    {
      g_autoptr (GtkWindow) window = g_list_model_get_item (windows, i);

      if (G_TYPE_CHECK_INSTANCE_TYPE (window, type))
        return window;
    }
  return NULL;
}

static void
test_filters_are_saved_under_a_name (Fixture *fixture, gconstpointer data)
{
  GtkWidget        *window = GTK_WIDGET (fixture->window);
  AdwMessageDialog *dialog;
  GtkWidget        *entry;

  act (fixture->window, "view-options", NULL);
  g_assert_false (is_possible (fixture->window, "save-preset"));
  act (fixture->window, "preset", "--ignore=json --hide=x");
  wait_for_answer (fixture->document);
  act (fixture->window, "save-preset", NULL);
  dialog = toplevel_of_type (ADW_TYPE_MESSAGE_DIALOG);
  g_assert_nonnull (dialog);
  g_assert_false (adw_message_dialog_get_response_enabled (dialog, "save"));
  entry = find_of_type (GTK_WIDGET (dialog), GTK_TYPE_ENTRY);
  gtk_editable_set_text (GTK_EDITABLE (entry), " without_json ");
  g_assert_true (adw_message_dialog_get_response_enabled (dialog, "save"));
  g_assert_cmpuint (items_named (window, "without__json"), ==, 0);
  adw_message_dialog_response (dialog, "save");
  gtk_window_destroy (GTK_WINDOW (dialog));
  g_assert_cmpuint (items_named (window, "without__json"), ==, 1);

  g_autoptr (GPtrArray) presets = viewer_presets_list ();
  const ViewerPreset   *preset = presets->pdata[0];

  g_assert_cmpuint (presets->len, ==, 1);
  g_assert_cmpstr (preset->name, ==, "without_json");
  g_assert_cmpstr (preset->options, ==, "--ignore=json --hide=x");
  act (fixture->window, "clear-filters", NULL);
  act (fixture->window, "preset", preset->options);
  wait_for_answer (fixture->document);
  assert_options (fixture, "--ignore=json --hide=x");
  viewer_presets_remove ("without_json");
  g_assert_cmpuint (items_named (window, "without__json"), ==, 0);
}

/* What rows copied hold: a line of titles and a line each. */
static char **
copied (Fixture *fixture, gboolean all)
{
  g_autofree char *text =
      viewer_top_page_copy_rows (viewer_window_get_top_page (fixture->window),
                                 all);

  return g_strsplit_set (text, "\n", -1);
}

static void
test_columns_are_chosen_and_remembered (Fixture *fixture, gconstpointer data)
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
test_a_row_is_copied (Fixture *fixture, gconstpointer data)
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
test_order_and_width_are_remembered (Fixture *fixture, gconstpointer data)
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

static void
test_presets_are_replaced_by_name (void)
{
  g_autoptr (ViewerQuestion) none = viewer_question_new ();
  g_autoptr (ViewerQuestion) shaped = viewer_question_with (none,
                                                            "granularity",
                                                            "lines",
                                                            NULL);
  g_autoptr (ViewerQuestion) one = viewer_question_with (shaped,
                                                         "focus",
                                                         "it's",
                                                         NULL);
  g_autoptr (ViewerQuestion) two = viewer_question_with (none,
                                                         "hide",
                                                         "b",
                                                         NULL);

  g_assert_false (viewer_presets_save ("empty", none));
  g_assert_false (viewer_presets_save ("shape is no filter", shaped));
  g_assert_false (viewer_presets_save ("  ", one));
  g_assert_true (viewer_presets_save ("a", one));
  g_assert_true (viewer_presets_save ("b", two));
  g_assert_true (viewer_presets_save (" a ", two));

  g_autoptr (GPtrArray) presets = viewer_presets_list ();
  const ViewerPreset   *first = presets->pdata[0];

  g_assert_cmpuint (presets->len, ==, 2);
  g_assert_cmpstr (first->name, ==, "a");
  g_assert_cmpstr (first->options, ==, "--hide=b");
  viewer_presets_remove ("a");
  viewer_presets_remove ("a");
  viewer_presets_remove ("b");
}

static void
test_preferences_are_applied_at_once (Fixture *fixture, gconstpointer data)
{
  GActionGroup        *actions = G_ACTION_GROUP (fixture->window);
  ViewerPreferences   *preferences;
  GtkWidget           *row;
  g_autoptr (GVariant) direction = NULL;

  g_action_group_activate_action (G_ACTION_GROUP (application),
                                  "preferences",
                                  NULL);
  preferences = toplevel_of_type (VIEWER_TYPE_PREFERENCES);
  g_assert_nonnull (preferences);
  g_assert_true (gtk_window_get_transient_for (GTK_WINDOW (preferences)) ==
                 GTK_WINDOW (fixture->window));
  row = GTK_WIDGET (gtk_widget_get_template_child (GTK_WIDGET (preferences),
                                                   VIEWER_TYPE_PREFERENCES,
                                                   "direction"));
  g_assert_cmpuint (adw_combo_row_get_selected (ADW_COMBO_ROW (row)), ==, 0);
  adw_combo_row_set_selected (ADW_COMBO_ROW (row), 1);
  direction = g_action_group_get_action_state (actions, "direction");
  g_assert_cmpstr (g_variant_get_string (direction, NULL), ==, "flame");
  g_action_group_change_action_state (actions,
                                      "direction",
                                      g_variant_new_string ("icicle"));
  g_assert_cmpuint (adw_combo_row_get_selected (ADW_COMBO_ROW (row)), ==, 0);
  row = GTK_WIDGET (gtk_widget_get_template_child (GTK_WIDGET (preferences),
                                                   VIEWER_TYPE_PREFERENCES,
                                                   "color_by"));
  adw_combo_row_set_selected (ADW_COMBO_ROW (row), 4);
  g_assert_cmpint (viewer_document_get_coloring (fixture->document)->scheme,
                   ==,
                   PROF_SCHEME_DEPTH);
  adw_combo_row_set_selected (ADW_COMBO_ROW (row), 0);
  gtk_window_close (GTK_WINDOW (preferences));
}

static void
test_a_large_file_is_asked_about (void)
{
  g_autoptr (GFile) file = file_with ("large.prof", "", 0);
  ViewerWindow     *window = viewer_window_new (GTK_APPLICATION (application));
  ViewerDocument   *document = viewer_window_get_document (window);
  AdwMessageDialog *dialog;

  /* Of holes. */
  g_assert_cmpint (truncate (g_file_peek_path (file), 2000000), ==, 0);
  viewer_settings_set_int ("ask-above", 1);
  gtk_window_present (GTK_WINDOW (window));
  viewer_window_open (window, file, NULL, NULL);
  dialog = toplevel_of_type (ADW_TYPE_MESSAGE_DIALOG);
  g_assert_nonnull (dialog);
  g_assert_cmpstr (adw_message_dialog_get_heading (dialog),
                   ==,
                   "Open “large.prof”?");
  adw_message_dialog_response (dialog, "cancel");
  gtk_window_destroy (GTK_WINDOW (dialog));
  g_assert_cmpint (viewer_document_get_state (document),
                   ==,
                   VIEWER_STATE_WELCOME);
  viewer_window_open (window, file, NULL, NULL);
  dialog = toplevel_of_type (ADW_TYPE_MESSAGE_DIALOG);
  adw_message_dialog_response (dialog, "open");
  gtk_window_destroy (GTK_WINDOW (dialog));
  wait_until (viewer_document_get_state (document) == VIEWER_STATE_ERROR);
  viewer_settings_set_int ("ask-above", 2);
  viewer_window_open (window, file, NULL, NULL);
  g_assert_null (toplevel_of_type (ADW_TYPE_MESSAGE_DIALOG));
  viewer_settings_set_int ("ask-above", 1000);
  gtk_window_destroy (GTK_WINDOW (window));
}

static GtkWidget *
find_remover (GtkWidget *widget, const char *option)
{
  GtkWidget  *found = NULL;
  const char *action = GTK_IS_ACTIONABLE (widget)
                           ? gtk_actionable_get_action_name (
                                 GTK_ACTIONABLE (widget))
                           : NULL;

  if (g_strcmp0 (action, "win.remove-filter") == 0 &&
      strcmp (g_variant_get_string (gtk_actionable_get_action_target_value (
                                        GTK_ACTIONABLE (widget)),
                                    NULL),
              option) == 0 &&
      gtk_widget_get_ancestor (widget, GTK_TYPE_LIST_BOX) != NULL)
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget);
       child != NULL && found == NULL;
       child = gtk_widget_get_next_sibling (child))
    found = find_remover (child, option);
  return found;
}

static void
test_filters_that_leave_nothing_can_be_removed (Fixture      *fixture,
                                                gconstpointer data)
{
  GtkWidget *window = GTK_WIDGET (fixture->window);
  GtkWidget *remove;

  act (fixture->window, "preset", "--ignore=json");
  wait_for_answer (fixture->document);
  g_assert_null (find_remover (window, "ignore"));
  act (fixture->window, "focus", "nothing-is-called-like-that");
  g_assert_cmpint (shown (fixture), ==, 0);
  g_assert_nonnull (find_remover (window, "ignore"));
  remove = find_remover (window, "focus");
  g_assert_nonnull (remove);
  wait_until (gtk_widget_get_mapped (remove));
  g_signal_emit_by_name (remove, "clicked");
  g_assert_cmpint (shown (fixture), >, 0);
  assert_options (fixture, "--ignore=json");
  wait_until (!gtk_widget_get_mapped (remove));
}

static void
set_action (Fixture *fixture, const char *name, GVariant *state)
{
  g_action_group_change_action_state (G_ACTION_GROUP (fixture->window),
                                      name,
                                      state);
  wait_for_answer (fixture->document);
}

/* What is left of a path is what its last frame weighs. */
static void
test_a_path_filters (Fixture *fixture, gconstpointer data)
{
  ViewerResult     *result = viewer_document_get_result (fixture->document);
  g_autofree char  *path = NULL;
  g_autofree char  *options = NULL;
  g_autofree char  *quoted = NULL;
  const ProfNodeId *nodes;
  const ProfNode   *node;
  size_t            n;
  int64_t           total;

  g_assert_false (is_possible (fixture->window, "focus-path"));
  node = &prof_tree_nodes (
      result->tree)[node_named (fixture->document, "runtime.mallocgc")];
  nodes = viewer_result_nodes (result, node->frame, &n);
  g_assert_cmpuint (n, >, 1);
  node = &prof_tree_nodes (result->tree)[nodes[1]];
  total = node->total;
  viewer_document_select (fixture->document, nodes[1], 0, true);
  path = viewer_result_focus_path (result, nodes[1]);
  g_assert_true (g_str_has_suffix (path, ";runtime.mallocgc"));
  act (fixture->window, "focus-path", NULL);
  g_assert_cmpint (shown (fixture), ==, total);
  quoted = g_shell_quote (path);
  options = g_strdup_printf ("--focus-path=%s", quoted);
  assert_options (fixture, options);
  act (fixture->window, "back", NULL);
  wait_for_answer (fixture->document);
  assert_options (fixture, "");
  set_action (fixture, "bottom-up", g_variant_new_boolean (TRUE));
  select_named (fixture, "runtime.mallocgc");
  g_assert_false (is_possible (fixture->window, "focus-path"));
  set_action (fixture, "bottom-up", g_variant_new_boolean (FALSE));
  set_action (fixture, "granularity", g_variant_new_string ("packages"));
  select_named (fixture, "runtime");
  g_assert_false (is_possible (fixture->window, "focus-path"));
  set_action (fixture, "granularity", g_variant_new_string ("lines"));
  viewer_document_select (fixture->document, 1, 0, true);
  g_assert_true (is_possible (fixture->window, "focus-path"));
}

/* A pipe that somebody has opened for writing and who never writes: what reads it
 * ends only when it is stopped. */
static GFile *
endless_file (int *writer)
{
  g_autofree char *folder = test_new_folder ();
  g_autofree char *path = g_build_filename (folder, "pipe.prof", NULL);

  g_assert_cmpint (mkfifo (path, 0600), ==, 0);
  *writer = g_open (path, O_RDWR | O_CLOEXEC, 0);
  g_assert_cmpint (*writer, >=, 0);
  return g_file_new_for_path (path);
}

static void
test_closing_ends_what_is_being_read (Fixture *fixture, gconstpointer data)
{
  ViewerWindow     *window = viewer_window_new (GTK_APPLICATION (application));
  ViewerDocument   *document = viewer_window_get_document (window);
  int               writer;
  g_autoptr (GFile) file = endless_file (&writer);
  gint64            closed_us;

  gtk_window_present (GTK_WINDOW (window));
  viewer_window_open (window, file, NULL, NULL);
  /* Until the page that says so is there: it is drawn, too. */
  wait_ms (400);
  g_assert_cmpint (viewer_document_get_state (document),
                   ==,
                   VIEWER_STATE_LOADING);
  g_object_add_weak_pointer (G_OBJECT (window), (gpointer *)&window);
  g_object_add_weak_pointer (G_OBJECT (document), (gpointer *)&document);
  closed_us = g_get_monotonic_time ();
  gtk_window_close (GTK_WINDOW (window));
  wait_until (window == NULL && document == NULL);
  g_test_message ("ended in %.1f ms",
                  (double)(g_get_monotonic_time () - closed_us) / 1000);
  close (writer);
}

static void
test_a_closed_window_is_gone (Fixture *fixture, gconstpointer data)
{
  ViewerWindow     *window = viewer_window_new (GTK_APPLICATION (application));
  ViewerDocument   *document = viewer_window_get_document (window);
  g_autoptr (GFile) file = example_file ("server-cpu.prof");

  gtk_window_present (GTK_WINDOW (window));
  viewer_window_open (window, file, NULL, NULL);
  wait_until (viewer_document_get_state (document) == VIEWER_STATE_READY);
  for (size_t v = 0; viewer_views[v] != NULL; v++)
    {
      g_action_group_activate_action (G_ACTION_GROUP (window),
                                      "view",
                                      g_variant_new_string (viewer_views[v]));
      wait_ms (20);
    }
  viewer_document_select (document, 5, 0, true);
  viewer_document_set_search (document, "a", PROF_SEARCH_SUBSTRING);
  viewer_document_set_option (document, "hide", "a", NULL);
  g_object_add_weak_pointer (G_OBJECT (window), (gpointer *)&window);
  g_object_add_weak_pointer (G_OBJECT (document), (gpointer *)&document);
  gtk_window_close (GTK_WINDOW (window));
  wait_until (window == NULL && document == NULL);
}

/* Bytes in use, after as many windows were opened and closed. */
static size_t
in_use_after (int n_windows)
{
  for (int i = 0; i < n_windows; i++)
    {
      ViewerWindow *window = viewer_window_new (GTK_APPLICATION (application));
      gpointer      gone = window;

      g_object_add_weak_pointer (G_OBJECT (window), &gone);
      gtk_window_present (GTK_WINDOW (window));
      gtk_test_widget_wait_for_draw (GTK_WIDGET (window));
      gtk_window_close (GTK_WINDOW (window));
      wait_until (gone == NULL);
    }
  return mallinfo2 ().uordblks;
}

/* GTK 4.8 keeps menus: 60 KiB, when each window has its own. */
static void
test_closed_windows_leave_little (void)
{
  size_t before = in_use_after (5);
  size_t after = in_use_after (6);

  g_assert_cmpuint (after, <, before + 6 * 16 * 1024);
}

static void
test_a_limit_is_raised_from_the_page (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GFile) file = file_of_depth (PROF_MAX_STACK_FRAMES + 1);

  g_assert_false (is_possible (fixture->window, "take-offer"));
  viewer_window_open (fixture->window, file, NULL, "flame");
  wait_until (viewer_document_get_state (fixture->document) ==
              VIEWER_STATE_ERROR);
  g_assert_true (is_possible (fixture->window, "take-offer"));
  act (fixture->window, "take-offer", NULL);
  wait_until (viewer_document_get_state (fixture->document) ==
              VIEWER_STATE_READY);
  g_assert_false (is_possible (fixture->window, "take-offer"));
  wait_ms (50);
}

static gboolean
has_state (Fixture *fixture, const char *name, const char *expected)
{
  g_autoptr (GVariant) state =
      g_action_group_get_action_state (G_ACTION_GROUP (fixture->window), name);
  g_autofree char *text = g_variant_print (state, FALSE);

  return strcmp (text, expected) == 0;
}

static void
test_view_options_ask_and_tell (Fixture *fixture, gconstpointer data)
{
  ProfTreeFlags flags;

  set_action (fixture, "order", g_variant_new_string ("name"));
  set_action (fixture, "bottom-up", g_variant_new_boolean (TRUE));
  flags = viewer_document_get_question (fixture->document)->flags;
  g_assert_cmpint (flags, ==, PROF_TREE_BY_NAME | PROF_TREE_LEAF_FIRST);
  set_action (fixture, "granularity", g_variant_new_string ("packages"));
  set_action (fixture, "collapse-recursion", g_variant_new_boolean (TRUE));
  assert_options (fixture, "--granularity=packages --collapse-recursion");
  g_assert_true (has_state (fixture, "order", "'name'"));
  g_assert_true (has_state (fixture, "bottom-up", "true"));
  g_assert_true (has_state (fixture, "granularity", "'packages'"));
  for (int i = 0; i < 4; i++)
    act (fixture->window, "back", NULL);
  wait_for_answer (fixture->document);
  assert_options (fixture, "");
  g_assert_true (has_state (fixture, "order", "'weight'"));
  g_assert_true (has_state (fixture, "bottom-up", "false"));
  g_assert_true (has_state (fixture, "collapse-recursion", "false"));
  set_action (fixture, "group-by", g_variant_new_string ("handler"));
  g_assert_true (has_state (fixture, "group-by", "'handler'"));
  set_action (fixture, "group-by", g_variant_new_string (""));
  assert_options (fixture, "");
  set_action (fixture, "color-by", g_variant_new_string ("self"));
  g_assert_cmpint (viewer_document_get_coloring (fixture->document)->scheme,
                   ==,
                   PROF_SCHEME_SELF);
}

int
main (int argc, char **argv)
{
  window_test_init (&argc, &argv);

#define ADD(path, function)      \
  g_test_add ("/window/" path,   \
              Fixture,           \
              "server-cpu.prof", \
              set_up,            \
              function,          \
              tear_down)
  ADD ("commands-follow-the-state", test_commands_follow_the_state);
  ADD ("escape-goes-back-step-by-step", test_escape_goes_back_step_by_step);
  ADD ("the-title-names-file-and-type", test_the_title_names_file_and_type);
  ADD ("the-table-is-sorted-by-flat", test_the_table_is_sorted_by_flat);
  ADD ("a-click-on-a-head-sorts-and-a-second-reverses",
       test_a_click_on_a_head_sorts_and_a_second_reverses);
  ADD ("a-search-narrows-the-table", test_a_search_narrows_the_table);
  ADD ("table-and-graph-share-the-selection",
       test_table_and_graph_share_the_selection);
  ADD ("a-selected-row-is-shown-among-others",
       test_a_selected_row_is_shown_among_others);
  ADD ("direction-and-type-can-be-changed",
       test_direction_and_type_can_be_changed);
  ADD ("names-and-narrow-frames-are-options",
       test_names_and_narrow_frames_are_options);
  ADD ("labels-have-letters", test_labels_have_letters);
  ADD ("shortcuts-are-shown-without-a-warning",
       test_shortcuts_are_shown_without_a_warning);
  ADD ("export-writes-the-same-picture", test_export_writes_the_same_picture);
  ADD ("everything-can-be-exported", test_everything_can_be_exported);
  ADD ("filters-hold-in-what-is-exported",
       test_filters_hold_in_what_is_exported);
  ADD ("a-printer-gets-a-page", test_a_printer_gets_a_page);
  ADD ("an-image-can-be-copied", test_an_image_can_be_copied);
  ADD ("an-export-can-be-dragged-away", test_an_export_can_be_dragged_away);
  ADD ("panel-and-legend-can-be-hidden", test_panel_and_legend_can_be_hidden);
  ADD ("what-is-wrong-with-a-search-is-told",
       test_what_is_wrong_with_a_search_is_told);
  ADD ("shares-of-the-legend-are-from-the-left",
       test_shares_of_the_legend_are_from_the_left);
  ADD ("a-label-of-the-panel-filters", test_a_label_of_the_panel_filters);
  ADD ("the-panel-has-the-lines-of-a-function",
       test_the_panel_has_the_lines_of_a_function);
  ADD ("the-command-is-copied", test_the_command_is_copied);
  ADD ("details-are-one-window-beside", test_details_are_one_window_beside);
  ADD ("the-panel-leaves-room-for-the-view",
       test_the_panel_leaves_room_for_the_view);
  ADD ("every-example-opens-in-every-view",
       test_every_example_opens_in_every_view);
  ADD ("rows-that-grow-unseen-select-nothing",
       test_rows_that_grow_unseen_select_nothing);
  ADD ("functions-filter", test_functions_filter);
  ADD ("a-path-filters", test_a_path_filters);
  ADD ("closing-ends-what-is-being-read", test_closing_ends_what_is_being_read);
  ADD ("a-closed-window-is-gone", test_a_closed_window_is_gone);
  ADD ("a-limit-is-raised-from-the-page", test_a_limit_is_raised_from_the_page);
  ADD ("matches-can-be-kept-or-hidden", test_matches_can_be_kept_or_hidden);
  ADD ("presets-ask", test_presets_ask);
  ADD ("columns-are-chosen-and-remembered",
       test_columns_are_chosen_and_remembered);
  ADD ("a-row-is-copied", test_a_row_is_copied);
  ADD ("order-and-width-are-remembered", test_order_and_width_are_remembered);
  ADD ("figures-of-the-status-line-are-not-cut",
       test_figures_of_the_status_line_are_not_cut);
  ADD ("filters-are-saved-under-a-name", test_filters_are_saved_under_a_name);
  ADD ("preferences-are-applied-at-once", test_preferences_are_applied_at_once);
  ADD ("filters-that-leave-nothing-can-be-removed",
       test_filters_that_leave_nothing_can_be_removed);
  ADD ("view-options-ask-and-tell", test_view_options_ask_and_tell);
#undef ADD
  g_test_add_func ("/window/names-shorten-by-structure",
                   test_names_shorten_by_structure);
  g_test_add_func ("/window/what-follows-a-name-is-beside-it",
                   test_what_follows_a_name_is_beside_it);
  g_test_add_func ("/window/the-legend-of-changes-is-never-cut",
                   test_the_legend_of_changes_is_never_cut);
  g_test_add_func ("/window/presets-are-replaced-by-name",
                   test_presets_are_replaced_by_name);
  g_test_add_func ("/window/a-large-file-is-asked-about",
                   test_a_large_file_is_asked_about);
  g_test_add_func ("/window/an-empty-window-is-free",
                   test_an_empty_window_is_free);
  g_test_add_func ("/window/closed-windows-leave-little",
                   test_closed_windows_leave_little);
  g_test_add_func ("/window/an-error-can-be-left", test_an_error_can_be_left);
  g_test_add_func ("/window/a-file-that-changes-has-a-bar",
                   test_a_file_that_changes_has_a_bar);
  g_test_add_func ("/window/an-odd-profile-has-a-bar",
                   test_an_odd_profile_has_a_bar);
  g_test_add_func ("/window/one-profile-has-one-window",
                   test_one_profile_has_one_window);
  g_test_add_func ("/window/an-address-is-asked-for-from-outside",
                   test_an_address_is_asked_for_from_outside);
  return g_test_run ();
}
