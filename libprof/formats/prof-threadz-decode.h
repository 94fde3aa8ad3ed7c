/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/* Stacks of threads as servers built with gperftools print them (/threadz).
 * Grammar and oddities are in docs/formats/pprof-text.md. */

#include "formats/prof-decoder.h"

G_BEGIN_DECLS

extern const ProfDecoder prof_threadz_decoder;

G_END_DECLS
