/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "test-util.h"
#include "viewer-document-private.h"
#include "viewer-export.h"
#include "viewer-neighbours.h"
#include "viewer-test.h"
#include "viewer-text.h"

#include <string.h>

/* Of a million, so that what has 3 is closed in a sketch. */
static const char text[] = "main;wide;deep 1000000\n"
                           "main;narrow;below;deep 3\n"
                           "main;narrow;below;deep;more 4\n";

/* Still a sketch: the whole tree is made while the main loop runs. */
static ViewerDocument *
open_sketch (const char *name)
{
  ViewerDocument   *document = viewer_document_new ();
  g_autoptr (GFile) file = file_with (name, text, -1);

  viewer_document_set_sketch_from (document, 0);
  viewer_document_open (document, file, NULL);
  wait_until (viewer_document_get_result (document) != NULL);
  return document;
}

static const ProfTree *
tree_of (ViewerDocument *document)
{
  return viewer_document_get_result (document)->tree;
}

static void
wait_for_whole (ViewerDocument *document)
{
  wait_until (prof_tree_is_whole (tree_of (document)));
}

static bool
is_completing (ViewerDocument *document)
{
  double fraction;

  return viewer_document_is_completing (document, &fraction);
}

static void
test_a_large_profile_begins_as_a_sketch (void)
{
  g_autoptr (ViewerDocument) document = open_sketch ("large.folded");
  ViewerStage                stage;
  double                     fraction;

  g_assert_cmpint (viewer_document_get_state (document),
                   ==,
                   VIEWER_STATE_READY);
  g_assert_false (prof_tree_is_whole (tree_of (document)));
  g_assert_cmpuint (prof_tree_n_nodes (tree_of (document)), ==, 5);
  g_assert_true (is_completing (document));
  g_assert_false (viewer_document_is_busy (document, &stage, &fraction));
  wait_for_whole (document);
  g_assert_cmpuint (prof_tree_n_nodes (tree_of (document)), ==, 8);
  g_assert_false (is_completing (document));
}

static void
test_a_small_one_does_not (void)
{
  g_autoptr (ViewerDocument) document = viewer_document_new ();
  g_autoptr (GFile)          file = file_with ("small.folded", text, -1);

  open_and_wait (document, file, NULL);
  g_assert_true (prof_tree_is_whole (tree_of (document)));
  g_assert_false (is_completing (document));
}

static void
test_what_is_done_meanwhile_stays_done (void)
{
  g_autoptr (ViewerDocument) document = open_sketch ("large.folded");
  ProfNodeId                 node = node_named (document, "deep");
  ProfColoring  coloring = *viewer_document_get_coloring (document);
  ViewerResult *result;

  viewer_document_zoom_to_node (document, node);
  viewer_document_select (document, node, 0, false);
  viewer_document_set_search (document, "more", PROF_SEARCH_SUBSTRING);
  coloring.scheme = PROF_SCHEME_FILES;
  viewer_document_set_coloring (document, &coloring);
  wait_for_whole (document);
  result = viewer_document_get_result (document);
  node = viewer_document_get_selection (document).node;
  g_assert_cmpstr (prof_tree_name (result->tree, node), ==, "deep");
  g_assert_cmpint (prof_tree_nodes (result->tree)[node].total, ==, 1000000);
  g_assert_cmpuint (viewer_document_get_zoom (document).root, ==, node);
  g_assert_cmpint (prof_palette_coloring (result->palettes[0])->scheme,
                   ==,
                   PROF_SCHEME_FILES);
  g_assert_true (viewer_document_can_go (document, -1));
  g_assert_cmpint (prof_search_total (viewer_document_get_search (document)),
                   ==,
                   4);
}

static int64_t
total_of (const ViewerResult *result, GArray *neighbours, const char *name)
{
  for (guint i = 0; i < neighbours->len; i++)
    {
      ViewerNeighbour *at = &g_array_index (neighbours, ViewerNeighbour, i);

      if (strcmp (prof_frames_name (result->frames, at->frame), name) == 0)
        return at->total;
    }
  return -1;
}

