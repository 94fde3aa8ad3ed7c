/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "viewer-endpoints.h"

#include <glib/gi18n.h>
#include <string.h>

/* A page is short, and somebody waits for it. */
#define PAGE_TIMEOUT_S 10

/* What net/http/pprof has, those asked for most often first. */
static const struct
{
  const char *name;
  const char *title;
  const char *about;
  bool        measures;
} known[] = {
  { "profile", N_ ("CPU"), N_ ("Where the time goes"), true },
  { "heap",
    N_ ("Memory in Use"),
    N_ ("What is allocated and not yet freed"),
    false },
  { "allocs",
    N_ ("Allocations"),
    N_ ("What was allocated since the program began"),
    false },
  { "goroutine",
    N_ ("Goroutines"),
    N_ ("Where each goroutine is right now"),
    false },
  { "block", N_ ("Blocking"), N_ ("Where goroutines have waited"), false },
  { "mutex",
    N_ ("Lock Contention"),
    N_ ("Who has held locks that others waited for"),
    false },
  { "threadcreate",
    N_ ("Threads"),
    N_ ("What has started system threads"),
    false },
};

/* Its place in the table; behind that for a program's own. */
static size_t
rank_of (const char *name)
{
  size_t rank = 0;

  while (rank < G_N_ELEMENTS (known) && strcmp (known[rank].name, name) != 0)
    rank++;
  return rank;
}

static void
endpoint_free (gpointer data)
{
  ViewerEndpoint *self = data;

  g_free (self->name);
  g_free (self->title);
  g_free (self->about);
  g_free (self);
}

static ViewerEndpoint *
endpoint_new (const char *name)
{
  ViewerEndpoint *self = g_new0 (ViewerEndpoint, 1);
  size_t          rank = rank_of (name);
  bool            is_known = rank < G_N_ELEMENTS (known);

  self->name = g_strdup (name);
  self->title = g_strdup (is_known ? _ (known[rank].title) : name);
  self->about = g_strdup (is_known ? _ (known[rank].about) : "");
  self->measures = is_known && known[rank].measures;
  return self;
}

GPtrArray *
viewer_endpoints_usual (void)
{
  GPtrArray *all = g_ptr_array_new_with_free_func (endpoint_free);

  for (size_t i = 0; i < G_N_ELEMENTS (known); i++)
    g_ptr_array_add (all, endpoint_new (known[i].name));
  return all;
}

/* A program's own keep the order of the page. */
static void
insert (GPtrArray *all, ViewerEndpoint *endpoint)
{
  size_t rank = rank_of (endpoint->name);
  guint  at = all->len;

  while (at > 0 &&
         rank_of (((ViewerEndpoint *)all->pdata[at - 1])->name) > rank)
    at--;
  g_ptr_array_insert (all, (int)at, endpoint);
}

static bool
has (const GPtrArray *all, const char *name)
{
  for (guint i = 0; i < all->len; i++)
    if (strcmp (((ViewerEndpoint *)all->pdata[i])->name, name) == 0)
      return true;
  return false;
}

/* A page may link one twice: goroutine again, as text. */
static GPtrArray *
sorted (const ProfEndpoint *listed, size_t n)
{
  GPtrArray *all = g_ptr_array_new_with_free_func (endpoint_free);

  for (size_t i = 0; i < n; i++)
    if (!has (all, listed[i].name))
      {
        ViewerEndpoint *endpoint = endpoint_new (listed[i].name);

        /* The page says 0 of what only begins when it is asked for. */
        endpoint->has_count = !endpoint->measures;
        endpoint->count = listed[i].count;
        insert (all, endpoint);
      }
  return all;
}

static GPtrArray *
read_page (GBytes *page, GError **error)
{
  gsize         length;
  const char   *text = g_bytes_get_data (page, &length);
  size_t        n;
  ProfEndpoint *listed = prof_endpoints_read (text, length, &n);
  GPtrArray    *all;

  if (listed == NULL)
    {
      g_set_error_literal (error,
                           PROF_ERROR,
                           PROF_ERROR_UNRECOGNIZED,
                           _ ("the page there lists no profiles"));
      return NULL;
    }
  all = sorted (listed, n);
  prof_endpoints_free (listed, n);
  return all;
}

static void
list (GTask *task, gpointer source, gpointer index, GCancellable *cancellable)
{
  ProfHttpRequest request = {
    .url = index,
    .timeout_s = PAGE_TIMEOUT_S,
    .is_page = true,
  };
  GError            *error = NULL;
  GPtrArray         *all = NULL;
  g_autoptr (GBytes) page = NULL;

  page = prof_http_fetch (&request, cancellable, NULL, NULL, &error);
  if (page != NULL)
    all = read_page (page, &error);
  if (all != NULL)
    g_task_return_pointer (task, all, (GDestroyNotify)g_ptr_array_unref);
  else
    g_task_return_error (task, error);
}

void
viewer_endpoints_list_async (const char         *index,
                             GCancellable       *cancellable,
                             GAsyncReadyCallback done,
                             gpointer            data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, done, data);

  g_task_set_task_data (task, g_strdup (index), g_free);
  g_task_run_in_thread (task, list);
}

GPtrArray *
viewer_endpoints_list_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
