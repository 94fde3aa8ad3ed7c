/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What a document is asked, and how that is undone. No display. */
#include "viewer-test.h"

#include <string.h>

static void
set_option (ViewerDocument *document, const char *option, const char *value)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (viewer_document_set_option (document, option, value, &error));
  g_assert_no_error (error);
  wait_for_answer (document);
}

static char *
text_of (ViewerDocument *document)
{
  return prof_query_to_text (viewer_document_get_question (document)->query);
}

static void
assert_text (ViewerDocument *document, const char *expected)
{
  g_autofree char *text = text_of (document);

  g_assert_cmpstr (text, ==, expected);
}

static void
test_a_filter_leaves_what_matches (void)
{
  g_autoptr (ViewerDocument) document = open_example ("server-cpu.prof");
  ViewerResult *all = viewer_result_ref (viewer_document_get_result (document));
  ViewerResult *some;

  set_option (document, "focus", "json");
  some = viewer_document_get_result (document);
  g_assert_true (some != all);
  g_assert_cmpint (some->total, ==, all->total);
  g_assert_cmpint (some->shown, <, all->shown);
  g_assert_cmpint (some->shown, >, 0);
  g_assert_cmpint (prof_tree_nodes (some->tree)->total, ==, some->shown);
  set_option (document, "focus", NULL);
  g_assert_cmpint (viewer_document_get_result (document)->shown,
                   ==,
                   all->shown);
  viewer_result_unref (all);
}

/* What a search covers is what focusing on it leaves. */
static void
test_a_search_covers_what_focus_leaves (void)
{
  static const char *const patterns[] = { "json",
                                          "flate",
                                          "mallocgc",
                                          "ServeHTTP" };

  for (size_t i = 0; i < G_N_ELEMENTS (patterns); i++)
    {
      g_autoptr (ViewerDocument) document = open_example ("server-cpu.prof");
      g_autofree char *pattern = g_strconcat ("(?i)", patterns[i], NULL);
      int64_t          covered;

      viewer_document_set_search (document, patterns[i], 0);
      covered = prof_search_total (viewer_document_get_search (document));
      set_option (document, "focus", pattern);
      g_assert_cmpint (viewer_document_get_result (document)->shown,
                       ==,
                       covered);
    }
}

static void
test_zoom_and_selection_outlive_a_filter (void)
{
  g_autoptr (ViewerDocument) document = open_example ("server-cpu.prof");
  ProfNodeId    node = node_named (document, "compress/flate.(*Writer).Close");
  ViewerResult *result;

  viewer_document_select (document, node, 0, false);
  viewer_document_zoom_to_selection (document);
  set_option (document, "focus", "flate");
  result = viewer_document_get_result (document);
  node = viewer_document_get_selection (document).node;
  g_assert_cmpstr (prof_tree_name (result->tree, node),
                   ==,
                   "compress/flate.(*Writer).Close");
  g_assert_cmpuint (viewer_document_get_zoom (document).root, ==, node);
}

/* A call of @name that is a call in the machine's code too, and its caller. */
static ProfNodeId
real_call_below (ViewerDocument *document, const char *name)
{
  ViewerResult   *result = viewer_document_get_result (document);
  const ProfNode *nodes = prof_tree_nodes (result->tree);

  for (ProfNodeId n = 1; n < prof_tree_n_nodes (result->tree); n++)
    if ((nodes[n].flags & PROF_NODE_INLINED) == 0 &&
        strcmp (prof_tree_name (result->tree, nodes[n].parent), name) == 0)
      return n;
  g_assert_not_reached ();
}

static void
test_a_selection_that_is_gone_falls_to_its_caller (void)
{
  g_autoptr (ViewerDocument) document = open_example ("server-cpu.prof");
  ProfNodeId    node = real_call_below (document, "runtime.mallocgc");
  ViewerResult *result;

  viewer_document_select (document, node, 0, false);
  set_option (document, "prune-from", "^runtime\\.mallocgc$");
  result = viewer_document_get_result (document);
  node = viewer_document_get_selection (document).node;
  g_assert_cmpstr (prof_tree_name (result->tree, node), ==, "runtime.mallocgc");
}

