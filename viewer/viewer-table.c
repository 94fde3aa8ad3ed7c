/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "viewer-table.h"

#include "viewer-bar.h"
#include "viewer-name-layout.h"
#include "viewer-name.h"
#include "viewer-panel-row.h"
#include "viewer-rows.h"
#include "viewer-swatch.h"
#include "viewer-tip.h"
#include <glib/gi18n.h>

#define BAR_HEIGHT 16

#define USUAL_DPI (96 * 1024)

int
viewer_table_width (int px, int bar)
{
  int dpi = USUAL_DPI;

  g_object_get (gtk_settings_get_default (), "gtk-xft-dpi", &dpi, NULL);
  /* Headings do not get narrower. */
  return (int)((gint64)(px - bar) * MAX (dpi, USUAL_DPI) / USUAL_DPI) + bar;
}

/* Columns */

#define SLOT "viewer-table-slot"

typedef struct
{
  ViewerTableSlot slot;
  ViewerTableFunc make;
  ViewerTableFunc fill;
} Cells;

static void
free_cells (gpointer cells, GClosure *closure)
{
  g_free (cells);
}

static void
row_changed (GObject *row, GtkListItem *item)
{
  /* The slot is the first member. */
  Cells *cells = (Cells *)viewer_table_slot (item);

  cells->fill (&cells->slot, item);
}

static void
set_up_cell (Cells *cells, GtkListItem *item)
{
  g_object_set_data (G_OBJECT (item), SLOT, &cells->slot);
  cells->make (&cells->slot, item);
}

static gboolean
tells_changes (gpointer row)
{
  return g_signal_lookup ("changed", G_OBJECT_TYPE (row)) != 0;
}

static void
bind_cell (Cells *cells, GtkListItem *item)
{
  gpointer row = gtk_list_item_get_item (item);

  if (tells_changes (row))
    g_signal_connect_object (row, "changed", G_CALLBACK (row_changed), item, 0);
  cells->fill (&cells->slot, item);
}

static void
unbind_cell (Cells *cells, GtkListItem *item)
{
  gpointer row = gtk_list_item_get_item (item);

  if (tells_changes (row))
    g_signal_handlers_disconnect_by_data (row, item);
}

GtkColumnViewColumn *
viewer_table_add_column (GtkColumnView  *view,
                         const char     *title,
                         int             width,
                         gpointer        page,
                         int             column,
                         ViewerTableFunc make,
                         ViewerTableFunc fill)
{
  GtkListItemFactory  *factory = gtk_signal_list_item_factory_new ();
  Cells               *cells = g_new0 (Cells, 1);
  GtkColumnViewColumn *head;

  *cells = (Cells){ { page, column }, make, fill };
  g_signal_connect_data (factory,
                         "setup",
                         G_CALLBACK (set_up_cell),
                         cells,
                         free_cells,
                         G_CONNECT_SWAPPED);
  g_signal_connect_swapped (factory, "bind", G_CALLBACK (bind_cell), cells);
  g_signal_connect_swapped (factory, "unbind", G_CALLBACK (unbind_cell), cells);
  head = gtk_column_view_column_new (title, factory);
  gtk_column_view_column_set_expand (head, width < 0);
  gtk_column_view_column_set_fixed_width (head, MAX (width, -1));
  gtk_column_view_column_set_resizable (head, TRUE);
  gtk_column_view_append_column (view, head);
  g_object_unref (head);
  return head;
}

ViewerTableSlot *
viewer_table_slot (GtkListItem *item)
{
  return g_object_get_data (G_OBJECT (item), SLOT);
}

/* Cells */

GtkWidget *
viewer_table_make_name (void)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);

  gtk_widget_set_layout_manager (box, viewer_name_layout_new (9));
  gtk_box_append (GTK_BOX (box), viewer_swatch_new ());
  gtk_box_append (GTK_BOX (box), viewer_name_new ());
  return box;
}

/* Few functions are inlined: their badge is made when it is needed. */
static void
fill_badge (GtkWidget *box, GtkWidget *name, ProfInlined inlined)
{
  GtkWidget *badge = gtk_widget_get_next_sibling (name);

  if (inlined == PROF_INLINED_NEVER)
    {
      if (badge != NULL)
        gtk_box_remove (GTK_BOX (box), badge);
      return;
    }
  if (badge == NULL)
    {
      badge = gtk_label_new (NULL);
      gtk_widget_add_css_class (badge, "badge");
      gtk_widget_set_valign (badge, GTK_ALIGN_CENTER);
      gtk_box_append (GTK_BOX (box), badge);
    }
  gtk_label_set_label (GTK_LABEL (badge),
                       inlined == PROF_INLINED_ALWAYS ? _ ("inlined")
                                                      : _ ("partly inlined"));
}

