/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Every command of the window is an action, so that menus, keys, D-Bus and
 * screen readers reach the same one. */
#include "viewer-window-private.h"

#include "viewer-command.h"
#include "viewer-profile-window.h"
#include "viewer-settings.h"
#include "viewer-text.h"
#include <glib/gi18n.h>
#include <string.h>

/* For each press of Ctrl and plus. */
#define ZOOM_STEP 1.25

/* Percent: of frames that are half as wide as the view none would be left. */
#define MAX_TRIM 50

/* Opening */

static void
choose_response (GtkNativeDialog *dialog, int response, ViewerWindow *self)
{
  if (response == GTK_RESPONSE_ACCEPT)
    {
      g_autoptr (GListModel) files = gtk_file_chooser_get_files (
          GTK_FILE_CHOOSER (dialog));

      for (guint i = 0; i < g_list_model_get_n_items (files); i++)
        {
          g_autoptr (GFile) file = g_list_model_get_item (files, i);

          viewer_window_open_elsewhere (self, file);
        }
    }
  g_clear_object (&self->chooser);
}

static void
merge_response (GtkNativeDialog *dialog, int response, ViewerWindow *self)
{
  if (response == GTK_RESPONSE_ACCEPT)
    {
      g_autoptr (GListModel) chosen = gtk_file_chooser_get_files (
          GTK_FILE_CHOOSER (dialog));
      g_autoptr (GPtrArray) files = g_ptr_array_new_with_free_func (
          g_object_unref);

      for (guint i = 0; i < g_list_model_get_n_items (chosen); i++)
        g_ptr_array_add (files, g_list_model_get_item (chosen, i));
      if (files->len > 0)
        viewer_window_merge_elsewhere (self, files);
    }
  g_clear_object (&self->chooser);
}

static void
add_filters (GtkFileChooser *chooser)
{
  static const char *const types[] = {
    "application/x-pprof",          "text/x-pprof",
    "text/x-folded-stacks",         "application/x-v8-cpuprofile",
    "application/x-v8-heapprofile", "application/x-speedscope",
    "application/x-callgrind",      "application/x-firefox-profiler",
    "application/x-linux-perf-data"
  };
  static const char *const suffixes[] = {
    "prof",        "pprof",           "pb",       "gz",
    "folded",      "collapsed",       "heap",     "cpuprofile",
    "heapprofile", "speedscope.json", "callgrind"
  };
  g_autoptr (GtkFileFilter) profiles = gtk_file_filter_new ();
  g_autoptr (GtkFileFilter) all = gtk_file_filter_new ();

  gtk_file_filter_set_name (profiles, _ ("Profiles"));
  for (size_t i = 0; i < G_N_ELEMENTS (types); i++)
    gtk_file_filter_add_mime_type (profiles, types[i]);
  for (size_t i = 0; i < G_N_ELEMENTS (suffixes); i++)
    gtk_file_filter_add_suffix (profiles, suffixes[i]);
  gtk_file_filter_set_name (all, _ ("All Files"));
  gtk_file_filter_add_pattern (all, "*");
  gtk_file_chooser_add_filter (chooser, profiles);
  gtk_file_chooser_add_filter (chooser, all);
}

void
viewer_window_show_chooser (ViewerWindow        *self,
                            const char          *title,
                            GtkFileChooserAction action,
                            const char          *accept,
                            GCallback            response)
{
  g_clear_object (&self->chooser);
  self->chooser = gtk_file_chooser_native_new (title,
                                               GTK_WINDOW (self),
                                               action,
                                               accept,
                                               _ ("_Cancel"));
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (self->chooser), TRUE);
  g_signal_connect_object (self->chooser, "response", response, self, 0);
}

void
viewer_window_choose_profiles (ViewerWindow *self,
                               const char   *title,
                               const char   *accept,
                               gboolean      several,
                               GCallback     response)
{
  viewer_window_show_chooser (self,
                              title,
                              GTK_FILE_CHOOSER_ACTION_OPEN,
                              accept,
                              response);
  gtk_file_chooser_set_select_multiple (GTK_FILE_CHOOSER (self->chooser),
                                        several);
  add_filters (GTK_FILE_CHOOSER (self->chooser));
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (self->chooser));
}

