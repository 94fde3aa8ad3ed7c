/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "viewer-top-page.h"

#include "viewer-frame-keys.h"
#include "viewer-menus.h"
#include "viewer-rows.h"
#include "viewer-settings.h"
#include "viewer-table.h"
#include "viewer-text.h"
#include "viewer-tip.h"
#include "viewer-top-column.h"
#include "viewer-top-model.h"
#include "viewer-top-row.h"
#include <glib/gi18n.h>

#define MIN_NAME   180
#define TEXT_WIDTH 150

/* A comparison has more columns. */
#define SIDE_WIDTH      92
#define DELTA_WIDTH     138
#define DELTA_BAR_WIDTH 48

/* What a width that was stored may be. */
#define MIN_WIDTH 20
#define MAX_WIDTH 4000

/* Beside the sandwich there is less room. */
#define PICKER_MIN_NAME    80
#define PICKER_BAR_WIDTH   34
#define PICKER_VALUE_WIDTH 82
#define PICKER_SHARE_WIDTH 108

struct _ViewerTopPage
{
  GtkWidget parent_instance;

  /* Children, of the template */
  GtkColumnView *view;
  GtkWidget     *stack; /* table, or that nothing matches */
  GtkWidget     *menu;

  GtkColumnViewColumn *columns[VIEWER_TOP_N_COLUMNS]; /* NULL: not here */
  int      widths[VIEWER_TOP_N_COLUMNS]; /* px when shown; -1: as it comes */
  gboolean placing;                      /* a width is being set by us */
  GSimpleActionGroup *column_actions; /* which are shown; NULL for the picker */
  ViewerDocument     *document;
  ViewerTopModel     *model;
  GtkSingleSelection *selection;

  gboolean        is_picker; /* chooses what is in the middle of the sandwich */
  int             probed;    /* which column's sorter was asked first */
  gboolean        compared;  /* whether columns are those of a comparison */
  ViewerTopColumn sorted;    /* by which column */
  gboolean        sorted_descending; /* at the start */
  gboolean        updating;          /* the selection is being set by us */
  gboolean        stale;             /* to be filled when shown */
  int64_t         largest[2]; /* flat and cum: what bars are measured by */
};

enum
{
  PROP_0,
  PROP_PICKER,
};

G_DEFINE_FINAL_TYPE (ViewerTopPage, viewer_top_page, GTK_TYPE_WIDGET)

/* Sorting. The model sorts; the columns' sorters are only for the arrows in
 * their heads. GTK 4.8 does not tell which column and direction were chosen, but
 * its sorter gives it away when it is asked to compare. */

typedef struct
{
  ViewerTopPage  *page;
  ViewerTopColumn column;
} Probe;

static int
probe_column (gconstpointer a, gconstpointer b, gpointer data)
{
  Probe *probe = data;

  if (probe->page->probed < 0)
    probe->page->probed = (int)probe->column;
  return -1;
}

static void show_selection (ViewerTopPage *self);

/* The picker has an order of its own, which is not kept, and so has a comparison:
 * it begins with what has changed most. */
static void
remember_order (ViewerTopPage *self, gboolean descending)
{
  if (!self->is_picker && !self->compared)
    viewer_settings_set ("top-order",
                         g_variant_new ("(sb)",
                                        viewer_top_column_name (self->sorted),
                                        descending));
}

static void
sorter_changed (ViewerTopPage *self)
{
  GtkSorter          *sorter = gtk_column_view_get_sorter (self->view);
  g_autoptr (GObject) one = g_object_new (G_TYPE_OBJECT, NULL);
  g_autoptr (GObject) other = g_object_new (G_TYPE_OBJECT, NULL);

  self->probed = -1;
  GtkOrdering ordering = gtk_sorter_compare (sorter, one, other);

  if (self->probed < 0)
    return;

  ViewerTopColumn column = (ViewerTopColumn)self->probed;
  gboolean        descending = ordering == GTK_ORDERING_LARGER;
  gboolean        first_time = column != self->sorted;

  self->sorted = column;
  /* Numbers are asked for from the largest down. */
  if (first_time && !viewer_top_column_is_text (column) && !descending)
    {
      gtk_column_view_sort_by_column (self->view,
                                      self->columns[column],
                                      GTK_SORT_DESCENDING);
      return;
    }
  self->updating = TRUE;
  viewer_top_model_sort (self->model,
                         viewer_top_column_key (column),
                         descending);
  self->updating = FALSE;
  remember_order (self, descending);
  show_selection (self);
}

