/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "paint/prof-flame-view.h"

#include "paint/prof-flame-shade.h"
#include <math.h>

/* Frames this wide leave a pixel free towards their right neighbour. */
#define MIN_GAP_PX 3

double
prof_flame_view_head (const ProfFlameView *view)
{
  double root = view->metrics.root_px;
  double lane = view->metrics.lane_px;

  return (root > 0 ? root + 1 : 0) + (lane > 0 ? lane + 1 : 0);
}

double
prof_flame_view_height (const ProfFlameView *view)
{
  uint32_t n_rows = prof_flame_layout_n_rows (view->layout);

  if (n_rows == 0)
    return 0;
  return prof_flame_view_head (view) + (n_rows - 1) * view->metrics.row_px;
}

double
prof_flame_view_mirrored (const ProfFlameView *view, double y, double height)
{
  double whole = view->height_px > 0 ? view->height_px
                                     : prof_flame_view_height (view);

  return view->flame ? whole - y - height : y;
}

double
prof_flame_view_row_y (const ProfFlameView *view, uint32_t row, double *height)
{
  double y = 0;
  double h = view->metrics.root_px;

  if (row > 0)
    {
      y = prof_flame_view_head (view) + (row - 1) * view->metrics.row_px;
      h = view->metrics.row_px - 1;
    }
  if (height != NULL)
    *height = h;
  return prof_flame_view_mirrored (view, y, h);
}

uint32_t
prof_flame_view_row_at (const ProfFlameView *view, double y)
{
  double head = prof_flame_view_head (view);
  double row;

  y = prof_flame_view_mirrored (view, y, 0);
  if (y >= 0 && y < view->metrics.root_px)
    return 0;
  if (y < head)
    return PROF_ID_NONE;
  row = floor ((y - head) / view->metrics.row_px) + 1;
  if (row >= prof_flame_layout_n_rows (view->layout))
    return PROF_ID_NONE;
  return (uint32_t)row;
}

void
prof_flame_view_box (const ProfFlameView *view, uint32_t box, ProfRect *rect)
{
  const ProfBox *b = &prof_flame_layout_boxes (view->layout, NULL)[box];
  double         x_end = round (b->x + b->width);
  double         height;
  double         y = prof_flame_view_row_y (view, b->row, &height);

  rect->x = round (b->x);
  rect->y = round (y);
  rect->width = x_end - rect->x;
  rect->height = round (y + height) - rect->y;
  if (rect->width >= MIN_GAP_PX && b->row > 0)
    rect->width -= 1;
}

ProfColor
prof_flame_view_fill (const ProfFlameView *view, uint32_t box)
{
  const ProfTokens *tokens = prof_palette_tokens (
      prof_palette_theme (view->palette));
  const ProfNode *nodes = prof_tree_nodes (
      prof_flame_layout_tree (view->layout));
  const ProfBox *b = &prof_flame_layout_boxes (view->layout, NULL)[box];
  ProfFlameKind  kind = prof_flame_shade_kind (view, nodes, b);
  ProfColor      base = prof_flame_shade_base (view, b, kind);
  bool           even = prof_flame_shade_is_even (view);

  return prof_flame_shade_mix (tokens, base, kind, even).fill;
}
