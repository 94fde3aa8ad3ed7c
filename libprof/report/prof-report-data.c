/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "report/prof-report-data.h"

#include "base/prof-writer.h"
#include "report/prof-json-string.h"
#include <string.h>

/* Changes when a reader of the last version could misunderstand the next. */
#define VERSION 1

#define MAX_DEPTH 8

/* A list or object that has been begun. */
typedef struct
{
  const char *name; /* lent; NULL of what is in a list */
  bool        is_list;
  size_t      n; /* values in it so far */
} Level;

struct _ProfReportData
{
  ProfReportSyntax syntax;
  Level            levels[MAX_DEPTH]; /* the first is the whole */
  size_t           depth;             /* of the innermost */
  size_t           row;               /* depth of the row we are in, or 0 */
  size_t           n_cells;
  size_t           n_pieces; /* of the cell */
  bool             facts_are_rows;

  /* Owned */
  ProfWriter *writer;
};

ProfReportData *
prof_report_data_new (ProfReportSyntax syntax,
                      const char      *report,
                      const ProfSink  *sink)
{
  ProfReportData *self = g_new0 (ProfReportData, 1);

  self->syntax = syntax;
  self->writer = prof_writer_new (sink);
  if (syntax == PROF_REPORT_CSV)
    return self;
  prof_writer_text (self->writer, "{");
  prof_report_data_text (self, "report", report, -1);
  prof_report_data_integer (self, "version", VERSION);
  return self;
}

void
prof_report_data_free (ProfReportData *self)
{
  if (self == NULL)
    return;
  prof_writer_free (self->writer);
  g_free (self);
}

ProfReportSyntax
prof_report_data_syntax (const ProfReportData *self)
{
  return self->syntax;
}

/* --- CSV --- */

/* What begins like this is a formula for spreadsheets. */
static bool
is_formula (const char *text)
{
  return text[0] != '\0' && strchr ("=+-@\t\r", text[0]) != NULL;
}

/* With every quote twice. */
static void
put_doubled (ProfReportData *self, const char *text)
{
  for (const char *quote; (quote = strchr (text, '"')) != NULL;
       text = quote + 1)
    {
      prof_writer_bytes (self->writer, text, (size_t)(quote - text) + 1);
      prof_writer_text (self->writer, "\"");
    }
  prof_writer_text (self->writer, text);
}

static void
put_quoted (ProfReportData *self, const char *prefix, const char *text)
{
  prof_writer_text (self->writer, "\"");
  prof_writer_text (self->writer, prefix);
  put_doubled (self, text);
  prof_writer_text (self->writer, "\"");
}

/* An empty first cell is quoted: alone it would be an empty line, which many
 * readers pass over. */
static void
put_cell (ProfReportData *self, const char *prefix, const char *text)
{
  bool is_first = self->n_cells++ == 0;

  if (!is_first)
    prof_writer_text (self->writer, ",");
  if (strpbrk (text, ",\"\r\n") != NULL || (is_first && text[0] == '\0'))
    {
      put_quoted (self, prefix, text);
      return;
    }
  prof_writer_text (self->writer, prefix);
  prof_writer_text (self->writer, text);
}

static void
end_line (ProfReportData *self)
{
  prof_writer_text (self->writer, "\r\n");
  self->n_cells = 0;
}

static void
append_step (GString *path, const Level *parent, const char *name)
{
  if (path->len > 0)
    g_string_append_c (path, '.');
  if (parent->is_list)
    g_string_append_printf (path, "%zu", parent->n - 1);
  else
    g_string_append (path, name);
}

/* "types.0.name" */
static void
put_path (ProfReportData *self, const char *name)
{
  g_autoptr (GString) path = g_string_new (NULL);

  for (size_t l = 1; l <= self->depth; l++)
    append_step (path, &self->levels[l - 1], self->levels[l].name);
  append_step (path, &self->levels[self->depth], name);
  put_cell (self, "", path->str);
}

/* A cell, a fact's line, or nothing. */
static void
put_csv (ProfReportData *self,
         const char     *name,
         const char     *prefix,
         const char     *text)
{
  if (self->row > 0 && self->row == self->depth)
    put_cell (self, prefix, text);
  if (self->row > 0 || !self->facts_are_rows)
    return;
  put_path (self, name);
  put_cell (self, prefix, text);
  end_line (self);
}

/* --- JSON --- */

static void
put_line_start (ProfReportData *self)
{
  static const char spaces[2 * MAX_DEPTH + 1] = "                ";

  prof_writer_text (self->writer, "\n");
  prof_writer_bytes (self->writer, spaces, 2 * (self->depth + 1));
}

/* --- Either --- */

/* Whether the next value is told in JSON. */
static bool
begin_value (ProfReportData *self, const char *name)
{
  Level *level = &self->levels[self->depth];

  level->n++;
  if (self->syntax == PROF_REPORT_CSV)
    return false;
  if (level->n > 1)
    prof_writer_text (self->writer, ",");
  put_line_start (self);
  if (level->is_list)
    return true;
  prof_json_string (self->writer, name);
  prof_writer_text (self->writer, " : ");
  return true;
}

void
prof_report_data_text (ProfReportData *self,
                       const char     *name,
                       const char     *text,
                       gssize          length)
{
  g_autofree char *valid = g_utf8_make_valid (text, length);

  if (begin_value (self, name))
    prof_json_string (self->writer, valid);
  else
    put_csv (self, name, is_formula (valid) ? "'" : "", valid);
}

