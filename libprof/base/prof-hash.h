/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/* Hashes of what a file says. Whoever writes a file can work out numbers and
 * names that fall into one place of a table, and a million of them would take
 * hours; so hashes depend on a number that is drawn once a process. Tables are
 * never walked in their order, so nothing that comes out depends on it. */

#include <glib.h>
#include <stddef.h>
#include <stdint.h>

G_BEGIN_DECLS

/* Returns: a random number, the same one as long as the process runs */
uint64_t prof_hash_secret (void);

/* Every bit of @value reaches every bit of the hash. */
static inline uint64_t
prof_hash_mix (uint64_t secret, uint64_t value)
{
  value ^= secret;
  value = (value ^ value >> 32) * UINT64_C (0xff51afd7ed558ccd);
  value = (value ^ value >> 29) * (secret | 1);
  return value ^ value >> 32;
}

uint64_t prof_hash_bytes (const void *bytes, size_t length);

/* For a GHashTable, in place of g_str_hash() and g_int64_hash(): of text closed
 * by a NUL, and of an int64_t. */
guint prof_hash_text (gconstpointer text);
guint prof_hash_int64 (gconstpointer number);

G_END_DECLS
