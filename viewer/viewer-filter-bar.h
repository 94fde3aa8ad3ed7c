/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/* The row of filters in force, each a chip that can be edited or taken away, and
 * how much they leave. Hides itself when there are none. */

#include "viewer-document.h"
#include <gtk/gtk.h>

G_BEGIN_DECLS

#define VIEWER_TYPE_FILTER_BAR (viewer_filter_bar_get_type ())
G_DECLARE_FINAL_TYPE (ViewerFilterBar,
                      viewer_filter_bar,
                      VIEWER,
                      FILTER_BAR,
                      GtkWidget)

void viewer_filter_bar_set_document (ViewerFilterBar *self,
                                     ViewerDocument  *document);

G_END_DECLS
