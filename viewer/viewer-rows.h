/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/* The rows of a table and which one is selected. GTK 4.8 makes widgets for 200 rows
 * as soon as a table has them, whatever is seen of it, which holds a window up for a
 * tenth of a second: here rows come to an empty table by and by, a few in each
 * frame. */

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* (transfer full): nothing is selected, and nothing ever by itself. @model: a
 * reference is kept */
GtkSingleSelection *viewer_rows_new (GListModel *model);

/* To be called before an empty model gets rows: @view has them all some frames
 * later, and @grown is called whenever some have come; @page is to own @view */
void viewer_rows_begin (GtkSingleSelection *rows,
                        GtkWidget          *view,
                        void (*grown) (gpointer page),
                        gpointer page);

/* Whether a row of the model is yet to come. */
gboolean viewer_rows_awaits (GtkSingleSelection *rows, guint position);

/* Takes the last of those away for which there may be widgets, and all behind them.
 * Whether some are left. */
gboolean viewer_rows_drop (GtkSingleSelection *rows);

/* Selects a row of the model, also one that was yet to come. @position: of it, or
 * GTK_INVALID_LIST_POSITION */
void viewer_rows_select (GtkSingleSelection *rows, guint position);

G_END_DECLS
