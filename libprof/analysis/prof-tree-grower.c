/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "analysis/prof-tree-private.h"

#include "analysis/prof-stack-sums.h"
#include "base/prof-block.h"
#include "base/prof-limits.h"
#include <string.h>

/* Children from which on a node is searched by hash. */
#define WIDE 16

bool
prof_tree_grower_no_memory (GError **error)
{
  return prof_fail (error,
                    PROF_ERROR_TOO_LARGE,
                    "not enough memory for the call tree");
}

static size_t
slot_of (const ProfTreeChildMap *map, ProfNodeId parent, ProfFrameId frame)
{
  uint64_t key = (uint64_t)parent << 32 | frame;

  key *= UINT64_C (0x9e3779b97f4a7c15);
  return (size_t)(key >> 32) & (map->n_slots - 1);
}

static void
map_put (ProfTreeChildMap *map, const ProfVecSeed *seeds, ProfNodeId node)
{
  const ProfTreeSeed *seed = &seeds->data[node];
  size_t              slot = slot_of (map, seed->parent, seed->frame);

  while (map->slots[slot] != PROF_ID_NONE)
    slot = (slot + 1) & (map->n_slots - 1);
  map->slots[slot] = node;
}

static bool
map_grow (ProfTreeChildMap *map, const ProfVecSeed *seeds)
{
  ProfTreeChildMap bigger = { NULL, MAX (map->n_slots * 2, 1024), map->n_used };

  bigger.slots = prof_block_try_new (ProfNodeId, bigger.n_slots);
  if (bigger.slots == NULL)
    return false;
  memset (bigger.slots, 0xff, bigger.n_slots * sizeof *bigger.slots);
  for (size_t s = 0; s < map->n_slots; s++)
    if (map->slots[s] != PROF_ID_NONE)
      map_put (&bigger, seeds, map->slots[s]);
  g_free (map->slots);
  *map = bigger;
  return true;
}

static bool
map_insert (ProfTreeChildMap *map, const ProfVecSeed *seeds, ProfNodeId node)
{
  if (map->n_used * 2 >= map->n_slots && !map_grow (map, seeds))
    return false;
  map_put (map, seeds, node);
  map->n_used++;
  return true;
}

static ProfNodeId
map_find (const ProfTreeChildMap *map,
          const ProfVecSeed      *seeds,
          ProfNodeId              parent,
          ProfFrameId             frame)
{
  size_t slot = slot_of (map, parent, frame);

  for (; map->slots[slot] != PROF_ID_NONE;
       slot = (slot + 1) & (map->n_slots - 1))
    {
      const ProfTreeSeed *seed = &seeds->data[map->slots[slot]];

      if (seed->parent == parent && seed->frame == frame)
        return map->slots[slot];
    }
  return PROF_ID_NONE;
}

static ProfNodeId
find_child (const ProfTreeGrower *grower, ProfNodeId parent, ProfFrameId frame)
{
  const ProfTreeSeed *seeds = grower->seeds.data;
  ProfNodeId          child;

  if (seeds[parent].n_children > WIDE)
    return map_find (&grower->map, &grower->seeds, parent, frame);
  child = seeds[parent].first_child;
  while (child != PROF_ID_NONE && seeds[child].frame != frame)
    child = seeds[child].next;
  return child;
}

/* A node that has just become wide takes all its children into the map. */
static bool
remember_children (ProfTreeGrower *grower, ProfNodeId parent)
{
  const ProfTreeSeed *seeds = grower->seeds.data;
  ProfNodeId          child = seeds[parent].first_child;

  if (seeds[parent].n_children <= WIDE)
    return true;
  if (seeds[parent].n_children > WIDE + 1)
    return map_insert (&grower->map, &grower->seeds, child);
  for (; child != PROF_ID_NONE; child = seeds[child].next)
    if (!map_insert (&grower->map, &grower->seeds, child))
      return false;
  return true;
}