/* Cells */

typedef void (*Fill) (ViewerTopPage  *self,
                      ViewerTopColumn column,
                      GtkWidget      *cell,
                      ViewerTopRow   *row);

static GtkWidget *
make_name (ViewerTopPage *self)
{
  GtkWidget *cell = viewer_table_make_name ();

  gtk_widget_set_size_request (cell,
                               self->is_picker ? PICKER_MIN_NAME : MIN_NAME,
                               -1);
  return cell;
}

static void
fill_name (ViewerTopPage  *self,
           ViewerTopColumn column,
           GtkWidget      *cell,
           ViewerTopRow   *row)
{
  const ProfTopRow *values = viewer_top_row_get (row);

  viewer_table_fill_name (cell,
                          viewer_top_row_get_result (row),
                          values->frame,
                          self->is_picker ? PROF_INLINED_NEVER
                                          : values->inlined);
}

static GtkWidget *
make_value (ViewerTopPage *self)
{
  return viewer_table_make_value ();
}

static void
fill_value (ViewerTopPage  *self,
            ViewerTopColumn column,
            GtkWidget      *cell,
            ViewerTopRow   *row)
{
  g_autofree char *text = viewer_top_column_text (column, row);

  viewer_table_fill_value (cell, text);
}

static GtkWidget *
make_text (ViewerTopPage *self)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_MIDDLE);
  gtk_widget_add_css_class (label, "dim");
  return label;
}

/* Whole in the tooltip, as the start may be cut. */
static void
fill_text (ViewerTopPage  *self,
           ViewerTopColumn column,
           GtkWidget      *cell,
           ViewerTopRow   *row)
{
  g_autofree char *text = viewer_top_column_text (column, row);

  viewer_table_fill_value (cell, text);
  viewer_tip_set (cell, text);
}

static GtkWidget *
make_share (ViewerTopPage *self)
{
  return viewer_table_make_share (self->is_picker ? PICKER_BAR_WIDTH
                                                  : VIEWER_TABLE_BAR_WIDTH);
}

static GtkWidget *
make_delta (ViewerTopPage *self)
{
  return viewer_table_make_share (self->is_picker ? PICKER_BAR_WIDTH
                                                  : DELTA_BAR_WIDTH);
}

static char *
share_text (ViewerTopPage *self, ViewerResult *result, int64_t value)
{
  return self->is_picker
             ? prof_unit_human_percentage ((double)value, (double)result->total)
             : viewer_text_percent (result, value);
}

static void
fill_share (ViewerTopPage  *self,
            ViewerTopColumn column,
            GtkWidget      *cell,
            ViewerTopRow   *row)
{
  int64_t value = viewer_top_column_value (column, row);
  int64_t largest = self->largest[column != VIEWER_TOP_COLUMN_FLAT_SHARE];
  g_autofree char *text = share_text (self,
                                      viewer_top_row_get_result (row),
                                      value);

  viewer_table_fill_share (cell, viewer_table_share (value, largest), text);
}

static void
fill_delta (ViewerTopPage  *self,
            ViewerTopColumn column,
            GtkWidget      *cell,
            ViewerTopRow   *row)
{
  int64_t value = viewer_top_column_value (column, row);
  int64_t largest = self->largest[column != VIEWER_TOP_COLUMN_FLAT_DELTA];
  g_autofree char *text = viewer_top_column_text (column, row);

  viewer_table_fill_delta (cell,
                           viewer_table_share (value, largest),
                           value,
                           text);
}

