/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "viewer-location-dialog.h"

#include "viewer-endpoints.h"
#include "viewer-location.h"
#include <glib/gi18n.h>
#include <string.h>

struct _ViewerLocationDialog
{
  AdwWindow parent_instance;

  /* Children, of the template */
  GtkWidget     *capture_button;
  AdwEntryRow   *address;
  GtkMenuButton *recent;
  GtkSpinner    *spinner;
  GtkLabel      *hint;
  GtkWidget     *profiles;
  GtkListBox    *list;
  GtkWidget     *seconds_group;
  GtkSpinButton *seconds;

  /* Owned */
  GPtrArray    *endpoints;   /* ViewerEndpoint, of the rows */
  char         *index;       /* of the program that was typed, or NULL */
  char         *listed;      /* of that whose list is shown, or NULL */
  GCancellable *cancellable; /* while it is asked, else NULL */
};

G_DEFINE_FINAL_TYPE (ViewerLocationDialog,
                     viewer_location_dialog,
                     ADW_TYPE_WINDOW)

enum
{
  CHOSEN,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

/* --- What was typed --- */

/* (transfer full): without blanks around it. */
static char *
typed (ViewerLocationDialog *self)
{
  const char *text = gtk_editable_get_text (GTK_EDITABLE (self->address));

  return g_strstrip (g_strdup (text));
}

static bool
is_file (const char *text)
{
  g_autoptr (GFile) file = NULL;

  if (text[0] == '\0' || prof_source_is_url (text))
    return false;
  file = g_file_new_for_commandline_arg (text);
  return g_file_query_exists (file, NULL);
}

/* (nullable) */
static const ViewerEndpoint *
selected (ViewerLocationDialog *self)
{
  GtkListBoxRow *row = gtk_list_box_get_selected_row (self->list);

  return row != NULL ? self->endpoints->pdata[gtk_list_box_row_get_index (row)]
                     : NULL;
}

/* (transfer full) (nullable): the URL of what would be captured now. */
static char *
chosen_url (ViewerLocationDialog *self)
{
  g_autofree char      *text = typed (self);
  const ViewerEndpoint *endpoint = selected (self);
  unsigned seconds = (unsigned)gtk_spin_button_get_value_as_int (self->seconds);
  bool     is_measured = gtk_widget_get_visible (self->seconds_group);

  if (!prof_source_is_url (text))
    return NULL;
  if (self->index != NULL && endpoint != NULL)
    return viewer_location_profile (self->index,
                                    endpoint->name,
                                    endpoint->measures ? seconds : 0);
  return prof_url_read (text, is_measured ? seconds : 0, NULL);
}

/* --- The list --- */

static GtkWidget *
row_new (const ViewerEndpoint *endpoint)
{
  GtkWidget       *row = adw_action_row_new ();
  g_autofree char *title = g_markup_escape_text (endpoint->title, -1);
  g_autofree char *about = g_markup_escape_text (endpoint->about, -1);
  g_autofree char *count = NULL;
  GtkWidget       *label;

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), about);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  endpoint->title,
                                  -1);
  if (!endpoint->has_count)
    return row;
  count = g_strdup_printf ("%" G_GUINT64_FORMAT, endpoint->count);
  label = gtk_label_new (count);
  gtk_widget_add_css_class (label, "dim");
  gtk_widget_add_css_class (label, "numeric");
  gtk_widget_set_tooltip_text (label, _ ("Entries, as the program says"));
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), label);
  return row;
}

/* Takes the endpoints; what was selected stays so. */
static void
fill_list (ViewerLocationDialog *self, GPtrArray *endpoints)
{
  const ViewerEndpoint *before = selected (self);
  g_autofree char      *name = g_strdup (before != NULL ? before->name : "");
  guint                 at = 0;
  GtkWidget            *row;

  while ((row = gtk_widget_get_first_child (GTK_WIDGET (self->list))) != NULL)
    gtk_list_box_remove (self->list, row);
  g_clear_pointer (&self->endpoints, g_ptr_array_unref);
  self->endpoints = endpoints;
  for (guint i = 0; i < endpoints->len; i++)
    {
      const ViewerEndpoint *endpoint = endpoints->pdata[i];

      gtk_list_box_append (self->list, row_new (endpoint));
      if (strcmp (endpoint->name, name) == 0)
        at = i;
    }
  gtk_list_box_select_row (self->list,
                           gtk_list_box_get_row_at_index (self->list, (int)at));
}

/* --- What is possible --- */

static void
show_hint (ViewerLocationDialog *self, const char *text, bool is_error)
{
  gtk_label_set_label (self->hint, text);
  gtk_widget_remove_css_class (GTK_WIDGET (self->hint),
                               is_error ? "dim" : "error");
  gtk_widget_add_css_class (GTK_WIDGET (self->hint),
                            is_error ? "error" : "dim");
}

