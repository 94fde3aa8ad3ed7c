/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Names for addresses: which program they are of, a user says. */
#include "viewer-window-private.h"

#include <glib/gi18n.h>

static void
located (GtkNativeDialog *dialog, int response, ViewerWindow *self)
{
  if (response == GTK_RESPONSE_ACCEPT)
    {
      g_autoptr (GFile) file = gtk_file_chooser_get_file (
          GTK_FILE_CHOOSER (dialog));
      g_autofree char *path = file != NULL ? g_file_get_path (file) : NULL;

      if (path != NULL)
        viewer_document_add_binary (self->document, path);
    }
  g_clear_object (&self->chooser);
}

static void
locate_binary (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  ViewerWindow *self = data;

  viewer_window_show_chooser (self,
                              _ ("Choose the Program That Was Measured"),
                              GTK_FILE_CHOOSER_ACTION_OPEN,
                              _ ("_Choose"),
                              G_CALLBACK (located));
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (self->chooser));
}

void
viewer_window_update_symbol_actions (ViewerWindow *self)
{
  GAction *action = g_action_map_lookup_action (G_ACTION_MAP (self),
                                                "locate-binary");

  g_simple_action_set_enabled (G_SIMPLE_ACTION (action),
                               viewer_document_lacks_names (self->document));
}

void
viewer_window_add_symbol_actions (ViewerWindow *self)
{
  const GActionEntry entries[] = {
    { .name = "locate-binary", .activate = locate_binary },
  };

  g_action_map_add_action_entries (G_ACTION_MAP (self),
                                   entries,
                                   G_N_ELEMENTS (entries),
                                   self);
}