static const struct
{
  GtkWidget *(*make) (ViewerTopPage *self);
  Fill fill;
} cell_kinds[VIEWER_TOP_N_COLUMNS] = {
  [VIEWER_TOP_COLUMN_FUNCTION] = { make_name, fill_name },
  [VIEWER_TOP_COLUMN_PACKAGE] = { make_text, fill_text },
  [VIEWER_TOP_COLUMN_FILE] = { make_text, fill_text },
  [VIEWER_TOP_COLUMN_SUM_SHARE] = { make_value, fill_value },
  [VIEWER_TOP_COLUMN_SAMPLES] = { make_value, fill_value },
  [VIEWER_TOP_COLUMN_FLAT] = { make_value, fill_value },
  [VIEWER_TOP_COLUMN_FLAT_SHARE] = { make_share, fill_share },
  [VIEWER_TOP_COLUMN_CUM] = { make_value, fill_value },
  [VIEWER_TOP_COLUMN_CUM_SHARE] = { make_share, fill_share },
  [VIEWER_TOP_COLUMN_FLAT_BEFORE] = { make_value, fill_value },
  [VIEWER_TOP_COLUMN_FLAT_NOW] = { make_value, fill_value },
  [VIEWER_TOP_COLUMN_FLAT_DELTA] = { make_delta, fill_delta },
  [VIEWER_TOP_COLUMN_FLAT_CHANGE] = { make_value, fill_value },
  [VIEWER_TOP_COLUMN_CUM_BEFORE] = { make_value, fill_value },
  [VIEWER_TOP_COLUMN_CUM_NOW] = { make_value, fill_value },
  [VIEWER_TOP_COLUMN_CUM_DELTA] = { make_delta, fill_delta },
  [VIEWER_TOP_COLUMN_CUM_CHANGE] = { make_value, fill_value },
};

static void
fill_cell (ViewerTableSlot *slot, GtkListItem *item)
{
  cell_kinds[slot->column].fill (slot->page,
                                 (ViewerTopColumn)slot->column,
                                 gtk_list_item_get_child (item),
                                 gtk_list_item_get_item (item));
}

static void
make_cell (ViewerTableSlot *slot, GtkListItem *item)
{
  gtk_list_item_set_child (item, cell_kinds[slot->column].make (slot->page));
}

/* Selection */

static void
show_selection (ViewerTopPage *self)
{
  ProfFrameId frame = self->is_picker
                          ? viewer_document_get_center (self->document)
                          : viewer_document_get_selection (self->document)
                                .frame;
  guint       position = viewer_top_model_find (self->model, frame);

  if (gtk_single_selection_get_selected (self->selection) == position ||
      viewer_rows_awaits (self->selection, position))
    return;
  self->updating = TRUE;
  viewer_rows_select (self->selection,
                      position == G_MAXUINT ? GTK_INVALID_LIST_POSITION
                                            : position);
  self->updating = FALSE;
  if (position != G_MAXUINT)
    viewer_table_scroll_to_selection (self->view, FALSE);
}

/* Rows also grow while nobody looks, and what is selected may then be of a result
 * that the rows are not of. */
static void
rows_grown (gpointer page)
{
  ViewerTopPage *self = page;

  if (!self->stale)
    show_selection (self);
}

static void
selected (ViewerTopPage *self)
{
  ViewerTopRow *row = gtk_single_selection_get_selected_item (self->selection);

  if (self->updating || row == NULL)
    return;
  if (self->is_picker)
    viewer_document_set_center (self->document,
                                viewer_top_row_get (row)->frame,
                                true);
  else
    viewer_document_select_frame (self->document,
                                  viewer_top_row_get (row)->frame);
}

static void
activated (ViewerTopPage *self, guint position)
{
  /* Of the picker it is there already. */
  if (!self->is_picker)
    gtk_widget_activate_action (GTK_WIDGET (self), "win.view", "s", "sandwich");
}

/* Filling */

static void
find_largest (ViewerTopPage *self, const ViewerResult *result)
{
  const ProfTopRow *rows = result->rows;

  self->largest[0] = self->largest[1] = 0;
  for (size_t i = 0; i < result->n_rows; i++)
    {
      self->largest[0] = MAX (self->largest[0], ABS (rows[i].flat));
      self->largest[1] = MAX (self->largest[1], ABS (rows[i].cum));
    }
}

static void follow_mode (ViewerTopPage *self, gboolean compared);