static void
open_file (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  viewer_window_choose_profiles (data,
                                 _ ("Open a Profile"),
                                 _ ("_Open"),
                                 TRUE,
                                 G_CALLBACK (choose_response));
}

static void
merge_files (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  viewer_window_choose_profiles (data,
                                 _ ("Open and Merge Profiles"),
                                 _ ("_Merge"),
                                 TRUE,
                                 G_CALLBACK (merge_response));
}

static void
open_uri (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  g_autoptr (GFile) file = g_file_new_for_uri (
      g_variant_get_string (parameter, NULL));

  viewer_window_open_elsewhere (data, file);
}

static void
reload (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  if (!viewer_window_capture_again (data))
    viewer_document_reload (((ViewerWindow *)data)->document);
}

static void
ignore_change (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  viewer_document_ignore_change (((ViewerWindow *)data)->document);
}

static void
dismiss_warnings (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  viewer_document_dismiss_warnings (((ViewerWindow *)data)->document);
}

static void
cancel (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  if (!viewer_window_cancel_capture (data))
    viewer_document_cancel (((ViewerWindow *)data)->document);
}

static void
take_offer (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  viewer_document_take_offer (((ViewerWindow *)data)->document);
}

static void
copy_details (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  ViewerWindow        *self = data;
  const ViewerProblem *problem = viewer_document_get_problem (self->document);
  g_autofree char     *text = NULL;

  if (problem == NULL)
    return;
  text = g_strdup_printf ("%s\n%s\n%s\n",
                          problem->title,
                          problem->detail,
                          problem->message);
  gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (self)), text);
  viewer_window_toast (self, _ ("Details copied"));
}

/* One is enough. */
static void
details (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  ViewerWindow     *self = data;
  g_autoptr (GList) windows = gtk_window_list_toplevels ();

  for (GList *w = windows; w != NULL; w = w->next)
    if (VIEWER_IS_PROFILE_WINDOW (w->data) &&
        gtk_window_get_transient_for (w->data) == GTK_WINDOW (self))
      {
        gtk_window_present (w->data);
        return;
      }
  gtk_window_present (GTK_WINDOW (
      viewer_profile_window_new (GTK_WINDOW (self), self->document)));
}

/* Walking about */

static void
go_back (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  viewer_document_go (((ViewerWindow *)data)->document, -1);
}

static void
go_forward (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  viewer_document_go (((ViewerWindow *)data)->document, 1);
}

static gboolean
is_view (ViewerWindow *self, const char *view)
{
  return strcmp (self->view, view) == 0;
}

/* (nullable): what is zoomed instead of the document. */
static ViewerSandwich *
shown_sandwich (ViewerWindow *self)
{
  return is_view (self, "sandwich")
             ? viewer_sandwich_page_get_sandwich (self->sandwich_page)
             : NULL;
}

/* (nullable): likewise. */
static ViewerGraphCanvas *
shown_graph (ViewerWindow *self)
{
  return is_view (self, "graph")
             ? viewer_graph_page_get_canvas (self->graph_page)
             : NULL;
}

static gboolean
is_zoomed (ViewerWindow *self)
{
  ViewerSandwich *sandwich = shown_sandwich (self);

  if (shown_graph (self) != NULL)
    return viewer_graph_canvas_is_zoomed (shown_graph (self));
  return sandwich != NULL ? viewer_sandwich_is_zoomed (sandwich)
                          : viewer_document_is_zoomed (self->document);
}

static void
show_everything (ViewerWindow *self)
{
  ViewerSandwich *sandwich = shown_sandwich (self);

  if (shown_graph (self) != NULL)
    viewer_graph_canvas_fit (shown_graph (self));
  else if (sandwich != NULL)
    viewer_sandwich_zoom_home (sandwich);
  else
    viewer_document_zoom_home (self->document);
}

