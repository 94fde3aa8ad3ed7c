/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/* The lines at the head of a report, byte for byte as pprof prints them. */

#include "model/prof-profile.h"

G_BEGIN_DECLS

/**
 * prof_report_header:
 *
 * Appends File, Build ID, comments, Type, Time (in the zone of TZ) and Duration,
 * a line each, as far as the profile has them.
 */
void prof_report_header (GString *out, const ProfProfile *profile, size_t type);

/**
 * prof_report_header_in:
 * @total: what the report takes for the sum of its samples
 * @unit: what @total is written in: "ms", "auto" as prof_report_header() does
 *
 * prof_report_header() with a total and a unit of choice.
 */
void prof_report_header_in (GString           *out,
                            const ProfProfile *profile,
                            size_t             type,
                            int64_t            total,
                            const char        *unit);

G_END_DECLS
