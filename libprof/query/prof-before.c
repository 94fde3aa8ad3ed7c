/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "query/prof-before.h"

#include "model/prof-draft.h"
#include "query/prof-total.h"

bool
prof_before_exists (const ProfProfile *profile)
{
  for (size_t s = 0; s < prof_profile_n_samples (profile); s++)
    if (prof_is_base_sample (profile, s))
      return true;
  return false;
}

static int64_t
negated (int64_t value)
{
  return value == INT64_MIN ? INT64_MAX : -value;
}

static void
add_negated (ProfDraft         *draft,
             const ProfProfile *profile,
             size_t             sample,
             int64_t           *values)
{
  size_t           n_types = prof_profile_n_types (profile);
  const int64_t   *were = prof_profile_sample_values (profile);
  size_t           n_labels;
  const ProfLabel *labels;

  for (size_t t = 0; t < n_types; t++)
    values[t] = negated (were[sample * n_types + t]);
  labels = prof_profile_sample_labels (profile, sample, &n_labels);
  prof_draft_add_sample (draft,
                         prof_profile_sample_stacks (profile)[sample],
                         values,
                         labels,
                         n_labels);
}

ProfProfile *
prof_before_new (ProfProfile *profile, GError **error)
{
  g_autoptr (ProfDraft) draft = prof_draft_new (profile);
  g_autofree int64_t   *values = NULL;

  values = g_new (int64_t, prof_profile_n_types (profile) + 1);
  prof_draft_begin_samples (draft);
  for (size_t s = 0; s < prof_profile_n_samples (profile); s++)
    if (prof_is_base_sample (profile, s))
      add_negated (draft, profile, s, values);
  return prof_draft_finish (draft, error);
}
