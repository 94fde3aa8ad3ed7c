/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "analysis/prof-graph-private.h"

#include "analysis/prof-frames-private.h"
#include "analysis/prof-list-marks.h"
#include "analysis/prof-list-sums.h"
#include "base/prof-checked.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

/* pprof builds the graph, cuts nodes, builds it again from those that are left,
 * and so on. Flat and cum of a frame do not depend on which others are kept, so
 * they are summed once; calls do, and are found again after each cut that
 * somebody looks at. A call tree is built once and cut in place. */

struct _ProfGraph
{
  gatomicrefcount ref_count;
  size_t          type;
  size_t          n_nodes; /* shown; more may be mentioned */
  size_t          n_edges;
  size_t          n_tags;
  size_t          n_dropped_nodes;
  size_t          n_dropped_edges;
  size_t          n_before_count;

  /* Owned */
  ProfGraphNode *nodes;
  ProfGraphEdge *edges;
  uint32_t      *first_in; /* for each node and one more, into @in */
  uint32_t      *in;
  uint32_t      *first_out;
  uint32_t      *out;
  ProfGraphTag  *tags;
  uint32_t      *first_tag;
  GStringChunk  *texts;

  /* Shared */
  ProfFrames *frames;
};

static int64_t
mean_of (int64_t sum, int64_t divisor)
{
  if (divisor == 0 || divisor == -1)
    return divisor == 0 ? sum : (int64_t) - (uint64_t)sum;
  return sum / divisor;
}

int64_t
prof_graph_node_flat (const ProfGraphNode *node)
{
  return mean_of (node->flat, node->flat_divisor);
}

int64_t
prof_graph_node_cum (const ProfGraphNode *node)
{
  return mean_of (node->cum, node->cum_divisor);
}

int64_t
prof_graph_edge_weight (const ProfGraphEdge *edge)
{
  return mean_of (edge->weight, edge->divisor);
}

/* @totals: (nullable): %NULL where stacks are listed */
static ProfGroupSum *
sum_groups (const ProfGraphWork   *work,
            const ProfStackTotals *totals,
            size_t                 type)
{
  size_t n = prof_frames_n (work->frames);

  if (totals == NULL)
    return prof_list_sums (prof_frames_profile (work->frames),
                           type,
                           work->frames,
                           NULL,
                           n);
  return prof_stack_sum_groups (work->frames, totals, type, NULL, n, 1);
}

/* Nodes that are frames, with their sums. */
static void
sum_frames (ProfGraphWork *work)
{
  size_t                   n = prof_frames_n (work->frames);
  g_autofree ProfGroupSum *sums = NULL;
  g_autofree ProfGroupSum *divisors = NULL;

  sums = sum_groups (work, work->totals, work->type);
  if (work->params->mean)
    divisors = sum_groups (work, work->divisor_totals, 0);
  for (size_t f = 0; f < n; f++)
    {
      ProfGraphNode node = {
        .frame = (ProfFrameId)f,
        .flat = sums[f].flat,
        .cum = sums[f].cum,
      };

      if (divisors != NULL)
        {
          node.flat_divisor = divisors[f].flat;
          node.cum_divisor = divisors[f].cum;
        }
      prof_need_memory (prof_vec_graph_node_append (&work->nodes, node));
    }
}

static bool
is_negative (const ProfGraphNode *node)
{
  return node->flat < 0 || (node->flat == 0 && node->cum < 0);
}

static void
list_nodes (ProfGraphWork *work)
{
  work->listed = g_new (uint32_t, work->nodes.length + 1);
  for (size_t n = 0; n < work->nodes.length; n++)
    {
      const ProfGraphNode *node = &work->nodes.data[n];

      if ((node->flat != 0 || node->cum != 0) &&
          !(work->params->drop_negative && is_negative (node)))
        work->listed[work->n_listed++] = (uint32_t)n;
    }
}

static bool *
mark_listed (const ProfGraphWork *work)
{
  bool *is_listed = g_new0 (bool, work->nodes.length + 1);

  for (size_t l = 0; l < work->n_listed; l++)
    is_listed[work->listed[l]] = true;
  return is_listed;
}

static bool *
mark_all (const ProfGraphWork *work)
{
  size_t n = work->nodes.length + 1;
  bool  *all = g_new (bool, n);

  memset (all, true, n);
  return all;
}

