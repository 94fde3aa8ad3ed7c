/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/* Anything that can be painted, on its way into a file: its size and how to paint
 * it. */

#include "base/prof-error.h"
#include "paint/prof-painter.h"
#include "paint/prof-text-cache.h"

G_BEGIN_DECLS

typedef struct
{
  double      width_px;
  double      height_px;
  const char *title; /* lent */

  void (*paint) (const void *data, ProfPainter *painter);
  const void *data; /* lent */
} ProfDrawing;

/* Draws it on a context, each px as @scale of the context's units. */
void prof_drawing_show (const ProfDrawing *self,
                        cairo_t           *cr,
                        double             scale,
                        ProfTextCache     *cache);

/**
 * prof_drawing_png:
 * @scale: pixels for each px; the size is within bounds
 *
 * Returns: (transfer full): the file, or %NULL with @error set
 */
GByteArray *prof_drawing_png (const ProfDrawing *self,
                              double             scale,
                              ProfTextCache     *cache,
                              GError           **error);

G_END_DECLS
