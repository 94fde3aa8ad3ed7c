/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "viewer-tree-page.h"

#include "viewer-frame-keys.h"
#include "viewer-menus.h"
#include "viewer-rows.h"
#include "viewer-table.h"
#include "viewer-text.h"
#include "viewer-tree-cell.h"
#include "viewer-tree-column.h"
#include "viewer-tree-row.h"
#include <adwaita.h>
#include <glib/gi18n.h>

/* A comparison has more columns. */
#define SIDE_WIDTH      92
#define DELTA_WIDTH     138
#define DELTA_BAR_WIDTH 48

struct _ViewerTreePage
{
  GtkWidget parent_instance;

  /* Children, of the template */
  GtkColumnView *view;
  GtkWidget     *menu;

  GtkColumnViewColumn *columns[VIEWER_TREE_N_COLUMNS];
  ViewerDocument      *document;
  ViewerTreeModel     *model;
  GtkSingleSelection  *selection;

  gboolean updating; /* the selection is being set by us */
  gboolean stale;    /* to be filled when shown */
};

G_DEFINE_FINAL_TYPE (ViewerTreePage, viewer_tree_page, GTK_TYPE_WIDGET)

/* (nullable): the search, where it is one of the tree that is shown. */
static ProfSearch *
search_of (ViewerTreePage *self, ViewerTreeRow *row)
{
  ProfSearch *search = viewer_document_get_search (self->document);

  return search != NULL && prof_search_tree (search) ==
                               viewer_tree_row_get_result (row)->tree
             ? search
             : NULL;
}

/* Cells */

static double
bar_share (ViewerTreeRow *row, ViewerTreeColumn column)
{
  const ViewerResult *result = viewer_tree_row_get_result (row);

  return viewer_table_share (viewer_tree_column_value (column,
                                                       viewer_tree_row_get (
                                                           row)),
                             viewer_tree_column_is_self (column)
                                 ? result->largest_self
                                 : result->largest_total);
}

static void
fill_cell (ViewerTableSlot *slot, GtkListItem *item)
{
  ViewerTreePage  *self = slot->page;
  ViewerTreeColumn column = (ViewerTreeColumn)slot->column;
  GtkWidget       *cell = gtk_list_item_get_child (item);
  ViewerTreeRow   *row = gtk_list_item_get_item (item);
  g_autofree char *text = NULL;

  if (column == VIEWER_TREE_COLUMN_NAME)
    {
      viewer_tree_cell_set (VIEWER_TREE_CELL (cell),
                            row,
                            search_of (self, row));
      return;
    }
  text = viewer_tree_column_text (column,
                                  viewer_tree_row_get_result (row),
                                  viewer_tree_row_get_id (row));
  if (viewer_tree_column_is_delta (column))
    viewer_table_fill_delta (cell,
                             bar_share (row, column),
                             viewer_tree_column_value (column,
                                                       viewer_tree_row_get (
                                                           row)),
                             text);
  else if (viewer_tree_column_is_share (column))
    viewer_table_fill_share (cell, bar_share (row, column), text);
  else
    viewer_table_fill_value (cell, text);
}

static void toggle (ViewerTreePage *self, guint position);

static void
arrow_pressed (ViewerTreeCell *cell, GtkListItem *item)
{
  toggle (viewer_table_slot (item)->page, gtk_list_item_get_position (item));
}

static void
make_cell (ViewerTableSlot *slot, GtkListItem *item)
{
  ViewerTreeColumn column = (ViewerTreeColumn)slot->column;
  GtkWidget       *cell;

  if (viewer_tree_column_is_delta (column))
    cell = viewer_table_make_share (DELTA_BAR_WIDTH);
  else if (viewer_tree_column_is_share (column))
    cell = viewer_table_make_share (VIEWER_TABLE_BAR_WIDTH);
  else if (column != VIEWER_TREE_COLUMN_NAME)
    cell = viewer_table_make_value ();
  else
    {
      cell = viewer_tree_cell_new ();
      g_signal_connect_object (cell,
                               "toggled",
                               G_CALLBACK (arrow_pressed),
                               item,
                               0);
    }
  gtk_list_item_set_child (item, cell);
}

