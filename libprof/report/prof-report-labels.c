/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "report/prof-report-labels.h"

#include "base/prof-limits.h"
#include <string.h>

static size_t
length_of (const ProfProfile *profile, ProfStringId id)
{
  size_t length;

  prof_profile_string_bytes (profile, id, &length);
  return length;
}

bool
prof_report_labels_check (const ProfProfile *profile,
                          size_t             sample,
                          GError           **error)
{
  size_t           n;
  const ProfLabel *labels = prof_profile_sample_labels (profile, sample, &n);
  uint64_t         size = 0;

  for (size_t i = 0; i < n; i++)
    size += length_of (profile, labels[i].key) +
            length_of (profile, labels[i].str) +
            length_of (profile, labels[i].unit);
  return size <= PROF_MAX_TEXT_LINE ||
         prof_fail (error,
                    PROF_ERROR_TOO_LARGE,
                    "the labels of sample %zu are longer than %u bytes",
                    sample,
                    PROF_MAX_TEXT_LINE);
}

/* Labels of one key together, in their order. */
static int
compare_keys (gconstpointer a, gconstpointer b, gpointer data)
{
  ProfStringId left = (*(const ProfLabel *const *)a)->key;
  ProfStringId right = (*(const ProfLabel *const *)b)->key;

  return left < right ? -1 : left > right;
}

static int
compare_texts (gconstpointer a, gconstpointer b)
{
  const GString *left = *(const GString *const *)a;
  const GString *right = *(const GString *const *)b;
  int order = memcmp (left->str, right->str, MIN (left->len, right->len));

  if (order != 0)
    return order;
  return left->len < right->len ? -1 : left->len > right->len;
}

static void
free_text (gpointer text)
{
  g_string_free (text, TRUE);
}

static GPtrArray *
chosen_labels (const ProfProfile *profile, size_t sample, bool numbers)
{
  size_t           n;
  const ProfLabel *labels = prof_profile_sample_labels (profile, sample, &n);
  GPtrArray       *chosen = g_ptr_array_new ();

  for (size_t i = 0; i < n; i++)
    if ((labels[i].str == 0) == numbers)
      g_ptr_array_add (chosen, (gpointer)&labels[i]);
  g_ptr_array_sort_with_data (chosen, compare_keys, NULL);
  return chosen;
}

GPtrArray *
prof_report_labels (const ProfProfile   *profile,
                    size_t               sample,
                    bool                 numbers,
                    ProfReportLabelsFunc text_of_key,
                    const void          *data)
{
  g_autoptr (GPtrArray)   labels = chosen_labels (profile, sample, numbers);
  GPtrArray              *texts = g_ptr_array_new_with_free_func (free_text);
  const ProfLabel *const *all = (const ProfLabel *const *)labels->pdata;

  for (guint i = 0, n; i < labels->len; i += n)
    {
      for (n = 1; i + n < labels->len && all[i + n]->key == all[i]->key;)
        n++;
      g_ptr_array_add (texts, text_of_key (data, all + i, n));
    }
  g_ptr_array_sort (texts, compare_texts);
  return texts;
}
