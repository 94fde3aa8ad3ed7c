/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/* Which functions a report on some of them is about. For this folder. */

#include "analysis/prof-graph.h"
#include "base/prof-error.h"

G_BEGIN_DECLS

/**
 * prof_report_matches:
 * @pattern: an expression of prof_pattern_new(), for names as they are printed
 *
 * Returns: (transfer full): for each node of the graph whether it matches, or
 *   %NULL with @error set: %PROF_ERROR_PATTERN, or %PROF_ERROR_NO_MATCH where
 *   none does
 */
bool *prof_report_matches (const ProfGraph *graph,
                           const char      *pattern,
                           GError         **error);

G_END_DECLS
