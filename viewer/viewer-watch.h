/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/* Tells when a file that was read is another by now. It waits until nobody has
 * written to the file for half a second, so that a profile is not read while it
 * is being written. A file that is gone says nothing. */

#include <gio/gio.h>

G_BEGIN_DECLS

typedef struct _ViewerWatch ViewerWatch;

typedef void (*ViewerWatchFunc) (gpointer data);

/**
 * viewer_watch_new:
 * @etag: (nullable): of @file as it was read
 * @changed: called in the main context, once for each other content
 *
 * A change between the reading and this call counts too. Where the file system
 * cannot tell of changes, only that one is seen.
 *
 * Returns: (transfer full)
 */
ViewerWatch *viewer_watch_new (GFile          *file,
                               const char     *etag,
                               ViewerWatchFunc changed,
                               gpointer        data);

/* @changed is not called any more. */
void viewer_watch_free (ViewerWatch *self);

/* (transfer full) (nullable): what changes with the content of the file; %NULL
 * when the file cannot be asked. */
char *viewer_watch_query_etag (GFile *file);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ViewerWatch, viewer_watch_free)

G_END_DECLS
