/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "report/prof-report-facts.h"

#include "base/prof-hash.h"
#include <string.h>

/* Also "cycles:P" is "cycles". */
static bool
has_type (const ProfProfile *profile, const char *name)
{
  size_t length = strlen (name);

  for (size_t t = 0; t < prof_profile_n_types (profile); t++)
    {
      const char *type = prof_profile_type_name (profile, t);

      if (strncmp (type, name, length) == 0 &&
          (type[length] == '\0' || type[length] == ':'))
        return true;
    }
  return false;
}

const char *
prof_report_facts_kind (const ProfProfile *profile)
{
  static const struct
  {
    const char *type;
    const char *kind;
  } kinds[] = {
    { "cpu", "CPU" },
    { "cycles", "CPU" },
    { "cpu-clock", "CPU" },
    { "task-clock", "CPU" },
    { "inuse_space", "heap" },
    { "space", "heap" },
    { "goroutine", "goroutines" },
    { "threadcreate", "thread creation" },
    { "contentions", "contention (block or mutex)" },
  };
  const char *named;

  named = prof_profile_string (profile,
                               prof_profile_default_type_name (profile));
  if (strcmp (named, "alloc_space") == 0)
    return "allocations";
  for (size_t k = 0; k < G_N_ELEMENTS (kinds); k++)
    if (has_type (profile, kinds[k].type))
      return kinds[k].kind;
  return "other";
}

/* A key while it is counted. */
typedef struct
{
  ProfReportKey key;
  size_t        last_sample; /* and one more */
  GHashTable   *values;
} Count;

static void
free_count (gpointer data)
{
  Count *count = data;

  g_hash_table_unref (count->values);
  g_free (count);
}

static guint
hash_value (gconstpointer data)
{
  const ProfLabel *label = data;

  return prof_hash_int64 (&label->num) * 31 + label->str;
}

static gboolean
equal_values (gconstpointer a, gconstpointer b)
{
  const ProfLabel *left = a;
  const ProfLabel *right = b;

  return left->str == right->str && left->num == right->num;
}

static void
count_label (GHashTable *counts, const ProfLabel *label, size_t sample)
{
  Count *count = g_hash_table_lookup (counts, GUINT_TO_POINTER (label->key));

  if (count == NULL)
    {
      count = g_new0 (Count, 1);
      count->key.key = label->key;
      count->values = g_hash_table_new (hash_value, equal_values);
      g_hash_table_insert (counts, GUINT_TO_POINTER (label->key), count);
    }
  if (count->last_sample != sample + 1)
    count->key.n_samples++;
  count->last_sample = sample + 1;
  g_hash_table_add (count->values, (gpointer)label);
}

static GHashTable *
count_labels (const ProfProfile *profile)
{
  GHashTable *counts = g_hash_table_new_full (NULL, NULL, NULL, free_count);

  for (size_t s = 0; s < prof_profile_n_samples (profile); s++)
    {
      size_t           n;
      const ProfLabel *labels = prof_profile_sample_labels (profile, s, &n);

      for (size_t l = 0; l < n; l++)
        count_label (counts, &labels[l], s);
    }
  return counts;
}

static int
compare_keys (gconstpointer a, gconstpointer b, gpointer data)
{
  const ProfProfile   *profile = data;
  const ProfReportKey *left = *(const ProfReportKey *const *)a;
  const ProfReportKey *right = *(const ProfReportKey *const *)b;
  int                  order = strcmp (prof_profile_string (profile, left->key),
                      prof_profile_string (profile, right->key));

  if (order != 0)
    return order;
  return left->key < right->key ? -1 : left->key > right->key;
}

GPtrArray *
prof_report_facts_keys (const ProfProfile *profile)
{
  g_autoptr (GHashTable) counts = count_labels (profile);
  GPtrArray             *keys = g_ptr_array_new_with_free_func (g_free);
  GHashTableIter         iter;
  gpointer               value;

  g_hash_table_iter_init (&iter, counts);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      Count *count = value;

      count->key.n_values = g_hash_table_size (count->values);
      g_ptr_array_add (keys, g_memdup2 (&count->key, sizeof count->key));
    }
  g_ptr_array_sort_with_data (keys, compare_keys, (gpointer)profile);
  return keys;
}
