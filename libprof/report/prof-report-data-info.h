/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/* What a profile says of itself, for programs. */

#include "model/prof-profile.h"
#include "report/prof-report-data.h"

G_BEGIN_DECLS

/**
 * prof_report_data_info:
 * @sink: gets the text piece by piece; ends the report by failing
 *
 * Writes the facts of prof_report_info(), numbers as they are in the profile; in
 * CSV one fact a line. docs/json.md has the names.
 *
 * Returns: %false with @error set by the sink
 */
bool prof_report_data_info (ProfProfile     *profile,
                            ProfReportSyntax syntax,
                            const ProfSink  *sink,
                            GError         **error);

G_END_DECLS
