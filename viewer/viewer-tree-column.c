/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "viewer-tree-column.h"

#include "viewer-change-text.h"
#include "viewer-text.h"
#include <glib/gi18n.h>

const char *
viewer_tree_column_title (ViewerTreeColumn column)
{
  switch (column)
    {
    case VIEWER_TREE_COLUMN_NAME:
      return _ ("Name");
    case VIEWER_TREE_COLUMN_TOTAL:
      return _ ("Total");
    case VIEWER_TREE_COLUMN_TOTAL_SHARE:
      return _ ("Total %");
    case VIEWER_TREE_COLUMN_SELF:
      return _ ("Self");
    case VIEWER_TREE_COLUMN_SELF_SHARE:
      return _ ("Self %");
    case VIEWER_TREE_COLUMN_BEFORE:
      return _ ("Before");
    case VIEWER_TREE_COLUMN_NOW:
      return _ ("Now");
    case VIEWER_TREE_COLUMN_DELTA:
      return _ ("Δ");
    case VIEWER_TREE_COLUMN_CHANGE:
      return _ ("Δ %");
    case VIEWER_TREE_COLUMN_SELF_DELTA:
      return _ ("Self Δ");
    case VIEWER_TREE_N_COLUMNS:
      break;
    }
  return "";
}

gboolean
viewer_tree_column_is_share (ViewerTreeColumn column)
{
  return column == VIEWER_TREE_COLUMN_TOTAL_SHARE ||
         column == VIEWER_TREE_COLUMN_SELF_SHARE;
}

gboolean
viewer_tree_column_is_self (ViewerTreeColumn column)
{
  return column == VIEWER_TREE_COLUMN_SELF ||
         column == VIEWER_TREE_COLUMN_SELF_SHARE ||
         column == VIEWER_TREE_COLUMN_SELF_DELTA;
}

gboolean
viewer_tree_column_is_delta (ViewerTreeColumn column)
{
  return column == VIEWER_TREE_COLUMN_DELTA ||
         column == VIEWER_TREE_COLUMN_SELF_DELTA;
}

gboolean
viewer_tree_column_is_compared (ViewerTreeColumn column)
{
  return column >= VIEWER_TREE_COLUMN_BEFORE;
}

/* (transfer full): of a node that is compared */
static char *
change_text (const ViewerResult *result, ProfNodeId id, ViewerTreeColumn column)
{
  const ProfChange *change = viewer_result_node_change (result, id);

  /* A row that is about to be filled with another result. */
  if (change == NULL)
    return g_strdup ("");
  if (column == VIEWER_TREE_COLUMN_BEFORE)
    return viewer_text_value (result, change->total_before);
  if (column == VIEWER_TREE_COLUMN_NOW)
    return viewer_text_value (result, change->total_now);
  if (column == VIEWER_TREE_COLUMN_DELTA)
    return viewer_change_delta (result,
                                change->total_before,
                                change->total_now);
  if (column == VIEWER_TREE_COLUMN_SELF_DELTA)
    return viewer_change_delta (result, change->self_before, change->self_now);
  return viewer_change_relative (change->total_before, change->total_now);
}

int64_t
viewer_tree_column_value (ViewerTreeColumn column, const ProfNode *node)
{
  if (!viewer_tree_column_is_self (column))
    return node->total;
  return (node->flags & PROF_NODE_CLOSED) == 0 ? node->self : 0;
}

char *
viewer_tree_column_text (ViewerTreeColumn column,
                         ViewerResult    *result,
                         ProfNodeId       id)
{
  const ProfNode *node = &prof_tree_nodes (result->tree)[id];

  if (column == VIEWER_TREE_COLUMN_NAME)
    return g_strdup (prof_tree_name (result->tree, id));
  if (viewer_tree_column_is_compared (column))
    return change_text (result, id, column);
  /* It has not told what is its own. */
  if (viewer_tree_column_is_self (column) &&
      (node->flags & PROF_NODE_CLOSED) != 0)
    return g_strdup ("");
  return viewer_tree_column_is_share (column)
             ? viewer_text_percent (result,
                                    viewer_tree_column_value (column, node))
             : viewer_text_value (result,
                                  viewer_tree_column_value (column, node));
}
