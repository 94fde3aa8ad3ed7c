/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/* What one function costs line by line, without its source. */

#include "analysis/prof-frames.h"

G_BEGIN_DECLS

typedef struct
{
  ProfStringId file; /* as in the profile; 0 where unknown */
  int64_t      line; /* not 0 */
  int64_t      flat; /* of samples that ended on it */
  int64_t      cum;  /* of those that were on it, each once; saturates */
} ProfLineSum;

/**
 * prof_line_sums_new:
 * @type: which value of the samples; sums are in its unit
 * @frame: of @frames
 *
 * The lines of a frame that cost anything.
 *
 * Order: by falling |cum|, then |flat|, then by file and line.
 * Shape: empty where the profile has no line numbers.
 * Cost: a few passes over the stack table.
 *
 * Returns: (transfer full) (element-type ProfLineSum): the lines
 */
GArray *prof_line_sums_new (ProfFrames *frames, size_t type, ProfFrameId frame);

G_END_DECLS
