/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "report/prof-report-tree.h"

#include "base/prof-checked.h"
#include "report/prof-report-context.h"
#include "report/prof-report-matches.h"

#define VALUE_WIDTH 10
#define CALL_WIDTH  50

#define SEPARATOR \
  "----------------------------------------------------------+-------------\n"
#define LEGEND                                                 \
  "      flat  flat%   sum%        cum   cum%   calls calls% " \
  "+ context \t \t \n"

typedef struct
{
  const ProfReportContext *context;
  const ProfGraph         *graph;
  const ProfFrames        *frames;
  GString                 *out;
  int64_t                  sum; /* of flat, over the blocks so far */
} Printer;

/* A mean is of what a function costs; pprof does not divide its calls. */
static void
append_call (const Printer       *self,
             const ProfGraphNode *node,
             const ProfGraphEdge *edge,
             uint32_t             other)
{
  const ProfGraphNode *nodes = prof_graph_nodes (self->graph);

  prof_report_context_append_value (self->context,
                                    self->out,
                                    edge->weight,
                                    CALL_WIDTH);
  g_string_append_c (self->out, ' ');
  prof_report_context_append_share (self->out,
                                    edge->weight,
                                    prof_graph_node_cum (node));
  g_string_append (self->out, " |   ");
  prof_report_context_append_name (self->out, self->frames, nodes[other].frame);
  g_string_append (self->out, edge->inlined ? " (inline)\n" : "\n");
}

static void
append_callers (const Printer *self, uint32_t node)
{
  const ProfGraphNode *nodes = prof_graph_nodes (self->graph);
  size_t               n;
  const ProfGraphEdge *edges = prof_graph_edges (self->graph, &n);
  const uint32_t      *callers = prof_graph_callers (self->graph, node, &n);

  for (size_t c = 0; c < n; c++)
    append_call (self,
                 &nodes[node],
                 &edges[callers[c]],
                 edges[callers[c]].source);
}

static void
append_callees (const Printer *self, uint32_t node)
{
  const ProfGraphNode *nodes = prof_graph_nodes (self->graph);
  size_t               n;
  const ProfGraphEdge *edges = prof_graph_edges (self->graph, &n);
  const uint32_t      *callees = prof_graph_callees (self->graph, node, &n);

  for (size_t c = 0; c < n; c++)
    append_call (self,
                 &nodes[node],
                 &edges[callees[c]],
                 edges[callees[c]].target);
}

static void
append_node (const Printer *self, const ProfGraphNode *node)
{
  const ProfReportContext *context = self->context;
  GString                 *out = self->out;
  int64_t                  flat = prof_graph_node_flat (node);
  int64_t                  cum = prof_graph_node_cum (node);

  prof_report_context_append_value (context, out, flat, VALUE_WIDTH);
  g_string_append_c (out, ' ');
  prof_report_context_append_share (out, flat, context->total);
  g_string_append_c (out, ' ');
  prof_report_context_append_share (out, self->sum, context->total);
  g_string_append_c (out, ' ');
  prof_report_context_append_value (context, out, cum, VALUE_WIDTH);
  g_string_append_c (out, ' ');
  prof_report_context_append_share (out, cum, context->total);
  g_string_append (out, "                | ");
  prof_report_context_append_name (out, self->frames, node->frame);
  g_string_append_c (out, '\n');
}

static void
append_block (Printer *self, uint32_t n)
{
  const ProfGraphNode *node = &prof_graph_nodes (self->graph)[n];

  self->sum = prof_add_i64 (self->sum, prof_graph_node_flat (node));
  g_string_append (self->out, SEPARATOR);
  append_callers (self, n);
  append_node (self, node);
  append_callees (self, n);
}

/* @chosen: the nodes to print, or %NULL for all. */
static void
append_report (GString           *out,
               ProfReportContext *context,
               const ProfGraph   *graph,
               const bool        *chosen)
{
  Printer printer = {
    .context = context,
    .graph = graph,
    .frames = prof_graph_frames (graph),
    .out = out,
  };

  prof_report_context_choose_unit (context, graph, false);
  prof_report_context_head (context, out, graph, false);
  g_string_append (out, SEPARATOR LEGEND);
  for (size_t n = 0; n < prof_graph_n_nodes (graph); n++)
    if (chosen == NULL || chosen[n])
      append_block (&printer, (uint32_t)n);
  if (prof_graph_n_nodes (graph) > 0)
    g_string_append (out, SEPARATOR);
}

void
prof_report_tree (GString *out, ProfAnswer *answer)
{
  static const ProfReportKind kind = { .node_count = 80 };
  ProfReportContext           context;
  g_autoptr (ProfGraph)       graph = NULL;

  prof_report_context_init (&context, answer, &kind);
  graph = prof_report_context_graph (&context);
  append_report (out, &context, graph, NULL);
}

bool
prof_report_peek (GString    *out,
                  ProfAnswer *answer,
                  const char *pattern,
                  GError    **error)
{
  static const ProfReportKind kind = { .whole = true };
  ProfReportContext           context;
  g_autoptr (ProfGraph)       graph = NULL;
  g_autofree bool            *chosen = NULL;

  prof_report_context_init (&context, answer, &kind);
  graph = prof_report_context_graph (&context);
  chosen = prof_report_matches (graph, pattern, error);
  if (chosen == NULL)
    return false;
  append_report (out, &context, graph, chosen);
  return true;
}
