/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/* What the benchmarks of one process share: clocks, and an order of times. */

#include <time.h>

/* Milliseconds of a clock: CLOCK_MONOTONIC, or one of the processor's. */
static inline double
bench_ms (clockid_t clock)
{
  struct timespec time;

  clock_gettime (clock, &time);
  return (double)time.tv_sec * 1e3 + (double)time.tv_nsec / 1e6;
}

/* For qsort() of doubles. */
static inline int
bench_compare (const void *a, const void *b)
{
  double x = *(const double *)a;
  double y = *(const double *)b;

  return (x > y) - (x < y);
}
