/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "viewer-listing.h"

#include "viewer-folders.h"
#include <gio/gio.h>
#include <string.h>

/* What one request needs. */
typedef struct
{
  unsigned      generation;
  ViewerResult *result;
  ProfFrameId   frame;
  char         *file; /* (nullable) */
  GStrv         folders;
  gboolean      in_place;
} Job;

struct _ViewerListing
{
  GObject parent_instance;

  ViewerDocument *document;
  ViewerCode     *code; /* or NULL */
  char           *file; /* asked for, or NULL */

  unsigned      generation;
  GCancellable *cancellable; /* of the latest job, while it runs */
  ProfFrameId   asked;       /* its frame */
  guint64       asked_of;    /* serial of its result */
  gboolean      active;
  gboolean      selecting; /* the document's selection is being set by us */
};

static guint changed_signal;

G_DEFINE_FINAL_TYPE (ViewerListing, viewer_listing, G_TYPE_OBJECT)

static void
emit_changed (ViewerListing *self)
{
  g_signal_emit (self, changed_signal, 0);
}

/* Jobs */

static void
job_free (gpointer data)
{
  Job *job = data;

  viewer_result_unref (job->result);
  g_free (job->file);
  g_strfreev (job->folders);
  g_free (job);
}

static void
run_job (GTask        *task,
         gpointer      source,
         gpointer      task_data,
         GCancellable *cancellable)
{
  Job                 *job = task_data;
  const ViewerCodeWish wish = {
    .file = job->file,
    .folders = (const char *const *)job->folders,
    .in_place = job->in_place,
  };

  g_task_return_pointer (task,
                         viewer_code_new (job->result,
                                          job->frame,
                                          &wish,
                                          cancellable),
                         (GDestroyNotify)viewer_code_unref);
}

/* What was read with the user's consent is found from now on. */
static void
remember_folder (const ViewerCode *code)
{
  g_autofree char *folder = NULL;

  if (code->text == NULL)
    return;
  folder = viewer_folders_around (code->place);
  viewer_folders_add (folder);
}

static void
job_done (GObject *source, GAsyncResult *async_result, gpointer data)
{
  ViewerListing         *self = VIEWER_LISTING (source);
  Job                   *job = g_task_get_task_data (G_TASK (async_result));
  g_autoptr (ViewerCode) code = g_task_propagate_pointer (G_TASK (async_result),
                                                          NULL);

  if (job->generation != self->generation)
    return;
  g_clear_object (&self->cancellable);
  if (code != NULL)
    {
      viewer_code_unref (self->code);
      self->code = g_steal_pointer (&code);
    }
  emit_changed (self);
  if (job->in_place && self->code != NULL)
    remember_folder (self->code);
}

static void
stop_job (ViewerListing *self)
{
  self->generation++;
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
}

static void
start_job (ViewerListing *self,
           ViewerResult  *result,
           ProfFrameId    frame,
           gboolean       in_place)
{
  g_autoptr (GTask) task = NULL;
  Job              *job = g_new0 (Job, 1);

  stop_job (self);
  self->cancellable = g_cancellable_new ();
  self->asked = frame;
  self->asked_of = result->serial;
  job->generation = self->generation;
  job->result = viewer_result_ref (result);
  job->frame = frame;
  job->file = g_strdup (self->file);
  job->folders = viewer_folders_list ();
  job->in_place = in_place;
  task = g_task_new (self, self->cancellable, job_done, NULL);
  /* The answer says whether it was too late. */
  g_task_set_check_cancellable (task, FALSE);
  g_task_set_task_data (task, job, job_free);
  g_task_run_in_thread (task, run_job);
  emit_changed (self);
}

/* Which function */

/* A frame of the same name in another result, or PROF_ID_NONE. */
static ProfFrameId
find_again (const ViewerCode *code, const ViewerResult *result)
{
  const char *name = prof_frames_display_name (code->result->frames,
                                               code->frame);

  if (code->result->serial == result->serial)
    return code->frame;
  for (ProfFrameId f = 0; f < prof_frames_n (result->frames); f++)
    if (strcmp (prof_frames_display_name (result->frames, f), name) == 0)
      return f;
  return PROF_ID_NONE;
}

/* The selected function, else the one that was shown, else the heaviest.
 * @stay: whether what is shown comes first */
static ProfFrameId
wanted_frame (ViewerListing *self, ViewerResult *result, gboolean stay)
{
  ProfFrameId selected = viewer_document_get_selection (self->document).frame;
  ProfFrameId shown = PROF_ID_NONE;

  if (self->code != NULL)
    shown = find_again (self->code, result);
  if (shown != PROF_ID_NONE && (stay || selected == PROF_ID_NONE))
    return shown;
  return selected != PROF_ID_NONE ? selected
                                  : viewer_document_get_center (self->document);
}

static void
show_nothing (ViewerListing *self)
{
  stop_job (self);
  g_clear_pointer (&self->code, viewer_code_unref);
  emit_changed (self);
}

