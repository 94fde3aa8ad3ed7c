/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "report/prof-report-changes.h"

#include "base/prof-checked.h"
#include <math.h>

int64_t
prof_report_changes_larger_total (const ProfDiff *diff)
{
  return MAX (prof_diff_total_before (diff), prof_diff_total_after (diff));
}

static bool
has_changed (const ProfDiffRow *row)
{
  return row->cum_delta != 0 || row->flat_delta != 0;
}

/* Rows come by falling |delta|. */
void
prof_report_changes (ProfReportChanges     *self,
                     const ProfDiff        *diff,
                     const ProfQueryFields *fields)
{
  const ProfDiffRow *rows = prof_diff_rows (diff);
  int64_t            count = fields->nodecount;

  *self = (ProfReportChanges){ 0 };
  if (fields->trim)
    self->limit = fabs ((double)prof_report_changes_larger_total (diff) *
                        fields->nodefraction);
  for (size_t r = 0; r < prof_diff_n_rows (diff); r++)
    if (has_changed (&rows[r]))
      {
        self->n_changed++;
        self->n_large += (double)prof_abs_u64 (rows[r].cum_delta) >=
                         self->limit;
      }
  self->n_shown = self->n_large;
  if (fields->trim && count > 0)
    self->n_shown = MIN (self->n_shown, (size_t)count);
}