static void
fill (ViewerTopPage *self)
{
  ViewerResult *result = viewer_document_get_result (self->document);

  self->stale = FALSE;
  if (result != NULL)
    follow_mode (self, result->changes != NULL);
  self->updating = TRUE;
  if (result != NULL)
    find_largest (self, result);
  if (g_list_model_get_n_items (G_LIST_MODEL (self->model)) == 0)
    viewer_rows_begin (self->selection,
                       GTK_WIDGET (self->view),
                       rows_grown,
                       self);
  viewer_top_model_set (self->model,
                        result,
                        viewer_document_get_search (self->document));
  self->updating = FALSE;
  gtk_stack_set_visible_child_name (GTK_STACK (self->stack),
                                    g_list_model_get_n_items (
                                        G_LIST_MODEL (self->model)) > 0
                                        ? "table"
                                        : "empty");
  show_selection (self);
}

static void
document_changed (ViewerTopPage *self, guint what)
{
  guint filling = VIEWER_CHANGED_RESULT | VIEWER_CHANGED_SEARCH;
  guint selecting = self->is_picker ? VIEWER_CHANGED_CENTER
                                    : VIEWER_CHANGED_SELECTION;

  if (!(what & (filling | selecting)))
    return;
  if (!gtk_widget_get_mapped (GTK_WIDGET (self)))
    self->stale = TRUE;
  else if (what & filling)
    fill (self);
  else
    show_selection (self);
}

void
viewer_top_page_set_document (ViewerTopPage *self, ViewerDocument *document)
{
  g_return_if_fail (VIEWER_IS_TOP_PAGE (self));

  g_set_object (&self->document, document);
  g_signal_connect_object (document,
                           "changed",
                           G_CALLBACK (document_changed),
                           self,
                           G_CONNECT_SWAPPED);
  self->stale = TRUE;
}

char *
viewer_top_page_describe (ViewerTopPage *self)
{
  ViewerResult *result = viewer_document_get_result (self->document);

  if (result == NULL)
    return g_strdup ("");

  guint            n = g_list_model_get_n_items (G_LIST_MODEL (self->model));
  size_t           n_all = result->n_rows;
  g_autofree char *shown = prof_unit_human (n, "count");
  g_autofree char *all = prof_unit_human ((int64_t)n_all, "count");

  if (n == n_all)
    return g_strdup_printf (g_dngettext (NULL,
                                         "%s function",
                                         "%s functions",
                                         (gulong)n_all),
                            all);
  return g_strdup_printf (_ ("Showing %s of %s functions"), shown, all);
}

static void
copy_row (ViewerTopPage *self, GString *out, ViewerTopRow *row)
{
  for (int c = 0; c < VIEWER_TOP_N_COLUMNS; c++)
    {
      ViewerTopColumn  column = (ViewerTopColumn)c;
      g_autofree char *text = NULL;

      if (!gtk_column_view_column_get_visible (self->columns[c]))
        continue;
      text = row != NULL ? viewer_top_column_text (column, row)
                         : g_strdup (viewer_top_column_title (column));
      /* One row is one line. */
      g_strdelimit (text, "\t\n\r", ' ');
      g_string_append_printf (out, "%s%s", c > 0 ? "\t" : "", text);
    }
  g_string_append_c (out, '\n');
}

char *
viewer_top_page_copy_rows (ViewerTopPage *self, gboolean all)
{
  GListModel *rows = G_LIST_MODEL (self->model);
  guint       selected;
  GString    *out = g_string_new (NULL);

  g_return_val_if_fail (VIEWER_IS_TOP_PAGE (self), NULL);

  selected = gtk_single_selection_get_selected (self->selection);
  copy_row (self, out, NULL);
  for (guint i = 0; i < g_list_model_get_n_items (rows); i++)
    {
      g_autoptr (ViewerTopRow) row = NULL;

      if (!all && selected != GTK_INVALID_LIST_POSITION && selected != i)
        continue;
      row = g_list_model_get_item (rows, i);
      copy_row (self, out, row);
    }
  return g_string_free (out, FALSE);
}

GtkColumnView *
viewer_top_page_get_view (ViewerTopPage *self)
{
  return self->view;
}

/* Menu */

