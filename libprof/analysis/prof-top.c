/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "analysis/prof-top.h"

#include "query/prof-total.h"

/* The nodes of a call graph as rows. Of calls, only the "(inline)" marks are wanted. */

struct _ProfTop
{
  gatomicrefcount ref_count;
  int64_t         total;

  /* Owned */
  ProfTopRow *rows;

  /* Shared */
  ProfGraph *graph;
};

static void
take_rows (ProfTop *self)
{
  size_t               n = prof_graph_n_nodes (self->graph);
  const ProfGraphNode *nodes = prof_graph_nodes (self->graph);

  self->rows = g_new (ProfTopRow, n + 1);
  for (size_t r = 0; r < n; r++)
    self->rows[r] = (ProfTopRow){
      .flat = prof_graph_node_flat (&nodes[r]),
      .cum = prof_graph_node_cum (&nodes[r]),
      .frame = nodes[r].frame,
      .inlined = nodes[r].inlined,
    };
}

static ProfGraphParams
graph_params (const ProfTopParams *params)
{
  return (ProfGraphParams){
    .node_fraction = params->node_fraction,
    .edge_fraction = params->edge_fraction,
    .node_count = params->node_count,
    .order = params->by_cum ? PROF_GRAPH_BY_CUM : PROF_GRAPH_BY_FLAT,
    .calls = params->unmarked ? PROF_GRAPH_NO_CALLS : PROF_GRAPH_INLINED_MARKS,
    .mean = params->mean,
    .drop_negative = params->drop_negative,
  };
}

ProfTop *
prof_top_new (ProfFrames *frames, size_t type, const ProfTopParams *params)
{
  static const ProfTopParams defaults = PROF_TOP_PARAMS_INIT;
  ProfTop                   *self = g_new0 (ProfTop, 1);
  ProfGraphParams            graph;

  if (params == NULL)
    params = &defaults;
  graph = graph_params (params);
  g_atomic_ref_count_init (&self->ref_count);
  self->graph = prof_graph_new (frames, type, &graph);
  self->total = prof_total (prof_frames_profile (frames), type, params->mean);
  take_rows (self);
  return self;
}

ProfTop *
prof_top_ref (ProfTop *self)
{
  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

void
prof_top_unref (ProfTop *self)
{
  if (self == NULL || !g_atomic_ref_count_dec (&self->ref_count))
    return;
  g_free (self->rows);
  prof_graph_unref (self->graph);
  g_free (self);
}

ProfFrames *
prof_top_frames (const ProfTop *self)
{
  return prof_graph_frames (self->graph);
}

size_t
prof_top_type (const ProfTop *self)
{
  return prof_graph_type (self->graph);
}

const ProfGraph *
prof_top_graph (const ProfTop *self)
{
  return self->graph;
}

size_t
prof_top_n_rows (const ProfTop *self)
{
  return prof_graph_n_nodes (self->graph);
}

const ProfTopRow *
prof_top_rows (const ProfTop *self)
{
  return self->rows;
}

int64_t
prof_top_total (const ProfTop *self)
{
  return self->total;
}

size_t
prof_top_n_dropped (const ProfTop *self)
{
  return prof_graph_n_dropped_nodes (self->graph);
}

size_t
prof_top_n_before_count (const ProfTop *self)
{
  return prof_graph_n_before_count (self->graph);
}
