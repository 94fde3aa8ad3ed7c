/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "viewer-window-private.h"

#include "viewer-menus.h"
#include "viewer-recent.h"
#include "viewer-settings.h"
#include "viewer-table.h"
#include <glib/gi18n.h>
#include <string.h>

#define MIN_PANEL  280
#define MAX_PANEL  480
#define MIN_VIEW   320 /* beside the panel */
#define MIN_WIDTH  640
#define MIN_HEIGHT 420
#define NARROW     760

G_DEFINE_FINAL_TYPE (ViewerWindow, viewer_window, ADW_TYPE_APPLICATION_WINDOW)

void
viewer_window_toast (ViewerWindow *self, const char *text)
{
  g_autofree char *escaped = g_markup_escape_text (text, -1);

  adw_toast_overlay_add_toast (self->toasts, adw_toast_new (escaped));
}

/* Welcome page */

static void
recent_activated (ViewerWindow *self, GtkListBoxRow *row)
{
  const char       *uri = g_object_get_data (G_OBJECT (row), "uri");
  g_autoptr (GFile) file = g_file_new_for_uri (uri);

  viewer_window_open_elsewhere (self, file);
}

static void
add_recent (ViewerWindow *self, const ViewerRecent *recent)
{
  GtkWidget       *row = adw_action_row_new ();
  GtkWidget       *age = gtk_label_new (recent->age);
  g_autofree char *title = g_markup_escape_text (recent->name, -1);
  g_autofree char *subtitle = g_markup_escape_text (recent->about, -1);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  gtk_widget_add_css_class (age, "dim");
  gtk_widget_add_css_class (age, "small");
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), age);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  g_object_set_data_full (G_OBJECT (row),
                          "uri",
                          g_strdup (recent->uri),
                          g_free);
  gtk_list_box_append (self->recent_list, row);
}

/* Only where they are seen: four rows are 1.3 ms. */
static void
fill_recent (ViewerWindow *self)
{
  g_autoptr (GPtrArray) recents = viewer_recent_list ();
  GtkWidget            *row;

  while ((row = gtk_widget_get_first_child (GTK_WIDGET (self->recent_list))) !=
         NULL)
    gtk_list_box_remove (self->recent_list, row);
  /* More would push the buttons out of a small window. */
  for (guint i = 0; i < MIN (recents->len, 4); i++)
    add_recent (self, recents->pdata[i]);
  gtk_widget_set_visible (self->recent_title, recents->len > 0);
  gtk_widget_set_visible (GTK_WIDGET (self->recent_list), recents->len > 0);
}

static void
update_recent (ViewerWindow *self)
{
  /* Of all windows. */
  viewer_recent_menu ();
  if (gtk_widget_get_mapped (self->welcome_page))
    fill_recent (self);
}

/* Views */

const char *const viewer_views[] = { "flame", "top",    "sandwich", "graph",
                                     "tree",  "source", NULL };

const char *
viewer_view_find (const char *name)
{
  for (const char *const *view = viewer_views; *view != NULL; view++)
    if (strcmp (*view, name) == 0)
      return *view;
  return NULL;
}

/* On the button that opens the list of views. */
static void
name_view (ViewerWindow *self)
{
  static const struct
  {
    const char *view;
    const char *title;
  } titles[] = {
    { "flame", N_ ("Flame Graph") }, { "top", N_ ("Top") },
    { "sandwich", N_ ("Sandwich") }, { "graph", N_ ("Call Graph") },
    { "tree", N_ ("Tree") },         { "source", N_ ("Source") },
  };

  for (size_t i = 0; i < G_N_ELEMENTS (titles); i++)
    if (strcmp (titles[i].view, self->view) == 0)
      gtk_menu_button_set_label (self->views_button, _ (titles[i].title));
}

