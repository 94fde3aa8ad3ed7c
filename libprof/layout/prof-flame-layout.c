/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "layout/prof-flame-layout.h"

#include "base/prof-checked.h"
#include "base/prof-vec.h"
#include <math.h>

/* Breadth first: the array of boxes is the queue itself. A box's children are
 * appended while it is visited, so boxes come out row by row and, as siblings
 * lie from left to right, sorted by x within a row.
 *
 *   row 0   [ 0 all                                   ]
 *   row 1   [ 1 main              ][ 2 gc       ]
 *   row 2   [ 3 work   ][ 4 :::: ]  [ 5 sweep ]         4 is a strip
 *
 * Where siblings come by falling weight, the first that is too narrow ends the
 * visit: it and all behind it are one strip. Where they come by name, each run
 * of narrow ones is. */

/* A run of siblings that are too narrow; places are on the root's line, uncut. */
typedef struct
{
  ProfNodeId first;
  ProfNodeId end; /* the node behind the last */
  uint64_t   start;
  uint64_t   ends_at;
} Strip;

typedef struct
{
  uint32_t box;
  uint64_t ends_at;
} StripEnd;

PROF_VEC_DEFINE (Boxes, boxes, ProfBox)
PROF_VEC_DEFINE (Starts, starts, uint64_t)
PROF_VEC_DEFINE (StripEnds, strip_ends, StripEnd)
PROF_VEC_DEFINE (Rows, rows, uint32_t)

struct _ProfFlameLayout
{
  gatomicrefcount ref_count;

  /* Owned */
  Boxes     boxes;
  Starts    starts;     /* of the boxes, on the root's line, uncut */
  StripEnds strip_ends; /* rising */
  Rows      rows; /* first box of each row, and one more: the number of boxes */

  /* Shared, a reference */
  ProfTree *tree;

  ProfFlameParams params;
};

/* The view as numbers that are quick to use. Positions are subtracted as
 * integers first: past 2^53 a double no longer tells neighbours apart. */
typedef struct
{
  const ProfNode       *nodes;
  const ProfNodeWeight *weights; /* (nullable) */
  uint64_t              base;    /* whole part of params.start */
  double                rest;    /* what is left of it */
  double                px;      /* for each unit of weight */
  double                width_px;
  double                min_width_px;
  bool                  by_weight; /* siblings fall */
} View;

static double
x_of (const View *view, uint64_t position)
{
  double units = position >= view->base ? (double)(position - view->base)
                                        : -(double)(view->base - position);

  return (units - view->rest) * view->px;
}

/* Where a box that is no strip ends. */
static uint64_t
frame_end (const ProfFlameLayout *self,
           const ProfNodeWeight  *weights,
           uint32_t               box)
{
  return self->starts.data[box] +
         prof_node_weight (prof_tree_nodes (self->tree),
                           weights,
                           self->boxes.data[box].node);
}

static inline bool
add_box (ProfFlameLayout *self,
         const View      *view,
         uint32_t         parent,
         ProfNodeId       node,
         ProfNodeId       end,
         uint64_t         start,
         double           x,
         double           x_end)
{
  ProfBox box = { .node = node, .end = end, .parent = parent };

  box.x = MAX (x, 0.0);
  box.width = MIN (x_end, view->width_px) - box.x;
  box.row = self->boxes.data[parent].row + 1;
  if (box.width <= 0)
    return true;
  return starts_append (&self->starts, start) &&
         boxes_append (&self->boxes, box);
}

/* A run of narrow siblings. Where its end finds no memory, lay_out() drops the box with
 * its row. */
static bool
add_strip (ProfFlameLayout *self,
           const View      *view,
           uint32_t         parent,
           const Strip     *run)
{
  size_t n = self->boxes.length;

  if (!add_box (self,
                view,
                parent,
                run->first,
                run->end,
                run->start,
                x_of (view, run->start),
                x_of (view, run->ends_at)))
    return false;
  if (self->boxes.length == n)
    return true;
  return strip_ends_append (&self->strip_ends,
                            (StripEnd){ (uint32_t)n, run->ends_at });
}