/* Nothing that is shown of a sketch is less than it is. */
static void
test_sums_are_those_of_all_stacks (void)
{
  g_autoptr (ViewerDocument) document = open_sketch ("large.folded");
  ViewerResult              *result = viewer_document_get_result (document);
  ProfNodeId                 node = node_named (document, "deep");
  ProfNodeId                 narrow = node_named (document, "narrow");
  ProfFrameId                frame = prof_tree_nodes (result->tree)[node].frame;
  g_autoptr (ViewerNeighbours) found = viewer_neighbours_new (result, frame);
  g_autofree char             *words = viewer_text_status (result, narrow, 0);

  g_assert_cmpint (total_of (result, found->callers, "wide"), ==, 1000000);
  g_assert_cmpint (total_of (result, found->callers, "below"), ==, 7);
  g_assert_cmpint (total_of (result, found->callees, "more"), ==, 4);
  g_assert_cmpint (viewer_result_row (result, frame)->cum, ==, 1000007);
  g_assert_cmpstr (words, ==, "<b>narrow</b> — total 7 (0.0007 %)");
  viewer_document_set_search (document, "more", PROF_SEARCH_SUBSTRING);
  g_assert_cmpint (prof_search_total (viewer_document_get_search (document)),
                   ==,
                   4);
}

/* Numbers of nodes are of one tree. */
static void
test_neighbours_of_a_sketch_are_those_of_the_whole (void)
{
  g_autoptr (ViewerDocument)   document = open_sketch ("large.folded");
  ViewerResult                *sketch = viewer_document_get_result (document);
  ProfFrameId                  frame;
  g_autoptr (ViewerNeighbours) some = NULL;
  g_autoptr (ViewerNeighbours) all = NULL;

  frame = prof_tree_nodes (sketch->tree)[node_named (document, "deep")].frame;
  some = viewer_neighbours_new (sketch, frame);
  wait_for_whole (document);
  all = viewer_neighbours_new (viewer_document_get_result (document), frame);
  g_assert_cmpuint (some->callers->len, ==, all->callers->len);
  for (guint i = 0; i < all->callers->len; i++)
    {
      ViewerNeighbour *one = &g_array_index (some->callers, ViewerNeighbour, i);
      ViewerNeighbour *other = &g_array_index (all->callers,
                                               ViewerNeighbour,
                                               i);

      g_assert_cmpuint (one->frame, ==, other->frame);
      g_assert_cmpint (one->total, ==, other->total);
    }
}

static void
test_another_question_is_another_sketch (void)
{
  g_autoptr (ViewerDocument) document = open_sketch ("large.folded");

  g_assert_true (viewer_document_set_option (document, "ignore", "more", NULL));
  wait_for_whole (document);
  wait_until (prof_tree_nodes (tree_of (document))->total == 1000003);
  wait_for_whole (document);
  g_assert_cmpuint (prof_tree_n_nodes (tree_of (document)), ==, 7);
}

static void
test_cancelling_a_question_leaves_the_sketch_to_be_completed (void)
{
  g_autoptr (ViewerDocument) document = open_sketch ("large.folded");

  g_assert_true (viewer_document_set_option (document, "ignore", "more", NULL));
  viewer_document_cancel (document);
  wait_for_whole (document);
  g_assert_cmpuint (prof_tree_n_nodes (tree_of (document)), ==, 8);
}

