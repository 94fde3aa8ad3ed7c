/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/* The columns of the source of a function: what they are called, what they say of a
 * line, and their cells. */

#include "viewer-code.h"
#include "viewer-table.h"

G_BEGIN_DECLS

typedef enum
{
  VIEWER_SOURCE_COLUMN_LINE,
  VIEWER_SOURCE_COLUMN_FLAT,
  VIEWER_SOURCE_COLUMN_CUM,
  VIEWER_SOURCE_COLUMN_TEXT,
  VIEWER_SOURCE_N_COLUMNS
} ViewerSourceColumn;

/* Translated. */
const char *viewer_source_column_title (ViewerSourceColumn column);

/* (transfer full): what it says of a row. */
char *viewer_source_column_text (const ViewerCode  *code,
                                 guint              index,
                                 ViewerSourceColumn column);

/* (transfer full): "" for nothing, as pprof has a point there. */
char *viewer_source_value_text (const ViewerResult *result, int64_t value);

/* Of type ViewerTableFunc; items are ViewerCodeItem. */
void viewer_source_column_make_cell (ViewerTableSlot *slot, GtkListItem *item);
void viewer_source_column_fill_cell (ViewerTableSlot *slot, GtkListItem *item);

G_END_DECLS
