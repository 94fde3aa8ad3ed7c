/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/* Tooltips of what there are hundreds of. gtk_widget_set_tooltip_text() asks the
 * display where the pointer is, which on X is two round trips: filling a table took
 * twice as long as without. Here the text is only kept until it is asked for. */

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* @text: (nullable): one line or more; %NULL and "" for none. A tooltip that is
 * shown stays as it is. */
void viewer_tip_set (GtkWidget *widget, const char *text);

/* (nullable): what was set. */
const char *viewer_tip_get (GtkWidget *widget);

G_END_DECLS
