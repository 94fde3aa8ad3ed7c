/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/* Reads what "perf script" prints: an event a paragraph, with its stack. Grammar
 * and oddities are in docs/formats/perf-script.md.
 *
 * One sample for each event, in the file's order. Process, thread, CPU and time
 * are labels; each kind of event is a sample type besides the number of samples.
 *
 * Errors: %PROF_ERROR_MALFORMED and _TRUNCATED with line and column, or those of
 * the builder. */

#include "formats/prof-decoder.h"

G_BEGIN_DECLS

extern const ProfDecoder prof_perf_script_decoder;

G_END_DECLS
