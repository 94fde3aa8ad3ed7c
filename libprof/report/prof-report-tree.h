/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/* Functions among their callers and callees as text, byte for byte as pprof
 * prints them: a block for each, the callers above it, the callees below. */

#include "base/prof-error.h"
#include "query/prof-answer.h"

G_BEGIN_DECLS

/**
 * prof_report_tree:
 *
 * Appends the header and the blocks of "go tool pprof -tree".
 *
 * Order: as prof_report_top() has it, at most 80 unless the query says how many.
 */
void prof_report_tree (GString *out, ProfAnswer *answer);

/**
 * prof_report_peek:
 * @pattern: an expression of prof_pattern_new(), for names as they are printed
 *
 * Appends what "go tool pprof -peek=PATTERN" prints: the blocks of those that
 * match, with every caller and callee, as nothing is left out of the graph.
 * sum% adds up what is printed.
 *
 * Returns: %false with @error set and nothing appended: %PROF_ERROR_NO_MATCH, or
 *   %PROF_ERROR_PATTERN
 */
bool prof_report_peek (GString    *out,
                       ProfAnswer *answer,
                       const char *pattern,
                       GError    **error);

G_END_DECLS
