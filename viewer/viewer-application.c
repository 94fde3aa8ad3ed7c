/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "viewer-application.h"

#include "config.h"
#include "viewer-drag-file.h"
#include "viewer-help.h"
#include "viewer-options.h"
#include "viewer-preferences.h"
#include "viewer-settings.h"
#include "viewer-standard-input.h"
#include "viewer-window.h"
#include <glib/gi18n.h>
#include <string.h>
#include <unistd.h>

struct _ViewerApplication
{
  AdwApplication parent_instance;

  gboolean opened; /* by the command line: activating would add a window */
};

G_DEFINE_FINAL_TYPE (ViewerApplication,
                     viewer_application,
                     ADW_TYPE_APPLICATION)

/* Windows */

static ViewerWindow *
new_window (ViewerApplication *self)
{
  ViewerWindow *window = viewer_window_new (GTK_APPLICATION (self));

  gtk_window_present (GTK_WINDOW (window));
  return window;
}

static ViewerWindow *
find_window_of (ViewerApplication *self, GFile *file)
{
  GList *windows = gtk_application_get_windows (GTK_APPLICATION (self));

  for (; windows != NULL; windows = windows->next)
    if (VIEWER_IS_WINDOW (windows->data) &&
        viewer_document_shows (viewer_window_get_document (windows->data),
                               file))
      return windows->data;
  return NULL;
}

static ViewerWindow *
find_free_window (ViewerApplication *self)
{
  GtkWindow *window = gtk_application_get_active_window (
      GTK_APPLICATION (self));

  if (VIEWER_IS_WINDOW (window) &&
      viewer_window_is_free (VIEWER_WINDOW (window)))
    return VIEWER_WINDOW (window);
  return NULL;
}

static void
open_standard_input (ViewerApplication *self, GBytes *bytes, GVariant *options)
{
  const char   *view = NULL;
  const char   *type = NULL;
  const char   *focus = NULL;
  gboolean      fresh = FALSE;
  ViewerWindow *window = NULL;

  g_variant_lookup (options, "new-window", "b", &fresh);
  g_variant_lookup (options, "view", "&s", &view);
  g_variant_lookup (options, "sample-type", "&s", &type);
  g_variant_lookup (options, "focus", "&s", &focus);
  if (!fresh)
    window = find_free_window (self);
  if (window == NULL)
    window = viewer_window_new (GTK_APPLICATION (self));
  if (view != NULL)
    g_action_group_change_action_state (G_ACTION_GROUP (window),
                                        "view",
                                        g_variant_new_string (view));
  viewer_document_focus_next (viewer_window_get_document (window), focus);
  viewer_document_open_standard_input (viewer_window_get_document (window),
                                       bytes,
                                       type);
  viewer_window_appear (window);
}

/* What the next file of a window is compared with. */
static void
compare_next (ViewerWindow *window, GVariant *options)
{
  const char                  *uri = NULL;
  g_autoptr (GFile)            file = NULL;
  g_autoptr (ViewerSource)     base = NULL;
  g_autoptr (ViewerComparison) comparison = NULL;

  if (g_variant_lookup (options, "compare", "&s", &uri))
    {
      file = g_file_new_for_uri (uri);
      base = viewer_source_new (&file, 1);
      comparison = viewer_comparison_new (base);
    }
  viewer_document_compare_next (viewer_window_get_document (window),
                                comparison);
}

static void
open_file (ViewerApplication *self, GFile *file, GVariant *options)
{
  const char   *view = NULL;
  const char   *type = NULL;
  const char   *focus = NULL;
  gboolean      fresh = FALSE;
  ViewerWindow *window = NULL;

  g_variant_lookup (options, "new-window", "b", &fresh);
  g_variant_lookup (options, "view", "&s", &view);
  g_variant_lookup (options, "sample-type", "&s", &type);
  g_variant_lookup (options, "focus", "&s", &focus);
  if (!fresh && !g_variant_lookup (options, "compare", "&s", NULL) &&
      (window = find_window_of (self, file)) != NULL)
    {
      if (view != NULL)
        g_action_group_change_action_state (G_ACTION_GROUP (window),
                                            "view",
                                            g_variant_new_string (view));
      if (type != NULL)
        g_action_group_change_action_state (G_ACTION_GROUP (window),
                                            "sample-type",
                                            g_variant_new_string (type));
      if (focus != NULL)
        g_action_group_activate_action (G_ACTION_GROUP (window),
                                        "focus",
                                        g_variant_new_string (focus));
      gtk_window_present (GTK_WINDOW (window));
      return;
    }
  if (!fresh)
    window = find_free_window (self);
  if (window == NULL)
    window = viewer_window_new (GTK_APPLICATION (self));
  viewer_document_focus_next (viewer_window_get_document (window), focus);
  compare_next (window, options);
  viewer_window_open (window, file, type, view);
  viewer_window_appear (window);
}

