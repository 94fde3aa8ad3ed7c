/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "analysis/prof-call-table.h"

#include "base/prof-block.h"

#define FIRST_SLOTS 4096

/* Where to look for a call first. */
static size_t
first_slot (const ProfCallTable *self, uint32_t source, uint32_t target)
{
  uint64_t key = (uint64_t)source << 32 | target;

  return (key * UINT64_C (0x9e3779b97f4a7c15)) >> 32 & (self->n_slots - 1);
}

/* The slot of a call, or the one where it would be. */
static uint32_t *
find_slot (const ProfCallTable *self, uint32_t source, uint32_t target)
{
  for (size_t slot = first_slot (self, source, target);; slot++)
    {
      uint32_t           *place = &self->slots[slot & (self->n_slots - 1)];
      const ProfCallCell *cell;

      if (*place == PROF_ID_NONE)
        return place;
      cell = &self->cells.data[*place];
      if (cell->source == source && cell->target == target)
        return place;
    }
}

static void
grow_slots (ProfCallTable *self)
{
  self->n_slots = MAX (self->n_slots * 2, FIRST_SLOTS);
  g_free (self->slots);
  self->slots = prof_block_new (uint32_t, self->n_slots);
  memset (self->slots, 0xff, self->n_slots * sizeof *self->slots);
  for (size_t c = 0; c < self->cells.length; c++)
    {
      const ProfCallCell *cell = &self->cells.data[c];

      *find_slot (self, cell->source, cell->target) = (uint32_t)c;
    }
}

uint32_t
prof_call_table_find (const ProfCallTable *self,
                      uint32_t             source,
                      uint32_t             target)
{
  return self->n_slots > 0 ? *find_slot (self, source, target) : PROF_ID_NONE;
}

uint32_t
prof_call_table_add (ProfCallTable *self, uint32_t source, uint32_t target)
{
  ProfCallCell cell = { .source = source, .target = target };
  uint32_t    *slot;

  if (self->cells.length * 2 >= self->n_slots)
    grow_slots (self);
  slot = find_slot (self, source, target);
  if (*slot != PROF_ID_NONE)
    return *slot;
  /* Calls are fewer than frames, which are in memory already. */
  prof_need_memory (self->cells.length < PROF_ID_NONE &&
                    prof_vec_call_cell_append (&self->cells, cell));
  return *slot = (uint32_t)self->cells.length - 1;
}

static void
fetch_slots (const ProfCallTable *self, const ProfCallQueue *queue)
{
  for (size_t e = 0; e < queue->n; e++)
    {
      const ProfCallEvent *event = &queue->events[e];

      if (event->cell == PROF_ID_NONE)
        __builtin_prefetch (
            &self->slots[first_slot (self, event->source, event->target)]);
    }
}

static void
fetch_cells (const ProfCallTable *self, const ProfCallQueue *queue)
{
  for (size_t e = 0; e < queue->n; e++)
    {
      const ProfCallEvent *event = &queue->events[e];
      uint32_t             cell = event->cell;

      if (cell == PROF_ID_NONE)
        cell = self->slots[first_slot (self, event->source, event->target)];
      if (cell != PROF_ID_NONE)
        __builtin_prefetch (&self->cells.data[cell], 1);
    }
}

void
prof_call_table_count (ProfCallTable *self, ProfCallQueue *queue)
{
  if (self->n_slots == 0)
    grow_slots (self);
  fetch_slots (self, queue);
  fetch_cells (self, queue);
  for (size_t e = 0; e < queue->n; e++)
    {
      const ProfCallEvent *event = &queue->events[e];
      uint32_t             call = event->cell;
      ProfCallCell        *cell;

      if (call == PROF_ID_NONE)
        call = prof_call_table_add (self, event->source, event->target);
      cell = &self->cells.data[call];
      if (cell->seen != event->sample)
        cell->weight += event->weight;
      cell->seen = event->sample;
    }
  queue->n = 0;
}

void
prof_call_table_copy (ProfCallTable *self, const ProfCallTable *other)
{
  *self = (ProfCallTable){ .n_slots = other->n_slots };
  if (other->n_slots == 0)
    return;
  self->slots = prof_block_new (uint32_t, other->n_slots);
  memcpy (self->slots, other->slots, other->n_slots * sizeof *self->slots);
  prof_need_memory (prof_vec_call_cell_extend (&self->cells,
                                               other->cells.data,
                                               other->cells.length));
}

void
prof_call_table_clear (ProfCallTable *self)
{
  prof_vec_call_cell_clear (&self->cells);
  g_clear_pointer (&self->slots, g_free);
  self->n_slots = 0;
}