/* What is written alike in both. */
static void
put_plain (ProfReportData *self,
           const char     *name,
           const char     *json,
           const char     *csv)
{
  if (begin_value (self, name))
    prof_writer_text (self->writer, json);
  else
    put_csv (self, name, "", csv);
}

void
prof_report_data_integer (ProfReportData *self, const char *name, int64_t value)
{
  g_autofree char *text = g_strdup_printf ("%" G_GINT64_FORMAT, value);

  put_plain (self, name, text, text);
}

void
prof_report_data_flag (ProfReportData *self, const char *name, bool value)
{
  const char *text = value ? "true" : "false";

  put_plain (self, name, text, text);
}

void
prof_report_data_nothing (ProfReportData *self, const char *name)
{
  put_plain (self, name, "null", "");
}

void
prof_report_data_address (ProfReportData *self,
                          const char     *name,
                          uint64_t        address)
{
  g_autofree char *text = NULL;

  text = g_strdup_printf ("0x%" G_GINT64_MODIFIER "x", address);
  prof_report_data_text (self, name, text, -1);
}

void
prof_report_data_share (ProfReportData *self,
                        const char     *name,
                        int64_t         value,
                        int64_t         of)
{
  char        text[G_ASCII_DTOSTR_BUF_SIZE];
  double      share = value != 0 && of != 0 ? (double)value / (double)of : 0;
  const char *point;

  g_ascii_dtostr (text, sizeof text, share);
  /* Readers that tell integers from fractions see that it is one. */
  point = text[strcspn (text, ".e")] == '\0' ? ".0" : "";
  if (begin_value (self, name))
    prof_writer_printf (self->writer, "%s%s", text, point);
  else
    put_csv (self, name, "", text);
}

void
prof_report_data_texts (ProfReportData    *self,
                        const char        *name,
                        const char *const *texts)
{
  prof_report_data_begin_list (self, name);
  for (; *texts != NULL; texts++)
    prof_report_data_text (self, NULL, *texts, -1);
  prof_report_data_end_list (self);
}

static void
begin_level (ProfReportData *self, const char *name, bool is_list)
{
  g_assert (self->depth + 1 < MAX_DEPTH);
  if (begin_value (self, name))
    prof_writer_text (self->writer, is_list ? "[" : "{");
  self->levels[++self->depth] = (Level){ .name = name, .is_list = is_list };
}

static void
end_level (ProfReportData *self)
{
  const Level *level = &self->levels[self->depth--];

  if (self->syntax == PROF_REPORT_CSV)
    return;
  if (level->n > 0)
    put_line_start (self);
  prof_writer_text (self->writer, level->is_list ? "]" : "}");
}

void
prof_report_data_begin_list (ProfReportData *self, const char *name)
{
  begin_level (self, name, true);
}

void
prof_report_data_end_list (ProfReportData *self)
{
  end_level (self);
}

void
prof_report_data_begin_object (ProfReportData *self, const char *name)
{
  begin_level (self, name, false);
}

void
prof_report_data_end_object (ProfReportData *self)
{
  end_level (self);
}

static void
put_columns (ProfReportData *self, const char *const *columns)
{
  for (; *columns != NULL; columns++)
    put_cell (self, "", *columns);
  end_line (self);
}

void
prof_report_data_facts_are_rows (ProfReportData *self)
{
  static const char *const columns[] = { "fact", "value", NULL };

  if (self->syntax != PROF_REPORT_CSV)
    return;
  self->facts_are_rows = true;
  put_columns (self, columns);
}

void
prof_report_data_begin_rows (ProfReportData *self, const char *const *columns)
{
  begin_level (self, "rows", true);
  if (self->syntax == PROF_REPORT_CSV)
    put_columns (self, columns);
}

void
prof_report_data_begin_row (ProfReportData *self)
{
  begin_level (self, NULL, false);
  self->row = self->depth;
}

void
prof_report_data_end_row (ProfReportData *self)
{
  self->row = 0;
  end_level (self);
  if (self->syntax == PROF_REPORT_CSV)
    end_line (self);
}

void
prof_report_data_end_rows (ProfReportData *self)
{
  end_level (self);
}

/* Quoted always, as nobody knows what comes. */
void
prof_report_data_begin_pieces (ProfReportData *self)
{
  self->n_pieces = 0;
  if (self->syntax == PROF_REPORT_JSON)
    return;
  if (self->n_cells++ > 0)
    prof_writer_text (self->writer, ",");
  prof_writer_text (self->writer, "\"");
}

void
prof_report_data_piece (ProfReportData *self, const char *text)
{
  if (self->syntax == PROF_REPORT_JSON)
    return;
  if (self->n_pieces++ == 0 && is_formula (text))
    prof_writer_text (self->writer, "'");
  put_doubled (self, text);
}

void
prof_report_data_end_pieces (ProfReportData *self)
{
  if (self->syntax == PROF_REPORT_CSV)
    prof_writer_text (self->writer, "\"");
}

bool
prof_report_data_goes_on (ProfReportData *self)
{
  return prof_writer_bytes (self->writer, "", 0);
}

bool
prof_report_data_finish (ProfReportData *self, GError **error)
{
  if (self->syntax == PROF_REPORT_JSON)
    prof_writer_text (self->writer, "\n}\n");
  return prof_writer_finish (self->writer, error);
}