void
viewer_window_set_view (ViewerWindow *self, const char *view)
{
  GAction    *action = g_action_map_lookup_action (G_ACTION_MAP (self), "view");
  const char *known = viewer_view_find (view);

  if (known == NULL)
    return;
  self->view = known;
  viewer_flame_canvas_hide_tip (viewer_window_get_canvas (self));
  gtk_stack_set_visible_child_name (self->views, self->view);
  g_simple_action_set_state (G_SIMPLE_ACTION (action),
                             g_variant_new_string (self->view));
  viewer_settings_set_string ("last-view", self->view);
  name_view (self);
  gtk_widget_grab_focus (gtk_stack_get_visible_child (self->views));
  viewer_window_update_actions (self);
  viewer_window_update_status (self);
}

void
viewer_window_update_types (ViewerWindow *self)
{
  ViewerResult *result = viewer_document_get_result (self->document);
  size_t        n = result != NULL ? prof_profile_n_types (result->profile) : 0;

  self->updating_types = TRUE;
  gtk_string_list_splice (self->type_titles,
                          0,
                          g_list_model_get_n_items (
                              G_LIST_MODEL (self->type_titles)),
                          NULL);
  for (size_t i = 0; i < n; i++)
    {
      g_autofree char *type =
          prof_upright (prof_profile_type_name (result->profile, i), -1);
      const char *title = prof_unit_type_title (type);

      gtk_string_list_append (self->type_titles,
                              title[0] != '\0' ? _ (title) : _ ("Values"));
    }
  if (n > 0)
    gtk_drop_down_set_selected (self->types, (guint)result->type);
  self->updating_types = FALSE;
  gtk_widget_set_visible (GTK_WIDGET (self->types), n > 1);
}

static void
type_selected (ViewerWindow *self)
{
  if (!self->updating_types)
    viewer_document_set_type (self->document,
                              gtk_drop_down_get_selected (self->types));
}

/* The search's Down key leads to its first match. */
static void
search_left (ViewerWindow *self)
{
  ProfSearch *search = viewer_document_get_search (self->document);
  ProfNodeId  node = viewer_document_get_selection (self->document).node;

  if (search != NULL && (node == PROF_ID_NONE ||
                         prof_search_node (search, node) == PROF_MATCH_NONE))
    viewer_document_find (self->document, 1);
  gtk_widget_grab_focus (gtk_stack_get_visible_child (self->views));
}

/* Side panel */

/* As wide as it was last, as far as there is room beside the view. Large text makes it
 * wider, up to two fifths of the window. */
static int
panel_width (ViewerWindow *self, int width)
{
  int wanted = viewer_settings_get_int ("side-panel-width");
  int panel = CLAMP (viewer_table_width (wanted, 0),
                     wanted,
                     MAX (wanted, width * 2 / 5));

  panel = MIN (panel, width - MIN_VIEW);
  return CLAMP (panel, MIN_PANEL, viewer_table_width (MAX_PANEL, 0));
}

void
viewer_window_place_panel (ViewerWindow *self)
{
  int width = gtk_widget_get_width (GTK_WIDGET (self->paned));
  int height;

  self->placed_width = width;
  /* A good guess for the first frame. */
  if (width <= 0)
    gtk_window_get_default_size (GTK_WINDOW (self), &width, &height);
  gtk_paned_set_position (self->paned, width - panel_width (self, width));
}

static gboolean
place_panel_now (GtkWidget *widget, GdkFrameClock *clock, gpointer data)
{
  viewer_window_place_panel (data);
  return G_SOURCE_REMOVE;
}

static void
paned_resized (ViewerWindow *self)
{
  if (gtk_widget_get_width (GTK_WIDGET (self->paned)) != self->placed_width)
    gtk_widget_add_tick_callback (GTK_WIDGET (self->paned),
                                  place_panel_now,
                                  self,
                                  NULL);
}

