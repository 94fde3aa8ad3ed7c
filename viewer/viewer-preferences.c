/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "viewer-preferences.h"

#include "viewer-editor.h"
#include "viewer-folders.h"
#include "viewer-presets.h"
#include "viewer-settings.h"
#include <glib/gi18n.h>
#include <string.h>

struct _ViewerPreferences
{
  AdwPreferencesWindow parent_instance;

  /* Children, of the template */
  AdwComboRow         *theme;
  AdwComboRow         *direction;
  AdwComboRow         *color_by;
  AdwComboRow         *names;
  GtkSwitch           *legend;
  GtkSpinButton       *ask_above;
  AdwPreferencesGroup *presets;
  GtkWidget           *no_presets;

  AdwPreferencesGroup *editor_group;
  AdwEntryRow         *editor;
  AdwPreferencesGroup *folders;
  GtkWidget           *no_folders;

  GPtrArray *preset_rows; /* children of presets, lent */
  GPtrArray *folder_rows; /* children of folders, lent */
  gboolean   showing;     /* what is stored, so nothing is to be stored */
};

G_DEFINE_FINAL_TYPE (ViewerPreferences,
                     viewer_preferences,
                     ADW_TYPE_PREFERENCES_WINDOW)

#define MAX_CHOICES 6

/* Values of a key in the order of the row's items. */
typedef struct
{
  const char *key;
  const char *values[MAX_CHOICES];
} Choice;

static const Choice themes = { "theme", { "follow", "light", "dark" } };
static const Choice directions = { "direction", { "icicle", "flame" } };
static const Choice colors = {
  "color-by",
  { "packages", "self", "functions", "files", "depth" },
};

static const Choice names = { "names", { "short", "tail", "full" } };

static void
show_choice (AdwComboRow *row, const Choice *choice)
{
  g_autofree char *value = viewer_settings_get_string (choice->key);

  for (guint i = 0; i < MAX_CHOICES && choice->values[i] != NULL; i++)
    if (strcmp (choice->values[i], value) == 0)
      adw_combo_row_set_selected (row, i);
}

static void
store_choice (ViewerPreferences *self, AdwComboRow *row, const Choice *choice)
{
  guint selected = adw_combo_row_get_selected (row);

  if (!self->showing && selected < MAX_CHOICES &&
      choice->values[selected] != NULL)
    viewer_settings_set_string (choice->key, choice->values[selected]);
}

static void
theme_chosen (ViewerPreferences *self)
{
  store_choice (self, self->theme, &themes);
}

static void
direction_chosen (ViewerPreferences *self)
{
  store_choice (self, self->direction, &directions);
}

static void
color_chosen (ViewerPreferences *self)
{
  store_choice (self, self->color_by, &colors);
}

static void
names_chosen (ViewerPreferences *self)
{
  store_choice (self, self->names, &names);
}

static void
legend_chosen (ViewerPreferences *self)
{
  if (!self->showing)
    viewer_settings_set_boolean ("legend-visible",
                                 gtk_switch_get_active (self->legend));
}

static void
ask_above_chosen (ViewerPreferences *self)
{
  if (!self->showing)
    viewer_settings_set_int ("ask-above",
                             gtk_spin_button_get_value_as_int (
                                 self->ask_above));
}

static void
show_values (ViewerPreferences *self)
{
  self->showing = TRUE;
  show_choice (self->theme, &themes);
  show_choice (self->direction, &directions);
  show_choice (self->color_by, &colors);
  show_choice (self->names, &names);
  gtk_switch_set_active (self->legend,
                         viewer_settings_get_boolean ("legend-visible"));
  gtk_spin_button_set_value (self->ask_above,
                             viewer_settings_get_int ("ask-above"));
  self->showing = FALSE;
}

/* A command is stored once it can be run. */
static void
editor_changed (ViewerPreferences *self)
{
  const char *command = gtk_editable_get_text (GTK_EDITABLE (self->editor));
  gboolean    empty = strspn (command, " \t") == strlen (command);
  g_autoptr (GError) error = NULL;
  g_auto (GStrv)     words = NULL;

  if (!empty)
    words = viewer_editor_command (command, "/", 1, &error);
  if (empty || words != NULL)
    gtk_widget_remove_css_class (GTK_WIDGET (self->editor), "error");
  else
    gtk_widget_add_css_class (GTK_WIDGET (self->editor), "error");
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->editor),
                               error != NULL ? error->message : NULL);
  if (!self->showing && error == NULL)
    viewer_settings_set_string ("editor-command", empty ? "" : command);
}

static void
show_editor (ViewerPreferences *self)
{
  g_autofree char *command = viewer_settings_get_string ("editor-command");
  const char      *shown = gtk_editable_get_text (GTK_EDITABLE (self->editor));

  self->showing = TRUE;
  if (strcmp (shown, command) != 0)
    gtk_editable_set_text (GTK_EDITABLE (self->editor), command);
  self->showing = FALSE;
}

/* Rows of what was saved, each with a button that takes it away */