/* Whether that is shown, or on its way. */
static gboolean
is_there (ViewerListing *self, ViewerResult *result, ProfFrameId frame)
{
  if (self->cancellable != NULL)
    return self->asked == frame && self->asked_of == result->serial;
  return self->code != NULL && self->code->frame == frame &&
         self->code->result->serial == result->serial;
}

/* @again: whether files are to be looked for again */
static void
update (ViewerListing *self, gboolean stay, gboolean again)
{
  ViewerResult *result = viewer_document_get_result (self->document);
  ProfFrameId   frame;

  if (!self->active)
    return;
  frame = result != NULL ? wanted_frame (self, result, stay) : PROF_ID_NONE;
  if (frame == PROF_ID_NONE)
    {
      show_nothing (self);
      return;
    }
  if (!again && is_there (self, result, frame))
    return;
  if (!is_there (self, result, frame))
    g_clear_pointer (&self->file, g_free);
  start_job (self, result, frame, FALSE);
}

static void
document_changed (ViewerListing *self, guint what)
{
  if (self->selecting ||
      !(what & (VIEWER_CHANGED_RESULT | VIEWER_CHANGED_SELECTION)))
    return;
  update (self, !(what & VIEWER_CHANGED_SELECTION), FALSE);
}

static void
folders_changed (ViewerListing *self)
{
  if (self->code == NULL || self->code->text == NULL)
    update (self, TRUE, TRUE);
}

/* API */

void
viewer_listing_set_active (ViewerListing *self, gboolean active)
{
  g_return_if_fail (VIEWER_IS_LISTING (self));

  if (self->active == active)
    return;
  self->active = active;
  if (active)
    update (self, FALSE, FALSE);
  else
    stop_job (self);
}

gboolean
viewer_listing_is_busy (ViewerListing *self)
{
  g_return_val_if_fail (VIEWER_IS_LISTING (self), FALSE);

  return self->cancellable != NULL;
}

ViewerCode *
viewer_listing_get_code (ViewerListing *self)
{
  g_return_val_if_fail (VIEWER_IS_LISTING (self), NULL);

  return self->code;
}

void
viewer_listing_show_file (ViewerListing *self, const char *path)
{
  g_return_if_fail (VIEWER_IS_LISTING (self));

  g_free (self->file);
  self->file = g_strdup (path);
  update (self, TRUE, TRUE);
}

void
viewer_listing_read_in_place (ViewerListing *self)
{
  ViewerResult *result;

  g_return_if_fail (VIEWER_IS_LISTING (self));

  result = viewer_document_get_result (self->document);
  if (self->code == NULL || result == NULL ||
      !is_there (self, result, self->code->frame))
    return;
  g_free (self->file);
  self->file = g_strdup (viewer_code_path (self->code));
  start_job (self, result, self->code->frame, TRUE);
}

/* Whether rows are still of what the document shows. */
static gboolean
is_current (ViewerListing *self)
{
  ViewerResult *result = viewer_document_get_result (self->document);

  return self->code != NULL && result != NULL &&
         self->code->result->serial == result->serial;
}

void
viewer_listing_select (ViewerListing *self, guint row)
{
  ProfNodeId node;

  g_return_if_fail (VIEWER_IS_LISTING (self));

  if (!is_current (self))
    return;
  node = viewer_code_node (self->code, row);
  self->selecting = TRUE;
  if (node != PROF_ID_NONE)
    viewer_document_select (self->document, node, 0, false);
  self->selecting = FALSE;
}

gboolean
viewer_listing_enter (ViewerListing *self, guint row)
{
  ProfNodeId node;

  g_return_val_if_fail (VIEWER_IS_LISTING (self), FALSE);

  if (!is_current (self) || viewer_code_row (self->code, row)->level == 0)
    return FALSE;
  node = viewer_code_node (self->code, row);
  if (node == PROF_ID_NONE)
    return FALSE;
  viewer_document_select (self->document, node, 0, false);
  /* It may have been selected before. */
  update (self, FALSE, FALSE);
  return TRUE;
}

static void
viewer_listing_dispose (GObject *object)
{
  ViewerListing *self = VIEWER_LISTING (object);

  stop_job (self);
  g_clear_pointer (&self->code, viewer_code_unref);
  g_clear_pointer (&self->file, g_free);
  g_clear_object (&self->document);
  G_OBJECT_CLASS (viewer_listing_parent_class)->dispose (object);
}

static void
viewer_listing_class_init (ViewerListingClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = viewer_listing_dispose;
  changed_signal = g_signal_new ("changed",
                                 G_TYPE_FROM_CLASS (klass),
                                 G_SIGNAL_RUN_LAST,
                                 0,
                                 NULL,
                                 NULL,
                                 NULL,
                                 G_TYPE_NONE,
                                 0);
}

static void
viewer_listing_init (ViewerListing *self)
{
}

ViewerListing *
viewer_listing_new (ViewerDocument *document)
{
  ViewerListing *self = g_object_new (VIEWER_TYPE_LISTING, NULL);

  self->document = g_object_ref (document);
  g_signal_connect_object (document,
                           "changed",
                           G_CALLBACK (document_changed),
                           self,
                           G_CONNECT_SWAPPED);
  viewer_folders_watch (G_CALLBACK (folders_changed), self);
  return self;
}
