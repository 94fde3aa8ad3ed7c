/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/* Draws a flame layout. The window's canvas, PNG and SVG all come from here;
 * they differ in the painter. */

#include "paint/prof-flame-view.h"

G_BEGIN_DECLS

/**
 * prof_flame_paint:
 * @clip: (nullable): part of the view that is wanted, in its own px; rows
 *   outside are not drawn
 *
 * Draws the frames with their labels, strips, search marks and zoom root; not
 * the hover and not the selection, which the window lays over it.
 */
void prof_flame_paint (const ProfFlameView *view,
                       ProfPainter         *painter,
                       const ProfRect      *clip);

G_END_DECLS