static void
zoom_by (ViewerWindow *self, double factor)
{
  ViewerSandwich *sandwich = shown_sandwich (self);

  if (shown_graph (self) != NULL)
    viewer_graph_canvas_zoom (shown_graph (self), factor);
  else if (sandwich != NULL)
    viewer_sandwich_zoom (sandwich, factor);
  else
    viewer_flame_canvas_zoom (viewer_window_get_canvas (self), factor);
}

static void
zoom_home (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  show_everything (data);
}

static void
zoom_to_selection (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  viewer_document_zoom_to_selection (((ViewerWindow *)data)->document);
}

static void
zoom_in (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  zoom_by (data, ZOOM_STEP);
}

static void
zoom_out (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  zoom_by (data, 1 / ZOOM_STEP);
}

/* One step for each press. */
static void
escape (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  ViewerWindow   *self = data;
  ViewerDocument *document = self->document;
  ViewerStage     stage;
  double          fraction;

  if (viewer_document_is_busy (document, &stage, &fraction))
    viewer_document_cancel (document);
  else if (viewer_document_get_result (document) == NULL &&
           viewer_window_cancel_capture (self))
    return;
  else if (viewer_document_get_search_text (document)[0] != '\0')
    viewer_document_set_search (document,
                                "",
                                viewer_document_get_search_flags (document));
  else if (viewer_document_get_result (document) == NULL)
    return;
  else if (viewer_document_get_selection (document).node != PROF_ID_NONE)
    viewer_document_unselect (document);
  else
    show_everything (self);
}

/* Searching */

static void
find (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  viewer_search_bar_begin (((ViewerWindow *)data)->search_bar);
}

static void
find_next (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  viewer_document_find (((ViewerWindow *)data)->document, 1);
}

static void
find_previous (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  viewer_document_find (((ViewerWindow *)data)->document, -1);
}

static void
search (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  viewer_search_bar_search (((ViewerWindow *)data)->search_bar,
                            g_variant_get_string (parameter, NULL));
}

static const char *
selected_name (ViewerWindow *self)
{
  ViewerResult *result = viewer_document_get_result (self->document);
  ProfFrameId   frame = viewer_document_get_selection (self->document).frame;

  return result == NULL || frame == PROF_ID_NONE
             ? NULL
             : prof_frames_display_name (result->frames, frame);
}

static void
search_name (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  ViewerWindow *self = data;
  const char   *name = selected_name (self);

  if (name != NULL)
    viewer_document_set_search (self->document, name, PROF_SEARCH_CASE);
}

/* Copying */

static void
copy_text (ViewerWindow *self, const char *text, const char *message)
{
  gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (self)), text);
  viewer_window_toast (self, message);
}

static void
copy_name (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  const char *name = selected_name (data);

  if (name != NULL)
    copy_text (data, name, _ ("Name copied"));
}

static void
copy_command (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  ViewerWindow    *self = data;
  g_autofree char *command = viewer_command_new (self->document, self->view);

  if (command != NULL)
    copy_text (self, command, _ ("Command copied"));
}

static void
copy_stack (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  ViewerWindow *self = data;
  ViewerResult *result = viewer_document_get_result (self->document);
  ProfNodeId    node = viewer_document_get_selection (self->document).node;

  if (result == NULL || node == PROF_ID_NONE)
    return;
  g_autofree char *text = viewer_text_stack (result, node);
  copy_text (self, text, _ ("Stack copied"));
}

/* (transfer full) (nullable): of the view's table. */
static char *
rows_of_view (ViewerWindow *self, gboolean all)
{
  if (is_view (self, "tree"))
    return viewer_tree_page_copy_rows (self->tree_page);
  if (is_view (self, "top"))
    return viewer_top_page_copy_rows (self->top_page, all);
  if (is_view (self, "source"))
    return viewer_source_page_copy_rows (self->source_page);
  return NULL;
}

/* The list of the sandwich is of names. */
static void
copy_rows (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  g_autofree char *text = rows_of_view (data, FALSE);

  if (text != NULL)
    copy_text (data, text, _ ("Rows copied"));
  else
    copy_name (action, parameter, data);
}

