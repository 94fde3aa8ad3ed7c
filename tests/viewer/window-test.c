/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "window-test.h"

#include "viewer-settings.h"
#include "viewer-test.h"
#include <string.h>

ViewerApplication *application;

void
window_test_init (int *argc, char ***argv)
{
  gtk_test_init (argc, argv, NULL);
  application = viewer_application_new (G_APPLICATION_NON_UNIQUE);
  g_set_application_name ("Flambeau");
  g_application_register (G_APPLICATION (application), NULL, NULL);
  g_application_hold (G_APPLICATION (application));
}

void
open_in_window (ViewerWindow *window, GFile *file, const char *view)
{
  ViewerDocument *document = viewer_window_get_document (window);

  viewer_window_open (window, file, NULL, view);
  wait_until (viewer_document_get_state (document) == VIEWER_STATE_READY);
}

void
close_window (ViewerWindow *window)
{
  gtk_window_destroy (GTK_WINDOW (window));
  wait_ms (20);
}

void
act (ViewerWindow *window, const char *name, const char *parameter)
{
  g_assert_true (g_action_group_has_action (G_ACTION_GROUP (window), name));
  g_action_group_activate_action (G_ACTION_GROUP (window),
                                  name,
                                  parameter != NULL
                                      ? g_variant_new_string (parameter)
                                      : NULL);
}

gboolean
is_possible (ViewerWindow *window, const char *name)
{
  return g_action_group_get_action_enabled (G_ACTION_GROUP (window), name);
}

GtkWidget *
find_label (GtkWidget *widget, const char *text)
{
  GtkWidget *found = NULL;

  if (!gtk_widget_get_mapped (widget))
    return NULL;
  if (GTK_IS_LABEL (widget) &&
      strstr (gtk_label_get_text (GTK_LABEL (widget)), text) != NULL)
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget);
       child != NULL && found == NULL;
       child = gtk_widget_get_next_sibling (child))
    found = find_label (child, text);
  return found;
}

void
window_set_up (WindowFixture *fixture, gconstpointer data)
{
  const char       *name = data;
  g_autoptr (GFile) file = example_file (name);

  fixture->window = viewer_window_new (GTK_APPLICATION (application));
  fixture->document = viewer_window_get_document (fixture->window);
  gtk_window_present (GTK_WINDOW (fixture->window));
  open_in_window (fixture->window, file, "flame");
  gtk_test_widget_wait_for_draw (GTK_WIDGET (fixture->window));
}

void
window_tear_down (WindowFixture *fixture, gconstpointer data)
{
  gtk_window_destroy (GTK_WINDOW (fixture->window));
  viewer_settings_set ("top-order", g_variant_new ("(sb)", "flat", TRUE));
  wait_ms (20);
}

void
select_named (WindowFixture *fixture, const char *name)
{
  viewer_document_select (fixture->document,
                          node_named (fixture->document, name),
                          0,
                          true);
}

GtkWidget *
find_below (GtkWidget *widget,
            gboolean (*is_it) (GtkWidget *widget, gconstpointer data),
            gconstpointer data)
{
  GtkWidget *found = NULL;

  if (!gtk_widget_get_mapped (widget))
    return NULL;
  if (is_it (widget, data))
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget);
       child != NULL && found == NULL;
       child = gtk_widget_get_next_sibling (child))
    found = find_below (child, is_it, data);
  return found;
}

gboolean
has_text (GtkWidget *widget, gconstpointer data)
{
  return GTK_IS_LABEL (widget) &&
         strcmp (gtk_label_get_label (GTK_LABEL (widget)), data) == 0;
}

GtkWidget *
find_text (WindowFixture *fixture, const char *text)
{
  return find_below (GTK_WIDGET (fixture->window), has_text, text);
}

gpointer
toplevel_of_type (GType type)
{
  GListModel *windows = gtk_window_get_toplevels ();

  for (guint i = 0; i < g_list_model_get_n_items (windows); i++)
    {
      g_autoptr (GtkWindow) window = g_list_model_get_item (windows, i);

      if (G_TYPE_CHECK_INSTANCE_TYPE (window, type))
        return window;
    }
  return NULL;
}
