/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* A call that is inlined, one that recurses, and one with two callers. */

__attribute__ ((always_inline)) static inline int
mix (int hash, int letter)
{
  return (hash * 31 + letter) ^ (hash >> 3);
}

__attribute__ ((noinline)) int
hash (const char *text)
{
  int hash = 0;

  for (; *text != '\0'; text++)
    hash = mix (hash, *text);
  return hash;
}

__attribute__ ((noinline)) int
fibonacci (int n)
{
  return n < 2 ? n : fibonacci (n - 1) + fibonacci (n - 2);
}

__attribute__ ((noinline)) int
early (int n)
{
  int sum = 0;

  for (int i = 0; i < 3 * n; i++)
    sum += hash ("a text that is hashed early");
  return sum;
}

__attribute__ ((noinline)) int
late (int n)
{
  int sum = 0;

  for (int i = 0; i < n; i++)
    sum += hash ("a text that is hashed late");
  return sum;
}

int
main (void)
{
  volatile int sum = early (100) + late (100) + fibonacci (12);

  return sum == 0;
}