static void
copy_table (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  g_autofree char *text = rows_of_view (data, TRUE);

  if (text != NULL)
    copy_text (data, text, _ ("Table copied"));
}

/* What is shown */

static void
change_view (GSimpleAction *action, GVariant *state, gpointer data)
{
  viewer_window_set_view (data, g_variant_get_string (state, NULL));
}

static void
show_in_flame_graph (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  viewer_window_set_view (data, "flame");
}

static void
show_in_top (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  viewer_window_set_view (data, "top");
}

static void
show_in_sandwich (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  viewer_window_set_view (data, "sandwich");
}

static void
show_in_graph (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  viewer_window_set_view (data, "graph");
}

static void
show_in_tree (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  viewer_window_set_view (data, "tree");
}

static void
expand_subtree (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  viewer_tree_page_expand_subtree (((ViewerWindow *)data)->tree_page);
}

static void
change_direction (GSimpleAction *action, GVariant *state, gpointer data)
{
  const char *direction = g_variant_get_string (state, NULL);

  if (strcmp (direction, "icicle") != 0 && strcmp (direction, "flame") != 0)
    return;
  viewer_flame_page_set_flame (((ViewerWindow *)data)->flame_page,
                               direction[0] == 'f');
  g_simple_action_set_state (action, state);
  viewer_settings_set_string ("direction", direction);
}

static void
change_names (GSimpleAction *action, GVariant *state, gpointer data)
{
  static const char *const names[] = {
    [PROF_NAMES_TAIL_FIRST] = "tail",
    [PROF_NAMES_SHORT] = "short",
    [PROF_NAMES_FULL] = "full",
  };
  ViewerWindow *self = data;
  const char   *asked = g_variant_get_string (state, NULL);

  for (size_t i = 0; i < G_N_ELEMENTS (names); i++)
    if (strcmp (asked, names[i]) == 0)
      {
        viewer_flame_canvas_set_names (viewer_window_get_canvas (self),
                                       (ProfNames)i);
        viewer_sandwich_page_set_names (self->sandwich_page, (ProfNames)i);
        g_simple_action_set_state (action, state);
        viewer_settings_set_string ("names", asked);
      }
}

static void
change_trim (GSimpleAction *action, GVariant *state, gpointer data)
{
  ViewerWindow *self = data;
  double        percent = g_variant_get_double (state);

  if (!(percent >= 0 && percent <= MAX_TRIM))
    return;
  viewer_flame_canvas_set_trim (viewer_window_get_canvas (self), percent / 100);
  viewer_sandwich_page_set_trim (self->sandwich_page, percent / 100);
  g_simple_action_set_state (action, state);
}

static void
change_type (GSimpleAction *action, GVariant *state, gpointer data)
{
  ViewerWindow *self = data;
  ViewerResult *result = viewer_document_get_result (self->document);
  const char   *name = g_variant_get_string (state, NULL);
  size_t        type;

  if (result != NULL &&
      prof_profile_find_type (result->profile, name, &type, NULL))
    viewer_document_set_type (self->document, type);
}

static void
change_panel (GSimpleAction *action, GVariant *state, gpointer data)
{
  ViewerWindow *self = data;
  gboolean      show = g_variant_get_boolean (state);

  if (show)
    viewer_window_place_panel (self);
  gtk_widget_set_visible (GTK_WIDGET (self->panel), show);
  g_simple_action_set_state (action, state);
  viewer_settings_set_boolean ("side-panel-visible", show);
}

static void
change_legend (GSimpleAction *action, GVariant *state, gpointer data)
{
  ViewerWindow *self = data;
  gboolean      show = g_variant_get_boolean (state);

  viewer_flame_page_show_legend (self->flame_page, show);
  g_simple_action_set_state (action, state);
  viewer_settings_set_boolean ("legend-visible", show);
}

static void
full_screen (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  if (gtk_window_is_fullscreen (data))
    gtk_window_unfullscreen (data);
  else
    gtk_window_fullscreen (data);
}

static void
view_options (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  gtk_menu_button_popup (((ViewerWindow *)data)->view_options);
}

