/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Which window a file is opened in, and what is asked before. */
#include "viewer-window-private.h"

#include "viewer-settings.h"
#include <glib/gi18n.h>

/* What a file is asked about before it is opened. */
typedef struct
{
  GFile *file;
  char  *sample_type; /* (nullable) */
} Asked;

static void
free_asked (gpointer data)
{
  Asked *asked = data;

  g_object_unref (asked->file);
  g_free (asked->sample_type);
  g_free (asked);
}

static void
opening_answered (AdwMessageDialog *dialog,
                  const char       *response,
                  ViewerWindow     *self)
{
  const Asked *asked = g_object_get_data (G_OBJECT (dialog), "asked");

  if (g_strcmp0 (response, "open") == 0)
    viewer_document_open (self->document, asked->file, asked->sample_type);
}

static void
ask_to_open (ViewerWindow *self,
             GFile        *file,
             goffset       size,
             const char   *sample_type)
{
  Asked           *asked = g_new0 (Asked, 1);
  g_autofree char *name = g_file_get_basename (file);
  g_autofree char *shown = g_filename_display_name (name);
  g_autofree char *heading = g_strdup_printf (_ ("Open “%s”?"), shown);
  g_autofree char *bytes = g_format_size ((guint64)size);
  g_autofree char *body = g_strdup_printf (
      _ ("It has %s. Reading it takes a while, and may take several times as "
         "much memory."),
      bytes);
  GtkWidget *dialog = adw_message_dialog_new (GTK_WINDOW (self), heading, body);

  asked->file = g_object_ref (file);
  asked->sample_type = g_strdup (sample_type);
  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (dialog),
                                    "cancel",
                                    _ ("_Cancel"),
                                    "open",
                                    _ ("_Open"),
                                    NULL);
  adw_message_dialog_set_default_response (ADW_MESSAGE_DIALOG (dialog), "open");
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  g_object_set_data_full (G_OBJECT (dialog), "asked", asked, free_asked);
  g_signal_connect_object (dialog,
                           "response",
                           G_CALLBACK (opening_answered),
                           self,
                           0);
  gtk_window_present (GTK_WINDOW (dialog));
}

/* Bytes of a file on this machine; 0 where that would take a network. */
static goffset
size_of (GFile *file)
{
  g_autoptr (GFileInfo) info = NULL;

  if (g_file_is_native (file))
    info = g_file_query_info (file,
                              G_FILE_ATTRIBUTE_STANDARD_SIZE,
                              G_FILE_QUERY_INFO_NONE,
                              NULL,
                              NULL);
  return info != NULL ? g_file_info_get_size (info) : 0;
}

void
viewer_window_open (ViewerWindow *self,
                    GFile        *file,
                    const char   *sample_type,
                    const char   *view)
{
  goffset most = (goffset)viewer_settings_get_int ("ask-above") * 1000000;
  goffset size;

  g_return_if_fail (VIEWER_IS_WINDOW (self));

  if (view != NULL)
    viewer_window_set_view (self, view);
  size = most > 0 ? size_of (file) : 0;
  if (size > most)
    ask_to_open (self, file, size, sample_type);
  else
    viewer_document_open (self->document, file, sample_type);
}

gboolean
viewer_window_is_free (ViewerWindow *self)
{
  ViewerState state = viewer_document_get_state (self->document);

  return (state == VIEWER_STATE_WELCOME || state == VIEWER_STATE_ERROR) &&
         !viewer_window_is_capturing (self);
}

void
viewer_window_open_elsewhere (ViewerWindow *self, GFile *file)
{
  if (viewer_window_is_free (self))
    viewer_window_open (self, file, NULL, NULL);
  else
    g_application_open (G_APPLICATION (
                            gtk_window_get_application (GTK_WINDOW (self))),
                        &file,
                        1,
                        "");
}

void
viewer_window_merge_elsewhere (ViewerWindow *self, GPtrArray *files)
{
  if (files->len == 1)
    viewer_window_open_elsewhere (self, files->pdata[0]);
  else if (viewer_window_is_free (self))
    viewer_document_open_sum (self->document,
                              (GFile **)files->pdata,
                              files->len,
                              NULL);
  else
    g_application_open (G_APPLICATION (
                            gtk_window_get_application (GTK_WINDOW (self))),
                        (GFile **)files->pdata,
                        (int)files->len,
                        "{'merge': <true>}");
}

void
viewer_window_take_dropped (ViewerWindow  *self,
                            ViewerDropZone zone,
                            GPtrArray     *files)
{
  if (zone == VIEWER_DROP_MERGE)
    viewer_window_merge_elsewhere (self, files);
  else if (zone == VIEWER_DROP_COMPARE)
    viewer_window_compare_dropped (self, files);
  else
    for (guint i = 0; i < files->len; i++)
      viewer_window_open_elsewhere (self, files->pdata[i]);
}
