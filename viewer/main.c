/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"
#include "viewer-application.h"
#include <glib/gi18n.h>
#include <locale.h>
#ifdef __GLIBC__
#include <malloc.h>
#endif

/* Large blocks come from the system and go back to it, always: from its heap glibc
 * gives back only what is at an end, so each deep profile would leave some. */
static void
set_up_memory (void)
{
#ifdef __GLIBC__
  mallopt (M_MMAP_THRESHOLD, 1 << 20);
#endif
}

int
main (int argc, char **argv)
{
  set_up_memory ();
  setlocale (LC_ALL, "");
  bindtextdomain (GETTEXT_PACKAGE, PROF_LOCALE_DIR);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);
  g_set_application_name (_ ("Flambeau"));

  g_autoptr (ViewerApplication) application = viewer_application_new (
      G_APPLICATION_DEFAULT_FLAGS);

  return g_application_run (G_APPLICATION (application), argc, argv);
}
