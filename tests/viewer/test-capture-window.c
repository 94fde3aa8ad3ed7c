/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "test-util.h"
#include "viewer-capture-store.h"
#include "viewer-facts.h"
#include "viewer-location-dialog.h"
#include "viewer-location.h"
#include "viewer-test.h"
#include "viewer-window.h"
#include "window-test.h"

#include <glib/gstdio.h>
#include <string.h>

typedef struct
{
  ViewerWindow   *window;
  ViewerDocument *document;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->window = viewer_window_new (GTK_APPLICATION (application));
  fixture->document = viewer_window_get_document (fixture->window);
  gtk_window_present (GTK_WINDOW (fixture->window));
  gtk_test_widget_wait_for_draw (GTK_WIDGET (fixture->window));
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  close_window (fixture->window);
}

static void
act_with (Fixture *fixture, const char *name, GVariant *parameter)
{
  GActionGroup *actions = G_ACTION_GROUP (fixture->window);

  g_assert_true (g_action_group_has_action (actions, name));
  g_action_group_activate_action (actions, name, parameter);
}

static guint
state_of (Fixture *fixture, const char *name)
{
  g_autoptr (GVariant) state =
      g_action_group_get_action_state (G_ACTION_GROUP (fixture->window), name);

  return g_variant_get_uint32 (state);
}

static void
capture (Fixture *fixture, const char *path)
{
  g_autofree char *url = NULL;

  url = g_strdup_printf ("127.0.0.1:%s/%s", g_getenv ("SERVER_PORT"), path);
  act_with (fixture, "capture", g_variant_new_string (url));
}

static gboolean
is_ready (Fixture *fixture)
{
  ViewerStage stage;
  double      fraction;

  return viewer_document_get_state (fixture->document) == VIEWER_STATE_READY &&
         !viewer_document_is_busy (fixture->document, &stage, &fraction);
}

static void
capture_good (Fixture *fixture)
{
  capture (fixture, "good");
  wait_until (is_ready (fixture));
}

static gboolean
shows (Fixture *fixture, const char *start)
{
  return find_label (GTK_WIDGET (fixture->window), start) != NULL;
}

/* --- In the window --- */

static void
test_a_capture_is_shown_under_its_name (Fixture *fixture, gconstpointer data)
{
  g_autofree char *name = NULL;

  g_assert_false (is_possible (fixture->window, "save-as"));
  capture_good (fixture);
  name = g_strdup_printf ("good — 127.0.0.1:%s", g_getenv ("SERVER_PORT"));
  g_assert_cmpstr (gtk_window_get_title (GTK_WINDOW (fixture->window)),
                   ==,
                   name);
  g_assert_false (viewer_document_is_outdated (fixture->document));
  g_assert_true (is_possible (fixture->window, "save-as"));
  g_assert_true (is_possible (fixture->window, "capture-again"));
  g_assert_false (is_possible (fixture->window, "copy-command"));
  wait_until (shows (fixture, "Watch"));
}

static void
test_its_address_is_a_fact_without_password (Fixture      *fixture,
                                             gconstpointer data)
{
  g_autoptr (ViewerFacts) facts = NULL;
  g_autoptr (GPtrArray)   groups = NULL;
  g_autofree char        *text = NULL;
  g_autofree char        *url = NULL;

  url = g_strdup_printf ("http://me:secret@127.0.0.1:%s/good",
                         g_getenv ("SERVER_PORT"));
  act_with (fixture, "capture", g_variant_new_string (url));
  wait_until (is_ready (fixture));
  facts = viewer_facts_new (fixture->document);
  groups = viewer_facts_groups (facts);
  text = viewer_facts_to_text (groups);
  g_assert_nonnull (strstr (text, "http://127.0.0.1:"));
  g_assert_null (strstr (text, "secret"));
}

