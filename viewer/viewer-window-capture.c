/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What is captured from a running program: asking for it, saying how far it is,
 * and keeping it. What is fetched belongs to a ViewerCapture, what is shown of it
 * to the document. */
#include "viewer-window-private.h"

#include "viewer-capture-store.h"
#include "viewer-location-dialog.h"
#include "viewer-location.h"
#include "viewer-recent.h"
#include "viewer-text.h"
#include <glib/gi18n.h>
#include <string.h>

/* Quick answers show no progress. */
#define LOADING_DELAY_S 0.15

/* Seconds between two captures: longer than anybody waits, in case another
 * program says how many. */
#define MOST_INTERVAL 86400

/* --- Which one is shown --- */

/* (nullable) */
static ViewerShot *
shown_shot (ViewerWindow *self)
{
  return self->capture != NULL
             ? viewer_capture_find (self->capture, self->shown_shot)
             : NULL;
}

/* @keep: as in viewer_document_open_capture() */
static void
show_shot (ViewerWindow *self, ViewerShot *shot, gboolean keep)
{
  self->shown_shot = shot->number;
  viewer_document_open_capture (self->document,
                                viewer_capture_get_url (self->capture),
                                shot->bytes,
                                self->capture_type,
                                keep);
  viewer_window_update_capture (self);
}

/* Whoever looks at an older one goes on looking at it. */
static void
captured (ViewerWindow *self)
{
  ViewerShot *last = viewer_capture_last (self->capture);
  gboolean    is_first = viewer_document_get_result (self->document) == NULL;

  if (is_first || shown_shot (self) == NULL ||
      self->shown_shot + 1 == last->number)
    show_shot (self, last, !is_first);
}

/* --- What goes wrong --- */

static void
show_failure (ViewerWindow *self, const GError *error)
{
  const char      *url = viewer_capture_get_url (self->capture);
  g_autofree char *address = prof_url_shown (url);

  /* What is shown stays, and the bar says it. */
  if (viewer_document_get_result (self->document) == NULL)
    viewer_document_fail_capture (self->document,
                                  url,
                                  viewer_problem_new_for_capture (error,
                                                                  address));
}

static void
follow_answered (AdwMessageDialog *dialog,
                 const char       *response,
                 ViewerWindow     *self)
{
  if (self->capture == NULL)
    return;
  if (strcmp (response, "follow") == 0)
    {
      viewer_capture_follow (self->capture);
      viewer_capture_start (self->capture);
    }
  else if (viewer_capture_get_error (self->capture) != NULL)
    show_failure (self, viewer_capture_get_error (self->capture));
}

/* "the server redirects to another host, elsewhere.example:80" */
static void
ask_to_follow (ViewerWindow *self, const GError *error)
{
  g_autofree char *sentence = g_strdup (error->message);
  g_autofree char *body = NULL;
  GtkWidget       *dialog;

  sentence[0] = g_ascii_toupper (sentence[0]);
  /* Translators: first what the server says, a sentence without full stop */
  body = g_strdup_printf (_ ("%s. Follow only if you trust that server too."),
                          sentence);
  dialog = adw_message_dialog_new (GTK_WINDOW (self),
                                   _ ("Follow to Another Server?"),
                                   body);
  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (dialog),
                                    "cancel",
                                    _ ("_Cancel"),
                                    "follow",
                                    _ ("_Follow"),
                                    NULL);
  adw_message_dialog_set_default_response (ADW_MESSAGE_DIALOG (dialog),
                                           "cancel");
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  g_signal_connect_object (dialog,
                           "response",
                           G_CALLBACK (follow_answered),
                           self,
                           0);
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
failed (ViewerWindow *self, const GError *error)
{
  if (g_error_matches (error, PROF_ERROR, PROF_ERROR_REDIRECT))
    ask_to_follow (self, error);
  else
    show_failure (self, error);
}

/* --- How far it is --- */

