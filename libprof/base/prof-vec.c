/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "base/prof-vec.h"

#include "base/prof-block.h"
#include <stdatomic.h>

#define MAX_QUADRUPLED ((size_t)64 << 20) /* bytes */

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

/* By half. Large blocks are copied, though, and what nobody has written to is only
 * address space: those quadruple. */
static size_t
enlarged (size_t capacity, size_t size)
{
  if (capacity >= PROF_BLOCK_LARGE / size && capacity <= MAX_QUADRUPLED / size)
    return capacity * 4;
  return MAX (capacity + capacity / 2, 16);
}

void *
prof_vec_grow (void *data, size_t *capacity, size_t needed, size_t size)
{
  size_t wanted = MAX (enlarged (*capacity, size), needed);
  size_t bytes;
  void  *grown;

  if (refused () || !g_size_checked_mul (&bytes, wanted, size) ||
      bytes > G_MAXSSIZE)
    return NULL;
  bytes = prof_block_room (bytes);
  grown = prof_block_resize (data, *capacity * size, bytes);
  if (grown == NULL)
    return NULL;
  *capacity = bytes / size;
  return grown;
}
