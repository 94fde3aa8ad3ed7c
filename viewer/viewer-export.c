/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "viewer-export.h"

typedef struct
{
  ProfTree         *tree;
  ProfSearch       *search; /* or NULL */
  char             *name;
  char             *path;
  ProfExportOptions options;
} Job;

static void
job_free (gpointer data)
{
  Job *job = data;

  prof_tree_unref (job->tree);
  prof_search_unref (job->search);
  g_free (job->name);
  g_free (job->path);
  g_free (job);
}

static void
run (GTask        *task,
     gpointer      source,
     gpointer      task_data,
     GCancellable *cancellable)
{
  Job    *job = task_data;
  GError *error = NULL;

  if (prof_export_flame (job->tree, &job->options, job->path, &error))
    g_task_return_pointer (task, g_strdup (job->path), g_free);
  else
    g_task_return_error (task, error);
}

static Job *
job_new (ViewerDocument           *document,
         const ViewerExportChoice *choice,
         const char               *path)
{
  Job        *job = g_new0 (Job, 1);
  ProfSearch *search = viewer_document_get_search (document);
  ViewerZoom  zoom = viewer_document_get_zoom (document);

  job->tree = prof_tree_ref (viewer_document_get_result (document)->tree);
  job->name = g_strdup (viewer_document_get_name (document));
  job->path = g_strdup (path);
  job->options = (ProfExportOptions)PROF_EXPORT_OPTIONS_INIT;
  job->options.file_name = job->name;
  job->options.theme = choice->theme;
  job->options.scale = choice->scale;
  job->options.flame = choice->flame;
  if (!choice->as_shown)
    return job;
  job->search = search != NULL ? prof_search_ref (search) : NULL;
  job->options.search = job->search;
  if (viewer_document_is_zoomed (document))
    {
      job->options.start = zoom.start;
      job->options.end = zoom.end;
      job->options.zoom_root = zoom.root;
    }
  return job;
}

void
viewer_export_async (ViewerDocument           *document,
                     const ViewerExportChoice *choice,
                     const char               *path,
                     GAsyncReadyCallback       callback,
                     gpointer                  data)
{
  g_return_if_fail (viewer_document_get_result (document) != NULL);

  g_autoptr (GTask) task = g_task_new (document, NULL, callback, data);

  g_task_set_task_data (task, job_new (document, choice, path), job_free);
  g_task_run_in_thread (task, run);
}

char *
viewer_export_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