void
viewer_table_fill_name (GtkWidget    *cell,
                        ViewerResult *result,
                        ProfFrameId   frame,
                        ProfInlined   inlined)
{
  GtkWidget  *swatch = gtk_widget_get_first_child (cell);
  GtkWidget  *name = gtk_widget_get_next_sibling (swatch);
  const char *text = prof_frames_display_name (result->frames, frame);

  viewer_swatch_set_package (VIEWER_SWATCH (swatch),
                             result,
                             prof_frames_package (result->frames, frame));
  viewer_name_set (VIEWER_NAME (name), text, TRUE);
  viewer_tip_set (name, text);
  fill_badge (cell, name, inlined);
}

GtkWidget *
viewer_table_make_value (void)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), 1);
  gtk_widget_add_css_class (label, "numeric");
  return label;
}

void
viewer_table_fill_value (GtkWidget *cell, const char *text)
{
  viewer_panel_set_number (GTK_LABEL (cell), text);
}

GtkWidget *
viewer_table_make_share (int bar_width)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 4);
  GtkWidget *bar = viewer_bar_new ();
  GtkWidget *label = viewer_table_make_value ();

  gtk_widget_add_css_class (bar, "share");
  gtk_widget_set_size_request (bar, bar_width, BAR_HEIGHT);
  gtk_widget_set_valign (bar, GTK_ALIGN_CENTER);
  gtk_widget_set_hexpand (label, TRUE);
  gtk_box_append (GTK_BOX (box), bar);
  gtk_box_append (GTK_BOX (box), label);
  return box;
}

void
viewer_table_fill_share (GtkWidget *cell, double share, const char *text)
{
  GtkWidget *bar = gtk_widget_get_first_child (cell);
  GtkWidget *label = gtk_widget_get_next_sibling (bar);

  viewer_bar_set_share (VIEWER_BAR (bar), share);
  viewer_table_fill_value (label, text);
}

static void
set_class (GtkWidget *widget, const char *name, gboolean set)
{
  if (set)
    gtk_widget_add_css_class (widget, name);
  else
    gtk_widget_remove_css_class (widget, name);
}

void
viewer_table_fill_delta (GtkWidget  *cell,
                         double      share,
                         int64_t     delta,
                         const char *text)
{
  GtkWidget *bar = gtk_widget_get_first_child (cell);

  set_class (bar, "more", delta > 0);
  set_class (bar, "less", delta < 0);
  viewer_table_fill_share (cell, share, text);
}

GtkWidget *
viewer_table_make_heat (void)
{
  GtkWidget *overlay = gtk_overlay_new ();
  GtkWidget *bar = viewer_bar_new ();
  GtkWidget *label = viewer_table_make_value ();

  gtk_widget_add_css_class (bar, "share");
  gtk_widget_set_size_request (bar, -1, BAR_HEIGHT);
  gtk_widget_set_valign (bar, GTK_ALIGN_CENTER);
  gtk_overlay_set_child (GTK_OVERLAY (overlay), bar);
  gtk_overlay_add_overlay (GTK_OVERLAY (overlay), label);
  gtk_overlay_set_measure_overlay (GTK_OVERLAY (overlay), label, TRUE);
  return overlay;
}

void
viewer_table_fill_heat (GtkWidget  *cell,
                        double      share,
                        int64_t     delta,
                        const char *text)
{
  GtkWidget *bar = gtk_overlay_get_child (GTK_OVERLAY (cell));
  GtkWidget *label = gtk_widget_get_last_child (cell);

  set_class (bar, "more", delta > 0);
  set_class (bar, "less", delta < 0);
  viewer_bar_set_share (VIEWER_BAR (bar), share);
  viewer_table_fill_value (label, text);
}

double
viewer_table_share (int64_t value, int64_t largest)
{
  if (largest == 0)
    return 0;
  return ABS ((double)value) / ABS ((double)largest);
}

/* Heads. GTK 4.8 has no property for it, but a head is a button around a box. */

void
viewer_table_align_heads (GtkColumnView *view, int n_texts)
{
  GtkWidget *header = gtk_widget_get_first_child (GTK_WIDGET (view));
  GtkWidget *head = gtk_widget_get_first_child (header);

  for (int i = 0; head != NULL; i++, head = gtk_widget_get_next_sibling (head))
    {
      GtkWidget *box = gtk_widget_get_first_child (head);

      if (i >= n_texts && box != NULL)
        gtk_widget_set_halign (box, GTK_ALIGN_END);
    }
}

/* Dropping */

static gboolean
drop_rows_of (GtkColumnView *view)
{
  GtkSelectionModel *rows = gtk_column_view_get_model (view);

  return GTK_IS_SINGLE_SELECTION (rows) &&
         g_list_model_get_n_items (G_LIST_MODEL (rows)) > 0 &&
         viewer_rows_drop (GTK_SINGLE_SELECTION (rows));
}

gboolean
viewer_table_drop_rows (GtkWidget *widget)
{
  GtkWidget *child;

  if (GTK_IS_COLUMN_VIEW (widget))
    return drop_rows_of (GTK_COLUMN_VIEW (widget));
  for (child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if (viewer_table_drop_rows (child))
      return TRUE;
  return FALSE;
}

/* Scrolling */

static GtkWidget *
find_list (GtkColumnView *view)
{
  GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (view));

  /* gtk_column_view_scroll_to() came with 4.12; its list has the action. */
  while (child != NULL && !GTK_IS_LIST_VIEW (child))
    child = gtk_widget_get_next_sibling (child);
  return child;
}