static void
show_menu (ViewerTopPage *self, double x, double y)
{
  if (viewer_document_get_selection (self->document).frame == PROF_ID_NONE)
    return;
  viewer_menus_show (GTK_WIDGET (self), &self->menu, "top-row", x, y);
}

static void
menu_pressed (ViewerTopPage *self, int n_press, double x, double y)
{
  /* Heads have a menu of their own. */
  if (viewer_table_row_at (GTK_WIDGET (self), x, y) == NULL)
    return;
  viewer_table_select_at (GTK_WIDGET (self), x, y);
  show_menu (self, x, y);
}

static gboolean
menu_by_key (GtkWidget *widget, GVariant *args, gpointer data)
{
  show_menu (VIEWER_TOP_PAGE (widget),
             gtk_widget_get_width (widget) / 3.,
             gtk_widget_get_height (widget) / 3.);
  return TRUE;
}

/* Object */

static void
viewer_top_page_map (GtkWidget *widget)
{
  ViewerTopPage *self = VIEWER_TOP_PAGE (widget);

  GTK_WIDGET_CLASS (viewer_top_page_parent_class)->map (widget);
  if (self->stale && self->document != NULL)
    fill (self);
}

static gboolean
viewer_top_page_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (GTK_WIDGET (VIEWER_TOP_PAGE (widget)->view));
}

static void
viewer_top_page_dispose (GObject *object)
{
  ViewerTopPage *self = VIEWER_TOP_PAGE (object);
  GtkWidget     *child;

  g_clear_pointer (&self->menu, gtk_widget_unparent);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);
  g_clear_object (&self->column_actions);
  g_clear_object (&self->selection);
  g_clear_object (&self->model);
  g_clear_object (&self->document);
  G_OBJECT_CLASS (viewer_top_page_parent_class)->dispose (object);
}

static void
bind_keys (GtkWidgetClass *widget_class)
{
  viewer_frame_keys_install (widget_class, "win.copy-rows");
  viewer_frame_keys_bind_menu (widget_class, menu_by_key);
}

static gboolean
has_bar (ViewerTopColumn id)
{
  return id == VIEWER_TOP_COLUMN_FLAT_SHARE ||
         id == VIEWER_TOP_COLUMN_CUM_SHARE || viewer_top_column_is_delta (id);
}

static int
width_of (const ViewerTopPage *self, ViewerTopColumn id)
{
  if (self->is_picker)
    return has_bar (id)
               ? viewer_table_width (PICKER_SHARE_WIDTH, PICKER_BAR_WIDTH)
               : viewer_table_width (PICKER_VALUE_WIDTH, 0);
  if (id >= VIEWER_TOP_COLUMN_FLAT_BEFORE)
    return has_bar (id) ? viewer_table_width (DELTA_WIDTH, DELTA_BAR_WIDTH)
                        : viewer_table_width (SIDE_WIDTH, 0);
  if (viewer_top_column_is_text (id))
    return viewer_table_width (TEXT_WIDTH, 0);
  return has_bar (id) ? viewer_table_width (VIEWER_TABLE_SHARE_WIDTH,
                                            VIEWER_TABLE_BAR_WIDTH)
                      : viewer_table_width (VIEWER_TABLE_VALUE_WIDTH, 0);
}

static void
add_column (ViewerTopPage *self, ViewerTopColumn id, const char *title)
{
  Probe                *probe = g_new0 (Probe, 1);
  g_autoptr (GtkSorter) sorter = GTK_SORTER (
      gtk_custom_sorter_new (probe_column, probe, g_free));

  probe->page = self;
  probe->column = id;
  self->widths[id] = id != VIEWER_TOP_COLUMN_FUNCTION ? width_of (self, id)
                                                      : -1;
  self->columns[id] = viewer_table_add_column (self->view,
                                               title,
                                               self->widths[id],
                                               self,
                                               (int)id,
                                               make_cell,
                                               fill_cell);
  gtk_column_view_column_set_sorter (self->columns[id], sorter);
}

