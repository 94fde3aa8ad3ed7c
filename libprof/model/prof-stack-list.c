/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "model/prof-stack-list.h"

#include "base/prof-block.h"

/* Entries of the first block and of the largest, some MiB. */
#define FIRST_ROOM ((size_t)32 << 10)
#define LARGE_ROOM ((size_t)2 << 20)

void
prof_stack_list_clear (ProfStackList *self)
{
  for (size_t b = 0; b < self->blocks.length; b++)
    g_free (self->blocks.data[b].entries);
  prof_vec_stack_block_clear (&self->blocks);
  prof_vec_u32_clear (&self->lengths);
  prof_vec_u32_clear (&self->locations);
  prof_vec_u32_clear (&self->scratch);
  self->bytes = 0;
}

size_t
prof_stack_list_bytes (const ProfStackList *self)
{
  return self->bytes + (self->lengths.length + self->locations.length +
                        self->scratch.length) *
                           sizeof (uint32_t);
}

uint32_t *
prof_stack_list_room (ProfStackList *self, size_t n)
{
  /* One more, so that there is a place for an empty stack too. */
  self->scratch.length = 0;
  if (!prof_vec_u32_reserve (&self->scratch, n + 1))
    return NULL;
  self->scratch.length = n;
  return self->scratch.data;
}

/* Blocks grow up to the largest; a longer stack has one for itself. There is a byte
 * to spare, so that four can be read of each entry. */
static bool
begin_block (ProfStackList *self, size_t n, unsigned width)
{
  size_t         grown = FIRST_ROOM;
  ProfStackBlock block = {
    .width = width,
    .first_stack = (uint32_t)self->lengths.length,
  };

  if (self->blocks.length > 0)
    grown = self->blocks.data[self->blocks.length - 1].room * 4;
  block.room = MAX (MIN (grown, LARGE_ROOM), n);
  if (!prof_vec_stack_block_reserve (&self->blocks, 1))
    return false;
  block.entries = prof_block_try (block.room * width + 1, 1);
  if (block.entries == NULL)
    return false;
  self->bytes += block.room * width;
  return prof_vec_stack_block_append (&self->blocks, block);
}

/* (nullable): the block that takes @n entries more. */
static ProfStackBlock *
block_for (ProfStackList *self, size_t n, unsigned width)
{
  ProfStackBlock *last = NULL;

  if (self->blocks.length > 0)
    last = &self->blocks.data[self->blocks.length - 1];
  if (last != NULL && last->width == width && n <= last->room - last->length)
    return last;
  if (!begin_block (self, n, width))
    return NULL;
  return &self->blocks.data[self->blocks.length - 1];
}

static unsigned
width_for (size_t n_mentions)
{
  if (n_mentions <= (size_t)1 << 16)
    return 2;
  return n_mentions <= (size_t)1 << 24 ? 3 : 4;
}

static void
write_narrow (ProfStackBlock *block, const uint32_t *mentions, size_t n)
{
  uint16_t *to = (uint16_t *)(void *)block->entries + block->length;

  for (size_t i = 0; i < n; i++)
    to[i] = (uint16_t)mentions[i];
}

static void
write_wide (ProfStackBlock *block, const uint32_t *mentions, size_t n)
{
  uint8_t *to = block->entries + block->width * block->length;

  for (size_t i = 0; i < n; i++)
    {
      uint32_t bytes = GUINT32_TO_LE (mentions[i]);

      memcpy (to + block->width * i, &bytes, sizeof bytes);
    }
}

bool
prof_stack_list_add (ProfStackList *self, size_t n, size_t n_mentions)
{
  const uint32_t *mentions = self->scratch.data;
  ProfStackBlock *block = block_for (self, n, width_for (n_mentions));

  if (block == NULL || !prof_vec_u32_append (&self->lengths, (uint32_t)n))
    return false;
  (block->width == 2 ? write_narrow : write_wide) (block, mentions, n);
  block->length += n;
  block->n_stacks++;
  return true;
}
