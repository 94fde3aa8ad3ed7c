/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/* The call graph on screen. Draws a ViewerGraph's layout through libprof's painter,
 * turns pointer and keys into the document's selection, and knows itself which
 * part of the drawing is in view. The picture is kept as one render node; hover,
 * selection, matches and the overview lie over it.
 *
 * Signals: "hover-changed"; "view-changed" when another part is in view;
 * "menu-requested" (double x, double y) after the box at that point was
 * selected. */

#include "viewer-document.h"
#include "viewer-graph.h"
#include <gtk/gtk.h>

G_BEGIN_DECLS

#define VIEWER_TYPE_GRAPH_CANVAS (viewer_graph_canvas_get_type ())
G_DECLARE_FINAL_TYPE (ViewerGraphCanvas,
                      viewer_graph_canvas,
                      VIEWER,
                      GRAPH_CANVAS,
                      GtkWidget)

void viewer_graph_canvas_set_model (ViewerGraphCanvas *self,
                                    ViewerDocument    *document,
                                    ViewerGraph       *graph);

/* Makes everything @factor times as large around the selection, or around the
 * middle when that is not in view. */
void viewer_graph_canvas_zoom (ViewerGraphCanvas *self, double factor);

/* Brings all of it into view. */
void viewer_graph_canvas_fit (ViewerGraphCanvas *self);

/* Whether a part is in view only. */
gboolean viewer_graph_canvas_is_zoomed (ViewerGraphCanvas *self);

/* Px for each px of the layout. */
double viewer_graph_canvas_get_scale (ViewerGraphCanvas *self);

/* The box that is selected, or PROF_ID_NONE; and what the pointer is over. */
uint32_t viewer_graph_canvas_get_selected (ViewerGraphCanvas *self);
uint32_t viewer_graph_canvas_get_hover (ViewerGraphCanvas *self);

/* Where a box is drawn, in the widget's px. */
void viewer_graph_canvas_get_box_rect (ViewerGraphCanvas *self,
                                       uint32_t           box,
                                       graphene_rect_t   *rect);

/* Markup of what the pointer is over, else of what is selected; or NULL. */
char *viewer_graph_canvas_describe (ViewerGraphCanvas *self);

/* How often the picture itself was drawn; hover and selection must not. */
unsigned viewer_graph_canvas_n_base_draws (ViewerGraphCanvas *self);

G_END_DECLS
