/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What an open document is asked: another type, places, matches, neighbours, and how it
 * is said in words. */
#include "test-util.h"
#include "viewer-neighbours.h"
#include "viewer-test.h"
#include "viewer-text.h"

#include <string.h>

/* Sample types */

static void
test_changing_the_type_keeps_the_place (void)
{
  g_autoptr (ViewerDocument) document = open_example ("server-cpu.prof");
  ProfNodeId  node = node_named (document, "compress/flate.(*Writer).Close");
  ViewerStage stage;
  double      fraction;

  viewer_document_select (document, node, 0, false);
  viewer_document_zoom_to_selection (document);
  viewer_document_set_search (document, "flate", PROF_SEARCH_SUBSTRING);
  viewer_document_set_type (document, 0);
  wait_until (!viewer_document_is_busy (document, &stage, &fraction));

  ViewerResult   *result = viewer_document_get_result (document);
  ViewerSelection selection = viewer_document_get_selection (document);

  g_assert_cmpstr (prof_profile_type_name (result->profile, result->type),
                   ==,
                   "samples");
  g_assert_cmpstr (prof_tree_name (result->tree, selection.node),
                   ==,
                   "compress/flate.(*Writer).Close");
  g_assert_cmpuint (viewer_document_get_zoom (document).root,
                    ==,
                    selection.node);
  g_assert_true (prof_search_tree (viewer_document_get_search (document)) ==
                 result->tree);
}

/* Zoom */

static void
test_zooming_can_be_undone_and_redone (void)
{
  g_autoptr (ViewerDocument) document = open_example ("server-cpu.prof");
  ProfNodeId node = node_named (document, "compress/flate.(*Writer).Close");

  viewer_document_zoom_to_node (document, node);
  g_assert_true (viewer_document_is_zoomed (document));
  viewer_document_go (document, -1);
  g_assert_false (viewer_document_is_zoomed (document));
  g_assert_false (viewer_document_can_go (document, -1));
  viewer_document_go (document, 1);
  g_assert_cmpuint (viewer_document_get_zoom (document).root, ==, node);
  viewer_document_zoom_home (document);
  g_assert_false (viewer_document_is_zoomed (document));
  g_assert_false (viewer_document_can_go (document, 1));
}

static void
test_a_gesture_is_one_step (void)
{
  g_autoptr (ViewerDocument) document = open_example ("server-cpu.prof");
  double                     end = viewer_document_get_zoom (document).end;

  for (int i = 1; i <= 10; i++)
    viewer_document_zoom_to_range (document, 0, end / (1 + i), true);
  viewer_document_go (document, -1);
  g_assert_false (viewer_document_is_zoomed (document));
}

static void
test_a_range_stays_on_the_line (void)
{
  g_autoptr (ViewerDocument) document = open_example ("server-cpu.prof");
  double                     full = viewer_document_get_zoom (document).end;
  ViewerZoom                 zoom;

  viewer_document_zoom_to_range (document, full * 0.9, full * 1.1, false);
  zoom = viewer_document_get_zoom (document);
  g_assert_cmpfloat_with_epsilon (zoom.start, full * 0.8, full / 1e6);
  g_assert_cmpfloat_with_epsilon (zoom.end, full, full / 1e6);
  viewer_document_zoom_to_range (document, -full, full * 3, false);
  g_assert_false (viewer_document_is_zoomed (document));
  viewer_document_zoom_to_range (document, full / 2, full / 2, false);
  zoom = viewer_document_get_zoom (document);
  g_assert_cmpfloat (zoom.end, >, zoom.start);
}

static void
test_panning_out_of_a_frame_leaves_it (void)
{
  g_autoptr (ViewerDocument) document = open_example ("server-cpu.prof");
  ProfNodeId node = node_named (document, "compress/flate.(*Writer).Close");
  ViewerZoom zoom;

  viewer_document_zoom_to_node (document, node);
  zoom = viewer_document_get_zoom (document);
  viewer_document_zoom_to_range (document, zoom.start, zoom.end, true);
  g_assert_cmpuint (viewer_document_get_zoom (document).root, ==, node);
  viewer_document_zoom_to_range (document, 0, zoom.end - zoom.start, true);
  g_assert_cmpuint (viewer_document_get_zoom (document).root, !=, node);
}

/* Selection and search */

static void
test_a_function_selects_its_heaviest_occurrence (void)
{
  g_autoptr (ViewerDocument) document = open_example ("server-cpu.prof");
  ViewerResult              *result = viewer_document_get_result (document);
  const ProfNode            *nodes = prof_tree_nodes (result->tree);
  ProfNodeId                 node = node_named (document, "runtime.mallocgc");
  ProfFrameId                frame = nodes[node].frame;

  viewer_document_select_frame (document, frame);
  g_assert_cmpuint (viewer_document_get_selection (document).node, ==, node);
  for (size_t i = 1; i < prof_tree_n_nodes (result->tree); i++)
    if (nodes[i].frame == frame)
      g_assert_cmpuint (prof_tree_weight (result->tree, (ProfNodeId)i),
                        <=,
                        prof_tree_weight (result->tree, node));
}

