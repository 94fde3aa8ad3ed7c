/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "report/prof-report-data-tree.h"

#include "report/prof-report-data-common.h"
#include "report/prof-report-matches.h"

static const char *const columns[] = {
  "kind",   "name",       "file",     "line",      "address", "package",
  "flat",   "flat_share", "cum",      "cum_share", "caller",  "callee",
  "weight", "inlined",    "residual", NULL,
};

/* Cells of the two kinds of lines that the other kind leaves empty. */
#define N_NODE_CELLS 9
#define N_CALL_CELLS 5

typedef struct
{
  const ProfReportContext *context;
  const ProfGraph         *graph;
  const ProfFrames        *frames;
  const bool              *chosen; /* the nodes to tell; NULL: all */
  ProfReportData          *data;
} Printer;

/* Beyond the nodes of the graph are those that calls only mention. */
static bool
is_told (const Printer *self, size_t node)
{
  return node < prof_graph_n_nodes (self->graph) &&
         (self->chosen == NULL || self->chosen[node]);
}

static void
put_node (const Printer *self, const ProfGraphNode *node)
{
  int64_t total = self->context->total;
  int64_t flat = prof_graph_node_flat (node);
  int64_t cum = prof_graph_node_cum (node);

  prof_report_data_frame (self->data, self->frames, node->frame);
  prof_report_data_integer (self->data, "flat", flat);
  prof_report_data_share (self->data, "flat_share", flat, total);
  prof_report_data_integer (self->data, "cum", cum);
  prof_report_data_share (self->data, "cum_share", cum, total);
}

static void
put_weight (const Printer *self, const ProfGraphEdge *edge)
{
  prof_report_data_integer (self->data, "weight", edge->weight);
  prof_report_data_flag (self->data, "inlined", edge->inlined);
  prof_report_data_flag (self->data, "residual", edge->residual);
}

/* --- JSON: calls inside of functions --- */

static void
put_call (const Printer       *self,
          const ProfGraphNode *node,
          const ProfGraphEdge *edge,
          uint32_t             other)
{
  const ProfGraphNode *nodes = prof_graph_nodes (self->graph);

  prof_report_data_begin_object (self->data, NULL);
  prof_report_data_frame_name (self->data,
                               "name",
                               self->frames,
                               nodes[other].frame);
  put_weight (self, edge);
  prof_report_data_share (self->data,
                          "share",
                          edge->weight,
                          prof_graph_node_cum (node));
  prof_report_data_end_object (self->data);
}

static void
put_callers (const Printer *self, uint32_t n)
{
  const ProfGraphNode *node = &prof_graph_nodes (self->graph)[n];
  size_t               n_calls;
  const ProfGraphEdge *edges = prof_graph_edges (self->graph, &n_calls);
  const uint32_t      *calls = prof_graph_callers (self->graph, n, &n_calls);

  prof_report_data_begin_list (self->data, "callers");
  for (size_t c = 0; c < n_calls; c++)
    put_call (self, node, &edges[calls[c]], edges[calls[c]].source);
  prof_report_data_end_list (self->data);
}

static void
put_callees (const Printer *self, uint32_t n)
{
  const ProfGraphNode *node = &prof_graph_nodes (self->graph)[n];
  size_t               n_calls;
  const ProfGraphEdge *edges = prof_graph_edges (self->graph, &n_calls);
  const uint32_t      *calls = prof_graph_callees (self->graph, n, &n_calls);

  prof_report_data_begin_list (self->data, "callees");
  for (size_t c = 0; c < n_calls; c++)
    put_call (self, node, &edges[calls[c]], edges[calls[c]].target);
  prof_report_data_end_list (self->data);
}

static void
put_block (const Printer *self, uint32_t n)
{
  prof_report_data_begin_row (self->data);
  put_node (self, &prof_graph_nodes (self->graph)[n]);
  put_callers (self, n);
  put_callees (self, n);
  prof_report_data_end_row (self->data);
}

/* --- CSV: lines of two kinds --- */

