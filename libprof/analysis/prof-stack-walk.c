/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "analysis/prof-stack-walk.h"

#include "base/prof-block.h"
#include "base/prof-checked.h"
#include <string.h>

/* Leaves that are asked for before they are looked at, as they lie anywhere. */
#define AHEAD 32

void
prof_stack_walk_init (ProfStackWalk         *self,
                      ProfProfile           *profile,
                      const ProfStackTotals *totals)
{
  *self = (ProfStackWalk){
    .nodes = prof_profile_stacks (profile),
    .totals = totals,
    .least = 1,
  };
  prof_need_memory (prof_vec_u32_append (&self->path, 0));
}

void
prof_stack_walk_clear (ProfStackWalk *self)
{
  prof_vec_u32_clear (&self->path);
}

ProfStackMark *
prof_stack_marks_new (size_t n)
{
  ProfStackMark *marks = prof_block_new (ProfStackMark, n + 1);

  memset (marks, 0xff, (n + 1) * sizeof *marks);
  return marks;
}

typedef struct
{
  ProfFrameLists  lists;
  const uint32_t *groups; /* NULL: frames are groups */
  ProfGroupSum   *sums;
} Adder;

static uint32_t
group_of (const Adder *self, ProfFrameId frame)
{
  return self->groups != NULL ? self->groups[frame] : frame;
}

static void
add_flat (const Adder *self, ProfProfile *profile, size_t type)
{
  const ProfStackNode *nodes = prof_profile_stacks (profile);
  size_t               n_types = prof_profile_n_types (profile);
  size_t               n_samples = prof_profile_n_samples (profile);
  const int64_t       *values = prof_profile_sample_values (profile);
  const ProfStackId   *stacks = prof_profile_sample_stacks (profile);

  for (size_t s = 0; s < n_samples; s++)
    {
      size_t             n;
      const ProfFrameId *frames;
      ProfGroupSum      *sum;

      if (s + AHEAD < n_samples)
        __builtin_prefetch (&nodes[stacks[s + AHEAD]]);
      if (stacks[s] == 0)
        continue;
      frames = prof_frame_list (&self->lists, nodes[stacks[s]].location, &n);
      sum = &self->sums[group_of (self, frames[0])];
      sum->flat = prof_add_i64 (sum->flat, values[s * n_types + type]);
    }
}

static void
add_cum (const Adder           *self,
         ProfProfile           *profile,
         const ProfStackTotals *totals,
         uint64_t               least,
         ProfStackMark         *found)
{
  ProfStackWalk walk;

  prof_stack_walk_init (&walk, profile, totals);
  walk.least = least;
  while (prof_stack_walk_next (&walk))
    {
      size_t             n;
      const ProfFrameId *frames =
          prof_frame_list (&self->lists, walk.nodes[walk.node].location, &n);

      for (size_t f = 0; f < n; f++)
        {
          uint32_t      group = group_of (self, frames[f]);
          ProfGroupSum *sum = &self->sums[group];

          if (prof_stack_walk_has (&walk, found[group]))
            continue;
          found[group] = prof_stack_walk_mark (&walk);
          sum->cum = prof_add_i64 (sum->cum, prof_stack_walk_total (&walk));
        }
    }
  prof_stack_walk_clear (&walk);
}

ProfGroupSum *
prof_stack_sum_groups (const ProfFrames      *frames,
                       const ProfStackTotals *totals,
                       size_t                 type,
                       const uint32_t        *groups,
                       size_t                 n_groups,
                       uint64_t               least)
{
  ProfProfile              *profile = prof_frames_profile (frames);
  g_autofree ProfStackMark *found = prof_stack_marks_new (n_groups);
  Adder                     adder = {
                        .lists = prof_frames_lists (frames),
                        .groups = groups,
                        .sums = g_new0 (ProfGroupSum, n_groups + 1),
  };

  add_flat (&adder, profile, type);
  add_cum (&adder, profile, totals, least, found);
  return adder.sums;
}
