/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "analysis/prof-stack-sums.h"

#include "base/prof-checked.h"

static bool
has_negative (ProfProfile *profile, size_t type)
{
  size_t         n_types = prof_profile_n_types (profile);
  size_t         n_samples = prof_profile_n_samples (profile);
  const int64_t *values = prof_profile_sample_values (profile);

  for (size_t s = 0; s < n_samples; s++)
    if (values[s * n_types + type] < 0)
      return true;
  return false;
}

static void
add_samples (ProfStackSums *self, ProfProfile *profile, size_t type)
{
  size_t             n_types = prof_profile_n_types (profile);
  size_t             n_samples = prof_profile_n_samples (profile);
  const int64_t     *values = prof_profile_sample_values (profile);
  const ProfStackId *stacks = prof_profile_sample_stacks (profile);

  for (size_t s = 0; s < n_samples; s++)
    {
      int64_t  value = values[s * n_types + type];
      int64_t *own = &self->own[stacks[s]];

      *own = prof_add_i64 (*own, value);
      if (self->owns_weight)
        {
          uint64_t *weight = &self->weight[stacks[s]];

          *weight = prof_add_u64 (*weight, prof_abs_u64 (value));
        }
    }
}

/* A child's number is above its parent's, so one backward pass will do. */
static void
add_to_parents (ProfStackSums *self, ProfProfile *profile)
{
  const ProfStackNode *nodes = prof_profile_stacks (profile);

  for (size_t n = prof_profile_n_stacks (profile); n > 1; n--)
    {
      ProfStackId parent = nodes[n - 1].parent;

      self->total[parent] = prof_add_i64 (self->total[parent],
                                          self->total[n - 1]);
      if (self->owns_weight)
        self->weight[parent] = prof_add_u64 (self->weight[parent],
                                             self->weight[n - 1]);
    }
}

void
prof_stack_sums_init (ProfStackSums *self, ProfProfile *profile, size_t type)
{
  size_t n_stacks = prof_profile_n_stacks (profile);

  self->own = g_new0 (int64_t, n_stacks + 1);
  self->total = g_new (int64_t, n_stacks + 1);
  self->owns_weight = has_negative (profile, type);
  /* Without negative values the total is the weight. */
  self->weight = self->owns_weight ? g_new0 (uint64_t, n_stacks + 1)
                                   : (uint64_t *)self->total;
  add_samples (self, profile, type);
  for (size_t n = 0; n < n_stacks; n++)
    self->total[n] = self->own[n];
  add_to_parents (self, profile);
}

void
prof_stack_sums_clear (ProfStackSums *self)
{
  if (self->owns_weight)
    g_free (self->weight);
  g_free (self->own);
  g_free (self->total);
}

void
prof_stack_walk_init (ProfStackWalk       *self,
                      ProfProfile         *profile,
                      const ProfStackSums *sums)
{
  self->nodes = prof_profile_stacks (profile);
  self->weight = sums->weight;
  self->node = 0;
  self->entering = prof_profile_n_stacks (profile) > 0;
}

/* Skips what nothing was measured in. */
static ProfStackId
first_of (const ProfStackWalk *self, ProfStackId node)
{
  while (node != PROF_ID_NONE && self->weight[node] == 0)
    node = self->nodes[node].next;
  return node;
}

static bool
go_to (ProfStackWalk *self, ProfStackId node, bool entering)
{
  self->node = node;
  self->entering = entering;
  return node != 0;
}

bool
prof_stack_walk_next (ProfStackWalk *self)
{
  const ProfStackNode *node = &self->nodes[self->node];
  ProfStackId          next;

  if (self->entering)
    {
      next = first_of (self, node->first_child);
      if (next != PROF_ID_NONE)
        return go_to (self, next, true);
      return go_to (self, self->node, false);
    }
  if (self->node == 0)
    return false;
  next = first_of (self, node->next);
  if (next != PROF_ID_NONE)
    return go_to (self, next, true);
  return go_to (self, node->parent, false);
}

typedef struct
{
  const ProfFrames *frames;
  const uint32_t   *groups;
  ProfGroupSum     *sums;
  uint32_t         *active; /* how often a group is on the path */
} Adder;

static uint32_t
group_of (const Adder *adder, ProfFrameId frame)
{
  return adder->groups != NULL ? adder->groups[frame] : frame;
}

static void
enter (Adder *adder, ProfLocationId location, int64_t own, int64_t total)
{
  size_t             n;
  const ProfFrameId *frames;
  ProfGroupSum      *sum;

  frames = prof_frames_of_location (adder->frames, location, &n);
  for (size_t f = 0; f < n; f++)
    {
      uint32_t group = group_of (adder, frames[f]);

      sum = &adder->sums[group];
      if (adder->active[group]++ == 0)
        sum->cum = prof_add_i64 (sum->cum, total);
    }
  sum = &adder->sums[group_of (adder, frames[0])];
  sum->flat = prof_add_i64 (sum->flat, own);
}

static void
leave (Adder *adder, ProfLocationId location)
{
  size_t             n;
  const ProfFrameId *frames;

  frames = prof_frames_of_location (adder->frames, location, &n);
  for (size_t f = 0; f < n; f++)
    adder->active[group_of (adder, frames[f])]--;
}

ProfGroupSum *
prof_stack_sums_of_groups (const ProfFrames *frames,
                           size_t            type,
                           const uint32_t   *groups,
                           size_t            n_groups)
{
  ProfProfile         *profile = prof_frames_profile (frames);
  g_autofree uint32_t *active = g_new0 (uint32_t, n_groups + 1);
  Adder                adder = { frames, groups, NULL, active };
  ProfStackSums        sums;
  ProfStackWalk        walk;

  adder.sums = g_new0 (ProfGroupSum, n_groups + 1);
  prof_stack_sums_init (&sums, profile, type);
  prof_stack_walk_init (&walk, profile, &sums);
  while (prof_stack_walk_next (&walk))
    {
      ProfLocationId location = walk.nodes[walk.node].location;

      if (walk.entering)
        enter (&adder, location, sums.own[walk.node], sums.total[walk.node]);
      else
        leave (&adder, location);
    }
  prof_stack_sums_clear (&sums);
  return adder.sums;
}
