/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "report/prof-report-data-diff.h"

#include "report/prof-report-changes.h"
#include "report/prof-report-data-common.h"

static const char *const columns[] = {
  "name",
  "file",
  "line",
  "address",
  "package",
  "flat_before",
  "flat_after",
  "flat_delta",
  "cum_before",
  "cum_after",
  "cum_delta",
  "cum_share_before",
  "cum_share_after",
  NULL,
};

typedef struct
{
  const ProfDiff   *diff;
  ProfReportChanges changes;
  ProfReportData   *data;
} Printer;

static void
put_totals (const Printer *self)
{
  prof_report_data_integer (self->data,
                            "total_before",
                            prof_diff_total_before (self->diff));
  prof_report_data_integer (self->data,
                            "total_after",
                            prof_diff_total_after (self->diff));
}

static void
put_cuts (const Printer *self)
{
  const ProfReportChanges *changes = &self->changes;
  size_t                   n_small = changes->n_changed - changes->n_large;

  prof_report_data_integer (self->data, "rows_dropped", (int64_t)n_small);
  prof_report_data_integer (self->data,
                            "rows_before_count",
                            (int64_t)changes->n_large);
}

static void
put_facts (const Printer *self, const ProfQuery *query)
{
  ProfFrames *frames = prof_diff_after (self->diff);

  prof_report_data_text (self->data,
                         "sample_type",
                         prof_diff_type (self->diff),
                         -1);
  prof_report_data_text (self->data, "unit", prof_diff_unit (self->diff), -1);
  prof_report_data_flag (self->data, "mean", prof_query_fields (query)->mean);
  put_totals (self);
  prof_report_data_granularity (self->data, prof_frames_granularity (frames));
  prof_report_data_filters (self->data, query);
  put_cuts (self);
}

/* As it is in the new profile, or was in the old one. */
static void
put_place (const Printer *self, const ProfDiffRow *row)
{
  if (row->after != PROF_ID_NONE)
    prof_report_data_frame (self->data,
                            prof_diff_after (self->diff),
                            row->after);
  else
    prof_report_data_frame (self->data,
                            prof_diff_before (self->diff),
                            row->before);
}

static void
put_row (const Printer *self, const ProfDiffRow *row)
{
  prof_report_data_begin_row (self->data);
  put_place (self, row);
  prof_report_data_integer (self->data, "flat_before", row->flat_before);
  prof_report_data_integer (self->data, "flat_after", row->flat_after);
  prof_report_data_integer (self->data, "flat_delta", row->flat_delta);
  prof_report_data_integer (self->data, "cum_before", row->cum_before);
  prof_report_data_integer (self->data, "cum_after", row->cum_after);
  prof_report_data_integer (self->data, "cum_delta", row->cum_delta);
  prof_report_data_share (self->data,
                          "cum_share_before",
                          row->cum_before,
                          prof_diff_total_before (self->diff));
  prof_report_data_share (self->data,
                          "cum_share_after",
                          row->cum_after,
                          prof_diff_total_after (self->diff));
  prof_report_data_end_row (self->data);
}

bool
prof_report_data_diff (const ProfDiff  *diff,
                       const ProfQuery *query,
                       ProfReportSyntax syntax,
                       const ProfSink  *sink,
                       GError         **error)
{
  g_autoptr (ProfReportData) data = prof_report_data_new (syntax, "diff", sink);
  const ProfDiffRow         *rows = prof_diff_rows (diff);
  Printer                    self = { .diff = diff, .data = data };

  prof_report_changes (&self.changes, diff, prof_query_fields (query));
  put_facts (&self, query);
  prof_report_data_begin_rows (data, columns);
  for (size_t r = 0;
       r < self.changes.n_shown && prof_report_data_goes_on (data);
       r++)
    put_row (&self, &rows[r]);
  prof_report_data_end_rows (data);
  return prof_report_data_finish (data, error);
}
