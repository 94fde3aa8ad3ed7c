/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "viewer-source-page.h"

#include "viewer-code-rows.h"
#include "viewer-editor.h"
#include "viewer-frame-keys.h"
#include "viewer-menus.h"
#include "viewer-name-layout.h"
#include "viewer-name.h"
#include "viewer-rows.h"
#include "viewer-source-column.h"
#include "viewer-table.h"
#include "viewer-text.h"
#include <adwaita.h>
#include <glib/gi18n.h>

#define LINE_WIDTH  68
#define VALUE_WIDTH 96

/* Quick work shows nothing. */
#define SPINNER_MS 200

struct _ViewerSourcePage
{
  GtkWidget parent_instance;

  /* Children, of the template */
  GtkStack      *stack;
  ViewerName    *title;
  GtkLabel      *facts;
  GtkSpinner    *spinner;
  GtkDropDown   *files;
  GtkStringList *file_names;
  GtkWidget     *editor_button;
  GtkWidget     *notice;
  GtkLabel      *notice_label;
  GtkWidget     *read_button;
  GtkWidget     *locate_button;
  GtkWidget     *scroller;
  GtkColumnView *view;
  GtkWidget     *menu;

  ViewerDocument      *document;
  ViewerListing       *listing;
  ViewerCodeRows      *rows;
  GtkSingleSelection  *selection;
  GtkColumnViewColumn *columns[VIEWER_SOURCE_N_COLUMNS];

  ViewerCode *shown; /* or NULL; a reference */
  guint       spinner_source;
  guint       awaited;       /* the row to begin at, while it is yet to come */
  guint       center_source; /* frames until the selection is to be centered */
  gboolean    updating;
};

static guint changed_signal;

G_DEFINE_FINAL_TYPE (ViewerSourcePage, viewer_source_page, GTK_TYPE_WIDGET)

static void
emit_changed (ViewerSourcePage *self)
{
  g_signal_emit (self, changed_signal, 0);
}

/* Head */

/* "flat 0.11 s (0.6 %) · cum 1.18 s (6.5 %) · regexp/backtrack.go" */
static char *
describe_code (const ViewerCode *code)
{
  const ProfTopRow *row = viewer_result_row (code->result, code->frame);
  g_autofree char  *path = prof_upright (viewer_code_path (code), -1);
  g_autofree char  *flat = NULL;
  g_autofree char  *cum = NULL;
  g_autofree char  *share = NULL;

  if (row == NULL)
    return g_steal_pointer (&path);
  flat = viewer_source_value_text (code->result, row->flat);
  cum = viewer_source_value_text (code->result, row->cum);
  share = viewer_text_percent (code->result, row->cum);
  if (code->result->changes != NULL)
    return g_strdup_printf (_ ("flat %s · cum %s · %s"),
                            flat[0] != '\0' ? flat : "0",
                            cum[0] != '\0' ? cum : "0",
                            path);
  return g_strdup_printf (_ ("flat %s · cum %s (%s) · %s"),
                          flat[0] != '\0' ? flat : "0",
                          cum[0] != '\0' ? cum : "0",
                          share,
                          path);
}

static void
show_files (ViewerSourcePage *self, const ViewerCode *code)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_auto (GStrv)           names = NULL;

  for (guint f = 0; f < code->files->len; f++)
    {
      const char *path = g_array_index (code->files, ViewerCodeFile, f).path;
      g_autofree char *base = path[0] != '\0' ? g_path_get_basename (path)
                                              : g_strdup ("?");
      g_autofree char *valid = prof_upright (base, -1);

      g_strv_builder_add (builder, valid);
    }
  names = g_strv_builder_end (builder);
  gtk_string_list_splice (self->file_names,
                          0,
                          g_list_model_get_n_items (
                              G_LIST_MODEL (self->file_names)),
                          (const char *const *)names);
  gtk_drop_down_set_selected (self->files, code->file);
  gtk_widget_set_visible (GTK_WIDGET (self->files), code->files->len > 1);
}

