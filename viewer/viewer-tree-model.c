/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "viewer-tree-model.h"

#include "viewer-tree-row.h"

typedef struct
{
  ProfNodeId node;
  uint32_t   depth; /* 1 below the root */
} Row;

struct _ViewerTreeModel
{
  GObject parent_instance;

  ViewerResult *result; /* or NULL */
  GArray       *rows;   /* Row, by node */
  GHashTable   *shown;  /* node -> ViewerTreeRow, not owned */
};

static void list_model_init (GListModelInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (ViewerTreeModel,
                               viewer_tree_model,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL,
                                                      list_model_init))

static const ProfNode *
nodes_of (ViewerTreeModel *self)
{
  return prof_tree_nodes (self->result->tree);
}

static const Row *
row_at (ViewerTreeModel *self, guint position)
{
  return &g_array_index (self->rows, Row, position);
}

static ProfNodeId
end_of (ViewerTreeModel *self, ProfNodeId node)
{
  return node + nodes_of (self)[node].size;
}

/* The list */

static GType
get_item_type (GListModel *model)
{
  return VIEWER_TYPE_TREE_ROW;
}

static guint
get_n_items (GListModel *model)
{
  return VIEWER_TREE_MODEL (model)->rows->len;
}

static gboolean
is_row (gpointer key, gpointer value, gpointer row)
{
  return value == row;
}

static void
row_is_gone (gpointer data, GObject *row)
{
  ViewerTreeModel *self = data;

  g_hash_table_foreach_remove (self->shown, is_row, row);
}

static gpointer
get_item (GListModel *model, guint position)
{
  ViewerTreeModel *self = VIEWER_TREE_MODEL (model);
  const Row       *at;
  ViewerTreeRow   *row;

  if (position >= self->rows->len)
    return NULL;
  at = row_at (self, position);
  row = g_hash_table_lookup (self->shown, GUINT_TO_POINTER (at->node));
  if (row != NULL)
    return g_object_ref (row);
  row = viewer_tree_row_new (self->result, at->node, at->depth);
  viewer_tree_row_set (row,
                       self->result,
                       viewer_tree_model_is_expanded (self, position));
  g_hash_table_insert (self->shown, GUINT_TO_POINTER (at->node), row);
  g_object_weak_ref (G_OBJECT (row), row_is_gone, self);
  return row;
}

static void
list_model_init (GListModelInterface *iface)
{
  iface->get_item_type = get_item_type;
  iface->get_n_items = get_n_items;
  iface->get_item = get_item;
}

static void
forget_rows (ViewerTreeModel *self)
{
  GHashTableIter iter;
  gpointer       row;

  g_hash_table_iter_init (&iter, self->shown);
  while (g_hash_table_iter_next (&iter, NULL, &row))
    g_object_weak_unref (row, row_is_gone, self);
  g_hash_table_remove_all (self->shown);
}

/* Reading */

ProfNodeId
viewer_tree_model_node (ViewerTreeModel *self, guint position)
{
  g_return_val_if_fail (VIEWER_IS_TREE_MODEL (self), PROF_ID_NONE);

  return position < self->rows->len ? row_at (self, position)->node
                                    : PROF_ID_NONE;
}

uint32_t
viewer_tree_model_depth (ViewerTreeModel *self, guint position)
{
  g_return_val_if_fail (VIEWER_IS_TREE_MODEL (self), 0);

  return position < self->rows->len ? row_at (self, position)->depth : 0;
}

/* The first row at a node or behind it. */
static guint
first_from (ViewerTreeModel *self, ProfNodeId node)
{
  guint low = 0;
  guint high = self->rows->len;

  while (low < high)
    {
      guint middle = low + (high - low) / 2;

      if (row_at (self, middle)->node < node)
        low = middle + 1;
      else
        high = middle;
    }
  return low;
}

