/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "analysis/prof-change.h"

#include <math.h>
#include <string.h>

/* Below so much of the larger side nothing has changed. */
#define NO_CHANGE 0.05
/* Of the larger side, and of the whole: where the second and the third step
 * begin. */
#define SIDE_SECOND  0.20
#define SIDE_THIRD   0.50
#define WHOLE_SECOND 0.01
#define WHOLE_THIRD  0.03
/* Fewer samples more or less are chance: so many, or so many times the root. */
#define NOISE_SAMPLES 3
#define NOISE_ROOTS   2

/* A type in which one sample is worth @worth, or counted one by one. */
static bool
counts_samples (const ProfProfile *profile, size_t type, double *worth)
{
  ProfValueType period_type = prof_profile_period_type (profile);
  int64_t       period = prof_profile_period (profile);
  const char   *unit = prof_profile_type_unit (profile, type);

  *worth = 1;
  if (period > 0 &&
      strcmp (unit, prof_profile_string (profile, period_type.unit)) == 0)
    {
      *worth = (double)period;
      return true;
    }
  return strcmp (unit, "count") == 0 && period_type.unit == 0;
}

double
prof_change_sample (const ProfProfile *profile, size_t type)
{
  size_t n_types = prof_profile_n_types (profile);
  double total = (double)prof_profile_total (profile, type);
  size_t n_samples = prof_profile_n_samples (profile);
  double worth;

  /* "alloc_objects" stands before "alloc_space", so the next one is asked
   * first. */
  for (size_t i = 0; i < n_types; i++)
    {
      size_t other = (type + i) % n_types;
      double sum = (double)prof_profile_total (profile, other);

      if (!counts_samples (profile, other, &worth))
        continue;
      if (other == type)
        return worth;
      if (sum > 0 && total > 0)
        return total / sum * worth;
    }
  return total > 0 && n_samples > 0 ? total / (double)n_samples : 1;
}

static int
step_of (double share, double second, double third)
{
  if (share < second)
    return 1;
  return share < third ? 2 : PROF_CHANGE_MAX_STEP;
}

int
prof_change_step (const ProfChange *change, const ProfChangeScale *scale)
{
  double before = fabs ((double)change->total_before);
  double now = fabs ((double)change->total_now);
  double side = fmax (before, now);
  double delta = (double)change->total_now - (double)change->total_before;
  double size = fabs (delta);
  double samples = (before + now) / scale->sample;
  double noise = fmax (NOISE_SAMPLES, NOISE_ROOTS * sqrt (samples));
  int    step;

  if (size < NO_CHANGE * side || size < noise * scale->sample || !(size > 0))
    return 0;
  step = MIN (step_of (size / side, SIDE_SECOND, SIDE_THIRD),
              step_of (size / scale->whole, WHOLE_SECOND, WHOLE_THIRD));
  return delta < 0 ? -step : step;
}
