/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "analysis/prof-package-sums.h"

#include "base/prof-checked.h"

/* Stacks that begin with less than this of all are not followed. */
#define SHARE 65536

/* Leaves that are asked for before they are looked at, as they lie anywhere. */
#define AHEAD 32

typedef struct
{
  const ProfStackNode   *nodes;
  const ProfStackTotals *totals;
  ProfFrameLists         lists;
  const uint32_t        *groups;
  uint64_t               least; /* at least 1, as zeros count for nothing */

  /* Owned */
  ProfGroupSum *sums;
  uint32_t     *on_path; /* for each group: how many frames of the path */
} Walker;

static uint64_t
weight_of (const Walker *self, ProfStackId node)
{
  if (self->totals->weight != NULL)
    return self->totals->weight[node];
  return prof_abs_u64 (self->totals->total[node]);
}

static void
enter (Walker *self, ProfStackId node)
{
  size_t             n;
  const ProfFrameId *frames = prof_frame_list (&self->lists,
                                               self->nodes[node].location,
                                               &n);

  for (size_t f = 0; f < n; f++)
    {
      uint32_t      group = self->groups[frames[f]];
      ProfGroupSum *sum = &self->sums[group];

      if (self->on_path[group]++ == 0)
        sum->cum = prof_add_i64 (sum->cum, self->totals->total[node]);
    }
}

static void
leave (Walker *self, ProfStackId node)
{
  size_t             n;
  const ProfFrameId *frames = prof_frame_list (&self->lists,
                                               self->nodes[node].location,
                                               &n);

  for (size_t f = 0; f < n; f++)
    self->on_path[self->groups[frames[f]]]--;
}

/* The first of a row of siblings that weighs enough, or PROF_ID_NONE. */
static ProfStackId
heavy_from (const Walker *self, ProfStackId node)
{
  while (node != PROF_ID_NONE && weight_of (self, node) < self->least)
    node = self->nodes[node].next;
  return node;
}

/* In preorder, along the links. */
static void
walk (Walker *self)
{
  ProfStackId node = heavy_from (self, self->nodes[0].first_child);

  while (node != PROF_ID_NONE)
    {
      ProfStackId next;

      enter (self, node);
      next = heavy_from (self, self->nodes[node].first_child);
      while (next == PROF_ID_NONE && node != 0)
        {
          leave (self, node);
          next = heavy_from (self, self->nodes[node].next);
          node = self->nodes[node].parent;
        }
      node = next;
    }
}

static void
add_flat (Walker *self, ProfProfile *profile, size_t type)
{
  size_t             n_types = prof_profile_n_types (profile);
  size_t             n_samples = prof_profile_n_samples (profile);
  const int64_t     *values = prof_profile_sample_values (profile);
  const ProfStackId *stacks = prof_profile_sample_stacks (profile);

  for (size_t s = 0; s < n_samples; s++)
    {
      size_t             n;
      const ProfFrameId *frames;
      ProfGroupSum      *sum;

      if (s + AHEAD < n_samples)
        __builtin_prefetch (&self->nodes[stacks[s + AHEAD]]);
      if (stacks[s] == 0)
        continue;
      frames = prof_frame_list (&self->lists,
                                self->nodes[stacks[s]].location,
                                &n);
      sum = &self->sums[self->groups[frames[0]]];
      sum->flat = prof_add_i64 (sum->flat, values[s * n_types + type]);
    }
}

ProfGroupSum *
prof_package_sums (const ProfFrames      *frames,
                   const ProfStackTotals *totals,
                   const uint32_t        *groups,
                   size_t                 n_groups)
{
  ProfProfile *profile = prof_frames_profile (frames);
  Walker       walker = {
          .nodes = prof_profile_stacks (profile),
          .totals = totals,
          .lists = prof_frames_lists (frames),
          .groups = groups,
          .sums = g_new0 (ProfGroupSum, n_groups + 1),
          .on_path = g_new0 (uint32_t, n_groups + 1),
  };

  walker.least = MAX (weight_of (&walker, 0) / SHARE, 1);
  add_flat (&walker, profile, prof_frames_type (frames));
  walk (&walker);
  g_free (walker.on_path);
  return walker.sums;
}
