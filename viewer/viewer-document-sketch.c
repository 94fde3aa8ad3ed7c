/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* The tree of a large profile takes as long as reading it: its first result is a
 * sketch, with the tree of what is wide enough to be seen, and this is how that becomes
 * whole while somebody looks at it. It is no question, nothing waits for it, and
 * whatever is done meanwhile stays done. */

#include "viewer-document-private.h"

#include <glib/gi18n.h>

#define PROGRESS_MS 200

struct _ViewerCompletion
{
  gatomicrefcount ref_count;

  /* Owned */
  GCancellable *cancellable;
  ProfProgress *progress;

  /* Shared, a reference */
  ViewerResult *sketch;
};

static ViewerCompletion *
completion_new (ViewerResult *sketch)
{
  ViewerCompletion *self = g_new0 (ViewerCompletion, 1);

  g_atomic_ref_count_init (&self->ref_count);
  self->cancellable = g_cancellable_new ();
  self->progress = prof_progress_new (self->cancellable);
  self->sketch = viewer_result_ref (sketch);
  return self;
}

static ViewerCompletion *
completion_ref (ViewerCompletion *self)
{
  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

static void
completion_unref (gpointer data)
{
  ViewerCompletion *self = data;

  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;
  prof_progress_unref (self->progress);
  g_object_unref (self->cancellable);
  viewer_result_unref (self->sketch);
  g_free (self);
}

static void
end (ViewerDocument *self)
{
  g_clear_pointer (&self->completion, completion_unref);
  g_clear_handle_id (&self->completion_source, g_source_remove);
}

static gboolean
tell_progress (gpointer data)
{
  viewer_document_tell (data, VIEWER_CHANGED_BUSY);
  return G_SOURCE_CONTINUE;
}

static void
run (GTask        *task,
     gpointer      source,
     gpointer      task_data,
     GCancellable *cancellable)
{
  ViewerCompletion *job = task_data;
  GError           *error = NULL;
  ViewerResult     *result = viewer_result_completed (job->sketch,
                                                  job->progress,
                                                  &error);

  if (result == NULL)
    g_task_return_error (task, error);
  else
    g_task_return_pointer (task, result, (GDestroyNotify)viewer_result_unref);
}

/* The sketch may have got other colours meanwhile. */
static ViewerResult *
in_colors_of (ViewerDocument *self, ViewerResult *result)
{
  ViewerResult *recolored;

  if (result->palettes[0] == self->result->palettes[0])
    return result;
  recolored = viewer_result_recolored (result,
                                       viewer_document_get_coloring (self));
  viewer_result_unref (result);
  return recolored;
}

static void
take (ViewerDocument *self, ViewerResult *result)
{
  g_autoptr (ViewerPast) past = viewer_past_new (self->result, &self->place);

  result = in_colors_of (self, result);
  self->place = viewer_past_find (past, result);
  viewer_result_unref (self->result);
  self->result = result;
  viewer_finder_forget (self->finder);
  viewer_document_tell (self,
                        VIEWER_CHANGED_RESULT | VIEWER_CHANGED_ZOOM |
                            VIEWER_CHANGED_SELECTION | VIEWER_CHANGED_SEARCH |
                            VIEWER_CHANGED_CENTER | VIEWER_CHANGED_BUSY);
  viewer_finder_look_again (self->finder, self->result);
}

/* The sketch is what there is then. */
static void
stay (ViewerDocument *self, const GError *error)
{
  g_autofree char *warning = g_strdup_printf (
      /* Translators: the reason why not, a whole sentence without its stop */
      _ ("Frames of less than 1/65,536 of all are not divided: %s"),
      error->message);

  viewer_document_warn_of_sketch (self, warning);
  viewer_document_tell (self,
                        VIEWER_CHANGED_RESULT | VIEWER_CHANGED_FILE |
                            VIEWER_CHANGED_BUSY);
}

static void
done (GObject *source, GAsyncResult *async_result, gpointer data)
{
  ViewerDocument    *self = VIEWER_DOCUMENT (source);
  GTask             *task = G_TASK (async_result);
  ViewerCompletion  *job = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  ViewerResult      *result = g_task_propagate_pointer (task, &error);

  if (job != self->completion)
    {
      viewer_result_unref (result);
      return;
    }
  end (self);
  if (result != NULL)
    take (self, result);
  else
    stay (self, error);
}

void
viewer_document_complete (ViewerDocument *self)
{
  g_autoptr (GTask) task = NULL;

  viewer_document_stop_completing (self);
  if (self->result == NULL || prof_tree_is_whole (self->result->tree))
    return;
  self->completion = completion_new (self->result);
  self->completion_source = g_timeout_add (PROGRESS_MS, tell_progress, self);
  task = g_task_new (self, self->completion->cancellable, done, NULL);
  g_task_set_task_data (task,
                        completion_ref (self->completion),
                        completion_unref);
  g_task_run_in_thread (task, run);
}

void
viewer_document_stop_completing (ViewerDocument *self)
{
  viewer_document_warn_of_sketch (self, NULL);
  if (self->completion != NULL)
    g_cancellable_cancel (self->completion->cancellable);
  end (self);
}

bool
viewer_document_is_completing (ViewerDocument *self, double *fraction)
{
  g_return_val_if_fail (VIEWER_IS_DOCUMENT (self), false);

  if (self->completion == NULL)
    return false;
  *fraction = prof_progress_fraction (self->completion->progress);
  return true;
}

void
viewer_document_set_sketch_from (ViewerDocument *self, size_t n_stacks)
{
  g_return_if_fail (VIEWER_IS_DOCUMENT (self));

  self->sketch_from = n_stacks;
}