guint
viewer_tree_model_find (ViewerTreeModel *self, ProfNodeId node)
{
  guint position;

  g_return_val_if_fail (VIEWER_IS_TREE_MODEL (self), G_MAXUINT);

  position = first_from (self, node);
  return viewer_tree_model_node (self, position) == node && node != PROF_ID_NONE
             ? position
             : G_MAXUINT;
}

guint
viewer_tree_model_subtree_size (ViewerTreeModel *self, guint position)
{
  g_return_val_if_fail (VIEWER_IS_TREE_MODEL (self), 0);

  if (position >= self->rows->len)
    return 0;
  return nodes_of (self)[row_at (self, position)->node].size - 1;
}

gboolean
viewer_tree_model_is_expandable (ViewerTreeModel *self, guint position)
{
  return viewer_tree_model_subtree_size (self, position) > 0;
}

guint
viewer_tree_model_n_below (ViewerTreeModel *self, guint position)
{
  g_return_val_if_fail (VIEWER_IS_TREE_MODEL (self), 0);

  if (position >= self->rows->len)
    return 0;
  return first_from (self, end_of (self, row_at (self, position)->node)) -
         position - 1;
}

gboolean
viewer_tree_model_is_expanded (ViewerTreeModel *self, guint position)
{
  g_return_val_if_fail (VIEWER_IS_TREE_MODEL (self), FALSE);

  return position < self->rows->len &&
         viewer_tree_model_node (self, position + 1) <
             end_of (self, row_at (self, position)->node);
}

ProfNodeId
viewer_tree_heaviest_leaf (const ViewerResult *result)
{
  const ProfNode *nodes = prof_tree_nodes (result->tree);
  ProfNodeId      node = 0;

  if (nodes[0].size == 1)
    return PROF_ID_NONE;
  while (nodes[node].size > 1)
    {
      ProfNodeId end = node + nodes[node].size;
      ProfNodeId best = node + 1;

      for (ProfNodeId c = best; c < end; c += nodes[c].size)
        if (prof_tree_weight (result->tree, c) >
            prof_tree_weight (result->tree, best))
          best = c;
      node = best;
    }
  return node;
}

/* Opening and closing */

static void
tell_expanded (ViewerTreeModel *self, guint position)
{
  ProfNodeId     node = row_at (self, position)->node;
  ViewerTreeRow *row = g_hash_table_lookup (self->shown,
                                            GUINT_TO_POINTER (node));

  if (row != NULL)
    viewer_tree_row_set (row,
                         self->result,
                         viewer_tree_model_is_expanded (self, position));
}

/* Replaces the @n_removed rows behind a row. */
static void
splice (ViewerTreeModel *self, guint position, guint n_removed, GArray *added)
{
  guint first = position + 1;

  if (n_removed > 0)
    g_array_remove_range (self->rows, first, n_removed);
  if (added->len > 0)
    g_array_insert_vals (self->rows, first, added->data, added->len);
  g_list_model_items_changed (G_LIST_MODEL (self),
                              first,
                              n_removed,
                              added->len);
  tell_expanded (self, position);
}

static void
add_row (GArray *rows, ProfNodeId node, uint32_t depth)
{
  Row row = { node, depth };

  g_array_append_val (rows, row);
}

/* Children from @first on up to before @end. */
static void
add_children (ViewerTreeModel *self,
              GArray          *rows,
              ProfNodeId       first,
              ProfNodeId       end,
              uint32_t         depth)
{
  for (ProfNodeId child = first; child < end; child = end_of (self, child))
    add_row (rows, child, depth);
}

void
viewer_tree_model_expand (ViewerTreeModel *self, guint position)
{
  g_return_if_fail (VIEWER_IS_TREE_MODEL (self));

  if (!viewer_tree_model_is_expandable (self, position) ||
      viewer_tree_model_is_expanded (self, position))
    return;

  g_autoptr (GArray) added = g_array_new (FALSE, FALSE, sizeof (Row));
  Row                row = *row_at (self, position);

  add_children (self,
                added,
                row.node + 1,
                end_of (self, row.node),
                row.depth + 1);
  splice (self, position, 0, added);
}

