/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "window-test.h"

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