static void
capture (ViewerApplication *self, const char *url, GVariant *options)
{
  const char   *view = NULL;
  const char   *type = NULL;
  const char   *focus = NULL;
  gboolean      fresh = FALSE;
  ViewerWindow *window = NULL;

  g_variant_lookup (options, "new-window", "b", &fresh);
  g_variant_lookup (options, "view", "&s", &view);
  g_variant_lookup (options, "sample-type", "&s", &type);
  g_variant_lookup (options, "focus", "&s", &focus);
  if (!fresh)
    window = find_free_window (self);
  if (window == NULL)
    window = viewer_window_new (GTK_APPLICATION (self));
  viewer_document_focus_next (viewer_window_get_document (window), focus);
  viewer_window_capture (window, url, type, view);
  gtk_window_present (GTK_WINDOW (window));
}

/* Whoever calls by D-Bus may name anything. */
static void
open_url (ViewerApplication *self, const char *named, GVariant *options)
{
  g_autofree char   *url = NULL;
  g_autoptr (GError) error = NULL;

  url = prof_url_read (named, 0, &error);
  if (url != NULL)
    capture (self, url, options);
  else
    {
      g_autofree char *shown = prof_url_shown (named);

      g_printerr ("flambeau: %s: %s\n", shown, error->message);
    }
}

static bool
is_url (GFile *file)
{
  return g_file_has_uri_scheme (file, "http") ||
         g_file_has_uri_scheme (file, "https");
}

static void
open_sum (ViewerApplication *self, GFile **files, int n_files)
{
  ViewerWindow *window = find_free_window (self);

  if (window == NULL)
    window = viewer_window_new (GTK_APPLICATION (self));
  viewer_document_open_sum (viewer_window_get_document (window),
                            files,
                            (size_t)n_files,
                            NULL);
  viewer_window_appear (window);
}

static void
viewer_application_open (GApplication *application,
                         GFile       **files,
                         int           n_files,
                         const char   *hint)
{
  ViewerApplication   *self = VIEWER_APPLICATION (application);
  g_autoptr (GVariant) options = viewer_options_from_hint (hint);
  gboolean             handed_over = FALSE;
  gboolean             merge = FALSE;

  g_variant_lookup (options, "standard-input", "b", &handed_over);
  g_variant_lookup (options, "merge", "b", &merge);
  if (merge)
    {
      open_sum (self, files, n_files);
      return;
    }
  for (int i = 0; i < n_files; i++)
    {
      g_autoptr (GBytes) bytes = handed_over
                                     ? viewer_standard_input_take (files[i])
                                     : NULL;

      g_autofree char *uri = is_url (files[i]) ? g_file_get_uri (files[i])
                                               : NULL;

      if (bytes != NULL)
        open_standard_input (self, bytes, options);
      else if (uri != NULL)
        open_url (self, uri, options);
      else
        open_file (self, files[i], options);
    }
}

static void
viewer_application_activate (GApplication *application)
{
  ViewerApplication *self = VIEWER_APPLICATION (application);
  GtkWindow         *window = gtk_application_get_active_window (
      GTK_APPLICATION (self));

  if (self->opened)
    {
      self->opened = FALSE;
      return;
    }
  if (window != NULL)
    gtk_window_present (window);
  else
    new_window (self);
}

/* Actions */

static void
new_window_activated (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  new_window (data);
}

