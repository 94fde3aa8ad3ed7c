/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/* Source with what each line costs, for programs. */

#include "report/prof-report-data.h"
#include "report/prof-report-list.h"

G_BEGIN_DECLS

/**
 * prof_report_data_list:
 * @pattern, @read, @data: as for prof_report_list()
 * @sink: gets the text piece by piece; ends the report by failing
 *
 * Writes the functions and lines of prof_report_list(). Where a file cannot be
 * read, those lines are told that cost something, without text. docs/json.md has
 * the names.
 *
 * Returns: %false with @error set: the sink's or, with nothing written,
 *   %PROF_ERROR_NO_MATCH or %PROF_ERROR_PATTERN
 */
bool prof_report_data_list (ProfAnswer        *answer,
                            const char        *pattern,
                            ProfReportListRead read,
                            void              *data,
                            ProfReportSyntax   syntax,
                            const ProfSink    *sink,
                            GError           **error);

G_END_DECLS
