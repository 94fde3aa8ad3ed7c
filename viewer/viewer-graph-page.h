/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/* The call graph with what says how much of it is drawn, its context menu, and
 * what is shown in its place while there is none.
 *
 * Signals: "hover-changed", "view-changed": as of the canvas. */

#include "viewer-graph-canvas.h"

G_BEGIN_DECLS

#define VIEWER_TYPE_GRAPH_PAGE (viewer_graph_page_get_type ())
G_DECLARE_FINAL_TYPE (ViewerGraphPage,
                      viewer_graph_page,
                      VIEWER,
                      GRAPH_PAGE,
                      GtkWidget)

void viewer_graph_page_set_document (ViewerGraphPage *self,
                                     ViewerDocument  *document);

ViewerGraphCanvas *viewer_graph_page_get_canvas (ViewerGraphPage *self);
ViewerGraph       *viewer_graph_page_get_graph (ViewerGraphPage *self);

/* (transfer full): markup for the status line. */
char *viewer_graph_page_describe (ViewerGraphPage *self);

/* (transfer full): "42 of 616 functions", for its end; or NULL. */
char *viewer_graph_page_describe_view (ViewerGraphPage *self);

G_END_DECLS
