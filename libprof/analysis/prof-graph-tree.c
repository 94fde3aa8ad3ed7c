/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "analysis/prof-graph-private.h"

#include "base/prof-checked.h"
#include "base/prof-idmap.h"
#include <string.h>

/* The node for a frame called from @parent, made when it is not there. */
static uint32_t
child_of (ProfGraphWork *work,
          ProfIdmap     *known,
          uint32_t       parent,
          ProfFrameId    frame)
{
  uint64_t      key = (uint64_t)(parent + 1) << 32 | (frame + 1);
  uint32_t      child = prof_idmap_get (known, key);
  ProfGraphNode node = { .frame = frame };

  if (child != PROF_ID_NONE)
    return child;
  child = (uint32_t)work->nodes.length;
  prof_need_memory (prof_vec_graph_node_append (&work->nodes, node) &&
                    prof_vec_u32_append (&work->parents, parent) &&
                    prof_idmap_put (known, key, child));
  return child;
}

/* Adds what was measured of a stack to the node of one of its frames. */
static void
add_cum (ProfGraphWork *work,
         uint32_t       node,
         ProfStackId    stack,
         bool           inlined,
         ProfVecU8     *inlines)
{
  ProfGraphNode *row = &work->nodes.data[node];

  if (node >= inlines->length)
    prof_need_memory (prof_vec_u8_append (inlines, 1));
  inlines->data[node] = inlines->data[node] && inlined;
  row->cum = prof_add_i64 (row->cum, work->sums.nodes[stack].total);
  if (work->divisors.nodes != NULL)
    row->cum_divisor = prof_add_i64 (row->cum_divisor,
                                     work->divisors.nodes[stack].total);
}

static void
add_flat (ProfGraphWork *work, uint32_t node, ProfStackId stack)
{
  ProfGraphNode *row = &work->nodes.data[node];

  row->flat = prof_add_i64 (row->flat, work->sums.nodes[stack].own);
  if (work->divisors.nodes != NULL)
    row->flat_divisor = prof_add_i64 (row->flat_divisor,
                                      work->divisors.nodes[stack].own);
}

static bool
is_measured (const ProfGraphWork *work, ProfStackId stack)
{
  return prof_stack_sums_any (&work->sums, stack) ||
         (work->divisors.nodes != NULL &&
          prof_stack_sums_any (&work->divisors, stack));
}

static void
add_stack (ProfGraphWork       *work,
           ProfIdmap           *known,
           ProfVecU8           *inlines,
           const ProfStackNode *stack,
           ProfStackId          id)
{
  size_t             n;
  uint32_t           node = work->of_stack[stack->parent];
  const ProfFrameId *frames;

  frames = prof_frames_of_location (work->frames, stack->location, &n);
  for (size_t f = n; f > 0; f--)
    {
      node = child_of (work, known, node, frames[f - 1]);
      add_cum (work, node, id, f < n, inlines);
    }
  add_flat (work, node, id);
  work->of_stack[id] = node;
}

/* A node has one caller, and its call weighs what it does itself. */
static void
add_edges (ProfGraphWork *work, const ProfVecU8 *inlines)
{
  for (size_t n = 0; n < work->nodes.length; n++)
    {
      const ProfGraphNode *node = &work->nodes.data[n];
      ProfCall             call = {
                    .source = work->parents.data[n],
                    .target = (uint32_t)n,
                    .weight = node->cum,
                    .divisor = node->cum_divisor,
                    .inlined = inlines->data[n] != 0,
      };

      if (call.source != PROF_ID_NONE)
        prof_need_memory (prof_vec_call_append (&work->edges, call));
    }
}

void
prof_graph_work_grow_tree (ProfGraphWork *work)
{
  ProfProfile         *profile = prof_frames_profile (work->frames);
  const ProfStackNode *stacks = prof_profile_stacks (profile);
  size_t               n_stacks = prof_profile_n_stacks (profile);
  ProfVecU8            inlines = { 0 };
  ProfIdmap            known;

  prof_idmap_init (&known);
  work->of_stack = g_new (uint32_t, n_stacks + 1);
  memset (work->of_stack, 0xff, (n_stacks + 1) * sizeof *work->of_stack);
  for (size_t s = 1; s < n_stacks; s++)
    if (is_measured (work, (ProfStackId)s))
      add_stack (work, &known, &inlines, &stacks[s], (ProfStackId)s);
  add_edges (work, &inlines);
  prof_vec_u8_clear (&inlines);
  prof_idmap_clear (&known);
}

/* Where calls to each node are: an edge, or PROF_ID_NONE. */
static uint32_t *
find_callers (const ProfGraphWork *work)
{
  uint32_t *caller = g_new (uint32_t, work->nodes.length + 1);

  memset (caller, 0xff, (work->nodes.length + 1) * sizeof *caller);
  for (size_t e = 0; e < work->edges.length; e++)
    if (!work->is_gone[e])
      caller[work->edges.data[e].target] = (uint32_t)e;
  return caller;
}

/* A node's call begins at the next caller that stays. Callers come before what
 * they call, so that theirs have been put right already. */
static void
pass_over_caller (ProfGraphWork  *work,
                  const uint32_t *caller,
                  const bool     *leaves,
                  ProfCall       *call,
                  bool           *gone)
{
  const ProfCall *above;

  if (!leaves[call->source])
    return;
  if (caller[call->source] == PROF_ID_NONE ||
      work->is_gone[caller[call->source]])
    {
      *gone = true;
      return;
    }
  above = &work->edges.data[caller[call->source]];
  call->source = above->source;
  call->inlined = call->inlined && above->inlined;
  call->residual = true;
}

void
prof_graph_work_trim_tree (ProfGraphWork *work, const bool *kept)
{
  g_autofree uint32_t *caller = find_callers (work);
  g_autofree bool     *leaves = g_new0 (bool, work->nodes.length + 1);
  size_t               n = 0;

  for (size_t l = 0; l < work->n_listed; l++)
    leaves[work->listed[l]] = !kept[work->listed[l]];
  for (size_t v = 0; v < work->nodes.length; v++)
    if (caller[v] != PROF_ID_NONE)
      pass_over_caller (work,
                        caller,
                        leaves,
                        &work->edges.data[caller[v]],
                        &work->is_gone[caller[v]]);
  for (size_t v = 0; v < work->nodes.length; v++)
    if (leaves[v] && caller[v] != PROF_ID_NONE)
      work->is_gone[caller[v]] = true;
  for (size_t l = 0; l < work->n_listed; l++)
    if (!leaves[work->listed[l]])
      work->listed[n++] = work->listed[l];
  work->n_listed = n;
}
