/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/* The top table: flat and cum of every frame. */

#include "analysis/prof-graph.h"

G_BEGIN_DECLS

typedef struct _ProfTop ProfTop;

typedef struct
{
  int64_t     flat; /* in the function itself */
  int64_t     cum;  /* with what it calls; each sample once */
  ProfFrameId frame;
  ProfInlined inlined;
} ProfTopRow;

typedef struct
{
  double node_fraction; /* rows with |cum| below this share are dropped */
  double edge_fraction; /* calls below this do not count for "inline" */
  size_t node_count;    /* rows kept, 0 for all */
  bool   by_cum;        /* order by cum, not by flat */
  bool   mean;          /* values are per first value of the samples */
  bool   drop_negative; /* rows that are negative are left out */
  bool   unmarked;      /* nobody asks what is inlined */
} ProfTopParams;

/* pprof's defaults for its text report. */
#define PROF_TOP_PARAMS_INIT                                         \
  {                                                                  \
    .node_fraction = 0.005, .edge_fraction = 0.001, .node_count = 0, \
    .by_cum = false                                                  \
  }
/* Every function, nothing dropped: what a window shows. */
#define PROF_TOP_PARAMS_ALL                                                  \
  {                                                                          \
    .node_fraction = 0, .edge_fraction = 0, .node_count = 0, .by_cum = false \
  }

/**
 * prof_top_new:
 * @frames: a reference is kept
 * @type: which value, below prof_profile_n_types()
 * @params: (nullable): %NULL for pprof's defaults
 *
 * Shape: rows by falling |flat|, then name, then falling |cum|; functions with
 *   neither are left out. @params can ask for falling |cum| first.
 * Cost: two walks over the stack table, one if it is unmarked, none over the samples'
 *   stacks.
 * Source: pprof internal/report, newTrimmedGraph() and printText().
 *
 * Returns: (transfer full): the table
 */
ProfTop *prof_top_new (ProfFrames          *frames,
                       size_t               type,
                       const ProfTopParams *params);

ProfTop *prof_top_ref (ProfTop *self);
void     prof_top_unref (ProfTop *self);

ProfFrames *prof_top_frames (const ProfTop *self);
size_t      prof_top_type (const ProfTop *self);

/* (transfer none): the graph whose nodes the rows are. */
const ProfGraph *prof_top_graph (const ProfTop *self);

size_t            prof_top_n_rows (const ProfTop *self);
const ProfTopRow *prof_top_rows (const ProfTop *self);

/* Sum of |value| over all samples: what percentages are of. When the profile is
 * a comparison saved by pprof (samples labelled pprof::base), over those that
 * were before. */
int64_t prof_top_total (const ProfTop *self);
/* Rows dropped by node_fraction, and rows there were before node_count. */
size_t prof_top_n_dropped (const ProfTop *self);
size_t prof_top_n_before_count (const ProfTop *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ProfTop, prof_top_unref)

G_END_DECLS
