/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/* One function between its callers and its callees, as two flame graphs that
 * touch it or as two tables; beside them the functions to choose from. */

#include "viewer-flame-canvas.h"
#include "viewer-sandwich.h"
#include "viewer-top-page.h"

G_BEGIN_DECLS

#define VIEWER_TYPE_SANDWICH_PAGE (viewer_sandwich_page_get_type ())
G_DECLARE_FINAL_TYPE (ViewerSandwichPage,
                      viewer_sandwich_page,
                      VIEWER,
                      SANDWICH_PAGE,
                      GtkWidget)

/* Signals: "hover-changed"; "zoom-changed". */

void viewer_sandwich_page_set_document (ViewerSandwichPage *self,
                                        ViewerDocument     *document);

/* (transfer full): markup for the status line: what the pointer is at, else what
 * is selected, else the function. */
char *viewer_sandwich_page_describe (ViewerSandwichPage *self);

/* (transfer none) */
ViewerSandwich    *viewer_sandwich_page_get_sandwich (ViewerSandwichPage *self);
ViewerFlameCanvas *viewer_sandwich_page_get_canvas (ViewerSandwichPage *self,
                                                    ViewerSide          side);
ViewerTopPage     *viewer_sandwich_page_get_picker (ViewerSandwichPage *self);

/* See viewer_flame_canvas_set_names() and _set_trim(): of both halves. */
void viewer_sandwich_page_set_names (ViewerSandwichPage *self, ProfNames names);
void viewer_sandwich_page_set_trim (ViewerSandwichPage *self, double share);

G_END_DECLS