static void
test_the_countdown_can_be_cancelled (Fixture *fixture, gconstpointer data)
{
  capture (fixture, "measures?seconds=20");
  wait_until (shows (fixture, "Collecting… 1 of 20 s"));
  g_assert_true (shows (fixture, "measures — 127.0.0.1"));
  act (fixture->window, "cancel", NULL);
  wait_until (shows (fixture, "Open a Profile"));
  g_assert_cmpstr (gtk_window_get_title (GTK_WINDOW (fixture->window)),
                   ==,
                   "Flambeau");
  g_assert_false (is_possible (fixture->window, "capture-again"));
  g_assert_true (viewer_window_is_free (fixture->window));
}

static void
test_escape_cancels_too (Fixture *fixture, gconstpointer data)
{
  capture (fixture, "silent");
  wait_until (shows (fixture, "Waiting for the server…"));
  g_assert_false (viewer_window_is_free (fixture->window));
  act (fixture->window, "escape", NULL);
  wait_until (shows (fixture, "Open a Profile"));
}

static void
test_closing_the_window_ends_it (Fixture *fixture, gconstpointer data)
{
  capture (fixture, "silent");
  wait_until (shows (fixture, "Waiting for the server…"));
}

static void
test_an_error_is_told_in_the_servers_words (Fixture      *fixture,
                                            gconstpointer data)
{
  const char *next = "The server answers 500 Internal Server Error: Could not "
                     "enable CPU profiling";

  capture (fixture, "busy");
  wait_until (shows (fixture, "The Server Refuses"));
  g_assert_true (shows (fixture, next));
  g_assert_true (viewer_window_is_free (fixture->window));
  /* Trying again fails again. */
  g_assert_true (is_possible (fixture->window, "reload"));
  act (fixture->window, "reload", NULL);
  wait_until (!is_possible (fixture->window, "stop-capture"));
  g_assert_true (shows (fixture, "The Server Refuses"));
  /* Something else in its place. */
  capture_good (fixture);
}

static void
test_a_file_takes_the_place_of_an_error (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GFile) file = example_file ("server-cpu.prof");

  capture (fixture, "not-found");
  wait_until (shows (fixture, "No Such Profile"));
  viewer_window_open (fixture->window, file, NULL, NULL);
  wait_until (is_ready (fixture));
  g_assert_false (is_possible (fixture->window, "capture-again"));
  g_assert_cmpstr (gtk_window_get_title (GTK_WINDOW (fixture->window)),
                   ==,
                   "server-cpu.prof");
}

static void
test_what_is_saved_is_what_came (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GFile)  file = example_file ("qrcode-cpu.prof");
  g_autoptr (GBytes) bytes = g_file_load_bytes (file, NULL, NULL, NULL);
  g_autoptr (GFile)  place = file_with ("x.pb.gz", "", 0);
  g_autoptr (GBytes) saved = NULL;
  g_autofree char   *path = g_file_get_path (place);

  capture_good (fixture);
  act_with (fixture, "save-to", g_variant_new_string (path));
  wait_until (shows (fixture, "Saved x.pb.gz"));
  saved = g_file_load_bytes (place, NULL, NULL, NULL);
  g_assert_true (g_bytes_equal (bytes, saved));
  act_with (fixture, "save-to", g_variant_new_string ("/nowhere/x.pb.gz"));
  wait_until (shows (fixture, "Not saved: "));
}

/* (nullable) (transfer full): the only file of the store. */
static char *
stored_file (void)
{
  g_autofree char *folder = viewer_capture_store_folder ();
  g_autoptr (GDir) directory = g_dir_open (folder, 0, NULL);
  const char      *name;

  if (directory == NULL)
    return NULL;
  name = g_dir_read_name (directory);
  return name != NULL ? g_build_filename (folder, name, NULL) : NULL;
}

/* Whole: while it is written it has another name. */
static bool
is_stored (void)
{
  g_autofree char *path = stored_file ();

  return path != NULL && g_str_has_suffix (path, ".pb.gz");
}

