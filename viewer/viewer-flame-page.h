/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/* The flame graph with its scroll bars, context menu and legend. */

#include "viewer-document.h"
#include "viewer-flame-canvas.h"

G_BEGIN_DECLS

#define VIEWER_TYPE_FLAME_PAGE (viewer_flame_page_get_type ())
G_DECLARE_FINAL_TYPE (ViewerFlamePage,
                      viewer_flame_page,
                      VIEWER,
                      FLAME_PAGE,
                      GtkWidget)

void viewer_flame_page_set_document (ViewerFlamePage *self,
                                     ViewerDocument  *document);
void viewer_flame_page_show_legend (ViewerFlamePage *self, gboolean show);

/* Whether the root is at the bottom. */
void viewer_flame_page_set_flame (ViewerFlamePage *self, gboolean flame);

ViewerFlameCanvas *viewer_flame_page_get_canvas (ViewerFlamePage *self);

G_END_DECLS
