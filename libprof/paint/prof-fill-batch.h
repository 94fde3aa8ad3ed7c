/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/* Rectangles collected by colour, so that a picture of thousands of boxes
 * changes colour some dozen times. Only for rectangles that do not overlap. */

#include "base/prof-vec.h"
#include "paint/prof-painter.h"

G_BEGIN_DECLS

PROF_VEC_DEFINE (ProfVecRect, prof_vec_rect, ProfRect)

#define PROF_FILL_BATCH_COLORS 128

typedef struct
{
  ProfVecRect rects[PROF_FILL_BATCH_COLORS];
  ProfColor   colors[PROF_FILL_BATCH_COLORS];
  size_t      n_colors;
  uint8_t     guess[256]; /* hash of a colour: where it was last */
} ProfFillBatch;

/**
 * prof_fill_batch_add:
 * @self: all zero at first
 * @painter: draws what is there when there are too many colours
 *
 * Empty rectangles are left out.
 */
void prof_fill_batch_add (ProfFillBatch  *self,
                          ProfPainter    *painter,
                          const ProfRect *rect,
                          ProfColor       color);

/* Draws all and forgets them. */
void prof_fill_batch_flush (ProfFillBatch *self, ProfPainter *painter);

void prof_fill_batch_clear (ProfFillBatch *self);

G_END_DECLS
