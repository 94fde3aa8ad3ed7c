/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "test-util.h"
#include "viewer-drag-file.h"
#include "viewer-export-dialog.h"
#include "viewer-flame-page.h"
#include "viewer-legend.h"
#include "viewer-location-dialog.h"
#include "viewer-preferences.h"
#include "viewer-profile-window.h"
#include "viewer-settings.h"
#include "viewer-test.h"
#include "viewer-window.h"
#include "window-test.h"

#include <fcntl.h>
#include <glib/gstdio.h>
#include <malloc.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static void
test_commands_follow_the_state (WindowFixture *fixture, gconstpointer data)
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
test_escape_goes_back_step_by_step (WindowFixture *fixture, gconstpointer data)
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
test_the_title_names_file_and_type (WindowFixture *fixture, gconstpointer data)
{
  g_assert_cmpstr (gtk_window_get_title (GTK_WINDOW (fixture->window)),
                   ==,
                   "server-cpu.prof");
}

static void
set (WindowFixture *fixture, const char *name, GVariant *state)
{
  g_action_group_change_action_state (G_ACTION_GROUP (fixture->window),
                                      name,
                                      state);
}

static void
test_names_and_narrow_frames_are_options (WindowFixture *fixture,
                                          gconstpointer  data)
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

/* Warnings of the toolkit are errors here. */
static void
test_shortcuts_are_shown_without_a_warning (WindowFixture *fixture,
                                            gconstpointer  data)
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
test_export_writes_the_same_picture (WindowFixture *fixture, gconstpointer data)
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
exported (WindowFixture *fixture, const char *action, const char *name)
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
assert_exported (WindowFixture *fixture, const char *name, const char *start)
{
  g_autofree char *content = exported (fixture, "export-to", name);

  g_assert_true (g_str_has_prefix (content, start));
}

static void
test_everything_can_be_exported (WindowFixture *fixture, gconstpointer data)
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
test_filters_hold_in_what_is_exported (WindowFixture *fixture,
                                       gconstpointer  data)
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
test_a_printer_gets_a_page (WindowFixture *fixture, gconstpointer data)
{
  g_autofree char *pdf = exported (fixture, "print-to", "p.pdf");

  g_assert_true (g_str_has_prefix (pdf, "%PDF-"));
}

static void
test_an_image_can_be_copied (WindowFixture *fixture, gconstpointer data)
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
test_an_export_can_be_dragged_away (WindowFixture *fixture, gconstpointer data)
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
test_panel_and_legend_can_be_hidden (WindowFixture *fixture, gconstpointer data)
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
test_what_is_wrong_with_a_search_is_told (WindowFixture *fixture,
                                          gconstpointer  data)
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
test_shares_of_the_legend_are_from_the_left (WindowFixture *fixture,
                                             gconstpointer  data)
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
test_the_panel_leaves_room_for_the_view (WindowFixture *fixture,
                                         gconstpointer  data)
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

static gboolean
stay_busy (gpointer data)
{
  return G_SOURCE_CONTINUE;
}

/* As rows of a table keep it with each frame, on a slow machine. */
static void
test_the_panel_is_filled_while_the_window_is_busy (WindowFixture *fixture,
                                                   gconstpointer  data)
{
  GtkWidget        *window = GTK_WIDGET (fixture->window);
  g_autoptr (GFile) file = example_file ("qrcode-cpu.prof");
  guint             busy;

  wait_until (find_label (window, "616 in ") != NULL);
  busy = g_idle_add_full (GDK_PRIORITY_REDRAW + 10, stay_busy, NULL, NULL);
  open_and_wait (fixture->document, file, NULL);
  wait_until (find_label (window, "270 in ") != NULL);
  g_source_remove (busy);
}

