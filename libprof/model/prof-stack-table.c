/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "model/prof-stack-table.h"

#include "base/prof-block.h"
#include "base/prof-limits.h"
#include <string.h>

/* Children found by walking the list; past them the hash table is asked. */
#define WALKED_CHILDREN 32
#define FIRST_SLOTS     256
#define FIRST_NODES     16

/* Never 0: keys exist only for parents with children, and a child's node is
 * not PROF_ID_NONE for both halves. */
static uint64_t
key_of (ProfStackId parent, ProfLocationId location)
{
  return ((uint64_t)parent << 32 | location) + 1;
}

static size_t
find_slot (const uint64_t *keys, size_t n_slots, uint64_t key)
{
  uint64_t hash = key * UINT64_C (0x9e3779b97f4a7c15);
  size_t   slot = (size_t)(hash >> 24) & (n_slots - 1);

  while (keys[slot] != 0 && keys[slot] != key)
    slot = (slot + 1) & (n_slots - 1);
  return slot;
}

static uint32_t
lookup (const ProfStackTable *self, uint64_t key)
{
  size_t slot;

  if (self->n_slots == 0)
    return PROF_ID_NONE;
  slot = find_slot (self->keys, self->n_slots, key);
  return self->keys[slot] == key ? self->values[slot] : PROF_ID_NONE;
}

static bool
grow (ProfStackTable *self)
{
  size_t    n_slots = MAX (self->n_slots * 2, FIRST_SLOTS);
  uint64_t *keys = prof_block_try_new0 (uint64_t, n_slots);
  uint32_t *values = prof_block_try_new (uint32_t, n_slots);

  if (keys == NULL || values == NULL)
    {
      g_free (keys);
      g_free (values);
      return false;
    }
  for (size_t i = 0; i < self->n_slots; i++)
    if (self->keys[i] != 0)
      {
        size_t slot = find_slot (keys, n_slots, self->keys[i]);

        keys[slot] = self->keys[i];
        values[slot] = self->values[i];
      }
  g_free (self->keys);
  g_free (self->values);
  self->keys = keys;
  self->values = values;
  self->n_slots = n_slots;
  return true;
}

static bool
store (ProfStackTable *self, uint64_t key, uint32_t value)
{
  size_t slot;

  if (self->n_used * 2 >= self->n_slots && !grow (self))
    return false;
  slot = find_slot (self->keys, self->n_slots, key);
  if (self->keys[slot] == 0)
    self->n_used++;
  self->keys[slot] = key;
  self->values[slot] = value;
  return true;
}

/* The first nodes take as much in every table: no memory for them ends the
 * program, as with every small thing. */
void
prof_stack_table_init (ProfStackTable *self)
{
  ProfStackNode root = {
    PROF_ID_NONE,
    PROF_ID_NONE,
    PROF_ID_NONE,
    PROF_ID_NONE,
  };

  memset (self, 0, sizeof *self);
  self->nodes.data = g_new (ProfStackNode, FIRST_NODES);
  self->nodes.capacity = FIRST_NODES;
  prof_vec_stack_node_append (&self->nodes, root);
}

void
prof_stack_table_clear (ProfStackTable *self)
{
  prof_vec_stack_node_clear (&self->nodes);
  prof_vec_stack_step_clear (&self->path);
  g_free (self->keys);
  g_free (self->values);
  memset (self, 0, sizeof *self);
}

/* Appends a child behind @last, the parent's last child so far. */
static ProfStackId
new_child (ProfStackTable *self,
           ProfStackId     parent,
           ProfStackId     last,
           ProfLocationId  location)
{
  ProfStackId   id = (ProfStackId)self->nodes.length;
  ProfStackNode node = { location, parent, PROF_ID_NONE, PROF_ID_NONE };

  if (self->nodes.length >= PROF_MAX_ROWS ||
      !prof_vec_stack_node_append (&self->nodes, node))
    return PROF_ID_NONE;
  if (last == PROF_ID_NONE)
    self->nodes.data[parent].first_child = id;
  else
    self->nodes.data[last].next = id;
  return id;
}

/* The child of a node with more children than are walked. */
static ProfStackId
wide_child (ProfStackTable *self,
            ProfStackId     parent,
            ProfStackId     last_walked,
            ProfLocationId  location)
{
  ProfStackId id = lookup (self, key_of (parent, location));
  ProfStackId last;

  if (id != PROF_ID_NONE)
    return id;
  last = lookup (self, key_of (parent, PROF_ID_NONE));
  if (last == PROF_ID_NONE)
    last = last_walked;
  id = new_child (self, parent, last, location);
  if (id == PROF_ID_NONE || !store (self, key_of (parent, location), id) ||
      !store (self, key_of (parent, PROF_ID_NONE), id))
    return PROF_ID_NONE;
  return id;
}

/* Nine of ten steps lead to the node behind, as a new stack is laid down as a
 * row. To look there first waits for no link: the processor runs ahead, and the
 * misses of several steps overlap (5.9 ns a frame, then 4.9, for all of adding
 * the benchmark's stacks).
 *
 * Inline, as it is a step of every stack: the benchmark's top table took
 * 1,811 million instructions with a call, 1,698 without. */
static inline ProfStackId
child_of (ProfStackTable *self, ProfStackId parent, ProfLocationId location)
{
  const ProfStackNode *nodes = self->nodes.data;
  const ProfStackNode *behind = &nodes[parent] + 1;
  ProfStackId          last = PROF_ID_NONE;
  ProfStackId          child;

  if ((size_t)parent + 1 < self->nodes.length && behind->location == location &&
      behind->parent == parent)
    return parent + 1;
  child = nodes[parent].first_child;
  for (size_t i = 0; child != PROF_ID_NONE; i++)
    {
      if (nodes[child].location == location)
        return child;
      last = child;
      if (i + 1 == WALKED_CHILDREN)
        return wide_child (self, parent, last, location);
      child = nodes[child].next;
    }
  return new_child (self, parent, last, location);
}

ProfStackId
prof_stack_table_child (ProfStackTable *self,
                        ProfStackId     parent,
                        ProfLocationId  location)
{
  return child_of (self, parent, location);
}

bool
prof_stack_table_add (ProfStackTable       *self,
                      const ProfLocationId *locations,
                      size_t                n,
                      ProfStackId          *stack)
{
  ProfStackId    node = 0;
  size_t         depth = 0;
  size_t         shared = MIN (n, self->path.length);
  ProfStackStep *path;

  if (!prof_vec_stack_step_reserve (&self->path, n - shared))
    return false;
  path = self->path.data;
  while (depth < shared && path[depth].location == locations[n - 1 - depth])
    depth++;
  if (depth > 0)
    node = path[depth - 1].node;
  self->path.length = depth;
  for (; depth < n; depth++)
    {
      ProfLocationId location = locations[n - 1 - depth];

      node = child_of (self, node, location);
      if (node == PROF_ID_NONE)
        return false;
      path[depth] = (ProfStackStep){ node, location };
      self->path.length++;
    }
  *stack = node;
  return true;
}

size_t
prof_stack_table_bytes (const ProfStackTable *self)
{
  return self->nodes.length * sizeof *self->nodes.data +
         self->n_slots * (sizeof *self->keys + sizeof *self->values);
}
