/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/* Files that are made to be dragged to another program. Nobody tells when that
 * has read one, so they stay until this program ends. No widget. */

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * viewer_drag_file_new:
 * @name: what it is called, without a folder
 *
 * Writes @bytes to a file in a new folder that only the user can enter.
 *
 * Returns: (transfer full): the file, or %NULL with @error set
 */
GFile *viewer_drag_file_new (GBytes *bytes, const char *name, GError **error);

/* Deletes all there are. */
void viewer_drag_file_delete_all (void);

G_END_DECLS
