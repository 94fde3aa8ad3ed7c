/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "analysis/prof-tree-private.h"

#include "analysis/prof-stack-sums.h"
#include "base/prof-block.h"
#include "base/prof-checked.h"
#include "base/prof-limits.h"
#include "query/prof-total.h"
#include <stdlib.h>

/* Trees of which it is not known from above what a node weighs:
 *
 * 1. sow: every stack node finds the tree node of its last frame, below that of
 *    its parent. Children are found in a list, from a few of them on in a hash:
 *    a list costs 4 to 10 ns a node, a hash 50, a long list has no bound. With
 *    the leaves first, stacks share no path: each is walked by itself, once.
 * 2. weigh: values from the leaves up; a child's number is above its parent's.
 * 3. lay: siblings are sorted and all nodes written in preorder, with an
 *    explicit stack, as depth is the file's choice. */

static bool
sow_leaves (ProfTreeGrower *grower,
            size_t          type,
            const void     *data,
            GError        **error)
{
  size_t             n_types = prof_profile_n_types (grower->profile);
  size_t             n_samples = prof_profile_n_samples (grower->profile);
  const int64_t     *values = prof_profile_sample_values (grower->profile);
  const ProfStackId *stacks = prof_profile_sample_stacks (grower->profile);
  uint64_t           told = 0;

  if (!prof_tree_grower_begin (grower, PROF_ID_NONE, error))
    return false;
  for (size_t s = 0; s < n_samples; s++)
    {
      ProfNodeId *node = &grower->of_stack[stacks[s]];

      if (values[s * n_types + type] == 0 || *node != PROF_ID_NONE)
        continue;
      *node = 0;
      if (!prof_tree_grower_climb (grower, stacks[s], node, error))
        return false;
      if (grower->n_steps - told < PROF_TREE_STEP)
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
sow_roots (ProfTreeGrower *grower, const bool *marks, GError **error)
{
  const ProfStackNode *stacks = prof_profile_stacks (grower->profile);
  size_t               n_stacks = prof_profile_n_stacks (grower->profile);

  grower->of_stack[0] = 0;
  for (size_t s = 1; s < n_stacks; s++)
    {
      if (s % PROF_TREE_STEP == 0 &&
          !prof_progress_step (grower->progress,
                               0.7 * (double)s / (double)n_stacks,
                               error))
        return false;
      grower->of_stack[s] = grower->of_stack[stacks[s].parent];
      if (!marks[s])
        continue;
      if (!prof_tree_grower_descend (grower,
                                     stacks[s].location,
                                     &grower->of_stack[s],
                                     error))
        return false;
    }
  return true;
}

static bool
sow_from_roots (ProfTreeGrower *grower,
                size_t          type,
                const void     *data,
                GError        **error)
{
  g_autofree bool *marks = NULL;

  if (!prof_tree_grower_begin (grower, PROF_ID_NONE, error))
    return false;
  marks = prof_stack_sums_marks (grower->profile, type);
  if (marks == NULL)
    return prof_tree_grower_no_memory (error);
  return sow_roots (grower, marks, error);
}

static void
add_to_side (ProfTreeSides *sides, bool is_base, int64_t value)
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
weight_of (const ProfTreeSides *sides, ProfTreeFlags flags)
{
  if ((flags & PROF_TREE_WEIGHS_BEFORE) != 0)
    return sides->before;
  if ((flags & PROF_TREE_WEIGHS_NOW) != 0)
    return sides->now;
  return MAX (sides->before, sides->now);
}

static void
weigh_samples (ProfTreeGrower *grower, size_t type)
{
  size_t             n_types = prof_profile_n_types (grower->profile);
  size_t             n_samples = prof_profile_n_samples (grower->profile);
  const int64_t     *values = prof_profile_sample_values (grower->profile);
  const ProfStackId *stacks = prof_profile_sample_stacks (grower->profile);

  for (size_t s = 0; s < n_samples; s++)
    {
      int64_t    value = values[s * n_types + type];
      ProfNodeId node = grower->of_stack[stacks[s]];
      uint64_t  *weight;

      if (value == 0 || node == PROF_ID_NONE)
        continue;
      weight = &grower->weights[node];
      *weight = prof_add_u64 (*weight, prof_abs_u64 (value));
      if (grower->sides != NULL)
        add_to_side (&grower->sides[node],
                     prof_is_base_sample (grower->profile, s),
                     value);
    }
}

static void
weigh_sides (ProfTreeGrower *grower)
{
  const ProfTreeSeed *seeds = grower->seeds.data;
  size_t              n_seeds = grower->seeds.length;
  ProfTreeSides      *sides = grower->sides;

  for (size_t n = 0; n < n_seeds; n++)
    {
      grower->weights[n] = weight_of (&sides[n], grower->flags);
      sides[n].change.total_before = sides[n].change.self_before;
      sides[n].change.total_now = sides[n].change.self_now;
    }
  for (size_t n = n_seeds; n > 1; n--)
    {
      const ProfChange *change = &sides[n - 1].change;
      ProfChange       *above = &sides[seeds[n - 1].parent].change;

      above->total_before = prof_add_i64 (above->total_before,
                                          change->total_before);
      above->total_now = prof_add_i64 (above->total_now, change->total_now);
    }
}

static void
weigh (ProfTreeGrower *grower, size_t type)
{
  const ProfTreeSeed *seeds = grower->seeds.data;
  uint64_t           *weights = grower->weights;

  weigh_samples (grower, type);
  if (grower->sides != NULL)
    weigh_sides (grower);
  for (size_t n = grower->seeds.length; n > 1; n--)
    {
      uint64_t *parent = &weights[seeds[n - 1].parent];

      *parent = prof_add_u64 (*parent, weights[n - 1]);
    }
}

/* Children that have no width are none: what is new has none before. */
static void
drop_absent (ProfTreeGrower *grower, ProfNodeId parent)
{
  ProfTreeSeed *seeds = grower->seeds.data;
  ProfNodeId   *link = &seeds[parent].first_child;

  while (*link != PROF_ID_NONE)
    if (grower->weights[*link] == 0)
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
  const ProfTreeGrower *grower = data;
  ProfNodeId            left = *(const ProfNodeId *)a;
  ProfNodeId            right = *(const ProfNodeId *)b;
  uint64_t              left_weight = grower->weights[left];
  uint64_t              right_weight = grower->weights[right];
  uint32_t left_rank = grower->ranks[grower->seeds.data[left].frame];
  uint32_t right_rank = grower->ranks[grower->seeds.data[right].frame];

  if (left_weight != right_weight && (grower->flags & PROF_TREE_BY_NAME) == 0)
    return left_weight > right_weight ? -1 : 1;
  return left_rank < right_rank ? -1 : left_rank > right_rank;
}

/* Nearly all nodes have a few. */
#define FEW 12

static void
sort_few (ProfTreeGrower *grower, ProfNodeId *children, size_t n)
{
  for (size_t i = 1; i < n; i++)
    {
      ProfNodeId child = children[i];
      size_t     at = i;

      for (; at > 0 && compare_siblings (&children[at - 1], &child, grower) > 0;
           at--)
        children[at] = children[at - 1];
      children[at] = child;
    }
}

static bool
sort_children (ProfTreeGrower *grower, ProfNodeId parent, ProfVecU32 *children)
{
  ProfTreeSeed *seeds = grower->seeds.data;
  ProfNodeId   *link = &seeds[parent].first_child;

  if (seeds[parent].n_children < 2)
    return true;
  children->length = 0;
  for (ProfNodeId c = *link; c != PROF_ID_NONE; c = seeds[c].next)
    if (!prof_vec_u32_append (children, c))
      return false;
  if (children->length <= FEW)
    sort_few (grower, children->data, children->length);
  else
    qsort_r (children->data,
             children->length,
             sizeof *children->data,
             compare_siblings,
             grower);
  for (size_t c = 0; c < children->length; c++)
    {
      *link = children->data[c];
      link = &seeds[children->data[c]].next;
    }
  *link = PROF_ID_NONE;
  return true;
}

/* Siblings that were cut are together as wide as what is above them at most. */
static void
lay_weight (ProfTree *self, ProfNodeId node, ProfNodeId parent, uint64_t weight)
{
  ProfNodeWeight *above;

  self->weights[node] = (ProfNodeWeight){ .all = weight };
  if (parent == PROF_ID_NONE)
    return;
  above = &self->weights[parent];
  above->children = MIN (prof_add_u64 (above->children, weight), above->all);
}

static void
lay_node (ProfTree *self, ProfTreeGrower *grower, ProfNodeId id)
{
  ProfTreeSeed *seed = &grower->seeds.data[id];
  ProfNode      node = {
         .frame = seed->frame,
         .parent = PROF_ID_NONE,
         .flags = seed->inlined ? PROF_NODE_INLINED : 0,
  };

  if (seed->parent != PROF_ID_NONE)
    node.parent = grower->seeds.data[seed->parent].place;
  seed->place = (ProfNodeId)self->nodes.length;
  if (self->weights != NULL)
    lay_weight (self, seed->place, node.parent, grower->weights[id]);
  if (self->changes != NULL)
    {
      const ProfChange *change = &grower->sides[id].change;

      self->changes[seed->place] = *change;
      node.self = prof_sub_i64 (change->self_now, change->self_before);
      node.total = prof_sub_i64 (change->total_now, change->total_before);
    }
  self->nodes.data[self->nodes.length++] = node;
}

/* Of a node below which all is laid: its children have taken their totals away
 * from what it has itself. */
static void
lay_sums (ProfTree *self, ProfNode *node, uint64_t weight)
{
  node->total = (int64_t)weight;
  node->self += node->total;
  if (node->parent != PROF_ID_NONE)
    self->nodes.data[node->parent].self -= node->total;
}

/* Preorder; the links of the seeds are the stack. */
static void
lay (ProfTree *self, ProfTreeGrower *grower)
{
  const ProfTreeSeed *seeds = grower->seeds.data;
  ProfNodeId          seed = 0;
  uint32_t            depth = 0;

  while (true)
    {
      lay_node (self, grower, seed);
      self->height = MAX (self->height, depth);
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
          if (grower->weights_are_sums)
            lay_sums (self, node, grower->weights[seed]);
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

/* Only needed where some values are negative, or too large together: else the
 * weights tell. Of a comparison they are known from its sides: some of its nodes
 * are not in the tree, but their values are. */
static void
add_values (ProfTree *self, const ProfTreeGrower *grower)
{
  const ProfTreeSeed *seeds = grower->seeds.data;
  ProfNode           *nodes = self->nodes.data;
  size_t              n_types = prof_profile_n_types (grower->profile);
  size_t              n_samples = prof_profile_n_samples (grower->profile);
  const int64_t      *values = prof_profile_sample_values (grower->profile);
  const ProfStackId  *stacks = prof_profile_sample_stacks (grower->profile);

  for (size_t s = 0; s < n_samples; s++)
    {
      ProfNodeId seed = grower->of_stack[stacks[s]];
      int64_t    value = values[s * n_types + self->type];

      if (value != 0 && seed != PROF_ID_NONE)
        nodes[seeds[seed].place]
            .self = prof_add_i64 (nodes[seeds[seed].place].self, value);
    }
  for (size_t n = self->nodes.length; n > 0; n--)
    {
      ProfNode *node = &nodes[n - 1];

      node->total = prof_add_i64 (node->total, node->self);
      if (node->parent != PROF_ID_NONE)
        nodes[node->parent].total = prof_add_i64 (nodes[node->parent].total,
                                                  node->total);
    }
}

static bool
sow_stacks (ProfTreeGrower *grower,
            size_t          type,
            ProfTreeSow     sow,
            const void     *data,
            GError        **error)
{
  size_t n_stacks = prof_profile_n_stacks (grower->profile);

  grower->of_stack = prof_block_try_new (ProfNodeId, n_stacks + 1);
  if (grower->of_stack == NULL)
    return prof_tree_grower_no_memory (error);
  return sow (grower, type, data, error);
}

static bool
grow (ProfTreeGrower *grower, size_t type, GError **error)
{
  bool is_compared = (grower->flags & PROF_TREE_COMPARED) != 0;

  grower->weights = prof_block_try_new0 (uint64_t, grower->seeds.length);
  if (is_compared)
    grower->sides = prof_block_try_new0 (ProfTreeSides, grower->seeds.length);
  if (grower->weights == NULL || (is_compared && grower->sides == NULL))
    return prof_tree_grower_no_memory (error);
  weigh (grower, type);
  grower->weights_are_sums = !is_compared && grower->weights[0] <= INT64_MAX &&
                             !prof_stack_sums_have_negative (grower->profile,
                                                             type);
  return prof_progress_step (grower->progress, 0.7, error);
}

static gpointer
rank (gpointer data)
{
  return prof_frames_name_ranks (data);
}

/* Names are compared while the tree is sown. */
static void
begin_ranks (ProfTreeGrower *grower)
{
  if (prof_profile_n_stacks (grower->profile) >= PROF_THREAD_FROM_STACKS)
    grower->ranking = g_thread_try_new ("prof-ranks",
                                        rank,
                                        grower->frames,
                                        NULL);
}

static void
end_ranks (ProfTreeGrower *grower)
{
  if (grower->ranking != NULL)
    grower->ranks = g_thread_join (g_steal_pointer (&grower->ranking));
}

/* Seeds whose children are to be sorted; those of two do not touch each other. */
typedef struct
{
  ProfTreeGrower *grower;
  size_t          first;
  size_t          end;
  ProfProgress   *progress; /* (nullable) */
} Part;

static bool
arrange_all (const Part *part, ProfVecU32 *children, GError **error)
{
  ProfTreeGrower *grower = part->grower;
  double          n_seeds = (double)grower->seeds.length;

  for (size_t n = part->first; n < part->end; n++)
    {
      if (grower->sides != NULL)
        drop_absent (grower, (ProfNodeId)n);
      if (!sort_children (grower, (ProfNodeId)n, children))
        return prof_tree_grower_no_memory (error);
      if (n % PROF_TREE_STEP == PROF_TREE_STEP - 1 &&
          !prof_progress_step (part->progress,
                               0.7 + 0.2 * (double)n / n_seeds,
                               error))
        return false;
    }
  return true;
}

static bool
arrange_part (const Part *part, GError **error)
{
  ProfVecU32 children = { 0 };
  bool       arranged = arrange_all (part, &children, error);

  prof_vec_u32_clear (&children);
  return arranged;
}

static gpointer
run_part (gpointer data)
{
  GError *error = NULL;

  arrange_part (data, &error);
  return error;
}

/* The second half on another thread, which cannot be stopped: it takes some
 * milliseconds for a million nodes. */
static bool
arrange (ProfTreeGrower *grower, GError **error)
{
  size_t   n = grower->seeds.length;
  bool     is_large = n >= PROF_THREAD_FROM_STACKS;
  size_t   middle = is_large ? n / 2 : n;
  Part     first = { grower, 0, middle, grower->progress };
  Part     second = { grower, middle, n, NULL };
  GThread *thread = NULL;
  GError  *failure = NULL;
  bool     arranged;

  end_ranks (grower);
  if (grower->ranks == NULL)
    grower->ranks = prof_frames_name_ranks (grower->frames);
  if (is_large)
    thread = g_thread_try_new ("prof-sort", run_part, &second, NULL);
  arranged = arrange_part (&first, error);
  if (thread != NULL)
    failure = g_thread_join (thread);
  else if (arranged)
    arrange_part (&second, &failure);
  if (!arranged || failure == NULL)
    {
      g_clear_error (&failure);
      return arranged;
    }
  g_propagate_error (error, failure);
  return false;
}

static void
clear_grower (ProfTreeGrower *grower)
{
  end_ranks (grower);
  prof_vec_seed_clear (&grower->seeds);
  g_free (grower->map.slots);
  g_free (grower->of_stack);
  g_free (grower->weights);
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

/* From the seeds to the tree, whose nodes have their room. */
static bool
ripen (ProfTree *self, ProfTreeGrower *grower, GError **error)
{
  size_t n = grower->seeds.length;

  if (!grow (grower, self->type, error) || !arrange (grower, error))
    return false;
  if (grower->sides != NULL)
    self->changes = prof_block_try_new (ProfChange, n);
  if (!grower->weights_are_sums)
    self->weights = prof_block_try_new (ProfNodeWeight, n);
  if ((grower->sides != NULL && self->changes == NULL) ||
      (!grower->weights_are_sums && self->weights == NULL))
    return prof_tree_grower_no_memory (error);
  lay (self, grower);
  if (self->changes == NULL && !grower->weights_are_sums)
    add_values (self, grower);
  measure_changes (self);
  return prof_progress_step (grower->progress, 1, error);
}

static bool
build (ProfTree       *self,
       ProfTreeGrower *grower,
       ProfTreeSow     sow,
       const void     *data,
       GError        **error)
{
  GThread *pages;
  bool     is_ripe;

  if (!sow_stacks (grower, self->type, sow, data, error))
    return false;
  if (!prof_vec_node_reserve (&self->nodes, grower->seeds.length))
    return prof_tree_grower_no_memory (error);
  pages = prof_block_lay_out (self->nodes.data,
                              grower->seeds.length * sizeof *self->nodes.data);
  is_ripe = ripen (self, grower, error);
  if (pages != NULL)
    g_thread_join (pages);
  return is_ripe;
}

ProfTree *
prof_tree_grow (ProfFrames   *frames,
                size_t        type,
                ProfTreeFlags flags,
                ProfTreeSow   sow,
                const void   *data,
                ProfProgress *progress,
                GError      **error)
{
  g_autoptr (ProfTree) self = prof_tree_alloc (frames, type, flags);
  ProfProfile         *profile = prof_frames_profile (frames);
  const ProfLimits    *limits = prof_profile_limits (profile);
  ProfTreeGrower       grower = {
          .frames = frames,
          .profile = profile,
          .progress = progress,
          .flags = flags,
          .max_nodes = prof_limits_get (limits, PROF_LIMIT_NODES),
          .max_steps = prof_limits_get (limits, PROF_LIMIT_STEPS),
  };
  GThread *packages = prof_tree_begin_packages (frames);
  bool     built;

  begin_ranks (&grower);
  built = build (self, &grower, sow, data, error);
  clear_grower (&grower);
  if (packages != NULL)
    g_thread_join (packages);
  return built ? g_steal_pointer (&self) : NULL;
}

ProfTree *
prof_tree_grow_sown (ProfFrames   *frames,
                     size_t        type,
                     ProfTreeFlags flags,
                     ProfProgress *progress,
                     GError      **error)
{
  bool leaf_first = (flags & PROF_TREE_LEAF_FIRST) != 0;

  return prof_tree_grow (frames,
                         type,
                         flags,
                         leaf_first ? sow_leaves : sow_from_roots,
                         NULL,
                         progress,
                         error);
}