static void
test_questions_are_steps_of_the_history (void)
{
  g_autoptr (ViewerDocument) document = open_example ("server-cpu.prof");

  set_option (document, "focus", "json");
  set_option (document, "ignore", "mallocgc");
  assert_text (document, "--focus=json --ignore=mallocgc");
  viewer_document_go (document, -1);
  wait_for_answer (document);
  assert_text (document, "--focus=json");
  viewer_document_go (document, -1);
  wait_for_answer (document);
  assert_text (document, "");
  g_assert_false (viewer_document_can_go (document, -1));
  viewer_document_go (document, 1);
  /* Before that is there, once more. */
  viewer_document_go (document, 1);
  wait_for_answer (document);
  assert_text (document, "--focus=json --ignore=mallocgc");
  g_assert_false (viewer_document_can_go (document, 1));
  g_assert_true (viewer_document_can_go (document, -1));
}

static void
test_going_back_takes_a_question_back_that_is_under_way (void)
{
  g_autoptr (ViewerDocument) document = open_example ("server-cpu.prof");
  ViewerResult              *result;

  set_option (document, "focus", "json");
  set_option (document, "ignore", "mallocgc");
  viewer_document_go (document, -1);
  wait_for_answer (document);
  result = viewer_document_get_result (document);
  g_assert_true (viewer_document_set_option (document, "hide", "gc", NULL));
  g_assert_false (viewer_document_can_go (document, 1));
  viewer_document_go (document, 1);
  assert_text (document, "--focus=json --hide=gc");
  g_assert_true (viewer_document_can_go (document, -1));
  viewer_document_go (document, -1);
  assert_text (document, "--focus=json");
  wait_for_answer (document);
  g_assert_true (viewer_document_get_result (document) == result);
  g_assert_true (viewer_document_can_go (document, 1));
  viewer_document_go (document, -1);
  wait_for_answer (document);
  assert_text (document, "");
}

static void
test_what_is_asked_on_the_way_back_is_a_step_from_there (void)
{
  g_autoptr (ViewerDocument) document = open_example ("server-cpu.prof");

  set_option (document, "focus", "json");
  set_option (document, "ignore", "mallocgc");
  for (int i = 0; i < 2; i++)
    {
      viewer_document_go (document, -1);
      g_assert_true (viewer_document_set_option (document, "hide", "gc", NULL));
      g_assert_true (viewer_document_set_option (document, "show", "e", NULL));
      wait_for_answer (document);
      assert_text (document, "--focus=json --hide=gc --show=e");
      g_assert_false (viewer_document_can_go (document, 1));
    }
  viewer_document_go (document, -1);
  wait_for_answer (document);
  assert_text (document, "--focus=json");
  /* Nor does it get lost on another way back. */
  viewer_document_go (document, 1);
  viewer_document_set_option (document, "hide", "go", NULL);
  viewer_document_go (document, -1);
  wait_for_answer (document);
  assert_text (document, "--focus=json --hide=gc --show=e");
  g_assert_false (viewer_document_can_go (document, 1));
  viewer_document_go (document, -1);
  wait_for_answer (document);
  viewer_document_go (document, -1);
  wait_for_answer (document);
  assert_text (document, "");
  g_assert_false (viewer_document_can_go (document, -1));
}

