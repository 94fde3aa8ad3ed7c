/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/* How wide a widget is to be, for those that place their children in a row. */

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* In px: as it wants to be, and the least that it can be. */
int viewer_width_natural (GtkWidget *widget);
int viewer_width_least (GtkWidget *widget);

G_END_DECLS
