/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/* What has changed between two profiles, for programs. */

#include "analysis/prof-diff.h"
#include "report/prof-report-data.h"

G_BEGIN_DECLS

/**
 * prof_report_data_diff:
 * @query: as of prof_report_diff()
 * @sink: gets the text piece by piece; ends the report by failing
 *
 * Writes the rows of prof_report_diff(), with the same order and the same left
 * out: flat and cum before, after and their difference. docs/json.md has the
 * names.
 *
 * Returns: %false with @error set by the sink
 */
bool prof_report_data_diff (const ProfDiff  *diff,
                            const ProfQuery *query,
                            ProfReportSyntax syntax,
                            const ProfSink  *sink,
                            GError         **error);

G_END_DECLS
