/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/* Which rows of a comparison are told, in text and to programs. For this
 * folder. */

#include "analysis/prof-diff.h"

G_BEGIN_DECLS

typedef struct
{
  double limit;     /* what |cum_delta| must reach */
  size_t n_changed; /* rows whose flat or cum is not what it was */
  size_t n_large;   /* of those, which reach the limit */
  size_t n_shown;   /* of those, the first; they are the first of all */
} ProfReportChanges;

/**
 * prof_report_changes:
 * @fields: its node fraction, of the larger total, is the limit; then its node
 *   count counts; neither without trim
 */
void prof_report_changes (ProfReportChanges     *self,
                          const ProfDiff        *diff,
                          const ProfQueryFields *fields);

/* Of the totals before and after. */
int64_t prof_report_changes_larger_total (const ProfDiff *diff);

G_END_DECLS
