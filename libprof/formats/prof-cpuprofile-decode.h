/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/* CPU profiles of V8 (.cpuprofile): what Chrome's tools, "node --cpu-prof" and
 * Deno write.
 *
 * Memory: for each node of its tree some 60 bytes, and for each sample three to
 * five until the file ends, fewer than it has as text. */
#include "formats/prof-decoder.h"

G_BEGIN_DECLS

extern const ProfDecoder prof_cpuprofile_decoder;

G_END_DECLS
