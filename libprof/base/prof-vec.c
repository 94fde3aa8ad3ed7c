/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "base/prof-vec.h"

#include <stdatomic.h>

/* Only tests set it; threads count it down. */
static atomic_int refuse_after = -1;

void
prof_vec_refuse_after (int n)
{
  atomic_store (&refuse_after, n);
}

static bool
refused (void)
{
  int left = atomic_load (&refuse_after);

  while (left > 0 &&
         !atomic_compare_exchange_weak (&refuse_after, &left, left - 1))
    ;
  return left == 0;
}

void *
prof_vec_grow (void *data, size_t *capacity, size_t needed, size_t size)
{
  size_t wanted = MAX (*capacity + *capacity / 2, 16);
  void  *grown;

  if (wanted < needed)
    wanted = needed;
  if (refused ())
    return NULL;
  grown = g_try_realloc_n (data, wanted, size);
  if (grown == NULL)
    return NULL;
  *capacity = wanted;
  return grown;
}