/* Frames that calls are between. */
static bool *
mark_kept (const ProfGraphWork *work, bool was_cut)
{
  return was_cut ? mark_listed (work) : mark_all (work);
}

static void
set_edges (ProfGraphWork *work, ProfVecCall edges)
{
  prof_vec_call_clear (&work->edges);
  g_free (work->is_gone);
  work->edges = edges;
  work->is_gone = g_new0 (bool, edges.length + 1);
}

/* @was_cut: whether only listed nodes are kept, or every frame. */
static void
find_edges (ProfGraphWork *work, bool was_cut)
{
  g_autofree bool *kept = NULL;
  g_autofree bool *wanted = NULL;

  if (work->params->call_tree || work->params->calls != PROF_GRAPH_ALL_CALLS)
    return;
  kept = mark_kept (work, was_cut);
  wanted = mark_all (work);
  set_edges (work,
             prof_calls_find (work->frames,
                              kept,
                              wanted,
                              true,
                              work->totals,
                              work->divisor_totals));
}

/* From the stack table. */
static ProfInlined *
mark_inlined (const ProfGraphWork *work, const bool *kept, int64_t cutoff)
{
  ProfInlined     *marks = g_new0 (ProfInlined, work->nodes.length + 1);
  g_autofree bool *is_called = g_new0 (bool, work->nodes.length + 1);
  ProfVecCall      calls = prof_calls_find_inlined (work->frames,
                                               kept,
                                               work->totals,
                                               (uint64_t)cutoff);

  for (size_t c = 0; c < calls.length; c++)
    {
      const ProfCall *call = &calls.data[c];

      if (prof_abs_u64 (call->weight) < (uint64_t)cutoff)
        continue;
      if (call->inlined)
        marks[call->target] = PROF_INLINED_ALWAYS;
      else
        is_called[call->target] = true;
    }
  for (size_t n = 0; n < work->nodes.length; n++)
    if (is_called[n] && marks[n] == PROF_INLINED_ALWAYS)
      marks[n] = PROF_INLINED_SOMETIMES;
  prof_vec_call_clear (&calls);
  return marks;
}

/* See find_edges(). */
static void
find_marks (ProfGraphWork *work, bool was_cut, int64_t cutoff)
{
  ProfProfile            *profile = prof_frames_profile (work->frames);
  g_autofree bool        *kept = mark_kept (work, was_cut);
  g_autofree ProfInlined *marks = NULL;

  if (prof_profile_stack_list (profile) != NULL)
    marks = prof_list_marks (work->frames, kept, work->type, cutoff);
  else
    marks = mark_inlined (work, kept, cutoff);
  for (size_t n = 0; n < work->nodes.length; n++)
    work->nodes.data[n].inlined = marks[n];
}

static int64_t
cutoff_of (int64_t sum, double fraction)
{
  double share = fabs ((double)sum * fraction);

  return share < 0x1p63 ? (int64_t)share : INT64_MAX;
}

static int64_t
sum_of_flat (const ProfGraphWork *work)
{
  int64_t sum = 0;

  for (size_t l = 0; l < work->n_listed; l++)
    sum = prof_add_i64 (sum, work->nodes.data[work->listed[l]].flat);
  return sum;
}

/* Leaves out nodes below the limit. Returns how many. */
static size_t
drop_nodes (ProfGraphWork *work, int64_t cutoff)
{
  g_autofree bool *kept = g_new0 (bool, work->nodes.length + 1);
  size_t           before = work->n_listed;
  size_t           n = 0;

  for (size_t l = 0; l < before; l++)
    {
      uint32_t node = work->listed[l];

      kept[node] = prof_abs_u64 (work->nodes.data[node].cum) >=
                   (uint64_t)cutoff;
      if (kept[node])
        n++;
    }
  if (n == before)
    return 0;
  if (work->params->call_tree)
    prof_graph_work_trim_tree (work, kept);
  else
    {
      n = 0;
      for (size_t l = 0; l < before; l++)
        if (kept[work->listed[l]])
          work->listed[n++] = work->listed[l];
      work->n_listed = n;
    }
  return before - work->n_listed;
}

/* Cuts. */

