/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "analysis/prof-graph-private.h"

#include "base/prof-checked.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

typedef struct
{
  const ProfGraphWork *work;
  int64_t             *scores; /* for each node; NULL: flat counts */
} Order;

/* The smallest integer has no positive twin: in pprof it stays what it is, and is
 * the smallest size, not the largest. Scores that overflow are that often. */
static int64_t
size_of (int64_t value)
{
  return value < 0 ? (int64_t) - (uint64_t)value : value;
}

int
prof_graph_compare_sizes (int64_t left, int64_t right)
{
  int64_t a = size_of (left);
  int64_t b = size_of (right);

  return a > b ? -1 : a < b;
}

/* Two nodes can have one name: unnamed code of two binaries with one base name,
 * or of two functions; in a tree, paths. */
static int
compare_records (const ProfFrames *frames, ProfFrameId left, ProfFrameId right)
{
  g_autofree char *a = prof_frames_record (frames, left);
  g_autofree char *b = prof_frames_record (frames, right);

  return strcmp (a, b);
}

static int
compare_nodes (const void *a, const void *b, void *data)
{
  const Order         *order = data;
  uint32_t             l = *(const uint32_t *)a;
  uint32_t             r = *(const uint32_t *)b;
  const ProfGraphNode *left = &order->work->nodes.data[l];
  const ProfGraphNode *right = &order->work->nodes.data[r];
  const ProfFrames    *frames = order->work->frames;
  int                  result;

  result = order->scores != NULL
               ? prof_graph_compare_sizes (order->scores[l], order->scores[r])
               : prof_graph_compare_sizes (left->flat, right->flat);
  if (result == 0)
    result = prof_frames_compare_names (frames, left->frame, right->frame);
  if (result == 0)
    result = order->scores != NULL
                 ? prof_graph_compare_sizes (left->flat, right->flat)
                 : prof_graph_compare_sizes (left->cum, right->cum);
  if (result == 0 && left->frame != right->frame)
    result = compare_records (frames, left->frame, right->frame);
  return result != 0 ? result : l < r ? -1 : l > r;
}

/* Weights of calls on one side of a node, for their entropy. */
typedef struct
{
  double  sum; /* of -p log2 p so far */
  int64_t total;
  bool    any;
} Side;

static void
add_to_total (Side *side, int64_t weight)
{
  side->any = true;
  if (weight > 0)
    side->total = prof_add_i64 (side->total, weight);
}

static void
add_entropy (Side *side, int64_t weight)
{
  double share = (double)prof_abs_u64 (weight) / (double)side->total;

  if (side->total != 0)
    side->sum += -share * log2 (share);
}

/* What goes in and out of each node: how much it tells. A call that weighs
 * nothing makes the sum not a number, which pprof turns into the smallest
 * integer; so do we, to have its order. */
static int64_t
score_of (const ProfGraphNode *node, const Side *in, const Side *out)
{
  double score = 0;
  double product;

  score += in->any ? in->sum : 1;
  score += out->any ? out->sum : 1;
  product = score * (double)node->cum;
  if (!(product > -0x1p63 && product < 0x1p63))
    return (int64_t)((uint64_t)INT64_MIN + (uint64_t)node->flat);
  return (int64_t)((uint64_t)(int64_t)product + (uint64_t)node->flat);
}

static int64_t *
score_by_entropy (const ProfGraphWork *work)
{
  size_t           n = work->nodes.length;
  g_autofree Side *in = g_new0 (Side, n + 1);
  g_autofree Side *out = g_new0 (Side, n + 1);
  int64_t         *scores = g_new (int64_t, n + 1);

  for (size_t v = 0; v < n; v++)
    out[v].total = work->nodes.data[v].flat;
  for (size_t e = 0; e < work->edges.length; e++)
    if (!work->is_gone[e])
      {
        add_to_total (&in[work->edges.data[e].target],
                      work->edges.data[e].weight);
        add_to_total (&out[work->edges.data[e].source],
                      work->edges.data[e].weight);
      }
  for (size_t e = 0; e < work->edges.length; e++)
    if (!work->is_gone[e])
      {
        add_entropy (&in[work->edges.data[e].target],
                     work->edges.data[e].weight);
        add_entropy (&out[work->edges.data[e].source],
                     work->edges.data[e].weight);
      }
  for (size_t v = 0; v < n; v++)
    {
      if (out[v].any && work->nodes.data[v].flat > 0)
        add_entropy (&out[v], work->nodes.data[v].flat);
      scores[v] = score_of (&work->nodes.data[v], &in[v], &out[v]);
    }
  return scores;
}

static int64_t *
score_by_cum (const ProfGraphWork *work)
{
  int64_t *scores = g_new (int64_t, work->nodes.length + 1);

  for (size_t v = 0; v < work->nodes.length; v++)
    scores[v] = work->nodes.data[v].cum;
  return scores;
}

void
prof_graph_work_sort (ProfGraphWork *work)
{
  Order order = { .work = work };

  if (work->params->order == PROF_GRAPH_BY_CUM)
    order.scores = score_by_cum (work);
  else if (work->params->order == PROF_GRAPH_BY_ENTROPY)
    order.scores = score_by_entropy (work);
  qsort_r (work->listed,
           work->n_listed,
           sizeof *work->listed,
           compare_nodes,
           &order);
  g_free (order.scores);
}
