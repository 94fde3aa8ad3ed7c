/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/* The call graph in the language of Graphviz, as "go tool pprof -dot" of Go 1.19
 * draws it: a box for each function, larger letters where more was measured in
 * it, arrows for calls, small boxes for labels, and a box with what a report
 * says at its head.
 *
 * What pprof writes as it is, whatever is in it (labels, paths, units), is kept
 * from ending a quoted text too early. */

#include "analysis/prof-graph.h"
#include "base/prof-sink.h"
#include "query/prof-answer.h"

G_BEGIN_DECLS

/**
 * prof_report_dot:
 * @sink: gets the text piece by piece; ends the report by failing
 *
 * Statements are in pprof's order: nodes, each with its labels, then calls by
 * falling weight.
 *
 * Source: pprof internal/graph/dotgraph.go, ComposeDot().
 *
 * Returns: %false with @error set by the sink
 */
bool prof_report_dot (ProfAnswer *answer, const ProfSink *sink, GError **error);

/* How much of a graph is kept; negative: what the query says. */
typedef struct
{
  int64_t node_count; /* 0: all */
  double  node_fraction;
  double  edge_fraction;

  /* (nullable), lent: those of prof_frames_new_for(), to have the same ids */
  ProfFrames *frames;
} ProfReportDotTrim;

#define PROF_REPORT_DOT_TRIM_INIT                              \
  {                                                            \
    .node_count = -1, .node_fraction = -1, .edge_fraction = -1 \
  }

/**
 * prof_report_dot_graph:
 * @trim: (nullable): keeps more or less than the query
 *
 * Returns: (transfer full): the graph that prof_report_dot() writes
 */
ProfGraph *prof_report_dot_graph (ProfAnswer              *answer,
                                  const ProfReportDotTrim *trim);

G_END_DECLS