/* Under its limits a profile of a million frames may have no whole tree. */
static void
test_where_there_is_no_whole_tree_the_sketch_stays (void)
{
  g_autoptr (ViewerDocument) document = open_sketch ("large.folded");
  const char *const         *warnings;

  wait_for_whole (document);
  document->limits.values[PROF_LIMIT_NODES] = 7;
  viewer_document_reload (document);
  wait_until (!prof_tree_is_whole (tree_of (document)) &&
              !is_completing (document));
  g_assert_false (prof_tree_is_whole (tree_of (document)));
  g_assert_true (viewer_document_has_fresh_warnings (document));
  warnings = viewer_document_get_warnings (document);
  g_assert_cmpuint (g_strv_length ((char **)warnings), ==, 1);
  g_assert_nonnull (strstr (warnings[0], "more than 7 nodes"));

  /* What has a whole tree again is not warned of. */
  g_assert_true (
      viewer_document_set_option (document, "ignore", "narrow", NULL));
  wait_until (prof_tree_is_whole (tree_of (document)));
  g_assert_cmpuint (g_strv_length (
                        (char **)viewer_document_get_warnings (document)),
                    ==,
                    0);
}

static void
test_a_document_may_go_before_it_is_whole (void)
{
  ViewerDocument *document = open_sketch ("large.folded");

  g_assert_true (is_completing (document));
  g_object_add_weak_pointer (G_OBJECT (document), (gpointer *)&document);
  viewer_document_stop_completing (document);
  g_assert_false (is_completing (document));
  g_object_unref (document);
  wait_until (document == NULL);
}

static void
test_who_stops_keeps_the_sketch (void)
{
  g_autoptr (ViewerDocument) document = open_sketch ("large.folded");

  viewer_document_stop_completing (document);
  wait_ms (100);
  g_assert_false (prof_tree_is_whole (tree_of (document)));
}

static void
exported (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GError) error = NULL;
  char             **path = data;

  *path = viewer_export_finish (result, &error);
  g_assert_no_error (error);
}

/* (transfer full): what is in a page of what is shown. */
static char *
export_page (ViewerDocument *document)
{
  ViewerExportChoice choice = VIEWER_EXPORT_CHOICE_INIT;
  g_autofree char   *folder = test_new_folder ();
  g_autofree char   *path = g_build_filename (folder, "page.html", NULL);
  g_autofree char   *written = NULL;
  char              *page;

  choice.format = VIEWER_EXPORT_HTML;
  viewer_export_async (document, &choice, path, exported, &written);
  wait_until (written != NULL);
  g_assert_true (g_file_get_contents (path, &page, NULL, NULL));
  return page;
}

static void
test_a_page_has_the_whole_tree (void)
{
  g_autoptr (ViewerDocument) document = open_sketch ("large.folded");
  g_autofree char           *one = NULL;
  g_autofree char           *other = NULL;

  viewer_document_stop_completing (document);
  one = export_page (document);
  g_assert_false (prof_tree_is_whole (tree_of (document)));
  viewer_document_complete (document);
  wait_for_whole (document);
  other = export_page (document);
  g_assert_cmpstr (one, ==, other);
}

#define ADD(path, function) g_test_add_func ("/sketch/" path, function)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("a-large-profile-begins-as-a-sketch",
       test_a_large_profile_begins_as_a_sketch);
  ADD ("a-small-one-does-not", test_a_small_one_does_not);
  ADD ("what-is-done-meanwhile-stays-done",
       test_what_is_done_meanwhile_stays_done);
  ADD ("sums-are-those-of-all-stacks", test_sums_are_those_of_all_stacks);
  ADD ("neighbours-of-a-sketch-are-those-of-the-whole",
       test_neighbours_of_a_sketch_are_those_of_the_whole);
  ADD ("another-question-is-another-sketch",
       test_another_question_is_another_sketch);
  ADD ("cancelling-a-question-leaves-the-sketch-to-be-completed",
       test_cancelling_a_question_leaves_the_sketch_to_be_completed);
  ADD ("where-there-is-no-whole-tree-the-sketch-stays",
       test_where_there_is_no_whole_tree_the_sketch_stays);
  ADD ("a-document-may-go-before-it-is-whole",
       test_a_document_may_go_before_it_is_whole);
  ADD ("who-stops-keeps-the-sketch", test_who_stops_keeps_the_sketch);
  ADD ("a-page-has-the-whole-tree", test_a_page_has_the_whole_tree);
  return g_test_run ();
}
