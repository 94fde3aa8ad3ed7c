/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/* Source with what each line costs, byte for byte as "go tool pprof -list" prints
 * it. */

#include "base/prof-error.h"
#include "base/prof-sink.h"
#include "query/prof-answer.h"

G_BEGIN_DECLS

/**
 * ProfReportListRead:
 * @file: of a function, as the report shows it
 *
 * Reads a source file; no file is opened here, on this floor.
 *
 * Returns: (transfer full): its text, or %NULL with @error set, which is printed
 *   in its place
 */
typedef GBytes *(*ProfReportListRead) (const char *file,
                                       void       *data,
                                       GError    **error);

/**
 * prof_report_list:
 * @pattern: an expression of prof_pattern_new(), for names of functions
 * @read: reads a source file
 * @data: for @read
 * @sink: gets the text piece by piece; ends the report by failing
 *
 * Lists the functions that match, by name and file. A line longer than 65535
 * bytes ends a file, as in pprof.
 *
 * Returns: %false with @error set: the sink's or, with nothing written,
 *   %PROF_ERROR_NO_MATCH or %PROF_ERROR_PATTERN
 */
bool prof_report_list (ProfAnswer        *answer,
                       const char        *pattern,
                       ProfReportListRead read,
                       void              *data,
                       const ProfSink    *sink,
                       GError           **error);

G_END_DECLS
