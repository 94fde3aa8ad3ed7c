/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "cli.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

/* So many are fetched at once, as pprof does; others wait. */
#define AT_ONCE 64

/* Of the line that says how far it is. */
#define FIRST_US (G_USEC_PER_SEC / 2)
#define NEXT_US  (G_USEC_PER_SEC / 5)

/* One profile that is fetched. */
typedef struct
{
  char      *path;    /* as the user named it; owned */
  CliNetwork network; /* copied */
  bool       is_taken;

  /* Guarded by the lock */
  bool           is_over;
  ProfHttpStatus status;
  GBytes        *bytes; /* owned */
  GError        *error; /* owned */
} Job;

/* All of the command's, in the order of their beginning; the process ends
 * with them. */
static GPtrArray   *jobs;
static GThreadPool *pool;
static gint64       began; /* monotonic */
static GMutex       lock;
static GCond        changed;

static void
note_status (const ProfHttpStatus *status, void *data)
{
  Job *job = data;

  g_mutex_lock (&lock);
  job->status = *status;
  g_mutex_unlock (&lock);
}

static GBytes *
fetch (Job *job, GError **error)
{
  ProfHttpRequest request = {
    .timeout_s = job->network.timeout_s,
    .follow = job->network.follow,
    .limits = &job->network.limits,
  };
  g_autofree char *url = NULL;

  url = prof_url_read (job->path, (unsigned)job->network.seconds, error);
  if (url == NULL)
    return NULL;
  request.url = url;
  return prof_http_fetch (&request, NULL, note_status, job, error);
}

/* An option of ours that the library does not know of. */
static void
add_advice (GError *error)
{
  char *longer;

  if (!g_error_matches (error, PROF_ERROR, PROF_ERROR_REDIRECT))
    return;
  longer = g_strdup_printf (_ ("%s; --follow allows it"), error->message);
  g_free (error->message);
  error->message = longer;
}

static void
run (gpointer data, gpointer nothing)
{
  Job    *job = data;
  GError *error = NULL;
  GBytes *bytes = fetch (job, &error);

  add_advice (error);
  g_mutex_lock (&lock);
  job->bytes = bytes;
  job->error = error;
  job->is_over = true;
  g_cond_broadcast (&changed);
  g_mutex_unlock (&lock);
}

/* GObject warns, on standard error, of a length below 0 that libsoup hands on;
 * such an answer gets a message of ours. */
static void
ignore (const char    *domain,
        GLogLevelFlags level,
        const char    *message,
        gpointer       data)
{
}

static void
start (const CliNetwork *network, const char *path)
{
  Job *job = g_new0 (Job, 1);

  if (jobs == NULL)
    {
      jobs = g_ptr_array_new ();
      pool = g_thread_pool_new (run, NULL, AT_ONCE, FALSE, NULL);
      began = g_get_monotonic_time ();
      g_log_set_handler ("GLib-GObject", G_LOG_LEVEL_WARNING, ignore, NULL);
    }
  job->path = g_strdup (path);
  job->network = *network;
  g_ptr_array_add (jobs, job);
  g_thread_pool_push (pool, job, NULL);
}

void
cli_network_start (const CliNetwork *network, const char *const *paths)
{
  for (size_t p = 0; network->is_wanted && paths[p] != NULL; p++)
    if (prof_source_is_url (paths[p]))
      start (network, paths[p]);
}

static Job *
find (const char *path)
{
  for (guint j = 0; jobs != NULL && j < jobs->len; j++)
    {
      Job *job = jobs->pdata[j];

      if (!job->is_taken && strcmp (job->path, path) == 0)
        return job;
    }
  return NULL;
}

bool
cli_network_has (const char *path)
{
  return find (path) != NULL;
}

/* --- How far it is --- */

/* The one that is there last, as far as anybody knows. */
static double
left_of (const Job *job)
{
  if (job->is_over)
    return -1;
  if (job->status.phase == PROF_HTTP_RECEIVING)
    return 0;
  return MAX (job->status.seconds - job->status.phase_s, 0);
}

static const Job *
last_job (void)
{
  const Job *last = jobs->pdata[0];

  for (guint j = 1; j < jobs->len; j++)
    if (left_of (jobs->pdata[j]) > left_of (last))
      last = jobs->pdata[j];
  return last;
}

static char *
describe (const ProfHttpStatus *status)
{
  g_autofree char *received = NULL;
  unsigned         passed = (unsigned)MIN (status->phase_s, status->seconds);

  switch (status->phase)
    {
    case PROF_HTTP_RECEIVING:
      received = prof_unit_human ((int64_t)status->received, "bytes");
      return g_strdup_printf (_ ("Receiving… %s"), received);
    case PROF_HTTP_WAITING:
      if (status->seconds > 0)
        return g_strdup_printf (_ ("Collecting… %u of %u s"),
                                passed,
                                status->seconds);
      return g_strdup (_ ("Waiting for the server…"));
    case PROF_HTTP_CONNECTING:
    default:
      return g_strdup (_ ("Connecting…"));
    }
}

static void
draw (void)
{
  g_autofree char *text = describe (&last_job ()->status);

  fprintf (stderr, "\r\033[K%s", text);
  fflush (stderr);
}

/* Called under the lock. */
static void
wait_for (const Job *job)
{
  bool   is_drawn = false;
  gint64 due = began + FIRST_US;

  if (!isatty (STDERR_FILENO))
    due = G_MAXINT64;
  while (!job->is_over)
    {
      if (g_cond_wait_until (&changed, &lock, due))
        continue;
      draw ();
      is_drawn = true;
      due = g_get_monotonic_time () + NEXT_US;
    }
  if (is_drawn)
    fputs ("\r\033[K", stderr);
}

GBytes *
cli_network_take (const char *path, GError **error)
{
  Job *job = find (path);

  g_assert (job != NULL);
  job->is_taken = true;
  g_mutex_lock (&lock);
  wait_for (job);
  g_mutex_unlock (&lock);
  if (job->error != NULL)
    g_propagate_error (error, g_steal_pointer (&job->error));
  return g_steal_pointer (&job->bytes);
}