/* The columns of the picker never change. */
static gboolean
is_in_picker (ViewerTopColumn column)
{
  return column == VIEWER_TOP_COLUMN_FUNCTION ||
         column == VIEWER_TOP_COLUMN_FLAT ||
         column == VIEWER_TOP_COLUMN_CUM_SHARE ||
         column == VIEWER_TOP_COLUMN_FLAT_DELTA ||
         column == VIEWER_TOP_COLUMN_CUM_CHANGE;
}

static void
add_columns (ViewerTopPage *self)
{
  for (int c = 0; c < VIEWER_TOP_N_COLUMNS; c++)
    if (!self->is_picker || is_in_picker ((ViewerTopColumn)c))
      add_column (self,
                  (ViewerTopColumn)c,
                  viewer_top_column_title ((ViewerTopColumn)c));
}

/* Which columns there are, and how wide */

static gboolean
is_named (GVariant *names, const char *name)
{
  g_autofree const char **list = g_variant_get_strv (names, NULL);

  return g_strv_contains (list, name);
}

/* What is hidden would keep its fixed width free (GTK 4.8). */
static void
show_column (ViewerTopPage *self, ViewerTopColumn column, gboolean shown)
{
  self->placing = TRUE;
  gtk_column_view_column_set_fixed_width (self->columns[column],
                                          shown ? self->widths[column] : -1);
  gtk_column_view_column_set_visible (self->columns[column], shown);
  self->placing = FALSE;
}

static const char *
columns_key (const ViewerTopPage *self)
{
  return self->compared ? "top-compared-columns" : "top-columns";
}

/* A function without a name is nothing, so that column stays. */
static void
follow_columns (ViewerTopPage *self)
{
  g_autoptr (GVariant) names = viewer_settings_get (columns_key (self));

  for (int c = VIEWER_TOP_COLUMN_FUNCTION + 1; c < VIEWER_TOP_N_COLUMNS; c++)
    {
      const char *name = viewer_top_column_name ((ViewerTopColumn)c);
      gboolean    shown = is_named (names, name) &&
                       viewer_top_column_fits ((ViewerTopColumn)c,
                                               self->compared);

      show_column (self, (ViewerTopColumn)c, shown);
      g_action_group_change_action_state (G_ACTION_GROUP (self->column_actions),
                                          name,
                                          g_variant_new_boolean (shown));
    }
}

static void
store_columns (ViewerTopPage *self)
{
  GVariantBuilder names;

  g_variant_builder_init (&names, G_VARIANT_TYPE_STRING_ARRAY);
  for (int c = VIEWER_TOP_COLUMN_FUNCTION + 1; c < VIEWER_TOP_N_COLUMNS; c++)
    if (gtk_column_view_column_get_visible (self->columns[c]))
      g_variant_builder_add (&names,
                             "s",
                             viewer_top_column_name ((ViewerTopColumn)c));
  viewer_settings_set (columns_key (self), g_variant_builder_end (&names));
}

static void
change_column (GSimpleAction *action, GVariant *state, gpointer data)
{
  ViewerTopPage       *self = data;
  g_autoptr (GVariant) old = g_action_get_state (G_ACTION (action));
  ViewerTopColumn      column;

  if (g_variant_equal (old, state) ||
      !viewer_top_column_find (g_action_get_name (G_ACTION (action)), &column))
    return;
  g_simple_action_set_state (action, state);
  if (gtk_column_view_column_get_visible (self->columns[column]) ==
      g_variant_get_boolean (state))
    return;
  show_column (self, column, g_variant_get_boolean (state));
  store_columns (self);
}

static void
store_width_of (GtkColumnViewColumn *head,
                GParamSpec          *pspec,
                ViewerTopPage       *self)
{
  g_autoptr (GVariant) old = NULL;
  GVariantDict         dict;
  int                  column = 0;

  if (self->placing || !gtk_column_view_column_get_visible (head))
    return;
  while (self->columns[column] != head)
    column++;
  self->widths[column] = gtk_column_view_column_get_fixed_width (head);
  old = viewer_settings_get ("top-widths");
  g_variant_dict_init (&dict, old);
  g_variant_dict_insert (&dict,
                         viewer_top_column_name ((ViewerTopColumn)column),
                         "i",
                         self->widths[column]);
  viewer_settings_set ("top-widths", g_variant_dict_end (&dict));
}

