/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/* Reads heap and contention profiles of Java in the text formats of gperftools
 * ("--- heapz 1 ---", "--- contentionz 1 ---" with "format = java"). Grammar and
 * oddities are in docs/formats/pprof-text.md.
 *
 * Source: pprof profile/legacy_java_profile.go
 *
 * Errors: %PROF_ERROR_MALFORMED and _TRUNCATED with line and column,
 * %PROF_ERROR_UNSUPPORTED for attributes that are not known, or those of the
 * builder. */

#include "formats/prof-decoder.h"

G_BEGIN_DECLS

extern const ProfDecoder prof_java_decoder;

G_END_DECLS