/* Where there is no text, or not all of it: why, and what can be done. */
static void
show_notice (ViewerSourcePage *self, const ViewerCode *code)
{
  const char *path = viewer_code_path (code);
  gboolean    may_read = code->text == NULL && code->place == NULL &&
                      path[0] == '/';
  g_autofree char *valid = prof_upright (path, -1);
  g_autofree char *tip = NULL;
  g_autofree char *all = NULL;

  gtk_widget_set_visible (self->notice, code->complaint != NULL);
  if (code->complaint == NULL)
    return;
  gtk_label_set_label (self->notice_label, code->complaint);
  all = g_strdup_printf ("%s\n%s", valid, code->complaint);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->notice_label), all);
  /* Translators: the path of a source file */
  tip = g_strdup_printf (_ ("Read %s, where the profile says that it is"),
                         valid);
  gtk_widget_set_tooltip_text (self->read_button, tip);
  gtk_widget_set_visible (self->read_button, may_read);
  gtk_widget_set_visible (self->locate_button,
                          code->text == NULL && path[0] != '\0');
}

static void
show_head (ViewerSourcePage *self, const ViewerCode *code)
{
  const char      *name = prof_frames_display_name (code->result->frames,
                                               code->frame);
  g_autofree char *facts = describe_code (code);

  viewer_name_set (self->title, name, FALSE);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->title), name);
  gtk_label_set_label (self->facts, facts);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->facts), facts);
  show_files (self, code);
  show_notice (self, code);
  gtk_widget_set_visible (self->editor_button, code->place != NULL);
}

/* Rows */

static guint
selected_row (ViewerSourcePage *self)
{
  guint row = gtk_single_selection_get_selected (self->selection);

  return row != GTK_INVALID_LIST_POSITION ? row : self->awaited;
}

/* What is above the hottest line says what it is about: it goes into the middle,
 * once the list has scrolled to it. */
static gboolean
center_selection (GtkWidget *widget, GdkFrameClock *clock, gpointer data)
{
  ViewerSourcePage *self = VIEWER_SOURCE_PAGE (widget);
  GtkAdjustment    *adjustment = gtk_scrolled_window_get_vadjustment (
      GTK_SCROLLED_WINDOW (self->scroller));
  double page = gtk_adjustment_get_page_size (adjustment);
  double upper = gtk_adjustment_get_upper (adjustment);
  guint  n = g_list_model_get_n_items (G_LIST_MODEL (self->selection));
  guint  row = selected_row (self);

  if (self->center_source-- > 1)
    return G_SOURCE_CONTINUE;
  if (row < n)
    gtk_adjustment_set_value (adjustment, upper * row / n - page / 3);
  if (self->awaited == GTK_INVALID_LIST_POSITION)
    viewer_table_set_rows_seen (self->view, TRUE);
  return G_SOURCE_REMOVE;
}

static void
begin_at (ViewerSourcePage *self, guint row)
{
  if (row == G_MAXUINT)
    return;
  viewer_rows_select (self->selection, row);
  if (self->center_source == 0)
    gtk_widget_add_tick_callback (GTK_WIDGET (self),
                                  center_selection,
                                  NULL,
                                  NULL);
  self->center_source = 3;
}

static void
rows_grown (gpointer page)
{
  ViewerSourcePage *self = page;
  guint             row = self->awaited;

  if (row == GTK_INVALID_LIST_POSITION ||
      viewer_rows_awaits (self->selection, row))
    return;
  self->awaited = GTK_INVALID_LIST_POSITION;
  if (selected_row (self) != GTK_INVALID_LIST_POSITION)
    {
      viewer_table_set_rows_seen (self->view, TRUE);
      return;
    }
  self->updating = TRUE;
  begin_at (self, row);
  self->updating = FALSE;
}

/* Those of the last one go by themselves: some frames later the others come. None are
 * seen before they are where the wanted row is: the head of the file would flash by. */
static void
show_rows (ViewerSourcePage *self, ViewerCode *code, guint row)
{
  viewer_rows_select (self->selection, GTK_INVALID_LIST_POSITION);
  viewer_code_rows_set (self->rows, NULL);
  self->awaited = GTK_INVALID_LIST_POSITION;
  viewer_table_set_rows_seen (self->view, row == GTK_INVALID_LIST_POSITION);
  if (code == NULL)
    return;
  viewer_rows_begin (self->selection,
                     GTK_WIDGET (self->view),
                     rows_grown,
                     self);
  viewer_code_rows_set (self->rows, code);
  if (!viewer_rows_awaits (self->selection, row))
    begin_at (self, row);
  else
    self->awaited = row;
}

