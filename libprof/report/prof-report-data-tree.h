/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/* Callers and callees for programs. */

#include "base/prof-error.h"
#include "query/prof-answer.h"
#include "report/prof-report-data.h"

G_BEGIN_DECLS

/**
 * prof_report_data_tree:
 * @pattern: (nullable): what "peek" is asked for; %NULL tells what "tree" prints
 *
 * Appends the nodes, each after its callers and before its callees.
 *
 * Returns: %false with @error set: %PROF_ERROR_PATTERN, or %PROF_ERROR_NO_MATCH
 */
bool prof_report_data_tree (GString         *out,
                            ProfAnswer      *answer,
                            const char      *pattern,
                            ProfReportSyntax syntax,
                            GError         **error);

G_END_DECLS
