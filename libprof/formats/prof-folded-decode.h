/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/* Reads folded stacks, as FlameGraph's scripts and many profilers write them: a
 * stack a line, outermost frame first, and how often it was seen. Grammar and
 * oddities are in docs/formats/folded.md.
 *
 * Samples are in the file's order, one for each line.
 *
 * Errors: %PROF_ERROR_MALFORMED and _TRUNCATED with line and column, or those of
 * the builder. */

#include "formats/prof-decoder.h"

G_BEGIN_DECLS

extern const ProfDecoder prof_folded_decoder;

G_END_DECLS
