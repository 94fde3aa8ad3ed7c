/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* A window from which files can be dragged: drag-files FILE...
 *
 * What a file manager is for tests that drag with a real pointer. Its title says how far
 * that is: "drag-files" once it is drawn, then "drag-files: " and "begun", "taken" while
 * what is below the pointer would take them, "dropped" or "refused". */
#include <gtk/gtk.h>

static GtkWindow *window;

static void
say (const char *state)
{
  g_autofree char *title = g_strconcat ("drag-files: ", state, NULL);

  gtk_window_set_title (window, title);
}

static void
say_action (GdkDrag *drag)
{
  say (gdk_drag_get_selected_action (drag) != 0 ? "taken" : "begun");
}

static GdkContentProvider *
prepare (GtkDragSource *source, double x, double y, GSList *files)
{
  return gdk_content_provider_new_typed (GDK_TYPE_FILE_LIST, files);
}

static void
began (GtkDragSource *source, GdkDrag *drag, gpointer data)
{
  say_action (drag);
  g_signal_connect (drag,
                    "notify::selected-action",
                    G_CALLBACK (say_action),
                    window);
}

static void
ended (GtkDragSource *source, GdkDrag *drag, gboolean delete, gpointer data)
{
  g_signal_handlers_disconnect_by_data (drag, window);
  say (gdk_drag_get_selected_action (drag) != 0 ? "dropped" : "refused");
}

static void
painted (GdkFrameClock *clock, gpointer data)
{
  if (gtk_window_get_title (window) == NULL)
    gtk_window_set_title (window, "drag-files");
}

int
main (int argc, char **argv)
{
  GtkDragSource *source;
  GSList        *files = NULL;

  gtk_init ();
  for (int i = argc - 1; i > 0; i--)
    files = g_slist_prepend (files, g_file_new_for_commandline_arg (argv[i]));
  window = GTK_WINDOW (gtk_window_new ());
  source = gtk_drag_source_new ();
  gtk_drag_source_set_actions (source, GDK_ACTION_COPY);
  g_signal_connect (source, "prepare", G_CALLBACK (prepare), files);
  g_signal_connect (source, "drag-begin", G_CALLBACK (began), NULL);
  g_signal_connect (source, "drag-end", G_CALLBACK (ended), NULL);
  gtk_widget_add_controller (GTK_WIDGET (window),
                             GTK_EVENT_CONTROLLER (source));
  gtk_window_set_default_size (window, 120, 120);
  gtk_window_set_decorated (window, FALSE);
  gtk_window_present (window);
  g_signal_connect (gtk_widget_get_frame_clock (GTK_WIDGET (window)),
                    "after-paint",
                    G_CALLBACK (painted),
                    NULL);
  for (;;)
    g_main_context_iteration (NULL, TRUE);
}
