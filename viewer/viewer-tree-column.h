/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/* The columns of the tree: what they are called and what they say of a node. No
 * widget. */

#include "viewer-result.h"

G_BEGIN_DECLS

typedef enum
{
  VIEWER_TREE_COLUMN_NAME,
  VIEWER_TREE_COLUMN_TOTAL,
  VIEWER_TREE_COLUMN_TOTAL_SHARE,
  VIEWER_TREE_COLUMN_SELF,
  VIEWER_TREE_COLUMN_SELF_SHARE,

  /* Of a comparison */
  VIEWER_TREE_COLUMN_BEFORE,
  VIEWER_TREE_COLUMN_NOW,
  VIEWER_TREE_COLUMN_DELTA,
  VIEWER_TREE_COLUMN_CHANGE,
  VIEWER_TREE_COLUMN_SELF_DELTA,
  VIEWER_TREE_N_COLUMNS
} ViewerTreeColumn;

/* Translated. */
const char *viewer_tree_column_title (ViewerTreeColumn column);

gboolean viewer_tree_column_is_share (ViewerTreeColumn column);

/* Whether it is of the node itself, and not of what is below it, too. */
gboolean viewer_tree_column_is_self (ViewerTreeColumn column);

/* Whether it is a change with a sign. */
gboolean viewer_tree_column_is_delta (ViewerTreeColumn column);

/* Whether it says something of what is compared, or of what is not. */
gboolean viewer_tree_column_is_compared (ViewerTreeColumn column);

/* What it is of, of a node. */
int64_t viewer_tree_column_value (ViewerTreeColumn column,
                                  const ProfNode  *node);

/* (transfer full): what a cell says; shares are of result->total. */
char *viewer_tree_column_text (ViewerTreeColumn column,
                               ViewerResult    *result,
                               ProfNodeId       id);

G_END_DECLS