static bool
add_children (ProfFlameLayout *self, const View *view, uint32_t parent)
{
  const ProfNode       *nodes = view->nodes;
  const ProfNodeWeight *weights = view->weights;
  ProfNodeId            above = self->boxes.data[parent].node;
  ProfNodeId            end = above + nodes[above].size;
  ProfNodeId            child = above + 1;
  uint64_t              at = self->starts.data[parent];
  uint64_t              parent_end = frame_end (self, weights, parent);
  Strip                 run = { .first = PROF_ID_NONE };

  for (; child < end; child += nodes[child].size)
    {
      uint64_t weight = prof_node_weight (nodes, weights, child);
      uint64_t start = prof_node_child_start (at, parent_end, weight);
      double   x = x_of (view, start);
      double   x_end;

      if (x >= view->width_px)
        break;
      at = start + weight;
      if ((double)weight * view->px < view->min_width_px)
        {
          if (run.first == PROF_ID_NONE)
            run = (Strip){ .first = child, .start = start };
          run.end = child + nodes[child].size;
          run.ends_at = at;
          if (!view->by_weight)
            continue;
          /* All that follow are no wider. */
          run.end = end;
          run.ends_at = self->starts.data[parent] +
                        prof_node_children_weight (nodes, weights, above);
          break;
        }
      if (run.first != PROF_ID_NONE && !add_strip (self, view, parent, &run))
        return false;
      run.first = PROF_ID_NONE;
      x_end = x_of (view, at);
      if (x_end > 0 && !add_box (self, view, parent, child, 0, start, x, x_end))
        return false;
    }
  return run.first == PROF_ID_NONE || add_strip (self, view, parent, &run);
}

/* Stops early when memory is refused: what is there is drawn. */
static void
lay_out (ProfFlameLayout *self, const View *view)
{
  ProfBox root = { .width = view->width_px, .parent = PROF_ID_NONE };
  Boxes  *boxes = &self->boxes;
  Rows   *rows = &self->rows;

  if (!starts_append (&self->starts, 0) || !boxes_append (boxes, root) ||
      !rows_append (rows, 0))
    return;
  for (size_t i = 0; i < boxes->length && i < PROF_ID_NONE; i++)
    {
      if (boxes->data[i].row == rows->length &&
          !rows_append (rows, (uint32_t)i))
        break;
      if (boxes->data[i].end == 0 && view->px > 0 &&
          !add_children (self, view, (uint32_t)i))
        break;
    }
  while (boxes->data[boxes->length - 1].row >= rows->length)
    boxes->length--;
}

static View
view_of (ProfTree *tree, const ProfFlameParams *params)
{
  View view = {
    .nodes = prof_tree_nodes (tree),
    .weights = prof_tree_weights (tree),
  };

  view.base = (uint64_t)params->start;
  view.rest = params->start - (double)view.base;
  view.width_px = params->width_px;
  view.min_width_px = params->min_width_px;
  view.by_weight = (prof_tree_flags (tree) & PROF_TREE_BY_NAME) == 0;
  if (prof_tree_weight (tree, 0) > 0)
    view.px = params->width_px / (params->end - params->start);
  return view;
}

/* An empty or impossible part of the line stands for all of it. */
static ProfFlameParams
checked_params (ProfTree *tree, const ProfFlameParams *params)
{
  ProfFlameParams checked = *params;
  double          weight = (double)prof_tree_weight (tree, 0);

  checked.start = CLAMP (checked.start, 0.0, weight);
  checked.end = MIN (checked.end, weight);
  if (!(checked.end > checked.start))
    {
      checked.start = 0;
      checked.end = weight;
    }
  if (!(checked.width_px > 0))
    checked.width_px = 1;
  return checked;
}

ProfFlameLayout *
prof_flame_layout_new (ProfTree *tree, const ProfFlameParams *params)
{
  ProfFlameLayout *self;
  View             view;

  g_return_val_if_fail (tree != NULL && params != NULL, NULL);

  self = g_new0 (ProfFlameLayout, 1);
  g_atomic_ref_count_init (&self->ref_count);
  self->tree = prof_tree_ref (tree);
  self->params = checked_params (tree, params);
  view = view_of (tree, &self->params);
  lay_out (self, &view);
  return self;
}

