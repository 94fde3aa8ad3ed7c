/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "layout/prof-flame-layout.h"

G_BEGIN_DECLS

/* The figures that were told last: a frame that calls one other, and itself does
 * nothing, has the same. All zeros is none yet. */
typedef struct
{
  char   *text; /* (owned) (nullable) */
  int64_t self;
  int64_t total;
} ProfFlameFigures;

void prof_flame_figures_clear (ProfFlameFigures *self);

/**
 * prof_flame_describe:
 * @last: of boxes of this layout
 *
 * Tells the facts of a box, for tooltips of pictures:
 * "encoding/json.Unmarshal\nself 0.30 s (2.4 %), total 1.20 s (9.8 %)\nfile".
 * Not translated; name and file have %PROF_LIMIT_TIP code points at most.
 *
 * Returns: (transfer full): lines of valid UTF-8
 */
char *prof_flame_describe (const ProfFlameLayout *layout,
                           uint32_t               box,
                           ProfFlameFigures      *last);

G_END_DECLS
