/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/* What samples cost by their labels, for programs. */

#include "base/prof-error.h"
#include "query/prof-answer.h"
#include "report/prof-report-data.h"

G_BEGIN_DECLS

/**
 * prof_report_data_tags:
 * @sink: gets the text piece by piece; ends the report by failing
 *
 * Writes the values that samples have of each label key, keys by name, values by
 * falling size. Numbers are as they are in the profile: those that
 * prof_report_tags() writes alike are values of their own. docs/json.md has the
 * names.
 *
 * Returns: %false with @error set by the sink
 */
bool prof_report_data_tags (ProfAnswer      *answer,
                            ProfReportSyntax syntax,
                            const ProfSink  *sink,
                            GError         **error);

G_END_DECLS
