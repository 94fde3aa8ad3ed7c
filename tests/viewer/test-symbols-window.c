/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* "Locate Binary…": the program is chosen in the dialog that the window opens, by
 * its path, as where somebody types it. */
#include "viewer-test.h"
#include "window-test.h"

#include <string.h>

#define TITLE "Choose the Program That Was Measured"

typedef struct
{
  ViewerWindow   *window;
  ViewerDocument *document;
  char           *library; /* whose function it is */
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GFile) file = file_of_addresses (&fixture->library);

  fixture->window = viewer_window_new (GTK_APPLICATION (application));
  fixture->document = viewer_window_get_document (fixture->window);
  gtk_window_present (GTK_WINDOW (fixture->window));
  open_in_window (fixture->window, file, "flame");
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_free (fixture->library);
  gtk_window_destroy (GTK_WINDOW (fixture->window));
}

/* (nullable): the dialog, once it is there to be used. */
static GtkWindow *
find_dialog (void)
{
  GListModel *windows = gtk_window_get_toplevels ();

  for (guint i = 0; i < g_list_model_get_n_items (windows); i++)
    {
      g_autoptr (GtkWindow) window = g_list_model_get_item (windows, i);
      const char           *title = gtk_window_get_title (window);

      if (GTK_IS_FILE_CHOOSER (window) && g_strcmp0 (title, TITLE) == 0 &&
          gtk_widget_get_mapped (GTK_WIDGET (window)))
        return window;
    }
  return NULL;
}

/* (nullable): what in the dialog takes a path. */
static GtkWidget *
find_chooser (GtkWidget *widget)
{
  GtkWidget *found = NULL;

  if (strcmp (G_OBJECT_TYPE_NAME (widget), "GtkFileChooserWidget") == 0)
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget);
       child != NULL && found == NULL;
       child = gtk_widget_get_next_sibling (child))
    found = find_chooser (child);
  return found;
}

static GtkWindow *
open_dialog (Fixture *fixture)
{
  GtkWindow *dialog = NULL;

  act (fixture->window, "locate-binary", NULL);
  wait_until ((dialog = find_dialog ()) != NULL);
  g_assert_true (gtk_window_get_transient_for (dialog) ==
                 GTK_WINDOW (fixture->window));
  g_assert_true (gtk_window_get_modal (dialog));
  return dialog;
}

static void
choose (Fixture *fixture, const char *path)
{
  GtkWindow *dialog = open_dialog (fixture);
  GtkWidget *chooser = find_chooser (GTK_WIDGET (dialog));

  g_assert_nonnull (chooser);
  g_signal_emit_by_name (chooser, "location-popup", path);
  gtk_dialog_response (GTK_DIALOG (dialog), GTK_RESPONSE_ACCEPT);
  wait_until (find_dialog () == NULL);
  wait_for_answer (fixture->document);
}

static gboolean
is_named (Fixture *fixture)
{
  return has_function (fixture->document, "g_get_monotonic_time");
}

static void
test_a_library_that_is_chosen_names_its_addresses (Fixture      *fixture,
                                                   gconstpointer data)
{
  g_assert_false (is_named (fixture));
  choose (fixture, fixture->library);
  wait_until (is_named (fixture));
}

static void
test_a_file_that_is_no_program_is_said_so (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GFile) file = file_with ("notes.txt", "no program\n", -1);
  g_autofree char  *path = g_file_get_path (file);

  choose (fixture, path);
  wait_until (viewer_document_has_fresh_warnings (fixture->document));
  g_assert_true (
      g_str_has_prefix (viewer_document_get_warnings (fixture->document)[0],
                        "No names from notes.txt: "));
  g_assert_false (is_named (fixture));
  g_assert_true (is_possible (fixture->window, "locate-binary"));
  choose (fixture, fixture->library);
  wait_until (is_named (fixture));
}

static void
test_a_dialog_that_is_left_changes_nothing (Fixture      *fixture,
                                            gconstpointer data)
{
  GtkWindow *dialog = open_dialog (fixture);

  gtk_dialog_response (GTK_DIALOG (dialog), GTK_RESPONSE_CANCEL);
  wait_until (find_dialog () == NULL);
  wait_for_answer (fixture->document);
  g_assert_false (is_named (fixture));
  g_assert_true (is_possible (fixture->window, "locate-binary"));
}

static void
test_a_profile_with_names_asks_for_none (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GFile) file = example_file ("qrcode-cpu.prof");

  open_and_wait (fixture->document, file, NULL);
  wait_until (!is_possible (fixture->window, "locate-binary"));
}

int
main (int argc, char **argv)
{
  window_test_init (&argc, &argv);
#define ADD(path, function)            \
  g_test_add ("/symbols-window/" path, \
              Fixture,                 \
              NULL,                    \
              set_up,                  \
              function,                \
              tear_down)
  ADD ("a-library-that-is-chosen-names-its-addresses",
       test_a_library_that_is_chosen_names_its_addresses);
  ADD ("a-file-that-is-no-program-is-said-so",
       test_a_file_that_is_no_program_is_said_so);
  ADD ("a-dialog-that-is-left-changes-nothing",
       test_a_dialog_that_is_left_changes_nothing);
  ADD ("a-profile-with-names-asks-for-none",
       test_a_profile_with_names_asks_for_none);
#undef ADD
  return g_test_run ();
}
