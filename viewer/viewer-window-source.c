/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Source: showing it, saying where it is, and opening it in an editor. */
#include "viewer-window-private.h"

#include "viewer-editor.h"
#include "viewer-folders.h"
#include "viewer-text.h"
#include <glib/gi18n.h>
#include <string.h>

/* (nullable) */
static ViewerCode *
shown_code (ViewerWindow *self)
{
  return viewer_listing_get_code (
      viewer_source_page_get_listing (self->source_page));
}

static void
open_source (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  viewer_window_set_view (data, "source");
}

static void
read_source (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  ViewerWindow *self = data;

  viewer_listing_read_in_place (
      viewer_source_page_get_listing (self->source_page));
}

/* A folder without the file is not remembered: it would be looked through for
 * every function. */
static void
locate_in (ViewerWindow *self, const char *folder)
{
  ViewerCode      *code = shown_code (self);
  g_autofree char *fit = NULL;
  g_autofree char *base = NULL;
  g_autofree char *text = NULL;
  g_autofree char *valid = NULL;

  if (code == NULL)
    return;
  fit = viewer_folders_fit (viewer_code_path (code), folder);
  if (fit != NULL)
    {
      viewer_folders_add (fit);
      return;
    }
  base = g_path_get_basename (viewer_code_path (code));
  /* Translators: a source file; the folder is the one that was chosen */
  text =
      g_strdup_printf (_ ("%s is not in this folder, nor where Go would have "
                          "put it there"),
                       base);
  valid = prof_upright (text, -1);
  viewer_window_toast (self, valid);
}

static void
located (GtkNativeDialog *dialog, int response, ViewerWindow *self)
{
  if (response == GTK_RESPONSE_ACCEPT)
    {
      g_autoptr (GFile) file = gtk_file_chooser_get_file (
          GTK_FILE_CHOOSER (dialog));
      g_autofree char *folder = file != NULL ? g_file_get_path (file) : NULL;

      if (folder != NULL)
        locate_in (self, folder);
    }
  g_clear_object (&self->chooser);
}

static void
locate_source (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  ViewerWindow *self = data;

  viewer_window_show_chooser (self,
                              _ ("Choose a Folder with Sources"),
                              GTK_FILE_CHOOSER_ACTION_SELECT_FOLDER,
                              _ ("_Choose"),
                              G_CALLBACK (located));
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (self->chooser));
}

/* The same without a chooser. */
static void
locate_source_in (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  const char *folder = g_variant_get_string (parameter, NULL);

  if (g_path_is_absolute (folder))
    locate_in (data, folder);
}

static void
open_in_editor (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  ViewerWindow      *self = data;
  ViewerCode        *code = shown_code (self);
  g_autoptr (GError) error = NULL;

  if (code == NULL || code->place == NULL)
    return;
  if (!viewer_editor_open (code->place,
                           viewer_source_page_get_line (self->source_page),
                           &error))
    {
      /* Translators: why no editor could be started */
      g_autofree char *text = g_strdup_printf (_ ("No editor: %s"),
                                               error->message);

      viewer_window_toast (self, text);
    }
}

static void
set_enabled (ViewerWindow *self, const char *name, gboolean enabled)
{
  GAction *action = g_action_map_lookup_action (G_ACTION_MAP (self), name);

  g_simple_action_set_enabled (G_SIMPLE_ACTION (action), enabled);
}

static gboolean
has_source (ViewerWindow *self)
{
  ViewerResult    *result = viewer_document_get_result (self->document);
  ProfFrameId      frame = viewer_document_get_selection (self->document).frame;
  g_autofree char *source = NULL;

  if (result == NULL || frame == PROF_ID_NONE)
    return FALSE;
  source = viewer_text_source (result, frame);
  return source[0] != '\0';
}

void
viewer_window_update_source_actions (ViewerWindow *self)
{
  ViewerCode *code = shown_code (self);
  gboolean    shown = strcmp (self->view, "source") == 0 && code != NULL;
  const char *path = shown ? viewer_code_path (code) : "";

  set_enabled (self, "open-source", has_source (self));
  set_enabled (self, "open-in-editor", shown && code->place != NULL);
  set_enabled (self,
               "read-source",
               path[0] == '/' && code->text == NULL && code->place == NULL);
  set_enabled (self, "locate-source", path[0] != '\0' && code->text == NULL);
  set_enabled (self, "locate-source-in", path[0] != '\0' && code->text == NULL);
}

static void
source_changed (ViewerWindow *self)
{
  viewer_window_update_source_actions (self);
  viewer_window_update_status (self);
}

void
viewer_window_add_source_actions (ViewerWindow *self)
{
  const GActionEntry entries[] = {
    { .name = "open-source", .activate = open_source },
    { .name = "read-source", .activate = read_source },
    { .name = "locate-source", .activate = locate_source },
    { .name = "locate-source-in",
      .activate = locate_source_in,
      .parameter_type = "s" },
    { .name = "open-in-editor", .activate = open_in_editor },
  };

  g_action_map_add_action_entries (G_ACTION_MAP (self),
                                   entries,
                                   G_N_ELEMENTS (entries),
                                   self);
  viewer_source_page_set_document (self->source_page, self->document);
  g_signal_connect_object (self->source_page,
                           "changed",
                           G_CALLBACK (source_changed),
                           self,
                           G_CONNECT_SWAPPED);
}