static void
load_widths (ViewerTopPage *self)
{
  g_autoptr (GVariant) stored = viewer_settings_get ("top-widths");

  for (int c = 0; c < VIEWER_TOP_N_COLUMNS; c++)
    {
      const char *name = viewer_top_column_name ((ViewerTopColumn)c);
      int         width;

      if (g_variant_lookup (stored, name, "i", &width) && width >= MIN_WIDTH &&
          width <= MAX_WIDTH)
        self->widths[c] = width;
      gtk_column_view_column_set_fixed_width (self->columns[c],
                                              self->widths[c]);
      g_signal_connect_object (self->columns[c],
                               "notify::fixed-width",
                               G_CALLBACK (store_width_of),
                               self,
                               0);
    }
}

/* The menu of every head: which columns there can be. */
static void
set_column_menu (ViewerTopPage *self)
{
  g_autoptr (GMenu) menu = g_menu_new ();

  for (int c = VIEWER_TOP_COLUMN_FUNCTION + 1; c < VIEWER_TOP_N_COLUMNS; c++)
    {
      const char      *name = viewer_top_column_name ((ViewerTopColumn)c);
      g_autofree char *detailed = g_strconcat ("columns.", name, NULL);

      if (viewer_top_column_fits ((ViewerTopColumn)c, self->compared))
        g_menu_append (menu,
                       viewer_top_column_title ((ViewerTopColumn)c),
                       detailed);
    }
  for (int c = 0; c < VIEWER_TOP_N_COLUMNS; c++)
    gtk_column_view_column_set_header_menu (self->columns[c],
                                            G_MENU_MODEL (menu));
}

static void
add_column_actions (ViewerTopPage *self)
{
  self->column_actions = g_simple_action_group_new ();
  for (int c = VIEWER_TOP_COLUMN_FUNCTION + 1; c < VIEWER_TOP_N_COLUMNS; c++)
    {
      const char *name = viewer_top_column_name ((ViewerTopColumn)c);
      g_autoptr (GSimpleAction) action =
          g_simple_action_new_stateful (name,
                                        NULL,
                                        g_variant_new_boolean (TRUE));

      g_signal_connect (action,
                        "change-state",
                        G_CALLBACK (change_column),
                        self);
      g_action_map_add_action (G_ACTION_MAP (self->column_actions),
                               G_ACTION (action));
    }
  gtk_widget_insert_action_group (GTK_WIDGET (self),
                                  "columns",
                                  G_ACTION_GROUP (self->column_actions));
}

static void
load_order (ViewerTopPage *self)
{
  g_autoptr (GVariant) order = viewer_settings_get ("top-order");
  const char          *name;
  gboolean             descending;

  g_variant_get (order, "(&sb)", &name, &descending);
  if (viewer_top_column_find (name, &self->sorted))
    self->sorted_descending = descending;
}

static void
remember_columns (ViewerTopPage *self)
{
  add_column_actions (self);
  set_column_menu (self);
  load_widths (self);
  follow_columns (self);
  viewer_settings_watch ("top-columns", G_CALLBACK (follow_columns), self);
  viewer_settings_watch ("top-compared-columns",
                         G_CALLBACK (follow_columns),
                         self);
}

/* The picker is read from what is worth a look down, the table from what takes
 * the time; either from what has changed most. */
static void
choose_order (ViewerTopPage *self)
{
  self->sorted_descending = TRUE;
  if (self->compared)
    self->sorted = VIEWER_TOP_COLUMN_FLAT_DELTA;
  else if (self->is_picker)
    self->sorted = VIEWER_TOP_COLUMN_CUM_SHARE;
  else
    {
      self->sorted = VIEWER_TOP_COLUMN_FLAT;
      load_order (self);
    }
}

static void
show_picker_columns (ViewerTopPage *self)
{
  for (int c = VIEWER_TOP_COLUMN_FUNCTION + 1; c < VIEWER_TOP_N_COLUMNS; c++)
    if (self->columns[c] != NULL)
      show_column (self,
                   (ViewerTopColumn)c,
                   viewer_top_column_fits ((ViewerTopColumn)c, self->compared));
}