ProfFlameLayout *
prof_flame_layout_ref (ProfFlameLayout *self)
{
  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

void
prof_flame_layout_unref (ProfFlameLayout *self)
{
  if (self == NULL || !g_atomic_ref_count_dec (&self->ref_count))
    return;
  boxes_clear (&self->boxes);
  starts_clear (&self->starts);
  strip_ends_clear (&self->strip_ends);
  rows_clear (&self->rows);
  prof_tree_unref (self->tree);
  g_free (self);
}

ProfTree *
prof_flame_layout_tree (const ProfFlameLayout *self)
{
  return self->tree;
}

const ProfFlameParams *
prof_flame_layout_params (const ProfFlameLayout *self)
{
  return &self->params;
}

const ProfBox *
prof_flame_layout_boxes (const ProfFlameLayout *self, size_t *n)
{
  if (n != NULL)
    *n = self->boxes.length;
  return self->boxes.data;
}

uint32_t
prof_flame_layout_n_rows (const ProfFlameLayout *self)
{
  return (uint32_t)self->rows.length;
}

uint32_t
prof_flame_layout_row (const ProfFlameLayout *self, uint32_t row, uint32_t *n)
{
  size_t first = self->boxes.length;
  size_t end = self->boxes.length;

  if (row < self->rows.length)
    first = self->rows.data[row];
  if (row < self->rows.length && row + 1 < self->rows.length)
    end = self->rows.data[row + 1];
  if (n != NULL)
    *n = (uint32_t)(end - first);
  return (uint32_t)first;
}

uint32_t
prof_flame_layout_hit (const ProfFlameLayout *self, double x, uint32_t row)
{
  uint32_t n;
  uint32_t first = prof_flame_layout_row (self, row, &n);
  uint32_t low = first;
  uint32_t high = first + n;

  /* Ends at the first box that begins right of x. */
  while (low < high)
    {
      uint32_t middle = low + (high - low) / 2;

      if (self->boxes.data[middle].x <= x)
        low = middle + 1;
      else
        high = middle;
    }
  if (low == first)
    return PROF_ID_NONE;
  low--;
  if (x >= self->boxes.data[low].x + self->boxes.data[low].width)
    return PROF_ID_NONE;
  return low;
}

/* The last box of a row whose node is not behind @node: nodes of a row rise
 * like x. */
static uint32_t
last_not_behind (const ProfFlameLayout *self, uint32_t row, ProfNodeId node)
{
  uint32_t n;
  uint32_t first = prof_flame_layout_row (self, row, &n);
  uint32_t low = first;
  uint32_t high = first + n;

  while (low < high)
    {
      uint32_t middle = low + (high - low) / 2;

      if (self->boxes.data[middle].node <= node)
        low = middle + 1;
      else
        high = middle;
    }
  return low > first ? low - 1 : PROF_ID_NONE;
}

uint32_t
prof_flame_layout_find (const ProfFlameLayout *self, ProfNodeId node)
{
  const ProfNode *nodes = prof_tree_nodes (self->tree);

  for (uint32_t row = 0; row < self->rows.length; row++)
    {
      uint32_t       found = last_not_behind (self, row, node);
      const ProfBox *box;
      ProfNodeId     end;

      if (found == PROF_ID_NONE)
        return PROF_ID_NONE;
      box = &self->boxes.data[found];
      end = prof_box_is_strip (box) ? box->end
                                    : box->node + nodes[box->node].size;
      if (node >= end)
        return PROF_ID_NONE;
      if (prof_box_is_strip (box) || box->node == node)
        return found;
    }
  return PROF_ID_NONE;
}

/* Where a box ends on the root's line; strips are sorted. */
static uint64_t
end_of (const ProfFlameLayout *self, uint32_t box)
{
  size_t low = 0;
  size_t high = self->strip_ends.length;

  if (!prof_box_is_strip (&self->boxes.data[box]))
    return frame_end (self, prof_tree_weights (self->tree), box);
  while (low + 1 < high)
    {
      size_t middle = low + (high - low) / 2;

      if (self->strip_ends.data[middle].box <= box)
        low = middle;
      else
        high = middle;
    }
  return self->strip_ends.data[low].ends_at;
}

void
prof_flame_layout_extent (const ProfFlameLayout *self,
                          uint32_t               box,
                          double                *start,
                          double                *end)
{
  *start = (double)self->starts.data[box];
  *end = (double)end_of (self, box);
}

uint32_t
prof_flame_layout_n_hidden (const ProfFlameLayout *self, uint32_t box)
{
  const ProfNode *nodes = prof_tree_nodes (self->tree);
  const ProfBox  *strip = &self->boxes.data[box];
  uint32_t        n = 0;

  for (ProfNodeId node = strip->node; node < strip->end;
       node += nodes[node].size)
    n++;
  return n;
}

int64_t
prof_flame_layout_value (const ProfFlameLayout *self, uint32_t box)
{
  const ProfNode *nodes = prof_tree_nodes (self->tree);
  const ProfBox  *strip = &self->boxes.data[box];
  int64_t         sum = 0;

  if (!prof_box_is_strip (strip))
    return nodes[strip->node].total;
  if (prof_tree_weights (self->tree) == NULL)
    return (int64_t)(end_of (self, box) - self->starts.data[box]);
  for (ProfNodeId node = strip->node; node < strip->end;
       node += nodes[node].size)
    sum = prof_add_i64 (sum, nodes[node].total);
  return sum;
}
