/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "formats/prof-firefox-thread.h"

#include <math.h>
#include <stdlib.h>

#define NS_PER_MS  1e6
#define MOST_MS    9e12
#define MOST_TYPES 3

void
prof_firefox_thread_clear (ProfFirefoxThread *self)
{
  prof_firefox_tables_clear (&self->tables);
  prof_number_column_clear (&self->stacks);
  prof_number_column_clear (&self->weights);
}

size_t
prof_firefox_thread_bytes (const ProfFirefoxThread *self)
{
  return prof_firefox_tables_bytes (&self->tables) + self->stacks.bytes.length +
         self->weights.bytes.length;
}

/* What each stack weighs, in millionths, and which have got some, perhaps twice. */
static bool
add_weights (const ProfFirefoxThread *self,
             size_t                   n_stacks,
             int64_t                 *sums,
             ProfVecU32              *touched,
             GError                 **error)
{
  ProfReader stacks = prof_number_column_read (&self->stacks);
  ProfReader weights = prof_number_column_read (&self->weights);
  int64_t    stack;

  while (prof_number_column_next (&stacks, &stack))
    {
      int64_t weight = PROF_FIREFOX_WHOLE;

      if (self->weights.n > 0 && !prof_number_column_next (&weights, &weight))
        weight = 0;
      if (stack == PROF_FIREFOX_NONE)
        continue;
      if (stack < 0 || (uint64_t)stack >= n_stacks)
        return prof_firefox_fail_row ("a sample", stack, "stackTable", error);
      if (sums[stack] == 0 && !prof_vec_u32_append (touched, (uint32_t)stack))
        return prof_fail_memory (error);
      if (__builtin_add_overflow (sums[stack], weight, &sums[stack]))
        return prof_fail (error,
                          PROF_ERROR_TOO_LARGE,
                          "the weights do not fit into 64 bits");
    }
  return true;
}

/* Samples and time; or time, or bytes. */
static void
values_of (const ProfFirefoxThread  *self,
           const ProfFirefoxProfile *profile,
           int64_t                   sum,
           int64_t                  *values)
{
  double weight = (double)sum / PROF_FIREFOX_WHOLE;
  double ms = weight * profile->interval_ms;

  memset (values, 0, profile->n_types * sizeof *values);
  if (self->weight == PROF_FIREFOX_WEIGHT_SAMPLES)
    values[0] = (int64_t)nearbyint (weight);
  else if (self->weight == PROF_FIREFOX_WEIGHT_MS)
    ms = weight;
  else
    {
      values[profile->n_types - 1] = (int64_t)nearbyint (weight);
      return;
    }
  ms = CLAMP (ms, -MOST_MS, MOST_MS);
  values[1] = (int64_t)nearbyint (ms * NS_PER_MS);
}

static bool
make_labels (const ProfFirefoxThread  *self,
             const ProfFirefoxProfile *profile,
             ProfRawLabel             *labels,
             size_t                   *n,
             GError                  **error)
{
  *n = 0;
  if (!profile->has_labels)
    return true;
  if (!prof_text_word (profile->text, "thread", &labels[0].key, error) ||
      !prof_text_word (profile->text, "process", &labels[1].key, error))
    return false;
  labels[0].str = self->name;
  labels[1].str = self->process;
  *n = 1 + (self->process != 0);
  return true;
}

static int
compare_rows (const void *a, const void *b)
{
  const uint32_t *first = a;
  const uint32_t *second = b;

  return (*first > *second) - (*first < *second);
}

/* In order of the table, and takes the sums away. */
static bool
add_samples (const ProfFirefoxThread  *self,
             const ProfFirefoxProfile *profile,
             const ProfCallNodes      *nodes,
             int64_t                  *sums,
             ProfVecU32               *touched,
             GError                  **error)
{
  ProfRawLabel labels[2] = { 0 };
  size_t       n_labels = 0;

  if (!make_labels (self, profile, labels, &n_labels, error))
    return false;
  if (touched->length > 0)
    qsort (touched->data, touched->length, sizeof (uint32_t), compare_rows);
  for (size_t t = 0; t < touched->length; t++)
    {
      uint32_t row = touched->data[t];
      int64_t  values[MOST_TYPES];

      if (sums[row] == 0)
        continue;
      values_of (self, profile, sums[row], values);
      sums[row] = 0;
      if (!prof_builder_add_sample_at (profile->text->builder,
                                       nodes->stacks.data[row],
                                       values,
                                       profile->n_types,
                                       labels,
                                       n_labels,
                                       error))
        return false;
    }
  return true;
}

bool
prof_firefox_thread_add (const ProfFirefoxThread  *self,
                         const ProfFirefoxProfile *profile,
                         const ProfCallNodes      *nodes,
                         int64_t                  *sums,
                         GError                  **error)
{
  ProfVecU32 touched = { 0 };
  bool       ok;

  ok = add_weights (self, nodes->stacks.length, sums, &touched, error) &&
       add_samples (self, profile, nodes, sums, &touched, error) &&
       prof_builder_check_memory (profile->text->builder, error);
  prof_vec_u32_clear (&touched);
  return ok;
}
