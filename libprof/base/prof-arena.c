/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "base/prof-arena.h"

#include "base/prof-vec.h"
#include <stdalign.h>

#define FIRST_BLOCK (16u << 10)

typedef struct _Block Block;
struct _Block
{
  Block *before;
  size_t room; /* bytes of data */
  size_t used;
  alignas (max_align_t) uint8_t data[];
};

struct _ProfArena
{
  Block *block; /* the one that is filled; owns those before it */
  size_t limit;
  size_t taken; /* since the last reset */
};

/* Through prof_vec_grow(), so that tests can refuse it. */
static Block *
block_new (Block *before, size_t room)
{
  size_t bytes = 0;
  Block *block = prof_vec_grow (NULL, &bytes, sizeof (Block) + room, 1);

  if (block == NULL)
    return NULL;
  block->before = before;
  block->room = bytes - sizeof (Block);
  block->used = 0;
  return block;
}

ProfArena *
prof_arena_new (size_t limit)
{
  ProfArena *self = g_new0 (ProfArena, 1);

  self->limit = limit;
  return self;
}

static void
free_blocks (Block *block)
{
  while (block != NULL)
    {
      Block *before = block->before;

      g_free (block);
      block = before;
    }
}

void
prof_arena_free (ProfArena *self)
{
  if (self == NULL)
    return;
  free_blocks (self->block);
  g_free (self);
}

void *
prof_arena_alloc (ProfArena *self, size_t size)
{
  const size_t align = alignof (max_align_t);
  void        *data;

  if (size > self->limit - self->taken)
    return NULL;
  self->taken += size;
  if (size > SIZE_MAX / 2)
    return NULL;
  size = (size + align - 1) & ~(align - 1);
  if (self->block == NULL || size > self->block->room - self->block->used)
    {
      /* Doubling keeps the number of blocks small whatever is asked for. */
      size_t room = self->block == NULL ? FIRST_BLOCK : self->block->room * 2;
      Block *block = block_new (self->block, MAX (size, room));

      if (block == NULL)
        return NULL;
      self->block = block;
    }
  data = self->block->data + self->block->used;
  self->block->used += size;
  return data;
}

void
prof_arena_reset (ProfArena *self)
{
  self->taken = 0;
  if (self->block == NULL)
    return;
  /* A large block was for one unusual message: do not hold on to it. */
  if (self->block->before != NULL)
    {
      free_blocks (self->block);
      self->block = NULL;
      return;
    }
  self->block->used = 0;
}
