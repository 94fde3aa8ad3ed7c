/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/* The columns of the top table: what they are called, what they say of a row and
 * what they are sorted by. No widget. */

#include "viewer-top-model.h"
#include "viewer-top-row.h"

G_BEGIN_DECLS

typedef enum
{
  VIEWER_TOP_COLUMN_FUNCTION,
  VIEWER_TOP_COLUMN_PACKAGE,
  VIEWER_TOP_COLUMN_FILE,
  VIEWER_TOP_COLUMN_FLAT,
  VIEWER_TOP_COLUMN_FLAT_SHARE,
  VIEWER_TOP_COLUMN_SUM_SHARE,
  VIEWER_TOP_COLUMN_CUM,
  VIEWER_TOP_COLUMN_CUM_SHARE,
  VIEWER_TOP_COLUMN_SAMPLES,

  /* Of a comparison */
  VIEWER_TOP_COLUMN_FLAT_BEFORE,
  VIEWER_TOP_COLUMN_FLAT_NOW,
  VIEWER_TOP_COLUMN_FLAT_DELTA,
  VIEWER_TOP_COLUMN_FLAT_CHANGE,
  VIEWER_TOP_COLUMN_CUM_BEFORE,
  VIEWER_TOP_COLUMN_CUM_NOW,
  VIEWER_TOP_COLUMN_CUM_DELTA,
  VIEWER_TOP_COLUMN_CUM_CHANGE,
  VIEWER_TOP_N_COLUMNS
} ViewerTopColumn;

/* Its name in settings and actions, and its translated title. */
const char *viewer_top_column_name (ViewerTopColumn column);
const char *viewer_top_column_title (ViewerTopColumn column);

/* Whether a name is that of a column; else @column is left as it is. */
gboolean viewer_top_column_find (const char *name, ViewerTopColumn *column);

/* Whether it holds text, which begins at the start and sorts from A. */
gboolean viewer_top_column_is_text (ViewerTopColumn column);

/* Whether it says something of what is compared, or of what is not. */
gboolean viewer_top_column_fits (ViewerTopColumn column, gboolean compared);

/* Whether it is a change with a sign. */
gboolean viewer_top_column_is_delta (ViewerTopColumn column);

ViewerTopKey viewer_top_column_key (ViewerTopColumn column);

/* Flat of flat columns, cum of cum columns, and the running sum of flat; of a
 * comparison, their changes. */
int64_t viewer_top_column_value (ViewerTopColumn column, ViewerTopRow *row);

/* (transfer full): what a cell says; shares are of result->total. */
char *viewer_top_column_text (ViewerTopColumn column, ViewerTopRow *row);

G_END_DECLS