static void
show_code (ViewerSourcePage *self, ViewerCode *code)
{
  gboolean same = code != NULL && self->shown != NULL &&
                  code->frame == self->shown->frame &&
                  code->result->serial == self->shown->result->serial &&
                  code->rows->len == self->shown->rows->len;
  guint row = selected_row (self);

  if (code == self->shown)
    return;
  if (code != NULL)
    viewer_code_ref (code);
  viewer_code_unref (self->shown);
  self->shown = code;
  self->updating = TRUE;
  show_rows (self,
             code,
             code == NULL ? GTK_INVALID_LIST_POSITION
             : same       ? row
                          : viewer_code_hottest (code));
  gtk_stack_set_visible_child_name (self->stack,
                                    code != NULL ? "code" : "empty");
  if (code != NULL)
    show_head (self, code);
  self->updating = FALSE;
}

static gboolean
work_takes_long (gpointer data)
{
  ViewerSourcePage *self = data;

  self->spinner_source = 0;
  gtk_widget_set_visible (GTK_WIDGET (self->spinner), TRUE);
  gtk_spinner_start (self->spinner);
  return G_SOURCE_REMOVE;
}

static void
update_busy (ViewerSourcePage *self)
{
  if (viewer_listing_is_busy (self->listing))
    {
      if (self->spinner_source == 0)
        self->spinner_source = g_timeout_add (SPINNER_MS,
                                              work_takes_long,
                                              self);
      return;
    }
  g_clear_handle_id (&self->spinner_source, g_source_remove);
  gtk_spinner_stop (self->spinner);
  gtk_widget_set_visible (GTK_WIDGET (self->spinner), FALSE);
}

static void
listing_changed (ViewerSourcePage *self)
{
  update_busy (self);
  show_code (self, viewer_listing_get_code (self->listing));
  emit_changed (self);
}

/* What one does */

static void
row_selected (ViewerSourcePage *self)
{
  guint row = selected_row (self);

  if (self->updating || row == GTK_INVALID_LIST_POSITION)
    return;
  viewer_listing_select (self->listing, row);
  emit_changed (self);
}

static void
activated (ViewerSourcePage *self, guint position)
{
  if (!viewer_listing_enter (self->listing, position))
    gtk_widget_activate_action (GTK_WIDGET (self),
                                "win.show-in-sandwich",
                                NULL);
}

static void
file_chosen (ViewerSourcePage *self)
{
  guint chosen = gtk_drop_down_get_selected (self->files);

  if (self->updating || self->shown == NULL || chosen == self->shown->file ||
      chosen >= self->shown->files->len)
    return;
  viewer_listing_show_file (self->listing,
                            g_array_index (self->shown->files,
                                           ViewerCodeFile,
                                           chosen)
                                .path);
}

static void
show_menu (ViewerSourcePage *self, double x, double y)
{
  if (self->shown != NULL)
    viewer_menus_show (GTK_WIDGET (self), &self->menu, "source-row", x, y);
}

static void
menu_pressed (ViewerSourcePage *self, int n_press, double x, double y)
{
  viewer_table_select_at (GTK_WIDGET (self), x, y);
  show_menu (self, x, y);
}

static gboolean
menu_by_key (GtkWidget *widget, GVariant *args, gpointer data)
{
  show_menu (VIEWER_SOURCE_PAGE (widget),
             gtk_widget_get_width (widget) / 3.,
             gtk_widget_get_height (widget) / 3.);
  return TRUE;
}

/* API */

void
viewer_source_page_set_document (ViewerSourcePage *self,
                                 ViewerDocument   *document)
{
  g_return_if_fail (VIEWER_IS_SOURCE_PAGE (self));
  g_return_if_fail (self->document == NULL);

  self->document = g_object_ref (document);
  self->listing = viewer_listing_new (document);
  g_signal_connect_object (self->listing,
                           "changed",
                           G_CALLBACK (listing_changed),
                           self,
                           G_CONNECT_SWAPPED);
}

ViewerListing *
viewer_source_page_get_listing (ViewerSourcePage *self)
{
  return self->listing;
}

GtkColumnView *
viewer_source_page_get_view (ViewerSourcePage *self)
{
  return self->view;
}

/* (nullable): of what is selected */
static const ViewerCodeRow *
get_row (ViewerSourcePage *self)
{
  guint row = selected_row (self);

  return self->shown != NULL && row < self->shown->rows->len
             ? viewer_code_row (self->shown, row)
             : NULL;
}

