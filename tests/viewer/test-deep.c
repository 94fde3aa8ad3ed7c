/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* A graph that is far higher than any texture may be, on a screen with two pixels for
 * each px: GDK_SCALE and GSK_RENDERER are set by whoever runs this. A warning of the
 * toolkit ends it. */

#include "viewer-test.h"
#include "viewer-window.h"
#include "window-test.h"

#define DEPTH 2000

/* Of which each shows another part, the last one the end. */
#define STEPS 40

static void
draw (ViewerWindow *window)
{
  gtk_widget_queue_draw (GTK_WIDGET (viewer_window_get_canvas (window)));
  gtk_test_widget_wait_for_draw (GTK_WIDGET (window));
}

static void
test_it_scrolls_without_a_warning (void)
{
  ViewerWindow     *window = viewer_window_new (GTK_APPLICATION (application));
  ViewerDocument   *document = viewer_window_get_document (window);
  g_autoptr (GFile) file = file_of_depth (DEPTH);
  GtkScrollable    *canvas = GTK_SCROLLABLE (viewer_window_get_canvas (window));
  GtkAdjustment    *adjustment;
  const char       *renderer;
  double            end;

  gtk_window_present (GTK_WINDOW (window));
  viewer_window_open (window, file, NULL, "flame");
  wait_until (viewer_document_get_state (document) == VIEWER_STATE_READY);
  draw (window);
  g_assert_cmpint (gtk_widget_get_scale_factor (GTK_WIDGET (window)), ==, 2);
  renderer = G_OBJECT_TYPE_NAME (gtk_native_get_renderer (GTK_NATIVE (window)));
  g_test_message ("drawn by %s", renderer);
  adjustment = gtk_scrollable_get_vadjustment (canvas);
  end = gtk_adjustment_get_upper (adjustment) -
        gtk_adjustment_get_page_size (adjustment);
  /* Rows are at least 18 px high. */
  g_assert_cmpfloat (end, >, (DEPTH - 100) * 18);
  for (int i = 0; i <= STEPS; i++)
    {
      gtk_adjustment_set_value (adjustment, end * i / STEPS);
      draw (window);
    }
  gtk_window_destroy (GTK_WINDOW (window));
  wait_ms (20);
}

int
main (int argc, char **argv)
{
  int status;

  window_test_init (&argc, &argv);
  g_test_add_func ("/deep/it-scrolls-without-a-warning",
                   test_it_scrolls_without_a_warning);
  status = g_test_run ();
  g_object_unref (application);
  return status;
}
