/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "viewer-sandwich.h"
#include "viewer-test.h"

#include <string.h>

typedef struct
{
  ViewerDocument *document;
  ViewerSandwich *sandwich;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GFile) file = example_file ("server-cpu.prof");

  fixture->document = viewer_document_new ();
  fixture->sandwich = viewer_sandwich_new (fixture->document);
  open_and_wait (fixture->document, file, NULL);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_object_unref (fixture->sandwich);
  g_object_unref (fixture->document);
}

static ProfFrameId
frame_named (Fixture *fixture, const char *name)
{
  ViewerResult *result = viewer_document_get_result (fixture->document);

  return prof_tree_nodes (result->tree)[node_named (fixture->document, name)]
      .frame;
}

static void
center (Fixture *fixture, const char *name)
{
  viewer_document_set_center (fixture->document,
                              frame_named (fixture, name),
                              false);
}

static void
wait (Fixture *fixture)
{
  ViewerStage stage;
  double      fraction;

  wait_until (!viewer_document_is_busy (fixture->document, &stage, &fraction) &&
              !viewer_sandwich_is_busy (fixture->sandwich));
}

static void
activate (Fixture *fixture)
{
  viewer_sandwich_set_active (fixture->sandwich, TRUE);
  wait (fixture);
}

static ViewerFlameModel *
half (Fixture *fixture, ViewerSide side)
{
  return viewer_sandwich_get_model (fixture->sandwich, side);
}

static const char *
name_in_the_middle (Fixture *fixture)
{
  ViewerResult *callers = viewer_sandwich_get_result (fixture->sandwich,
                                                      VIEWER_CALLERS);
  ViewerResult *callees = viewer_sandwich_get_result (fixture->sandwich,
                                                      VIEWER_CALLEES);

  g_assert_nonnull (callers);
  g_assert_nonnull (callees);
  g_assert_cmpstr (prof_tree_name (callers->tree, 0),
                   ==,
                   prof_tree_name (callees->tree, 0));
  return prof_tree_name (callees->tree, 0);
}

static void
test_nobody_looks_so_nothing_is_made (Fixture *fixture, gconstpointer data)
{
  center (fixture, "runtime.mallocgc");
  g_assert_false (viewer_sandwich_is_busy (fixture->sandwich));
  g_assert_null (
      viewer_sandwich_get_result (fixture->sandwich, VIEWER_CALLERS));
  activate (fixture);
  g_assert_cmpstr (name_in_the_middle (fixture), ==, "runtime.mallocgc");
}

static void
test_without_a_choice_the_heaviest_is_in_the_middle (Fixture      *fixture,
                                                     gconstpointer data)
{
  ViewerResult *result = viewer_document_get_result (fixture->document);

  activate (fixture);
  g_assert_cmpuint (viewer_sandwich_get_frame (fixture->sandwich),
                    ==,
                    prof_top_rows (result->top)[0].frame);
  g_assert_cmpuint (viewer_document_get_selection (fixture->document).node,
                    ==,
                    PROF_ID_NONE);
  g_assert_false (viewer_document_can_go (fixture->document, -1));
}

static void
test_what_is_selected_comes_into_the_middle (Fixture      *fixture,
                                             gconstpointer data)
{
  viewer_document_select (fixture->document,
                          node_named (fixture->document, "runtime.mallocgc"),
                          0,
                          false);
  activate (fixture);
  g_assert_cmpstr (name_in_the_middle (fixture), ==, "runtime.mallocgc");
  /* No step: one has seen nothing else here. */
  g_assert_false (viewer_document_can_go (fixture->document, -1));
}

