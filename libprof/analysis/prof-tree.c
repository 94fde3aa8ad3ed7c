/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "analysis/prof-tree.h"

#include "analysis/prof-stack-sums.h"
#include "base/prof-checked.h"
#include "base/prof-limits.h"
#include "base/prof-vec.h"
#include "query/prof-total.h"
#include <stdlib.h>
#include <string.h>

/* The stack table is a tree of locations; this one is of names. Two locations
 * of one function are one node here, and a location with inlined calls is a
 * chain of nodes. So:
 *
 * 1. sow: every stack node finds the tree node of its last frame, below that of
 *    its parent. Children are found in a list, from a few of them on in a hash:
 *    a list costs 4 to 10 ns a node, a hash 50, a long list has no bound. With
 *    the leaves first, stacks share no path: each is walked by itself, once.
 * 2. weigh: values from the leaves up; a child's number is above its parent's.
 * 3. lay: siblings are sorted and all nodes written in preorder, with an
 *    explicit stack, as depth is the file's choice. */

/* Children from which on a node is searched by hash. */
#define WIDE 16

/* How often progress is told. */
#define STEP 65536

/* A node while the tree grows, in order of creation. */
typedef struct
{
  ProfFrameId frame;
  ProfNodeId  parent;
  ProfNodeId  first_child;
  ProfNodeId  next;
  uint32_t    n_children;
  ProfNodeId  place;   /* in the tree, once laid */
  bool        inlined; /* so far, every call */
} Seed;

typedef struct
{
  int64_t  self;
  int64_t  total;
  uint64_t weight;
} Sum;

/* The two sides of a comparison. */
typedef struct
{
  ProfChange change;
  uint64_t   before; /* sums of absolute values, of samples that end here */
  uint64_t   now;
} Sides;

PROF_VEC_DEFINE (Seeds, seeds, Seed)
PROF_VEC_DEFINE (Nodes, nodes, ProfNode)

struct _ProfTree
{
  gatomicrefcount ref_count;
  size_t          type;
  ProfTreeFlags   flags;
  uint32_t        height;

  /* Owned */
  Nodes       nodes;
  ProfChange *changes; /* (nullable): by node */

  ProfChangeScale scale;

  /* Shared */
  ProfFrames *frames;
};

/* Children of wide nodes: parent and frame to node. Open addressing, at most
 * half full. */
typedef struct
{
  ProfNodeId *slots;
  size_t      n_slots; /* a power of two, or 0 */
  size_t      n_used;
} ChildMap;

typedef struct
{
  /* Owned */
  Seeds       seeds;
  ChildMap    map;
  ProfNodeId *of_stack; /* stack node -> seed of its innermost frame */
  Sum        *sums;     /* of the seeds */
  Sides      *sides;    /* (nullable): of the seeds, when compared */
  uint32_t   *ranks;    /* of the frames' names */

  ProfTreeFlags flags;
  uint64_t      n_steps; /* frames walked with the leaves first */

  /* Lent */
  ProfFrames   *frames;
  ProfProfile  *profile;
  ProfProgress *progress;
} Grower;

static bool
out_of_memory (GError **error)
{
  return prof_fail (error,
                    PROF_ERROR_TOO_LARGE,
                    "not enough memory for the call tree");
}

static size_t
slot_of (const ChildMap *map, ProfNodeId parent, ProfFrameId frame)
{
  uint64_t key = (uint64_t)parent << 32 | frame;

  key *= UINT64_C (0x9e3779b97f4a7c15);
  return (size_t)(key >> 32) & (map->n_slots - 1);
}

static void
map_put (ChildMap *map, const Seeds *seeds, ProfNodeId node)
{
  const Seed *seed = &seeds->data[node];
  size_t      slot = slot_of (map, seed->parent, seed->frame);

  while (map->slots[slot] != PROF_ID_NONE)
    slot = (slot + 1) & (map->n_slots - 1);
  map->slots[slot] = node;
}

