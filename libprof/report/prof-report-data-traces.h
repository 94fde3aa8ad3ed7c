/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/* Every sample's labels and stack, for programs. */

#include "base/prof-error.h"
#include "query/prof-answer.h"
#include "report/prof-report-data.h"

G_BEGIN_DECLS

/**
 * prof_report_data_traces:
 * @sink: gets the text piece by piece; ends the report by failing
 *
 * Writes the samples of prof_report_traces(), with the same order and the same
 * left out: in JSON frames from the leaf on, in CSV stacks as in folded files,
 * from the root on. docs/json.md has the names.
 *
 * Returns: %false with @error set: the sink's, or %PROF_ERROR_TOO_LARGE when
 *   the labels of one sample are longer than %PROF_MAX_TEXT_LINE
 */
bool prof_report_data_traces (ProfAnswer      *answer,
                              ProfReportSyntax syntax,
                              const ProfSink  *sink,
                              GError         **error);

G_END_DECLS
