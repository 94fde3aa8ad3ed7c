/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/* The name in a row of the tree: as far in as it is deep, with an arrow that
 * opens and closes it, and marked where a search matches it. */

#include "viewer-tree-row.h"
#include <gtk/gtk.h>

G_BEGIN_DECLS

#define VIEWER_TYPE_TREE_CELL (viewer_tree_cell_get_type ())
G_DECLARE_FINAL_TYPE (ViewerTreeCell,
                      viewer_tree_cell,
                      VIEWER,
                      TREE_CELL,
                      GtkWidget)

/* Signal "toggled" when the arrow was pressed. */
GtkWidget *viewer_tree_cell_new (void);

/* @search: (nullable): of the row's tree */
void viewer_tree_cell_set (ViewerTreeCell *self,
                           ViewerTreeRow  *row,
                           ProfSearch     *search);

G_END_DECLS
