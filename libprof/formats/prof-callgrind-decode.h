/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/* The format of callgrind and cachegrind, Valgrind's tools; Xdebug and others
 * write it too, and "prof convert -o x.callgrind". It has a call graph and no
 * stacks: prof-call-flow.h says how they are reckoned. Grammar and oddities are in
 * docs/formats/callgrind.md.
 *
 * Errors: %PROF_ERROR_MALFORMED and _TRUNCATED with line and column,
 * %PROF_ERROR_UNSUPPORTED for another version, or those of the builder. */

#include "formats/prof-decoder.h"

G_BEGIN_DECLS

extern const ProfDecoder prof_callgrind_decoder;

G_END_DECLS
