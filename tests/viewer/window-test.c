/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "window-test.h"

#include "viewer-test.h"
#include <string.h>

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

void
wait_for_answer (ViewerDocument *document)
{
  ViewerStage stage;
  double      fraction;

  wait_until (!viewer_document_is_busy (document, &stage, &fraction));
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
