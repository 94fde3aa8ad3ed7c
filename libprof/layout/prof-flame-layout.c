/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "layout/prof-flame-layout.h"

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

PROF_VEC_DEFINE (Boxes, boxes, ProfBox)
PROF_VEC_DEFINE (Rows, rows, uint32_t)

struct _ProfFlameLayout
{
  gatomicrefcount ref_count;

  /* Owned */
  Boxes boxes;
  Rows  rows; /* first box of each row, and one more: the number of boxes */

  /* Shared, a reference */
  ProfTree *tree;

  ProfFlameParams params;
};

/* The view as numbers that are quick to use. Positions are subtracted as
 * integers first: past 2^53 a double no longer tells neighbours apart. */
typedef struct
{
  const ProfNode *nodes;
  uint64_t        base; /* whole part of params.start */
  double          rest; /* what is left of it */
  double          px;   /* for each unit of weight */
  double          width_px;
  double          min_width_px;
  bool            all_positive; /* no value of the tree is below 0 */
  bool            by_weight;    /* siblings fall */
} View;

static double
x_of (const View *view, uint64_t position)
{
  double units = position >= view->base ? (double)(position - view->base)
                                        : -(double)(view->base - position);

  return (units - view->rest) * view->px;
}

static bool
is_all_positive (const ProfNode *root)
{
  return root->total >= 0 && (uint64_t)root->total == root->weight;
}

/* Where the children of a node end on the root's line. Without negative values
 * only the node's own value follows them; else the last child is looked up from
 * the last node of the subtree. */
static uint64_t
children_end (const ProfNode *nodes, ProfNodeId parent, bool all_positive)
{
  const ProfNode *node = &nodes[parent];
  ProfNodeId      last = parent + node->size - 1;

  if (all_positive)
    return node->start + node->weight - (uint64_t)node->self;
  while (nodes[last].parent != parent)
    last = nodes[last].parent;
  return nodes[last].start + nodes[last].weight;
}

/* The same of a run of siblings: where the next one begins. */
static uint64_t
run_end (const ProfNode *nodes,
         ProfNodeId      first,
         ProfNodeId      end,
         bool            all_positive)
{
  ProfNodeId parent = nodes[first].parent;

  if (end < parent + nodes[parent].size)
    return nodes[end].start;
  return children_end (nodes, parent, all_positive);
}

static bool
add_box (Boxes      *boxes,
         const View *view,
         uint32_t    parent,
         ProfNodeId  node,
         ProfNodeId  end,
         double      x,
         double      x_end)
{
  ProfBox box = { .node = node, .end = end, .parent = parent };

  box.x = MAX (x, 0.0);
  box.width = MIN (x_end, view->width_px) - box.x;
  box.row = boxes->data[parent].row + 1;
  return box.width <= 0 || boxes_append (boxes, box);
}

/* A run of narrow siblings that ends before the node @end. */
static bool
add_strip (Boxes      *boxes,
           const View *view,
           uint32_t    parent,
           ProfNodeId  first,
           ProfNodeId  end)
{
  return add_box (boxes,
                  view,
                  parent,
                  first,
                  end,
                  x_of (view, view->nodes[first].start),
                  x_of (view,
                        run_end (view->nodes, first, end, view->all_positive)));
}

static bool
add_children (Boxes *boxes, const View *view, uint32_t parent)
{
  ProfNodeId above = boxes->data[parent].node;
  ProfNodeId end = above + view->nodes[above].size;
  ProfNodeId run = PROF_ID_NONE; /* first of the narrow ones so far */
  ProfNodeId child = above + 1;

  for (; child < end; child += view->nodes[child].size)
    {
      const ProfNode *node = &view->nodes[child];
      double          x = x_of (view, node->start);
      double          x_end = x_of (view, node->start + node->weight);
      bool            narrow;

      if (x >= view->width_px)
        break;
      narrow = (double)node->weight * view->px < view->min_width_px;
      if (narrow && run == PROF_ID_NONE)
        run = child;
      if (narrow && view->by_weight)
        return add_strip (boxes, view, parent, run, end);
      if (narrow)
        continue;
      if (run != PROF_ID_NONE && !add_strip (boxes, view, parent, run, child))
        return false;
      run = PROF_ID_NONE;
      if (x_end > 0 && !add_box (boxes, view, parent, child, 0, x, x_end))
        return false;
    }
  return run == PROF_ID_NONE || add_strip (boxes, view, parent, run, child);
}

