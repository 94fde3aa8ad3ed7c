/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/* The selected function's source with flat and cum beside each line, and what was
 * inlined below it; of a comparison the differences. */

#include "viewer-listing.h"
#include <gtk/gtk.h>

G_BEGIN_DECLS

#define VIEWER_TYPE_SOURCE_PAGE (viewer_source_page_get_type ())
G_DECLARE_FINAL_TYPE (ViewerSourcePage,
                      viewer_source_page,
                      VIEWER,
                      SOURCE_PAGE,
                      GtkWidget)

/* Signal "changed": there is another source, or another line is selected. */

/* Once. */
void viewer_source_page_set_document (ViewerSourcePage *self,
                                      ViewerDocument   *document);

ViewerListing *viewer_source_page_get_listing (ViewerSourcePage *self);

/* (transfer full): markup for the status line */
char *viewer_source_page_describe (ViewerSourcePage *self);

/* (transfer full): the selected row, else all there are, as text with tabs. */
char *viewer_source_page_copy_rows (ViewerSourcePage *self);

/* The line that is selected, or else where the function costs most; 0 where none
 * is known. */
gint64 viewer_source_page_get_line (ViewerSourcePage *self);

/* For tests. */
GtkColumnView *viewer_source_page_get_view (ViewerSourcePage *self);

G_END_DECLS
