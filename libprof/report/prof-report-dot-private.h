/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/* A graph while it is written: for the files that write it. */

#include "base/prof-writer.h"
#include "report/prof-report-context.h"

G_BEGIN_DECLS

typedef struct
{
  const ProfReportContext *context;
  const ProfGraph         *graph;
  ProfWriter              *writer;
} ProfReportDot;

/* Appends a text that Graphviz is to show as it is, lines aligned to the left. */
void prof_report_dot_append_escaped (GString    *out,
                                     const char *text,
                                     size_t      length);

/* Appends a text that may say "\n" and the like itself; the quotes around it are
 * safe. */
void prof_report_dot_append_quoted (GString *out, const char *text);

/* (transfer full): a value with its unit, for between quotes. */
char *prof_report_dot_value (const ProfReportDot *self, int64_t value);

/**
 * prof_report_dot_color:
 * @score: share of the total, from -1 to 1; beyond counts as these
 * @is_background: light, to write on
 *
 * Source: pprof internal/graph/dotgraph.go, dotColor().
 *
 * Returns: (transfer full): "#b20000" of all, grey of nothing, green below 0
 */
char *prof_report_dot_color (double score, bool is_background);

/**
 * prof_report_dot_tags:
 * @node: below prof_graph_n_nodes()
 *
 * Writes boxes for the labels at a node, four at most, and at each of them, or at
 * the node, boxes for sizes, four at most.
 *
 * Source: pprof internal/graph/dotgraph.go, addNodelets().
 *
 * Returns: whether there were any
 */
bool prof_report_dot_tags (const ProfReportDot *self, uint32_t node);

G_END_DECLS