static void
explain (ViewerLocationDialog *self, const char *text)
{
  if (!prof_http_is_built ())
    show_hint (self,
               _ ("This Flambeau is built without HTTP: it opens files only."),
               true);
  else if (self->index != NULL)
    show_hint (self, _ ("Press Enter to see what the program has."), false);
  else if (prof_source_is_url (text))
    show_hint (self, _ ("The address leads to one profile."), false);
  else
    show_hint (self,
               _ ("Of a Go program, such as :6060, host:6060 or "
                  "https://host/debug/pprof/heap"),
               false);
}

static void
update_seconds (ViewerLocationDialog *self)
{
  const ViewerEndpoint *endpoint = selected (self);
  g_autofree char      *text = typed (self);
  g_autofree char      *url = NULL;
  unsigned              seconds = 0;

  if (self->index != NULL)
    {
      gtk_widget_set_visible (self->seconds_group,
                              endpoint != NULL && endpoint->measures);
      return;
    }
  if (prof_source_is_url (text))
    url = prof_url_read (text, 0, NULL);
  if (url != NULL)
    seconds = prof_url_seconds (url);
  gtk_widget_set_visible (self->seconds_group, seconds > 0);
  if (seconds > 0)
    gtk_spin_button_set_value (self->seconds, seconds);
}

static void
update (ViewerLocationDialog *self)
{
  g_autofree char *text = typed (self);
  g_autofree char *url = NULL;

  gtk_widget_set_visible (self->profiles, self->index != NULL);
  update_seconds (self);
  url = chosen_url (self);
  gtk_widget_set_sensitive (self->capture_button,
                            (url != NULL && prof_http_is_built ()) ||
                                is_file (text));
}

/* --- Asking the program --- */

static void
stop_asking (ViewerLocationDialog *self)
{
  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  gtk_spinner_set_spinning (self->spinner, FALSE);
}

static void
take_list (ViewerLocationDialog *self, GPtrArray *endpoints)
{
  g_autofree char *text = NULL;
  GtkListBoxRow   *row;

  text = g_strdup_printf (g_dngettext (NULL,
                                       "The program has %u profile.",
                                       "The program has %u profiles.",
                                       endpoints->len),
                          endpoints->len);
  show_hint (self, text, false);
  g_free (self->listed);
  self->listed = g_strdup (self->index);
  fill_list (self, endpoints);
  update (self);
  row = gtk_list_box_get_selected_row (self->list);
  gtk_widget_grab_focus (GTK_WIDGET (row));
}

static void
asked (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (ViewerLocationDialog) self = data;
  g_autoptr (GError)               error = NULL;
  GPtrArray *endpoints = viewer_endpoints_list_finish (result, &error);

  if (g_task_get_cancellable (G_TASK (result)) != self->cancellable)
    {
      g_clear_pointer (&endpoints, g_ptr_array_unref);
      return;
    }
  stop_asking (self);
  if (endpoints != NULL)
    {
      take_list (self, endpoints);
      return;
    }
  error->message[0] = g_ascii_toupper (error->message[0]);
  show_hint (self, error->message, true);
}

static void
ask (ViewerLocationDialog *self)
{
  stop_asking (self);
  self->cancellable = g_cancellable_new ();
  gtk_spinner_set_spinning (self->spinner, TRUE);
  show_hint (self, _ ("Asking the program…"), false);
  viewer_endpoints_list_async (self->index,
                               self->cancellable,
                               asked,
                               g_object_ref (self));
}

/* --- What is done --- */

static void
capture (ViewerLocationDialog *self)
{
  g_autofree char *text = typed (self);
  g_autofree char *url = chosen_url (self);

  if (!gtk_widget_get_sensitive (self->capture_button))
    return;
  if (url != NULL)
    viewer_location_remember (text);
  g_signal_emit (self, signals[CHOSEN], 0, url != NULL ? url : text);
  gtk_window_close (GTK_WINDOW (self));
}

/* Enter: first the list, then one of it. */
static void
address_entered (ViewerLocationDialog *self)
{
  if (self->index != NULL && g_strcmp0 (self->index, self->listed) != 0 &&
      prof_http_is_built ())
    ask (self);
  else
    capture (self);
}

static void
address_changed (ViewerLocationDialog *self)
{
  g_autofree char *text = typed (self);
  g_autofree char *index = NULL;

  if (prof_source_is_url (text))
    index = viewer_location_index (text);
  if (index == NULL || g_strcmp0 (index, self->index) != 0)
    {
      stop_asking (self);
      g_free (self->index);
      self->index = g_steal_pointer (&index);
      /* Counts are those of another. */
      if (self->listed != NULL)
        fill_list (self, viewer_endpoints_usual ());
      g_clear_pointer (&self->listed, g_free);
      explain (self, text);
    }
  update (self);
}

static void
row_selected (ViewerLocationDialog *self)
{
  if (self->endpoints != NULL)
    update (self);
}

/* --- Addresses used before --- */

