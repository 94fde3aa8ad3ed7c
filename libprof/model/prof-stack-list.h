/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/* Stacks as they came, one after the other: what a profile keeps in place of a stack
 * table for whoever only wants sums of frames. Writing a frame down costs 1 ns and
 * two bytes, following it through a table 6 to 18 ns and, where stacks have little
 * in common, 16 bytes; each sum goes through all frames then, at 1 to 2 ns.
 *
 * Entries are mentions: numbers of locations in order of first use, which fit into
 * two bytes as long as there are not too many, then into three, then four.
 *
 *   blocks   | c b a  d b a  b a | e c b a ... |   leaf first
 *   lengths      3      3     2       4
 */

#include "base/prof-vec.h"
#include "model/prof-profile.h"

G_BEGIN_DECLS

typedef struct
{
  uint8_t *entries; /* (owned) */
  unsigned width;   /* bytes of one: 2 to 4 */
  size_t   length;  /* entries */
  size_t   room;
  uint32_t first_stack;
  uint32_t n_stacks;
} ProfStackBlock;

PROF_VEC_DEFINE (ProfVecStackBlock, prof_vec_stack_block, ProfStackBlock)

/* All zeros is empty. */
struct _ProfStackList
{
  ProfVecStackBlock blocks;
  ProfVecU32        lengths;   /* of each stack */
  ProfVecU32        locations; /* of each mention, once they are known */
  ProfVecU32        scratch;   /* the stack that is being written down */
  size_t            bytes;     /* of the blocks */
};

void prof_stack_list_clear (ProfStackList *self);

/* Bytes it takes. */
size_t prof_stack_list_bytes (const ProfStackList *self);

/**
 * prof_stack_list_room:
 *
 * Returns: (transfer none): where to write the @n mentions of the next stack, leaf
 *   first, before prof_stack_list_add(); %NULL when memory is refused
 */
uint32_t *prof_stack_list_room (ProfStackList *self, size_t n);

/**
 * prof_stack_list_add:
 * @n_mentions: how many there are by now; all of the stack are below
 *
 * Returns: %false when memory is refused
 */
bool prof_stack_list_add (ProfStackList *self, size_t n, size_t n_mentions);

/* A mention of a block whose width is 2. */
static inline uint32_t
prof_stack_block_narrow (const ProfStackBlock *self, size_t entry)
{
  return ((const uint16_t *)(const void *)self->entries)[entry];
}

/* Of any other width. There is a byte to spare behind the last one. */
static inline uint32_t
prof_stack_block_wide (const ProfStackBlock *self, size_t entry)
{
  uint32_t bytes;

  memcpy (&bytes, self->entries + self->width * entry, sizeof bytes);
  return GUINT32_FROM_LE (bytes) & UINT32_MAX >> (32 - 8 * self->width);
}

static inline uint32_t
prof_stack_block_get (const ProfStackBlock *self, size_t entry)
{
  return self->width == 2 ? prof_stack_block_narrow (self, entry)
                          : prof_stack_block_wide (self, entry);
}

G_END_DECLS
