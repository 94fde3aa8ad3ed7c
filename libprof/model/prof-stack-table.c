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

ProfStackId
prof_stack_table_child (ProfStackTable *self,
                        ProfStackId     parent,
                        ProfLocationId  location)
{
  const ProfStackNode *nodes = self->nodes.data;
  ProfStackId          last = PROF_ID_NONE;
  ProfStackId          child = nodes[parent].first_child;

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

/* --- several stacks at a time --- */

typedef enum
{
  LANE_WAITS, /* for memory */
  LANE_IS_DONE,
  LANE_FAILED,
} LaneState;

/* Steps to a child; %false when there is none. */
static bool
step (ProfStackLane *lane, ProfStackId child)
{
  size_t depth = lane->n - lane->left--;

  if (depth < PROF_LANE_PATH)
    lane->path[lane->n_steps++] = (ProfStackStep){
      child,
      lane->locations[lane->left]
    };
  lane->node = child;
  lane->candidate = PROF_ID_NONE;
  return child != PROF_ID_NONE;
}

/* Nine of ten steps lead to the node behind, as a new stack is laid down as a row
 * of nodes: to look there first waits for no link. */
static void
follow_row (const ProfStackTable *self, ProfStackLane *lane)
{
  const ProfStackNode *nodes = self->nodes.data;
  size_t               n = self->nodes.length;

  while (lane->left > 0 && (size_t)lane->node + 1 < n &&
         nodes[lane->node + 1].location == lane->locations[lane->left - 1] &&
         nodes[lane->node + 1].parent == lane->node)
    step (lane, lane->node + 1);
}

/* What is below a new node is new. */
static LaneState
lay_down (ProfStackTable *self, ProfStackLane *lane)
{
  while (lane->left > 0)
    if (!step (lane,
               new_child (self,
                          lane->node,
                          PROF_ID_NONE,
                          lane->locations[lane->left - 1])))
      return LANE_FAILED;
  return LANE_IS_DONE;
}

static LaneState
await (const ProfStackTable *self, ProfStackLane *lane, ProfStackId candidate)
{
  lane->candidate = candidate;
  __builtin_prefetch (&self->nodes.data[candidate]);
  return LANE_WAITS;
}

/* Looks at the child that was waited for. */
static LaneState
look (ProfStackTable *self, ProfStackLane *lane)
{
  ProfLocationId       location = lane->locations[lane->left - 1];
  const ProfStackNode *candidate = &self->nodes.data[lane->candidate];
  ProfStackId          last = lane->candidate;

  if (candidate->location == location)
    step (lane, lane->candidate);
  else if (++lane->n_walked == WALKED_CHILDREN)
    return step (lane, wide_child (self, lane->node, last, location))
               ? LANE_WAITS
               : LANE_FAILED;
  else if (candidate->next != PROF_ID_NONE)
    return await (self, lane, candidate->next);
  else if (!step (lane, new_child (self, lane->node, last, location)))
    return LANE_FAILED;
  return LANE_WAITS;
}

static LaneState
go_on (ProfStackTable *self, ProfStackLane *lane)
{
  ProfStackId child;

  if (lane->candidate != PROF_ID_NONE)
    {
      LaneState state = look (self, lane);

      if (state != LANE_WAITS || lane->candidate != PROF_ID_NONE)
        return state;
    }
  follow_row (self, lane);
  if (lane->left == 0)
    return LANE_IS_DONE;
  child = self->nodes.data[lane->node].first_child;
  if (child == PROF_ID_NONE)
    return lay_down (self, lane);
  lane->n_walked = 0;
  return await (self, lane, child);
}

static void
start (ProfStackTable       *self,
       ProfStackLane        *lane,
       size_t                stack,
       const ProfLocationId *locations,
       size_t                n)
{
  size_t depth = 0;

  while (depth < lane->n_steps && depth < n &&
         lane->path[depth].location == locations[n - 1 - depth])
    depth++;
  lane->stack = stack;
  lane->locations = locations;
  lane->n = n;
  lane->left = n - depth;
  lane->n_steps = depth;
  lane->node = depth > 0 ? lane->path[depth - 1].node : 0;
  lane->candidate = PROF_ID_NONE;
  __builtin_prefetch (&self->nodes.data[lane->node]);
}

/* Stacks that nobody follows yet. */
typedef struct
{
  const ProfLocationId *locations; /* of the next one */
  const uint32_t       *lengths;
  size_t                next;
  size_t                n;
} Waiting;

/* Returns: %false when none is left */
static bool
start_next (ProfStackTable *self, ProfStackLane *lane, Waiting *waiting)
{
  size_t length;

  if (waiting->next == waiting->n)
    return false;
  length = waiting->lengths[waiting->next];
  start (self, lane, waiting->next++, waiting->locations, length);
  /* Empty stacks alone may have no locations at all. */
  if (length > 0)
    waiting->locations += length;
  return true;
}

bool
prof_stack_table_add (ProfStackTable       *self,
                      const ProfLocationId *locations,
                      const uint32_t       *lengths,
                      size_t                n,
                      ProfStackId          *stacks)
{
  Waiting        waiting = { locations, lengths, 0, n };
  ProfStackLane *busy[PROF_STACK_LANES];
  size_t         n_busy = 0;

  while (n_busy < PROF_STACK_LANES &&
         start_next (self, &self->lanes[n_busy], &waiting))
    {
      busy[n_busy] = &self->lanes[n_busy];
      n_busy++;
    }
  while (n_busy > 0)
    for (size_t i = 0; i < n_busy;)
      {
        LaneState state = go_on (self, busy[i]);

        if (state == LANE_FAILED)
          return false;
        if (state == LANE_IS_DONE)
          stacks[busy[i]->stack] = busy[i]->node;
        if (state == LANE_WAITS || start_next (self, busy[i], &waiting))
          i++;
        else
          busy[i] = busy[--n_busy];
      }
  return true;
}

size_t
prof_stack_table_bytes (const ProfStackTable *self)
{
  return self->nodes.length * sizeof *self->nodes.data +
         self->n_slots * (sizeof *self->keys + sizeof *self->values);
}