void
viewer_tree_model_collapse (ViewerTreeModel *self, guint position)
{
  g_return_if_fail (VIEWER_IS_TREE_MODEL (self));

  g_autoptr (GArray) none = g_array_new (FALSE, FALSE, sizeof (Row));
  guint              n = viewer_tree_model_n_below (self, position);

  if (n > 0)
    splice (self, position, n, none);
}

/* The depth of rows in preorder: each is a level below the last whose subtree
 * has not ended. */
static void
add_subtree (ViewerTreeModel *self, GArray *rows, const Row *top)
{
  g_autoptr (GArray) ends = g_array_new (FALSE, FALSE, sizeof (ProfNodeId));
  ProfNodeId         end = end_of (self, top->node);

  for (ProfNodeId node = top->node + 1; node < end; node++)
    {
      ProfNodeId own_end = end_of (self, node);

      while (ends->len > 0 &&
             g_array_index (ends, ProfNodeId, ends->len - 1) <= node)
        g_array_set_size (ends, ends->len - 1);
      add_row (rows, node, top->depth + 1 + ends->len);
      g_array_append_val (ends, own_end);
    }
}

/* Rows that somebody has held while they were taken out and put back. */
static void
tell_shown (ViewerTreeModel *self)
{
  g_autoptr (GList) rows = g_hash_table_get_values (self->shown);

  for (GList *row = rows; row != NULL; row = row->next)
    {
      guint position = viewer_tree_model_find (self,
                                               viewer_tree_row_get_id (
                                                   row->data));

      if (position != G_MAXUINT)
        tell_expanded (self, position);
    }
}

void
viewer_tree_model_expand_subtree (ViewerTreeModel *self, guint position)
{
  g_return_if_fail (VIEWER_IS_TREE_MODEL (self));

  guint n = viewer_tree_model_n_below (self, position);

  if (n == viewer_tree_model_subtree_size (self, position))
    return;

  g_autoptr (GArray) added = g_array_new (FALSE, FALSE, sizeof (Row));
  Row                row = *row_at (self, position);

  add_subtree (self, added, &row);
  splice (self, position, n, added);
  tell_shown (self);
}

/* Siblings that come when all below the one before has come. */
typedef struct
{
  ProfNodeId next;
  ProfNodeId end;
  uint32_t   depth;
} Later;

/* Adds the rows that a path opens; @path: from the innermost node up to below
 * @top. */
static void
add_path (ViewerTreeModel *self, GArray *rows, Row top, GArray *path)
{
  g_autoptr (GArray) stack = g_array_new (FALSE, FALSE, sizeof (Later));

  for (guint i = path->len; i > 0; i--)
    {
      ProfNodeId node = g_array_index (path, ProfNodeId, i - 1);
      Later      later = { end_of (self, node),
                           end_of (self, top.node),
                           top.depth + 1 };

      add_children (self, rows, top.node + 1, later.next, later.depth);
      g_array_append_val (stack, later);
      top = (Row){ node, later.depth };
    }
  for (guint i = stack->len; i > 0; i--)
    {
      const Later *later = &g_array_index (stack, Later, i - 1);

      add_children (self, rows, later->next, later->end, later->depth);
    }
}

/* What is closed between a node and the row above it that is there; those below the
 * root always are. */
static guint
find_closed (ViewerTreeModel *self, ProfNodeId node, GArray *path)
{
  guint position;

  while ((position = viewer_tree_model_find (self, node)) == G_MAXUINT)
    {
      g_array_append_val (path, node);
      node = nodes_of (self)[node].parent;
    }
  return position;
}

