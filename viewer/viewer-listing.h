/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/* The source of the function that is selected in a document. No widget.
 *
 * While it is active it follows the document: what is shown is made on a worker
 * thread, what was there before stays until then, and an answer that is not to
 * the latest request is dropped. No file is read while nobody looks. */

#include "viewer-code.h"
#include "viewer-document.h"

G_BEGIN_DECLS

#define VIEWER_TYPE_LISTING (viewer_listing_get_type ())
G_DECLARE_FINAL_TYPE (ViewerListing, viewer_listing, VIEWER, LISTING, GObject)

/* Signal "changed": another code, or busy or not. */
ViewerListing *viewer_listing_new (ViewerDocument *document);

/* Whether anybody looks. */
void     viewer_listing_set_active (ViewerListing *self, gboolean active);
gboolean viewer_listing_is_busy (ViewerListing *self);

/* (nullable) (transfer none): NULL where no function is there to be shown. */
ViewerCode *viewer_listing_get_code (ViewerListing *self);

/* Another of the function's files. */
void viewer_listing_show_file (ViewerListing *self, const char *path);

/* Reads the file where the profile says it is: the user has agreed. Where it can
 * be read, its folder is one of those for sources from then on. */
void viewer_listing_read_in_place (ViewerListing *self);

/* Selects the frame of a row in the document, on the heaviest stack that has the
 * row; what is shown stays. A row that costs nothing selects nothing. */
void viewer_listing_select (ViewerListing *self, guint row);

/* Shows the function that was inlined. Returns: whether there was one */
gboolean viewer_listing_enter (ViewerListing *self, guint row);

G_END_DECLS