static bool
map_grow (ChildMap *map, const Seeds *seeds)
{
  ChildMap bigger = { NULL, MAX (map->n_slots * 2, 1024), map->n_used };

  bigger.slots = g_try_new (ProfNodeId, bigger.n_slots);
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
map_insert (ChildMap *map, const Seeds *seeds, ProfNodeId node)
{
  if (map->n_used * 2 >= map->n_slots && !map_grow (map, seeds))
    return false;
  map_put (map, seeds, node);
  map->n_used++;
  return true;
}

static ProfNodeId
map_find (const ChildMap *map,
          const Seeds    *seeds,
          ProfNodeId      parent,
          ProfFrameId     frame)
{
  size_t slot = slot_of (map, parent, frame);

  for (; map->slots[slot] != PROF_ID_NONE;
       slot = (slot + 1) & (map->n_slots - 1))
    {
      const Seed *seed = &seeds->data[map->slots[slot]];

      if (seed->parent == parent && seed->frame == frame)
        return map->slots[slot];
    }
  return PROF_ID_NONE;
}

static ProfNodeId
find_child (const Grower *grower, ProfNodeId parent, ProfFrameId frame)
{
  const Seed *seeds = grower->seeds.data;
  ProfNodeId  child;

  if (seeds[parent].n_children > WIDE)
    return map_find (&grower->map, &grower->seeds, parent, frame);
  child = seeds[parent].first_child;
  while (child != PROF_ID_NONE && seeds[child].frame != frame)
    child = seeds[child].next;
  return child;
}

/* A node that has just become wide takes all its children into the map. */
static bool
remember_children (Grower *grower, ProfNodeId parent)
{
  const Seed *seeds = grower->seeds.data;
  ProfNodeId  child = seeds[parent].first_child;

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
add_child (Grower     *grower,
           ProfNodeId  parent,
           ProfFrameId frame,
           ProfNodeId *child,
           GError    **error)
{
  Seed seed = {
    frame, parent, PROF_ID_NONE, PROF_ID_NONE, 0, PROF_ID_NONE, true,
  };

  if (grower->seeds.length >= PROF_MAX_TREE_NODES)
    return prof_fail (error,
                      PROF_ERROR_TOO_LARGE,
                      "the call tree has more than %d nodes",
                      PROF_MAX_TREE_NODES);
  *child = (ProfNodeId)grower->seeds.length;
  seed.next = grower->seeds.data[parent].first_child;
  if (!seeds_append (&grower->seeds, seed))
    return out_of_memory (error);
  grower->seeds.data[parent].first_child = *child;
  grower->seeds.data[parent].n_children++;
  return remember_children (grower, parent) || out_of_memory (error);
}

/* The seed below @node for one frame more. */
static bool
step (Grower     *grower,
      ProfFrameId frame,
      bool        inlined,
      ProfNodeId *node,
      GError    **error)
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

/* The seed below @node for all frames of a location, outermost first. */
static bool
descend (Grower        *grower,
         ProfLocationId location,
         ProfNodeId    *node,
         GError       **error)
{
  size_t             n;
  const ProfFrameId *frames;

  frames = prof_frames_of_location (grower->frames, location, &n);
  for (size_t f = n; f > 0; f--)
    if (!step (grower, frames[f - 1], f < n, node, error))
      return false;
  return true;
}

/* The same, innermost first. */
static bool
ascend (Grower        *grower,
        ProfLocationId location,
        ProfNodeId    *node,
        GError       **error)
{
  size_t             n;
  const ProfFrameId *frames;

  frames = prof_frames_of_location (grower->frames, location, &n);
  for (size_t f = 0; f < n; f++)
    if (!step (grower, frames[f], f > 0, node, error))
      return false;
  grower->n_steps += n;
  return true;
}

/* The seed of a stack's outermost frame. */
static bool
climb (Grower *grower, ProfStackId stack, ProfNodeId *node, GError **error)
{
  const ProfStackNode *stacks = prof_profile_stacks (grower->profile);

  *node = 0;
  for (; stack != 0; stack = stacks[stack].parent)
    {
      if (grower->n_steps >= PROF_MAX_TREE_STEPS)
        return prof_fail (error,
                          PROF_ERROR_TOO_LARGE,
                          "the stacks are too long to begin with their leaves");
      if (!ascend (grower, stacks[stack].location, node, error))
        return false;
    }
  return true;
}

static bool
sow_root (Grower *grower, GError **error)
{
  Seed root = {
    PROF_ID_NONE, PROF_ID_NONE, PROF_ID_NONE, PROF_ID_NONE, 0,
    PROF_ID_NONE, false,
  };

  return seeds_append (&grower->seeds, root) || out_of_memory (error);
}

static bool
sow_leaves (Grower *grower, size_t type, GError **error)
{
  size_t             n_types = prof_profile_n_types (grower->profile);
  size_t             n_samples = prof_profile_n_samples (grower->profile);
  const int64_t     *values = prof_profile_sample_values (grower->profile);
  const ProfStackId *stacks = prof_profile_sample_stacks (grower->profile);
  uint64_t           told = 0;

  memset (grower->of_stack,
          0xff,
          prof_profile_n_stacks (grower->profile) * sizeof *grower->of_stack);
  if (!sow_root (grower, error))
    return false;
  for (size_t s = 0; s < n_samples; s++)
    {
      ProfNodeId *node = &grower->of_stack[stacks[s]];

      if (values[s * n_types + type] == 0 || *node != PROF_ID_NONE)
        continue;
      if (!climb (grower, stacks[s], node, error))
        return false;
      if (grower->n_steps - told < STEP)
        continue;
      told = grower->n_steps;
      if (!prof_progress_step (grower->progress,
                               0.7 * (double)s / (double)n_samples,
                               error))
        return false;
    }
  return true;
}

static bool
sow (Grower *grower, const ProfStackSums *sums, GError **error)
{
  const ProfStackNode *stacks = prof_profile_stacks (grower->profile);
  size_t               n_stacks = prof_profile_n_stacks (grower->profile);

  if (!sow_root (grower, error))
    return false;
  grower->of_stack[0] = 0;
  for (size_t s = 1; s < n_stacks; s++)
    {
      if (s % STEP == 0 &&
          !prof_progress_step (grower->progress,
                               0.7 * (double)s / (double)n_stacks,
                               error))
        return false;
      grower->of_stack[s] = grower->of_stack[stacks[s].parent];
      if (!prof_stack_sums_any (sums, (ProfStackId)s))
        continue;
      if (!descend (grower, stacks[s].location, &grower->of_stack[s], error))
        return false;
    }
  return true;
}

static void
add_to_side (Sides *sides, bool is_base, int64_t value)
{
  ProfChange *change = &sides->change;

  if (is_base)
    {
      /* The base's values have been subtracted. */
      change->self_before = prof_sub_i64 (change->self_before, value);
      sides->before = prof_add_u64 (sides->before, prof_abs_u64 (value));
      return;
    }
  change->self_now = prof_add_i64 (change->self_now, value);
  sides->now = prof_add_u64 (sides->now, prof_abs_u64 (value));
}

static uint64_t
weight_of (const Sides *sides, ProfTreeFlags flags)
{
  if ((flags & PROF_TREE_WEIGHS_BEFORE) != 0)
    return sides->before;
  if ((flags & PROF_TREE_WEIGHS_NOW) != 0)
    return sides->now;
  return MAX (sides->before, sides->now);
}

/* What was measured at each node itself. */
static void
weigh_selves (Grower *grower, size_t type)
{
  size_t             n_types = prof_profile_n_types (grower->profile);
  size_t             n_samples = prof_profile_n_samples (grower->profile);
  const int64_t     *values = prof_profile_sample_values (grower->profile);
  const ProfStackId *stacks = prof_profile_sample_stacks (grower->profile);

  for (size_t s = 0; s < n_samples; s++)
    {
      int64_t    value = values[s * n_types + type];
      ProfNodeId node;
      Sum       *sum;

      if (value == 0)
        continue;
      node = grower->of_stack[stacks[s]];
      sum = &grower->sums[node];
      sum->self = prof_add_i64 (sum->self, value);
      sum->weight = prof_add_u64 (sum->weight, prof_abs_u64 (value));
      if (grower->sides != NULL)
        add_to_side (&grower->sides[node],
                     prof_is_base_sample (grower->profile, s),
                     value);
    }
}

static void
add_change (ProfChange *parent, const ProfChange *change)
{
  parent->total_before = prof_add_i64 (parent->total_before,
                                       change->total_before);
  parent->total_now = prof_add_i64 (parent->total_now, change->total_now);
}

static void
weigh (Grower *grower, size_t type)
{
  const Seed *seeds = grower->seeds.data;
  Sides      *sides = grower->sides;

  weigh_selves (grower, type);
  for (size_t n = 0; n < grower->seeds.length; n++)
    {
      grower->sums[n].total = grower->sums[n].self;
      if (sides == NULL)
        continue;
      grower->sums[n].weight = weight_of (&sides[n], grower->flags);
      sides[n].change.total_before = sides[n].change.self_before;
      sides[n].change.total_now = sides[n].change.self_now;
    }
  for (size_t n = grower->seeds.length; n > 1; n--)
    {
      const Sum *sum = &grower->sums[n - 1];
      ProfNodeId above = seeds[n - 1].parent;
      Sum       *parent = &grower->sums[above];

      parent->total = prof_add_i64 (parent->total, sum->total);
      parent->weight = prof_add_u64 (parent->weight, sum->weight);
      if (sides != NULL)
        add_change (&sides[above].change, &sides[n - 1].change);
    }
}

/* Children that have no width are none: what is new has none before. */
static void
drop_absent (Grower *grower, ProfNodeId parent)
{
  Seed       *seeds = grower->seeds.data;
  ProfNodeId *link = &seeds[parent].first_child;

  while (*link != PROF_ID_NONE)
    if (grower->sums[*link].weight == 0)
      {
        *link = seeds[*link].next;
        seeds[parent].n_children--;
      }
    else
      link = &seeds[*link].next;
}

static int
compare_siblings (const void *a, const void *b, void *data)
{
  const Grower *grower = data;
  ProfNodeId    left = *(const ProfNodeId *)a;
  ProfNodeId    right = *(const ProfNodeId *)b;
  uint64_t      left_weight = grower->sums[left].weight;
  uint64_t      right_weight = grower->sums[right].weight;
  uint32_t      left_rank = grower->ranks[grower->seeds.data[left].frame];
  uint32_t      right_rank = grower->ranks[grower->seeds.data[right].frame];

  if (left_weight != right_weight && (grower->flags & PROF_TREE_BY_NAME) == 0)
    return left_weight > right_weight ? -1 : 1;
  return left_rank < right_rank ? -1 : left_rank > right_rank;
}

static void
sort_children (Grower *grower, ProfNodeId parent)
{
  Seed       *seeds = grower->seeds.data;
  ProfNodeId *children = grower->of_stack; /* no longer needed as such */
  ProfNodeId *link = &seeds[parent].first_child;
  size_t      n = 0;

  if (seeds[parent].n_children < 2)
    return;
  for (ProfNodeId c = *link; c != PROF_ID_NONE; c = seeds[c].next)
    children[n++] = c;
  qsort_r (children, n, sizeof *children, compare_siblings, grower);
  for (size_t c = 0; c < n; c++)
    {
      *link = children[c];
      link = &seeds[children[c]].next;
    }
  *link = PROF_ID_NONE;
}

/* Writes one node; @start is where its left neighbour ends. */
static void
lay_node (ProfTree *self, Grower *grower, ProfNodeId id, uint64_t start)
{
  Seed      *seed = &grower->seeds.data[id];
  const Sum *sum = &grower->sums[id];
  ProfNode   node = {
      .self = sum->self,
      .total = sum->total,
      .weight = sum->weight,
      .start = start,
      .frame = seed->frame,
      .parent = PROF_ID_NONE,
      .flags = seed->inlined ? PROF_NODE_INLINED : 0,
  };

  if (seed->parent != PROF_ID_NONE)
    {
      const ProfNode *parent;

      node.parent = grower->seeds.data[seed->parent].place;
      parent = &self->nodes.data[node.parent];
      /* Only sums that have saturated can end behind their parent. */
      node.start = MIN (start, parent->start + (parent->weight - node.weight));
    }
  seed->place = (ProfNodeId)self->nodes.length;
  if (self->changes != NULL)
    self->changes[seed->place] = grower->sides[id].change;
  self->nodes.data[self->nodes.length++] = node;
}

/* Preorder; the links of the seeds are the stack. */
static void
lay (ProfTree *self, Grower *grower)
{
  const Seed *seeds = grower->seeds.data;
  ProfNodeId  seed = 0;
  uint64_t    start = 0;
  uint32_t    depth = 0;

  while (true)
    {
      lay_node (self, grower, seed, start);
      self->height = MAX (self->height, depth);
      start = self->nodes.data[seeds[seed].place].start;
      if (seeds[seed].first_child != PROF_ID_NONE)
        {
          seed = seeds[seed].first_child;
          depth++;
          continue;
        }
      while (true)
        {
          ProfNode *node = &self->nodes.data[seeds[seed].place];

          node->size = (uint32_t)(self->nodes.length - seeds[seed].place);
          start = node->start + node->weight;
          if (seed == 0)
            return;
          if (seeds[seed].next != PROF_ID_NONE)
            break;
          seed = seeds[seed].parent;
          depth--;
        }
      seed = seeds[seed].next;
    }
}

static bool
sow_as_asked (Grower *grower, size_t type, GError **error)
{
  ProfStackSums sums;
  bool          sown;

  if ((grower->flags & PROF_TREE_LEAF_FIRST) != 0)
    return sow_leaves (grower, type, error);
  prof_stack_sums_init (&sums, grower->profile, type);
  sown = sow (grower, &sums, error);
  prof_stack_sums_clear (&sums);
  return sown;
}

static bool
grow (Grower *grower, size_t type, GError **error)
{
  grower->of_stack = g_try_new (ProfNodeId,
                                prof_profile_n_stacks (grower->profile) + 1);
  if (grower->of_stack == NULL)
    return out_of_memory (error);
  if (!sow_as_asked (grower, type, error))
    return false;
  grower->sums = g_try_new0 (Sum, grower->seeds.length);
  if ((grower->flags & PROF_TREE_COMPARED) != 0)
    grower->sides = g_try_new0 (Sides, grower->seeds.length);
  if (grower->sums == NULL ||
      (grower->sides == NULL && (grower->flags & PROF_TREE_COMPARED) != 0))
    return out_of_memory (error);
  weigh (grower, type);
  return prof_progress_step (grower->progress, 0.7, error);
}

static bool
arrange (Grower *grower, GError **error)
{
  /* Scratch room for the children of the widest node. */
  g_free (grower->of_stack);
  grower->of_stack = g_try_new (ProfNodeId, grower->seeds.length);
  if (grower->of_stack == NULL)
    return out_of_memory (error);
  grower->ranks = prof_frames_name_ranks (grower->frames);
  for (size_t n = 0; n < grower->seeds.length; n++)
    {
      if (grower->sides != NULL)
        drop_absent (grower, (ProfNodeId)n);
      sort_children (grower, (ProfNodeId)n);
      if (n % STEP == STEP - 1 &&
          !prof_progress_step (grower->progress,
                               0.7 + 0.2 * (double)n /
                                         (double)grower->seeds.length,
                               error))
        return false;
    }
  return true;
}

static void
clear_grower (Grower *grower)
{
  seeds_clear (&grower->seeds);
  g_free (grower->map.slots);
  g_free (grower->of_stack);
  g_free (grower->sums);
  g_free (grower->sides);
  g_free (grower->ranks);
}

static void
measure_changes (ProfTree *self)
{
  const ProfChange *all = self->changes;

  if (all == NULL)
    return;
  self->scale.whole = MAX ((double)prof_abs_u64 (all->total_before),
                           (double)prof_abs_u64 (all->total_now));
  self->scale.sample = prof_change_sample (prof_frames_profile (self->frames),
                                           self->type);
}

static bool
build (ProfTree *self, Grower *grower, GError **error)
{
  if (!grow (grower, self->type, error) || !arrange (grower, error))
    return false;
  if (!nodes_reserve (&self->nodes, grower->seeds.length))
    return out_of_memory (error);
  if (grower->sides != NULL)
    {
      self->changes = g_try_new (ProfChange, grower->seeds.length);
      if (self->changes == NULL)
        return out_of_memory (error);
    }
  lay (self, grower);
  measure_changes (self);
  return prof_progress_step (grower->progress, 1, error);
}

ProfTree *
prof_tree_new_with (ProfFrames   *frames,
                    size_t        type,
                    ProfTreeFlags flags,
                    ProfProgress *progress,
                    GError      **error)
{
  g_autoptr (ProfTree) self = g_new0 (ProfTree, 1);
  Grower               grower = {
                  .frames = frames,
                  .profile = prof_frames_profile (frames),
                  .progress = progress,
                  .flags = flags,
  };
  bool built;

  g_atomic_ref_count_init (&self->ref_count);
  self->frames = prof_frames_ref (frames);
  self->type = type;
  self->flags = flags;
  built = build (self, &grower, error);
  clear_grower (&grower);
  return built ? g_steal_pointer (&self) : NULL;
}

ProfTree *
prof_tree_new (ProfFrames   *frames,
               size_t        type,
               ProfProgress *progress,
               GError      **error)
{
  return prof_tree_new_with (frames, type, PROF_TREE_PLAIN, progress, error);
}

ProfTree *
prof_tree_new_for_with (ProfAnswer   *answer,
                        ProfTreeFlags flags,
                        ProfProgress *progress,
                        GError      **error)
{
  g_autoptr (ProfFrames) frames = prof_frames_new_for (answer);
  const ProfQueryFields *fields = prof_query_fields (
      prof_answer_query (answer));

  if (fields->collapse_recursion)
    flags |= PROF_TREE_COLLAPSED;
  return prof_tree_new_with (frames,
                             prof_answer_type (answer),
                             flags,
                             progress,
                             error);
}

ProfTree *
prof_tree_new_for (ProfAnswer *answer, ProfProgress *progress, GError **error)
{
  return prof_tree_new_for_with (answer, PROF_TREE_PLAIN, progress, error);
}

ProfTree *
prof_tree_ref (ProfTree *self)
{
  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

void
prof_tree_unref (ProfTree *self)
{
  if (self == NULL || !g_atomic_ref_count_dec (&self->ref_count))
    return;
  nodes_clear (&self->nodes);
  g_free (self->changes);
  prof_frames_unref (self->frames);
  g_free (self);
}

ProfFrames *
prof_tree_frames (const ProfTree *self)
{
  return self->frames;
}

size_t
prof_tree_type (const ProfTree *self)
{
  return self->type;
}

ProfTreeFlags
prof_tree_flags (const ProfTree *self)
{
  return self->flags;
}

size_t
prof_tree_n_nodes (const ProfTree *self)
{
  return self->nodes.length;
}

const ProfNode *
prof_tree_nodes (const ProfTree *self)
{
  return self->nodes.data;
}

const ProfChange *
prof_tree_changes (const ProfTree *self)
{
  return self->changes;
}

const ProfChangeScale *
prof_tree_change_scale (const ProfTree *self)
{
  return &self->scale;
}

uint32_t
prof_tree_depth (const ProfTree *self, ProfNodeId node)
{
  uint32_t depth = 0;

  for (; node != 0; node = self->nodes.data[node].parent)
    depth++;
  return depth;
}

uint32_t
prof_tree_height (const ProfTree *self)
{
  return self->height;
}

bool
prof_tree_contains (const ProfTree *self, ProfNodeId ancestor, ProfNodeId node)
{
  return node >= ancestor && node - ancestor < self->nodes.data[ancestor].size;
}

const char *
prof_tree_name (const ProfTree *self, ProfNodeId node)
{
  if (node == 0)
    return "all";
  return prof_frames_display_name (self->frames, self->nodes.data[node].frame);
}

static ProfNodeId
child_with_frame (const ProfTree *self, ProfNodeId parent, ProfFrameId frame)
{
  const ProfNode *nodes = self->nodes.data;
  ProfNodeId      end = parent + nodes[parent].size;

  for (ProfNodeId c = parent + 1; c < end; c += nodes[c].size)
    if (nodes[c].frame == frame)
      return c;
  return PROF_ID_NONE;
}

ProfNodeId
prof_tree_find_path (const ProfTree    *self,
                     const ProfFrameId *frames,
                     size_t             n_frames)
{
  ProfNodeId node = 0;

  for (size_t f = 0; f < n_frames; f++)
    {
      ProfNodeId child = child_with_frame (self, node, frames[f]);

      if (child == PROF_ID_NONE)
        break;
      node = child;
    }
  return node;
}
