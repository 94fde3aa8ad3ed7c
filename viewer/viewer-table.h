/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/* What the tables of the window share: cells, heads, and what GTK 4.8 does not
 * do for a GtkColumnView yet. Cells are made once for each place that is shown, and
 * filled again when something else comes there. */

#include "viewer-result.h"
#include <gtk/gtk.h>

G_BEGIN_DECLS

#define VIEWER_TABLE_VALUE_WIDTH 108
#define VIEWER_TABLE_SHARE_WIDTH 158 /* a bar and "100.00 %" */
#define VIEWER_TABLE_BAR_WIDTH   72

/* The width of a column that needs @px px at the usual size of text, as large as
 * text is. @bar: of them px of a bar, which does not grow */
int viewer_table_width (int px, int bar);

/* A column of somebody's table, for whoever makes its cells. */
typedef struct
{
  gpointer page; /* whose table it is */
  int      column;
} ViewerTableSlot;

typedef void (*ViewerTableFunc) (ViewerTableSlot *slot, GtkListItem *item);

/**
 * viewer_table_add_column:
 * @width: px; below 0: it takes the room that is left
 * @make: sets the item's child, once for each place that is shown
 * @fill: fills it; again whenever the row tells by a signal "changed", if it has one
 *
 * Adds a column behind the others, which can be resized.
 *
 * Returns: (transfer none)
 */
GtkColumnViewColumn *viewer_table_add_column (GtkColumnView  *view,
                                              const char     *title,
                                              int             width,
                                              gpointer        page,
                                              int             column,
                                              ViewerTableFunc make,
                                              ViewerTableFunc fill);

/* (transfer none): the column that an item is in, for @make and later. */
ViewerTableSlot *viewer_table_slot (GtkListItem *item);

/* A function: its package's colour, its name, whether it is inlined. */
GtkWidget *viewer_table_make_name (void);
void       viewer_table_fill_name (GtkWidget    *cell,
                                   ViewerResult *result,
                                   ProfFrameId   frame,
                                   ProfInlined   inlined);

/* A number at its end. Its signs keep their sides in languages that are written
 * from the right. */
GtkWidget *viewer_table_make_value (void);
void       viewer_table_fill_value (GtkWidget *cell, const char *text);

/* A bar with a number beside it.
 * @share: of the bar that is filled, 0 to 1 */
GtkWidget *viewer_table_make_share (int bar_width);
void viewer_table_fill_share (GtkWidget *cell, double share, const char *text);

/* The same cell of a change: the bar tells by its colour which way it is. */
void viewer_table_fill_delta (GtkWidget  *cell,
                              double      share,
                              int64_t     delta,
                              const char *text);

/* A number with a bar behind it, filled from its start.
 * @delta: 0, or a change whose way the bar tells by its colour */
GtkWidget *viewer_table_make_heat (void);
void       viewer_table_fill_heat (GtkWidget  *cell,
                                   double      share,
                                   int64_t     delta,
                                   const char *text);

/* |value| as a share of |largest|; 0 where that is 0. */
double viewer_table_share (int64_t value, int64_t largest);

/* Heads of all columns but the first @n_texts stand above the ends of their
 * numbers. */
void viewer_table_align_heads (GtkColumnView *view, int n_texts);

/* Scrolls to the row that a GtkSingleSelection has selected, once rows have
 * their places; with @focus, that row gets the keyboard. */
void viewer_table_scroll_to_selection (GtkColumnView *view, gboolean focus);

/* Rows are seen, or only their place is: until it has been scrolled to the wanted one. */
void viewer_table_set_rows_seen (GtkColumnView *view, gboolean seen);

/* With nothing selected the first press of Down selects the first row: it has the
 * keyboard already, and GTK would go on to the second. */
void viewer_table_begin_at_first (GtkColumnView *view);

/* Takes some rows from a table below @widget, whose models are viewer_rows_new():
 * whether there may be more. For what is taken apart without holding others up. */
gboolean viewer_table_drop_rows (GtkWidget *widget);

/* The row under a point of @widget that holds a table, or NULL; and the same,
 * selected. */
GtkWidget *viewer_table_row_at (GtkWidget *widget, double x, double y);
void       viewer_table_select_at (GtkWidget *widget, double x, double y);

G_END_DECLS
