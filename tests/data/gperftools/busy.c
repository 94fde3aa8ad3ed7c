/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* Works for six tenths of a second and keeps some memory, to be profiled. */

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

static void *kept[300];

__attribute__ ((noinline)) static uint64_t
inner (uint64_t n)
{
  uint64_t hash = n;

  for (uint64_t i = 0; i < n; i++)
    hash = hash * UINT64_C (6364136223846793005) + i;
  return hash;
}

__attribute__ ((noinline)) static uint64_t
outer (int depth)
{
  return depth > 0 ? outer (depth - 1) + 1 : inner (400000);
}

__attribute__ ((noinline)) static void
keep (size_t size)
{
  for (size_t i = 0; i < 300; i++)
    {
      kept[i] = malloc (size);
      memset (kept[i], 1, size);
    }
}

int
main (void)
{
  uint64_t sum = 0;
  clock_t  end = clock () + CLOCKS_PER_SEC * 6 / 10;

  keep (4096);
  while (clock () < end)
    sum += outer (3) + inner (100000);
  printf ("%llu\n", (unsigned long long)sum);
  return 0;
}
