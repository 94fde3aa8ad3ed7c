/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "report/prof-report-data-info.h"

#include "report/prof-report-data-common.h"
#include "report/prof-report-facts.h"
#include "report/prof-report-time.h"

typedef struct
{
  const ProfProfile *profile;
  ProfReportData    *data;
} Printer;

static void
put_format (const Printer *self)
{
  const char *format = prof_profile_format (self->profile);

  if (format != NULL)
    prof_report_data_text (self->data, "format", format, -1);
  else
    prof_report_data_nothing (self->data, "format");
}

static void
put_types (const Printer *self)
{
  const ProfProfile *profile = self->profile;
  size_t             shown = prof_profile_default_type (profile);

  prof_report_data_begin_list (self->data, "types");
  for (size_t t = 0; t < prof_profile_n_types (profile); t++)
    {
      const ProfValueType *type = &prof_profile_types (profile)[t];

      prof_report_data_begin_object (self->data, NULL);
      prof_report_data_string (self->data, "name", profile, type->type);
      prof_report_data_string (self->data, "unit", profile, type->unit);
      prof_report_data_integer (self->data,
                                "total",
                                prof_profile_total (profile, t));
      prof_report_data_flag (self->data,
                             "saturated",
                             prof_profile_is_saturated (profile, t));
      prof_report_data_flag (self->data, "default", t == shown);
      prof_report_data_end_object (self->data);
    }
  prof_report_data_end_list (self->data);
}

/* 0 is unknown. */
static void
put_known (const Printer *self, const char *name, int64_t value)
{
  if (value != 0)
    prof_report_data_integer (self->data, name, value);
  else
    prof_report_data_nothing (self->data, name);
}

static void
put_time (const Printer *self)
{
  int64_t               ns = prof_profile_time_ns (self->profile);
  g_autoptr (GDateTime) time = g_date_time_new_from_unix_utc (
      prof_report_time_seconds (ns));
  g_autofree char *text = g_date_time_format_iso8601 (time);

  if (ns != 0)
    prof_report_data_text (self->data, "time", text, -1);
  else
    prof_report_data_nothing (self->data, "time");
  put_known (self, "time_ns", ns);
}

static void
put_measured (const Printer *self)
{
  const ProfProfile *profile = self->profile;
  ProfValueType      type = prof_profile_period_type (profile);

  put_known (self, "duration_ns", prof_profile_duration_ns (profile));
  put_known (self, "period", prof_profile_period (profile));
  prof_report_data_string (self->data, "period_type", profile, type.type);
  prof_report_data_string (self->data, "period_unit", profile, type.unit);
}

static void
put_sizes (const Printer *self)
{
  const ProfProfile *profile = self->profile;

  prof_report_data_integer (self->data,
                            "samples",
                            (int64_t)prof_profile_n_samples (profile));
  prof_report_data_integer (self->data,
                            "functions",
                            (int64_t)prof_profile_n_functions (profile));
  prof_report_data_integer (self->data,
                            "locations",
                            (int64_t)prof_profile_n_locations (profile));
}

/* The file's name as the profile has it, with the kernel's symbol. */
static void
put_file (const Printer *self, const ProfMapping *mapping)
{
  g_autofree char *file = NULL;

  file = g_strconcat (prof_profile_string (self->profile, mapping->filename),
                      prof_profile_string (self->profile,
                                           mapping->kernel_symbol),
                      NULL);
  prof_report_data_text (self->data, "file", file, -1);
}

static void
put_mapping (const Printer *self, const ProfMapping *mapping)
{
  ProfReportData *data = self->data;

  prof_report_data_begin_object (data, NULL);
  prof_report_data_address (data, "start", mapping->start);
  prof_report_data_address (data, "limit", mapping->limit);
  prof_report_data_address (data, "offset", mapping->offset);
  put_file (self, mapping);
  prof_report_data_string (data, "build_id", self->profile, mapping->build_id);
  prof_report_data_flag (data, "has_functions", mapping->has_functions);
  prof_report_data_flag (data, "has_filenames", mapping->has_filenames);
  prof_report_data_flag (data, "has_line_numbers", mapping->has_line_numbers);
  prof_report_data_flag (data, "has_inline_frames", mapping->has_inline_frames);
  prof_report_data_end_object (data);
}

static void
put_mappings (const Printer *self)
{
  const ProfMapping *mappings = prof_profile_mappings (self->profile);

  prof_report_data_begin_list (self->data, "mappings");
  for (size_t m = 0; m < prof_profile_n_mappings (self->profile); m++)
    put_mapping (self, &mappings[m]);
  prof_report_data_end_list (self->data);
}

static void
put_labels (const Printer *self)
{
  g_autoptr (GPtrArray) keys = prof_report_facts_keys (self->profile);

  prof_report_data_begin_list (self->data, "labels");
  for (guint k = 0; k < keys->len; k++)
    {
      const ProfReportKey *key = keys->pdata[k];

      prof_report_data_begin_object (self->data, NULL);
      prof_report_data_string (self->data, "key", self->profile, key->key);
      prof_report_data_integer (self->data, "samples", (int64_t)key->n_samples);
      prof_report_data_integer (self->data, "values", (int64_t)key->n_values);
      prof_report_data_end_object (self->data);
    }
  prof_report_data_end_list (self->data);
}

static void
put_texts (const Printer *self)
{
  const ProfProfile  *profile = self->profile;
  size_t              n;
  const ProfStringId *comments = prof_profile_comments (profile, &n);

  prof_report_data_begin_list (self->data, "comments");
  for (size_t c = 0; c < n; c++)
    prof_report_data_string (self->data, NULL, profile, comments[c]);
  prof_report_data_end_list (self->data);
  prof_report_data_string (self->data,
                           "documentation",
                           profile,
                           prof_profile_doc_url (profile));
  prof_report_data_string (self->data,
                           "drop_frames",
                           profile,
                           prof_profile_drop_frames (profile));
  prof_report_data_string (self->data,
                           "keep_frames",
                           profile,
                           prof_profile_keep_frames (profile));
}

static void
put_oddities (const Printer *self)
{
  const ProfNotes *notes = prof_profile_notes (self->profile);

  prof_report_data_begin_object (self->data, "oddities");
  prof_report_data_integer (self->data,
                            "unknown_mappings",
                            (int64_t)notes->unknown_mappings);
  prof_report_data_integer (self->data,
                            "dropped_labels",
                            (int64_t)notes->dropped_labels);
  prof_report_data_integer (self->data,
                            "unknown_fields",
                            (int64_t)notes->unknown_fields);
  prof_report_data_end_object (self->data);
}

bool
prof_report_data_info (ProfProfile     *profile,
                       ProfReportSyntax syntax,
                       const ProfSink  *sink,
                       GError         **error)
{
  g_autoptr (ProfReportData) data = prof_report_data_new (syntax, "info", sink);
  const Printer              self = { .profile = profile, .data = data };

  prof_report_data_facts_are_rows (data);
  prof_report_data_text (data, "kind", prof_report_facts_kind (profile), -1);
  put_format (&self);
  put_types (&self);
  put_time (&self);
  put_measured (&self);
  put_sizes (&self);
  put_mappings (&self);
  put_labels (&self);
  put_texts (&self);
  put_oddities (&self);
  return prof_report_data_finish (data, error);
}