guint
viewer_tree_model_reveal (ViewerTreeModel *self, ProfNodeId node)
{
  g_autoptr (GArray) path = g_array_new (FALSE, FALSE, sizeof (ProfNodeId));
  g_autoptr (GArray) added = g_array_new (FALSE, FALSE, sizeof (Row));
  guint              position;

  g_return_val_if_fail (VIEWER_IS_TREE_MODEL (self), G_MAXUINT);
  g_return_val_if_fail (self->result != NULL, G_MAXUINT);
  g_return_val_if_fail (node > 0 && node < nodes_of (self)[0].size, G_MAXUINT);

  position = find_closed (self, node, path);
  if (path->len == 0)
    return position;
  add_path (self, added, *row_at (self, position), path);
  splice (self, position, 0, added);
  return viewer_tree_model_find (self, node);
}

/* Result */

ViewerResult *
viewer_tree_model_get_result (ViewerTreeModel *self)
{
  g_return_val_if_fail (VIEWER_IS_TREE_MODEL (self), NULL);

  return self->result;
}

void
viewer_tree_model_refresh (ViewerTreeModel *self)
{
  g_autoptr (GList) rows = NULL;

  g_return_if_fail (VIEWER_IS_TREE_MODEL (self));

  rows = g_hash_table_get_values (self->shown);
  for (GList *row = rows; row != NULL; row = row->next)
    viewer_tree_row_changed (row->data);
}

static void
recolor (ViewerTreeModel *self)
{
  g_autoptr (GList) rows = g_hash_table_get_values (self->shown);

  for (GList *row = rows; row != NULL; row = row->next)
    viewer_tree_row_set (row->data,
                         self->result,
                         viewer_tree_row_get_expanded (row->data));
}

/* Rows for a result, with what is above @node open. */
static void
begin_rows (ViewerTreeModel *self, ProfNodeId node)
{
  g_autoptr (GArray) path = g_array_new (FALSE, FALSE, sizeof (ProfNodeId));
  g_autoptr (GArray) added = g_array_new (FALSE, FALSE, sizeof (Row));
  guint              position;

  add_children (self, self->rows, 1, nodes_of (self)[0].size, 1);
  if (node == PROF_ID_NONE)
    return;
  position = find_closed (self, node, path);
  if (path->len == 0)
    return;
  add_path (self, added, *row_at (self, position), path);
  g_array_insert_vals (self->rows, position + 1, added->data, added->len);
}

void
viewer_tree_model_set (ViewerTreeModel *self, ViewerResult *result)
{
  viewer_tree_model_set_open (self, result, PROF_ID_NONE);
}

void
viewer_tree_model_set_open (ViewerTreeModel *self,
                            ViewerResult    *result,
                            ProfNodeId       node)
{
  ViewerResult *before = self->result;
  guint         n_before = self->rows->len;

  g_return_if_fail (VIEWER_IS_TREE_MODEL (self));

  if (before == result)
    return;
  self->result = result != NULL ? viewer_result_ref (result) : NULL;
  if (before != NULL && result != NULL && before->serial == result->serial)
    recolor (self);
  else
    {
      forget_rows (self);
      g_array_set_size (self->rows, 0);
      if (result != NULL)
        begin_rows (self, node);
      g_list_model_items_changed (G_LIST_MODEL (self),
                                  0,
                                  n_before,
                                  self->rows->len);
    }
  viewer_result_unref (before);
}

/* Object */

static void
viewer_tree_model_finalize (GObject *object)
{
  ViewerTreeModel *self = VIEWER_TREE_MODEL (object);

  forget_rows (self);
  g_hash_table_unref (self->shown);
  viewer_result_unref (self->result);
  g_array_unref (self->rows);
  G_OBJECT_CLASS (viewer_tree_model_parent_class)->finalize (object);
}

static void
viewer_tree_model_class_init (ViewerTreeModelClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = viewer_tree_model_finalize;
}

static void
viewer_tree_model_init (ViewerTreeModel *self)
{
  self->rows = g_array_new (FALSE, FALSE, sizeof (Row));
  self->shown = g_hash_table_new (NULL, NULL);
}

ViewerTreeModel *
viewer_tree_model_new (void)
{
  return g_object_new (VIEWER_TYPE_TREE_MODEL, NULL);
}
