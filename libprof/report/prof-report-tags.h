/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/* What samples cost by their labels, as text, byte for byte as "go tool pprof
 * -tags" of Go 1.19 prints it. */

#include "base/prof-error.h"
#include "query/prof-answer.h"

G_BEGIN_DECLS

/**
 * prof_report_tags:
 *
 * Appends a table for each label key, by name: its total, then its values, the
 * largest first, with their share of that total.
 *
 * Units: numbers are written in the unit the query asks for, and those that are
 *   written alike are one value. A sample counts for each value that it has of a
 *   key. Nothing is divided, neither for a mean nor by "divide-by".
 *
 * Returns: %false with @error set to %PROF_ERROR_TOO_LARGE and nothing appended
 *   when the tables are longer than %PROF_MAX_TEXT_LINE
 */
bool prof_report_tags (GString *out, ProfAnswer *answer, GError **error);

G_END_DECLS
