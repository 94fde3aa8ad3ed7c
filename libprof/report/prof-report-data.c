/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "report/prof-report-data.h"

#include <json-glib/json-glib.h>
#include <string.h>

/* Changes when a reader of the last version could misunderstand the next. */
#define VERSION 1

struct _ProfReportData
{
  JsonBuilder *json; /* (owned) (nullable): NULL for CSV */
  GString     *csv;  /* owned */
  size_t       n_cells;
  bool         in_row;
};

ProfReportData *
prof_report_data_new (ProfReportSyntax syntax, const char *report)
{
  ProfReportData *self = g_new0 (ProfReportData, 1);

  self->csv = g_string_new (NULL);
  if (syntax == PROF_REPORT_CSV)
    return self;
  self->json = json_builder_new ();
  json_builder_begin_object (self->json);
  prof_report_data_text (self, "report", report, -1);
  prof_report_data_integer (self, "version", VERSION);
  return self;
}

void
prof_report_data_free (ProfReportData *self)
{
  if (self == NULL)
    return;
  g_clear_object (&self->json);
  g_string_free (self->csv, TRUE);
  g_free (self);
}

/* --- CSV --- */

/* What begins like this is a formula for spreadsheets. */
static bool
is_formula (const char *text)
{
  return text[0] != '\0' && strchr ("=+-@\t\r", text[0]) != NULL;
}

static void
append_cell (ProfReportData *self, const char *text)
{
  bool is_quoted = strpbrk (text, ",\"\r\n") != NULL;

  if (self->n_cells++ > 0)
    g_string_append_c (self->csv, ',');
  if (is_quoted)
    g_string_append_c (self->csv, '"');
  for (; *text != '\0'; text++)
    {
      if (*text == '"')
        g_string_append_c (self->csv, '"');
      g_string_append_c (self->csv, *text);
    }
  if (is_quoted)
    g_string_append_c (self->csv, '"');
}

static void
append_text (ProfReportData *self, const char *text)
{
  g_autofree char *harmless = g_strconcat ("'", text, NULL);

  append_cell (self, is_formula (text) ? harmless : text);
}

static void
end_line (ProfReportData *self)
{
  g_string_append (self->csv, "\r\n");
  self->n_cells = 0;
}

/* --- Either --- */

/* Whether the next value is told in JSON; else whether it is a cell. */
static bool
begin_value (ProfReportData *self, const char *name)
{
  if (self->json != NULL)
    json_builder_set_member_name (self->json, name);
  return self->json != NULL;
}

void
prof_report_data_text (ProfReportData *self,
                       const char     *name,
                       const char     *text,
                       gssize          length)
{
  g_autofree char *valid = g_utf8_make_valid (text, length);

  if (begin_value (self, name))
    json_builder_add_string_value (self->json, valid);
  else if (self->in_row)
    append_text (self, valid);
}

void
prof_report_data_integer (ProfReportData *self, const char *name, int64_t value)
{
  g_autofree char *text = g_strdup_printf ("%" G_GINT64_FORMAT, value);

  if (begin_value (self, name))
    json_builder_add_int_value (self->json, value);
  else if (self->in_row)
    append_cell (self, text);
}

void
prof_report_data_flag (ProfReportData *self, const char *name, bool value)
{
  if (begin_value (self, name))
    json_builder_add_boolean_value (self->json, value);
  else if (self->in_row)
    append_cell (self, value ? "true" : "false");
}

void
prof_report_data_nothing (ProfReportData *self, const char *name)
{
  if (begin_value (self, name))
    json_builder_add_null_value (self->json);
  else if (self->in_row)
    append_cell (self, "");
}

void
prof_report_data_share (ProfReportData *self,
                        const char     *name,
                        int64_t         value,
                        int64_t         of)
{
  char   text[G_ASCII_DTOSTR_BUF_SIZE];
  double share = of != 0 ? (double)value / (double)of : 0;

  if (begin_value (self, name))
    json_builder_add_double_value (self->json, share);
  else if (self->in_row)
    append_cell (self, g_ascii_dtostr (text, sizeof text, share));
}

void
prof_report_data_texts (ProfReportData    *self,
                        const char        *name,
                        const char *const *texts)
{
  if (!begin_value (self, name))
    return;
  json_builder_begin_array (self->json);
  for (; *texts != NULL; texts++)
    {
      g_autofree char *valid = g_utf8_make_valid (*texts, -1);

      json_builder_add_string_value (self->json, valid);
    }
  json_builder_end_array (self->json);
}

void
prof_report_data_begin_rows (ProfReportData *self, const char *const *columns)
{
  if (begin_value (self, "rows"))
    {
      json_builder_begin_array (self->json);
      return;
    }
  for (; *columns != NULL; columns++)
    append_cell (self, *columns);
  end_line (self);
}

void
prof_report_data_begin_row (ProfReportData *self)
{
  self->in_row = true;
  if (self->json != NULL)
    json_builder_begin_object (self->json);
}

void
prof_report_data_end_row (ProfReportData *self)
{
  self->in_row = false;
  if (self->json != NULL)
    json_builder_end_object (self->json);
  else
    end_line (self);
}

void
prof_report_data_end_rows (ProfReportData *self)
{
  if (self->json != NULL)
    json_builder_end_array (self->json);
}

static void
append_json (ProfReportData *self, GString *out)
{
  g_autoptr (JsonGenerator) generator = json_generator_new ();
  JsonNode                 *root;

  json_builder_end_object (self->json);
  root = json_builder_get_root (self->json);
  json_generator_set_pretty (generator, TRUE);
  json_generator_set_root (generator, root);
  json_generator_to_gstring (generator, out);
  g_string_append_c (out, '\n');
  json_node_unref (root);
}

void
prof_report_data_finish (ProfReportData *self, GString *out)
{
  if (self->json != NULL)
    append_json (self, out);
  else
    g_string_append_len (out, self->csv->str, (gssize)self->csv->len);
}
