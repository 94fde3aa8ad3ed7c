/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/* What something was before and is now, and how much of a change that is: a
 * step from -3 (much less) to 3 (much more), 0 for what may be noise. */

#include "model/prof-profile.h"

G_BEGIN_DECLS

/* In the unit of the type. Now less before is the difference that pprof
 * prints. */
typedef struct
{
  int64_t self_before, self_now;   /* without what is called */
  int64_t total_before, total_now; /* with it */
} ProfChange;

/* What changes are measured against. */
typedef struct
{
  double whole;  /* the larger of both profiles' totals */
  double sample; /* what one sample stands for, as in prof_change_sample() */
} ProfChangeScale;

#define PROF_CHANGE_MAX_STEP 3

/**
 * prof_change_sample:
 *
 * What one sample stands for in values of a type: the period where it is of the
 * type's unit; else the share of the samples that the next type with such a
 * period, or one that counts, has; else the mean of all samples.
 *
 * Returns: a value above 0
 */
double prof_change_sample (const ProfProfile *profile, size_t type);

/**
 * prof_change_step:
 *
 * The change of the total: 0 when it is below 5 % of the larger side, or below
 * max (3, 2 √n) of the n samples of both sides. Otherwise the smaller of how
 * much it is of the larger side (20 %, 50 %) and of the whole (1 %, 3 %), so that
 * small frames do not shout.
 *
 * Returns: -PROF_CHANGE_MAX_STEP to PROF_CHANGE_MAX_STEP
 */
int prof_change_step (const ProfChange *change, const ProfChangeScale *scale);

/* Was not there before, and is now. */
static inline bool
prof_change_is_new (const ProfChange *change)
{
  return change->total_before == 0 && change->total_now != 0;
}

/* Was there before, and is no more. */
static inline bool
prof_change_is_gone (const ProfChange *change)
{
  return change->total_before != 0 && change->total_now == 0;
}

G_END_DECLS