/* Returns how many edges into shown nodes were left out. */
static size_t
drop_edges (ProfGraphWork *work, int64_t cutoff)
{
  g_autofree bool *is_listed = mark_listed (work);
  size_t           n_dropped = 0;

  for (size_t e = 0; e < work->edges.length; e++)
    {
      const ProfCall *edge = &work->edges.data[e];

      if (!work->is_gone[e] && is_listed[edge->target] &&
          prof_abs_u64 (edge->weight) < (uint64_t)cutoff)
        {
          work->is_gone[e] = true;
          n_dropped++;
        }
    }
  return n_dropped;
}

#define MAX_TAGS 4

/* How many labels each node counts for when nodes are counted for a picture. */
static uint32_t *
count_tags (const ProfGraphWork  *work,
            const ProfVecNodeTag *tags,
            int64_t               cutoff)
{
  uint32_t *n_tags = g_new0 (uint32_t, work->nodes.length + 1);

  for (size_t t = 0; t < tags->length; t++)
    {
      const ProfGraphTag *tag = &tags->data[t].tag;

      if (tag->flat != 0 && (prof_abs_u64 (tag->flat) >= (uint64_t)cutoff ||
                             prof_abs_u64 (tag->cum) >= (uint64_t)cutoff))
        n_tags[tags->data[t].node]++;
    }
  return n_tags;
}

/* How many of the sorted nodes are kept. */
static size_t
select_nodes (const ProfGraphWork  *work,
              const ProfVecNodeTag *tags,
              int64_t               cutoff)
{
  size_t               limit = work->params->node_count;
  g_autofree uint32_t *n_tags = NULL;
  size_t               count = 0;

  if (!work->params->visual)
    return MIN (limit, work->n_listed);
  n_tags = count_tags (work, tags, cutoff);
  for (size_t l = 0; l < work->n_listed; l++)
    {
      count += MIN (n_tags[work->listed[l]], MAX_TAGS) + 1;
      if (count >= limit)
        return l + 1;
    }
  return MIN (limit, work->n_listed);
}

/* Keeps the first nodes only. */
static void
keep_first (ProfGraphWork *work, size_t n)
{
  g_autofree bool *kept = NULL;

  if (!work->params->call_tree)
    {
      work->n_listed = n;
      find_edges (work, true);
      prof_graph_work_sort (work);
      return;
    }
  kept = g_new0 (bool, work->nodes.length + 1);
  for (size_t l = 0; l < n; l++)
    kept[work->listed[l]] = true;
  prof_graph_work_trim_tree (work, kept);
  prof_graph_work_sort (work);
}

/* The finished graph. */

typedef struct
{
  const ProfFrames    *frames;
  const ProfGraphNode *nodes;
  const uint32_t      *ranks; /* of each node's name; equal for equal names */
} EdgeOrder;

static int
compare_edges (const void *a, const void *b, void *data)
{
  const EdgeOrder     *order = data;
  const ProfGraphEdge *left = a;
  const ProfGraphEdge *right = b;
  int result = prof_graph_compare_sizes (left->weight, right->weight);

  if (result != 0)
    return result;
  if (order->ranks[left->source] != order->ranks[right->source])
    return order->ranks[left->source] < order->ranks[right->source] ? -1 : 1;
  if (order->ranks[left->target] != order->ranks[right->target])
    return order->ranks[left->target] < order->ranks[right->target] ? -1 : 1;
  if (left->source != right->source)
    return left->source < right->source ? -1 : 1;
  return left->target < right->target ? -1 : left->target > right->target;
}

static int
compare_node_names (const void *a, const void *b, void *data)
{
  const EdgeOrder *order = data;

  return prof_frames_compare_names (order->frames,
                                    order->nodes[*(const uint32_t *)a].frame,
                                    order->nodes[*(const uint32_t *)b].frame);
}

static uint32_t *
rank_names (const EdgeOrder *order, size_t n)
{
  g_autofree uint32_t *sorted = g_new (uint32_t, n + 1);
  uint32_t            *ranks = g_new0 (uint32_t, n + 1);

  for (size_t v = 0; v < n; v++)
    sorted[v] = (uint32_t)v;
  qsort_r (sorted, n, sizeof *sorted, compare_node_names, (void *)order);
  for (size_t v = 1; v < n; v++)
    ranks[sorted[v]] = ranks[sorted[v - 1]] +
                       (compare_node_names (&sorted[v - 1],
                                            &sorted[v],
                                            (void *)order) != 0);
  return ranks;
}

/* Numbers of the finished graph for the nodes of the work: first those that are
 * shown, in order, then those that calls mention. */
