/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "viewer-window-private.h"

#include "viewer-presets.h"
#include <glib/gi18n.h>

/* Saving. A preset of the same name is replaced, and the dialog says so. */

static GtkEditable *
name_entry (AdwMessageDialog *dialog)
{
  return GTK_EDITABLE (adw_message_dialog_get_extra_child (dialog));
}

static gboolean
is_taken (const char *name)
{
  g_autoptr (GPtrArray) presets = viewer_presets_list ();
  g_autofree char      *stripped = g_strstrip (g_strdup (name));

  for (guint p = 0; p < presets->len; p++)
    if (g_str_equal (((ViewerPreset *)presets->pdata[p])->name, stripped))
      return TRUE;
  return FALSE;
}

static void
name_changed (AdwMessageDialog *dialog)
{
  const char      *text = gtk_editable_get_text (name_entry (dialog));
  g_autofree char *stripped = g_strstrip (g_strdup (text));

  adw_message_dialog_set_response_enabled (dialog, "save", stripped[0] != '\0');
  adw_message_dialog_set_response_label (dialog,
                                         "save",
                                         is_taken (text) ? _ ("_Replace")
                                                         : _ ("_Save"));
}

static void
name_given (AdwMessageDialog *dialog, const char *response, ViewerWindow *self)
{
  ViewerQuestion *question = viewer_document_get_question (self->document);
  const char     *name = gtk_editable_get_text (name_entry (dialog));

  if (g_strcmp0 (response, "save") == 0 && viewer_presets_save (name, question))
    viewer_window_toast (self, _ ("Filters saved"));
}

static void
save_preset (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  ViewerWindow *self = data;
  GtkWidget    *entry = gtk_entry_new ();
  GtkWidget    *dialog =
      adw_message_dialog_new (GTK_WINDOW (self),
                              _ ("Save Filters"),
                              _ ("They will be in the menu of filters under "
                                 "this name, for any profile."));

  gtk_entry_set_activates_default (GTK_ENTRY (entry), TRUE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (entry),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Name"),
                                  -1);
  gtk_entry_set_placeholder_text (GTK_ENTRY (entry), _ ("Name"));
  adw_message_dialog_set_extra_child (ADW_MESSAGE_DIALOG (dialog), entry);
  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (dialog),
                                    "cancel",
                                    _ ("_Cancel"),
                                    "save",
                                    _ ("_Save"),
                                    NULL);
  adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (dialog),
                                              "save",
                                              ADW_RESPONSE_SUGGESTED);
  adw_message_dialog_set_default_response (ADW_MESSAGE_DIALOG (dialog), "save");
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  g_signal_connect_swapped (entry,
                            "changed",
                            G_CALLBACK (name_changed),
                            dialog);
  g_signal_connect_object (dialog,
                           "response",
                           G_CALLBACK (name_given),
                           self,
                           0);
  name_changed (ADW_MESSAGE_DIALOG (dialog));
  gtk_window_present (GTK_WINDOW (dialog));
  gtk_widget_grab_focus (entry);
}

void
viewer_window_add_presets (ViewerWindow *self)
{
  const GActionEntry entries[] = {
    { .name = "save-preset", .activate = save_preset },
  };

  g_action_map_add_action_entries (G_ACTION_MAP (self),
                                   entries,
                                   G_N_ELEMENTS (entries),
                                   self);
}