static void
test_finding_walks_over_outer_matches_and_wraps (void)
{
  g_autoptr (ViewerDocument) document = open_example ("server-cpu.prof");
  size_t                     n;
  const ProfNodeId          *outer;

  viewer_document_set_search (document, "json", PROF_SEARCH_SUBSTRING);
  outer = prof_search_outer (viewer_document_get_search (document), &n);
  g_assert_cmpuint (n, >, 2);
  for (size_t i = 0; i <= n; i++)
    {
      viewer_document_find (document, 1);
      g_assert_cmpuint (viewer_document_get_selection (document).node,
                        ==,
                        outer[i % n]);
    }
  viewer_document_find (document, -1);
  g_assert_cmpuint (viewer_document_get_selection (document).node,
                    ==,
                    outer[n - 1]);
}

static void
test_a_bad_pattern_keeps_the_last_matches (void)
{
  g_autoptr (ViewerDocument) document = open_example ("server-cpu.prof");
  ProfSearch                *search;

  viewer_document_set_search (document, "json", PROF_SEARCH_REGEX);
  search = viewer_document_get_search (document);
  g_assert_nonnull (search);
  viewer_document_set_search (document, "json(", PROF_SEARCH_REGEX);
  g_assert_true (viewer_document_get_search (document) == search);
  g_assert_nonnull (viewer_document_get_search_complaint (document));
  viewer_document_set_search (document, "", PROF_SEARCH_REGEX);
  g_assert_null (viewer_document_get_search (document));
  g_assert_null (viewer_document_get_search_complaint (document));
}

/* Neighbours */

static ProfFrameId
frame_named (ViewerResult *result, const char *name)
{
  for (ProfFrameId i = 0; i < prof_frames_n (result->frames); i++)
    if (strcmp (prof_frames_display_name (result->frames, i), name) == 0)
      return i;
  g_error ("no function %s", name);
}

static int64_t
sum_of (ViewerResult *result, GArray *neighbours, const char *name)
{
  ProfFrameId frame = frame_named (result, name);

  for (guint i = 0; i < neighbours->len; i++)
    {
      ViewerNeighbour *neighbour = &g_array_index (neighbours,
                                                   ViewerNeighbour,
                                                   i);

      if (neighbour->frame == frame)
        return neighbour->total;
    }
  return -1;
}

static void
test_callers_and_callees_add_up (void)
{
  g_autoptr (ViewerResult)     result = result_of ("main;a;f;g 5\n"
                                                   "main;b;f;g 3\n"
                                                   "main;b;f;h 2\n"
                                                   "main;b;f 1\n");
  g_autoptr (ViewerNeighbours) neighbours =
      viewer_neighbours_new (result, frame_named (result, "f"));

  g_assert_cmpuint (neighbours->callers->len, ==, 2);
  g_assert_cmpint (sum_of (result, neighbours->callers, "a"), ==, 5);
  g_assert_cmpint (sum_of (result, neighbours->callers, "b"), ==, 6);
  g_assert_cmpuint (neighbours->callees->len, ==, 2);
  g_assert_cmpint (sum_of (result, neighbours->callees, "g"), ==, 8);
  g_assert_cmpint (sum_of (result, neighbours->callees, "h"), ==, 2);
}

static void
test_recursion_counts_once (void)
{
  g_autoptr (ViewerResult)     result = result_of ("main;f;f;f;g 7\n"
                                                   "main;f;g;f;g 2\n");
  g_autoptr (ViewerNeighbours) neighbours =
      viewer_neighbours_new (result, frame_named (result, "f"));

  g_assert_cmpint (sum_of (result, neighbours->callers, "main"), ==, 9);
  g_assert_cmpint (sum_of (result, neighbours->callers, "f"), ==, 7);
  g_assert_cmpint (sum_of (result, neighbours->callees, "g"), ==, 9);
  g_assert_cmpint (sum_of (result, neighbours->callees, "f"), ==, 7);
}

static void
test_a_profile_without_samples_has_a_result (void)
{
  g_autoptr (ViewerResult) result = result_of ("");

  g_assert_cmpuint (prof_tree_n_nodes (result->tree), ==, 1);
  g_assert_cmpint (result->total, ==, 0);
}

/* Words */

static void
test_sentences_say_self_and_total (void)
{
  g_autoptr (ViewerResult) result = result_of (
      "#types cpu/nanoseconds\n"
      "main;encoding/json.Unmarshal 2000000000\n"
      "main 6000000000\n");
  ProfNodeId       node = 2;
  g_autofree char *status = viewer_text_status (result, node, 0);
  g_autofree char *spoken = viewer_text_accessible (result, node, 0);

  g_assert_cmpstr (status,
                   ==,
                   "<b>encoding/json.Unmarshal</b> — self 2.00 s (25.0 %), "
                   "total 2.00 s (25.0 %)");
  g_assert_cmpstr (spoken,
                   ==,
                   "encoding/json.Unmarshal, self 2.00 s 25.0 %, "
                   "total 2.00 s 25.0 %, level 3");
}