/* A step of another kind. */
static void
test_a_zoom_is_a_step_before_what_is_under_way (void)
{
  g_autoptr (ViewerDocument) document = open_example ("server-cpu.prof");

  set_option (document, "focus", "json");
  viewer_document_go (document, -1);
  g_assert_true (viewer_document_set_option (document, "hide", "gc", NULL));
  viewer_document_zoom_to_node (document, 1);
  wait_for_answer (document);
  assert_text (document, "--hide=gc");
  viewer_document_go (document, -1);
  wait_for_answer (document);
  assert_text (document, "--focus=json");
  g_assert_true (viewer_document_is_zoomed (document));
  viewer_document_go (document, -1);
  g_assert_false (viewer_document_is_zoomed (document));
  viewer_document_go (document, -1);
  wait_for_answer (document);
  assert_text (document, "");
  g_assert_false (viewer_document_can_go (document, -1));
}

static void
test_the_way_back_leads_to_the_same_place (void)
{
  g_autoptr (ViewerDocument) document = open_example ("server-cpu.prof");
  ProfNodeId node = node_named (document, "compress/flate.(*Writer).Close");
  ViewerZoom zoom;

  viewer_document_zoom_to_node (document, node);
  zoom = viewer_document_get_zoom (document);
  viewer_document_zoom_to_range (document,
                                 zoom.start + (zoom.end - zoom.start) / 4,
                                 zoom.start + (zoom.end - zoom.start) / 2,
                                 false);
  zoom = viewer_document_get_zoom (document);
  set_option (document, "focus", "json");
  viewer_document_go (document, -1);
  wait_for_answer (document);
  g_assert_cmpfloat_with_epsilon (viewer_document_get_zoom (document).start,
                                  zoom.start,
                                  1e-3 * zoom.end);
  g_assert_cmpfloat_with_epsilon (viewer_document_get_zoom (document).end,
                                  zoom.end,
                                  1e-3 * zoom.end);
  g_assert_cmpuint (viewer_document_get_zoom (document).root, ==, zoom.root);
}

static void
test_cancelling_takes_the_question_back (void)
{
  g_autoptr (ViewerDocument) document = open_example ("server-cpu.prof");
  ViewerResult              *result = viewer_document_get_result (document);
  ViewerStage                stage;
  double                     fraction;

  g_assert_true (viewer_document_set_option (document, "focus", "json", NULL));
  g_assert_true (viewer_document_is_busy (document, &stage, &fraction));
  assert_text (document, "--focus=json");
  viewer_document_cancel (document);
  assert_text (document, "");
  wait_ms (100);
  g_assert_true (viewer_document_get_result (document) == result);
  g_assert_false (viewer_document_can_go (document, -1));
}

static void
note (ViewerDocument *document, const char *reason, char **noted)
{
  g_free (*noted);
  *noted = g_strdup (reason);
}

static void
test_a_question_without_answer_loses_nothing (void)
{
  g_autoptr (ViewerDocument) document = open_example ("server-cpu.prof");
  g_autoptr (GError)         error = NULL;
  g_autofree char           *noted = NULL;
  ViewerResult              *result = viewer_document_get_result (document);

  g_signal_connect (document, "refused", G_CALLBACK (note), &noted);
  g_assert_false (viewer_document_set_option (document, "focus", "(", &error));
  g_assert_error (error, PROF_ERROR, PROF_ERROR_PATTERN);
  g_assert_false (g_str_equal (error->message, ""));
  assert_text (document, "");
  set_option (document, "sample-index", "no-such-type");
  g_assert_nonnull (noted);
  g_assert_nonnull (strstr (noted, "no-such-type"));
  assert_text (document, "");
  g_assert_true (viewer_document_get_result (document) == result);
  g_assert_cmpint (viewer_document_get_state (document),
                   ==,
                   VIEWER_STATE_READY);
}

static void
test_a_new_file_is_asked_nothing (void)
{
  g_autoptr (ViewerDocument) document = open_example ("server-cpu.prof");
  g_autoptr (GFile)          other = example_file ("qrcode-cpu.prof");

  set_option (document, "focus", "json");
  open_and_wait (document, other, NULL);
  assert_text (document, "");
  g_assert_false (viewer_document_can_go (document, -1));
}