static void
panel_moved (ViewerWindow *self)
{
  int width = gtk_widget_get_width (GTK_WIDGET (self->paned));
  int panel = width - gtk_paned_get_position (self->paned);
  int most = viewer_table_width (MAX_PANEL, 0);

  /* Another width moves it as well. */
  if (width <= 0 || width != self->placed_width ||
      !gtk_widget_get_visible (GTK_WIDGET (self->panel)))
    return;
  if (panel > most)
    gtk_paned_set_position (self->paned, width - most);
  /* What a small window leaves is not what was wanted, nor what large text takes. */
  else if (panel >= MIN_PANEL && width - panel > MIN_VIEW &&
           panel != panel_width (self, width))
    viewer_settings_set_int ("side-panel-width", panel * MAX_PANEL / most);
}

/* Narrow windows have an icon for a word and the short form of a sentence, so
 * that the title stays whole. The surface tells before widgets get their sizes,
 * when they still may change. */
static void
surface_resized (ViewerWindow *self, int width)
{
  gboolean narrow = width < NARROW;

  if (narrow == self->narrow)
    return;
  self->narrow = narrow;
  viewer_search_bar_set_narrow (self->search_bar, narrow);
  if (narrow)
    adw_split_button_set_icon_name (self->open_button,
                                    "document-open-symbolic");
  else
    adw_split_button_set_label (self->open_button, _ ("Open"));
}

static void
viewer_window_realize (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (viewer_window_parent_class)->realize (widget);
  g_signal_connect_object (gtk_native_get_surface (GTK_NATIVE (widget)),
                           "layout",
                           G_CALLBACK (surface_resized),
                           widget,
                           G_CONNECT_SWAPPED);
}

/* What is remembered */

/* Puts an action into the state of a key of its kind, unless it is already. */
static void
follow_key (ViewerWindow *self, const char *action, const char *key)
{
  g_autoptr (GVariant) wanted = viewer_settings_get (key);
  g_autoptr (GVariant) state = g_action_group_get_action_state (G_ACTION_GROUP (
                                                                    self),
                                                                action);

  if (!g_variant_equal (state, wanted))
    g_action_group_change_action_state (G_ACTION_GROUP (self), action, wanted);
}

/* Also what another window has changed. */
static void
follow_settings (ViewerWindow *self)
{
  follow_key (self, "direction", "direction");
  follow_key (self, "legend", "legend-visible");
  if (!viewer_document_is_compared (self->document))
    follow_key (self, "color-by", "color-by");
  follow_key (self, "names", "names");
}

static void
load_settings (ViewerWindow *self)
{
  static const char *const followed[] = {
    "direction",
    "legend-visible",
    "color-by",
    "names",
  };
  g_autofree char *view = viewer_settings_get_string ("last-view");

  gtk_window_set_default_size (GTK_WINDOW (self),
                               MAX (viewer_settings_get_int ("window-width"),
                                    MIN_WIDTH),
                               MAX (viewer_settings_get_int ("window-height"),
                                    MIN_HEIGHT));
  if (viewer_settings_get_boolean ("window-maximized"))
    gtk_window_maximize (GTK_WINDOW (self));
  viewer_window_place_panel (self);
  viewer_window_set_view (self, "flame");
  viewer_window_set_view (self, view);
  g_action_group_change_action_state (G_ACTION_GROUP (self),
                                      "side-panel",
                                      g_variant_new_boolean (
                                          viewer_settings_get_boolean (
                                              "side-panel-visible")));
  follow_settings (self);
  for (size_t i = 0; i < G_N_ELEMENTS (followed); i++)
    viewer_settings_watch (followed[i], G_CALLBACK (follow_settings), self);
}

static void
stop_work (ViewerWindow *self)
{
  g_clear_handle_id (&self->loading_source, g_source_remove);
  if (self->document != NULL)
    {
      viewer_document_cancel (self->document);
      viewer_document_stop_completing (self->document);
    }
  if (self->capture != NULL)
    viewer_capture_cancel (self->capture);
}

static gboolean
take_apart (gpointer data)
{
  ViewerWindow *self = data;
  GtkWidget    *page = gtk_widget_get_first_child (GTK_WIDGET (self->views));

  if (page != NULL && viewer_table_drop_rows (page))
    return G_SOURCE_CONTINUE;
  if (page != NULL)
    {
      gtk_stack_remove (self->views, page);
      return G_SOURCE_CONTINUE;
    }
  self->closing_source = 0;
  gtk_window_destroy (GTK_WINDOW (self));
  return G_SOURCE_REMOVE;
}

