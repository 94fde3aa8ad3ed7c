/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/* A node of a call tree as an item of a list. Made on demand for rows that are
 * shown; emits "changed" when it looks different. */

#include "viewer-result.h"
#include <glib-object.h>

G_BEGIN_DECLS

#define VIEWER_TYPE_TREE_ROW (viewer_tree_row_get_type ())
G_DECLARE_FINAL_TYPE (ViewerTreeRow, viewer_tree_row, VIEWER, TREE_ROW, GObject)

/* @depth: 1 below the root */
ViewerTreeRow *viewer_tree_row_new (ViewerResult *result,
                                    ProfNodeId    node,
                                    uint32_t      depth);

/* The same node in other colours, or opened or closed. */
void viewer_tree_row_set (ViewerTreeRow *self,
                          ViewerResult  *result,
                          gboolean       expanded);
void viewer_tree_row_changed (ViewerTreeRow *self);

ViewerResult   *viewer_tree_row_get_result (ViewerTreeRow *self);
ProfNodeId      viewer_tree_row_get_id (ViewerTreeRow *self);
const ProfNode *viewer_tree_row_get (ViewerTreeRow *self);
uint32_t        viewer_tree_row_get_depth (ViewerTreeRow *self);
gboolean        viewer_tree_row_get_expanded (ViewerTreeRow *self);

G_END_DECLS
