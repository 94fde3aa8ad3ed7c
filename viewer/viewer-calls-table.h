/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/* Callers or callees of one function as a table: the function, what the calls
 * take, and its share of the function. */

#include "viewer-neighbours.h"
#include <gtk/gtk.h>

G_BEGIN_DECLS

#define VIEWER_TYPE_CALLS_TABLE (viewer_calls_table_get_type ())
G_DECLARE_FINAL_TYPE (ViewerCallsTable,
                      viewer_calls_table,
                      VIEWER,
                      CALLS_TABLE,
                      GtkWidget)

/* Signals: "selected" and "activated" (guint frame). */

/**
 * viewer_calls_table_set:
 * @title: what the table is called, on its first column and for screen readers
 * @calls: (element-type ViewerNeighbour) (nullable): read, not kept
 * @total: what shares are of
 */
void viewer_calls_table_set (ViewerCallsTable *self,
                             const char       *title,
                             ViewerResult     *result,
                             GArray           *calls,
                             int64_t           total);

/* For tests. */
GtkColumnView *viewer_calls_table_get_view (ViewerCallsTable *self);

G_END_DECLS