static void
sample_types (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  ViewerWindow *self = data;

  if (gtk_widget_get_visible (GTK_WIDGET (self->types)))
    gtk_widget_activate (GTK_WIDGET (self->types));
}

static void
primary_menu (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  gtk_menu_button_popup (((ViewerWindow *)data)->primary_menu);
}

/* Made when it is asked for the first time: GTK's own way, a resource with a name
 * that it knows, makes the whole of it with each window, which takes a seventh of
 * the time until that is there. */
static void
show_help_overlay (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  GtkApplicationWindow  *window = data;
  g_autoptr (GtkBuilder) builder = NULL;

  if (gtk_application_window_get_help_overlay (window) == NULL)
    {
      builder = gtk_builder_new_from_resource (
          "/org/libprof/Flambeau/ui/help-overlay.ui");
      gtk_application_window_set_help_overlay (
          window,
          GTK_SHORTCUTS_WINDOW (
              gtk_builder_get_object (builder, "help_overlay")));
    }
  gtk_window_present (
      GTK_WINDOW (gtk_application_window_get_help_overlay (window)));
}

void
viewer_window_add_actions (ViewerWindow *self)
{
  const GActionEntry entries[] = {
    { .name = "open", .activate = open_file },
    { .name = "merge", .activate = merge_files },
    { .name = "open-uri", .activate = open_uri, .parameter_type = "s" },
    { .name = "reload", .activate = reload },
    { .name = "ignore-change", .activate = ignore_change },
    { .name = "dismiss-warnings", .activate = dismiss_warnings },
    { .name = "cancel", .activate = cancel },
    { .name = "take-offer", .activate = take_offer },
    { .name = "copy-details", .activate = copy_details },
    { .name = "details", .activate = details },
    { .name = "back", .activate = go_back },
    { .name = "forward", .activate = go_forward },
    { .name = "zoom-home", .activate = zoom_home },
    { .name = "zoom-to-selection", .activate = zoom_to_selection },
    { .name = "zoom-in", .activate = zoom_in },
    { .name = "zoom-out", .activate = zoom_out },
    { .name = "escape", .activate = escape },
    { .name = "find", .activate = find },
    { .name = "find-next", .activate = find_next },
    { .name = "find-previous", .activate = find_previous },
    { .name = "search", .activate = search, .parameter_type = "s" },
    { .name = "search-name", .activate = search_name },
    { .name = "copy-name", .activate = copy_name },
    { .name = "copy-command", .activate = copy_command },
    { .name = "copy-stack", .activate = copy_stack },
    { .name = "copy-rows", .activate = copy_rows },
    { .name = "copy-table", .activate = copy_table },
    { .name = "show-in-flame-graph", .activate = show_in_flame_graph },
    { .name = "show-in-top", .activate = show_in_top },
    { .name = "show-in-sandwich", .activate = show_in_sandwich },
    { .name = "show-in-graph", .activate = show_in_graph },
    { .name = "show-in-tree", .activate = show_in_tree },
    { .name = "expand-subtree", .activate = expand_subtree },
    { .name = "view",
      .parameter_type = "s",
      .state = "'flame'",
      .change_state = change_view },
    { .name = "direction",
      .parameter_type = "s",
      .state = "'icicle'",
      .change_state = change_direction },
    { .name = "names",
      .parameter_type = "s",
      .state = "'tail'",
      .change_state = change_names },
    { .name = "trim",
      .parameter_type = "d",
      .state = "0.0",
      .change_state = change_trim },
    { .name = "sample-type",
      .parameter_type = "s",
      .state = "''",
      .change_state = change_type },
    { .name = "side-panel", .state = "true", .change_state = change_panel },
    { .name = "legend", .state = "true", .change_state = change_legend },
    { .name = "full-screen", .activate = full_screen },
    { .name = "view-options", .activate = view_options },
    { .name = "sample-types", .activate = sample_types },
    { .name = "primary-menu", .activate = primary_menu },
    { .name = "show-help-overlay", .activate = show_help_overlay },
  };

  g_action_map_add_action_entries (G_ACTION_MAP (self),
                                   entries,
                                   G_N_ELEMENTS (entries),
                                   self);
}