/* Selection */

static guint
selected_position (ViewerTreePage *self)
{
  return gtk_single_selection_get_selected (self->selection);
}

/* Selects a row here and in the document. */
static void
go_to (ViewerTreePage *self, guint position)
{
  viewer_rows_select (self->selection, position);
  viewer_table_scroll_to_selection (self->view, TRUE);
}

static void
select_position (ViewerTreePage *self, guint position)
{
  self->updating = TRUE;
  viewer_rows_select (self->selection, position);
  self->updating = FALSE;
}

static void
show_selection (ViewerTreePage *self)
{
  ViewerSelection selection = viewer_document_get_selection (self->document);
  guint           position = GTK_INVALID_LIST_POSITION;

  if (selection.node != PROF_ID_NONE && selection.node != 0 &&
      selection.end == 0)
    {
      self->updating = TRUE;
      position = viewer_tree_model_reveal (self->model, selection.node);
      self->updating = FALSE;
    }
  if (selected_position (self) == position ||
      viewer_rows_awaits (self->selection, position))
    return;
  select_position (self, position);
  if (position != GTK_INVALID_LIST_POSITION)
    viewer_table_scroll_to_selection (self->view, FALSE);
}

/* Rows also grow while nobody looks, and what is selected may then be of a result
 * that the rows are not of. */
static void
rows_grown (gpointer page)
{
  ViewerTreePage *self = page;

  if (!self->stale && viewer_tree_model_get_result (self->model) != NULL)
    show_selection (self);
}

static void
selected (ViewerTreePage *self)
{
  ProfNodeId node = viewer_tree_model_node (self->model,
                                            selected_position (self));

  if (!self->updating && node != PROF_ID_NONE)
    viewer_document_select (self->document, node, 0, true);
}

/* Opening and closing */

static void
expand (ViewerTreePage *self, guint position)
{
  self->updating = TRUE;
  viewer_tree_model_expand (self->model, position);
  self->updating = FALSE;
}

/* What was selected inside gives its place to what is closed. */
static void
collapse (ViewerTreePage *self, guint position)
{
  guint    n = viewer_tree_model_n_below (self->model, position);
  guint    at = selected_position (self);
  gboolean inside = at != GTK_INVALID_LIST_POSITION && at > position &&
                    at <= position + n;

  self->updating = TRUE;
  viewer_tree_model_collapse (self->model, position);
  self->updating = FALSE;
  if (inside)
    go_to (self, position);
}

static void
toggle (ViewerTreePage *self, guint position)
{
  if (viewer_tree_model_is_expanded (self->model, position))
    collapse (self, position);
  else
    expand (self, position);
}

/* Into: opens, or goes to the first below. */
static void
step_in (ViewerTreePage *self, guint position)
{
  if (viewer_tree_model_is_expanded (self->model, position))
    go_to (self, position + 1);
  else
    expand (self, position);
}

/* Out of: closes, or goes to the one above. */
static void
step_out (ViewerTreePage *self, guint position)
{
  ViewerResult *result = viewer_document_get_result (self->document);
  ProfNodeId    node = viewer_tree_model_node (self->model, position);
  guint         above;

  if (viewer_tree_model_is_expanded (self->model, position))
    {
      collapse (self, position);
      return;
    }
  above = viewer_tree_model_find (self->model,
                                  prof_tree_nodes (result->tree)[node].parent);
  if (above != G_MAXUINT)
    go_to (self, above);
}

static void
expand_subtree (ViewerTreePage *self, guint position)
{
  guint      at = selected_position (self);
  ProfNodeId node = viewer_tree_model_node (self->model, at);

  self->updating = TRUE;
  viewer_tree_model_expand_subtree (self->model, position);
  /* Rows are taken out and put back. */
  if (node != PROF_ID_NONE)
    viewer_rows_select (self->selection,
                        viewer_tree_model_find (self->model, node));
  self->updating = FALSE;
}

