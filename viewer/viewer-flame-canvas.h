/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/* The flame graph on screen. Draws a model's tree through libprof's painter
 * and turns pointer and keys into selection and zoom of the model; what it
 * does not know are menus, legends and sentences elsewhere in the window.
 *
 * It is a GtkScrollable that draws the viewport alone: a widget as high as the
 * graph passes the largest texture at a depth of 800. The picture is kept as
 * one render node, and hover and selection are nodes over it, so that a moving
 * pointer costs 0.3 ms and not a new picture.
 *
 * Of half a sandwich it draws no root, and a click is enough to activate what is
 * clicked on. */

#include "viewer-flame-model.h"
#include <gtk/gtk.h>

G_BEGIN_DECLS

#define VIEWER_TYPE_FLAME_CANVAS (viewer_flame_canvas_get_type ())
G_DECLARE_FINAL_TYPE (ViewerFlameCanvas,
                      viewer_flame_canvas,
                      VIEWER,
                      FLAME_CANVAS,
                      GtkWidget)

/* Signals: "hover-changed"; "menu-requested" (double x, double y) after the
 * frame at that point was selected; "root-reached" when a key leads to the root
 * of half a sandwich. */

void viewer_flame_canvas_set_model (ViewerFlameCanvas *self,
                                    ViewerFlameModel  *model);

/* Whether the root is at the bottom. */
void viewer_flame_canvas_set_flame (ViewerFlameCanvas *self, gboolean flame);
gboolean viewer_flame_canvas_get_flame (ViewerFlameCanvas *self);

/* How names are shortened, and from which share of the view's width on frames are
 * drawn: narrower ones share a strip. Zooming in makes them wide enough. */
void viewer_flame_canvas_set_names (ViewerFlameCanvas *self, ProfNames names);
void viewer_flame_canvas_set_trim (ViewerFlameCanvas *self, double share);
ProfNames viewer_flame_canvas_get_names (ViewerFlameCanvas *self);
double    viewer_flame_canvas_get_trim (ViewerFlameCanvas *self);

/* What the pointer is over; @end as in ViewerSelection. */
gboolean viewer_flame_canvas_get_hover (ViewerFlameCanvas *self,
                                        ProfNodeId        *node,
                                        ProfNodeId        *end);

/* Makes the view @factor times as detailed around the selection, or around the
 * middle when it is not in view. */
void viewer_flame_canvas_zoom (ViewerFlameCanvas *self, double factor);

/* Where a node is drawn, in the widget's px; FALSE when it is not in view or
 * hidden in a strip. */
gboolean viewer_flame_canvas_get_node_rect (ViewerFlameCanvas *self,
                                            ProfNodeId         node,
                                            GdkRectangle      *rect);

/* Selects the heaviest frame next to the root. */
void viewer_flame_canvas_select_first (ViewerFlameCanvas *self);

/* And what a key shows of the selected frame. Not while a menu is open. */
void viewer_flame_canvas_hide_tip (ViewerFlameCanvas *self);

/* How often the picture itself was drawn; hover and selection must not. */
unsigned viewer_flame_canvas_n_base_draws (ViewerFlameCanvas *self);

G_END_DECLS
