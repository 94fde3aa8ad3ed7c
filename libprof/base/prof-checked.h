/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/* Sums of numbers that a file chose: they stop at the end of their type instead
 * of going round. */

#include <stdint.h>

static inline int64_t
prof_add_i64 (int64_t a, int64_t b)
{
  int64_t sum;

  if (__builtin_add_overflow (a, b, &sum))
    return b > 0 ? INT64_MAX : INT64_MIN;
  return sum;
}

static inline int64_t
prof_sub_i64 (int64_t a, int64_t b)
{
  int64_t difference;

  if (__builtin_sub_overflow (a, b, &difference))
    return b < 0 ? INT64_MAX : INT64_MIN;
  return difference;
}

static inline uint64_t
prof_add_u64 (uint64_t a, uint64_t b)
{
  uint64_t sum;

  return __builtin_add_overflow (a, b, &sum) ? UINT64_MAX : sum;
}

static inline uint64_t
prof_abs_u64 (int64_t value)
{
  return value < 0 ? -(uint64_t)value : (uint64_t)value;
}