static void
test_reloading_asks_the_same (void)
{
  g_autoptr (ViewerDocument) document = open_example ("server-cpu.prof");
  int64_t                    shown;

  set_option (document, "focus", "json");
  shown = viewer_document_get_result (document)->shown;
  viewer_document_reload (document);
  wait_for_answer (document);
  assert_text (document, "--focus=json");
  g_assert_cmpint (viewer_document_get_result (document)->shown, ==, shown);
}

static void
test_leaves_can_come_first (void)
{
  g_autoptr (ViewerDocument) document = open_example ("server-cpu.prof");
  ViewerResult              *result = viewer_document_get_result (document);
  ProfFrameId                heaviest = prof_top_rows (result->top)->frame;
  g_autofree char           *name = g_strdup (
      prof_frames_display_name (result->frames, heaviest));
  int64_t                    flat = prof_top_rows (result->top)->flat;
  g_autoptr (ViewerQuestion) question = NULL;

  question = viewer_question_with_flag (viewer_document_get_question (document),
                                        PROF_TREE_LEAF_FIRST,
                                        TRUE);
  viewer_document_ask (document, question);
  wait_for_answer (document);
  result = viewer_document_get_result (document);
  g_assert_cmpstr (prof_tree_name (result->tree, 1), ==, name);
  g_assert_cmpint (prof_tree_nodes (result->tree)[1].total, ==, flat);
}

static void
test_colours_change_nothing_else (void)
{
  g_autoptr (ViewerDocument) document = open_example ("server-cpu.prof");
  ProfNodeId    node = node_named (document, "compress/flate.(*Writer).Close");
  ProfColoring  coloring = { .scheme = PROF_SCHEME_SELF };
  ViewerResult *before = viewer_document_get_result (document);
  ProfTree     *tree = before->tree;
  ViewerResult *after;

  viewer_document_select (document, node, 0, false);
  viewer_document_set_coloring (document, &coloring);
  after = viewer_document_get_result (document);
  g_assert_true (after->tree == tree);
  g_assert_cmpuint (viewer_document_get_selection (document).node, ==, node);
  g_assert_cmpint (prof_palette_coloring (after->palettes[0])->scheme,
                   ==,
                   PROF_SCHEME_SELF);
  /* And stay for what is asked next. */
  set_option (document, "focus", "json");
  after = viewer_document_get_result (document);
  g_assert_cmpint (prof_palette_coloring (after->palettes[1])->scheme,
                   ==,
                   PROF_SCHEME_SELF);
}

/* Questions themselves */

static void
test_filters_come_in_their_order (void)
{
  g_autoptr (ViewerQuestion) plain = viewer_question_new ();
  g_autoptr (GError)         error = NULL;
  g_autoptr (ViewerQuestion) question = viewer_question_with_options (
      plain,
      "--hide=b --tagfocus=k=v --focus='a c' --nodecount=3",
      &error);
  g_autoptr (ViewerQuestion) without = NULL;
  g_autoptr (GArray)         filters = NULL;
  static const char *const   options[] = { "focus", "hide", "tagfocus" };

  g_assert_no_error (error);
  filters = viewer_question_filters (question);
  g_assert_cmpuint (filters->len, ==, G_N_ELEMENTS (options));
  for (guint i = 0; i < filters->len; i++)
    {
      ViewerFilter filter = g_array_index (filters, ViewerFilter, i);

      g_assert_cmpstr (filter.option, ==, options[i]);
      g_assert_cmpstr (filter.label, !=, "");
      g_assert_cmpstr (filter.effect, !=, "");
    }
  g_assert_cmpstr (g_array_index (filters, ViewerFilter, 0).value, ==, "a c");
  without = viewer_question_without_filters (question);
  g_assert_true (viewer_question_equal (without, plain));
  g_assert_false (viewer_question_equal (question, plain));
}