static void
expand_confirmed (AdwMessageDialog *dialog,
                  const char       *response,
                  ViewerTreePage   *self)
{
  ProfNodeId node = GPOINTER_TO_UINT (
      g_object_get_data (G_OBJECT (dialog), "node"));
  guint64      *serial = g_object_get_data (G_OBJECT (dialog), "serial");
  ViewerResult *result = viewer_document_get_result (self->document);
  guint         position;

  /* Numbers of nodes are those of one result. */
  if (g_strcmp0 (response, "expand") != 0 || result == NULL ||
      result->serial != *serial)
    return;
  position = viewer_tree_model_find (self->model, node);
  if (position != G_MAXUINT)
    expand_subtree (self, position);
}

static void
ask_to_expand (ViewerTreePage *self, guint position, guint n)
{
  ViewerResult *result = viewer_document_get_result (self->document);
  GtkWindow    *window = GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self)));
  g_autofree char *count = prof_unit_human (n, "count");
  g_autofree char *heading = g_strdup_printf (_ ("Expand %s Rows?"), count);
  GtkWidget       *dialog =
      adw_message_dialog_new (window,
                              heading,
                              _ ("Closing the row hides them again."));

  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (dialog),
                                    "cancel",
                                    _ ("_Cancel"),
                                    "expand",
                                    _ ("_Expand"),
                                    NULL);
  adw_message_dialog_set_default_response (ADW_MESSAGE_DIALOG (dialog),
                                           "expand");
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  g_object_set_data (G_OBJECT (dialog),
                     "node",
                     GUINT_TO_POINTER (
                         viewer_tree_model_node (self->model, position)));
  g_object_set_data_full (G_OBJECT (dialog),
                          "serial",
                          g_memdup2 (&result->serial, sizeof result->serial),
                          g_free);
  g_signal_connect_object (dialog,
                           "response",
                           G_CALLBACK (expand_confirmed),
                           self,
                           0);
  gtk_window_present (GTK_WINDOW (dialog));
}

void
viewer_tree_page_expand_subtree (ViewerTreePage *self)
{
  guint position, n;

  g_return_if_fail (VIEWER_IS_TREE_PAGE (self));

  position = selected_position (self);
  n = viewer_tree_model_subtree_size (self->model, position);
  if (n == viewer_tree_model_n_below (self->model, position))
    return;
  if (n > VIEWER_TREE_PAGE_MAX_ROWS)
    ask_to_expand (self, position, n);
  else
    expand_subtree (self, position);
}

/* Filling */

static int
width_of (ViewerTreeColumn column)
{
  if (viewer_tree_column_is_delta (column))
    return viewer_table_width (DELTA_WIDTH, DELTA_BAR_WIDTH);
  if (viewer_tree_column_is_compared (column))
    return viewer_table_width (SIDE_WIDTH, 0);
  if (viewer_tree_column_is_share (column))
    return viewer_table_width (VIEWER_TABLE_SHARE_WIDTH,
                               VIEWER_TABLE_BAR_WIDTH);
  return viewer_table_width (VIEWER_TABLE_VALUE_WIDTH, 0);
}

/* What is hidden would keep its fixed width free (GTK 4.8). */
static void
show_column (ViewerTreePage *self, ViewerTreeColumn column, gboolean shown)
{
  GtkColumnViewColumn *head = self->columns[column];

  if (gtk_column_view_column_get_visible (head) == shown)
    return;
  gtk_column_view_column_set_fixed_width (head, shown ? width_of (column) : -1);
  gtk_column_view_column_set_visible (head, shown);
}

/* With the leaves first, self is of stacks that begin there: not what the
 * column's name says. */
