/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/* The top table as text, byte for byte as pprof prints it. */

#include "analysis/prof-top.h"

G_BEGIN_DECLS

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

G_END_DECLS
