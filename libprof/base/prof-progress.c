/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "base/prof-progress.h"

/* The fraction is kept in millionths: an int can be atomic everywhere. */
#define UNKNOWN (-1)
#define WHOLE   1000000

struct _ProfProgress
{
  gatomicrefcount ref_count;
  GCancellable   *cancellable; /* a reference, or NULL */
  int             millionths;  /* atomic */
};

ProfProgress *
prof_progress_new (GCancellable *cancellable)
{
  ProfProgress *self = g_new0 (ProfProgress, 1);

  g_atomic_ref_count_init (&self->ref_count);
  g_set_object (&self->cancellable, cancellable);
  return self;
}

ProfProgress *
prof_progress_ref (ProfProgress *self)
{
  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

void
prof_progress_unref (ProfProgress *self)
{
  if (self == NULL || !g_atomic_ref_count_dec (&self->ref_count))
    return;
  g_clear_object (&self->cancellable);
  g_free (self);
}

bool
prof_progress_step (ProfProgress *self, double fraction, GError **error)
{
  int millionths = UNKNOWN;

  if (self == NULL)
    return true;
  if (fraction >= 0)
    millionths = (int)(MIN (fraction, 1.0) * WHOLE);
  g_atomic_int_set (&self->millionths, millionths);
  return !g_cancellable_set_error_if_cancelled (self->cancellable, error);
}

double
prof_progress_fraction (const ProfProgress *self)
{
  int millionths = g_atomic_int_get (&self->millionths);

  return millionths < 0 ? -1 : millionths / (double)WHOLE;
}
