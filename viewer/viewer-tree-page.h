/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/* The document's call tree as a table whose rows open and close. */

#include "viewer-document.h"
#include "viewer-tree-model.h"
#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Rows that are opened at once without asking. */
#define VIEWER_TREE_PAGE_MAX_ROWS 2000

#define VIEWER_TYPE_TREE_PAGE (viewer_tree_page_get_type ())
G_DECLARE_FINAL_TYPE (ViewerTreePage,
                      viewer_tree_page,
                      VIEWER,
                      TREE_PAGE,
                      GtkWidget)

void viewer_tree_page_set_document (ViewerTreePage *self,
                                    ViewerDocument *document);

/* Opens everything below the selected row; asks first when that is much. */
void viewer_tree_page_expand_subtree (ViewerTreePage *self);

/* (transfer full): the selected row and the open ones below it, or all open ones,
 * as lines of columns with tabs between them; the first line names the columns. */
char *viewer_tree_page_copy_rows (ViewerTreePage *self);

/* (transfer full): markup for the status line. */
char *viewer_tree_page_describe (ViewerTreePage *self);

/* For tests. */
GtkColumnView   *viewer_tree_page_get_view (ViewerTreePage *self);
ViewerTreeModel *viewer_tree_page_get_model (ViewerTreePage *self);

G_END_DECLS