static void
test_what_nobody_saved_is_kept_on_closing (Fixture *fixture, gconstpointer data)
{
  g_autoptr (ViewerWindow) window = NULL;
  g_autofree char         *path = NULL;
  GStatBuf                 status;

  capture_good (fixture);
  /* What was saved is not kept twice. */
  act_with (fixture, "save-to", g_variant_new_string ("saved.pb.gz"));
  wait_until (shows (fixture, "Saved saved.pb.gz"));
  g_unlink ("saved.pb.gz");
  window = g_object_ref (fixture->window);
  gtk_window_close (GTK_WINDOW (window));
  wait_ms (300);
  g_assert_false (is_stored ());

  set_up (fixture, NULL);
  capture_good (fixture);
  gtk_window_close (GTK_WINDOW (fixture->window));
  wait_until (is_stored ());
  path = stored_file ();
  g_assert_cmpint (g_stat (path, &status), ==, 0);
  g_assert_cmpuint (status.st_mode & 0777, ==, 0600);
  g_assert_true (g_str_has_suffix (path, ".pb.gz"));
  g_unlink (path);
  set_up (fixture, NULL);
}

/* The server answers once, as one that goes away. */
static void
test_a_failure_leaves_what_is_shown (Fixture *fixture, gconstpointer data)
{
  capture (fixture, "good-once");
  wait_until (is_ready (fixture));
  act (fixture->window, "capture-again", NULL);
  wait_until (shows (fixture, "Not captured: the server answers 404"));
  g_assert_cmpint (viewer_document_get_state (fixture->document),
                   ==,
                   VIEWER_STATE_READY);
  g_assert_true (is_possible (fixture->window, "capture-again"));
  g_assert_true (is_possible (fixture->window, "save-as"));
}

static void
test_capturing_again_keeps_the_place (Fixture *fixture, gconstpointer data)
{
  ViewerSelection selection;
  ProfNodeId      node;

  capture_good (fixture);
  node = viewer_result_heaviest (viewer_document_get_result (fixture->document),
                                 5);
  viewer_document_select (fixture->document, node, 0, true);
  viewer_document_zoom_to_selection (fixture->document);
  act (fixture->window, "capture-again", NULL);
  wait_until (state_of (fixture, "show-capture") == 2);
  wait_until (is_ready (fixture));
  g_assert_true (viewer_document_is_zoomed (fixture->document));
  selection = viewer_document_get_selection (fixture->document);
  g_assert_cmpuint (selection.node, ==, node);
  /* By F5 as well. */
  act (fixture->window, "reload", NULL);
  wait_until (state_of (fixture, "show-capture") == 3);
}

static void
test_captures_are_clicked_through (Fixture *fixture, gconstpointer data)
{
  capture_good (fixture);
  act (fixture->window, "capture-again", NULL);
  wait_until (state_of (fixture, "show-capture") == 2);
  g_assert_false (is_possible (fixture->window, "next-capture"));
  act (fixture->window, "previous-capture", NULL);
  g_assert_cmpuint (state_of (fixture, "show-capture"), ==, 1);
  g_assert_false (is_possible (fixture->window, "previous-capture"));
  /* Whoever looks at an older one goes on looking at it. */
  act (fixture->window, "capture-again", NULL);
  wait_until (is_possible (fixture->window, "capture-again"));
  g_assert_cmpuint (state_of (fixture, "show-capture"), ==, 1);
  act_with (fixture, "show-capture", g_variant_new_uint32 (3));
  g_assert_cmpuint (state_of (fixture, "show-capture"), ==, 3);
  act_with (fixture, "show-capture", g_variant_new_uint32 (99));
  g_assert_cmpuint (state_of (fixture, "show-capture"), ==, 3);
  wait_until (is_ready (fixture));
}

static ViewerComparison *
comparison_of (Fixture *fixture)
{
  return viewer_document_get_comparison (fixture->document);
}