/* Tables have thousands of widgets: freeing all of them at once would hold up other
 * windows for a tenth of a second. */
static void
close_in_pieces (ViewerWindow *self)
{
  stop_work (self);
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
  gtk_window_set_application (GTK_WINDOW (self), NULL);
  if (self->closing_source == 0)
    self->closing_source = g_idle_add_full (G_PRIORITY_LOW,
                                            take_apart,
                                            self,
                                            NULL);
}

static gboolean
viewer_window_close_request (GtkWindow *window)
{
  gboolean maximized = gtk_window_is_maximized (window);
  int      width, height;

  viewer_window_keep_capture (VIEWER_WINDOW (window));
  viewer_settings_set_boolean ("window-maximized", maximized);
  if (!maximized && !gtk_window_is_fullscreen (window))
    {
      gtk_window_get_default_size (window, &width, &height);
      viewer_settings_set_int ("window-width", width);
      viewer_settings_set_int ("window-height", height);
    }
  close_in_pieces (VIEWER_WINDOW (window));
  return TRUE;
}

/* Object */

static void
viewer_window_dispose (GObject *object)
{
  ViewerWindow *self = VIEWER_WINDOW (object);

  g_clear_handle_id (&self->closing_source, g_source_remove);
  stop_work (self);
  g_clear_object (&self->capture);
  g_clear_pointer (&self->capture_type, g_free);
  g_clear_object (&self->chooser);
  g_clear_object (&self->document);
  G_OBJECT_CLASS (viewer_window_parent_class)->dispose (object);
}

static void
bind_children (GtkWidgetClass *widget_class)
{
#define BIND(child) \
  gtk_widget_class_bind_template_child (widget_class, ViewerWindow, child)
  BIND (toasts);
  BIND (title);
  BIND (open_button);
  BIND (history_box);
  BIND (types);
  BIND (type_titles);
  BIND (view_options);
  BIND (primary_menu);
  BIND (panel_button);
  BIND (view_bar);
  BIND (views_button);
  BIND (search_bar);
  BIND (filter_bar);
  BIND (labels_menu);
  BIND (states);
  BIND (welcome_page);
  BIND (recent_title);
  BIND (recent_list);
  BIND (loading_name);
  BIND (loading_bar);
  BIND (loading_stage);
  BIND (error_title);
  BIND (error_detail);
  BIND (error_next_step);
  BIND (error_message);
  BIND (error_again);
  BIND (error_raise);
  BIND (capture_revealer);
  BIND (capture_bar);
  BIND (changed_bar);
  BIND (changed_label);
  BIND (warnings_bar);
  BIND (warnings_label);
  BIND (compare_bar);
  BIND (paned);
  BIND (views);
  BIND (flame_page);
  BIND (top_page);
  BIND (sandwich_page);
  BIND (graph_page);
  BIND (tree_page);
  BIND (source_page);
  BIND (no_samples);
  BIND (no_frames);
  BIND (no_frames_filters);
  BIND (panel);
  BIND (busy_bar);
  BIND (status_bar);
  BIND (status_names);
  BIND (status_figures);
  BIND (status_end);
#undef BIND
}

