/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/* Captures that nobody saved, kept for a while: closing a window asks nothing, and
 * what took half a minute to measure can be had again from the recent files. They
 * are files that only the user can read, in the cache. No widget. */

#include "viewer-capture.h"
#include <gio/gio.h>

G_BEGIN_DECLS

/* What is in that folder: the oldest go. */
#define VIEWER_MAX_STORED       24
#define VIEWER_MAX_STORED_BYTES (UINT64_C (512) << 20)

/* (transfer full): the folder, which need not exist. */
char *viewer_capture_store_folder (void);

/**
 * viewer_capture_store:
 * @url: where it was captured
 *
 * Writes a capture, as it came, and deletes the oldest ones. It blocks: for
 * worker threads.
 *
 * Returns: (transfer full): the file, or %NULL with @error set
 */
GFile *viewer_capture_store (const char *url, ViewerShot *shot, GError **error);

G_END_DECLS