static void
test_a_capture_is_compared_with_the_one_before (Fixture      *fixture,
                                                gconstpointer data)
{
  g_autofree char *start = NULL;
  g_autofree char *base = NULL;
  GtkWindow       *window = GTK_WINDOW (fixture->window);
  ViewerResult    *result;

  capture_good (fixture);
  g_assert_false (is_possible (fixture->window, "compare-previous-capture"));
  act (fixture->window, "capture-again", NULL);
  wait_until (state_of (fixture, "show-capture") == 2);
  wait_until (is_ready (fixture));
  g_assert_true (is_possible (fixture->window, "compare-previous-capture"));
  act (fixture->window, "compare-previous-capture", NULL);
  wait_until (comparison_of (fixture) != NULL && is_ready (fixture));
  start = g_strdup_printf ("good — 127.0.0.1:%s · ", g_getenv ("SERVER_PORT"));
  base = g_strdup (comparison_of (fixture)->name);
  g_assert_true (g_str_has_prefix (base, start));
  g_assert_true (g_str_has_suffix (gtk_window_get_title (window), base));
  result = viewer_document_get_result (fixture->document);
  g_assert_cmpint (result->all.total_before, >, 0);
  g_assert_cmpint (result->all.total_before, ==, result->all.total_now);
  /* The next one is compared with the same. */
  act (fixture->window, "capture-again", NULL);
  wait_until (state_of (fixture, "show-capture") == 3);
  wait_until (is_ready (fixture));
  g_assert_cmpstr (comparison_of (fixture)->name, ==, base);
  act (fixture->window, "compare-previous-capture", NULL);
  wait_until (is_ready (fixture));
  g_assert_true (viewer_document_is_compared (fixture->document));
}

static void
test_watching_adds_to_the_strip (Fixture *fixture, gconstpointer data)
{
  capture_good (fixture);
  act_with (fixture, "watch", g_variant_new_uint32 (1));
  wait_until (shows (fixture, "Every 1 s"));
  wait_until (state_of (fixture, "show-capture") == 3);
  act_with (fixture, "watch", g_variant_new_uint32 (0));
  wait_until (shows (fixture, "Watch"));
  g_assert_cmpuint (state_of (fixture, "watch"), ==, 0);
}

static GtkWindow *
find_dialog (GType type)
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

static AdwMessageDialog *
wait_for_question (void)
{
  wait_until (find_dialog (ADW_TYPE_MESSAGE_DIALOG) != NULL);
  return ADW_MESSAGE_DIALOG (find_dialog (ADW_TYPE_MESSAGE_DIALOG));
}

static void
test_another_host_is_asked_about (Fixture *fixture, gconstpointer data)
{
  g_autofree char  *path = NULL;
  AdwMessageDialog *question;

  path = g_strdup_printf ("to?http://127.0.0.1:%s/good",
                          g_getenv ("OTHER_PORT"));
  capture (fixture, path);
  question = wait_for_question ();
  g_assert_nonnull (
      strstr (adw_message_dialog_get_body (question), g_getenv ("OTHER_PORT")));
  /* As the close button does. */
  gtk_window_close (GTK_WINDOW (question));
  wait_until (shows (fixture, "The Server Sends Elsewhere"));
  wait_until (find_dialog (ADW_TYPE_MESSAGE_DIALOG) == NULL);
  act (fixture->window, "reload", NULL);
  question = wait_for_question ();
  adw_message_dialog_response (question, "follow");
  gtk_window_destroy (GTK_WINDOW (question));
  wait_until (is_ready (fixture));
}

/* --- The dialog --- */

/* (nullable): the first of a type below @widget. */
static GtkWidget *
find_widget (GtkWidget *widget, GType type)
{
  GtkWidget *found = NULL;

  if (G_TYPE_CHECK_INSTANCE_TYPE (widget, type))
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget);
       child != NULL && found == NULL;
       child = gtk_widget_get_next_sibling (child))
    found = find_widget (child, type);
  return found;
}

