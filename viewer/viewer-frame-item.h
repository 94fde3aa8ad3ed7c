/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/* The selected frame as assistive technology sees it: an invisible tree item
 * that lies over the frame, has the keyboard focus and whose name changes with
 * the selection. GTK 4.8 lets nobody but a widget be accessible, and one widget
 * for each frame would be too many. */

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define VIEWER_TYPE_FRAME_ITEM (viewer_frame_item_get_type ())
G_DECLARE_FINAL_TYPE (ViewerFrameItem,
                      viewer_frame_item,
                      VIEWER,
                      FRAME_ITEM,
                      GtkWidget)

GtkWidget *viewer_frame_item_new (void);

/* @level: 1 for the root */
void viewer_frame_item_describe (ViewerFrameItem *self,
                                 const char      *label,
                                 int              level,
                                 gboolean         selected);

G_END_DECLS
