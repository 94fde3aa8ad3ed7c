/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "paint/prof-fill-batch.h"

static size_t
bucket_of (ProfFillBatch *self, ProfPainter *painter, ProfColor color)
{
  uint8_t hash = (uint8_t)((color * 2654435761u) >> 24);
  size_t  i = self->guess[hash];

  if (i < self->n_colors && self->colors[i] == color)
    return i;
  for (i = 0; i < self->n_colors; i++)
    if (self->colors[i] == color)
      break;
  if (i == PROF_FILL_BATCH_COLORS)
    {
      prof_fill_batch_flush (self, painter);
      i = 0;
    }
  if (i == self->n_colors)
    self->colors[self->n_colors++] = color;
  self->guess[hash] = (uint8_t)i;
  return i;
}

void
prof_fill_batch_add (ProfFillBatch  *self,
                     ProfPainter    *painter,
                     const ProfRect *rect,
                     ProfColor       color)
{
  size_t i;

  if (rect->width <= 0 || rect->height <= 0)
    return;
  i = bucket_of (self, painter, color);
  if (!prof_vec_rect_append (&self->rects[i], *rect))
    painter->klass->fill (painter, rect, color);
}

static void
draw (ProfPainter *painter, const ProfVecRect *rects, ProfColor color)
{
  if (painter->klass->fill_many != NULL)
    painter->klass->fill_many (painter, rects->data, rects->length, color);
  else
    for (size_t i = 0; i < rects->length; i++)
      painter->klass->fill (painter, &rects->data[i], color);
}

void
prof_fill_batch_flush (ProfFillBatch *self, ProfPainter *painter)
{
  for (size_t i = 0; i < self->n_colors; i++)
    {
      draw (painter, &self->rects[i], self->colors[i]);
      self->rects[i].length = 0;
    }
  self->n_colors = 0;
}

void
prof_fill_batch_clear (ProfFillBatch *self)
{
  for (size_t i = 0; i < PROF_FILL_BATCH_COLORS; i++)
    prof_vec_rect_clear (&self->rects[i]);
  self->n_colors = 0;
}
