/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "viewer-tree-row.h"

struct _ViewerTreeRow
{
  GObject parent_instance;

  ViewerResult *result;
  ProfNodeId    node;
  uint32_t      depth;
  gboolean      expanded;
};

G_DEFINE_FINAL_TYPE (ViewerTreeRow, viewer_tree_row, G_TYPE_OBJECT)

enum
{
  CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void
viewer_tree_row_finalize (GObject *object)
{
  viewer_result_unref (VIEWER_TREE_ROW (object)->result);
  G_OBJECT_CLASS (viewer_tree_row_parent_class)->finalize (object);
}

static void
viewer_tree_row_class_init (ViewerTreeRowClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = viewer_tree_row_finalize;
  signals[CHANGED] = g_signal_new ("changed",
                                   G_TYPE_FROM_CLASS (klass),
                                   G_SIGNAL_RUN_LAST,
                                   0,
                                   NULL,
                                   NULL,
                                   NULL,
                                   G_TYPE_NONE,
                                   0);
}

static void
viewer_tree_row_init (ViewerTreeRow *self)
{
}

ViewerTreeRow *
viewer_tree_row_new (ViewerResult *result, ProfNodeId node, uint32_t depth)
{
  ViewerTreeRow *self = g_object_new (VIEWER_TYPE_TREE_ROW, NULL);

  self->result = viewer_result_ref (result);
  self->node = node;
  self->depth = depth;
  return self;
}

void
viewer_tree_row_set (ViewerTreeRow *self,
                     ViewerResult  *result,
                     gboolean       expanded)
{
  viewer_result_ref (result);
  viewer_result_unref (self->result);
  self->result = result;
  self->expanded = expanded;
  viewer_tree_row_changed (self);
}

void
viewer_tree_row_changed (ViewerTreeRow *self)
{
  g_signal_emit (self, signals[CHANGED], 0);
}

ViewerResult *
viewer_tree_row_get_result (ViewerTreeRow *self)
{
  return self->result;
}

ProfNodeId
viewer_tree_row_get_id (ViewerTreeRow *self)
{
  return self->node;
}

const ProfNode *
viewer_tree_row_get (ViewerTreeRow *self)
{
  return &prof_tree_nodes (self->result->tree)[self->node];
}

uint32_t
viewer_tree_row_get_depth (ViewerTreeRow *self)
{
  return self->depth;
}

gboolean
viewer_tree_row_get_expanded (ViewerTreeRow *self)
{
  return self->expanded;
}