/* Stops early when memory is refused: what is there is drawn. */
static void
lay_out (Boxes *boxes, Rows *rows, const View *view)
{
  ProfBox root = { .width = view->width_px, .parent = PROF_ID_NONE };

  if (!boxes_append (boxes, root) || !rows_append (rows, 0))
    return;
  for (size_t i = 0; i < boxes->length && i < PROF_ID_NONE; i++)
    {
      if (boxes->data[i].row == rows->length &&
          !rows_append (rows, (uint32_t)i))
        break;
      if (boxes->data[i].end == 0 && view->px > 0 &&
          !add_children (boxes, view, (uint32_t)i))
        break;
    }
  while (boxes->data[boxes->length - 1].row >= rows->length)
    boxes->length--;
}

static View
view_of (ProfTree *tree, const ProfFlameParams *params)
{
  const ProfNode *root = prof_tree_nodes (tree);
  View            view = { .nodes = root };

  view.base = (uint64_t)params->start;
  view.rest = params->start - (double)view.base;
  view.width_px = params->width_px;
  view.min_width_px = params->min_width_px;
  view.all_positive = is_all_positive (root);
  view.by_weight = (prof_tree_flags (tree) & PROF_TREE_BY_NAME) == 0;
  if (root->weight > 0)
    view.px = params->width_px / (params->end - params->start);
  return view;
}

/* An empty or impossible part of the line stands for all of it. */
static ProfFlameParams
checked_params (ProfTree *tree, const ProfFlameParams *params)
{
  ProfFlameParams checked = *params;
  double          weight = (double)prof_tree_nodes (tree)->weight;

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
  lay_out (&self->boxes, &self->rows, &view);
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

static void
integer_extent (const ProfFlameLayout *self,
                const ProfBox         *box,
                uint64_t              *start,
                uint64_t              *end)
{
  const ProfNode *nodes = prof_tree_nodes (self->tree);
  const ProfNode *node = &nodes[box->node];

  *start = node->start;
  *end = prof_box_is_strip (box)
             ? run_end (nodes, box->node, box->end, is_all_positive (nodes))
             : node->start + node->weight;
}

void
prof_flame_layout_extent (const ProfFlameLayout *self,
                          uint32_t               box,
                          double                *start,
                          double                *end)
{
  uint64_t first;
  uint64_t last;

  integer_extent (self, &self->boxes.data[box], &first, &last);
  *start = (double)first;
  *end = (double)last;
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

static int64_t
add_saturated (int64_t a, int64_t b)
{
  int64_t sum;

  if (__builtin_add_overflow (a, b, &sum))
    return a < 0 ? INT64_MIN : INT64_MAX;
  return sum;
}

int64_t
prof_flame_layout_value (const ProfFlameLayout *self, uint32_t box)
{
  const ProfNode *nodes = prof_tree_nodes (self->tree);
  const ProfBox  *strip = &self->boxes.data[box];
  int64_t         sum = 0;

  if (!prof_box_is_strip (strip))
    return nodes[strip->node].total;
  if (is_all_positive (nodes))
    {
      uint64_t start;
      uint64_t end;

      integer_extent (self, strip, &start, &end);
      return (int64_t)(end - start);
    }
  for (ProfNodeId node = strip->node; node < strip->end;
       node += nodes[node].size)
    sum = add_saturated (sum, nodes[node].total);
  return sum;
}
