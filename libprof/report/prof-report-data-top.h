/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/* The top table for programs: numbers as they are in the profile, and of a
 * comparison what was before, what is after, and the difference (not of means). */

#include "base/prof-error.h"
#include "query/prof-answer.h"
#include "report/prof-report-data.h"

G_BEGIN_DECLS

/**
 * prof_report_data_top:
 * @sink: gets the text piece by piece; ends the report by failing
 *
 * Writes the rows of prof_report_top(), with the same order and the same left
 * out. docs/json.md has the names.
 *
 * Returns: %false with @error set: the sink's or, with nothing written,
 *   %PROF_ERROR_TOO_LARGE when memory is refused
 */
bool prof_report_data_top (ProfAnswer      *answer,
                           ProfReportSyntax syntax,
                           const ProfSink  *sink,
                           GError         **error);

G_END_DECLS