static void
show_columns (ViewerTreePage *self, const ViewerResult *result)
{
  gboolean leaf_first = (prof_tree_flags (result->tree) &
                         PROF_TREE_LEAF_FIRST) != 0;

  gboolean compared = result->changes != NULL;

  for (ViewerTreeColumn c = VIEWER_TREE_COLUMN_NAME + 1;
       c < VIEWER_TREE_N_COLUMNS;
       c++)
    show_column (self,
                 c,
                 viewer_tree_column_is_compared (c) == compared &&
                     !(leaf_first && viewer_tree_column_is_self (c)));
}

/* The end of the path that is open at first: the heaviest one; of a comparison, that
 * to what has changed most. */
static ProfNodeId
find_leaf (const ViewerResult *result)
{
  if (result->changes != NULL && result->n_rows > 0)
    return viewer_result_heaviest (result, result->rows[0].frame);
  return viewer_tree_heaviest_leaf (result);
}

/* (nullable): what rows are of. Those of a sketch would be taken away again while
 * somebody opens them. */
static ViewerResult *
shown_result (ViewerTreePage *self)
{
  double fraction;

  return viewer_document_is_completing (self->document, &fraction)
             ? NULL
             : viewer_document_get_result (self->document);
}

static void
fill (ViewerTreePage *self)
{
  ViewerResult *result = shown_result (self);
  ViewerResult *before = viewer_tree_model_get_result (self->model);
  gboolean      same = before != NULL && result != NULL &&
                  before->serial == result->serial;

  self->stale = FALSE;
  self->updating = TRUE;
  if (g_list_model_get_n_items (G_LIST_MODEL (self->model)) == 0)
    viewer_rows_begin (self->selection,
                       GTK_WIDGET (self->view),
                       rows_grown,
                       self);
  if (!same && viewer_document_get_result (self->document) != NULL)
    show_columns (self, viewer_document_get_result (self->document));
  if (result != NULL && !same)
    viewer_tree_model_set_open (self->model, result, find_leaf (result));
  else
    viewer_tree_model_set (self->model, result);
  self->updating = FALSE;
  /* Another search may have come meanwhile. */
  if (same)
    viewer_tree_model_refresh (self->model);
  if (result != NULL)
    show_selection (self);
}

static void
document_changed (ViewerTreePage *self, guint what)
{
  guint asking = VIEWER_CHANGED_RESULT | VIEWER_CHANGED_SEARCH |
                 VIEWER_CHANGED_SELECTION;

  if (!(what & asking) || self->updating)
    return;
  if (!gtk_widget_get_mapped (GTK_WIDGET (self)))
    self->stale = TRUE;
  else if (what & VIEWER_CHANGED_RESULT)
    fill (self);
  else
    {
      if (what & VIEWER_CHANGED_SEARCH)
        viewer_tree_model_refresh (self->model);
      if (shown_result (self) != NULL)
        show_selection (self);
    }
}

void
viewer_tree_page_set_document (ViewerTreePage *self, ViewerDocument *document)
{
  g_return_if_fail (VIEWER_IS_TREE_PAGE (self));

  g_set_object (&self->document, document);
  g_signal_connect_object (document,
                           "changed",
                           G_CALLBACK (document_changed),
                           self,
                           G_CONNECT_SWAPPED);
  self->stale = TRUE;
}

/* Text */

static void
copy_heads (ViewerTreePage *self, GString *out)
{
  for (ViewerTreeColumn c = 0; c < VIEWER_TREE_N_COLUMNS; c++)
    if (gtk_column_view_column_get_visible (self->columns[c]))
      g_string_append_printf (out,
                              "%s%s",
                              c > 0 ? "\t" : "",
                              viewer_tree_column_title (c));
  g_string_append_c (out, '\n');
}

/* Names are as far in as they are below the first row. */
static void
copy_row (ViewerTreePage *self,
          GString        *out,
          ViewerResult   *result,
          ProfNodeId      node,
          uint32_t        indent)
{
  for (uint32_t i = 0; i < indent; i++)
    g_string_append (out, "  ");
  for (ViewerTreeColumn c = 0; c < VIEWER_TREE_N_COLUMNS; c++)
    if (gtk_column_view_column_get_visible (self->columns[c]))
      {
        g_autofree char *text = viewer_tree_column_text (c, result, node);

        g_string_append_printf (out, "%s%s", c > 0 ? "\t" : "", text);
      }
  g_string_append_c (out, '\n');
}