static void
add_saved (AdwPreferencesGroup *group,
           GPtrArray           *rows,
           const char          *title,
           const char          *subtitle,
           const char          *key,
           GCallback            clicked)
{
  GtkWidget       *row = adw_action_row_new ();
  GtkWidget       *button = gtk_button_new_from_icon_name ("user-trash-"
                                                           "symbolic");
  g_autofree char *escaped = g_markup_escape_text (title, -1);
  g_autofree char *label = g_strdup_printf (_ ("Remove “%s”"), title);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), escaped);
  if (subtitle != NULL)
    {
      g_autofree char *below = g_markup_escape_text (subtitle, -1);

      adw_action_row_set_subtitle (ADW_ACTION_ROW (row), below);
    }
  g_object_set_data_full (G_OBJECT (button), "key", g_strdup (key), g_free);
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_tooltip_text (button, label);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  label,
                                  -1);
  g_signal_connect (button, "clicked", clicked, NULL);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), button);
  adw_preferences_group_add (group, row);
  g_ptr_array_add (rows, row);
}

static void
remove_rows (AdwPreferencesGroup *group, GPtrArray *rows)
{
  for (guint r = 0; r < rows->len; r++)
    adw_preferences_group_remove (group, rows->pdata[r]);
  g_ptr_array_set_size (rows, 0);
}

/* Folders with sources */

static void
folder_removed (GtkButton *button)
{
  viewer_folders_remove (g_object_get_data (G_OBJECT (button), "key"));
}

static void
show_folders (ViewerPreferences *self)
{
  g_auto (GStrv) folders = viewer_folders_list ();

  remove_rows (self->folders, self->folder_rows);
  for (size_t f = 0; folders[f] != NULL; f++)
    {
      g_autofree char *name = g_filename_display_name (folders[f]);

      add_saved (self->folders,
                 self->folder_rows,
                 name,
                 NULL,
                 folders[f],
                 G_CALLBACK (folder_removed));
    }
  gtk_widget_set_visible (self->no_folders, folders[0] == NULL);
}

/* Saved filters */

static void
preset_removed (GtkButton *button)
{
  viewer_presets_remove (g_object_get_data (G_OBJECT (button), "key"));
}

static void
show_presets (ViewerPreferences *self)
{
  g_autoptr (GPtrArray) presets = viewer_presets_list ();

  remove_rows (self->presets, self->preset_rows);
  for (guint p = 0; p < presets->len; p++)
    {
      const ViewerPreset *preset = presets->pdata[p];

      add_saved (self->presets,
                 self->preset_rows,
                 preset->name,
                 preset->options,
                 preset->name,
                 G_CALLBACK (preset_removed));
    }
  gtk_widget_set_visible (self->no_presets, presets->len == 0);
}

/* Object */

static void
viewer_preferences_finalize (GObject *object)
{
  ViewerPreferences *self = VIEWER_PREFERENCES (object);

  g_ptr_array_unref (self->preset_rows);
  g_ptr_array_unref (self->folder_rows);
  G_OBJECT_CLASS (viewer_preferences_parent_class)->finalize (object);
}

static void
viewer_preferences_class_init (ViewerPreferencesClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = viewer_preferences_finalize;
  gtk_widget_class_set_template_from_resource (
      widget_class,
      "/org/libprof/Flambeau/ui/viewer-preferences.ui");
#define BIND(child) \
  gtk_widget_class_bind_template_child (widget_class, ViewerPreferences, child)
  BIND (theme);
  BIND (direction);
  BIND (color_by);
  BIND (names);
  BIND (legend);
  BIND (ask_above);
  BIND (editor_group);
  BIND (editor);
  BIND (folders);
  BIND (no_folders);
  BIND (presets);
  BIND (no_presets);
#undef BIND
  gtk_widget_class_bind_template_callback (widget_class, theme_chosen);
  gtk_widget_class_bind_template_callback (widget_class, direction_chosen);
  gtk_widget_class_bind_template_callback (widget_class, color_chosen);
  gtk_widget_class_bind_template_callback (widget_class, names_chosen);
  gtk_widget_class_bind_template_callback (widget_class, legend_chosen);
  gtk_widget_class_bind_template_callback (widget_class, ask_above_chosen);
  gtk_widget_class_bind_template_callback (widget_class, editor_changed);
}

static void
viewer_preferences_init (ViewerPreferences *self)
{
  static const char *const keys[] = {
    "theme", "direction", "color-by", "names", "legend-visible", "ask-above",
  };

  self->preset_rows = g_ptr_array_new ();
  self->folder_rows = g_ptr_array_new ();
  self->showing = TRUE;
  gtk_widget_init_template (GTK_WIDGET (self));
  show_values (self);
  show_presets (self);
  show_editor (self);
  show_folders (self);
  gtk_widget_set_visible (GTK_WIDGET (self->editor_group),
                          !viewer_editor_is_confined ());
  for (size_t i = 0; i < G_N_ELEMENTS (keys); i++)
    viewer_settings_watch (keys[i], G_CALLBACK (show_values), self);
  viewer_presets_watch (G_CALLBACK (show_presets), self);
  viewer_settings_watch ("editor-command", G_CALLBACK (show_editor), self);
  viewer_folders_watch (G_CALLBACK (show_folders), self);
}

ViewerPreferences *
viewer_preferences_new (GtkWindow *parent)
{
  return g_object_new (VIEWER_TYPE_PREFERENCES, "transient-for", parent, NULL);
}
