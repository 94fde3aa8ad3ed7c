/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/* What has changed, as text: a table of ours, as pprof has none. */

#include "analysis/prof-diff.h"

G_BEGIN_DECLS

/**
 * prof_report_diff:
 * @query: what both sides were asked; its unit, divisor, node fraction, node
 *   count and trim say how the table is written and cut
 *
 * Appends the totals and the table: cum before and after, their difference and
 * that as a share of before, "new" where there was nothing. The node fraction is
 * of the larger total, and what must reach it is |delta|. Functions that have
 * not changed are left out.
 */
void prof_report_diff (GString *out, const ProfDiff *diff, ProfQuery *query);

G_END_DECLS