static void
viewer_window_class_init (ViewerWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = viewer_window_dispose;
  widget_class->realize = viewer_window_realize;
  GTK_WINDOW_CLASS (klass)->close_request = viewer_window_close_request;
  g_type_ensure (VIEWER_TYPE_CAPTURE_BAR);
  g_type_ensure (VIEWER_TYPE_SEARCH_BAR);
  g_type_ensure (VIEWER_TYPE_FILTER_BAR);
  g_type_ensure (VIEWER_TYPE_COMPARE_BAR);
  g_type_ensure (VIEWER_TYPE_FLAME_PAGE);
  g_type_ensure (VIEWER_TYPE_TOP_PAGE);
  g_type_ensure (VIEWER_TYPE_SANDWICH_PAGE);
  g_type_ensure (VIEWER_TYPE_GRAPH_PAGE);
  g_type_ensure (VIEWER_TYPE_TREE_PAGE);
  g_type_ensure (VIEWER_TYPE_SOURCE_PAGE);
  g_type_ensure (VIEWER_TYPE_DETAILS_PANEL);
  gtk_widget_class_set_template_from_resource (
      widget_class,
      "/org/libprof/Flambeau/ui/viewer-window.ui");
  bind_children (widget_class);
  gtk_widget_class_bind_template_callback (widget_class, type_selected);
  gtk_widget_class_bind_template_callback (widget_class, search_left);
  gtk_widget_class_bind_template_callback (widget_class, recent_activated);
  gtk_widget_class_bind_template_callback (widget_class, fill_recent);
  gtk_widget_class_bind_template_callback (widget_class, panel_moved);
  gtk_widget_class_bind_template_callback (widget_class, paned_resized);
  viewer_window_install_keys (widget_class);
}

/* Over everything that is shown. */
static void
add_drop_area (ViewerWindow *self)
{
  GtkWidget            *overlay = gtk_overlay_new ();
  GtkWidget            *area = viewer_drop_area_new (GTK_WIDGET (self));
  g_autoptr (GtkWidget) content = g_object_ref (
      adw_toast_overlay_get_child (self->toasts));

  adw_toast_overlay_set_child (self->toasts, overlay);
  gtk_overlay_set_child (GTK_OVERLAY (overlay), content);
  gtk_overlay_add_overlay (GTK_OVERLAY (overlay), area);
  self->drop_area = VIEWER_DROP_AREA (area);
  g_signal_connect_object (area,
                           "dropped",
                           G_CALLBACK (viewer_window_take_dropped),
                           self,
                           G_CONNECT_SWAPPED);
}

static void
make_menu (GtkMenuButton *button, gpointer data)
{
  g_autoptr (GMenuModel) model = g_object_ref (data);

  gtk_menu_button_set_create_popup_func (button, NULL, NULL, NULL);
  gtk_menu_button_set_menu_model (button, model);
}

/* Its widgets are made when it is opened: until then nobody waits for them. */
static void
give_menu (GtkMenuButton *button, GMenuModel *model)
{
  gtk_menu_button_set_create_popup_func (button,
                                         make_menu,
                                         g_object_ref (model),
                                         g_object_unref);
}

/* The toolkit names these inner buttons after their type. */
static void
name_inner_button (GtkWidget *widget, GType type, const char *name)
{
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      if (G_TYPE_CHECK_INSTANCE_TYPE (child, type))
        gtk_accessible_update_property (GTK_ACCESSIBLE (child),
                                        GTK_ACCESSIBLE_PROPERTY_LABEL,
                                        name,
                                        -1);
      name_inner_button (child, type, name);
    }
}

/* That opens what was open before. */
static GtkMenuButton *
recent_button (ViewerWindow *self)
{
  GtkWidget *child = gtk_widget_get_first_child (
      GTK_WIDGET (self->open_button));

  while (!GTK_IS_MENU_BUTTON (child))
    child = gtk_widget_get_next_sibling (child);
  return GTK_MENU_BUTTON (child);
}

static void
graph_view_changed (ViewerWindow *self)
{
  viewer_window_update_actions (self);
  viewer_window_update_status (self);
}

static void
set_menus (ViewerWindow *self)
{
  g_autoptr (GMenuModel) options = viewer_menus_view_options (
      self->labels_menu);

  give_menu (self->primary_menu, viewer_menus_get ("primary"));
  give_menu (self->views_button, viewer_menus_get ("views"));
  give_menu (self->view_options, options);
  give_menu (recent_button (self), viewer_recent_menu ());
}