gboolean
viewer_window_is_capturing (ViewerWindow *self)
{
  return self->capture != NULL &&
         viewer_capture_is_running (self->capture, NULL, NULL);
}

const char *
viewer_window_capture_name (ViewerWindow *self)
{
  return self->capture != NULL ? viewer_capture_get_name (self->capture) : NULL;
}

static void
set_enabled (ViewerWindow *self, const char *name, gboolean enabled)
{
  GAction *action = g_action_map_lookup_action (G_ACTION_MAP (self), name);

  g_simple_action_set_enabled (G_SIMPLE_ACTION (action), enabled);
}

static void
set_state (ViewerWindow *self, const char *name, GVariant *state)
{
  GAction *action = g_action_map_lookup_action (G_ACTION_MAP (self), name);

  g_simple_action_set_state (G_SIMPLE_ACTION (action), state);
}

/* Its place among those that are kept; the number of them when it is not. */
static size_t
place_of (ViewerWindow *self, unsigned number)
{
  size_t n = viewer_capture_n_shots (self->capture);
  size_t i = 0;

  while (i < n && viewer_capture_nth_shot (self->capture, i)->number != number)
    i++;
  return i;
}

static void
update_actions (ViewerWindow *self)
{
  gboolean has_one = self->capture != NULL;
  size_t   n = has_one ? viewer_capture_n_shots (self->capture) : 0;
  size_t   at = has_one ? place_of (self, self->shown_shot) : 0;
  unsigned interval = has_one ? viewer_capture_get_interval (self->capture) : 0;

  set_enabled (self,
               "capture-again",
               has_one && !viewer_window_is_capturing (self));
  set_enabled (self, "stop-capture", viewer_window_is_capturing (self));
  set_enabled (self, "watch", has_one && n > 0);
  set_state (self, "watch", g_variant_new_uint32 (interval));
  set_enabled (self, "show-capture", n > 0);
  set_state (self, "show-capture", g_variant_new_uint32 (self->shown_shot));
  set_enabled (self, "previous-capture", n > 0 && at > 0);
  set_enabled (self, "next-capture", at + 1 < n);
  set_enabled (self, "compare-previous-capture", at > 0 && at < n);
  set_enabled (self, "save-as", at < n);
  set_enabled (self, "save-to", at < n);
}

static void
show_progress (ViewerWindow *self)
{
  g_autofree char *text = viewer_capture_describe (self->capture);
  double           elapsed_s;

  if (!viewer_capture_is_running (self->capture, &elapsed_s, NULL) ||
      elapsed_s < LOADING_DELAY_S ||
      viewer_document_get_result (self->document) != NULL)
    return;
  viewer_window_show_loading (self,
                              viewer_capture_get_name (self->capture),
                              text,
                              viewer_capture_fraction (self->capture));
}

void
viewer_window_update_capture (ViewerWindow *self)
{
  gboolean is_shown = self->capture != NULL &&
                      viewer_capture_n_shots (self->capture) > 0;

  update_actions (self);
  if (self->capture != NULL)
    show_progress (self);
  if (is_shown)
    viewer_capture_bar_update (self->capture_bar, self->capture);
  gtk_revealer_set_reveal_child (self->capture_revealer, is_shown);
}

/* --- Beginning and end --- */

static void
set_capture (ViewerWindow *self, ViewerCapture *capture)
{
  if (self->capture != NULL)
    {
      g_signal_handlers_disconnect_by_data (self->capture, self);
      viewer_capture_cancel (self->capture);
    }
  g_clear_object (&self->capture);
  g_clear_pointer (&self->capture_type, g_free);
  self->capture = capture;
  self->shown_shot = 0;
  self->saved_shot = 0;
}

void
viewer_window_end_capture (ViewerWindow *self)
{
  if (self->capture == NULL)
    return;
  set_capture (self, NULL);
  viewer_window_update_capture (self);
}