/* (nullable): the list that has a row for each of Go's. */
static GtkListBox *
find_profiles (GtkWidget *widget)
{
  GtkListBox *found = NULL;

  if (GTK_IS_LIST_BOX (widget) &&
      gtk_list_box_get_row_at_index (GTK_LIST_BOX (widget), 6) != NULL)
    return GTK_LIST_BOX (widget);
  for (GtkWidget *child = gtk_widget_get_first_child (widget);
       child != NULL && found == NULL;
       child = gtk_widget_get_next_sibling (child))
    found = find_profiles (child);
  return found;
}

static GtkWidget *
show_dialog (Fixture *fixture)
{
  GtkWindow *dialog;

  act (fixture->window, "open-location", NULL);
  dialog = find_dialog (VIEWER_TYPE_LOCATION_DIALOG);
  g_assert_nonnull (dialog);
  gtk_test_widget_wait_for_draw (GTK_WIDGET (dialog));
  return GTK_WIDGET (dialog);
}

static void
type (GtkWidget *dialog, const char *text)
{
  GtkWidget *entry = find_widget (dialog, ADW_TYPE_ENTRY_ROW);

  gtk_editable_set_text (GTK_EDITABLE (entry), text);
}

static void
press_enter (GtkWidget *dialog)
{
  g_signal_emit_by_name (find_widget (dialog, ADW_TYPE_ENTRY_ROW),
                         "entry-activated");
}

static gboolean
can_capture (GtkWidget *dialog)
{
  return gtk_widget_get_sensitive (
      gtk_window_get_default_widget (GTK_WINDOW (dialog)));
}

static void
test_the_dialog_says_what_it_takes (Fixture *fixture, gconstpointer data)
{
  GtkWidget *dialog = show_dialog (fixture);

  g_assert_false (can_capture (dialog));
  wait_until (find_label (dialog, "Of a Go program, such as :6060") != NULL);
  type (dialog, ":6060");
  g_assert_true (can_capture (dialog));
  wait_until (find_label (dialog, "Press Enter") != NULL);
  wait_until (find_label (dialog, "Memory in Use") != NULL);
  wait_until (find_label (dialog, "Seconds") != NULL);
  type (dialog, ":6060/debug/pprof/heap");
  g_assert_true (can_capture (dialog));
  wait_until (find_label (dialog, "The address leads to one") != NULL);
  wait_until (find_label (dialog, "Memory in Use") == NULL);
  wait_until (find_label (dialog, "Seconds") == NULL);
  type (dialog, "nonsense");
  g_assert_false (can_capture (dialog));
  gtk_window_destroy (GTK_WINDOW (dialog));
}

static void
test_a_host_that_has_no_list_can_be_captured (Fixture      *fixture,
                                              gconstpointer data)
{
  GtkWidget       *dialog = show_dialog (fixture);
  g_autofree char *host = NULL;

  host = g_strdup_printf ("127.0.0.1:%s", g_getenv ("SERVER_PORT"));
  type (dialog, host);
  press_enter (dialog);
  wait_until (find_label (dialog, "The server answers 404") != NULL);
  g_assert_true (can_capture (dialog));
  gtk_window_destroy (GTK_WINDOW (dialog));
}

static void
test_a_go_program_is_listed_and_captured (Fixture *fixture, gconstpointer data)
{
  GtkWidget       *dialog;
  GtkListBox      *list;
  g_autofree char *host = NULL;
  g_auto (GStrv)   recent = NULL;

  if (g_getenv ("GO_PORT") == NULL)
    {
      g_test_skip ("go is not installed");
      return;
    }
  dialog = show_dialog (fixture);
  host = g_strdup_printf ("127.0.0.1:%s", g_getenv ("GO_PORT"));
  type (dialog, host);
  press_enter (dialog);
  wait_until (find_label (dialog, "The program has 7 profiles.") != NULL);
  list = find_profiles (dialog);
  gtk_list_box_select_row (list, gtk_list_box_get_row_at_index (list, 1));
  wait_until (find_label (dialog, "Seconds") == NULL);
  g_signal_emit_by_name (gtk_window_get_default_widget (GTK_WINDOW (dialog)),
                         "clicked");
  wait_until (is_ready (fixture));
  g_assert_true (g_str_has_prefix (viewer_document_get_name (fixture->document),
                                   "heap — "));
  recent = viewer_location_recent ();
  g_assert_cmpstr (recent[0], ==, host);
  viewer_location_forget_all ();
}