static void
viewer_window_init (ViewerWindow *self)
{
  self->view = "flame";
  self->export_choice = (ViewerExportChoice)VIEWER_EXPORT_CHOICE_INIT;
  self->document = viewer_document_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  set_menus (self);
  name_inner_button (GTK_WIDGET (self->open_button),
                     GTK_TYPE_MENU_BUTTON,
                     _ ("Recent Profiles"));
  name_inner_button (GTK_WIDGET (self->open_button),
                     GTK_TYPE_TOGGLE_BUTTON,
                     _ ("Recent Profiles"));
  /* Also when it shows an icon. */
  gtk_accessible_update_property (GTK_ACCESSIBLE (gtk_widget_get_first_child (
                                      GTK_WIDGET (self->open_button))),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Open"),
                                  -1);
  name_inner_button (GTK_WIDGET (self->types),
                     GTK_TYPE_TOGGLE_BUTTON,
                     _ ("Sample Type"));
  viewer_window_add_actions (self);
  viewer_window_add_query_actions (self);
  viewer_window_add_presets (self);
  viewer_window_add_compare_actions (self);
  viewer_window_add_export_actions (self);
  viewer_window_add_capture_actions (self);
  viewer_window_add_source_actions (self);
  viewer_window_add_symbol_actions (self);
  viewer_filter_bar_set_document (self->filter_bar, self->document);
  viewer_compare_bar_set_document (self->compare_bar, self->document);
  viewer_flame_page_set_document (self->flame_page, self->document);
  viewer_top_page_set_document (self->top_page, self->document);
  viewer_sandwich_page_set_document (self->sandwich_page, self->document);
  viewer_graph_page_set_document (self->graph_page, self->document);
  viewer_tree_page_set_document (self->tree_page, self->document);
  viewer_details_panel_set_document (self->panel, self->document);
  viewer_search_bar_set_document (self->search_bar, self->document);
  g_signal_connect_object (self->document,
                           "changed",
                           G_CALLBACK (viewer_window_follow_document),
                           self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->document,
                           "refused",
                           G_CALLBACK (viewer_window_toast),
                           self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (viewer_window_get_canvas (self),
                           "hover-changed",
                           G_CALLBACK (viewer_window_update_status),
                           self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->sandwich_page,
                           "hover-changed",
                           G_CALLBACK (viewer_window_update_status),
                           self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->sandwich_page,
                           "zoom-changed",
                           G_CALLBACK (viewer_window_update_actions),
                           self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->graph_page,
                           "hover-changed",
                           G_CALLBACK (viewer_window_update_status),
                           self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->graph_page,
                           "view-changed",
                           G_CALLBACK (graph_view_changed),
                           self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (gtk_recent_manager_get_default (),
                           "changed",
                           G_CALLBACK (update_recent),
                           self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->states,
                           "notify::visible-child",
                           G_CALLBACK (viewer_window_focus_content),
                           self,
                           G_CONNECT_SWAPPED);
  add_drop_area (self);
  load_settings (self);
  viewer_window_update_state (self);
  viewer_window_update_actions (self);
  viewer_window_update_query_actions (self);
  viewer_window_update_compare_actions (self);
  viewer_window_update_capture (self);
}

ViewerWindow *
viewer_window_new (GtkApplication *application)
{
  return g_object_new (VIEWER_TYPE_WINDOW, "application", application, NULL);
}

ViewerDocument *
viewer_window_get_document (ViewerWindow *self)
{
  return self->document;
}

ViewerFlameCanvas *
viewer_window_get_canvas (ViewerWindow *self)
{
  return viewer_flame_page_get_canvas (self->flame_page);
}

ViewerSandwichPage *
viewer_window_get_sandwich_page (ViewerWindow *self)
{
  return self->sandwich_page;
}

ViewerGraphPage *
viewer_window_get_graph_page (ViewerWindow *self)
{
  return self->graph_page;
}

ViewerTreePage *
viewer_window_get_tree_page (ViewerWindow *self)
{
  return self->tree_page;
}

ViewerTopPage *
viewer_window_get_top_page (ViewerWindow *self)
{
  return self->top_page;
}

ViewerSourcePage *
viewer_window_get_source_page (ViewerWindow *self)
{
  return self->source_page;
}
