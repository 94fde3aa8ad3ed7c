/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/* A call tree as a list of the rows that are open. No widget.
 *
 * Rows are node numbers in preorder, so they are sorted: a node is found by
 * halving, a row is open when the next one is below it, and opening or closing
 * is one splice, however much it adds. A GtkTreeListModel has a list model and a
 * search tree for each open node, nested as deep as the stacks, which can be a
 * million frames; it frees them by recursion. */

#include "viewer-result.h"
#include <gio/gio.h>

G_BEGIN_DECLS

#define VIEWER_TYPE_TREE_MODEL (viewer_tree_model_get_type ())
G_DECLARE_FINAL_TYPE (ViewerTreeModel,
                      viewer_tree_model,
                      VIEWER,
                      TREE_MODEL,
                      GObject)

/* Items are ViewerTreeRow. */
ViewerTreeModel *viewer_tree_model_new (void);

/**
 * viewer_tree_model_set:
 * @result: (nullable)
 *
 * Shows what is below the root. The same result in other colours stays as open as
 * it is; its rows tell that they have changed.
 */
void viewer_tree_model_set (ViewerTreeModel *self, ViewerResult *result);

/* The same with what is above @node open from the start: each row is made once.
 * @node: not the root; or %PROF_ID_NONE */
void viewer_tree_model_set_open (ViewerTreeModel *self,
                                 ViewerResult    *result,
                                 ProfNodeId       node);

/* (nullable) (transfer none) */
ViewerResult *viewer_tree_model_get_result (ViewerTreeModel *self);

/* All rows that somebody holds tell that they have changed. */
void viewer_tree_model_refresh (ViewerTreeModel *self);

/* The node at a position, or PROF_ID_NONE; the position of a node's row, or
 * G_MAXUINT where it is not open. */
ProfNodeId viewer_tree_model_node (ViewerTreeModel *self, guint position);
guint      viewer_tree_model_find (ViewerTreeModel *self, ProfNodeId node);

/* Levels above a row: 1 below the root. */
uint32_t viewer_tree_model_depth (ViewerTreeModel *self, guint position);

gboolean viewer_tree_model_is_expandable (ViewerTreeModel *self,
                                          guint            position);
gboolean viewer_tree_model_is_expanded (ViewerTreeModel *self, guint position);

/* How many rows follow that are below a row. */
guint viewer_tree_model_n_below (ViewerTreeModel *self, guint position);

void viewer_tree_model_expand (ViewerTreeModel *self, guint position);
void viewer_tree_model_collapse (ViewerTreeModel *self, guint position);

/* How many rows there would be below a row if all were open; opens them. */
guint viewer_tree_model_subtree_size (ViewerTreeModel *self, guint position);
void  viewer_tree_model_expand_subtree (ViewerTreeModel *self, guint position);

/**
 * viewer_tree_model_reveal:
 * @node: not the root
 *
 * Opens what is above a node.
 *
 * Cost: one splice, and linear in the siblings along the path.
 *
 * Returns: its position
 */
guint viewer_tree_model_reveal (ViewerTreeModel *self, ProfNodeId node);

/* The end of the path that always takes the heaviest child; PROF_ID_NONE without
 * nodes. */
ProfNodeId viewer_tree_heaviest_leaf (const ViewerResult *result);

G_END_DECLS
