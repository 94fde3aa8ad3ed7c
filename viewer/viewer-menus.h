/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/* The menus of windows: one of each for all windows, as GTK 4.8 keeps the model of
 * every section that a menu has shown, for good. Only for the main thread. */

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* (transfer none): that of ui/viewer-menus.ui with this id. */
GMenuModel *viewer_menus_get (const char *id);

/* Appends an item for what has a name of its own, that of a file for one: what it has
 * of "_" is no mnemonic. */
void viewer_menus_append (GMenu      *menu,
                          const char *name,
                          const char *action,
                          const char *target);

/**
 * viewer_menus_view_options:
 * @labels: what the submenu of labels has in it
 *
 * Returns: (transfer full): "view-options", which has something of the window's own
 */
GMenuModel *viewer_menus_view_options (GMenu *labels);

/* Shows that with this id as a context menu at a point of @widget; @menu holds it
 * between calls, and is unparented by who disposes of @widget. */
void viewer_menus_show (GtkWidget  *widget,
                        GtkWidget **menu,
                        const char *id,
                        double      x,
                        double      y);

G_END_DECLS
