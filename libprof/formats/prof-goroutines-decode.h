/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/* Reads the stacks of goroutines as Go prints them for people: with debug=2, in a
 * panic or fatal error, on SIGQUIT, alone or in the middle of a log. Grammar and
 * oddities are in docs/formats/go-stacks.md.
 *
 * One sample for each goroutine, in the file's order; its state, how long it has
 * waited, what created it and its labels are labels.
 *
 * Errors: %PROF_ERROR_TRUNCATED, or those of the builder. */

#include "formats/prof-decoder.h"

G_BEGIN_DECLS

extern const ProfDecoder prof_goroutines_decoder;

G_END_DECLS
