/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* usage: clipboard-text
 *
 * Prints the text on the clipboard, for tests that copy. */

#include <gtk/gtk.h>

typedef struct
{
  gboolean over;
  int      status;
} State;

static void
take_text (GObject *source, GAsyncResult *result, gpointer data)
{
  State           *state = data;
  g_autofree char *text = NULL;

  text = gdk_clipboard_read_text_finish (GDK_CLIPBOARD (source), result, NULL);
  if (text != NULL)
    fputs (text, stdout);
  state->status = text != NULL ? 0 : 1;
  state->over = TRUE;
}

int
main (void)
{
  State state = { FALSE, 1 };

  gtk_init ();
  gdk_clipboard_read_text_async (gdk_display_get_clipboard (
                                     gdk_display_get_default ()),
                                 NULL,
                                 take_text,
                                 &state);
  while (!state.over)
    g_main_context_iteration (NULL, TRUE);
  return state.status;
}