static void
test_both_roots_have_the_cum_of_the_table (Fixture *fixture, gconstpointer data)
{
  ViewerResult     *result = viewer_document_get_result (fixture->document);
  const ProfTopRow *row;

  center (fixture, "runtime.mallocgc");
  activate (fixture);
  row = viewer_result_row (result,
                           viewer_sandwich_get_frame (fixture->sandwich));
  for (int side = 0; side < 2; side++)
    {
      ViewerResult *shown = viewer_sandwich_get_result (fixture->sandwich,
                                                        (ViewerSide)side);

      g_assert_cmpint (prof_tree_nodes (shown->tree)->total, ==, row->cum);
      g_assert_cmpint (shown->total, ==, result->total);
    }
}

static void
test_a_caller_can_be_put_into_the_middle_and_back (Fixture      *fixture,
                                                   gconstpointer data)
{
  ViewerFlameModel *callers = half (fixture, VIEWER_CALLERS);

  center (fixture, "runtime.mallocgc");
  activate (fixture);
  viewer_flame_model_select (callers, 1, 0, false);
  g_assert_cmpstr (name_in_the_middle (fixture), ==, "runtime.mallocgc");
  viewer_flame_model_activate (callers);
  wait (fixture);
  g_assert_cmpstr (name_in_the_middle (fixture), ==, "runtime.newobject");
  g_assert_cmpuint (viewer_flame_model_get_selection (callers).node,
                    ==,
                    PROF_ID_NONE);
  viewer_flame_model_go (callers, -1);
  wait (fixture);
  g_assert_cmpstr (name_in_the_middle (fixture), ==, "runtime.mallocgc");
  viewer_document_go (fixture->document, 1);
  wait (fixture);
  g_assert_cmpstr (name_in_the_middle (fixture), ==, "runtime.newobject");
}

static void
test_a_selected_callee_is_selected_everywhere (Fixture      *fixture,
                                               gconstpointer data)
{
  ViewerFlameModel *callees = half (fixture, VIEWER_CALLEES);
  ViewerFlameModel *callers = half (fixture, VIEWER_CALLERS);
  ProfFrameId       frame;

  center (fixture, "runtime.mallocgc");
  activate (fixture);
  viewer_flame_model_select (callers, 1, 0, false);
  viewer_flame_model_select (callees, 1, 0, false);
  frame = viewer_flame_model_get_selection (callees).frame;
  g_assert_cmpuint (viewer_document_get_selection (fixture->document).frame,
                    ==,
                    frame);
  /* One selection, and the middle stays. */
  g_assert_cmpuint (viewer_flame_model_get_selection (callers).node,
                    ==,
                    PROF_ID_NONE);
  g_assert_cmpstr (name_in_the_middle (fixture), ==, "runtime.mallocgc");
  viewer_document_unselect (fixture->document);
  g_assert_cmpuint (viewer_flame_model_get_selection (callees).node,
                    ==,
                    PROF_ID_NONE);
}

static void
test_halves_share_the_zoom (Fixture *fixture, gconstpointer data)
{
  ViewerFlameModel *callees = half (fixture, VIEWER_CALLEES);
  ViewerFlameModel *callers = half (fixture, VIEWER_CALLERS);
  ViewerZoom        document = viewer_document_get_zoom (fixture->document);
  ViewerZoom        zoom;

  center (fixture, "runtime.mallocgc");
  activate (fixture);
  viewer_flame_model_zoom_to_node (callees, 1);
  zoom = viewer_flame_model_get_zoom (callers);
  g_assert_cmpfloat (zoom.end, ==, viewer_flame_model_get_zoom (callees).end);
  g_assert_true (viewer_sandwich_is_zoomed (fixture->sandwich));
  g_assert_cmpfloat (viewer_document_get_zoom (fixture->document).end,
                     ==,
                     document.end);
  viewer_sandwich_zoom_home (fixture->sandwich);
  g_assert_false (viewer_flame_model_is_zoomed (callers));
  viewer_sandwich_zoom (fixture->sandwich, 2);
  g_assert_true (viewer_flame_model_is_zoomed (callers));
  center (fixture, "runtime.newobject");
  wait (fixture);
  g_assert_false (viewer_sandwich_is_zoomed (fixture->sandwich));
}

