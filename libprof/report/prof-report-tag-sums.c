/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "report/prof-report-tag-sums.h"

#include "base/prof-checked.h"
#include "model/prof-label.h"
#include <string.h>

/* @known: label → place in @sums + 1 */
static void
add (ProfVecTagSum   *sums,
     GHashTable      *known,
     const ProfLabel *label,
     int64_t          value)
{
  size_t place = GPOINTER_TO_SIZE (g_hash_table_lookup (known, label));
  ProfReportTagSum *sum;

  if (place == 0)
    {
      prof_need_memory (
          prof_vec_tag_sum_append (sums, (ProfReportTagSum){ .label = label }));
      place = sums->length;
      g_hash_table_insert (known, (gpointer)label, GSIZE_TO_POINTER (place));
    }
  sum = &sums->data[place - 1];
  sum->sum = prof_add_i64 (sum->sum, value);
}

void
prof_report_tag_sums (const ProfProfile *profile,
                      size_t             type,
                      ProfVecTagSum     *sums)
{
  g_autoptr (GHashTable) known = g_hash_table_new (prof_label_hash,
                                                   prof_label_equal);
  size_t                 n_types = prof_profile_n_types (profile);
  const int64_t         *values = prof_profile_sample_values (profile);

  *sums = (ProfVecTagSum){ 0 };
  for (size_t s = 0; s < prof_profile_n_samples (profile); s++)
    {
      size_t           n;
      const ProfLabel *labels = prof_profile_sample_labels (profile, s, &n);

      for (size_t l = 0; l < n && n_types > 0; l++)
        add (sums, known, &labels[l], values[s * n_types + type]);
    }
}

int
prof_report_compare_bytes (const char *left,
                           size_t      left_length,
                           const char *right,
                           size_t      right_length)
{
  int order = memcmp (left, right, MIN (left_length, right_length));

  if (order != 0)
    return order;
  return left_length < right_length ? -1 : left_length > right_length;
}

int
prof_report_compare_strings (const ProfProfile *profile,
                             ProfStringId       left,
                             ProfStringId       right)
{
  size_t      n_left;
  size_t      n_right;
  const char *l = prof_profile_string_bytes (profile, left, &n_left);
  const char *r = prof_profile_string_bytes (profile, right, &n_right);

  return prof_report_compare_bytes (l, n_left, r, n_right);
}
