/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/* What was written into a profile for its readers, for programs. */

#include "model/prof-profile.h"
#include "report/prof-report-data.h"

G_BEGIN_DECLS

/**
 * prof_report_data_comments:
 * @sink: gets the text piece by piece; ends the report by failing
 *
 * Writes the comments of prof_report_comments(): in JSON a list, in CSV one a
 * line.
 *
 * Returns: %false with @error set by the sink
 */
bool prof_report_data_comments (const ProfProfile *profile,
                                ProfReportSyntax   syntax,
                                const ProfSink    *sink,
                                GError           **error);

G_END_DECLS
