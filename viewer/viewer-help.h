/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/* The user's guide: pages of HTML that were installed, one for each language
 * that there is, opened in whatever shows them. */

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * viewer_help_find:
 *
 * Looks for the guide in the user's languages, and then in English: in the
 * folders of data (XDG_DATA_HOME, XDG_DATA_DIRS) and where this was installed.
 *
 * Returns: (transfer full) (nullable): its file
 */
GFile *viewer_help_find (void);

/**
 * viewer_help_show:
 * @window: (nullable): where a message belongs
 *
 * Opens the guide; says so in a sentence when it is not installed, or nothing
 * can show it.
 */
void viewer_help_show (GtkWindow *window);

G_END_DECLS
