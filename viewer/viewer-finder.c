/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "viewer-finder.h"

#include <gio/gio.h>
#include <string.h>

/* Searches over fewer nodes take less than a few milliseconds and are done at
 * once. */
#define INLINE_NODES  200000
#define INLINE_FRAMES 50000

struct _ViewerFinder
{
  GObject *owner; /* not owned */
  void (*changed) (gpointer owner);
  unsigned        generation;
  ProfSearchFlags flags;

  /* Owned */
  char *text;
  char *complaint; /* or NULL */

  /* Shared */
  ProfSearch *search; /* or NULL */
};

typedef struct
{
  ViewerFinder   *finder; /* as long as the task's source is */
  ProfTree       *tree;
  char           *text;
  ProfSearchFlags flags;
  unsigned        generation;
} Job;

ViewerFinder *
viewer_finder_new (GObject *owner, void (*changed) (gpointer owner))
{
  ViewerFinder *self = g_new0 (ViewerFinder, 1);

  self->owner = owner;
  self->changed = changed;
  self->text = g_strdup ("");
  return self;
}

void
viewer_finder_free (ViewerFinder *self)
{
  if (self == NULL)
    return;
  prof_search_unref (self->search);
  g_free (self->text);
  g_free (self->complaint);
  g_free (self);
}

static void
job_free (gpointer data)
{
  Job *job = data;

  prof_tree_unref (job->tree);
  g_free (job->text);
  g_free (job);
}

static void
run (GTask        *task,
     gpointer      source,
     gpointer      task_data,
     GCancellable *cancellable)
{
  Job        *job = task_data;
  GError     *error = NULL;
  ProfSearch *search = prof_search_new (job->tree,
                                        job->text,
                                        job->flags,
                                        &error);

  if (search == NULL)
    g_task_return_error (task, error);
  else
    g_task_return_pointer (task, search, (GDestroyNotify)prof_search_unref);
}

/* Takes @search. */
static void
take (ViewerFinder *self, ProfSearch *search, const GError *error)
{
  g_clear_pointer (&self->complaint, g_free);
  if (search == NULL)
    self->complaint = g_strdup (error->message);
  else
    {
      g_clear_pointer (&self->search, prof_search_unref);
      self->search = search;
    }
  self->changed (self->owner);
}

static void
done (GObject *source, GAsyncResult *async_result, gpointer data)
{
  GTask             *task = G_TASK (async_result);
  Job               *job = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  ProfSearch        *search = g_task_propagate_pointer (task, &error);

  if (job->generation != job->finder->generation)
    prof_search_unref (search);
  else
    take (job->finder, search, error);
}

static bool
is_quick (const ViewerResult *result)
{
  return prof_tree_n_nodes (result->tree) <= INLINE_NODES &&
         prof_frames_n (result->frames) <= INLINE_FRAMES;
}

static void
look_in_thread (ViewerFinder *self, const ViewerResult *result)
{
  g_autoptr (GTask) task = g_task_new (self->owner, NULL, done, NULL);
  Job              *job = g_new0 (Job, 1);

  job->finder = self;
  job->tree = prof_tree_ref (result->tree);
  job->text = g_strdup (self->text);
  job->flags = self->flags;
  job->generation = self->generation;
  g_task_set_task_data (task, job, job_free);
  g_task_run_in_thread (task, run);
}

static void
end (ViewerFinder *self)
{
  g_clear_pointer (&self->search, prof_search_unref);
  g_clear_pointer (&self->complaint, g_free);
  self->changed (self->owner);
}

void
viewer_finder_look_again (ViewerFinder *self, ViewerResult *result)
{
  g_autoptr (GError) error = NULL;
  ProfSearch        *search;

  self->generation++;
  if (result == NULL || self->text[0] == '\0')
    {
      end (self);
      return;
    }
  if (!is_quick (result))
    {
      look_in_thread (self, result);
      return;
    }
  search = prof_search_new (result->tree, self->text, self->flags, &error);
  take (self, search, error);
}

void
viewer_finder_look_for (ViewerFinder   *self,
                        ViewerResult   *result,
                        const char     *text,
                        ProfSearchFlags flags)
{
  if (strcmp (text, self->text) == 0 && flags == self->flags)
    return;
  g_free (self->text);
  self->text = g_strdup (text);
  self->flags = flags;
  viewer_finder_look_again (self, result);
}

void
viewer_finder_forget (ViewerFinder *self)
{
  self->generation++;
  g_clear_pointer (&self->search, prof_search_unref);
}

const char *
viewer_finder_text (const ViewerFinder *self)
{
  return self->text;
}

ProfSearchFlags
viewer_finder_flags (const ViewerFinder *self)
{
  return self->flags;
}

ProfSearch *
viewer_finder_search (const ViewerFinder *self)
{
  return self->search;
}

const char *
viewer_finder_complaint (const ViewerFinder *self)
{
  return self->complaint;
}

/* Preorder is from left to right. */
static size_t
first_from (const ProfNodeId *nodes, size_t n, ProfNodeId node)
{
  size_t low = 0;

  while (low < n)
    {
      size_t middle = low + (n - low) / 2;

      if (nodes[middle] < node)
        low = middle + 1;
      else
        n = middle;
    }
  return low;
}

ProfNodeId
viewer_finder_next (const ViewerFinder *self, ProfNodeId node, int direction)
{
  const ProfNodeId *nodes;
  size_t            n = 0;
  size_t            next;

  if (self->search == NULL)
    return PROF_ID_NONE;
  nodes = prof_search_outer (self->search, &n);
  if (n == 0)
    return PROF_ID_NONE;
  if (node == PROF_ID_NONE)
    next = direction > 0 ? 0 : n - 1;
  else if (direction > 0)
    next = first_from (nodes, n, node + 1) % n;
  else
    next = (first_from (nodes, n, node) + n - 1) % n;
  return nodes[next];
}
