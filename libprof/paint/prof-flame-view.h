/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/* What of a flame layout is shown and how: colours, search, zoom, direction,
 * sizes. Says where each row and box is drawn, for whoever paints it and for
 * whoever points at it. */

#include "analysis/prof-search.h"
#include "layout/prof-flame-layout.h"
#include "paint/prof-change-text.h"
#include "paint/prof-painter.h"
#include "paint/prof-palette.h"

G_BEGIN_DECLS

typedef struct
{
  double row_px;  /* 20: 19 of fill and 1 of line */
  double root_px; /* 24: the root's bar; 1 px follows it. 0: it has none */
  double lane_px; /* 4 when there is a search: its extents under the root bar */
  double font_px; /* 12 */
} ProfFlameMetrics;

#define PROF_FLAME_METRICS_INIT                              \
  {                                                          \
    .row_px = 20, .root_px = 24, .lane_px = 0, .font_px = 12 \
  }

typedef struct
{
  ProfFlameLayout *layout;
  ProfPalette     *palette;
  ProfSearch      *search;    /* (nullable) */
  ProfNodeId       zoom_root; /* drawn bold, its ancestors pale; 0 for none */
  bool             flame;     /* root at the bottom, rows go up */
  bool             contrast;  /* for who sees little: text at 7:1, edges */
  ProfFlameMetrics metrics;
  double           height_px; /* of the whole picture; flames stand on it */
  bool             describe;  /* give each frame's facts to begin_group */
  bool             zoomable; /* write what is narrower than a pixel as well, for
                               * who can widen it; only with groups */
  const char      *root_text; /* (nullable): behind "all"; %NULL: the total */
  const ProfChangeWords *change_words; /* (nullable): of prof_change_mark() */
} ProfFlameView;

/* Height of all rows, root bar and lane included. */
double prof_flame_view_height (const ProfFlameView *view);

/* From the root's side to the first row of frames. */
double prof_flame_view_head (const ProfFlameView *view);

/**
 * prof_flame_view_mirrored:
 * @y: upper edge, from the root's side
 *
 * A flame is an icicle upside down.
 *
 * Returns: the upper edge of the same thing, from the top of the picture; the
 *   other way round, too
 */
double prof_flame_view_mirrored (const ProfFlameView *view,
                                 double               y,
                                 double               height);

/* Where a row is drawn: its top edge and its height of fill. */
double prof_flame_view_row_y (const ProfFlameView *view,
                              uint32_t             row,
                              double              *height);

/* The row at @y, or PROF_ID_NONE. */
uint32_t prof_flame_view_row_at (const ProfFlameView *view, double y);

/* Where a box is drawn. */
void prof_flame_view_box (const ProfFlameView *view,
                          uint32_t             box,
                          ProfRect            *rect);

/* Fill of a box as drawn, before hover. */
ProfColor prof_flame_view_fill (const ProfFlameView *view, uint32_t box);

G_END_DECLS
