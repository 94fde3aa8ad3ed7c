/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/* Reads pprof's text formats, in which a record is a line of numbers and
 * addresses: what Go's runtime writes with debug=1 (heap, allocs, goroutine,
 * threadcreate, block, mutex, and profiles a program defines), and gperftools'
 * heap, growth, fragmentation and contention profiles. Go's comments below a
 * record, which name its frames and labels, are read too. Grammar and oddities
 * are in docs/formats/pprof-text.md.
 *
 * Errors: %PROF_ERROR_MALFORMED and _TRUNCATED with line and column, those of
 * the builder, and %PROF_ERROR_UNSUPPORTED for those of Java. */

#include "formats/prof-decoder.h"

G_BEGIN_DECLS

extern const ProfDecoder prof_records_decoder;

G_END_DECLS