static void
fill_recent (ViewerLocationDialog *self)
{
  g_auto (GStrv)    recent = viewer_location_recent ();
  g_autoptr (GMenu) menu = g_menu_new ();
  g_autoptr (GMenu) addresses = g_menu_new ();
  g_autoptr (GMenu) rest = g_menu_new ();

  for (char **address = recent; *address != NULL; address++)
    {
      g_autoptr (GMenuItem) item = g_menu_item_new (NULL, NULL);
      g_auto (GStrv)        parts = g_strsplit (*address, "_", -1);
      g_autofree char      *label = g_strjoinv ("__", parts);

      g_menu_item_set_label (item, label);
      g_menu_item_set_action_and_target (item, "location.use", "s", *address);
      g_menu_append_item (addresses, item);
    }
  g_menu_append (rest, _ ("_Clear List"), "location.forget");
  g_menu_append_section (menu, NULL, G_MENU_MODEL (addresses));
  g_menu_append_section (menu, NULL, G_MENU_MODEL (rest));
  gtk_menu_button_set_menu_model (self->recent, G_MENU_MODEL (menu));
  gtk_widget_set_visible (GTK_WIDGET (self->recent), recent[0] != NULL);
}

static void
use (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  ViewerLocationDialog *self = data;

  gtk_editable_set_text (GTK_EDITABLE (self->address),
                         g_variant_get_string (parameter, NULL));
  if (self->index != NULL && prof_http_is_built ())
    ask (self);
}

static void
forget (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  ViewerLocationDialog *self = data;

  viewer_location_forget_all ();
  fill_recent (self);
  gtk_widget_grab_focus (GTK_WIDGET (self->address));
}

static void
add_actions (ViewerLocationDialog *self)
{
  const GActionEntry entries[] = {
    { .name = "use", .activate = use, .parameter_type = "s" },
    { .name = "forget", .activate = forget },
  };
  g_autoptr (GSimpleActionGroup) group = g_simple_action_group_new ();

  g_action_map_add_action_entries (G_ACTION_MAP (group),
                                   entries,
                                   G_N_ELEMENTS (entries),
                                   self);
  gtk_widget_insert_action_group (GTK_WIDGET (self),
                                  "location",
                                  G_ACTION_GROUP (group));
}

/* --- Object --- */

static void
viewer_location_dialog_dispose (GObject *object)
{
  ViewerLocationDialog *self = VIEWER_LOCATION_DIALOG (object);

  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->endpoints, g_ptr_array_unref);
  g_clear_pointer (&self->index, g_free);
  g_clear_pointer (&self->listed, g_free);
  G_OBJECT_CLASS (viewer_location_dialog_parent_class)->dispose (object);
}

static void
viewer_location_dialog_class_init (ViewerLocationDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = viewer_location_dialog_dispose;
  signals[CHOSEN] = g_signal_new ("chosen",
                                  G_TYPE_FROM_CLASS (klass),
                                  G_SIGNAL_RUN_LAST,
                                  0,
                                  NULL,
                                  NULL,
                                  NULL,
                                  G_TYPE_NONE,
                                  1,
                                  G_TYPE_STRING);
  gtk_widget_class_set_template_from_resource (
      widget_class,
      "/org/libprof/Flambeau/ui/viewer-location-dialog.ui");
#define BIND(child)                                           \
  gtk_widget_class_bind_template_child (widget_class,         \
                                        ViewerLocationDialog, \
                                        child)
  BIND (capture_button);
  BIND (address);
  BIND (recent);
  BIND (spinner);
  BIND (hint);
  BIND (profiles);
  BIND (list);
  BIND (seconds_group);
  BIND (seconds);
#undef BIND
  gtk_widget_class_bind_template_callback (widget_class, capture);
  gtk_widget_class_bind_template_callback (widget_class, address_entered);
  gtk_widget_class_bind_template_callback (widget_class, address_changed);
  gtk_widget_class_bind_template_callback (widget_class, row_selected);
  gtk_widget_class_add_binding_action (widget_class,
                                       GDK_KEY_Escape,
                                       0,
                                       "window.close",
                                       NULL);
}

static void
viewer_location_dialog_init (ViewerLocationDialog *self)
{
  g_auto (GStrv) recent = viewer_location_recent ();

  gtk_widget_init_template (GTK_WIDGET (self));
  add_actions (self);
  fill_list (self, viewer_endpoints_usual ());
  fill_recent (self);
  if (recent[0] != NULL)
    gtk_editable_set_text (GTK_EDITABLE (self->address), recent[0]);
  else
    explain (self, "");
  update (self);
  gtk_widget_grab_focus (GTK_WIDGET (self->address));
  gtk_editable_select_region (GTK_EDITABLE (self->address), 0, -1);
}

ViewerLocationDialog *
viewer_location_dialog_new (GtkWindow *parent)
{
  return g_object_new (VIEWER_TYPE_LOCATION_DIALOG,
                       "transient-for",
                       parent,
                       NULL);
}
