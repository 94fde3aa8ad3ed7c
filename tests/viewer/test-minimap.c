/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "viewer-flame-minimap.h"
#include "viewer-test.h"

#include <adwaita.h>

#define NODE  "compress/flate.(*Writer).Close"
#define INSET 8

typedef struct
{
  ViewerDocument     *document;
  ViewerFlameMinimap *minimap;
  GtkWidget          *window;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GFile) file = example_file ("server-cpu.prof");
  GtkWidget        *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  fixture->document = viewer_document_new ();
  fixture->minimap = g_object_new (VIEWER_TYPE_FLAME_MINIMAP, NULL);
  fixture->window = gtk_window_new ();
  gtk_window_set_default_size (GTK_WINDOW (fixture->window), 1016, 300);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (fixture->minimap));
  gtk_window_set_child (GTK_WINDOW (fixture->window), box);
  viewer_flame_minimap_set_model (fixture->minimap,
                                  VIEWER_FLAME_MODEL (fixture->document));
  gtk_window_present (GTK_WINDOW (fixture->window));
  open_and_wait (fixture->document, file, NULL);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  gtk_window_destroy (GTK_WINDOW (fixture->window));
  g_clear_object (&fixture->document);
}

/* Zooms to a part of the whole, as shares of it, and waits for the strip. */
static void
zoom (Fixture *fixture, double start, double end)
{
  ViewerResult *result = viewer_document_get_result (fixture->document);
  double        full = (double)prof_tree_weight (result->tree, 0);

  viewer_document_zoom_to_range (fixture->document,
                                 start * full,
                                 end * full,
                                 false);
  wait_until (gtk_widget_get_width (GTK_WIDGET (fixture->minimap)) > 100);
  gtk_test_widget_wait_for_draw (GTK_WIDGET (fixture->minimap));
}

static void
assert_zoom (Fixture *fixture, double start, double end)
{
  ViewerResult *result = viewer_document_get_result (fixture->document);
  double        full = (double)prof_tree_weight (result->tree, 0);
  ViewerZoom    now = viewer_document_get_zoom (fixture->document);

  g_assert_cmpfloat_with_epsilon (now.start / full, start, 1e-3);
  g_assert_cmpfloat_with_epsilon (now.end / full, end, 1e-3);
}

static double
width (Fixture *fixture)
{
  return gtk_widget_get_width (GTK_WIDGET (fixture->minimap)) - 2 * INSET;
}

/* From one share of the width to another. */
static void
drag (Fixture *fixture, double from, double to)
{
  g_autoptr (GListModel) list = gtk_widget_observe_controllers (
      GTK_WIDGET (fixture->minimap));

  for (guint i = 0; i < g_list_model_get_n_items (list); i++)
    {
      g_autoptr (GObject) controller = g_list_model_get_item (list, i);

      if (!GTK_IS_GESTURE_DRAG (controller))
        continue;
      g_signal_emit_by_name (controller,
                             "drag-begin",
                             INSET + from * width (fixture),
                             20.);
      g_signal_emit_by_name (controller,
                             "drag-update",
                             (to - from) * width (fixture),
                             0.);
    }
}

static void
test_it_is_there_as_long_as_one_has_zoomed (Fixture      *fixture,
                                            gconstpointer data)
{
  g_assert_false (gtk_widget_get_visible (GTK_WIDGET (fixture->minimap)));
  viewer_document_zoom_to_node (fixture->document,
                                node_named (fixture->document, NODE));
  g_assert_true (gtk_widget_get_visible (GTK_WIDGET (fixture->minimap)));
  viewer_document_zoom_home (fixture->document);
  g_assert_false (gtk_widget_get_visible (GTK_WIDGET (fixture->minimap)));
}

static void
test_the_mark_moves (Fixture *fixture, gconstpointer data)
{
  zoom (fixture, 0.2, 0.4);
  drag (fixture, 0.3, 0.5);
  assert_zoom (fixture, 0.4, 0.6);
  drag (fixture, 0.5, 2);
  assert_zoom (fixture, 0.8, 1);
}

static void
test_each_end_moves_alone (Fixture *fixture, gconstpointer data)
{
  zoom (fixture, 0.2, 0.4);
  drag (fixture, 0.4, 0.7);
  assert_zoom (fixture, 0.2, 0.7);
  drag (fixture, 0.2, 0.5);
  assert_zoom (fixture, 0.5, 0.7);
}

