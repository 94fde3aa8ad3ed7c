/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "viewer-calls-table.h"

#include "viewer-change-text.h"
#include "viewer-rows.h"
#include "viewer-table.h"
#include "viewer-text.h"
#include <glib/gi18n.h>

#define MIN_NAME 120

typedef enum
{
  COLUMN_FUNCTION,
  COLUMN_CALLS,
  COLUMN_SHARE,
  N_COLUMNS
} Column;

/* One row */

#define VIEWER_TYPE_CALL (viewer_call_get_type ())
G_DECLARE_FINAL_TYPE (ViewerCall, viewer_call, VIEWER, CALL, GObject)

struct _ViewerCall
{
  GObject parent_instance;

  ProfFrameId frame; /* PROF_ID_NONE: the root */
  int64_t     total;
};

G_DEFINE_FINAL_TYPE (ViewerCall, viewer_call, G_TYPE_OBJECT)

static void
viewer_call_class_init (ViewerCallClass *klass)
{
}

static void
viewer_call_init (ViewerCall *self)
{
}

/* The table */

struct _ViewerCallsTable
{
  GtkWidget parent_instance;

  GtkWidget           *scroller;
  GtkColumnView       *view;
  GtkColumnViewColumn *columns[N_COLUMNS];
  GListStore          *calls;
  GtkSingleSelection  *selection;
  ViewerResult        *result; /* or NULL */
  int64_t              total;
  gboolean             updating;
};

enum
{
  SELECTED,
  ACTIVATED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (ViewerCallsTable, viewer_calls_table, GTK_TYPE_WIDGET)

static void
make_name (ViewerTableSlot *slot, GtkListItem *item)
{
  GtkWidget *cell = viewer_table_make_name ();

  gtk_widget_set_size_request (cell, MIN_NAME, -1);
  gtk_list_item_set_child (item, cell);
}

static void
fill_name (ViewerTableSlot *slot, GtkListItem *item)
{
  ViewerCallsTable *self = slot->page;
  ViewerCall       *call = gtk_list_item_get_item (item);

  viewer_table_fill_name (gtk_list_item_get_child (item),
                          self->result,
                          call->frame,
                          PROF_INLINED_NEVER);
}

static void
make_value (ViewerTableSlot *slot, GtkListItem *item)
{
  gtk_list_item_set_child (item, viewer_table_make_value ());
}

static void
fill_value (ViewerTableSlot *slot, GtkListItem *item)
{
  ViewerCallsTable *self = slot->page;
  ViewerCall       *call = gtk_list_item_get_item (item);
  g_autofree char  *text = self->result->changes != NULL
                               ? viewer_change_delta (self->result,
                                                     MAX (-call->total, 0),
                                                     MAX (call->total, 0))
                               : viewer_text_value (self->result, call->total);

  viewer_table_fill_value (gtk_list_item_get_child (item), text);
}

static void
make_share (ViewerTableSlot *slot, GtkListItem *item)
{
  gtk_list_item_set_child (item,
                           viewer_table_make_share (VIEWER_TABLE_BAR_WIDTH));
}

static void
fill_share (ViewerTableSlot *slot, GtkListItem *item)
{
  ViewerCallsTable *self = slot->page;
  ViewerCall       *call = gtk_list_item_get_item (item);
  double            share = viewer_table_share (call->total, self->total);
  g_autofree char  *text = g_strdup_printf ("%.2f %%",
                                           self->total == 0
                                                ? 0
                                                : (double)call->total * 100 /
                                                     (double)self->total);

  viewer_table_fill_share (gtk_list_item_get_child (item),
                           MIN (share, 1),
                           text);
}

static void
selection_changed (ViewerCallsTable *self)
{
  ViewerCall *call = gtk_single_selection_get_selected_item (self->selection);

  if (!self->updating && call != NULL)
    g_signal_emit (self, signals[SELECTED], 0, (guint)call->frame);
}

static void
activated (ViewerCallsTable *self, guint position)
{
  g_autoptr (ViewerCall) call = g_list_model_get_item (G_LIST_MODEL (
                                                           self->calls),
                                                       position);

  if (call != NULL)
    g_signal_emit (self, signals[ACTIVATED], 0, (guint)call->frame);
}

/* Stacks that begin with the function are called by nobody: no row for them. */
static void
fill (ViewerCallsTable *self, GArray *calls)
{
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; calls != NULL && i < calls->len; i++)
    {
      ViewerNeighbour *from = &g_array_index (calls, ViewerNeighbour, i);
      ViewerCall      *call;

      if (from->frame == PROF_ID_NONE)
        continue;
      call = g_object_new (VIEWER_TYPE_CALL, NULL);
      call->frame = from->frame;
      call->total = from->total;
      g_ptr_array_add (rows, call);
    }
  g_list_store_splice (self->calls,
                       0,
                       g_list_model_get_n_items (G_LIST_MODEL (self->calls)),
                       rows->pdata,
                       rows->len);
}