void
viewer_table_set_rows_seen (GtkColumnView *view, gboolean seen)
{
  gtk_widget_set_opacity (find_list (view), seen ? 1 : 0);
}

static guint
selected_position (GtkColumnView *view)
{
  GtkSelectionModel *model = gtk_column_view_get_model (view);

  if (!GTK_IS_SINGLE_SELECTION (model))
    return GTK_INVALID_LIST_POSITION;
  return gtk_single_selection_get_selected (GTK_SINGLE_SELECTION (model));
}

static void
focus_selected_row (GtkWidget *list)
{
  GtkWidget *row = gtk_widget_get_first_child (list);

  while (row != NULL &&
         !(gtk_widget_get_state_flags (row) & GTK_STATE_FLAG_SELECTED))
    row = gtk_widget_get_next_sibling (row);
  if (row != NULL)
    gtk_widget_grab_focus (row);
}

/* What is left to do for a list, each in a frame of its own. */
typedef enum
{
  NOTHING_LEFT,
  FOCUS, /* rows are made where one has scrolled to */
  SCROLL,
  SCROLL_AND_FOCUS,
} Task;

static Task
get_task (GtkWidget *list)
{
  return (Task)GPOINTER_TO_INT (g_object_get_data (G_OBJECT (list), "task"));
}

static void
set_task (GtkWidget *list, Task task)
{
  g_object_set_data (G_OBJECT (list), "task", GINT_TO_POINTER (task));
}

/* A list that is asked to scroll before its rows have their places shows no
 * more than its first one from then on. */
static gboolean
work_when_placed (GtkWidget *list, GdkFrameClock *clock, gpointer data)
{
  guint      position = selected_position (data);
  GtkWidget *first = gtk_widget_get_first_child (list);
  Task       task = get_task (list);

  if (!gtk_widget_get_mapped (list) || position == GTK_INVALID_LIST_POSITION)
    {
      set_task (list, NOTHING_LEFT);
      return G_SOURCE_REMOVE;
    }
  if (first == NULL || gtk_widget_get_height (first) == 0)
    return G_SOURCE_CONTINUE;
  if (task == FOCUS)
    focus_selected_row (list);
  else
    gtk_widget_activate_action (list, "list.scroll-to-item", "u", position);
  set_task (list, task == SCROLL_AND_FOCUS ? FOCUS : NOTHING_LEFT);
  return get_task (list) != NOTHING_LEFT;
}

void
viewer_table_scroll_to_selection (GtkColumnView *view, gboolean focus)
{
  GtkWidget *list = find_list (view);
  gboolean   working = get_task (list) != NOTHING_LEFT;
  gboolean   asked = get_task (list) == SCROLL_AND_FOCUS ||
                   get_task (list) == FOCUS;

  set_task (list, focus || asked ? SCROLL_AND_FOCUS : SCROLL);
  if (!working)
    gtk_widget_add_tick_callback (list, work_when_placed, view, NULL);
}

/* Rows */

static gboolean
select_first (GtkEventControllerKey *controller,
              guint                  key,
              guint                  code,
              GdkModifierType        state,
              GtkColumnView         *view)
{
  GtkSingleSelection *selection;
  GListModel         *rows;

  if ((key != GDK_KEY_Down && key != GDK_KEY_KP_Down) ||
      (state & gtk_accelerator_get_default_mod_mask ()) != 0)
    return FALSE;
  selection = GTK_SINGLE_SELECTION (gtk_column_view_get_model (view));
  rows = G_LIST_MODEL (selection);
  if (g_list_model_get_n_items (rows) == 0 ||
      gtk_single_selection_get_selected (selection) !=
          GTK_INVALID_LIST_POSITION)
    return FALSE;
  gtk_single_selection_set_selected (selection, 0);
  viewer_table_scroll_to_selection (view, TRUE);
  return TRUE;
}

void
viewer_table_begin_at_first (GtkColumnView *view)
{
  GtkEventController *keys = gtk_event_controller_key_new ();

  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect (keys, "key-pressed", G_CALLBACK (select_first), view);
  gtk_widget_add_controller (GTK_WIDGET (view), keys);
}

GtkWidget *
viewer_table_row_at (GtkWidget *widget, double x, double y)
{
  GtkWidget *picked = gtk_widget_pick (widget, x, y, GTK_PICK_DEFAULT);

  while (picked != NULL &&
         g_strcmp0 (gtk_widget_get_css_name (picked), "row") != 0)
    picked = gtk_widget_get_parent (picked);
  return picked;
}

void
viewer_table_select_at (GtkWidget *widget, double x, double y)
{
  GtkWidget *row = viewer_table_row_at (widget, x, y);

  if (row != NULL)
    gtk_widget_activate_action (row, "listitem.select", "(bb)", FALSE, FALSE);
}
