/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/* A function's name in the longest form that fits, as in the graph: without its
 * path, its package, its receiver, and only then cut at the end. A label would
 * cut letters where the structure has parts to spare. */

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define VIEWER_TYPE_NAME (viewer_name_get_type ())
G_DECLARE_FINAL_TYPE (ViewerName, viewer_name, VIEWER, NAME, GtkWidget)

GtkWidget *viewer_name_new (void);

/* @name: valid UTF-8
 * @mute_package: whether the package is drawn paler than the rest */
void viewer_name_set (ViewerName *self,
                      const char *name,
                      gboolean    mute_package);

/* The form that fits into a width, for the widget's font; good until the name
 * changes. */
const char *viewer_name_get_form (ViewerName *self, int width_px);

/* What that form takes of it. */
int viewer_name_get_width (ViewerName *self, int width_px);

/* Below that the shortest form is cut. */
int viewer_name_get_least_width (ViewerName *self);

G_END_DECLS
