/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/* Which nodes callers and callees are told of, for text and for programs. */

#include "report/prof-report-context.h"

G_BEGIN_DECLS

/**
 * prof_report_tree_find:
 * @pattern: (nullable): of the nodes' names; %NULL for all that matter
 * @graph: (out) (transfer full): the graph; whole where there is a pattern
 * @chosen: (out) (transfer full): for each node whether it is told of
 *
 * Returns: %false with @error set to %PROF_ERROR_PATTERN, or
 *   %PROF_ERROR_NO_MATCH where the pattern matches no node
 */
bool prof_report_tree_find (ProfReportContext *context,
                            ProfAnswer        *answer,
                            const char        *pattern,
                            ProfGraph        **graph,
                            bool             **chosen,
                            GError           **error);

G_END_DECLS
