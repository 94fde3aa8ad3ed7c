/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/* Which labels of samples a picture shows at a node: small boxes for the heaviest
 * texts, and at each of them, or at the node, for sizes; those of similar size
 * share a box, "16kB..64kB". */

#include "analysis/prof-graph.h"
#include "base/prof-types.h"

G_BEGIN_DECLS

/* Boxes for texts at a node, for sizes at each of them, and for sizes at the node
 * itself. */
#define PROF_GRAPH_NODELETS_AT_ONE 4

typedef struct
{
  char    *name;    /* (owned) bytes as in the file; "\\n", two letters, between
                  * several texts */
  int64_t  weight;  /* not 0; means are divided */
  bool     is_size; /* of memory */
  bool     is_passing; /* it counts more than was measured in the node itself */
  uint32_t at; /* the nodelet it stands at, in front of it; PROF_ID_NONE: the
                    * node */
  uint32_t number; /* among those considered there, from 0 */
} ProfGraphNodelet;

/**
 * prof_graph_nodelets:
 * @self: a visual graph
 * @node: below prof_graph_n_nodes()
 *
 * Order: texts by falling weight, each followed by its sizes; then the sizes at
 *   the node.
 * Source: pprof internal/graph/dotgraph.go, addNodelets().
 *
 * Returns: (transfer full) (element-type ProfGraphNodelet): what is shown
 */
GArray *prof_graph_nodelets (const ProfGraph *self, uint32_t node);

G_END_DECLS