/* As far as there is room for both. */
static void
test_large_text_widens_the_panel (WindowFixture *fixture, gconstpointer data)
{
  GtkWidget   *view = GTK_WIDGET (viewer_window_get_canvas (fixture->window));
  GtkWidget   *window = GTK_WIDGET (fixture->window);
  GtkSettings *settings = gtk_settings_get_default ();
  int          before = viewer_settings_get_int ("side-panel-width");
  int          dpi;

  g_object_get (settings, "gtk-xft-dpi", &dpi, NULL);
  viewer_settings_set_int ("side-panel-width", 312);
  g_object_set (settings, "gtk-xft-dpi", 2 * 96 * 1024, NULL);
  gtk_window_set_default_size (GTK_WINDOW (window), 1190, 780);
  wait_until (ABS (gtk_widget_get_width (window) * 3 / 5 -
                   gtk_widget_get_width (view)) <= 4);
  g_assert_cmpint (viewer_settings_get_int ("side-panel-width"), ==, 312);
  g_object_set (settings, "gtk-xft-dpi", dpi, NULL);
  gtk_window_set_default_size (GTK_WINDOW (window), 1200, 780);
  wait_until (ABS (gtk_widget_get_width (window) - 312 -
                   gtk_widget_get_width (view)) <= 4);
  viewer_settings_set_int ("side-panel-width", before);
}

static void
test_every_example_opens_in_every_view (WindowFixture *fixture,
                                        gconstpointer  data)
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
test_the_panel_has_the_lines_of_a_function (WindowFixture *fixture,
                                            gconstpointer  data)
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
profile_window (WindowFixture *fixture)
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
test_details_are_one_window_beside (WindowFixture *fixture, gconstpointer data)
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
test_the_command_is_copied (WindowFixture *fixture, gconstpointer data)
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

/* Names of functions are, where there is no room. */
static void
test_figures_of_the_status_line_are_not_cut (WindowFixture *fixture,
                                             gconstpointer  data)
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

static void
test_preferences_are_applied_at_once (WindowFixture *fixture,
                                      gconstpointer  data)
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
test_closing_ends_what_is_being_read (WindowFixture *fixture,
                                      gconstpointer  data)
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
test_a_closed_window_is_gone (WindowFixture *fixture, gconstpointer data)
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
test_a_limit_is_raised_from_the_page (WindowFixture *fixture,
                                      gconstpointer  data)
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

int
main (int argc, char **argv)
{
  window_test_init (&argc, &argv);
#define ADD(path, function)      \
  g_test_add ("/window/" path,   \
              WindowFixture,     \
              "server-cpu.prof", \
              window_set_up,     \
              function,          \
              window_tear_down)
  ADD ("commands-follow-the-state", test_commands_follow_the_state);
  ADD ("escape-goes-back-step-by-step", test_escape_goes_back_step_by_step);
  ADD ("the-title-names-file-and-type", test_the_title_names_file_and_type);
  ADD ("names-and-narrow-frames-are-options",
       test_names_and_narrow_frames_are_options);
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
  ADD ("the-panel-has-the-lines-of-a-function",
       test_the_panel_has_the_lines_of_a_function);
  ADD ("the-command-is-copied", test_the_command_is_copied);
  ADD ("details-are-one-window-beside", test_details_are_one_window_beside);
  ADD ("the-panel-leaves-room-for-the-view",
       test_the_panel_leaves_room_for_the_view);
  ADD ("large-text-widens-the-panel", test_large_text_widens_the_panel);
  ADD ("the-panel-is-filled-while-the-window-is-busy",
       test_the_panel_is_filled_while_the_window_is_busy);
  ADD ("every-example-opens-in-every-view",
       test_every_example_opens_in_every_view);
  ADD ("closing-ends-what-is-being-read", test_closing_ends_what_is_being_read);
  ADD ("a-closed-window-is-gone", test_a_closed_window_is_gone);
  ADD ("a-limit-is-raised-from-the-page", test_a_limit_is_raised_from_the_page);
  ADD ("figures-of-the-status-line-are-not-cut",
       test_figures_of_the_status_line_are_not_cut);
  ADD ("preferences-are-applied-at-once", test_preferences_are_applied_at_once);
#undef ADD
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
