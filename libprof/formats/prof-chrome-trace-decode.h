/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/* CPU profiles within traces, as Chrome's "Performance" panel saves them and Node.js
 * writes them; whatever else is in a trace is skipped.
 *
 * Memory: as for prof-cpuprofile-decode.h. */

#include "formats/prof-decoder.h"

G_BEGIN_DECLS

extern const ProfDecoder prof_chrome_trace_decoder;

G_END_DECLS
