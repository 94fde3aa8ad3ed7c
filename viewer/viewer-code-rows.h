/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/* Rows of a function's source as a list model; items are made for those that are
 * looked at. No widget. */

#include "viewer-code.h"
#include <gio/gio.h>

G_BEGIN_DECLS

#define VIEWER_TYPE_CODE_ROWS (viewer_code_rows_get_type ())
G_DECLARE_FINAL_TYPE (ViewerCodeRows,
                      viewer_code_rows,
                      VIEWER,
                      CODE_ROWS,
                      GObject)

#define VIEWER_TYPE_CODE_ITEM (viewer_code_item_get_type ())
G_DECLARE_FINAL_TYPE (ViewerCodeItem,
                      viewer_code_item,
                      VIEWER,
                      CODE_ITEM,
                      GObject)

ViewerCodeRows *viewer_code_rows_new (void);

/* @code: (nullable) */
void viewer_code_rows_set (ViewerCodeRows *self, ViewerCode *code);

/* (transfer none): the code it is of, and which row. */
ViewerCode *viewer_code_item_get_code (ViewerCodeItem *self);
guint       viewer_code_item_get_row (ViewerCodeItem *self);

G_END_DECLS
