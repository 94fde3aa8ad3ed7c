/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/* The letters that mean something to every view of frames: graph, tables and
 * tree. They are bindings of the widgets' classes and no accels, which would fire
 * while somebody types into the search. */

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* @copy: the action of Ctrl+C, such as "win.copy-name" */
void viewer_frame_keys_install (GtkWidgetClass *widget_class, const char *copy);

/* The keys that ask for a context menu. */
void viewer_frame_keys_bind_menu (GtkWidgetClass *widget_class,
                                  GtkShortcutFunc show);

/* Enter, on each keyboard that has one. */
void viewer_frame_keys_bind_enter (GtkWidgetClass *widget_class,
                                   GtkShortcutFunc activate);

/* Plus and minus. @zoom: its arguments are "(d)", by which factor */
void viewer_frame_keys_bind_zoom (GtkWidgetClass *widget_class,
                                  GtkShortcutFunc zoom);

G_END_DECLS
