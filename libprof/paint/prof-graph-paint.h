/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/* Draws a laid out call graph. The window's canvas, PNG, PDF and SVG all come
 * from here; they differ in the painter, which must draw curves.
 *
 * The warmer a box, the more of the total passes there; the larger its letters
 * and the stronger its edge, the more was measured in it. Arrows have the width
 * of what is called through them. */

#include "layout/prof-graph-layout.h"
#include "paint/prof-palette.h"

G_BEGIN_DECLS

typedef struct
{
  ProfGraphLayout *layout; /* lent */
  ProfTheme        theme;
  double           zoom;     /* px that are drawn for each of the layout */
  bool             compared; /* values are changes: red is more, blue less */
  bool             describe; /* tells the painter what boxes and arrows are */

  /* Where letters would be smaller, a box has its function's name alone, as far
   * as that fits, in letters of this size; px, 0: never. */
  double least_px;
} ProfGraphView;

/* Letters that are smaller are not drawn, in px. */
#define PROF_GRAPH_LEAST_LETTERS 4

/**
 * prof_graph_paint:
 * @clip: (nullable): part of the drawing that is wanted, in px that are drawn
 *
 * Draws arrows, then boxes; from the painter's origin on, right and down.
 */
void prof_graph_paint (const ProfGraphView *view,
                       ProfPainter         *painter,
                       const ProfRect      *clip);

/**
 * prof_graph_paint_box:
 *
 * Draws a box again with a ring around it, over all else.
 */
void prof_graph_paint_box (const ProfGraphView *view,
                           ProfPainter         *painter,
                           uint32_t             box,
                           double               ring_px,
                           ProfColor            ring);

/* Draws an arrow again, @extra_px wider and in another colour. */
void prof_graph_paint_arrow (const ProfGraphView *view,
                             ProfPainter         *painter,
                             uint32_t             arrow,
                             double               extra_px,
                             ProfColor            color);

/* Where a box is, in px that are drawn. */
ProfRect prof_graph_view_box (const ProfGraphView *view, uint32_t box);

/* Of the whole drawing. */
double prof_graph_view_width (const ProfGraphView *view);
double prof_graph_view_height (const ProfGraphView *view);

/* How strongly a share of the total is coloured: below PROF_SCHEME_N_HEATS, or
 * where changes are shown from -PROF_CHANGE_MAX_STEP to PROF_CHANGE_MAX_STEP. */
int prof_graph_step (double share, bool compared);

/* Where steps of changes begin, as shares of the total. */
extern const double prof_graph_change_steps[PROF_CHANGE_MAX_STEP];

/* The ground of boxes with that share. */
ProfColor prof_graph_fill (ProfTheme theme, double share, bool compared);

G_END_DECLS