static void
test_another_address_gets_another_window (Fixture *fixture, gconstpointer data)
{
  GtkApplication *gtk_application = GTK_APPLICATION (application);
  GtkWindow      *other = NULL;

  capture_good (fixture);
  capture (fixture, "chunked");
  for (GList *w = gtk_application_get_windows (gtk_application); w != NULL;
       w = w->next)
    if (VIEWER_IS_WINDOW (w->data) && w->data != fixture->window)
      other = w->data;
  g_assert_nonnull (other);
  wait_until (viewer_document_get_state (viewer_window_get_document (
                  VIEWER_WINDOW (other))) == VIEWER_STATE_READY);
  gtk_window_destroy (other);
}

static void
test_an_address_can_be_opened_as_a_file_is (Fixture      *fixture,
                                            gconstpointer data)
{
  g_autofree char  *uri = NULL;
  g_autoptr (GFile) file = NULL;

  uri = g_strdup_printf ("http://127.0.0.1:%s/good?a=b",
                         g_getenv ("SERVER_PORT"));
  file = g_file_new_for_uri (uri);
  gtk_window_present (GTK_WINDOW (fixture->window));
  g_application_open (G_APPLICATION (application), &file, 1, "");
  wait_until (viewer_document_get_url (fixture->document) != NULL ||
              g_list_length (gtk_application_get_windows (
                  GTK_APPLICATION (application))) > 1);
}

int
main (int argc, char **argv)
{
  window_test_init (&argc, &argv);

#define ADD(path, function)            \
  g_test_add ("/capture-window/" path, \
              Fixture,                 \
              NULL,                    \
              set_up,                  \
              function,                \
              tear_down)
  ADD ("a-capture-is-shown-under-its-name",
       test_a_capture_is_shown_under_its_name);
  ADD ("its-address-is-a-fact-without-password",
       test_its_address_is_a_fact_without_password);
  ADD ("the-countdown-can-be-cancelled", test_the_countdown_can_be_cancelled);
  ADD ("escape-cancels-too", test_escape_cancels_too);
  ADD ("closing-the-window-ends-it", test_closing_the_window_ends_it);
  ADD ("an-error-is-told-in-the-servers-words",
       test_an_error_is_told_in_the_servers_words);
  ADD ("a-file-takes-the-place-of-an-error",
       test_a_file_takes_the_place_of_an_error);
  ADD ("what-is-saved-is-what-came", test_what_is_saved_is_what_came);
  ADD ("what-nobody-saved-is-kept-on-closing",
       test_what_nobody_saved_is_kept_on_closing);
  ADD ("a-failure-leaves-what-is-shown", test_a_failure_leaves_what_is_shown);
  ADD ("capturing-again-keeps-the-place", test_capturing_again_keeps_the_place);
  ADD ("captures-are-clicked-through", test_captures_are_clicked_through);
  ADD ("a-capture-is-compared-with-the-one-before",
       test_a_capture_is_compared_with_the_one_before);
  ADD ("watching-adds-to-the-strip", test_watching_adds_to_the_strip);
  ADD ("another-host-is-asked-about", test_another_host_is_asked_about);
  ADD ("the-dialog-says-what-it-takes", test_the_dialog_says_what_it_takes);
  ADD ("a-host-that-has-no-list-can-be-captured",
       test_a_host_that_has_no_list_can_be_captured);
  ADD ("a-go-program-is-listed-and-captured",
       test_a_go_program_is_listed_and_captured);
  ADD ("another-address-gets-another-window",
       test_another_address_gets_another_window);
  ADD ("an-address-can-be-opened-as-a-file-is",
       test_an_address_can_be_opened_as_a_file_is);
#undef ADD
  return g_test_run ();
}
