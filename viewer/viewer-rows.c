/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "viewer-rows.h"

/* With each frame: these take some 20 ms, and two frames fill a window. */
#define ROWS_AT_ONCE 16

/* From so many on all the others come at once: widgets for more are not made. */
#define MAX_WIDGETS 200

static GtkSliceListModel *
slice_of (GtkSingleSelection *rows)
{
  return GTK_SLICE_LIST_MODEL (gtk_single_selection_get_model (rows));
}

static void
show_all (GtkSingleSelection *rows)
{
  gtk_slice_list_model_set_size (slice_of (rows), G_MAXUINT);
}

GtkSingleSelection *
viewer_rows_new (GListModel *model)
{
  GtkSliceListModel  *slice = gtk_slice_list_model_new (g_object_ref (model),
                                                       0,
                                                       G_MAXUINT);
  GtkSingleSelection *rows = gtk_single_selection_new (G_LIST_MODEL (slice));

  gtk_single_selection_set_autoselect (rows, FALSE);
  gtk_single_selection_set_can_unselect (rows, TRUE);
  gtk_single_selection_set_selected (rows, GTK_INVALID_LIST_POSITION);
  return rows;
}

typedef struct
{
  GtkSingleSelection *rows; /* a reference */
  void (*grown) (gpointer page);
  gpointer page;
  gboolean drawn; /* the first rows, which have a frame to themselves */
} Growth;

static void
growth_free (gpointer data)
{
  Growth *growth = data;

  g_object_unref (growth->rows);
  g_free (growth);
}

static gboolean
show_more (GtkWidget *view, GdkFrameClock *clock, gpointer data)
{
  Growth            *growth = data;
  GtkSliceListModel *slice = slice_of (growth->rows);
  guint              size = gtk_slice_list_model_get_size (slice);

  if (!growth->drawn)
    {
      growth->drawn = TRUE;
      return G_SOURCE_CONTINUE;
    }
  if (size < MAX_WIDGETS)
    gtk_slice_list_model_set_size (slice, size + ROWS_AT_ONCE);
  else
    show_all (growth->rows);
  growth->grown (growth->page);
  return size < MAX_WIDGETS;
}

void
viewer_rows_begin (GtkSingleSelection *rows,
                   GtkWidget          *view,
                   void (*grown) (gpointer page),
                   gpointer page)
{
  GtkSliceListModel *slice = slice_of (rows);
  Growth            *growth;

  if (gtk_slice_list_model_get_size (slice) == G_MAXUINT)
    {
      growth = g_new (Growth, 1);
      *growth = (Growth){ g_object_ref (rows), grown, page, FALSE };
      gtk_widget_add_tick_callback (view, show_more, growth, growth_free);
    }
  gtk_slice_list_model_set_size (slice, ROWS_AT_ONCE);
}

gboolean
viewer_rows_awaits (GtkSingleSelection *rows, guint position)
{
  return position != GTK_INVALID_LIST_POSITION &&
         position >= gtk_slice_list_model_get_size (slice_of (rows));
}

gboolean
viewer_rows_drop (GtkSingleSelection *rows)
{
  guint n = MIN (g_list_model_get_n_items (G_LIST_MODEL (rows)), MAX_WIDGETS);

  n -= MIN (n, ROWS_AT_ONCE);
  gtk_slice_list_model_set_size (slice_of (rows), n);
  return n > 0;
}

void
viewer_rows_select (GtkSingleSelection *rows, guint position)
{
  if (viewer_rows_awaits (rows, position))
    show_all (rows);
  gtk_single_selection_set_selected (rows, position);
}
