/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "query/prof-divide.h"

#include "base/prof-unit.h"
#include "model/prof-draft.h"

static void
add_divided (ProfDraft         *draft,
             const ProfProfile *profile,
             size_t             sample,
             double             divide_by,
             int64_t           *values)
{
  size_t           n_types = prof_profile_n_types (profile);
  const int64_t   *whole = prof_profile_sample_values (profile);
  size_t           n_labels;
  const ProfLabel *labels;

  for (size_t t = 0; t < n_types; t++)
    values[t] = prof_unit_divide (whole[sample * n_types + t], divide_by);
  labels = prof_profile_sample_labels (profile, sample, &n_labels);
  prof_draft_add_sample (draft,
                         prof_profile_sample_stacks (profile)[sample],
                         values,
                         labels,
                         n_labels);
}

ProfProfile *
prof_divide (ProfProfile *profile, double divide_by, GError **error)
{
  g_autoptr (ProfDraft) draft = NULL;
  g_autofree int64_t   *values = NULL;

  if (!(divide_by > 0) || divide_by == 1)
    return prof_profile_ref (profile);
  values = g_new (int64_t, prof_profile_n_types (profile) + 1);
  draft = prof_draft_new (profile);
  prof_draft_begin_samples (draft);
  for (size_t s = 0; s < prof_profile_n_samples (profile); s++)
    add_divided (draft, profile, s, divide_by, values);
  return prof_draft_finish (draft, error);
}
