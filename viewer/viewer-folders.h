/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/* Folders in which sources are looked for: those that somebody chose, and no
 * others. What a profile names is somebody else's. No widget. */

#include <gio/gio.h>

G_BEGIN_DECLS

/* (transfer full): paths, the one that was chosen last first. */
GStrv viewer_folders_list (void);

/* Puts a folder first. @folder: absolute */
void viewer_folders_add (const char *folder);
void viewer_folders_remove (const char *folder);

/**
 * viewer_folders_fit:
 * @path: of a source file, as in a profile
 * @folder: that was chosen for it
 *
 * Where sources of a Go tree are a link to another place, as some systems have
 * it, the choice of the tree means that place.
 *
 * Returns: (transfer full) (nullable): the folder to be added, so that the file
 *   is found; %NULL where it is not there
 */
char *viewer_folders_fit (const char *path, const char *folder);

/**
 * viewer_folders_around:
 * @path: of a source file that exists
 *
 * Returns: (transfer full): what to add to find it and those that belong to it:
 *   its Go tree, module cache or project, or else its folder
 */
char *viewer_folders_around (const char *path);

/* Calls changed (object) whenever there are others; ends with the object. */
void viewer_folders_watch (GCallback changed, gpointer object);

G_END_DECLS
