/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "viewer-help.h"

#include "test-util.h"
#include "viewer-test.h"
#include "viewer-window.h"
#include <adwaita.h>
#include <glib/gstdio.h>

static char *data; /* XDG_DATA_HOME of this program */

static void
put (const char *name, const char *text)
{
  g_autofree char   *path = g_build_filename (data, name, NULL);
  g_autofree char   *folder = g_path_get_dirname (path);
  g_autoptr (GError) error = NULL;

  g_mkdir_with_parents (folder, 0700);
  g_file_set_contents (path, text, -1, &error);
  g_assert_no_error (error);
}

static void
take_away (const char *name)
{
  g_autofree char *path = g_build_filename (data, name, NULL);

  g_remove (path);
}

/* The name of what is found, in these languages. */
static char *
found (const char *languages)
{
  g_autoptr (GFile) page = NULL;

  g_setenv ("LANGUAGE", languages, TRUE);
  page = viewer_help_find ();
  return page != NULL ? g_file_get_basename (page) : NULL;
}

static void
assert_found (const char *languages, const char *expected)
{
  g_autofree char *name = found (languages);

  g_assert_cmpstr (name, ==, expected);
}

static void
test_it_is_in_the_users_language (void)
{
  put ("flambeau/help/guide.html", "English");
  put ("flambeau/help/guide.zh_CN.html", "Chinese");
  assert_found ("zh_CN", "guide.zh_CN.html");
  assert_found ("zh_CN.UTF-8:en", "guide.zh_CN.html");
  assert_found ("de:zh_CN", "guide.zh_CN.html");
  assert_found ("de", "guide.html");
  assert_found ("en_GB:zh_CN", "guide.html");
  assert_found ("C", "guide.html");
}

static AdwMessageDialog *
message (void)
{
  g_autoptr (GList) windows = gtk_window_list_toplevels ();

  for (GList *w = windows; w != NULL; w = w->next)
    if (ADW_IS_MESSAGE_DIALOG (w->data) && gtk_widget_get_mapped (w->data))
      return w->data;
  return NULL;
}

static void
test_a_sentence_says_that_it_is_missing (void)
{
  GtkWindow *window = GTK_WINDOW (gtk_window_new ());

  take_away ("flambeau/help/guide.html");
  take_away ("flambeau/help/guide.zh_CN.html");
  assert_found ("C", NULL);
  gtk_window_present (window);
  viewer_help_show (window);
  wait_until (message () != NULL);
  g_assert_nonnull (
      strstr (adw_message_dialog_get_body (message ()), "not installed"));
  gtk_window_destroy (GTK_WINDOW (message ()));
  gtk_window_destroy (window);
}

/* What the desktop opens HTML with here notes what it was given. */
static void
test_it_is_opened_by_what_shows_html (void)
{
  g_autofree char *note = g_build_filename (data, "opened", NULL);
  g_autofree char *entry = g_strdup_printf ("[Desktop Entry]\n"
                                            "Type=Application\n"
                                            "Name=Reader\n"
                                            "MimeType=text/html;\n"
                                            "Exec=/bin/cp %%f %s\n",
                                            note);
  g_autofree char *text = NULL;
  GtkWindow       *window = GTK_WINDOW (gtk_window_new ());

  put ("flambeau/help/guide.html", "<!DOCTYPE html><title>English</title>");
  put ("applications/reader.desktop", entry);
  put ("applications/mimeapps.list",
       "[Default Applications]\ntext/html=reader.desktop\n");
  g_setenv ("LANGUAGE", "C", TRUE);
  gtk_window_present (window);
  viewer_help_show (window);
  wait_until (g_file_get_contents (note, &text, NULL, NULL) && text[0] != '\0');
  g_assert_nonnull (strstr (text, "English"));
  g_assert_null (message ());
  gtk_window_destroy (window);
}

int
main (int argc, char **argv)
{
  int status;

  data = test_new_folder ();
  g_setenv ("XDG_DATA_HOME", data, TRUE);
  g_setenv ("XDG_CONFIG_HOME", data, TRUE);
  g_unsetenv ("LC_ALL");
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();
  g_test_add_func ("/help/it-is-in-the-users-language",
                   test_it_is_in_the_users_language);
  g_test_add_func ("/help/a-sentence-says-that-it-is-missing",
                   test_a_sentence_says_that_it_is_missing);
  g_test_add_func ("/help/it-is-opened-by-what-shows-html",
                   test_it_is_opened_by_what_shows_html);
  status = g_test_run ();
  g_free (data);
  return status;
}