static void
test_the_mark_does_not_turn_over (Fixture *fixture, gconstpointer data)
{
  ViewerZoom now;

  zoom (fixture, 0.2, 0.4);
  drag (fixture, 0.2, 0.9);
  now = viewer_document_get_zoom (fixture->document);
  g_assert_cmpfloat (now.start, <, now.end);
  assert_zoom (fixture, 0.396, 0.4);
}

static void
test_a_press_beside_moves_it_there (Fixture *fixture, gconstpointer data)
{
  zoom (fixture, 0.2, 0.4);
  drag (fixture, 0.7, 0.7);
  assert_zoom (fixture, 0.6, 0.8);
}

static void
test_a_narrow_mark_can_be_taken (Fixture *fixture, gconstpointer data)
{
  zoom (fixture, 0.5, 0.5 + 1e-6);
  drag (fixture, 0.502, 0.602);
  assert_zoom (fixture, 0.6, 0.6);
}

static void
test_moving_the_mark_is_one_step (Fixture *fixture, gconstpointer data)
{
  zoom (fixture, 0.2, 0.4);
  for (int i = 0; i < 5; i++)
    drag (fixture, 0.3, 0.31);
  viewer_document_go (fixture->document, -1);
  assert_zoom (fixture, 0.2, 0.4);
}

static void
test_the_file_may_go_while_the_mark_is_dragged (Fixture      *fixture,
                                                gconstpointer data)
{
  g_autoptr (GFile) gone = g_file_new_for_path ("/nonexistent/cpu.prof");

  zoom (fixture, 0.2, 0.4);
  open_and_wait (fixture->document, gone, NULL);
  g_assert_null (viewer_document_get_result (fixture->document));
  g_assert_false (gtk_widget_get_visible (GTK_WIDGET (fixture->minimap)));
  drag (fixture, 0.3, 0.5);
}

static void
test_the_outlines_are_drawn_once (Fixture *fixture, gconstpointer data)
{
  ProfColoring heat = { .scheme = PROF_SCHEME_SELF };

  zoom (fixture, 0.2, 0.4);
  g_assert_cmpuint (viewer_flame_minimap_n_draws (fixture->minimap), ==, 1);
  for (int i = 0; i < 20; i++)
    {
      drag (fixture, 0.3, 0.31);
      gtk_test_widget_wait_for_draw (GTK_WIDGET (fixture->minimap));
    }
  g_assert_cmpuint (viewer_flame_minimap_n_draws (fixture->minimap), ==, 1);
  viewer_document_set_coloring (fixture->document, &heat);
  gtk_test_widget_wait_for_draw (GTK_WIDGET (fixture->minimap));
  g_assert_cmpuint (viewer_flame_minimap_n_draws (fixture->minimap), ==, 2);
}

static void
test_it_has_a_name_and_takes_no_focus (Fixture *fixture, gconstpointer data)
{
  zoom (fixture, 0.2, 0.4);
  gtk_test_accessible_assert_role (GTK_ACCESSIBLE (fixture->minimap),
                                   GTK_ACCESSIBLE_ROLE_IMG);
  gtk_test_accessible_assert_property (GTK_ACCESSIBLE (fixture->minimap),
                                       GTK_ACCESSIBLE_PROPERTY_LABEL,
                                       "Overview of the whole graph");
  g_assert_false (gtk_widget_get_focusable (GTK_WIDGET (fixture->minimap)));
}

int
main (int argc, char **argv)
{
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();
#define ADD(path, function) \
  g_test_add ("/minimap/" path, Fixture, NULL, set_up, function, tear_down)
  ADD ("it-is-there-as-long-as-one-has-zoomed",
       test_it_is_there_as_long_as_one_has_zoomed);
  ADD ("the-mark-moves", test_the_mark_moves);
  ADD ("each-end-moves-alone", test_each_end_moves_alone);
  ADD ("the-mark-does-not-turn-over", test_the_mark_does_not_turn_over);
  ADD ("a-press-beside-moves-it-there", test_a_press_beside_moves_it_there);
  ADD ("a-narrow-mark-can-be-taken", test_a_narrow_mark_can_be_taken);
  ADD ("moving-the-mark-is-one-step", test_moving_the_mark_is_one_step);
  ADD ("the-file-may-go-while-the-mark-is-dragged",
       test_the_file_may_go_while_the_mark_is_dragged);
  ADD ("the-outlines-are-drawn-once", test_the_outlines_are_drawn_once);
  ADD ("it-has-a-name-and-takes-no-focus",
       test_it_has_a_name_and_takes_no_focus);
#undef ADD
  return g_test_run ();
}