static void
test_only_the_latest_is_shown (Fixture *fixture, gconstpointer data)
{
  activate (fixture);
  center (fixture, "runtime.mallocgc");
  center (fixture, "runtime.newobject");
  center (fixture, "runtime.growslice");
  g_assert_true (viewer_sandwich_is_busy (fixture->sandwich));
  wait (fixture);
  g_assert_cmpstr (name_in_the_middle (fixture), ==, "runtime.growslice");
  wait_ms (50);
  g_assert_cmpstr (name_in_the_middle (fixture), ==, "runtime.growslice");
}

static void
test_who_goes_away_finds_the_latest (Fixture *fixture, gconstpointer data)
{
  activate (fixture);
  center (fixture, "runtime.mallocgc");
  viewer_sandwich_set_active (fixture->sandwich, FALSE);
  g_assert_false (viewer_sandwich_is_busy (fixture->sandwich));
  activate (fixture);
  g_assert_cmpstr (name_in_the_middle (fixture), ==, "runtime.mallocgc");
}

static void
test_a_search_marks_both_halves (Fixture *fixture, gconstpointer data)
{
  center (fixture, "runtime.mallocgc");
  activate (fixture);
  viewer_document_set_search (fixture->document,
                              "runtime.newobject",
                              PROF_SEARCH_SUBSTRING);
  wait (fixture);

  ProfSearch *above = viewer_flame_model_get_search (
      half (fixture, VIEWER_CALLERS));
  ProfSearch *below = viewer_flame_model_get_search (
      half (fixture, VIEWER_CALLEES));

  g_assert_cmpint (prof_search_node (above, 1), ==, PROF_MATCH_OUTER);
  g_assert_cmpint (prof_search_node (below, 1), ==, PROF_MATCH_NONE);
  center (fixture, "runtime.newobject");
  wait (fixture);
  below = viewer_flame_model_get_search (half (fixture, VIEWER_CALLEES));
  g_assert_true (
      prof_search_tree (below) ==
      viewer_sandwich_get_result (fixture->sandwich, VIEWER_CALLEES)->tree);
  viewer_document_set_search (fixture->document, "", PROF_SEARCH_SUBSTRING);
  wait (fixture);
  g_assert_null (
      viewer_flame_model_get_search (half (fixture, VIEWER_CALLEES)));
}

static void
test_another_question_keeps_the_function (Fixture *fixture, gconstpointer data)
{
  int64_t before, after;

  center (fixture, "runtime.mallocgc");
  activate (fixture);
  before = prof_tree_nodes (
               viewer_sandwich_get_result (fixture->sandwich, VIEWER_CALLERS)
                   ->tree)
               ->total;
  g_assert_true (viewer_document_set_option (fixture->document,
                                             "ignore",
                                             "newobject",
                                             NULL));
  wait (fixture);
  after = prof_tree_nodes (
              viewer_sandwich_get_result (fixture->sandwich, VIEWER_CALLERS)
                  ->tree)
              ->total;
  g_assert_cmpstr (name_in_the_middle (fixture), ==, "runtime.mallocgc");
  g_assert_cmpint (after, <, before);
  g_assert_cmpint (after, >, 0);
}

static void
test_leaves_first_is_no_other_sandwich (Fixture *fixture, gconstpointer data)
{
  g_autoptr (ViewerQuestion) question = NULL;
  size_t                     n[2];

  center (fixture, "runtime.mallocgc");
  activate (fixture);
  for (int side = 0; side < 2; side++)
    n[side] = prof_tree_n_nodes (
        viewer_sandwich_get_result (fixture->sandwich, (ViewerSide)side)->tree);
  question = viewer_question_with_flag (viewer_document_get_question (
                                            fixture->document),
                                        PROF_TREE_LEAF_FIRST,
                                        TRUE);
  viewer_document_ask (fixture->document, question);
  wait (fixture);
  g_assert_cmpstr (name_in_the_middle (fixture), ==, "runtime.mallocgc");
  for (int side = 0; side < 2; side++)
    g_assert_cmpuint (prof_tree_n_nodes (
                          viewer_sandwich_get_result (fixture->sandwich,
                                                      (ViewerSide)side)
                              ->tree),
                      ==,
                      n[side]);
}

