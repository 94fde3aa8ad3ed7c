/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/* A horizontal bar that is filled from the start by a share of its width. The
 * background is CSS's, the filled part has the CSS colour and corners. Without
 * meaning for a screen reader: the number stands beside it. */

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define VIEWER_TYPE_BAR (viewer_bar_get_type ())
G_DECLARE_FINAL_TYPE (ViewerBar, viewer_bar, VIEWER, BAR, GtkWidget)

GtkWidget *viewer_bar_new (void);

/* @share: 0 to 1 */
void viewer_bar_set_share (ViewerBar *self, double share);

G_END_DECLS