static uint32_t *
number_nodes (ProfGraph *self, const ProfGraphWork *work, size_t *n_numbered)
{
  uint32_t *numbers = g_new (uint32_t, work->nodes.length + 1);
  size_t    n = 0;

  memset (numbers, 0xff, (work->nodes.length + 1) * sizeof *numbers);
  self->nodes = g_new (ProfGraphNode, work->nodes.length + 1);
  for (size_t l = 0; l < work->n_listed; l++)
    {
      self->nodes[n] = work->nodes.data[work->listed[l]];
      numbers[work->listed[l]] = (uint32_t)n++;
    }
  self->n_nodes = n;
  for (size_t e = 0; e < work->edges.length; e++)
    if (!work->is_gone[e])
      {
        const uint32_t ends[] = { work->edges.data[e].source,
                                  work->edges.data[e].target };

        for (size_t i = 0; i < G_N_ELEMENTS (ends); i++)
          if (numbers[ends[i]] == PROF_ID_NONE)
            {
              self->nodes[n] = work->nodes.data[ends[i]];
              numbers[ends[i]] = (uint32_t)n++;
            }
      }
  *n_numbered = n;
  return numbers;
}

static void
copy_edges (ProfGraph *self, const ProfGraphWork *work, const uint32_t *numbers)
{
  self->edges = g_new (ProfGraphEdge, work->edges.length + 1);
  for (size_t e = 0; e < work->edges.length; e++)
    if (!work->is_gone[e])
      {
        const ProfCall *call = &work->edges.data[e];

        self->edges[self->n_edges++] = (ProfGraphEdge){
          .source = numbers[call->source],
          .target = numbers[call->target],
          .weight = call->weight,
          .divisor = call->divisor,
          .inlined = call->inlined,
          .residual = call->residual,
        };
      }
}

static void
sort_edges (ProfGraph *self, size_t n_nodes)
{
  EdgeOrder            order = { .frames = self->frames, .nodes = self->nodes };
  g_autofree uint32_t *ranks = rank_names (&order, n_nodes);

  order.ranks = ranks;
  qsort_r (self->edges,
           self->n_edges,
           sizeof *self->edges,
           compare_edges,
           &order);
}

/* Lists of edges by node; edges are in order already, and stay so. */
static void
index_edges (const ProfGraph *self,
             size_t           n_nodes,
             bool             by_target,
             uint32_t       **first,
             uint32_t       **list)
{
  uint32_t *next;

  *first = g_new0 (uint32_t, n_nodes + 2);
  *list = g_new (uint32_t, self->n_edges + 1);
  for (size_t e = 0; e < self->n_edges; e++)
    (*first)[(by_target ? self->edges[e].target : self->edges[e].source) + 1]++;
  for (size_t v = 0; v < n_nodes; v++)
    (*first)[v + 1] += (*first)[v];
  next = g_memdup2 (*first, (n_nodes + 1) * sizeof *next);
  for (size_t e = 0; e < self->n_edges; e++)
    {
      uint32_t v = by_target ? self->edges[e].target : self->edges[e].source;

      (*list)[next[v]++] = (uint32_t)e;
    }
  g_free (next);
}

static void
index_all_edges (ProfGraph *self, size_t n_nodes)
{
  g_free (self->first_in);
  g_free (self->in);
  g_free (self->first_out);
  g_free (self->out);
  index_edges (self, n_nodes, true, &self->first_in, &self->in);
  index_edges (self, n_nodes, false, &self->first_out, &self->out);
}

/* Whether the source of a residual edge reaches its target another way. */
static bool
is_redundant (const ProfGraph *self,
              const bool      *gone,
              size_t           n_nodes,
              uint32_t         edge)
{
  g_autofree bool     *seen = g_new0 (bool, n_nodes + 1);
  g_autofree uint32_t *queue = g_new (uint32_t, n_nodes + 1);
  size_t               n_queued = 0;

  queue[n_queued++] = self->edges[edge].target;
  seen[self->edges[edge].target] = true;
  for (size_t q = 0; q < n_queued; q++)
    for (uint32_t i = self->first_in[queue[q]];
         i < self->first_in[queue[q] + 1];
         i++)
      {
        uint32_t source = self->edges[self->in[i]].source;

        if (gone[self->in[i]] || self->in[i] == edge || seen[source])
          continue;
        if (source == self->edges[edge].source)
          return true;
        seen[source] = true;
        queue[n_queued++] = source;
      }
  return false;
}

