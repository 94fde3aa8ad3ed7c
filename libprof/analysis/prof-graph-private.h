/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/* A graph while it is made: for the files that make it. Nodes and edges are
 * never moved; which of them count is a list and a flag. */

#include "analysis/prof-calls.h"
#include "analysis/prof-graph.h"
#include "analysis/prof-stack-sums.h"
#include "analysis/prof-stack-walk.h"

G_BEGIN_DECLS

PROF_VEC_DEFINE (ProfVecGraphNode, prof_vec_graph_node, ProfGraphNode)
PROF_VEC_DEFINE (ProfVecGraphTag, prof_vec_graph_tag, ProfGraphTag)

/* A tag and whose it is. */
typedef struct
{
  uint32_t     node;
  ProfGraphTag tag;
} ProfNodeTag;

PROF_VEC_DEFINE (ProfVecNodeTag, prof_vec_node_tag, ProfNodeTag)

typedef struct
{
  ProfFrames            *frames;
  size_t                 type;
  const ProfGraphParams *params;

  /* Of a graph; divisors are of the first type, for means */
  ProfStackTotals *totals; /* NULL where stacks are listed */
  ProfStackTotals *divisor_totals;

  /* The same of a tree */
  ProfStackSums sums;
  ProfStackSums divisors;

  /* Of a graph nodes are frames; of a tree they are paths. */
  ProfVecGraphNode nodes;
  ProfVecU32       parents;  /* of a tree: for each node, or PROF_ID_NONE */
  uint32_t        *of_stack; /* of a tree: the leaf's node for each stack */

  ProfVecCall edges;
  bool       *is_gone; /* for each edge */

  uint32_t *listed; /* nodes that are shown, in order */
  size_t    n_listed;
  bool     *is_listed; /* for each node */
} ProfGraphWork;

/**
 * prof_graph_work_grow_tree:
 *
 * Fills nodes, parents, of_stack and edges with a node for each path.
 *
 * Source: pprof internal/graph/graph.go, newTree().
 */
void prof_graph_work_grow_tree (ProfGraphWork *work);

/**
 * prof_graph_work_trim_tree:
 * @kept: for each node
 *
 * Takes nodes out of the list that are not kept; calls from and to them become
 * calls over them.
 *
 * Source: pprof internal/graph/graph.go, TrimTree().
 */
void prof_graph_work_trim_tree (ProfGraphWork *work, const bool *kept);

/**
 * prof_graph_work_sort:
 *
 * Brings the listed nodes into the order asked for; calls count for that of
 * entropy.
 *
 * Source: pprof internal/graph/graph.go, Sort() and entropyScore().
 */
void prof_graph_work_sort (ProfGraphWork *work);

/* Falling absolute values, for qsort(). */
int prof_graph_compare_sizes (int64_t left, int64_t right);

/**
 * prof_graph_work_collect_tags:
 * @texts: where texts are kept
 *
 * Returns: the labels of samples at the nodes they pass, sorted by node; to be
 *   cleared
 */
ProfVecNodeTag prof_graph_work_collect_tags (const ProfGraphWork *work,
                                             GStringChunk        *texts);

G_END_DECLS
