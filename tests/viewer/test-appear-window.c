/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* When a new window is there, and with what in it. */
#include "test-util.h"
#include "viewer-recent.h"
#include "viewer-test.h"
#include "window-test.h"

#include <fcntl.h>
#include <glib/gstdio.h>
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
  fixture->window = viewer_window_new (GTK_APPLICATION (application));
  fixture->document = viewer_window_get_document (fixture->window);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  gtk_window_destroy (GTK_WINDOW (fixture->window));
}

static gboolean
is_there (Fixture *fixture)
{
  return gtk_widget_get_mapped (GTK_WIDGET (fixture->window));
}

static void
count (GdkFrameClock *clock, int *n)
{
  *n += 1;
}

/* Returns: whether the file was read before the window was there */
static gboolean
is_read_first (Fixture *fixture)
{
  g_autoptr (GFile) file = example_file ("qrcode-cpu.prof");

  viewer_window_open (fixture->window, file, NULL, "flame");
  viewer_window_appear (fixture->window);
  g_assert_false (is_there (fixture));
  wait_until (is_there (fixture));
  return viewer_document_get_state (fixture->document) == VIEWER_STATE_READY;
}

/* On a busy machine reading takes as long as a progress bar waits for, now and then. */
static void
test_the_first_frame_has_what_is_read_quickly (Fixture      *fixture,
                                               gconstpointer data)
{
  int n_frames = 0;

  for (int tries = 0; !is_read_first (fixture); tries++)
    {
      g_assert_cmpint (tries, <, 100);
      tear_down (fixture, NULL);
      set_up (fixture, NULL);
    }
  g_signal_connect (gtk_widget_get_frame_clock (GTK_WIDGET (fixture->window)),
                    "after-paint",
                    G_CALLBACK (count),
                    &n_frames);
  wait_until (n_frames > 0);
  g_assert_cmpuint (viewer_flame_canvas_n_base_draws (
                        viewer_window_get_canvas (fixture->window)),
                    ==,
                    1);
}

static void
test_what_takes_long_does_not_keep_a_window_away (Fixture      *fixture,
                                                  gconstpointer data)
{
  g_autofree char  *folder = test_new_folder ();
  g_autofree char  *path = g_build_filename (folder, "pipe.prof", NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  int               writer;

  /* Nobody ever writes. */
  g_assert_cmpint (mkfifo (path, 0600), ==, 0);
  writer = g_open (path, O_RDWR | O_CLOEXEC, 0);
  viewer_window_open (fixture->window, file, NULL, NULL);
  viewer_window_appear (fixture->window);
  wait_until (is_there (fixture));
  g_assert_cmpint (viewer_document_get_state (fixture->document),
                   ==,
                   VIEWER_STATE_LOADING);
  wait_until (find_label (GTK_WIDGET (fixture->window), "pipe.prof") != NULL);
  close (writer);
}

static void
test_what_cannot_be_read_is_told_in_a_window (Fixture      *fixture,
                                              gconstpointer data)
{
  g_autoptr (GFile) file = file_with ("text.prof", "no profile", -1);

  viewer_window_open (fixture->window, file, NULL, NULL);
  viewer_window_appear (fixture->window);
  wait_until (is_there (fixture));
  wait_until (viewer_document_get_state (fixture->document) ==
              VIEWER_STATE_ERROR);
}

static void
test_nothing_to_read_is_not_waited_for (Fixture *fixture, gconstpointer data)
{
  viewer_window_appear (fixture->window);
  g_assert_true (is_there (fixture));
}

/* (nullable): a menu button of that name with what is in it. */
static GtkWidget *
find_filled (GtkWidget *widget, const char *tip)
{
  GtkWidget *found = NULL;

  if (GTK_IS_MENU_BUTTON (widget) &&
      g_strcmp0 (gtk_widget_get_tooltip_text (widget), tip) == 0)
    return gtk_menu_button_get_popover (GTK_MENU_BUTTON (widget)) != NULL
               ? widget
               : NULL;
  for (GtkWidget *child = gtk_widget_get_first_child (widget);
       child != NULL && found == NULL;
       child = gtk_widget_get_next_sibling (child))
    found = find_filled (child, tip);
  return found;
}

static guint
count_rows (GtkWidget *widget)
{
  guint n = ADW_IS_ACTION_ROW (widget) ? 1 : 0;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    n += count_rows (child);
  return n;
}

static void
test_recent_files_are_listed_where_they_are_seen (Fixture      *fixture,
                                                  gconstpointer data)
{
  GtkWidget        *window = GTK_WIDGET (fixture->window);
  g_autoptr (GFile) file = example_file ("qrcode-cpu.prof");
  g_autoptr (GFile) other = example_file ("server-cpu.prof");
  guint             n;

  /* Another window has read one. */
  viewer_recent_add (file, "CPU time");
  viewer_window_appear (fixture->window);
  wait_until (find_label (window, "qrcode-cpu.prof") != NULL);
  n = count_rows (window);
  g_assert_cmpuint (n, >=, 1);

  /* The list is seen, so it follows; what shows a profile has none. */
  viewer_recent_add (other, "CPU time");
  wait_until (find_label (window, "server-cpu.prof") != NULL);
  tear_down (fixture, NULL);
  set_up (fixture, NULL);
  while (!is_read_first (fixture))
    {
      tear_down (fixture, NULL);
      set_up (fixture, NULL);
    }
  g_assert_cmpuint (count_rows (GTK_WIDGET (fixture->window)), ==, 0);
}

static void
test_menus_are_made_when_they_are_opened (Fixture *fixture, gconstpointer data)
{
  GtkWidget *window = GTK_WIDGET (fixture->window);

  viewer_window_appear (fixture->window);
  g_assert_null (find_filled (window, "Main Menu"));
  act (fixture->window, "primary-menu", NULL);
  g_assert_nonnull (find_filled (window, "Main Menu"));
  wait_until (find_label (window, "About Flambeau") != NULL);
  g_assert_null (find_filled (window, "View Options"));
  g_assert_null (find_filled (window, "Views"));
  g_assert_null (find_filled (window, "Recent Profiles"));
}

int
main (int argc, char **argv)
{
  window_test_init (&argc, &argv);
#define ADD(path, function)           \
  g_test_add ("/appear-window/" path, \
              Fixture,                \
              NULL,                   \
              set_up,                 \
              function,               \
              tear_down)
  ADD ("the-first-frame-has-what-is-read-quickly",
       test_the_first_frame_has_what_is_read_quickly);
  ADD ("what-takes-long-does-not-keep-a-window-away",
       test_what_takes_long_does_not_keep_a_window_away);
  ADD ("what-cannot-be-read-is-told-in-a-window",
       test_what_cannot_be_read_is_told_in_a_window);
  ADD ("nothing-to-read-is-not-waited-for",
       test_nothing_to_read_is_not_waited_for);
  ADD ("recent-files-are-listed-where-they-are-seen",
       test_recent_files_are_listed_where_they_are_seen);
  ADD ("menus-are-made-when-they-are-opened",
       test_menus_are_made_when_they_are_opened);
#undef ADD
  return g_test_run ();
}