void
viewer_window_capture (ViewerWindow *self,
                       const char   *url,
                       const char   *sample_type,
                       const char   *view)
{
  g_return_if_fail (VIEWER_IS_WINDOW (self));

  if (view != NULL)
    viewer_window_set_view (self, view);
  set_capture (self, viewer_capture_new (url));
  self->capture_type = g_strdup (sample_type);
  g_signal_connect_object (self->capture,
                           "changed",
                           G_CALLBACK (viewer_window_update_capture),
                           self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->capture,
                           "captured",
                           G_CALLBACK (captured),
                           self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->capture,
                           "failed",
                           G_CALLBACK (failed),
                           self,
                           G_CONNECT_SWAPPED);
  viewer_capture_start (self->capture);
  viewer_window_update_title (self);
}

gboolean
viewer_window_cancel_capture (ViewerWindow *self)
{
  if (!viewer_window_is_capturing (self))
    return FALSE;
  viewer_capture_cancel (self->capture);
  if (viewer_document_get_result (self->document) != NULL)
    return TRUE;
  /* Back to what was there, unless that is why this one failed before. */
  if (g_strcmp0 (viewer_document_get_url (self->document),
                 viewer_capture_get_url (self->capture)) != 0)
    viewer_window_end_capture (self);
  viewer_window_go_back_from_loading (self);
  return TRUE;
}

gboolean
viewer_window_capture_again (ViewerWindow *self)
{
  if (self->capture == NULL)
    return FALSE;
  viewer_capture_start (self->capture);
  return TRUE;
}

void
viewer_window_capture_elsewhere (ViewerWindow *self, const char *url)
{
  if (viewer_window_is_free (self))
    viewer_window_capture (self, url, NULL, NULL);
  else
    g_action_group_activate_action (G_ACTION_GROUP (gtk_window_get_application (
                                        GTK_WINDOW (self))),
                                    "capture",
                                    g_variant_new ("(ss)", url, ""));
}

/* --- Asking where --- */

/* A file of that name wins, as on the command line. */
static void
open_typed (ViewerWindow *self, const char *typed)
{
  g_autofree char   *url = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GFile)  file = NULL;

  if (prof_source_is_url (typed))
    {
      url = prof_url_read (typed, 0, &error);
      if (url != NULL)
        viewer_window_capture_elsewhere (self, url);
      else
        viewer_window_toast (self, error->message);
      return;
    }
  file = g_file_new_for_commandline_arg (typed);
  viewer_window_open_elsewhere (self, file);
}

static void
location_chosen (ViewerLocationDialog *dialog,
                 const char           *address,
                 ViewerWindow         *self)
{
  open_typed (self, address);
}

