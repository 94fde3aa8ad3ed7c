/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "analysis/prof-list-sums.h"

#include "analysis/prof-list-parts.h"
#include "base/prof-block.h"

/* The groups of a mention; locations of three frames and more are rare. Which
 * location has how many cannot be guessed by a processor, nor which group was seen
 * before, and each wrong guess costs as much as ten steps: so every mention has
 * two, one of which may be of nobody. */
typedef struct
{
  uint32_t first;
  uint32_t second; /* job->nobody; with MORE, where the others are */
} Groups;

#define MORE (UINT32_C (1) << 31)

/* Shared by all threads, and only read. */
typedef struct
{
  const ProfStackList *list;
  const int64_t       *values;
  size_t               n_types;
  ProfFrameLists       lists;
  const uint32_t      *groups; /* NULL: frames are groups */
  size_t               n_groups;

  /* Owned */
  Groups    *of_mention;
  ProfVecU32 more; /* how many, and the groups */
} Job;

/* Of a group; side by side, as each entry needs both. */
typedef struct
{
  int64_t  cum;
  uint32_t seen; /* the last sample with it, from 1 */
} Sum;

/* A thread's; groups and nobody's. */
typedef struct
{
  const Job   *job;
  ProfListPart blocks;
  Sum         *sums;
  int64_t     *flat;
} Part;

static uint32_t
nobody (const Job *job)
{
  return (uint32_t)job->n_groups;
}

static uint32_t
group_of (const Job *job, ProfFrameId frame)
{
  return job->groups != NULL ? job->groups[frame] : frame;
}

static void
append (ProfVecU32 *list, uint32_t number)
{
  /* Fewer than frames of locations, which are in memory already. */
  prof_need_memory (list->length < MORE && prof_vec_u32_append (list, number));
}

static Groups
groups_of (Job *job, uint32_t mention)
{
  size_t             n;
  const ProfFrameId *frames =
      prof_frame_list (&job->lists, job->list->locations.data[mention], &n);
  Groups groups = { group_of (job, frames[0]), nobody (job) };

  if (n == 2)
    groups.second = group_of (job, frames[1]);
  if (n <= 2 && groups.second < MORE)
    return groups;
  groups.second = (uint32_t)job->more.length | MORE;
  append (&job->more, (uint32_t)n - 1);
  for (size_t f = 1; f < n; f++)
    append (&job->more, group_of (job, frames[f]));
  return groups;
}

static void
find_groups (Job *job)
{
  size_t n_mentions = job->list->locations.length;

  job->of_mention = prof_block_new (Groups, n_mentions + 1);
  for (size_t m = 0; m < n_mentions; m++)
    job->of_mention[m] = groups_of (job, (uint32_t)m);
}

static inline void
see (const Part *part, uint32_t group, uint32_t sample, int64_t value)
{
  Sum    *sum = &part->sums[group];
  int64_t is_new = sum->seen != sample;

  sum->seen = sample;
  sum->cum += value & -is_new;
}

static inline void
see_more (const Part *part, uint32_t place, uint32_t sample, int64_t value)
{
  const uint32_t *list = &part->job->more.data[place & ~MORE];

  for (uint32_t n = *list; n > 0; n--)
    see (part, *++list, sample, value);
}

/* Once for each width of entries. */
static inline G_ALWAYS_INLINE void
sum_block (const Part *shared, const ProfStackBlock block, const bool is_wide)
{
  const Part      own = *shared;
  const Part     *part = &own;
  const Job      *job = part->job;
  const uint32_t *lengths = job->list->lengths.data + block.first_stack;
  const Groups   *of_mention = job->of_mention;
  size_t          entry = 0;

  for (uint32_t s = 0; s < block.n_stacks; s++)
    {
      uint32_t sample = block.first_stack + s + 1;
      int64_t  value = job->values[(sample - 1) * job->n_types];
      size_t   end = entry + lengths[s];

      if (value == 0)
        entry = end;
      if (entry < end)
        part->flat[of_mention[prof_stack_block_get (&block, entry)].first] +=
            value;
      for (; entry < end; entry++)
        {
          uint32_t mention = is_wide ? prof_stack_block_wide (&block, entry)
                                     : prof_stack_block_narrow (&block, entry);
          Groups   groups = of_mention[mention];

          see (part, groups.first, sample, value);
          if (G_LIKELY ((groups.second & MORE) == 0))
            see (part, groups.second, sample, value);
          else
            see_more (part, groups.second, sample, value);
        }
    }
}

static gpointer
sum_part (gpointer data)
{
  Part  *part = data;
  size_t n_groups = part->job->n_groups;

  part->sums = prof_block_new0 (Sum, n_groups + 1);
  part->flat = prof_block_new0 (int64_t, n_groups + 1);
  for (size_t b = 0; b < part->blocks.length; b++)
    {
      const ProfStackBlock *block = &part->blocks.data[b];

      if (block->width > 2)
        sum_block (part, *block, true);
      else
        sum_block (part, *block, false);
    }
  return NULL;
}

static void
take_part (Part *part, ProfGroupSum *sums)
{
  for (size_t g = 0; g < part->job->n_groups; g++)
    {
      sums[g].flat += part->flat[g];
      sums[g].cum += part->sums[g].cum;
    }
  g_free (part->sums);
  prof_list_part_clear (&part->blocks);
  g_free (part->flat);
}

static void
sum_parts (const Job *job, ProfGroupSum *sums)
{
  ProfListPart blocks[PROF_LIST_PARTS];
  Part         parts[PROF_LIST_PARTS];
  size_t       n = prof_list_divide (job->list, blocks);

  for (size_t p = 0; p < n; p++)
    parts[p] = (Part){ .job = job, .blocks = blocks[p] };
  prof_list_run (sum_part, parts, n, sizeof *parts);
  for (size_t p = 0; p < n; p++)
    take_part (&parts[p], sums);
}

ProfGroupSum *
prof_list_sums (ProfProfile      *profile,
                size_t            type,
                const ProfFrames *frames,
                const uint32_t   *groups,
                size_t            n_groups)
{
  ProfGroupSum *sums = g_new0 (ProfGroupSum, n_groups + 1);
  Job           job = {
              .list = prof_profile_stack_list (profile),
              .values = prof_profile_sample_values (profile),
              .n_types = prof_profile_n_types (profile),
              .lists = prof_frames_lists (frames),
              .groups = groups,
              .n_groups = n_groups,
  };

  if (job.list->lengths.length == 0)
    return sums;
  job.values += type;
  find_groups (&job);
  sum_parts (&job, sums);
  g_free (job.of_mention);
  prof_vec_u32_clear (&job.more);
  return sums;
}
