/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/* The painter on a cairo context: screen and PNG. Text comes from a cache that
 * outlives the painter. */

#include "paint/prof-painter.h"
#include "paint/prof-text-cache.h"
#include <cairo.h>

G_BEGIN_DECLS

/* A painter that draws on @cr; both it and the cache must outlive the painter. */
ProfPainter *prof_painter_cairo_new (cairo_t *cr, ProfTextCache *cache);
void         prof_painter_cairo_free (ProfPainter *painter);

G_END_DECLS
