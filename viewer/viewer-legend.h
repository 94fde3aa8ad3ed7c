/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/* Which colour is which package: own code, the runtime, libraries by self time,
 * as many as fit, and a menu with all. A click searches for the package. */

#include "viewer-document.h"
#include <gtk/gtk.h>

G_BEGIN_DECLS

#define VIEWER_TYPE_LEGEND (viewer_legend_get_type ())
G_DECLARE_FINAL_TYPE (ViewerLegend, viewer_legend, VIEWER, LEGEND, GtkWidget)

void viewer_legend_set_document (ViewerLegend *self, ViewerDocument *document);

/* Rows of prof_frames_packages() by falling |self|; free with g_array_unref. */
GArray *viewer_packages_by_self (const ViewerResult *result);

/* Searches for a package by its name. */
void viewer_search_package (ViewerDocument *document, uint32_t package);

G_END_DECLS
