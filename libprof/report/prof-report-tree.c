/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "report/prof-report-tree.h"

#include "base/prof-checked.h"
#include "base/prof-pattern.h"
#include "report/prof-report-tree-private.h"
#include <string.h>

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

/* @chosen: for each node whether it is printed. */
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
    if (chosen[n])
      append_block (&printer, (uint32_t)n);
  if (prof_graph_n_nodes (graph) > 0)
    g_string_append (out, SEPARATOR);
}

static bool
choose (const ProfGraph *graph,
        ProfPattern     *pattern,
        bool            *chosen,
        size_t          *n_chosen,
        GError         **error)
{
  const ProfFrames    *frames = prof_graph_frames (graph);
  const ProfGraphNode *nodes = prof_graph_nodes (graph);

  for (size_t n = 0; n < prof_graph_n_nodes (graph); n++)
    {
      ProfFrameId frame = nodes[n].frame;
      size_t      length;
      const char *name = prof_frames_name_bytes (frames, frame, &length);

      if (!prof_pattern_test (pattern, frame, name, length, &chosen[n], error))
        return false;
      *n_chosen += chosen[n];
    }
  return true;
}

static bool
choose_matches (const ProfGraph *graph,
                const char      *pattern,
                bool            *chosen,
                GError         **error)
{
  g_autoptr (ProfPattern) compiled = prof_pattern_new (pattern, 0, error);
  size_t                  n_chosen = 0;

  if (compiled == NULL || !choose (graph, compiled, chosen, &n_chosen, error))
    return false;
  return n_chosen > 0 || prof_fail (error,
                                    PROF_ERROR_NO_MATCH,
                                    "no matches found for regexp: %s",
                                    pattern);
}

bool
prof_report_tree_find (ProfReportContext *context,
                       ProfAnswer        *answer,
                       const char        *pattern,
                       ProfGraph        **graph,
                       bool             **chosen,
                       GError           **error)
{
  const ProfReportKind  kind = { .node_count = 80, .whole = pattern != NULL };
  g_autoptr (ProfGraph) found = NULL;
  g_autofree bool      *flags = NULL;
  size_t                n;

  prof_report_context_init (context, answer, &kind);
  found = prof_report_context_graph (context);
  n = prof_graph_n_nodes (found);
  flags = g_new0 (bool, n + 1);
  memset (flags, pattern == NULL, n);
  if (pattern != NULL && !choose_matches (found, pattern, flags, error))
    return false;
  *graph = g_steal_pointer (&found);
  *chosen = g_steal_pointer (&flags);
  return true;
}

static bool
report (GString *out, ProfAnswer *answer, const char *pattern, GError **error)
{
  ProfReportContext     context;
  g_autoptr (ProfGraph) graph = NULL;
  g_autofree bool      *chosen = NULL;

  if (!prof_report_tree_find (&context,
                              answer,
                              pattern,
                              &graph,
                              &chosen,
                              error))
    return false;
  append_report (out, &context, graph, chosen);
  return true;
}

void
prof_report_tree (GString *out, ProfAnswer *answer)
{
  report (out, answer, NULL, NULL);
}

bool
prof_report_peek (GString    *out,
                  ProfAnswer *answer,
                  const char *pattern,
                  GError    **error)
{
  return report (out, answer, pattern, error);
}
