/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "base/prof-strings.h"

#include "base/prof-hash.h"
#include "base/prof-limits.h"
#include "base/prof-vec.h"
#include <string.h>

/* The text lies in chunks that never move, so that a pointer to it stays good
 * while more is interned. Ids are found through an open-addressing table of
 * ids, at most half full. */

#define CHUNK_SIZE    (256u << 10)
#define FIRST_SLOTS   1024
#define FIRST_ENTRIES 16

typedef struct
{
  const char *text;
  uint32_t    length;
  uint32_t    hash;
} Entry;

PROF_VEC_DEFINE (VecEntry, vec_entry, Entry)
PROF_VEC_DEFINE (VecChunk, vec_chunk, char *)

struct _ProfStrings
{
  gatomicrefcount ref_count;

  VecEntry entries;

  VecChunk chunks;
  size_t   used;   /* bytes of the last chunk */
  size_t   room;   /* bytes the last chunk has */
  size_t   stored; /* bytes of all chunks */

  ProfStringId *slots; /* PROF_ID_NONE is free */
  size_t        n_slots;
};

static uint32_t
hash_of (const char *text, size_t length)
{
  return (uint32_t)prof_hash_bytes (text, length);
}

static size_t
find_slot (const ProfStrings *self,
           const char        *text,
           size_t             length,
           uint32_t           hash)
{
  size_t mask = self->n_slots - 1;

  for (size_t slot = hash & mask;; slot = (slot + 1) & mask)
    {
      ProfStringId id = self->slots[slot];
      const Entry *entry;

      if (id == PROF_ID_NONE)
        return slot;
      entry = &self->entries.data[id];
      if (entry->hash == hash && entry->length == length &&
          memcmp (entry->text, text, length) == 0)
        return slot;
    }
}

static bool
grow_slots (ProfStrings *self)
{
  size_t        n_slots = self->n_slots * 2;
  ProfStringId *slots = g_try_new (ProfStringId, n_slots);

  if (slots == NULL)
    return false;
  memset (slots, 0xff, n_slots * sizeof *slots);
  for (size_t id = 0; id < self->entries.length; id++)
    {
      size_t slot = self->entries.data[id].hash & (n_slots - 1);

      while (slots[slot] != PROF_ID_NONE)
        slot = (slot + 1) & (n_slots - 1);
      slots[slot] = (ProfStringId)id;
    }
  g_free (self->slots);
  self->slots = slots;
  self->n_slots = n_slots;
  return true;
}

/* Copies the text behind what is there, with a NUL. */
static char *
store (ProfStrings *self, const char *text, size_t length)
{
  char *copy;

  if (length + 1 > self->room - self->used)
    {
      size_t room = MAX (length + 1, CHUNK_SIZE);
      char  *chunk;

      if (!vec_chunk_reserve (&self->chunks, 1))
        return NULL;
      chunk = g_try_malloc (room);
      if (chunk == NULL)
        return NULL;
      vec_chunk_append (&self->chunks, chunk);
      self->room = room;
      self->stored += room;
      self->used = 0;
    }
  copy = self->chunks.data[self->chunks.length - 1] + self->used;
  if (length > 0)
    memcpy (copy, text, length);
  copy[length] = '\0';
  self->used += length + 1;
  return copy;
}

/* All of it has a size of its own: no memory for that ends the program, as with
 * every small thing. */
ProfStrings *
prof_strings_new (void)
{
  ProfStrings *self = g_new0 (ProfStrings, 1);
  uint32_t     hash = hash_of ("", 0);

  g_atomic_ref_count_init (&self->ref_count);
  self->entries.data = g_new (Entry, FIRST_ENTRIES);
  self->entries.capacity = FIRST_ENTRIES;
  self->entries.data[self->entries.length++] = (Entry){ "", 0, hash };
  self->n_slots = FIRST_SLOTS;
  self->slots = g_new (ProfStringId, FIRST_SLOTS);
  memset (self->slots, 0xff, FIRST_SLOTS * sizeof *self->slots);
  self->slots[hash & (FIRST_SLOTS - 1)] = 0;
  return self;
}

ProfStrings *
prof_strings_ref (ProfStrings *self)
{
  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

ProfStrings *
prof_strings_copy (const ProfStrings *self)
{
  g_autoptr (ProfStrings) copy = prof_strings_new ();

  for (size_t s = 1; s < self->entries.length; s++)
    {
      const Entry *entry = &self->entries.data[s];
      ProfStringId id;

      if (!prof_strings_intern (copy, entry->text, entry->length, &id))
        return NULL;
    }
  return g_steal_pointer (&copy);
}

void
prof_strings_unref (ProfStrings *self)
{
  if (self == NULL || !g_atomic_ref_count_dec (&self->ref_count))
    return;
  for (size_t i = 0; i < self->chunks.length; i++)
    g_free (self->chunks.data[i]);
  vec_chunk_clear (&self->chunks);
  vec_entry_clear (&self->entries);
  g_free (self->slots);
  g_free (self);
}

bool
prof_strings_intern (ProfStrings  *self,
                     const char   *text,
                     size_t        length,
                     ProfStringId *id)
{
  uint32_t hash = hash_of (text, length);
  size_t   slot;
  char    *copy;

  if (self->entries.length * 2 >= self->n_slots && !grow_slots (self))
    return false;
  slot = find_slot (self, text, length, hash);
  if (self->slots[slot] != PROF_ID_NONE)
    {
      *id = self->slots[slot];
      return true;
    }
  if (self->entries.length >= PROF_MAX_ROWS || length > PROF_MOST_STRING ||
      !vec_entry_reserve (&self->entries, 1))
    return false;
  copy = store (self, text, length);
  if (copy == NULL)
    return false;
  *id = (ProfStringId)self->entries.length;
  vec_entry_append (&self->entries,
                    (Entry){ .text = copy,
                             .length = (uint32_t)length,
                             .hash = hash });
  self->slots[slot] = *id;
  return true;
}

ProfStringId
prof_strings_lookup (const ProfStrings *self, const char *text, size_t length)
{
  return self->slots[find_slot (self, text, length, hash_of (text, length))];
}

const char *
prof_strings_get (const ProfStrings *self, ProfStringId id, size_t *length)
{
  g_assert (id < self->entries.length);

  if (length != NULL)
    *length = self->entries.data[id].length;
  return self->entries.data[id].text;
}

size_t
prof_strings_n (const ProfStrings *self)
{
  return self->entries.length;
}

size_t
prof_strings_bytes (const ProfStrings *self)
{
  return self->stored + self->entries.length * sizeof (Entry) +
         self->n_slots * sizeof *self->slots;
}
