/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "base/prof-hash.h"

#include <string.h>

static gpointer
draw (gpointer data)
{
  uint64_t *secret = g_new (uint64_t, 1);

  *secret = (uint64_t)g_random_int () << 32 | g_random_int ();
  return secret;
}

uint64_t
prof_hash_secret (void)
{
  static GOnce once = G_ONCE_INIT;

  return *(const uint64_t *)g_once (&once, draw, NULL);
}

uint64_t
prof_hash_bytes (const void *bytes, size_t length)
{
  const char *at = bytes;
  uint64_t    secret = prof_hash_secret ();
  uint64_t    hash = secret ^ length;
  uint64_t    word;

  for (; length >= sizeof word; at += sizeof word, length -= sizeof word)
    {
      memcpy (&word, at, sizeof word);
      hash = (hash ^ word) * (secret | 1);
      hash ^= hash >> 32;
    }
  word = 0;
  if (length > 0)
    memcpy (&word, at, length);
  return prof_hash_mix (secret, hash ^ word);
}

guint
prof_hash_text (gconstpointer text)
{
  return (guint)prof_hash_bytes (text, strlen (text));
}

guint
prof_hash_int64 (gconstpointer number)
{
  return (guint)prof_hash_mix (prof_hash_secret (), *(const uint64_t *)number);
}