void
viewer_calls_table_set (ViewerCallsTable *self,
                        const char       *title,
                        ViewerResult     *result,
                        GArray           *calls,
                        int64_t           total)
{
  g_return_if_fail (VIEWER_IS_CALLS_TABLE (self));

  self->updating = TRUE;
  /* Rows are bound to a result: the old ones go first. */
  g_list_store_remove_all (self->calls);
  g_clear_pointer (&self->result, viewer_result_unref);
  self->result = result != NULL ? viewer_result_ref (result) : NULL;
  self->total = total;
  gtk_column_view_column_set_title (self->columns[COLUMN_FUNCTION], title);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->view),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  title,
                                  -1);
  /* A part of a difference says nothing. */
  gtk_column_view_column_set_visible (self->columns[COLUMN_SHARE],
                                      result == NULL ||
                                          result->changes == NULL);
  if (result != NULL)
    fill (self, calls);
  viewer_rows_select (self->selection, GTK_INVALID_LIST_POSITION);
  self->updating = FALSE;
}

GtkColumnView *
viewer_calls_table_get_view (ViewerCallsTable *self)
{
  return self->view;
}

static gboolean
viewer_calls_table_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (GTK_WIDGET (VIEWER_CALLS_TABLE (widget)->view));
}

static void
viewer_calls_table_dispose (GObject *object)
{
  ViewerCallsTable *self = VIEWER_CALLS_TABLE (object);

  g_clear_pointer (&self->scroller, gtk_widget_unparent);
  g_clear_object (&self->selection);
  g_clear_object (&self->calls);
  g_clear_pointer (&self->result, viewer_result_unref);
  G_OBJECT_CLASS (viewer_calls_table_parent_class)->dispose (object);
}

static void
viewer_calls_table_class_init (ViewerCallsTableClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = viewer_calls_table_dispose;
  widget_class->grab_focus = viewer_calls_table_grab_focus;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  signals[SELECTED] = g_signal_new ("selected",
                                    G_TYPE_FROM_CLASS (klass),
                                    G_SIGNAL_RUN_LAST,
                                    0,
                                    NULL,
                                    NULL,
                                    NULL,
                                    G_TYPE_NONE,
                                    1,
                                    G_TYPE_UINT);
  signals[ACTIVATED] = g_signal_new ("activated",
                                     G_TYPE_FROM_CLASS (klass),
                                     G_SIGNAL_RUN_LAST,
                                     0,
                                     NULL,
                                     NULL,
                                     NULL,
                                     G_TYPE_NONE,
                                     1,
                                     G_TYPE_UINT);
}

static void
viewer_calls_table_init (ViewerCallsTable *self)
{
  self->calls = g_list_store_new (VIEWER_TYPE_CALL);
  self->selection = viewer_rows_new (G_LIST_MODEL (self->calls));
  self->view = GTK_COLUMN_VIEW (gtk_column_view_new (
      g_object_ref (GTK_SELECTION_MODEL (self->selection))));
  gtk_widget_add_css_class (GTK_WIDGET (self->view), "top-table");
  self->columns[COLUMN_FUNCTION] = viewer_table_add_column (self->view,
                                                            _ ("Function"),
                                                            -1,
                                                            self,
                                                            COLUMN_FUNCTION,
                                                            make_name,
                                                            fill_name);
  self->columns[COLUMN_CALLS] =
      viewer_table_add_column (self->view,
                               _ ("Calls"),
                               viewer_table_width (VIEWER_TABLE_VALUE_WIDTH, 0),
                               self,
                               COLUMN_CALLS,
                               make_value,
                               fill_value);
  self->columns[COLUMN_SHARE] =
      viewer_table_add_column (self->view,
                               _ ("Share"),
                               viewer_table_width (VIEWER_TABLE_SHARE_WIDTH,
                                                   VIEWER_TABLE_BAR_WIDTH),
                               self,
                               COLUMN_SHARE,
                               make_share,
                               fill_share);
  viewer_table_align_heads (self->view, 1);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->view),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Calls"),
                                  -1);
  g_signal_connect_object (self->selection,
                           "notify::selected",
                           G_CALLBACK (selection_changed),
                           self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->view,
                           "activate",
                           G_CALLBACK (activated),
                           self,
                           G_CONNECT_SWAPPED);
  self->scroller = gtk_scrolled_window_new ();
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (self->scroller),
                                 GTK_WIDGET (self->view));
  gtk_widget_set_hexpand (self->scroller, TRUE);
  gtk_widget_set_vexpand (self->scroller, TRUE);
  gtk_widget_set_parent (self->scroller, GTK_WIDGET (self));
}
