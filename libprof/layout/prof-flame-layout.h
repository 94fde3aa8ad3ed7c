/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/* A call tree and a width become boxes. The layout knows no colour, no text and
 * no direction: row 0 is the root's row, and who draws decides whether rows go
 * down (icicle) or up (flame).
 *
 * Zooming is choosing which part of the root's line fills the width: a frame's
 * ancestors then span the whole view by themselves. Siblings too narrow to draw
 * are merged into one strip that knows how many frames it holds, so widths
 * always add up and the number of boxes follows pixels, not the profile. */

#include "analysis/prof-tree.h"

G_BEGIN_DECLS

typedef struct _ProfFlameLayout ProfFlameLayout;

typedef struct
{
  double width_px;     /* of the view */
  double min_width_px; /* siblings narrower than this merge into a strip */
  double start;        /* left edge of the view, on the root's line */
  double end; /* right edge, in the same unit; see prof_tree_extent() */
} ProfFlameParams;

typedef struct
{
  double     x;      /* px from the view's left edge; cut to the view */
  double     width;  /* px, > 0 */
  uint32_t   row;    /* 0 is the root's */
  ProfNodeId node;   /* the frame; of a strip its first hidden frame */
  ProfNodeId end;    /* of a strip: the node behind its last; else 0 */
  uint32_t   parent; /* box of the caller, or PROF_ID_NONE for the root */
} ProfBox;

static inline bool
prof_box_is_strip (const ProfBox *box)
{
  return box->end != 0;
}

/**
 * prof_flame_layout_new:
 * @tree: a reference is kept
 *
 * Shape: boxes by row, then by x; boxes of a row do not overlap and lie within
 *   their caller's box. A tree without samples gives the root alone.
 * Cost: follows the boxes made, not the tree.
 *
 * Returns: (transfer full): the layout
 */
ProfFlameLayout *prof_flame_layout_new (ProfTree              *tree,
                                        const ProfFlameParams *params);

ProfFlameLayout *prof_flame_layout_ref (ProfFlameLayout *self);
void             prof_flame_layout_unref (ProfFlameLayout *self);

ProfTree              *prof_flame_layout_tree (const ProfFlameLayout *self);
const ProfFlameParams *prof_flame_layout_params (const ProfFlameLayout *self);
const ProfBox *prof_flame_layout_boxes (const ProfFlameLayout *self, size_t *n);
uint32_t       prof_flame_layout_n_rows (const ProfFlameLayout *self);

/* Boxes of one row: first index and how many. */
uint32_t prof_flame_layout_row (const ProfFlameLayout *self,
                                uint32_t               row,
                                uint32_t              *n);

/**
 * prof_flame_layout_hit:
 * @x: px from the left edge
 * @row: 0 is the root's row
 *
 * Returns: the box's index, or %PROF_ID_NONE
 */
uint32_t prof_flame_layout_hit (const ProfFlameLayout *self,
                                double                 x,
                                uint32_t               row);

/* The box that shows a node, a strip if it is hidden in one, or PROF_ID_NONE
 * when it is outside the view. */
uint32_t prof_flame_layout_find (const ProfFlameLayout *self, ProfNodeId node);

/* Where a box begins and ends on the root's line, uncut. */
void prof_flame_layout_extent (const ProfFlameLayout *self,
                               uint32_t               box,
                               double                *start,
                               double                *end);

/* Siblings that a strip merges, without what is below them; 0 for other boxes. */
uint32_t prof_flame_layout_n_hidden (const ProfFlameLayout *self, uint32_t box);

/* Value (total) of a box: of a strip, of all it hides. */
int64_t prof_flame_layout_value (const ProfFlameLayout *self, uint32_t box);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ProfFlameLayout, prof_flame_layout_unref)

G_END_DECLS