static void
open_location (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  ViewerLocationDialog *dialog = viewer_location_dialog_new (data);

  g_signal_connect_object (dialog,
                           "chosen",
                           G_CALLBACK (location_chosen),
                           data,
                           0);
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
capture (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  open_typed (data, g_variant_get_string (parameter, NULL));
}

/* --- Again --- */

static void
capture_again (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  viewer_window_capture_again (data);
}

static void
stop_capture (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  viewer_window_cancel_capture (data);
}

static void
change_watch (GSimpleAction *action, GVariant *state, gpointer data)
{
  ViewerWindow *self = data;
  guint         seconds = g_variant_get_uint32 (state);

  if (self->capture == NULL || seconds > MOST_INTERVAL)
    return;
  viewer_capture_watch (self->capture, seconds);
}

static void
change_shown (GSimpleAction *action, GVariant *state, gpointer data)
{
  ViewerWindow *self = data;
  ViewerShot   *shot = NULL;

  if (self->capture != NULL)
    shot = viewer_capture_find (self->capture, g_variant_get_uint32 (state));
  if (shot != NULL && shot->number != self->shown_shot)
    show_shot (self, shot, TRUE);
}

static void
step (ViewerWindow *self, int by)
{
  size_t at;

  if (self->capture == NULL)
    return;
  at = place_of (self, self->shown_shot);
  if ((by < 0 && at == 0) ||
      (by > 0 && at + 1 >= viewer_capture_n_shots (self->capture)))
    return;
  show_shot (self,
             viewer_capture_nth_shot (self->capture, by < 0 ? at - 1 : at + 1),
             TRUE);
}

static void
previous_capture (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  step (data, -1);
}

static void
next_capture (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  step (data, 1);
}

/* What it is compared with stays while others are shown, or come. */
static void
compare_previous (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  ViewerWindow            *self = data;
  const char              *url = viewer_capture_get_url (self->capture);
  size_t                   at = place_of (self, self->shown_shot);
  const ViewerShot        *previous;
  g_autoptr (ViewerSource) base = NULL;

  previous = viewer_capture_nth_shot (self->capture, at - 1);
  base = viewer_source_new_for_capture (url, previous->time, previous->bytes);
  viewer_window_compare (self, base);
}

/* --- Saving --- */

typedef struct
{
  ViewerShot *shot; /* a reference */
  char       *path; /* owned */
} Saving;

static void
saving_free (gpointer data)
{
  Saving *saving = data;

  viewer_shot_unref (saving->shot);
  g_free (saving->path);
  g_free (saving);
}

static void
write_file (GTask        *task,
            gpointer      source,
            gpointer      data,
            GCancellable *cancellable)
{
  Saving     *saving = data;
  GError     *error = NULL;
  gsize       length;
  const void *bytes = g_bytes_get_data (saving->shot->bytes, &length);

  if (prof_export_write (saving->path, bytes, length, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static void
saved (GObject *source, GAsyncResult *result, gpointer data)
{
  ViewerWindow      *self = VIEWER_WINDOW (source);
  const Saving      *saving = g_task_get_task_data (G_TASK (result));
  g_autoptr (GError) error = NULL;
  g_autofree char   *text = NULL;

  if (!g_task_propagate_boolean (G_TASK (result), &error))
    {
      text = g_strdup_printf (_ ("Not saved: %s"), error->message);
      viewer_window_toast (self, text);
    }
  else
    {
      g_autofree char  *base = g_path_get_basename (saving->path);
      g_autofree char  *name = g_filename_display_name (base);
      g_autoptr (GFile) file = g_file_new_for_path (saving->path);

      text = g_strdup_printf (_ ("Saved %s"), name);
      viewer_window_offer_folder (self, text, saving->path);
      viewer_recent_add (file, "");
      if (shown_shot (self) == saving->shot)
        self->saved_shot = saving->shot->number;
    }
  g_application_release (g_application_get_default ());
}

/* Exactly what came. The application stays until the file is whole. */
static void
save (ViewerWindow *self, ViewerShot *shot, const char *path)
{
  g_autoptr (GTask) task = g_task_new (self, NULL, saved, NULL);
  Saving           *saving = g_new0 (Saving, 1);

  saving->shot = viewer_shot_ref (shot);
  saving->path = g_strdup (path);
  g_task_set_task_data (task, saving, saving_free);
  g_application_hold (g_application_get_default ());
  g_task_run_in_thread (task, write_file);
}

static void
save_to (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  ViewerShot *shot = shown_shot (data);

  if (shot != NULL)
    save (data, shot, g_variant_get_string (parameter, NULL));
}

static void
save_response (GtkNativeDialog *dialog, int response, ViewerWindow *self)
{
  ViewerShot *shot = g_object_get_data (G_OBJECT (dialog), "shot");

  if (response == GTK_RESPONSE_ACCEPT)
    {
      g_autoptr (GFile) file = gtk_file_chooser_get_file (
          GTK_FILE_CHOOSER (dialog));
      g_autofree char *path = g_file_get_path (file);

      if (path == NULL)
        viewer_window_toast (self, _ ("Files are written to local folders"));
      else
        save (self, shot, path);
    }
  g_clear_object (&self->chooser);
}

/* What was shown when it was asked for, whatever comes meanwhile. */
static void
save_as (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  ViewerWindow    *self = data;
  ViewerShot      *shot = shown_shot (self);
  g_autofree char *name = NULL;

  if (shot == NULL)
    return;
  name = viewer_location_file_name (viewer_capture_get_url (self->capture),
                                    shot->time,
                                    shot->bytes);
  viewer_window_show_chooser (self,
                              _ ("Save the Profile"),
                              GTK_FILE_CHOOSER_ACTION_SAVE,
                              _ ("_Save"),
                              G_CALLBACK (save_response));
  g_object_set_data_full (G_OBJECT (self->chooser),
                          "shot",
                          viewer_shot_ref (shot),
                          (GDestroyNotify)viewer_shot_unref);
  gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (self->chooser), name);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (self->chooser));
}

/* --- Keeping what nobody saved --- */

typedef struct
{
  ViewerShot *shot;  /* a reference */
  char       *url;   /* owned */
  char       *about; /* owned; for the list of recent files */
} Keeping;

static void
keeping_free (gpointer data)
{
  Keeping *keeping = data;

  viewer_shot_unref (keeping->shot);
  g_free (keeping->url);
  g_free (keeping->about);
  g_free (keeping);
}

static void
store (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Keeping *keeping = data;
  GError  *error = NULL;
  GFile   *file = viewer_capture_store (keeping->url, keeping->shot, &error);

  if (file != NULL)
    g_task_return_pointer (task, file, g_object_unref);
  else
    g_task_return_error (task, error);
}

/* There is nobody left to tell of a full disk. */
static void
kept (GObject *source, GAsyncResult *result, gpointer data)
{
  const Keeping    *keeping = g_task_get_task_data (G_TASK (result));
  g_autoptr (GFile) file = g_task_propagate_pointer (G_TASK (result), NULL);

  if (file != NULL)
    viewer_recent_add (file, keeping->about);
  g_application_release (g_application_get_default ());
}

void
viewer_window_keep_capture (ViewerWindow *self)
{
  ViewerResult     *result = viewer_document_get_result (self->document);
  ViewerShot       *shot = shown_shot (self);
  Keeping          *keeping;
  g_autoptr (GTask) task = NULL;

  if (shot == NULL || result == NULL || shot->number == self->saved_shot)
    return;
  keeping = g_new0 (Keeping, 1);
  keeping->shot = viewer_shot_ref (shot);
  keeping->url = g_strdup (viewer_capture_get_url (self->capture));
  keeping->about = viewer_text_about (result);
  task = g_task_new (NULL, NULL, kept, NULL);
  g_task_set_task_data (task, keeping, keeping_free);
  g_application_hold (g_application_get_default ());
  g_task_run_in_thread (task, store);
}

/* --- Actions --- */

void
viewer_window_add_capture_actions (ViewerWindow *self)
{
  const GActionEntry entries[] = {
    { .name = "open-location", .activate = open_location },
    { .name = "capture", .activate = capture, .parameter_type = "s" },
    { .name = "capture-again", .activate = capture_again },
    { .name = "stop-capture", .activate = stop_capture },
    { .name = "watch",
      .parameter_type = "u",
      .state = "uint32 0",
      .change_state = change_watch },
    { .name = "show-capture",
      .parameter_type = "u",
      .state = "uint32 0",
      .change_state = change_shown },
    { .name = "previous-capture", .activate = previous_capture },
    { .name = "next-capture", .activate = next_capture },
    { .name = "compare-previous-capture", .activate = compare_previous },
    { .name = "save-as", .activate = save_as },
    { .name = "save-to", .activate = save_to, .parameter_type = "s" },
  };

  g_action_map_add_action_entries (G_ACTION_MAP (self),
                                   entries,
                                   G_N_ELEMENTS (entries),
                                   self);
}
