/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/* Tables as text, byte for byte as pprof prints them. */

#include "analysis/prof-top.h"

G_BEGIN_DECLS

/**
 * prof_report_header:
 *
 * Appends File, Build ID, comments, Type, Time (in the zone of TZ) and Duration,
 * a line each, as far as the profile has them.
 */
void prof_report_header (GString *out, ProfProfile *profile, size_t type);

/**
 * prof_report_top:
 *
 * Appends the header and the table of "go tool pprof -top".
 *
 * @params: (nullable): what @top was made with; %NULL for the defaults
 */
void prof_report_top (GString *out, ProfTop *top, const ProfTopParams *params);

/**
 * prof_report_top_in:
 * @unit: what values are written in: "ms", "auto" for each its own, "minimum"
 *   for the one that suits all, as prof_report_top() does
 *
 * prof_report_top() in a unit of choice.
 */
void prof_report_top_in (GString             *out,
                         ProfTop             *top,
                         const ProfTopParams *params,
                         const char          *unit);

/**
 * prof_report_info:
 *
 * Appends what the profile says of itself: kind, sample types with totals, the
 * default type, time, duration, period, mappings, labels with counts, comments,
 * oddities tolerated.
 */
void prof_report_info (GString *out, ProfProfile *profile);

G_END_DECLS
