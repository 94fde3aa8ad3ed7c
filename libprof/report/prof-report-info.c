/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "report/prof-report-info.h"

#include "base/prof-unit.h"
#include "report/prof-report-facts.h"
#include "report/prof-report-time.h"

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

static void
append_labels (GString *out, const ProfProfile *profile)
{
  g_autoptr (GPtrArray) keys = prof_report_facts_keys (profile);

  for (guint k = 0; k < keys->len; k++)
    {
      const ProfReportKey *key = keys->pdata[k];

      g_string_append_printf (out,
                              "Label: %s, %zu sample%s, %zu value%s\n",
                              prof_profile_string (profile, key->key),
                              key->n_samples,
                              key->n_samples == 1 ? "" : "s",
                              key->n_values,
                              key->n_values == 1 ? "" : "s");
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
  for (size_t t = 0; t < prof_profile_n_types (profile); t++)
    if (prof_profile_is_saturated (profile, t))
      g_string_append_printf (out,
                              "Oddity: sums of \"%s\" stop at the end of 64 "
                              "bits\n",
                              prof_profile_type_name (profile, t));
}

void
prof_report_info (GString *out, ProfProfile *profile)
{
  g_string_append_printf (out, "Kind: %s\n", prof_report_facts_kind (profile));
  if (prof_profile_format (profile) != NULL)
    g_string_append_printf (out, "Format: %s\n", prof_profile_format (profile));
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
