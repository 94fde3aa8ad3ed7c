/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/* The call graph: every frame with its flat and cum, and the calls between
 * them, cut down to what matters. Top tables, trees of callers and callees,
 * callgrind files and pictures all begin here. */

#include "analysis/prof-frames.h"

G_BEGIN_DECLS

typedef struct _ProfGraph ProfGraph;

typedef enum
{
  PROF_GRAPH_BY_FLAT,    /* falling |flat|, then name */
  PROF_GRAPH_BY_CUM,     /* falling |cum|, then name */
  PROF_GRAPH_BY_ENTROPY, /* most telling first: for pictures */
} ProfGraphOrder;

typedef enum
{
  PROF_GRAPH_ALL_CALLS,
  PROF_GRAPH_INLINED_MARKS, /* what nodes are told of them, but no calls */
  PROF_GRAPH_NO_CALLS,
} ProfGraphCalls;

/* By callers: all inlined, some, none. */
typedef enum
{
  PROF_INLINED_NEVER,
  PROF_INLINED_SOMETIMES, /* " (partial-inline)" */
  PROF_INLINED_ALWAYS,    /* " (inline)" */
} ProfInlined;

typedef struct
{
  double         node_fraction; /* nodes with |cum| below are dropped */
  double         edge_fraction; /* calls below are */
  size_t         node_count;    /* nodes kept, 0 for all */
  ProfGraphOrder order;
  ProfGraphCalls calls;
  bool           mean;          /* values are per first value of the samples */
  bool           drop_negative; /* nodes that are negative are left out */
  bool           call_tree;     /* a node for each path, not for each frame */

  /* For pictures: node_count counts labels too, and calls over left out frames
   * that are reached another way go. */
  bool visual;

  /* For a visual graph: what numbers of labels are written in, as by
   * prof_unit_label(), and the unit of the label "bytes". */
  const char *unit;
  const char *bytes_unit;
} ProfGraphParams;

/* pprof's defaults, without a limit on nodes. */
#define PROF_GRAPH_PARAMS_INIT                                       \
  {                                                                  \
    .node_fraction = 0.005, .edge_fraction = 0.001, .node_count = 0, \
    .order = PROF_GRAPH_BY_FLAT, .calls = PROF_GRAPH_ALL_CALLS,      \
    .unit = "minimum", .bytes_unit = "bytes"                         \
  }

typedef struct
{
  int64_t     flat;         /* samples that end here; sums, also for means */
  int64_t     cum;          /* samples that pass here, each once */
  int64_t     flat_divisor; /* what a mean is divided by; 0: not at all */
  int64_t     cum_divisor;
  ProfFrameId frame;
  ProfInlined inlined; /* if PROF_GRAPH_INLINED_MARKS are asked for */
} ProfGraphNode;

typedef struct
{
  uint32_t source;   /* node that calls */
  uint32_t target;   /* node that is called */
  int64_t  weight;   /* a sum, also for means */
  int64_t  divisor;  /* 0: not divided */
  bool     inlined;  /* the call is, everywhere */
  bool     residual; /* it goes over frames that were left out, somewhere */
} ProfGraphEdge;

/* A label of samples, as boxes at a node show it. */
typedef struct
{
  const char *name; /* "key:value", several with "\n" between them; or "4kB" */
  const char
      *group;       /* of numbers: the name of the label they stand at, or "" */
  const char *unit; /* of @value; "" for texts */
  int64_t     value;
  int64_t     flat;
  int64_t     cum;
  int64_t     flat_divisor;
  int64_t     cum_divisor;
} ProfGraphTag;

/**
 * prof_graph_new:
 * @frames: a reference is kept
 * @type: which value, below prof_profile_n_types()
 *
 * Shape: nodes in the order asked for; those behind prof_graph_n_nodes() are
 *   mentioned by calls only: they sum up to nothing, or are negative.
 * Units: those of prof_profile_type_unit().
 * Source: pprof internal/report/report.go, newTrimmedGraph(), and
 *   internal/graph/graph.go. The limits are shares of the signed sum of flat.
 *
 * Returns: (transfer full): the graph
 */
ProfGraph *prof_graph_new (ProfFrames            *frames,
                           size_t                 type,
                           const ProfGraphParams *params);

ProfGraph *prof_graph_ref (ProfGraph *self);
void       prof_graph_unref (ProfGraph *self);

ProfFrames *prof_graph_frames (const ProfGraph *self);
size_t      prof_graph_type (const ProfGraph *self);

size_t               prof_graph_n_nodes (const ProfGraph *self);
const ProfGraphNode *prof_graph_nodes (const ProfGraph *self);

/* Values as they are shown: means are divided. */
int64_t prof_graph_node_flat (const ProfGraphNode *node);
int64_t prof_graph_node_cum (const ProfGraphNode *node);
int64_t prof_graph_edge_weight (const ProfGraphEdge *edge);

/**
 * prof_graph_callers:
 * @node: below prof_graph_n_nodes()
 * @n: (out): how many
 *
 * Returns: (transfer none): indexes of prof_graph_edges(), by falling |weight|,
 *   then name of the caller, then of the callee
 */
const uint32_t *prof_graph_callers (const ProfGraph *self,
                                    uint32_t         node,
                                    size_t          *n);

/* The same of the calls a node makes. */
const uint32_t *prof_graph_callees (const ProfGraph *self,
                                    uint32_t         node,
                                    size_t          *n);

/* All edges there are, in the same order. */
const ProfGraphEdge *prof_graph_edges (const ProfGraph *self, size_t *n);

/**
 * prof_graph_tags:
 *
 * Returns: (transfer none): the labels at a node, for a visual graph; in no
 *   order that means anything
 */
const ProfGraphTag *prof_graph_tags (const ProfGraph *self,
                                     uint32_t         node,
                                     size_t          *n);

/* Nodes that were dropped for their cum, edges for their weight, and nodes there
 * were before node_count. */
size_t prof_graph_n_dropped_nodes (const ProfGraph *self);
size_t prof_graph_n_dropped_edges (const ProfGraph *self);
size_t prof_graph_n_before_count (const ProfGraph *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ProfGraph, prof_graph_unref)

G_END_DECLS
