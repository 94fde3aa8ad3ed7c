/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/* The table of functions: flat and cum of each, sorted by a click on a column's
 * head, narrowed by the search. Shares its selection with the other views
 * through the document. */

#include "viewer-document.h"
#include <gtk/gtk.h>

G_BEGIN_DECLS

#define VIEWER_TYPE_TOP_PAGE (viewer_top_page_get_type ())
G_DECLARE_FINAL_TYPE (ViewerTopPage,
                      viewer_top_page,
                      VIEWER,
                      TOP_PAGE,
                      GtkWidget)

void viewer_top_page_set_document (ViewerTopPage  *self,
                                   ViewerDocument *document);

/* "Showing 12 of 523 functions"; (transfer full). */
char *viewer_top_page_describe (ViewerTopPage *self);

/**
 * viewer_top_page_copy_rows:
 * @all: every row that is shown; else the selected one, where there is one
 *
 * Returns: (transfer full): a line of titles and a line for each row, of the
 *   columns that are shown, with tabs between
 */
char *viewer_top_page_copy_rows (ViewerTopPage *self, gboolean all);

GtkColumnView *viewer_top_page_get_view (ViewerTopPage *self);

G_END_DECLS
