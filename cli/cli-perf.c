/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "cli.h"

#include <signal.h>

/* A recording is read by another program, in a process group of its own: what
 * interrupts us does not interrupt it. So we wait until it has ended, and go
 * on as if interrupted then. */

#define STEP_US 20000

static const int signals[] = { SIGINT, SIGTERM, SIGHUP };

static volatile sig_atomic_t caught;

static void
note (int number)
{
  caught = number;
}

typedef struct
{
  GCancellable *cancellable;
  int           is_done; /* atomic */
} Watch;

static gpointer
watch (gpointer data)
{
  Watch *self = data;

  while (!g_atomic_int_get (&self->is_done))
    {
      if (caught != 0)
        g_cancellable_cancel (self->cancellable);
      g_usleep (STEP_US);
    }
  return NULL;
}

/* What a shell has told us to ignore stays ignored. */
static void
set_handlers (struct sigaction *before)
{
  struct sigaction action = { .sa_handler = note };

  caught = 0;
  for (size_t s = 0; s < G_N_ELEMENTS (signals); s++)
    {
      sigaction (signals[s], NULL, &before[s]);
      if (before[s].sa_handler != SIG_IGN)
        sigaction (signals[s], &action, NULL);
    }
}

static void
reset_handlers (const struct sigaction *before)
{
  for (size_t s = 0; s < G_N_ELEMENTS (signals); s++)
    sigaction (signals[s], &before[s], NULL);
  if (caught != 0)
    raise (caught);
}

ProfProfile *
cli_perf_load (const char *path, const ProfLimits *limits, GError **error)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (ProfProgress) progress = prof_progress_new (cancellable);
  Watch                    self = { .cancellable = cancellable };
  struct sigaction         before[G_N_ELEMENTS (signals)];
  GThread                 *thread;
  ProfProfile             *profile;

  set_handlers (before);
  thread = g_thread_new ("interrupts", watch, &self);
  profile = prof_perf_data_load (path, limits, progress, error);
  g_atomic_int_set (&self.is_done, 1);
  g_thread_join (thread);
  reset_handlers (before);
  return profile;
}