static void
put_empty (const Printer *self, size_t n_cells)
{
  for (size_t c = 0; c < n_cells; c++)
    prof_report_data_nothing (self->data, NULL);
}

static void
put_node_line (const Printer *self, uint32_t n)
{
  prof_report_data_begin_row (self->data);
  prof_report_data_text (self->data, "kind", "node", -1);
  put_node (self, &prof_graph_nodes (self->graph)[n]);
  put_empty (self, N_CALL_CELLS);
  prof_report_data_end_row (self->data);
}

static void
put_call_line (const Printer *self, const ProfGraphEdge *edge)
{
  const ProfGraphNode *nodes = prof_graph_nodes (self->graph);

  prof_report_data_begin_row (self->data);
  prof_report_data_text (self->data, "kind", "edge", -1);
  put_empty (self, N_NODE_CELLS);
  prof_report_data_frame_name (self->data,
                               "caller",
                               self->frames,
                               nodes[edge->source].frame);
  prof_report_data_frame_name (self->data,
                               "callee",
                               self->frames,
                               nodes[edge->target].frame);
  put_weight (self, edge);
  prof_report_data_end_row (self->data);
}

static void
put_call_lines (const Printer *self)
{
  size_t               n;
  const ProfGraphEdge *edges = prof_graph_edges (self->graph, &n);

  for (size_t e = 0; e < n && prof_report_data_goes_on (self->data); e++)
    if (is_told (self, edges[e].source) || is_told (self, edges[e].target))
      put_call_line (self, &edges[e]);
}

/* --- Either --- */

static bool
put_report (const Printer *self, GError **error)
{
  size_t n = prof_graph_n_nodes (self->graph);
  bool   is_csv = prof_report_data_syntax (self->data) == PROF_REPORT_CSV;

  prof_report_data_dropped (self->data, self->graph);
  prof_report_data_begin_rows (self->data, columns);
  for (uint32_t i = 0; i < n && prof_report_data_goes_on (self->data); i++)
    if (is_told (self, i) && is_csv)
      put_node_line (self, i);
    else if (is_told (self, i))
      put_block (self, i);
  if (is_csv)
    put_call_lines (self);
  prof_report_data_end_rows (self->data);
  return prof_report_data_finish (self->data, error);
}

bool
prof_report_data_tree (ProfAnswer      *answer,
                       ProfReportSyntax syntax,
                       const ProfSink  *sink,
                       GError         **error)
{
  static const ProfReportKind kind = { .node_count = 80 };
  g_autoptr (ProfReportData) data = prof_report_data_new (syntax, "tree", sink);
  ProfReportContext          context;
  g_autoptr (ProfGraph)      graph = NULL;
  Printer                    self = { .context = &context, .data = data };

  prof_report_context_init (&context, answer, &kind);
  graph = prof_report_context_graph (&context);
  self.graph = graph;
  self.frames = prof_graph_frames (graph);
  prof_report_data_facts (data, &context);
  return put_report (&self, error);
}

bool
prof_report_data_peek (ProfAnswer      *answer,
                       const char      *pattern,
                       ProfReportSyntax syntax,
                       const ProfSink  *sink,
                       GError         **error)
{
  static const ProfReportKind kind = { .whole = true };
  g_autoptr (ProfReportData) data = prof_report_data_new (syntax, "peek", sink);
  ProfReportContext          context;
  g_autoptr (ProfGraph)      graph = NULL;
  g_autofree bool           *chosen = NULL;
  Printer                    self = { .context = &context, .data = data };

  prof_report_context_init (&context, answer, &kind);
  graph = prof_report_context_graph (&context);
  chosen = prof_report_matches (graph, pattern, error);
  if (chosen == NULL)
    return false;
  self.graph = graph;
  self.frames = prof_graph_frames (graph);
  self.chosen = chosen;
  prof_report_data_facts (data, &context);
  prof_report_data_text (data, "pattern", pattern, -1);
  return put_report (&self, error);
}