/* Where one is free, that one asks for the address. */
static void
open_location_activated (GSimpleAction *action,
                         GVariant      *parameter,
                         gpointer       data)
{
  ViewerWindow *window = find_free_window (data);

  if (window == NULL)
    window = new_window (data);
  gtk_window_present (GTK_WINDOW (window));
  gtk_widget_activate_action (GTK_WIDGET (window), "win.open-location", NULL);
}

static void
capture_activated (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  const char          *url;
  const char          *hint;
  g_autoptr (GVariant) options = NULL;

  g_variant_get (parameter, "(&s&s)", &url, &hint);
  options = viewer_options_from_hint (hint);
  open_url (data, url, options);
}

static void
quit_activated (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  GList *windows = g_list_copy (
      gtk_application_get_windows (GTK_APPLICATION (data)));

  /* Each window remembers its size when it is closed. */
  for (GList *window = windows; window != NULL; window = window->next)
    gtk_window_close (window->data);
  g_list_free (windows);
}

static void
about_activated (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  static const char *const developers[] = { N_ ("The Flambeau developers"),
                                            NULL };

  adw_show_about_window (gtk_application_get_active_window (data),
                         "application-name",
                         _ ("Flambeau"),
                         "application-icon",
                         PROF_APP_ID,
                         "developer-name",
                         _ ("The Flambeau developers"),
                         "developers",
                         developers,
                         "version",
                         PROF_VERSION,
                         "comments",
                         _ ("View CPU and memory profiles as flame graphs"),
                         "license-type",
                         GTK_LICENSE_LGPL_2_1,
                         /* Translators: your names, one a line */
                         "translator-credits",
                         _ ("translator-credits"),
                         NULL);
}

static void
help_activated (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  viewer_help_show (gtk_application_get_active_window (data));
}

static void
shortcuts_activated (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  GtkWindow *window = gtk_application_get_active_window (data);

  if (window != NULL)
    gtk_widget_activate_action (GTK_WIDGET (window),
                                "win.show-help-overlay",
                                NULL);
}

static void
preferences_activated (GSimpleAction *action,
                       GVariant      *parameter,
                       gpointer       data)
{
  GtkWindow *window = gtk_application_get_active_window (data);

  /* One is enough. */
  for (GList *w = gtk_application_get_windows (data); w != NULL; w = w->next)
    if (VIEWER_IS_PREFERENCES (w->data))
      {
        gtk_window_present (w->data);
        return;
      }
  gtk_window_present (GTK_WINDOW (viewer_preferences_new (window)));
}

static void
set_theme (const char *theme)
{
  AdwColorScheme scheme = ADW_COLOR_SCHEME_DEFAULT;

  if (strcmp (theme, "light") == 0)
    scheme = ADW_COLOR_SCHEME_FORCE_LIGHT;
  else if (strcmp (theme, "dark") == 0)
    scheme = ADW_COLOR_SCHEME_FORCE_DARK;
  adw_style_manager_set_color_scheme (adw_style_manager_get_default (), scheme);
}

static void
change_theme (GSimpleAction *action, GVariant *state, gpointer data)
{
  const char *theme = g_variant_get_string (state, NULL);

  if (strcmp (theme, "follow") != 0 && strcmp (theme, "light") != 0 &&
      strcmp (theme, "dark") != 0)
    return;
  set_theme (theme);
  g_simple_action_set_state (action, state);
  viewer_settings_set_string ("theme", theme);
}

static const GActionEntry actions[] = {
  { .name = "new-window", .activate = new_window_activated },
  { .name = "open-location", .activate = open_location_activated },
  { .name = "capture",
    .activate = capture_activated,
    .parameter_type = "(ss)" },
  { .name = "quit", .activate = quit_activated },
  { .name = "about", .activate = about_activated },
  { .name = "preferences", .activate = preferences_activated },
  { .name = "help", .activate = help_activated },
  { .name = "shortcuts", .activate = shortcuts_activated },
  { .name = "theme",
    .parameter_type = "s",
    .state = "'follow'",
    .change_state = change_theme },
};

/* Letters, Backspace and '/' belong to the graph and the tables: here they
 * would fire while one types into the search. */