static bool
add_child (ProfTreeGrower *grower,
           ProfNodeId      parent,
           ProfFrameId     frame,
           ProfNodeId     *child,
           GError        **error)
{
  ProfTreeSeed seed = {
    .frame = frame,
    .parent = parent,
    .first_child = PROF_ID_NONE,
    .inlined = true,
  };

  if (grower->seeds.length >= grower->max_nodes)
    return prof_limits_fail (error,
                             PROF_LIMIT_NODES,
                             "the call tree has more than %zu nodes",
                             grower->max_nodes);
  *child = (ProfNodeId)grower->seeds.length;
  seed.next = grower->seeds.data[parent].first_child;
  if (!prof_vec_seed_append (&grower->seeds, seed))
    return prof_tree_grower_no_memory (error);
  grower->seeds.data[parent].first_child = *child;
  grower->seeds.data[parent].n_children++;
  return remember_children (grower, parent) ||
         prof_tree_grower_no_memory (error);
}

bool
prof_tree_grower_step (ProfTreeGrower *grower,
                       ProfFrameId     frame,
                       bool            inlined,
                       ProfNodeId     *node,
                       GError        **error)
{
  ProfNodeId child;

  if ((grower->flags & PROF_TREE_COLLAPSED) != 0 &&
      grower->seeds.data[*node].frame == frame)
    return true;
  child = find_child (grower, *node, frame);
  if (child == PROF_ID_NONE && !add_child (grower, *node, frame, &child, error))
    return false;
  if (!inlined)
    grower->seeds.data[child].inlined = false;
  *node = child;
  return true;
}

bool
prof_tree_grower_descend (ProfTreeGrower *grower,
                          ProfLocationId  location,
                          ProfNodeId     *node,
                          GError        **error)
{
  size_t             n;
  const ProfFrameId *frames;

  frames = prof_frames_of_location (grower->frames, location, &n);
  for (size_t f = n; f > 0; f--)
    if (!prof_tree_grower_step (grower, frames[f - 1], f < n, node, error))
      return false;
  return true;
}

static bool
ascend (ProfTreeGrower *grower,
        ProfLocationId  location,
        ProfNodeId     *node,
        GError        **error)
{
  size_t             n;
  const ProfFrameId *frames;

  frames = prof_frames_of_location (grower->frames, location, &n);
  for (size_t f = 0; f < n; f++)
    if (!prof_tree_grower_step (grower, frames[f], f > 0, node, error))
      return false;
  grower->n_steps += n;
  return true;
}

bool
prof_tree_grower_climb (ProfTreeGrower *grower,
                        ProfStackId     stack,
                        ProfNodeId     *node,
                        GError        **error)
{
  const ProfStackNode *stacks = prof_profile_stacks (grower->profile);

  for (; stack != 0; stack = stacks[stack].parent)
    {
      if (grower->n_steps >= grower->max_steps)
        return prof_limits_fail (error,
                                 PROF_LIMIT_STEPS,
                                 "the stacks are too long to begin with their "
                                 "leaves");
      if (!ascend (grower, stacks[stack].location, node, error))
        return false;
    }
  return true;
}

bool
prof_tree_grower_begin (ProfTreeGrower *grower,
                        ProfFrameId     frame,
                        GError        **error)
{
  size_t       n_stacks = prof_profile_n_stacks (grower->profile);
  ProfTreeSeed root = {
    .frame = frame,
    .parent = PROF_ID_NONE,
    .first_child = PROF_ID_NONE,
    .next = PROF_ID_NONE,
  };

  memset (grower->of_stack, 0xff, n_stacks * sizeof *grower->of_stack);
  /* What most trees take, not to be copied as they grow; what stays empty is
   * address space only. */
  if (!prof_vec_seed_reserve (&grower->seeds, n_stacks + n_stacks / 2))
    return prof_tree_grower_no_memory (error);
  return prof_vec_seed_append (&grower->seeds, root) ||
         prof_tree_grower_no_memory (error);
}

static gpointer
weigh_packages (gpointer data)
{
  g_autoptr (ProfFrames) frames = data;

  prof_frames_packages (frames);
  return NULL;
}

/* Whoever draws a tree colours it by packages, and weighing those costs a third
 * of the time in which it grows (16 ms of 50): both can be done at once. Whoever
 * asks for packages meanwhile waits for them. */
GThread *
prof_tree_begin_packages (ProfFrames *frames)
{
  ProfProfile *profile = prof_frames_profile (frames);
  GThread     *thread;

  if (prof_profile_n_stacks (profile) < PROF_THREAD_FROM_STACKS)
    return NULL;
  thread = g_thread_try_new ("prof-packages",
                             weigh_packages,
                             prof_frames_ref (frames),
                             NULL);
  if (thread == NULL)
    prof_frames_unref (frames);
  return thread;
}
