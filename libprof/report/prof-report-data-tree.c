/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "report/prof-report-data-tree.h"

#include "report/prof-report-data-facts.h"
#include "report/prof-report-tree-private.h"

static const char *const columns[] = {
  "kind",      "name", "of",    "flat",    "flat_share", "cum",
  "cum_share", "call", "share", "inlined", "residual",   NULL,
};

typedef struct
{
  const ProfReportContext *context;
  const ProfGraph         *graph;
  ProfReportData          *data;
} Printer;

static void
put_name (const Printer *self, const char *column, uint32_t node)
{
  size_t      length;
  const char *name;

  name = prof_frames_name_bytes (prof_graph_frames (self->graph),
                                 prof_graph_nodes (self->graph)[node].frame,
                                 &length);
  prof_report_data_text (self->data, column, name, (gssize)length);
}

static void
put_node (const Printer *self, uint32_t n)
{
  const ProfGraphNode *node = &prof_graph_nodes (self->graph)[n];
  int64_t              total = self->context->total;
  int64_t              flat = prof_graph_node_flat (node);
  int64_t              cum = prof_graph_node_cum (node);

  prof_report_data_begin_row (self->data);
  prof_report_data_text (self->data, "kind", "node", -1);
  put_name (self, "name", n);
  prof_report_data_nothing (self->data, "of");
  prof_report_data_integer (self->data, "flat", flat);
  prof_report_data_share (self->data, "flat_share", flat, total);
  prof_report_data_integer (self->data, "cum", cum);
  prof_report_data_share (self->data, "cum_share", cum, total);
  prof_report_data_nothing (self->data, "call");
  prof_report_data_nothing (self->data, "share");
  prof_report_data_nothing (self->data, "inlined");
  prof_report_data_nothing (self->data, "residual");
  prof_report_data_end_row (self->data);
}

/* Calls are sums, also of means, as in the text. */
static void
put_call (const Printer *self, uint32_t n, uint32_t id, bool caller)
{
  size_t               n_edges;
  const ProfGraphEdge *edge = &prof_graph_edges (self->graph, &n_edges)[id];
  const ProfGraphNode *node = &prof_graph_nodes (self->graph)[n];

  prof_report_data_begin_row (self->data);
  prof_report_data_text (self->data, "kind", caller ? "caller" : "callee", -1);
  put_name (self, "name", caller ? edge->source : edge->target);
  put_name (self, "of", n);
  prof_report_data_nothing (self->data, "flat");
  prof_report_data_nothing (self->data, "flat_share");
  prof_report_data_nothing (self->data, "cum");
  prof_report_data_nothing (self->data, "cum_share");
  prof_report_data_integer (self->data, "call", edge->weight);
  prof_report_data_share (self->data,
                          "share",
                          edge->weight,
                          prof_graph_node_cum (node));
  prof_report_data_flag (self->data, "inlined", edge->inlined);
  prof_report_data_flag (self->data, "residual", edge->residual);
  prof_report_data_end_row (self->data);
}

static void
put_block (const Printer *self, uint32_t n)
{
  size_t          n_callers;
  size_t          n_callees;
  const uint32_t *callers = prof_graph_callers (self->graph, n, &n_callers);
  const uint32_t *callees = prof_graph_callees (self->graph, n, &n_callees);

  for (size_t c = 0; c < n_callers; c++)
    put_call (self, n, callers[c], true);
  put_node (self, n);
  for (size_t c = 0; c < n_callees; c++)
    put_call (self, n, callees[c], false);
}

bool
prof_report_data_tree (GString         *out,
                       ProfAnswer      *answer,
                       const char      *pattern,
                       ProfReportSyntax syntax,
                       GError         **error)
{
  ProfReportContext          context;
  g_autoptr (ProfGraph)      graph = NULL;
  g_autofree bool           *chosen = NULL;
  g_autoptr (ProfReportData) data = NULL;
  Printer                    self = { .context = &context };

  if (!prof_report_tree_find (&context,
                              answer,
                              pattern,
                              &graph,
                              &chosen,
                              error))
    return false;
  data = prof_report_data_new (syntax, pattern != NULL ? "peek" : "tree");
  self.graph = graph;
  self.data = data;
  prof_report_data_facts (data, &context);
  prof_report_data_begin_rows (data, columns);
  for (size_t n = 0; n < prof_graph_n_nodes (graph); n++)
    if (chosen[n])
      put_block (&self, (uint32_t)n);
  prof_report_data_end_rows (data);
  prof_report_data_finish (data, out);
  return true;
}