static void
test_names_become_patterns (void)
{
  g_autofree char *exact = viewer_question_exactly ("a.(*T[...]).f+g$");
  g_autofree char *either = viewer_question_either ("^x$", exact);
  g_autofree char *alone = viewer_question_either ("", "^x$");
  g_autoptr (ViewerQuestion) plain = viewer_question_new ();
  g_autoptr (GError)         error = NULL;
  g_autoptr (ViewerQuestion) question = NULL;

  g_assert_true (g_regex_match_simple (exact, "a.(*T[...]).f+g$", 0, 0));
  g_assert_false (g_regex_match_simple (exact, "a.(*T[...]).f+g$2", 0, 0));
  g_assert_false (g_regex_match_simple (exact, "xa.(*T[...]).f+g$", 0, 0));
  g_assert_true (g_regex_match_simple (either, "x", 0, 0));
  g_assert_true (g_regex_match_simple (either, "a.(*T[...]).f+g$", 0, 0));
  g_assert_cmpstr (alone, ==, "^x$");
  question = viewer_question_with (plain, "hide", either, &error);
  g_assert_no_error (error);
}

static void
test_the_next_file_has_a_filter_from_the_start (void)
{
  g_autoptr (ViewerDocument) document = viewer_document_new ();
  g_autoptr (GFile)          file = example_file ("server-cpu.prof");
  g_autofree char           *first = NULL;
  g_autofree char           *second = NULL;

  viewer_document_focus_next (document, "encoding/json");
  open_and_wait (document, file, NULL);
  first = text_of (document);
  g_assert_cmpstr (first, ==, "--focus=encoding/json");
  g_assert_false (viewer_document_can_go (document, -1));
  open_and_wait (document, file, NULL);
  second = text_of (document);
  g_assert_cmpstr (second, ==, "");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/question/a-filter-leaves-what-matches",
                   test_a_filter_leaves_what_matches);
  g_test_add_func ("/question/a-search-covers-what-focus-leaves",
                   test_a_search_covers_what_focus_leaves);
  g_test_add_func ("/question/zoom-and-selection-outlive-a-filter",
                   test_zoom_and_selection_outlive_a_filter);
  g_test_add_func ("/question/a-selection-that-is-gone-falls-to-its-caller",
                   test_a_selection_that_is_gone_falls_to_its_caller);
  g_test_add_func ("/question/questions-are-steps-of-the-history",
                   test_questions_are_steps_of_the_history);
  g_test_add_func ("/question/going-back-takes-a-question-back-that-is-under-"
                   "way",
                   test_going_back_takes_a_question_back_that_is_under_way);
  g_test_add_func ("/question/what-is-asked-on-the-way-back-is-a-step-from-"
                   "there",
                   test_what_is_asked_on_the_way_back_is_a_step_from_there);
  g_test_add_func ("/question/a-zoom-is-a-step-before-what-is-under-way",
                   test_a_zoom_is_a_step_before_what_is_under_way);
  g_test_add_func ("/question/the-way-back-leads-to-the-same-place",
                   test_the_way_back_leads_to_the_same_place);
  g_test_add_func ("/question/cancelling-takes-the-question-back",
                   test_cancelling_takes_the_question_back);
  g_test_add_func ("/question/a-question-without-answer-loses-nothing",
                   test_a_question_without_answer_loses_nothing);
  g_test_add_func ("/question/a-new-file-is-asked-nothing",
                   test_a_new_file_is_asked_nothing);
  g_test_add_func ("/question/the-next-file-has-a-filter-from-the-start",
                   test_the_next_file_has_a_filter_from_the_start);
  g_test_add_func ("/question/reloading-asks-the-same",
                   test_reloading_asks_the_same);
  g_test_add_func ("/question/leaves-can-come-first",
                   test_leaves_can_come_first);
  g_test_add_func ("/question/colours-change-nothing-else",
                   test_colours_change_nothing_else);
  g_test_add_func ("/question/filters-come-in-their-order",
                   test_filters_come_in_their_order);
  g_test_add_func ("/question/names-become-patterns",
                   test_names_become_patterns);
  return g_test_run ();
}
