/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The program as it looks elsewhere, for screenshots: LOOKS_MIRRORED as in
 * languages that are written from the right, LOOKS_DPI with text of another size,
 * of which 96 is the usual one. */
#include "viewer-application.h"

#include <adwaita.h>

/* The toolkit asks the language and the display before. */
static void
change (GApplication *application, gpointer data)
{
  const char *dpi = g_getenv ("LOOKS_DPI");

  if (g_getenv ("LOOKS_MIRRORED") != NULL)
    gtk_widget_set_default_direction (GTK_TEXT_DIR_RTL);
  if (dpi != NULL)
    g_object_set (gtk_settings_get_default (),
                  "gtk-xft-dpi",
                  (int)g_ascii_strtoll (dpi, NULL, 10) * 1024,
                  NULL);
}

int
main (int argc, char **argv)
{
  g_autoptr (ViewerApplication) application = viewer_application_new (
      G_APPLICATION_DEFAULT_FLAGS);

  g_signal_connect_after (application, "startup", G_CALLBACK (change), NULL);
  return g_application_run (G_APPLICATION (application), argc, argv);
}
