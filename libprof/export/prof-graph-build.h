/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/* An answer's call graph, laid out to be drawn: the graph, its texts, its places;
 * of fewer functions where Graphviz would take too long. */

#include "layout/prof-graph-layout.h"
#include "paint/prof-text-cache.h"
#include "report/prof-report-dot.h"

G_BEGIN_DECLS

/* With so few functions it is not tried with fewer. */
#define PROF_GRAPH_LEAST_NODES 20

typedef struct
{
  ProfReportDotTrim trim;
  unsigned          limit_ms; /* for each attempt; 0: PROF_GRAPH_LIMIT_MS */
  bool              is_near;  /* only this function, its callers and callees */
  ProfFrameId       near;
} ProfGraphBuild;

#define PROF_GRAPH_BUILD_INIT         \
  {                                   \
    .trim = PROF_REPORT_DOT_TRIM_INIT \
  }

/**
 * prof_graph_build:
 * @asked: (nullable): %NULL is as the query says
 * @cache: measures the texts; of this thread
 * @progress: (nullable): can stop it
 * @n_wanted: (out) (optional): 0; or how many functions were to be drawn, when
 *   they are fewer now: Graphviz had taken too long, or more than
 *   PROF_GRAPH_MAX_NODES were asked for
 *
 * Returns: (transfer full): the layout, or %NULL with @error set as by
 *   prof_graph_layout_new()
 */
ProfGraphLayout *prof_graph_build (ProfAnswer           *answer,
                                   const ProfGraphBuild *asked,
                                   ProfTextCache        *cache,
                                   ProfProgress         *progress,
                                   size_t               *n_wanted,
                                   GError              **error);

G_END_DECLS
