/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/* What a profile says of itself, in lines of our own. */

#include "model/prof-profile.h"
#include "report/prof-report-data.h"

G_BEGIN_DECLS

/**
 * prof_report_info:
 *
 * Appends what the profile says of itself: kind, sample types with totals, the
 * default type, time, duration, period, mappings, labels with counts, comments,
 * oddities tolerated.
 */
void prof_report_info (GString *out, ProfProfile *profile);

/**
 * prof_report_data_info:
 *
 * The same for programs: facts, in JSON only, and a row for each sample type.
 */
void prof_report_data_info (GString         *out,
                            ProfProfile     *profile,
                            ProfReportSyntax syntax);

G_END_DECLS
