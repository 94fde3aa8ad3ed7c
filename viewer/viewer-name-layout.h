/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/* A row of widgets, one a ViewerName, as a GtkBox lays it out; but a name gets only
 * what the form that fits needs, and what follows stands right beside it. Others are
 * cut before a name is, and badges, widgets of that class, left out. */

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define VIEWER_TYPE_NAME_LAYOUT (viewer_name_layout_get_type ())
G_DECLARE_FINAL_TYPE (ViewerNameLayout,
                      viewer_name_layout,
                      VIEWER,
                      NAME_LAYOUT,
                      GtkLayoutManager)

/* @spacing_px: between the widgets */
GtkLayoutManager *viewer_name_layout_new (int spacing_px);

G_END_DECLS