gint64
viewer_source_page_get_line (ViewerSourcePage *self)
{
  guint row;

  g_return_val_if_fail (VIEWER_IS_SOURCE_PAGE (self), 0);

  if (self->shown == NULL)
    return 0;
  row = selected_row (self);
  if (row >= self->shown->rows->len)
    row = viewer_code_hottest (self->shown);
  /* What was inlined stands below its line. */
  while (row != 0 && row < self->shown->rows->len &&
         viewer_code_row (self->shown, row)->level > 0)
    row--;
  return row < self->shown->rows->len ? viewer_code_row (self->shown, row)->line
                                      : 0;
}

/* (transfer full): "backtrack.go:320 — flat 0.10 s, cum 0.15 s" */
static char *
describe_line (const ViewerCode *code, guint index)
{
  const ViewerCodeRow *row = viewer_code_row (code, index);
  g_autofree char     *flat = viewer_text_value (code->result, row->cost->flat);
  g_autofree char     *cum = viewer_text_value (code->result, row->cost->cum);
  g_autofree char     *base = g_path_get_basename (viewer_code_path (code));
  g_autofree char     *name = prof_upright (base, -1);
  g_autofree char     *line = viewer_source_column_text (code,
                                                     index,
                                                     VIEWER_SOURCE_COLUMN_LINE);

  /* Translators: a file, a line of it, and what that costs */
  return g_markup_printf_escaped (_ ("%s:%s — flat %s, cum %s"),
                                  name,
                                  line,
                                  flat,
                                  cum);
}

char *
viewer_source_page_describe (ViewerSourcePage *self)
{
  const ViewerCodeRow *row;
  ViewerResult        *result;
  ViewerSelection      selection;

  g_return_val_if_fail (VIEWER_IS_SOURCE_PAGE (self), NULL);

  row = get_row (self);
  if (row != NULL && row->cost != NULL && row->level == 0)
    return describe_line (self->shown, selected_row (self));
  result = viewer_document_get_result (self->document);
  selection = viewer_document_get_selection (self->document);
  return result != NULL && selection.node != PROF_ID_NONE
             ? viewer_text_status (result, selection.node, selection.end)
             : g_strdup ("");
}

static void
copy_row (const ViewerCode *code, guint row, GString *out)
{
  for (ViewerSourceColumn c = 0; c < VIEWER_SOURCE_N_COLUMNS; c++)
    {
      g_autofree char *text = viewer_source_column_text (code, row, c);

      g_string_append_printf (out, "%s%s", c > 0 ? "\t" : "", text);
    }
  g_string_append_c (out, '\n');
}

char *
viewer_source_page_copy_rows (ViewerSourcePage *self)
{
  GString *out = g_string_new (NULL);
  guint    row;

  g_return_val_if_fail (VIEWER_IS_SOURCE_PAGE (self), NULL);

  row = selected_row (self);
  for (ViewerSourceColumn c = 0; c < VIEWER_SOURCE_N_COLUMNS; c++)
    g_string_append_printf (out,
                            "%s%s",
                            c > 0 ? "\t" : "",
                            viewer_source_column_title (c));
  g_string_append_c (out, '\n');
  for (guint r = 0; self->shown != NULL && r < self->shown->rows->len; r++)
    if (row == GTK_INVALID_LIST_POSITION || r == row)
      copy_row (self->shown, r, out);
  return g_string_free (out, FALSE);
}

/* Object */

static void
viewer_source_page_map (GtkWidget *widget)
{
  ViewerSourcePage *self = VIEWER_SOURCE_PAGE (widget);

  GTK_WIDGET_CLASS (viewer_source_page_parent_class)->map (widget);
  if (self->listing != NULL)
    viewer_listing_set_active (self->listing, TRUE);
}

static void
viewer_source_page_unmap (GtkWidget *widget)
{
  ViewerSourcePage *self = VIEWER_SOURCE_PAGE (widget);

  if (self->listing != NULL)
    viewer_listing_set_active (self->listing, FALSE);
  GTK_WIDGET_CLASS (viewer_source_page_parent_class)->unmap (widget);
}

static gboolean
viewer_source_page_grab_focus (GtkWidget *widget)
{
  ViewerSourcePage *self = VIEWER_SOURCE_PAGE (widget);

  return gtk_widget_grab_focus (GTK_WIDGET (self->view));
}

static void
viewer_source_page_dispose (GObject *object)
{
  ViewerSourcePage *self = VIEWER_SOURCE_PAGE (object);
  GtkWidget        *child;

  g_clear_handle_id (&self->spinner_source, g_source_remove);
  g_clear_pointer (&self->menu, gtk_widget_unparent);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);
  g_clear_object (&self->selection);
  g_clear_object (&self->rows);
  g_clear_pointer (&self->shown, viewer_code_unref);
  g_clear_object (&self->listing);
  g_clear_object (&self->document);
  G_OBJECT_CLASS (viewer_source_page_parent_class)->dispose (object);
}

