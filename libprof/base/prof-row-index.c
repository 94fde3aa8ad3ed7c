/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "base/prof-row-index.h"

#include "base/prof-limits.h"

#define FIRST_SLOTS 64

void
prof_row_index_clear (ProfRowIndex *self)
{
  g_free (self->slots);
  prof_vec_u64_clear (&self->keys);
  self->slots = NULL;
  self->n_slots = 0;
}

static void
place (ProfRowIndex *self, uint32_t row)
{
  size_t slot = prof_row_index_first_slot (self, self->keys.data[row]);

  while (self->slots[slot] != 0)
    slot = (slot + 1) & (self->n_slots - 1);
  self->slots[slot] = row + 1;
}

static bool
grow (ProfRowIndex *self)
{
  size_t    n_slots = MAX (self->n_slots * 2, FIRST_SLOTS);
  uint32_t *slots = g_try_new0 (uint32_t, n_slots);

  if (slots == NULL)
    return false;
  g_free (self->slots);
  self->slots = slots;
  self->n_slots = n_slots;
  for (size_t row = 0; row < self->keys.length; row++)
    place (self, (uint32_t)row);
  return true;
}

bool
prof_row_index_add (ProfRowIndex *self, uint64_t key)
{
  if (self->keys.length >= PROF_MAX_ROWS ||
      ((self->keys.length + 1) * 2 > self->n_slots && !grow (self)) ||
      !prof_vec_u64_append (&self->keys, key))
    return false;
  place (self, (uint32_t)(self->keys.length - 1));
  return true;
}
