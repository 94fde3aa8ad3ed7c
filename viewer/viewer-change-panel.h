/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/* What the side panel says of a comparison: which functions have changed most
 * themselves, each a link, and what is compared; and both sides of one function. */

#include "viewer-document.h"
#include <gtk/gtk.h>

G_BEGIN_DECLS

#define VIEWER_TYPE_CHANGE_PANEL (viewer_change_panel_get_type ())
G_DECLARE_FINAL_TYPE (ViewerChangePanel,
                      viewer_change_panel,
                      VIEWER,
                      CHANGE_PANEL,
                      GtkWidget)

/* Fills it with what a document shows, which is a comparison. */
void viewer_change_panel_fill (ViewerChangePanel *self,
                               ViewerDocument    *document);

/* Adds rows to @box: bars for before and now, the change, and that of what the
 * function does itself; a strip has none of that (@has_self). */
void viewer_change_panel_add_meters (GtkBox             *box,
                                     const ViewerResult *result,
                                     const ProfChange   *change,
                                     gboolean            has_self);

G_END_DECLS
