/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "base/prof-idmap.h"

#include "base/prof-hash.h"
#include "base/prof-types.h"
#include "base/prof-vec.h"
#include <string.h>

/* Ids below this factor of how many there are go to the dense table. */
#define DENSE_FACTOR 4
#define DENSE_FIRST  1024
#define FIRST_SLOTS  64

void
prof_idmap_init (ProfIdmap *self)
{
  memset (self, 0, sizeof *self);
}

void
prof_idmap_clear (ProfIdmap *self)
{
  g_free (self->dense);
  g_free (self->keys);
  g_free (self->rows);
  prof_idmap_init (self);
}

static size_t
find_slot (const uint64_t *keys, size_t n_slots, uint64_t id)
{
  size_t slot = (size_t)prof_hash_mix (prof_hash_secret (), id) & (n_slots - 1);

  while (keys[slot] != 0 && keys[slot] != id)
    slot = (slot + 1) & (n_slots - 1);
  return slot;
}

uint32_t
prof_idmap_get_slow (const ProfIdmap *self, uint64_t id)
{
  size_t slot;

  if (self->n_slots == 0 || id == 0)
    return PROF_ID_NONE;
  slot = find_slot (self->keys, self->n_slots, id);
  return self->keys[slot] == id ? self->rows[slot] : PROF_ID_NONE;
}

static bool
grow_hash (ProfIdmap *self)
{
  size_t    n_slots = MAX (self->n_slots * 2, FIRST_SLOTS);
  uint64_t *keys = g_try_new0 (uint64_t, n_slots);
  uint32_t *rows = g_try_new (uint32_t, n_slots);

  if (keys == NULL || rows == NULL)
    {
      g_free (keys);
      g_free (rows);
      return false;
    }
  for (size_t i = 0; i < self->n_slots; i++)
    if (self->keys[i] != 0)
      {
        size_t slot = find_slot (keys, n_slots, self->keys[i]);

        keys[slot] = self->keys[i];
        rows[slot] = self->rows[i];
      }
  g_free (self->keys);
  g_free (self->rows);
  self->keys = keys;
  self->rows = rows;
  self->n_slots = n_slots;
  return true;
}

static bool
put_hashed (ProfIdmap *self, uint64_t id, uint32_t row)
{
  size_t slot;

  if (self->n_hashed * 2 >= self->n_slots && !grow_hash (self))
    return false;
  slot = find_slot (self->keys, self->n_slots, id);
  self->keys[slot] = id;
  self->rows[slot] = row;
  self->n_hashed++;
  return true;
}

/* Enlarges the dense table to hold @id. Ids that were hashed before stay in the
 * hash table too and are copied, so that a dense answer is always complete. */
static bool
grow_dense (ProfIdmap *self, uint64_t id)
{
  size_t    old = self->n_dense;
  size_t    capacity = old;
  uint32_t *dense = prof_vec_grow (self->dense,
                                   &capacity,
                                   (size_t)id + 1,
                                   sizeof *dense);

  if (dense == NULL)
    return false;
  self->dense = dense;
  for (size_t i = old; i < capacity; i++)
    dense[i] = PROF_ID_NONE;
  for (size_t i = 0; i < self->n_slots; i++)
    if (self->keys[i] >= old && self->keys[i] < capacity && self->keys[i] != 0)
      dense[self->keys[i]] = self->rows[i];
  self->n_dense = capacity;
  return true;
}

bool
prof_idmap_put (ProfIdmap *self, uint64_t id, uint32_t row)
{
  self->n++;
  if (id >= self->n_dense)
    {
      if (id / DENSE_FACTOR > self->n + DENSE_FIRST)
        return put_hashed (self, id, row);
      if (!grow_dense (self, id))
        return false;
    }
  self->dense[id] = row;
  return true;
}

size_t
prof_idmap_bytes (const ProfIdmap *self)
{
  return self->n_dense * sizeof *self->dense +
         self->n_slots * (sizeof *self->keys + sizeof *self->rows);
}