char *
viewer_tree_page_copy_rows (ViewerTreePage *self)
{
  GString      *out = g_string_new (NULL);
  ViewerResult *result;
  guint         first, n;

  g_return_val_if_fail (VIEWER_IS_TREE_PAGE (self), NULL);

  result = viewer_tree_model_get_result (self->model);
  first = selected_position (self);
  n = viewer_tree_model_n_below (self->model, first) + 1;
  if (first == GTK_INVALID_LIST_POSITION)
    {
      first = 0;
      n = g_list_model_get_n_items (G_LIST_MODEL (self->model));
    }
  copy_heads (self, out);
  for (guint i = first; i < first + n; i++)
    copy_row (self,
              out,
              result,
              viewer_tree_model_node (self->model, i),
              viewer_tree_model_depth (self->model, i) -
                  viewer_tree_model_depth (self->model, first));
  return g_string_free (out, FALSE);
}

char *
viewer_tree_page_describe (ViewerTreePage *self)
{
  ViewerResult   *result = viewer_document_get_result (self->document);
  ViewerSelection selection = viewer_document_get_selection (self->document);

  if (result == NULL)
    return g_strdup ("");
  if (selection.node != PROF_ID_NONE)
    return viewer_text_status (result, selection.node, selection.end);
  if (shown_result (self) == NULL)
    return g_strdup (_ ("The call tree is being made"));

  gint64 n = (gint64)prof_tree_n_nodes (result->tree) - 1;
  guint  n_open = g_list_model_get_n_items (G_LIST_MODEL (self->model));
  g_autofree char *open = prof_unit_human (n_open, "count");
  g_autofree char *all = prof_unit_human (n, "count");

  return g_strdup_printf (_ ("Showing %s of %s rows"), open, all);
}

GtkColumnView *
viewer_tree_page_get_view (ViewerTreePage *self)
{
  return self->view;
}

ViewerTreeModel *
viewer_tree_page_get_model (ViewerTreePage *self)
{
  return self->model;
}

/* Keys and menu */

static void
activated (ViewerTreePage *self, guint position)
{
  toggle (self, position);
}

/* Before the list takes the arrows for moving between columns. */
static gboolean
key_pressed (ViewerTreePage *self, guint key, guint code, GdkModifierType state)
{
  GdkModifierType modifiers = state & (GDK_CONTROL_MASK | GDK_ALT_MASK);
  guint           position = selected_position (self);
  gboolean        rtl = gtk_widget_get_direction (GTK_WIDGET (self)) ==
                 GTK_TEXT_DIR_RTL;

  if (modifiers != 0 || position == GTK_INVALID_LIST_POSITION)
    return FALSE;
  switch (key)
    {
    case GDK_KEY_Right:
    case GDK_KEY_KP_Right:
      (rtl ? step_out : step_in) (self, position);
      return TRUE;
    case GDK_KEY_Left:
    case GDK_KEY_KP_Left:
      (rtl ? step_in : step_out) (self, position);
      return TRUE;
    case GDK_KEY_plus:
    case GDK_KEY_KP_Add:
      expand (self, position);
      return TRUE;
    case GDK_KEY_minus:
    case GDK_KEY_KP_Subtract:
      collapse (self, position);
      return TRUE;
    case GDK_KEY_asterisk:
    case GDK_KEY_KP_Multiply:
      viewer_tree_page_expand_subtree (self);
      return TRUE;
    default:
      return FALSE;
    }
}

static void
show_menu (ViewerTreePage *self, double x, double y)
{
  if (viewer_document_get_selection (self->document).node != PROF_ID_NONE)
    viewer_menus_show (GTK_WIDGET (self), &self->menu, "tree-row", x, y);
}

static void
menu_pressed (ViewerTreePage *self, int n_press, double x, double y)
{
  viewer_table_select_at (GTK_WIDGET (self), x, y);
  show_menu (self, x, y);
}