static void
test_other_colors_are_no_other_trees (Fixture *fixture, gconstpointer data)
{
  ProfColoring coloring = { .scheme = PROF_SCHEME_SELF };
  ProfTree    *before;

  center (fixture, "runtime.mallocgc");
  activate (fixture);
  before = viewer_sandwich_get_result (fixture->sandwich, VIEWER_CALLEES)->tree;
  viewer_document_set_coloring (fixture->document, &coloring);
  g_assert_true (
      viewer_sandwich_get_result (fixture->sandwich, VIEWER_CALLEES)->tree ==
      before);
  g_assert_true (viewer_sandwich_get_result (fixture->sandwich, VIEWER_CALLEES)
                     ->palettes[0] ==
                 viewer_document_get_result (fixture->document)->palettes[0]);
}

static void
test_neighbours_come_with_the_trees (Fixture *fixture, gconstpointer data)
{
  const ViewerNeighbours *neighbours;

  center (fixture, "runtime.mallocgc");
  activate (fixture);
  neighbours = viewer_sandwich_get_neighbours (fixture->sandwich);
  g_assert_cmpuint (neighbours->callers->len, ==, 8);
}

static void
test_another_file_has_another_function (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GFile) file = example_file ("qrcode-cpu.prof");

  center (fixture, "runtime.mallocgc");
  activate (fixture);
  open_and_wait (fixture->document, file, NULL);
  wait (fixture);

  ViewerResult *result = viewer_document_get_result (fixture->document);

  g_assert_cmpuint (viewer_sandwich_get_frame (fixture->sandwich),
                    ==,
                    prof_top_rows (result->top)[0].frame);
  g_assert_true (
      viewer_sandwich_get_result (fixture->sandwich, VIEWER_CALLEES)->frames ==
      result->frames);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(path, function)            \
  g_test_add ("/sandwich-model/" path, \
              Fixture,                 \
              NULL,                    \
              set_up,                  \
              function,                \
              tear_down)
  ADD ("nobody-looks-so-nothing-is-made", test_nobody_looks_so_nothing_is_made);
  ADD ("without-a-choice-the-heaviest-is-in-the-middle",
       test_without_a_choice_the_heaviest_is_in_the_middle);
  ADD ("what-is-selected-comes-into-the-middle",
       test_what_is_selected_comes_into_the_middle);
  ADD ("both-roots-have-the-cum-of-the-table",
       test_both_roots_have_the_cum_of_the_table);
  ADD ("a-caller-can-be-put-into-the-middle-and-back",
       test_a_caller_can_be_put_into_the_middle_and_back);
  ADD ("a-selected-callee-is-selected-everywhere",
       test_a_selected_callee_is_selected_everywhere);
  ADD ("halves-share-the-zoom", test_halves_share_the_zoom);
  ADD ("only-the-latest-is-shown", test_only_the_latest_is_shown);
  ADD ("who-goes-away-finds-the-latest", test_who_goes_away_finds_the_latest);
  ADD ("a-search-marks-both-halves", test_a_search_marks_both_halves);
  ADD ("another-question-keeps-the-function",
       test_another_question_keeps_the_function);
  ADD ("leaves-first-is-no-other-sandwich",
       test_leaves_first_is_no_other_sandwich);
  ADD ("other-colors-are-no-other-trees", test_other_colors_are_no_other_trees);
  ADD ("neighbours-come-with-the-trees", test_neighbours_come_with_the_trees);
  ADD ("another-file-has-another-function",
       test_another_file_has_another_function);
#undef ADD
  return g_test_run ();
}
