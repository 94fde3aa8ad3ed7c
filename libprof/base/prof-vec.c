/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "base/prof-vec.h"

/* Only tests write it, before their threads start. */
static int refuse_after = -1;

void
prof_vec_refuse_after (int n)
{
  refuse_after = n;
}

static bool
refused (void)
{
  if (G_LIKELY (refuse_after < 0))
    return false;
  if (refuse_after == 0)
    return true;
  refuse_after--;
  return false;
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
