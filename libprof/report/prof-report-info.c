/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "report/prof-report-info.h"

#include "base/prof-unit.h"
#include "report/prof-report-time.h"
#include <string.h>

static bool
has_type (const ProfProfile *profile, const char *name)
{
  for (size_t t = 0; t < prof_profile_n_types (profile); t++)
    if (strcmp (prof_profile_type_name (profile, t), name) == 0)
      return true;
  return false;
}

static const char *
kind_of (const ProfProfile *profile)
{
  static const struct
  {
    const char *type;
    const char *kind;
  } kinds[] = {
    { "cpu", "CPU" },
    { "inuse_space", "heap" },
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

static void
append_types (GString *out, const ProfProfile *profile)
{
  size_t default_type = prof_profile_default_type (profile);

  for (size_t t = 0; t < prof_profile_n_types (profile); t++)
    {
      const char      *unit = prof_profile_type_unit (profile, t);
      g_autofree char *total = NULL;

      total = prof_unit_label (prof_profile_total (profile, t), unit, "auto");
      g_string_append_printf (out,
                              "Type: %s/%s, total %s%s\n",
                              prof_profile_type_name (profile, t),
                              unit,
                              total,
                              t == default_type ? " (default)" : "");
    }
}

static void
append_utc (GString *out, int64_t ns)
{
  g_autoptr (GDateTime) time = g_date_time_new_from_unix_utc (
      prof_report_time_seconds (ns));
  g_autofree char *text = g_date_time_format_iso8601 (time);

  if (ns != 0)
    g_string_append_printf (out, "Time: %s\n", text);
}

static void
append_measured (GString    *out,
                 const char *what,
                 int64_t     value,
                 const char *unit,
                 const char *of)
{
  g_autofree char *text = prof_unit_label (value, unit, "auto");

  if (value != 0)
    g_string_append_printf (out, "%s: %s%s\n", what, text, of);
}

static void
append_period (GString *out, const ProfProfile *profile)
{
  ProfValueType    type = prof_profile_period_type (profile);
  const char      *name = prof_profile_string (profile, type.type);
  g_autofree char *of = g_strconcat (" of ", name, NULL);

  append_measured (out,
                   "Period",
                   prof_profile_period (profile),
                   prof_profile_string (profile, type.unit),
                   name[0] != '\0' ? of : "");
}

static void
append_sizes (GString *out, const ProfProfile *profile)
{
  g_string_append_printf (out,
                          "Samples: %zu\nFunctions: %zu\nLocations: %zu\n",
                          prof_profile_n_samples (profile),
                          prof_profile_n_functions (profile),
                          prof_profile_n_locations (profile));
}

static void
append_mappings (GString *out, const ProfProfile *profile)
{
  for (size_t m = 0; m < prof_profile_n_mappings (profile); m++)
    {
      const ProfMapping *mapping = &prof_profile_mappings (profile)[m];
      const char        *file;
      const char        *build_id;

      file = prof_profile_string (profile, mapping->filename);
      build_id = prof_profile_string (profile, mapping->build_id);
      g_string_append_printf (out,
                              "Mapping: 0x%" G_GINT64_MODIFIER
                              "x-0x%" G_GINT64_MODIFIER "x %s%s%s%s\n",
                              mapping->start,
                              mapping->limit,
                              file[0] != '\0' ? file : "(no file)",
                              prof_profile_string (profile,
                                                   mapping->kernel_symbol),
                              build_id[0] != '\0' ? ", build id " : "",
                              build_id);
    }
}

typedef struct
{
  ProfStringId key;
  size_t       n_samples;
  size_t       last_sample; /* and one more */
  GHashTable  *values;
} Key;

static void
free_key (gpointer data)
{
  Key *key = data;

  g_hash_table_unref (key->values);
  g_free (key);
}

static guint
hash_value (gconstpointer data)
{
  const ProfLabel *label = data;

  return g_int64_hash (&label->num) * 31 + label->str;
}

static gboolean
equal_values (gconstpointer a, gconstpointer b)
{
  const ProfLabel *left = a;
  const ProfLabel *right = b;

  return left->str == right->str && left->num == right->num;
}

static void
count_label (GHashTable *keys, const ProfLabel *label, size_t sample)
{
  Key *key = g_hash_table_lookup (keys, GUINT_TO_POINTER (label->key));

  if (key == NULL)
    {
      key = g_new0 (Key, 1);
      key->key = label->key;
      key->values = g_hash_table_new (hash_value, equal_values);
      g_hash_table_insert (keys, GUINT_TO_POINTER (label->key), key);
    }
  if (key->last_sample != sample + 1)
    key->n_samples++;
  key->last_sample = sample + 1;
  g_hash_table_add (key->values, (gpointer)label);
}

static GHashTable *
count_labels (const ProfProfile *profile)
{
  GHashTable *keys = g_hash_table_new_full (NULL, NULL, NULL, free_key);

  for (size_t s = 0; s < prof_profile_n_samples (profile); s++)
    {
      size_t           n;
      const ProfLabel *labels = prof_profile_sample_labels (profile, s, &n);

      for (size_t l = 0; l < n; l++)
        count_label (keys, &labels[l], s);
    }
  return keys;
}

static int
compare_keys (gconstpointer a, gconstpointer b, gpointer data)
{
  const ProfProfile *profile = data;

  return strcmp (prof_profile_string (profile, ((const Key *)a)->key),
                 prof_profile_string (profile, ((const Key *)b)->key));
}

static void
append_labels (GString *out, const ProfProfile *profile)
{
  g_autoptr (GHashTable) keys = count_labels (profile);
  g_autoptr (GList)      sorted = g_hash_table_get_values (keys);

  sorted = g_list_sort_with_data (sorted, compare_keys, (gpointer)profile);
  for (const GList *item = sorted; item != NULL; item = item->next)
    {
      const Key *key = item->data;
      guint      n_values = g_hash_table_size (key->values);

      g_string_append_printf (out,
                              "Label: %s, %zu sample%s, %u value%s\n",
                              prof_profile_string (profile, key->key),
                              key->n_samples,
                              key->n_samples == 1 ? "" : "s",
                              n_values,
                              n_values == 1 ? "" : "s");
    }
}

static void
append_text (GString           *out,
             const char        *what,
             const ProfProfile *profile,
             ProfStringId       text)
{
  if (text != 0)
    g_string_append_printf (out,
                            "%s: %s\n",
                            what,
                            prof_profile_string (profile, text));
}

static void
append_texts (GString *out, const ProfProfile *profile)
{
  size_t              n;
  const ProfStringId *comments = prof_profile_comments (profile, &n);

  for (size_t c = 0; c < n; c++)
    append_text (out, "Comment", profile, comments[c]);
  append_text (out, "Documentation", profile, prof_profile_doc_url (profile));
  append_text (out,
               "Dropped frames",
               profile,
               prof_profile_drop_frames (profile));
  append_text (out, "Kept frames", profile, prof_profile_keep_frames (profile));
}

static void
append_oddity (GString *out, uint64_t n, const char *what)
{
  if (n > 0)
    g_string_append_printf (out,
                            "Oddity: %s (%" G_GUINT64_FORMAT " times)\n",
                            what,
                            n);
}

static void
append_oddities (GString *out, const ProfProfile *profile)
{
  const ProfNotes *notes = prof_profile_notes (profile);

  append_oddity (out,
                 notes->unknown_mappings,
                 "a location names a mapping that is not in the file");
  append_oddity (out, notes->dropped_labels, "a label has no value");
  append_oddity (out, notes->unknown_fields, "a field is unknown");
}

void
prof_report_info (GString *out, ProfProfile *profile)
{
  g_string_append_printf (out, "Kind: %s\n", kind_of (profile));
  append_types (out, profile);
  append_utc (out, prof_profile_time_ns (profile));
  append_measured (out,
                   "Duration",
                   prof_profile_duration_ns (profile),
                   "nanoseconds",
                   "");
  append_period (out, profile);
  append_sizes (out, profile);
  append_mappings (out, profile);
  append_labels (out, profile);
  append_texts (out, profile);
  append_oddities (out, profile);
}