static void
set_enabled (ViewerWindow *self, const char *name, gboolean enabled)
{
  GAction *action = g_action_map_lookup_action (G_ACTION_MAP (self), name);

  g_simple_action_set_enabled (G_SIMPLE_ACTION (action), enabled);
}

static void
set_state (ViewerWindow *self, const char *name, GVariant *state)
{
  GAction *action = g_action_map_lookup_action (G_ACTION_MAP (self), name);

  g_simple_action_set_state (G_SIMPLE_ACTION (action), state);
}

void
viewer_window_update_actions (ViewerWindow *self)
{
  ViewerDocument      *document = self->document;
  ViewerResult        *result = viewer_document_get_result (document);
  ViewerSelection      selection = viewer_document_get_selection (document);
  const ViewerProblem *problem = viewer_document_get_problem (document);
  ProfSearch          *matches = viewer_document_get_search (document);
  gboolean             ready = result != NULL;
  gboolean             selected = ready && selection.node != PROF_ID_NONE;
  gboolean             named = ready && selection.frame != PROF_ID_NONE;
  gboolean found = matches != NULL && prof_search_n_frames (matches) > 0;
  g_autofree char *command = viewer_command_new (document, self->view);

  set_enabled (self, "back", viewer_document_can_go (document, -1));
  set_enabled (self, "forward", viewer_document_can_go (document, 1));
  set_enabled (self, "zoom-home", is_zoomed (self));
  set_enabled (self, "zoom-out", is_zoomed (self) || is_view (self, "graph"));
  set_enabled (self, "zoom-in", ready);
  set_enabled (self, "details", ready);
  set_enabled (self, "zoom-to-selection", selected);
  set_enabled (self, "copy-stack", selected);
  set_enabled (self, "copy-command", command != NULL);
  set_enabled (self, "copy-name", named);
  set_enabled (self, "search-name", named);
  set_enabled (self, "show-in-flame-graph", named);
  set_enabled (self, "show-in-top", named);
  set_enabled (self, "show-in-sandwich", named);
  set_enabled (self, "show-in-graph", named);
  set_enabled (self, "show-in-tree", named);
  set_enabled (self, "expand-subtree", selected && is_view (self, "tree"));
  set_enabled (self,
               "copy-rows",
               ready && !is_view (self, "flame") && !is_view (self, "graph"));
  set_enabled (self, "copy-table", ready && is_view (self, "top"));
  set_enabled (self, "find", ready);
  set_enabled (self, "search", ready);
  set_enabled (self, "find-next", found);
  set_enabled (self, "find-previous", found);
  viewer_window_enable_exports (self, ready);
  viewer_window_update_source_actions (self);
  viewer_window_update_symbol_actions (self);
  set_enabled (self, "view", ready);
  set_enabled (self, "view-options", ready);
  set_enabled (self, "sample-types", ready);
  set_enabled (self, "sample-type", ready);
  set_enabled (self, "ignore-change", viewer_document_is_outdated (document));
  set_enabled (self,
               "dismiss-warnings",
               viewer_document_has_fresh_warnings (document));
  set_enabled (self, "take-offer", problem != NULL && problem->offer != NULL);
  set_enabled (self,
               "reload",
               viewer_document_get_url (document) != NULL ||
                   (viewer_document_get_file (document) != NULL &&
                    !viewer_document_is_input (document)));
  if (ready && result->type < prof_profile_n_types (result->profile))
    {
      g_autofree char
          *name = g_utf8_make_valid (prof_profile_type_name (result->profile,
                                                             result->type),
                                     -1);

      set_state (self, "sample-type", g_variant_new_string (name));
    }
}

void
viewer_window_install_keys (GtkWidgetClass *widget_class)
{
  /* Bubbles: entries and popovers have it first. */
  gtk_widget_class_add_binding_action (widget_class,
                                       GDK_KEY_Escape,
                                       0,
                                       "win.escape",
                                       NULL);
}
