/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/* What tests of drawing share. */

#include "test-util.h"

G_BEGIN_DECLS

/**
 * picture_font_is_there:
 *
 * Goldens are drawn with DejaVu Sans; where it is missing the case is skipped.
 */
bool picture_font_is_there (void);

/**
 * picture_golden:
 * @name: file below tests/golden/picture
 *
 * Compares with a golden picture. Another release of FreeType may draw letters
 * a little differently: a pixel differs when a channel is off by more than 48
 * of 255, and of a hundred pixels one may. PROF_UPDATE_GOLDEN=1 rewrites the
 * file. After a failure what was drawn is in the build folder.
 */
void picture_golden (const char *name, cairo_surface_t *surface);

/* Share of pixels that differ by that rule; 1 for another size. */
double picture_difference (cairo_surface_t *one, cairo_surface_t *other);

/* 0xrrggbb of a pixel. */
uint32_t picture_pixel (cairo_surface_t *surface, int x, int y);

/* A painter that notes each call as a line of text; letters are half as wide
 * as the font is high. */
ProfPainter *note_painter_new (GString *notes);
void         note_painter_free (ProfPainter *painter);

G_END_DECLS
