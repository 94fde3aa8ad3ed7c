/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "analysis/prof-stack-sums.h"

#include "base/prof-block.h"
#include "base/prof-checked.h"

/* Nodes that are asked for before they are added to, as they lie anywhere. */
#define AHEAD 32

bool
prof_stack_sums_have_negative (ProfProfile *profile, size_t type)
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
      int64_t       value = values[s * n_types + type];
      ProfStackSum *sum = &self->nodes[stacks[s]];

      sum->own = prof_add_i64 (sum->own, value);
      if (self->weight != NULL)
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

  for (size_t n = prof_profile_n_stacks (profile); n > 0; n--)
    {
      ProfStackSum *sum = &self->nodes[n - 1];
      ProfStackId   parent = nodes[n - 1].parent;

      sum->total = prof_add_i64 (sum->total, sum->own);
      if (parent == PROF_ID_NONE)
        continue;
      self->nodes[parent].total = prof_add_i64 (self->nodes[parent].total,
                                                sum->total);
      if (self->weight != NULL)
        self->weight[parent] = prof_add_u64 (self->weight[parent],
                                             self->weight[n - 1]);
    }
}

void
prof_stack_sums_init (ProfStackSums *self, ProfProfile *profile, size_t type)
{
  size_t n_stacks = prof_profile_n_stacks (profile);

  self->nodes = prof_block_new0 (ProfStackSum, n_stacks + 1);
  self->weight = NULL;
  if (prof_stack_sums_have_negative (profile, type))
    self->weight = prof_block_new0 (uint64_t, n_stacks + 1);
  add_samples (self, profile, type);
  add_to_parents (self, profile);
}

void
prof_stack_sums_clear (ProfStackSums *self)
{
  g_free (self->weight);
  g_free (self->nodes);
}

/* Values of samples at their leaves. */
static void
put_samples (ProfStackTotals *self, ProfProfile *profile, size_t type)
{
  size_t             n_types = prof_profile_n_types (profile);
  size_t             n_samples = prof_profile_n_samples (profile);
  const int64_t     *values = prof_profile_sample_values (profile);
  const ProfStackId *stacks = prof_profile_sample_stacks (profile);

  for (size_t s = 0; s < n_samples; s++)
    {
      int64_t  value = values[s * n_types + type];
      int64_t *total = &self->total[stacks[s]];

      if (s + AHEAD < n_samples)
        __builtin_prefetch (&self->total[stacks[s + AHEAD]], 1);
      *total = prof_add_i64 (*total, value);
      if (self->weight != NULL)
        self->weight[stacks[s]] = prof_add_u64 (self->weight[stacks[s]],
                                                prof_abs_u64 (value));
    }
}

/* A child's number is above its parent's, as with sums. */
static void
put_on_parents (ProfStackTotals *self, ProfProfile *profile)
{
  const ProfStackNode *nodes = prof_profile_stacks (profile);
  size_t               n = prof_profile_n_stacks (profile);

  for (size_t i = n; i > 1; i--)
    {
      int64_t *parent = &self->total[nodes[i - 1].parent];

      if (i > AHEAD)
        __builtin_prefetch (&self->total[nodes[i - AHEAD].parent], 1);
      *parent = prof_add_i64 (*parent, self->total[i - 1]);
    }
  for (size_t i = n; self->weight != NULL && i > 1; i--)
    {
      uint64_t *parent = &self->weight[nodes[i - 1].parent];

      *parent = prof_add_u64 (*parent, self->weight[i - 1]);
    }
}

ProfStackTotals *
prof_stack_totals_new (ProfProfile *profile, size_t type)
{
  g_autoptr (ProfStackTotals) self = g_new0 (ProfStackTotals, 1);
  size_t                      n = prof_profile_n_stacks (profile);
  bool negative = prof_stack_sums_have_negative (profile, type);

  g_atomic_ref_count_init (&self->ref_count);
  self->total = prof_block_try_new0 (int64_t, n);
  self->weight = negative ? prof_block_try_new0 (uint64_t, n) : NULL;
  if (self->total == NULL || (negative && self->weight == NULL))
    return NULL;
  put_samples (self, profile, type);
  put_on_parents (self, profile);
  return g_steal_pointer (&self);
}

ProfStackTotals *
prof_stack_totals_ref (ProfStackTotals *self)
{
  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

void
prof_stack_totals_unref (ProfStackTotals *self)
{
  if (self == NULL || !g_atomic_ref_count_dec (&self->ref_count))
    return;
  g_free (self->total);
  g_free (self->weight);
  g_free (self);
}

bool *
prof_stack_sums_marks (ProfProfile *profile, size_t type)
{
  const ProfStackNode *nodes = prof_profile_stacks (profile);
  size_t               n_types = prof_profile_n_types (profile);
  size_t               n_samples = prof_profile_n_samples (profile);
  const int64_t       *values = prof_profile_sample_values (profile);
  const ProfStackId   *stacks = prof_profile_sample_stacks (profile);
  size_t               n = prof_profile_n_stacks (profile);
  bool                *marks = prof_block_try_new0 (bool, n);

  if (marks == NULL)
    return NULL;
  for (size_t s = 0; s < n_samples; s++)
    if (values[s * n_types + type] != 0)
      marks[stacks[s]] = true;
  for (size_t i = n; i > 1; i--)
    if (marks[i - 1])
      marks[nodes[i - 1].parent] = true;
  return marks;
}