static gboolean
menu_by_key (GtkWidget *widget, GVariant *args, gpointer data)
{
  show_menu (VIEWER_TREE_PAGE (widget),
             gtk_widget_get_width (widget) / 3.,
             gtk_widget_get_height (widget) / 3.);
  return TRUE;
}

static void
bind_keys (GtkWidgetClass *widget_class)
{
  viewer_frame_keys_install (widget_class, "win.copy-rows");
  viewer_frame_keys_bind_menu (widget_class, menu_by_key);
}

/* Object */

static void
viewer_tree_page_map (GtkWidget *widget)
{
  ViewerTreePage *self = VIEWER_TREE_PAGE (widget);

  GTK_WIDGET_CLASS (viewer_tree_page_parent_class)->map (widget);
  if (self->stale && self->document != NULL)
    fill (self);
}

static gboolean
viewer_tree_page_grab_focus (GtkWidget *widget)
{
  ViewerTreePage *self = VIEWER_TREE_PAGE (widget);

  if (selected_position (self) != GTK_INVALID_LIST_POSITION)
    viewer_table_scroll_to_selection (self->view, TRUE);
  return gtk_widget_grab_focus (GTK_WIDGET (self->view));
}

static void
viewer_tree_page_dispose (GObject *object)
{
  ViewerTreePage *self = VIEWER_TREE_PAGE (object);
  GtkWidget      *child;

  g_clear_pointer (&self->menu, gtk_widget_unparent);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);
  g_clear_object (&self->selection);
  g_clear_object (&self->model);
  g_clear_object (&self->document);
  G_OBJECT_CLASS (viewer_tree_page_parent_class)->dispose (object);
}

static void
viewer_tree_page_class_init (ViewerTreePageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = viewer_tree_page_dispose;
  widget_class->map = viewer_tree_page_map;
  widget_class->grab_focus = viewer_tree_page_grab_focus;
  gtk_widget_class_set_template_from_resource (
      widget_class,
      "/org/libprof/Flambeau/ui/viewer-tree-page.ui");
  gtk_widget_class_bind_template_child (widget_class, ViewerTreePage, view);
  gtk_widget_class_bind_template_callback (widget_class, activated);
  bind_keys (widget_class);
}

static void
add_column (ViewerTreePage *self, ViewerTreeColumn id)
{
  self->columns[id] = viewer_table_add_column (self->view,
                                               viewer_tree_column_title (id),
                                               id == VIEWER_TREE_COLUMN_NAME
                                                   ? -1
                                                   : width_of (id),
                                               self,
                                               (int)id,
                                               make_cell,
                                               fill_cell);
}

static void
add_controllers (ViewerTreePage *self)
{
  GtkEventController *keys = gtk_event_controller_key_new ();
  GtkGesture         *click = gtk_gesture_click_new ();

  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect_swapped (keys,
                            "key-pressed",
                            G_CALLBACK (key_pressed),
                            self);
  gtk_widget_add_controller (GTK_WIDGET (self->view), keys);
  gtk_gesture_single_set_button (GTK_GESTURE_SINGLE (click),
                                 GDK_BUTTON_SECONDARY);
  g_signal_connect_swapped (click, "pressed", G_CALLBACK (menu_pressed), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (click));
}

static void
viewer_tree_page_init (ViewerTreePage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->model = viewer_tree_model_new ();
  self->selection = viewer_rows_new (G_LIST_MODEL (self->model));
  g_signal_connect_object (self->selection,
                           "notify::selected",
                           G_CALLBACK (selected),
                           self,
                           G_CONNECT_SWAPPED);
  for (ViewerTreeColumn c = 0; c < VIEWER_TREE_N_COLUMNS; c++)
    add_column (self, c);
  viewer_table_align_heads (self->view, 1);
  gtk_column_view_set_model (self->view, GTK_SELECTION_MODEL (self->selection));
  viewer_table_begin_at_first (self->view);
  add_controllers (self);
}
