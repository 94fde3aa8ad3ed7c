/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "report/prof-report-data-list.h"

#include "report/prof-report-data-common.h"
#include "report/prof-report-source.h"

/* Of CSV; in JSON lines are inside of their function. */
static const char *const columns[] = {
  "function", "file", "line", "flat", "cum", "text", NULL,
};

typedef struct
{
  ProfReportSource *source;
  ProfReportData   *data;
} Printer;

/* What is told of a line. */
typedef struct
{
  const Printer           *printer;
  const ProfSourceRoutine *routine;
} LineData;

static void
put_function (const Printer *self, const ProfSourceRoutine *routine)
{
  prof_report_data_text (self->data,
                         "function",
                         routine->name,
                         (gssize)routine->name_length);
}

static void
begin_line (const LineData *self)
{
  ProfReportData *data = self->printer->data;

  if (prof_report_data_syntax (data) == PROF_REPORT_JSON)
    {
      prof_report_data_begin_object (data, NULL);
      return;
    }
  prof_report_data_begin_row (data);
  put_function (self->printer, self->routine);
  prof_report_data_text (data, "file", self->routine->file, -1);
}

static void
end_line (const LineData *self)
{
  ProfReportData *data = self->printer->data;

  if (prof_report_data_syntax (data) == PROF_REPORT_JSON)
    prof_report_data_end_object (data);
  else
    prof_report_data_end_row (data);
}

static bool
put_line (const void           *line_data,
          int64_t               number,
          const ProfSourceLine *cost,
          const char           *line,
          size_t                length)
{
  const LineData *self = line_data;
  ProfReportData *data = self->printer->data;

  begin_line (self);
  prof_report_data_integer (data, "line", number);
  prof_report_data_integer (data, "flat", cost != NULL ? cost->flat : 0);
  prof_report_data_integer (data, "cum", cost != NULL ? cost->cum : 0);
  prof_report_data_text (data, "text", line, (gssize)length);
  end_line (self);
  return prof_report_data_goes_on (data);
}

/* Line 0 is one that nobody knows. */
static void
put_cost (const LineData *self, const ProfSourceLine *cost)
{
  ProfReportData *data = self->printer->data;

  begin_line (self);
  if (cost->line != 0)
    prof_report_data_integer (data, "line", cost->line);
  else
    prof_report_data_nothing (data, "line");
  prof_report_data_integer (data, "flat", cost->flat);
  prof_report_data_integer (data, "cum", cost->cum);
  prof_report_data_nothing (data, "text");
  end_line (self);
}

static void
put_costs (const LineData *self)
{
  const Printer        *printer = self->printer;
  const ProfSourceLine *costs;

  costs = prof_source_lines_lines (printer->source->lines, self->routine);
  for (size_t l = 0;
       l < self->routine->n_lines && prof_report_data_goes_on (printer->data);
       l++)
    put_cost (self, &costs[l]);
}

static void
put_lines (const Printer *self, const ProfSourceRoutine *routine, GBytes *text)
{
  const LineData data = { .printer = self, .routine = routine };

  if (text != NULL)
    prof_report_source_each_line (self->source, routine, text, put_line, &data);
  else
    put_costs (&data);
}

/* Why there is no text, or NULL. */
static void
put_facts (const Printer           *self,
           const ProfSourceRoutine *routine,
           const char              *failure)
{
  int64_t total = self->source->context.total;

  put_function (self, routine);
  prof_report_data_text (self->data, "file", routine->file, -1);
  prof_report_data_integer (self->data, "flat", routine->flat);
  prof_report_data_integer (self->data, "cum", routine->cum);
  prof_report_data_share (self->data, "cum_share", routine->cum, total);
  if (failure != NULL)
    prof_report_data_text (self->data, "error", failure, -1);
  else
    prof_report_data_nothing (self->data, "error");
}

static void
put_routine (const Printer *self, const ProfSourceRoutine *routine)
{
  const char *failure = "no source information";
  GBytes     *text = NULL;

  if (routine->file[0] != '\0')
    text = prof_report_source_text (self->source, routine->file, &failure);
  if (prof_report_data_syntax (self->data) == PROF_REPORT_CSV)
    {
      put_lines (self, routine, text);
      return;
    }
  prof_report_data_begin_row (self->data);
  put_facts (self, routine, failure);
  prof_report_data_begin_list (self->data, "lines");
  put_lines (self, routine, text);
  prof_report_data_end_list (self->data);
  prof_report_data_end_row (self->data);
}

static void
put_routines (const Printer *self)
{
  size_t                   n;
  const ProfSourceRoutine *routines;

  routines = prof_source_lines_routines (self->source->lines, &n);
  prof_report_data_begin_rows (self->data, columns);
  for (size_t r = 0; r < n && prof_report_data_goes_on (self->data); r++)
    put_routine (self, &routines[r]);
  prof_report_data_end_rows (self->data);
}

bool
prof_report_data_list (ProfAnswer        *answer,
                       const char        *pattern,
                       ProfReportListRead read,
                       void              *data,
                       ProfReportSyntax   syntax,
                       const ProfSink    *sink,
                       GError           **error)
{
  g_autoptr (ProfReportData) report = NULL;
  g_auto (ProfReportSource)  source = { 0 };
  Printer                    self = { .source = &source };

  if (!prof_report_source_init (&source, answer, pattern, read, data, error))
    return false;
  report = prof_report_data_new (syntax, "list", sink);
  self.data = report;
  prof_report_data_facts (report, &source.context);
  prof_report_data_text (report, "pattern", pattern, -1);
  put_routines (&self);
  return prof_report_data_finish (report, error);
}
