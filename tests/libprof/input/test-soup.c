/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "input/prof-soup.h"

#include "test-util.h"
#include <fcntl.h>
#include <glib/gstdio.h>
#include <gmodule.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* GModule reads it with its lock held. */
static const char archive[] = "dlname='libz.so.1'\n"
                              "libdir='/nonexistent'\n"
                              "installed=yes\n";

static gpointer
open_module (gpointer path)
{
  return g_module_open (path, G_MODULE_BIND_LOCAL);
}

static gpointer
open_soup (gpointer data)
{
  g_autoptr (GError) error = NULL;
  bool               is_open = prof_soup_open (&error);

  g_assert_no_error (error);
  return GINT_TO_POINTER (is_open);
}

/* As icons are loaded in another thread. The archive is a pipe, so that this
 * thread says when the other one goes on. */
static void
test_another_module_may_be_opened_at_the_same_time (void)
{
  g_autofree char *folder = test_new_folder ();
  g_autofree char *path = g_build_filename (folder, "other.la", NULL);
  GThread         *module;
  GThread         *soup;
  int              pipe;

  g_assert_cmpint (mkfifo (path, 0600), ==, 0);
  module = g_thread_new ("module", open_module, path);
  pipe = g_open (path, O_WRONLY | O_CLOEXEC, 0); /* once the other reads */
  g_assert_cmpint (pipe, >=, 0);
  soup = g_thread_new ("soup", open_soup, NULL);
  g_usleep (G_USEC_PER_SEC / 4);
  g_assert_cmpint (write (pipe, archive, strlen (archive)),
                   ==,
                   (gssize)strlen (archive));
  close (pipe);
  alarm (20); /* or it would wait for ever */
  g_thread_join (module);
  g_assert_true (GPOINTER_TO_INT (g_thread_join (soup)));
  alarm (0);
}

static void
test_it_is_open_then (void)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (prof_soup_open (&error));
  g_assert_no_error (error);
  g_assert_cmpstr (g_quark_to_string (sym_soup_session_error_quark ()),
                   ==,
                   "soup-session-error-quark");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/soup/another-module-may-be-opened-at-the-same-time",
                   test_another_module_may_be_opened_at_the_same_time);
  g_test_add_func ("/soup/it-is-open-then", test_it_is_open_then);
  return g_test_run ();
}
