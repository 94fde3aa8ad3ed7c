/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/* What is compared with what, and how, each thing an action of the window; or why
 * it is not compared. Shows nothing where there is neither. */

#include "viewer-document.h"
#include <gtk/gtk.h>

G_BEGIN_DECLS

#define VIEWER_TYPE_COMPARE_BAR (viewer_compare_bar_get_type ())
G_DECLARE_FINAL_TYPE (ViewerCompareBar,
                      viewer_compare_bar,
                      VIEWER,
                      COMPARE_BAR,
                      GtkWidget)

void viewer_compare_bar_set_document (ViewerCompareBar *self,
                                      ViewerDocument   *document);

G_END_DECLS
