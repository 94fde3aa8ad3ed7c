/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/* Finds rows of a table again by what they are: a hash table of row numbers,
 * beside a table that somebody else keeps. A row's key is either all there is to
 * it, or a hash of it; then several rows can have one key, and whoever asks
 * compares the rows.
 *
 *   ProfRowProbe probe = prof_row_index_probe (index, key);
 *
 *   while ((row = prof_row_index_next (index, &probe)) != PROF_ID_NONE)
 *     if (is_the_same (row))
 *       return row;
 *   prof_row_index_add (index, key);
 */

#include "base/prof-hash.h"
#include "base/prof-types.h"
#include "base/prof-vec.h"

G_BEGIN_DECLS

typedef struct
{
  /* Owned */
  uint32_t  *slots;   /* rows + 1; 0 is free */
  size_t     n_slots; /* a power of two, or 0 */
  ProfVecU64 keys;    /* for each row */
} ProfRowIndex;

/* An index that is all zeros is empty. */
void prof_row_index_clear (ProfRowIndex *self);

/**
 * prof_row_index_add:
 *
 * Adds the next row: the first one is 0.
 *
 * Returns: %false when memory is refused
 */
bool prof_row_index_add (ProfRowIndex *self, uint64_t key);

typedef struct
{
  uint64_t key;
  size_t   slot;
} ProfRowProbe;

static inline size_t
prof_row_index_first_slot (const ProfRowIndex *self, uint64_t key)
{
  return (size_t)prof_hash_mix (prof_hash_secret (), key) & (self->n_slots - 1);
}

static inline ProfRowProbe
prof_row_index_probe (const ProfRowIndex *self, uint64_t key)
{
  ProfRowProbe probe = { key, 0 };

  if (self->n_slots > 0)
    probe.slot = prof_row_index_first_slot (self, key);
  return probe;
}

/* The next row with the key, or PROF_ID_NONE. */
static inline uint32_t
prof_row_index_next (const ProfRowIndex *self, ProfRowProbe *probe)
{
  if (self->n_slots == 0)
    return PROF_ID_NONE;
  while (self->slots[probe->slot] != 0)
    {
      uint32_t row = self->slots[probe->slot] - 1;

      probe->slot = (probe->slot + 1) & (self->n_slots - 1);
      if (self->keys.data[row] == probe->key)
        return row;
    }
  return PROF_ID_NONE;
}

/* Goes on with a key by some more bits of what a row is. */
static inline uint64_t
prof_row_index_mix (uint64_t key, uint64_t more)
{
  uint64_t secret = prof_hash_secret ();

  return prof_hash_mix (secret, prof_hash_mix (secret, key) ^ more);
}

G_END_DECLS
