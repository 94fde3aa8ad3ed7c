/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/* The top table as text, byte for byte as pprof prints it. */

#include "query/prof-answer.h"

G_BEGIN_DECLS

/**
 * prof_report_top:
 *
 * Appends the header and the table of "go tool pprof -top".
 */
void prof_report_top (GString *out, ProfAnswer *answer);

G_END_DECLS
