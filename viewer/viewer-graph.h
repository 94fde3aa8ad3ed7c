/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/* The call graph of what a document shows, without any widget: how much of it is
 * asked for, and its layout. That is computed on a worker thread while somebody
 * looks at it: first of few functions, then of all that are asked for. Each
 * request has a generation number; an answer that is not to the latest one is
 * dropped, and what was there before stays until then. Signal "changed". */

#include "viewer-result.h"
#include <gio/gio.h>

G_BEGIN_DECLS

#define VIEWER_TYPE_GRAPH (viewer_graph_get_type ())
G_DECLARE_FINAL_TYPE (ViewerGraph, viewer_graph, VIEWER, GRAPH, GObject)

typedef enum
{
  VIEWER_GRAPH_NONE,        /* nothing yet */
  VIEWER_GRAPH_READY,       /* there is a layout with something in it */
  VIEWER_GRAPH_EMPTY,       /* nothing is left to draw */
  VIEWER_GRAPH_NO_GRAPHVIZ, /* it is not installed */
  VIEWER_GRAPH_FAILED,      /* see viewer_graph_get_message() */
} ViewerGraphState;

/* Functions that are asked for at first, and those that are drawn before. */
#define VIEWER_GRAPH_COUNT 80
#define VIEWER_GRAPH_FIRST 20

ViewerGraph *viewer_graph_new (void);

/* @result: (nullable) */
void viewer_graph_set_result (ViewerGraph *self, ViewerResult *result);

/* Nothing is computed for who does not look. */
void viewer_graph_set_shown (ViewerGraph *self, gboolean shown);

/* The font that texts are measured in. */
void viewer_graph_set_family (ViewerGraph *self, const char *family);

/* How many functions at most, 0 for all, and which shares are left out. */
void viewer_graph_set_trim (ViewerGraph *self,
                            unsigned     count,
                            double       node_fraction,
                            double       edge_fraction);

/* One function alone with its callers and callees; PROF_ID_NONE: the whole
 * graph. Another result is shown whole. */
void        viewer_graph_set_near (ViewerGraph *self, ProfFrameId frame);
ProfFrameId viewer_graph_get_near (ViewerGraph *self);

/* Stops what is going on. */
void viewer_graph_cancel (ViewerGraph *self);

/* Computes again what has failed. */
void viewer_graph_retry (ViewerGraph *self);

ViewerGraphState viewer_graph_get_state (ViewerGraph *self);
gboolean         viewer_graph_is_busy (ViewerGraph *self);

/* (nullable): the layout that is shown, and of which result it is. */
ProfGraphLayout *viewer_graph_get_layout (ViewerGraph *self);
ViewerResult    *viewer_graph_get_result (ViewerGraph *self);

/* 0; or how many functions were asked for when fewer are drawn, as Graphviz would
 * have taken too long. */
size_t viewer_graph_n_wanted (ViewerGraph *self);

/* (nullable): why there is no layout, in libprof's words. */
const char *viewer_graph_get_message (ViewerGraph *self);

/* What is asked for, to be drawn elsewhere. */
void viewer_graph_get_build (ViewerGraph *self, ProfGraphBuild *build);

G_END_DECLS