/* Lightest first, so that the lightest go; a heavier one that is not residual
 * protects those above it. */
static void
drop_redundant_edges (ProfGraph *self, size_t n_nodes)
{
  g_autofree bool *gone = g_new0 (bool, self->n_edges + 1);
  size_t           n = 0;

  for (size_t v = self->n_nodes; v > 0; v--)
    for (uint32_t i = self->first_in[v]; i > self->first_in[v - 1]; i--)
      {
        uint32_t edge = self->in[i - 1];

        if (!self->edges[edge].residual)
          break;
        gone[edge] = is_redundant (self, gone, n_nodes, edge);
      }
  for (size_t e = 0; e < self->n_edges; e++)
    if (!gone[e])
      self->edges[n++] = self->edges[e];
  self->n_edges = n;
  index_all_edges (self, n_nodes);
}

/* Tags come sorted by node of the work; those of nodes that are not shown, and
 * those below the limit, go. */
static void
take_tags (ProfGraph            *self,
           const ProfGraphWork  *work,
           const ProfVecNodeTag *tags,
           int64_t               cutoff)
{
  g_autofree uint32_t *first = g_new0 (uint32_t, work->nodes.length + 2);

  self->tags = g_new (ProfGraphTag, tags->length + 1);
  self->first_tag = g_new0 (uint32_t, work->n_listed + 1);
  for (size_t t = 0; t < tags->length; t++)
    first[tags->data[t].node + 1]++;
  for (size_t v = 0; v < work->nodes.length; v++)
    first[v + 1] += first[v];
  for (size_t l = 0; l < work->n_listed; l++)
    {
      uint32_t node = work->listed[l];

      self->first_tag[l] = (uint32_t)self->n_tags;
      for (uint32_t t = first[node]; t < first[node + 1]; t++)
        if (prof_abs_u64 (tags->data[t].tag.flat) >= (uint64_t)cutoff ||
            prof_abs_u64 (tags->data[t].tag.cum) >= (uint64_t)cutoff)
          self->tags[self->n_tags++] = tags->data[t].tag;
    }
  self->first_tag[work->n_listed] = (uint32_t)self->n_tags;
}

static void
finish (ProfGraph *self, const ProfGraphWork *work)
{
  size_t               n_nodes;
  g_autofree uint32_t *numbers = number_nodes (self, work, &n_nodes);

  copy_edges (self, work, numbers);
  if (work->params->calls == PROF_GRAPH_ALL_CALLS)
    sort_edges (self, n_nodes);
  index_all_edges (self, n_nodes);
  if (work->params->visual)
    drop_redundant_edges (self, n_nodes);
}

static ProfStackTotals *
totals_of (const ProfGraphWork *work, ProfProfile *profile, size_t type)
{
  ProfStackTotals *totals = type == prof_frames_type (work->frames)
                                ? prof_frames_totals (work->frames)
                                : prof_stack_totals_new (profile, type);

  prof_need_memory (totals != NULL);
  return totals;
}

static void
find_totals (ProfGraphWork *work, ProfProfile *profile)
{
  if (prof_profile_stack_list (profile) != NULL)
    return;
  work->totals = totals_of (work, profile, work->type);
  if (work->params->mean)
    work->divisor_totals = totals_of (work, profile, 0);
}

static void
begin (ProfGraphWork *work)
{
  ProfProfile *profile = prof_frames_profile (work->frames);

  if (work->params->call_tree)
    {
      prof_stack_sums_init (&work->sums, profile, work->type);
      if (work->params->mean)
        prof_stack_sums_init (&work->divisors, profile, 0);
      prof_graph_work_grow_tree (work);
    }
  else
    {
      find_totals (work, profile);
      sum_frames (work);
    }
  work->is_gone = g_new0 (bool, work->edges.length + 1);
  list_nodes (work);
}

static void
end (ProfGraphWork *work)
{
  prof_stack_sums_clear (&work->sums);
  prof_stack_sums_clear (&work->divisors);
  g_clear_pointer (&work->totals, prof_stack_totals_unref);
  g_clear_pointer (&work->divisor_totals, prof_stack_totals_unref);
  prof_vec_graph_node_clear (&work->nodes);
  prof_vec_u32_clear (&work->parents);
  prof_vec_call_clear (&work->edges);
  g_free (work->of_stack);
  g_free (work->is_gone);
  g_free (work->listed);
}

