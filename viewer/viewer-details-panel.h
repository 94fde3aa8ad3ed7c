/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/* The side panel: what is known about the selected frame, or about the profile
 * when nothing is selected. All text and links, so it is also how a screen
 * reader gets at the numbers of the graph. */

#include "viewer-document.h"
#include <gtk/gtk.h>

G_BEGIN_DECLS

#define VIEWER_TYPE_DETAILS_PANEL (viewer_details_panel_get_type ())
G_DECLARE_FINAL_TYPE (ViewerDetailsPanel,
                      viewer_details_panel,
                      VIEWER,
                      DETAILS_PANEL,
                      GtkWidget)

void viewer_details_panel_set_document (ViewerDetailsPanel *self,
                                        ViewerDocument     *document);

G_END_DECLS