static void
test_the_root_says_what_was_measured (void)
{
  g_autoptr (ViewerResult) time = result_of ("#types cpu/nanoseconds\n"
                                             "main 2000000000\n");
  g_autoptr (ViewerResult) goroutines = result_of ("#types goroutine/count\n"
                                                   "main 12\n");
  g_autofree char         *time_text = viewer_text_root (time);
  g_autofree char         *goroutines_text = viewer_text_root (goroutines);

  g_assert_cmpstr (time_text, ==, "2.00 s CPU time");
  g_assert_cmpstr (goroutines_text, ==, "12 goroutines");
}

static void
test_small_values_are_not_zero (void)
{
  g_autoptr (ViewerResult) result = result_of ("#types cpu/nanoseconds\n"
                                               "main 6000000000\n"
                                               "main;f 40000\n");
  g_autofree char         *large = viewer_text_value (result, 6000000000);
  g_autofree char         *small = viewer_text_value (result, 40000);
  g_autofree char         *none = viewer_text_value (result, 0);

  g_assert_cmpstr (large, ==, "6.00 s");
  g_assert_cmpstr (small, ==, "40 µs");
  g_assert_cmpstr (none, ==, "0.00 s");
}

static void
test_the_stack_reads_from_the_root (void)
{
  g_autoptr (ViewerResult) result = result_of ("main;a;b 1\n");
  g_autofree char         *stack = viewer_text_stack (result, 3);

  g_assert_cmpstr (stack, ==, "main\na\nb\n");
}

static void
test_a_unit_is_text_whatever_its_bytes_are (void)
{
  g_autoptr (ViewerDocument) document = viewer_document_new ();
  g_autoptr (ProfProfile)    profile = test_profile ("#types cpu/w\xff\ti\n"
                                                     "main 5\n");
  g_autoptr (GString)        bytes = g_string_new (NULL);
  ProfSink                   sink = prof_sink_to_string (bytes);
  g_autoptr (GFile)          file = NULL;
  g_autofree char           *total = NULL;

  g_assert_true (prof_pprof_encode (profile, &sink, NULL, NULL));
  file = file_with ("unit.pb", bytes->str, (gssize)bytes->len);
  open_and_wait (document, file, NULL);
  total = viewer_text_total (viewer_document_get_result (document));
  g_assert_true (g_utf8_validate (total, -1, NULL));
  g_assert_nonnull (strstr (total, "w\xef\xbf\xbd i"));
}

static void
test_a_unit_is_no_markup (void)
{
  g_autoptr (ViewerDocument) document = viewer_document_new ();
  g_autoptr (ProfProfile)    profile = test_profile ("#types cpu/<b>&\n"
                                                     "main 5\n");
  g_autoptr (GString)        bytes = g_string_new (NULL);
  ProfSink                   sink = prof_sink_to_string (bytes);
  g_autoptr (GFile)          file = NULL;
  g_autofree char           *tip = NULL;
  g_autofree char           *shown = NULL;

  g_assert_true (prof_pprof_encode (profile, &sink, NULL, NULL));
  file = file_with ("markup.pb", bytes->str, (gssize)bytes->len);
  open_and_wait (document, file, NULL);
  tip = viewer_text_tip (viewer_document_get_result (document), 1, 0);
  g_assert_true (pango_parse_markup (tip, -1, 0, NULL, &shown, NULL, NULL));
  g_assert_nonnull (strstr (shown, "<b>&"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(path, function) \
  g_test_add_func ("/document-queries/" path, function)
  ADD ("changing-the-type-keeps-the-place",
       test_changing_the_type_keeps_the_place);
  ADD ("zooming-can-be-undone-and-redone",
       test_zooming_can_be_undone_and_redone);
  ADD ("a-gesture-is-one-step", test_a_gesture_is_one_step);
  ADD ("a-range-stays-on-the-line", test_a_range_stays_on_the_line);
  ADD ("panning-out-of-a-frame-leaves-it",
       test_panning_out_of_a_frame_leaves_it);
  ADD ("a-function-selects-its-heaviest-occurrence",
       test_a_function_selects_its_heaviest_occurrence);
  ADD ("finding-walks-over-outer-matches-and-wraps",
       test_finding_walks_over_outer_matches_and_wraps);
  ADD ("a-bad-pattern-keeps-the-last-matches",
       test_a_bad_pattern_keeps_the_last_matches);
  ADD ("callers-and-callees-add-up", test_callers_and_callees_add_up);
  ADD ("recursion-counts-once", test_recursion_counts_once);
  ADD ("a-profile-without-samples-has-a-result",
       test_a_profile_without_samples_has_a_result);
  ADD ("sentences-say-self-and-total", test_sentences_say_self_and_total);
  ADD ("the-root-says-what-was-measured", test_the_root_says_what_was_measured);
  ADD ("small-values-are-not-zero", test_small_values_are_not_zero);
  ADD ("the-stack-reads-from-the-root", test_the_stack_reads_from_the_root);
  ADD ("a-unit-is-text-whatever-its-bytes-are",
       test_a_unit_is_text_whatever_its_bytes_are);
  ADD ("a-unit-is-no-markup", test_a_unit_is_no_markup);
#undef ADD
  return g_test_run ();
}
