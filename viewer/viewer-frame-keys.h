/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/* The letters that mean something to every view of frames: graph, tables and
 * tree. They are bindings of the widgets' classes and no accels, which would fire
 * while somebody types into the search. */

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* @copy: the action of Ctrl+C, such as "win.copy-name" */
void viewer_frame_keys_install (GtkWidgetClass *widget_class, const char *copy);

G_END_DECLS