/* Calls are found where the order asks for them, and in the end. */
static void
compute (ProfGraph *self, ProfGraphWork *work)
{
  const ProfGraphParams *params = work->params;
  ProfVecNodeTag         tags = { 0 };
  int64_t                sum = sum_of_flat (work);
  int64_t                node_cutoff = cutoff_of (sum, params->node_fraction);
  int64_t                edge_cutoff = cutoff_of (sum, params->edge_fraction);
  size_t                 n_selected;
  bool                   by_entropy = params->order == PROF_GRAPH_BY_ENTROPY;

  if (params->visual)
    tags = prof_graph_work_collect_tags (work, self->texts);
  self->n_dropped_nodes = drop_nodes (work, node_cutoff);
  self->n_before_count = n_selected = work->n_listed;
  if (by_entropy)
    find_edges (work, self->n_dropped_nodes > 0);
  prof_graph_work_sort (work);
  if (params->node_count > 0)
    n_selected = select_nodes (work, &tags, node_cutoff);
  if (!by_entropy && n_selected == work->n_listed)
    find_edges (work, self->n_dropped_nodes > 0);
  if (params->node_count > 0)
    drop_edges (work, edge_cutoff);
  if (n_selected < work->n_listed)
    keep_first (work, n_selected);
  self->n_dropped_edges = drop_edges (work, edge_cutoff);
  if (params->calls == PROF_GRAPH_INLINED_MARKS)
    find_marks (work,
                self->n_dropped_nodes > 0 ||
                    work->n_listed < self->n_before_count,
                edge_cutoff);
  take_tags (self, work, &tags, node_cutoff);
  finish (self, work);
  prof_vec_node_tag_clear (&tags);
}

ProfGraph *
prof_graph_new (ProfFrames *frames, size_t type, const ProfGraphParams *params)
{
  ProfGraph    *self = g_new0 (ProfGraph, 1);
  ProfGraphWork work = { .frames = frames, .type = type, .params = params };

  g_atomic_ref_count_init (&self->ref_count);
  self->frames = prof_frames_ref (frames);
  self->type = type;
  self->texts = g_string_chunk_new (1024);
  begin (&work);
  compute (self, &work);
  end (&work);
  return self;
}

ProfGraph *
prof_graph_ref (ProfGraph *self)
{
  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

void
prof_graph_unref (ProfGraph *self)
{
  if (self == NULL || !g_atomic_ref_count_dec (&self->ref_count))
    return;
  g_free (self->nodes);
  g_free (self->edges);
  g_free (self->first_in);
  g_free (self->in);
  g_free (self->first_out);
  g_free (self->out);
  g_free (self->tags);
  g_free (self->first_tag);
  g_string_chunk_free (self->texts);
  prof_frames_unref (self->frames);
  g_free (self);
}

ProfFrames *
prof_graph_frames (const ProfGraph *self)
{
  return self->frames;
}

size_t
prof_graph_type (const ProfGraph *self)
{
  return self->type;
}

size_t
prof_graph_n_nodes (const ProfGraph *self)
{
  return self->n_nodes;
}

const ProfGraphNode *
prof_graph_nodes (const ProfGraph *self)
{
  return self->nodes;
}

const uint32_t *
prof_graph_callers (const ProfGraph *self, uint32_t node, size_t *n)
{
  *n = self->first_in[node + 1] - self->first_in[node];
  return self->in + self->first_in[node];
}

const uint32_t *
prof_graph_callees (const ProfGraph *self, uint32_t node, size_t *n)
{
  *n = self->first_out[node + 1] - self->first_out[node];
  return self->out + self->first_out[node];
}

const ProfGraphEdge *
prof_graph_edges (const ProfGraph *self, size_t *n)
{
  *n = self->n_edges;
  return self->edges;
}

const ProfGraphTag *
prof_graph_tags (const ProfGraph *self, uint32_t node, size_t *n)
{
  *n = self->first_tag[node + 1] - self->first_tag[node];
  return self->tags + self->first_tag[node];
}

size_t
prof_graph_n_dropped_nodes (const ProfGraph *self)
{
  return self->n_dropped_nodes;
}

size_t
prof_graph_n_dropped_edges (const ProfGraph *self)
{
  return self->n_dropped_edges;
}

size_t
prof_graph_n_before_count (const ProfGraph *self)
{
  return self->n_before_count;
}