static void
bind_children (GtkWidgetClass *widget_class)
{
#define BIND(child) \
  gtk_widget_class_bind_template_child (widget_class, ViewerSourcePage, child)
  BIND (stack);
  BIND (title);
  BIND (facts);
  BIND (spinner);
  BIND (files);
  BIND (file_names);
  BIND (editor_button);
  BIND (notice);
  BIND (notice_label);
  BIND (read_button);
  BIND (locate_button);
  BIND (scroller);
  BIND (view);
#undef BIND
}

static void
bind_keys (GtkWidgetClass *widget_class)
{
  viewer_frame_keys_install (widget_class, "win.copy-rows");
  gtk_widget_class_add_binding_action (widget_class,
                                       GDK_KEY_e,
                                       0,
                                       "win.open-in-editor",
                                       NULL);
  viewer_frame_keys_bind_menu (widget_class, menu_by_key);
}

static void
viewer_source_page_class_init (ViewerSourcePageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = viewer_source_page_dispose;
  widget_class->map = viewer_source_page_map;
  widget_class->unmap = viewer_source_page_unmap;
  widget_class->grab_focus = viewer_source_page_grab_focus;
  changed_signal = g_signal_new ("changed",
                                 G_TYPE_FROM_CLASS (klass),
                                 G_SIGNAL_RUN_LAST,
                                 0,
                                 NULL,
                                 NULL,
                                 NULL,
                                 G_TYPE_NONE,
                                 0);
  g_type_ensure (VIEWER_TYPE_NAME);
  g_type_ensure (VIEWER_TYPE_NAME_LAYOUT);
  gtk_widget_class_set_template_from_resource (
      widget_class,
      "/org/libprof/Flambeau/ui/viewer-source-page.ui");
  bind_children (widget_class);
  bind_keys (widget_class);
  gtk_widget_class_bind_template_callback (widget_class, activated);
  gtk_widget_class_bind_template_callback (widget_class, file_chosen);
}

static void
add_column (ViewerSourcePage *self, ViewerSourceColumn id)
{
  int px = id == VIEWER_SOURCE_COLUMN_LINE ? LINE_WIDTH : VALUE_WIDTH;

  self->columns[id] = viewer_table_add_column (self->view,
                                               viewer_source_column_title (id),
                                               id == VIEWER_SOURCE_COLUMN_TEXT
                                                   ? -1
                                                   : viewer_table_width (px, 0),
                                               self,
                                               (int)id,
                                               viewer_source_column_make_cell,
                                               viewer_source_column_fill_cell);
}

/* Numbers at their end, and source at its start. */
static void
align_heads (GtkColumnView *view)
{
  GtkWidget *header = gtk_widget_get_first_child (GTK_WIDGET (view));
  GtkWidget *head = gtk_widget_get_last_child (header);

  viewer_table_align_heads (view, 0);
  gtk_widget_set_halign (gtk_widget_get_first_child (head),
                         gtk_widget_get_direction (head) == GTK_TEXT_DIR_RTL
                             ? GTK_ALIGN_END
                             : GTK_ALIGN_START);
}

static void
viewer_source_page_init (ViewerSourcePage *self)
{
  GtkGesture *click = gtk_gesture_click_new ();

  gtk_widget_init_template (GTK_WIDGET (self));
  self->awaited = GTK_INVALID_LIST_POSITION;
  self->rows = viewer_code_rows_new ();
  self->selection = viewer_rows_new (G_LIST_MODEL (self->rows));
  g_signal_connect_object (self->selection,
                           "notify::selected",
                           G_CALLBACK (row_selected),
                           self,
                           G_CONNECT_SWAPPED);
  for (ViewerSourceColumn c = 0; c < VIEWER_SOURCE_N_COLUMNS; c++)
    add_column (self, c);
  align_heads (self->view);
  gtk_column_view_set_model (self->view, GTK_SELECTION_MODEL (self->selection));
  gtk_stack_set_visible_child_name (self->stack, "empty");
  gtk_gesture_single_set_button (GTK_GESTURE_SINGLE (click),
                                 GDK_BUTTON_SECONDARY);
  g_signal_connect_swapped (click, "pressed", G_CALLBACK (menu_pressed), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (click));
}
