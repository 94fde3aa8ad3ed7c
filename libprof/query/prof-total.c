/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "query/prof-total.h"

#include "base/prof-checked.h"
#include <string.h>

typedef struct
{
  int64_t value;
  int64_t divisor;
} Sum;

static bool
is_base_label (const ProfProfile *profile, const ProfLabel *label)
{
  return label->str != 0 &&
         strcmp (prof_profile_string (profile, label->str), "true") == 0 &&
         strcmp (prof_profile_string (profile, label->key), "pprof::base") == 0;
}

bool
prof_is_base_sample (const ProfProfile *profile, size_t sample)
{
  size_t           n;
  const ProfLabel *labels = prof_profile_sample_labels (profile, sample, &n);

  for (size_t l = 0; l < n; l++)
    if (is_base_label (profile, &labels[l]))
      return true;
  return false;
}

/* Mostly nobody has a label of that name, and samples need not be asked one by
 * one: 28 million instructions for 200,000 of them. */
bool
prof_may_have_base (const ProfProfile *profile)
{
  size_t n_labels;

  prof_profile_labels (profile, &n_labels);
  return n_labels > 0 &&
         prof_profile_find_string (profile,
                                   "pprof::base",
                                   strlen ("pprof::base")) != PROF_ID_NONE;
}

static void
add (Sum *sum, const int64_t *values, size_t type)
{
  uint64_t value = prof_abs_u64 (values[type]);

  sum->value = prof_add_i64 (sum->value, (int64_t)MIN (value, INT64_MAX));
  sum->divisor = prof_add_i64 (sum->divisor, values[0]);
}

int64_t
prof_total (const ProfProfile *profile, size_t type, bool mean)
{
  size_t         n_types = prof_profile_n_types (profile);
  const int64_t *values = prof_profile_sample_values (profile);
  Sum            all = { 0, 0 };
  Sum            base = { 0, 0 };

  if (type >= n_types)
    return 0;
  if (!mean && !prof_may_have_base (profile))
    return prof_profile_total (profile, type);
  for (size_t s = 0; s < prof_profile_n_samples (profile); s++)
    {
      add (&all, values + s * n_types, type);
      if (prof_is_base_sample (profile, s))
        add (&base, values + s * n_types, type);
    }
  if (base.value > 0)
    all = base;
  return mean && all.divisor != 0 ? all.value / all.divisor : all.value;
}