static const struct
{
  const char *action;
  const char *keys[4];
} accels[] = {
  { "win.open", { "<Control>o" } },
  { "win.open-location", { "<Control>l" } },
  { "win.reload", { "<Control>r", "F5" } },
  { "win.capture-again", { "<Control><Shift>r" } },
  { "win.previous-capture", { "<Control>Page_Up" } },
  { "win.next-capture", { "<Control>Page_Down" } },
  { "win.compare-previous-capture", { "<Control><Shift>Page_Up" } },
  { "win.save-as", { "<Control>s", "<Control><Shift>s" } },
  { "win.compare", { "<Control>d" } },
  { "win.export", { "<Control>e" } },
  { "win.print", { "<Control>p" } },
  { "win.details", { "<Control>i" } },
  { "win.copy-image", { "<Control><Alt>c" } },
  { "app.new-window", { "<Control>n" } },
  { "window.close", { "<Control>w" } },
  { "app.quit", { "<Control>q" } },
  { "win.view::flame", { "<Alt>1" } },
  { "win.view::top", { "<Alt>2" } },
  { "win.view::sandwich", { "<Alt>3" } },
  { "win.view::graph", { "<Alt>4" } },
  { "win.view::tree", { "<Alt>5" } },
  { "win.view::source", { "<Alt>6" } },
  { "win.side-panel", { "F9" } },
  { "win.primary-menu", { "F10" } },
  { "win.view-options", { "<Alt>v" } },
  { "win.sample-types", { "<Alt>t" } },
  { "win.clear-filters", { "<Control><Shift>x" } },
  { "win.full-screen", { "F11" } },
  { "win.find", { "<Control>f" } },
  { "win.find-next", { "<Control>g", "F3" } },
  { "win.find-previous", { "<Control><Shift>g", "<Shift>F3" } },
  { "win.back", { "<Alt>Left" } },
  { "win.forward", { "<Alt>Right" } },
  { "win.zoom-home", { "<Alt>Home", "<Control>0", "<Control>KP_0" } },
  { "win.zoom-in", { "<Control>plus", "<Control>equal", "<Control>KP_Add" } },
  { "win.zoom-out", { "<Control>minus", "<Control>KP_Subtract" } },
  { "app.preferences", { "<Control>comma" } },
  { "app.shortcuts", { "<Control>question" } },
  { "app.help", { "F1" } },
};

static void
follow_theme (GApplication *application)
{
  g_autofree char     *theme = viewer_settings_get_string ("theme");
  g_autoptr (GVariant) state =
      g_action_group_get_action_state (G_ACTION_GROUP (application), "theme");

  if (strcmp (g_variant_get_string (state, NULL), theme) != 0)
    g_action_group_change_action_state (G_ACTION_GROUP (application),
                                        "theme",
                                        g_variant_new_string (theme));
}

static void
viewer_application_startup (GApplication *application)
{
  G_APPLICATION_CLASS (viewer_application_parent_class)->startup (application);
  g_action_map_add_action_entries (G_ACTION_MAP (application),
                                   actions,
                                   G_N_ELEMENTS (actions),
                                   application);
  for (size_t i = 0; i < G_N_ELEMENTS (accels); i++)
    gtk_application_set_accels_for_action (GTK_APPLICATION (application),
                                           accels[i].action,
                                           accels[i].keys);
  gtk_window_set_default_icon_name (PROF_APP_ID);
  follow_theme (application);
  viewer_settings_watch ("theme", G_CALLBACK (follow_theme), application);
}

static void
viewer_application_shutdown (GApplication *application)
{
  viewer_drag_file_delete_all ();
  G_APPLICATION_CLASS (viewer_application_parent_class)->shutdown (application);
}

/* Command line */

static void
open_arguments (ViewerApplication *self, char **paths, GVariantDict *options)
{
  g_autoptr (GPtrArray) files = g_ptr_array_new_with_free_func (g_object_unref);
  g_autofree char      *hint = viewer_options_to_hint (options);

  for (char **path = paths; *path != NULL; path++)
    if (prof_source_is_url (*path))
      g_action_group_activate_action (G_ACTION_GROUP (self),
                                      "capture",
                                      g_variant_new ("(ss)", *path, hint));
    else if (!viewer_options_is_standard_input (*path))
      g_ptr_array_add (files, g_file_new_for_commandline_arg (*path));
  if (files->len == 0)
    return;
  g_application_open (G_APPLICATION (self),
                      (GFile **)files->pdata,
                      (int)files->len,
                      hint);
}

