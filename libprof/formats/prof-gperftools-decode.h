/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/* Reads CPU profiles of gperftools (libprofiler), which are words of the machine
 * that wrote them, of 32 or 64 bits and either order, with its memory map as text
 * behind them; those of Java have a table of its functions instead. Layout and oddities are in docs/formats/gperftools.md.
 *
 * Errors: %PROF_ERROR_MALFORMED, _TRUNCATED with the byte, or those of the
 * builder. */

#include "formats/prof-decoder.h"

G_BEGIN_DECLS

extern const ProfDecoder prof_gperftools_decoder;

G_END_DECLS
