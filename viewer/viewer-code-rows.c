/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "viewer-code-rows.h"

struct _ViewerCodeItem
{
  GObject parent_instance;

  ViewerCode *code;
  guint       row;
};

G_DEFINE_FINAL_TYPE (ViewerCodeItem, viewer_code_item, G_TYPE_OBJECT)

static void
viewer_code_item_finalize (GObject *object)
{
  viewer_code_unref (VIEWER_CODE_ITEM (object)->code);
  G_OBJECT_CLASS (viewer_code_item_parent_class)->finalize (object);
}

static void
viewer_code_item_class_init (ViewerCodeItemClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = viewer_code_item_finalize;
}

static void
viewer_code_item_init (ViewerCodeItem *self)
{
}

ViewerCode *
viewer_code_item_get_code (ViewerCodeItem *self)
{
  return self->code;
}

guint
viewer_code_item_get_row (ViewerCodeItem *self)
{
  return self->row;
}

struct _ViewerCodeRows
{
  GObject parent_instance;

  ViewerCode *code; /* or NULL */
};

static GType
rows_get_item_type (GListModel *model)
{
  return VIEWER_TYPE_CODE_ITEM;
}

static guint
rows_get_n_items (GListModel *model)
{
  ViewerCodeRows *self = VIEWER_CODE_ROWS (model);

  return self->code != NULL ? self->code->rows->len : 0;
}

static gpointer
rows_get_item (GListModel *model, guint position)
{
  ViewerCodeRows *self = VIEWER_CODE_ROWS (model);
  ViewerCodeItem *item;

  if (position >= rows_get_n_items (model))
    return NULL;
  item = g_object_new (VIEWER_TYPE_CODE_ITEM, NULL);
  item->code = viewer_code_ref (self->code);
  item->row = position;
  return item;
}

static void
rows_model_init (GListModelInterface *iface)
{
  iface->get_item_type = rows_get_item_type;
  iface->get_n_items = rows_get_n_items;
  iface->get_item = rows_get_item;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (ViewerCodeRows,
                               viewer_code_rows,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL,
                                                      rows_model_init))

static void
viewer_code_rows_finalize (GObject *object)
{
  viewer_code_unref (VIEWER_CODE_ROWS (object)->code);
  G_OBJECT_CLASS (viewer_code_rows_parent_class)->finalize (object);
}

static void
viewer_code_rows_class_init (ViewerCodeRowsClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = viewer_code_rows_finalize;
}

static void
viewer_code_rows_init (ViewerCodeRows *self)
{
}

ViewerCodeRows *
viewer_code_rows_new (void)
{
  return g_object_new (VIEWER_TYPE_CODE_ROWS, NULL);
}

void
viewer_code_rows_set (ViewerCodeRows *self, ViewerCode *code)
{
  guint removed = rows_get_n_items (G_LIST_MODEL (self));

  g_clear_pointer (&self->code, viewer_code_unref);
  if (code != NULL)
    self->code = viewer_code_ref (code);
  g_list_model_items_changed (G_LIST_MODEL (self),
                              0,
                              removed,
                              rows_get_n_items (G_LIST_MODEL (self)));
}