/* Here, or in the process that has the windows. */
static bool
open_input (ViewerApplication *self,
            GBytes            *bytes,
            GVariantDict      *options,
            GError           **error)
{
  g_autofree char     *hint = NULL;
  g_autoptr (GVariant) parsed = NULL;
  g_autoptr (GFile)    file = NULL;

  g_variant_dict_insert (options, "standard-input", "b", TRUE);
  hint = viewer_options_to_hint (options);
  if (!g_application_get_is_remote (G_APPLICATION (self)))
    {
      parsed = viewer_options_from_hint (hint);
      open_standard_input (self, bytes, parsed);
      return true;
    }
  file = viewer_standard_input_hand_over (bytes, error);
  if (file == NULL)
    return false;
  g_application_open (G_APPLICATION (self), &file, 1, hint);
  return true;
}

/* (transfer full): NULL when no path is "-"; @failed is told. */
static GBytes *
read_input (char **paths, bool *failed)
{
  g_autoptr (GError) error = NULL;
  GBytes            *bytes = NULL;

  for (char **path = paths; path != NULL && *path != NULL; path++)
    {
      if (!viewer_options_is_standard_input (*path))
        continue;
      if (isatty (STDIN_FILENO))
        g_printerr (_ ("flambeau: standard input is a terminal; a profile "
                       "comes through a pipe\n"));
      else if ((bytes = viewer_standard_input_read (&error)) == NULL)
        g_printerr (_ ("flambeau: standard input: %s\n"), error->message);
      *failed = bytes == NULL;
      break;
    }
  return bytes;
}

static int
viewer_application_handle_local_options (GApplication *application,
                                         GVariantDict *options)
{
  ViewerApplication *self = VIEWER_APPLICATION (application);
  g_autofree char  **paths = NULL;
  g_autoptr (GError) error = NULL;
  const char        *alone;
  bool               failed = false;

  if (g_variant_dict_contains (options, "version"))
    {
      g_print ("flambeau %s\n", PROF_VERSION);
      return 0;
    }
  if (!viewer_options_check (options))
    return 1;
  g_variant_dict_lookup (options, G_OPTION_REMAINING, "^a&ay", &paths);
  alone = viewer_options_alone_action (options);
  if (paths == NULL && alone == NULL)
    return -1;

  g_autoptr (GBytes) input = read_input (paths, &failed);

  if (failed)
    return 1;
  if (!g_application_register (application, NULL, &error))
    {
      g_printerr ("flambeau: %s\n", error->message);
      return 1;
    }
  if (paths != NULL)
    open_arguments (self, paths, options);
  else
    g_action_group_activate_action (G_ACTION_GROUP (application), alone, NULL);
  if (input != NULL && !open_input (self, input, options, &error))
    {
      g_printerr (_ ("flambeau: standard input: %s\n"), error->message);
      return 1;
    }
  if (g_application_get_is_remote (application))
    {
      /* What was sent has to leave before the process does. */
      g_dbus_connection_flush_sync (g_application_get_dbus_connection (
                                        application),
                                    NULL,
                                    NULL);
      return 0;
    }
  self->opened = TRUE;
  return -1;
}

static void
viewer_application_class_init (ViewerApplicationClass *klass)
{
  GApplicationClass *application_class = G_APPLICATION_CLASS (klass);

  application_class->startup = viewer_application_startup;
  application_class->shutdown = viewer_application_shutdown;
  application_class->activate = viewer_application_activate;
  application_class->open = viewer_application_open;
  application_class
      ->handle_local_options = viewer_application_handle_local_options;
}

static void
viewer_application_init (ViewerApplication *self)
{
  viewer_options_add (G_APPLICATION (self));
}

ViewerApplication *
viewer_application_new (GApplicationFlags flags)
{
  return g_object_new (VIEWER_TYPE_APPLICATION,
                       "application-id",
                       PROF_APP_ID,
                       "flags",
                       flags | G_APPLICATION_HANDLES_OPEN,
                       "resource-base-path",
                       "/org/libprof/Flambeau",
                       NULL);
}