/* A comparison has columns and an order of its own. */
static void
follow_mode (ViewerTopPage *self, gboolean compared)
{
  if (self->compared == compared)
    return;
  self->compared = compared;
  if (self->is_picker)
    show_picker_columns (self);
  else
    {
      set_column_menu (self);
      follow_columns (self);
    }
  choose_order (self);
  viewer_top_model_sort (self->model,
                         viewer_top_column_key (self->sorted),
                         self->sorted_descending);
  gtk_column_view_sort_by_column (self->view,
                                  self->columns[self->sorted],
                                  self->sorted_descending ? GTK_SORT_DESCENDING
                                                          : GTK_SORT_ASCENDING);
}

static void
viewer_top_page_constructed (GObject *object)
{
  ViewerTopPage *self = VIEWER_TOP_PAGE (object);

  G_OBJECT_CLASS (viewer_top_page_parent_class)->constructed (object);
  add_columns (self);
  viewer_table_align_heads (self->view,
                            self->is_picker ? 1 : VIEWER_TOP_COLUMN_FILE + 1);
  if (self->is_picker)
    show_picker_columns (self);
  else
    remember_columns (self);
  choose_order (self);
  viewer_top_model_sort (self->model,
                         viewer_top_column_key (self->sorted),
                         self->sorted_descending);
  gtk_column_view_sort_by_column (self->view,
                                  self->columns[self->sorted],
                                  self->sorted_descending ? GTK_SORT_DESCENDING
                                                          : GTK_SORT_ASCENDING);
  g_signal_connect_object (gtk_column_view_get_sorter (self->view),
                           "changed",
                           G_CALLBACK (sorter_changed),
                           self,
                           G_CONNECT_SWAPPED);
  gtk_column_view_set_model (self->view, GTK_SELECTION_MODEL (self->selection));
  viewer_table_begin_at_first (self->view);
}

static void
viewer_top_page_set_property (GObject      *object,
                              guint         id,
                              const GValue *value,
                              GParamSpec   *pspec)
{
  if (id == PROP_PICKER)
    VIEWER_TOP_PAGE (object)->is_picker = g_value_get_boolean (value);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
viewer_top_page_class_init (ViewerTopPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  GObjectClass   *object_class = G_OBJECT_CLASS (klass);

  object_class->constructed = viewer_top_page_constructed;
  object_class->set_property = viewer_top_page_set_property;
  object_class->dispose = viewer_top_page_dispose;
  widget_class->map = viewer_top_page_map;
  widget_class->grab_focus = viewer_top_page_grab_focus;
  g_object_class_install_property (
      object_class,
      PROP_PICKER,
      g_param_spec_boolean ("picker",
                            NULL,
                            NULL,
                            FALSE,
                            G_PARAM_WRITABLE | G_PARAM_CONSTRUCT_ONLY |
                                G_PARAM_STATIC_STRINGS));
  gtk_widget_class_set_template_from_resource (
      widget_class,
      "/org/libprof/Flambeau/ui/viewer-top-page.ui");
  gtk_widget_class_bind_template_child (widget_class, ViewerTopPage, view);
  gtk_widget_class_bind_template_child (widget_class, ViewerTopPage, stack);
  gtk_widget_class_bind_template_callback (widget_class, activated);
  bind_keys (widget_class);
}

static void
viewer_top_page_init (ViewerTopPage *self)
{
  GtkEventController *click;

  gtk_widget_init_template (GTK_WIDGET (self));
  self->model = viewer_top_model_new ();
  self->selection = viewer_rows_new (G_LIST_MODEL (self->model));
  g_signal_connect_object (self->selection,
                           "notify::selected",
                           G_CALLBACK (selected),
                           self,
                           G_CONNECT_SWAPPED);

  click = GTK_EVENT_CONTROLLER (gtk_gesture_click_new ());
  gtk_gesture_single_set_button (GTK_GESTURE_SINGLE (click),
                                 GDK_BUTTON_SECONDARY);
  g_signal_connect_swapped (click, "pressed", G_CALLBACK (menu_pressed), self);
  gtk_widget_add_controller (GTK_WIDGET (self), click);
}
