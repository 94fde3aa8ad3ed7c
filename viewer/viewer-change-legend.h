/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/* What the colours of a comparison mean: the scale from much less to much more,
 * and how what is new, gone or unchanged looks. */

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define VIEWER_TYPE_CHANGE_LEGEND (viewer_change_legend_get_type ())
G_DECLARE_FINAL_TYPE (ViewerChangeLegend,
                      viewer_change_legend,
                      VIEWER,
                      CHANGE_LEGEND,
                      GtkWidget)

G_END_DECLS
