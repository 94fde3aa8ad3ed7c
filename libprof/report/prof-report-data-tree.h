/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/* Functions among their callers and callees, for programs. */

#include "base/prof-error.h"
#include "query/prof-answer.h"
#include "report/prof-report-data.h"

G_BEGIN_DECLS

/**
 * prof_report_data_tree:
 * @sink: gets the text piece by piece; ends the report by failing
 *
 * Writes what prof_report_tree() prints, with the same order and the same left
 * out: in JSON each function with its callers and callees; in CSV the functions,
 * then each call once. docs/json.md has the names.
 *
 * Returns: %false with @error set by the sink
 */
bool prof_report_data_tree (ProfAnswer      *answer,
                            ProfReportSyntax syntax,
                            const ProfSink  *sink,
                            GError         **error);

/**
 * prof_report_data_peek:
 * @pattern: an expression of prof_pattern_new(), for names as they are printed
 *
 * The same of prof_report_peek().
 *
 * Returns: %false with @error set: the sink's or, with nothing written,
 *   %PROF_ERROR_NO_MATCH or %PROF_ERROR_PATTERN
 */
bool prof_report_data_peek (ProfAnswer      *answer,
                            const char      *pattern,
                            ProfReportSyntax syntax,
                            const ProfSink  *sink,
                            GError         **error);

G_END_DECLS
