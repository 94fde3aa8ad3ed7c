/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "test-util.h"
#include "viewer-change-text.h"
#include "viewer-export.h"
#include "viewer-test.h"
#include "viewer-text.h"

#include <glib/gstdio.h>
#include <string.h>

#define CPU "#types samples/count,cpu/nanoseconds\n"

static const char before_text[] = CPU "main;stays 100,1000000000\n"
                                      "main;slow 100,1000000000\n"
                                      "main;goes 100,1000000000\n";
static const char now_text[] = CPU "main;stays 100,1000000000\n"
                                   "main;slow 300,3000000000\n"
                                   "main;comes 50,500000000\n";

static GFile *
file_of_profile (const char *name, ProfProfile *profile)
{
  g_autoptr (GString) bytes = g_string_new (NULL);
  ProfSink            sink = prof_sink_to_string (bytes);

  g_assert_true (prof_pprof_encode (profile, &sink, NULL, NULL));
  return file_with (name, bytes->str, (gssize)bytes->len);
}

static GFile *
file_of (const char *name, const char *text)
{
  g_autoptr (ProfProfile) profile = test_profile (text);

  return file_of_profile (name, profile);
}

static ViewerComparison *
with (GFile *file)
{
  g_autoptr (ViewerSource) source = viewer_source_new (&file, 1);

  return viewer_comparison_new (source);
}

static void
settle (ViewerDocument *document)
{
  ViewerStage stage;
  double      fraction;

  wait_until (!viewer_document_is_busy (document, &stage, &fraction));
}

/* Takes @comparison. */
static void
compare_and_wait (ViewerDocument *document, ViewerComparison *comparison)
{
  viewer_document_compare (document, comparison);
  viewer_comparison_unref (comparison);
  settle (document);
}

static ViewerDocument *
open_text (const char *name, const char *text)
{
  ViewerDocument   *document = viewer_document_new ();
  g_autoptr (GFile) file = file_of (name, text);

  open_and_wait (document, file, NULL);
  g_assert_cmpint (viewer_document_get_state (document),
                   ==,
                   VIEWER_STATE_READY);
  return document;
}

/* now.prof against before.prof */
static ViewerDocument *
open_compared (void)
{
  ViewerDocument   *document = open_text ("now.prof", now_text);
  g_autoptr (GFile) base = file_of ("before.prof", before_text);

  compare_and_wait (document, with (base));
  g_assert_cmpstr (viewer_document_get_refusal (document), ==, NULL);
  g_assert_true (viewer_document_is_compared (document));
  return document;
}

static ProfFrameId
frame_named (ViewerDocument *document, const char *name)
{
  ViewerResult *result = viewer_document_get_result (document);

  return prof_tree_nodes (result->tree)[node_named (document, name)].frame;
}

static void
assert_change (ViewerDocument *document,
               const char     *name,
               int64_t         before_ms,
               int64_t         now_ms)
{
  ViewerResult     *result = viewer_document_get_result (document);
  ProfFrameId       frame = frame_named (document, name);
  const ProfChange *change = viewer_result_change (result, frame);

  g_assert_nonnull (change);
  g_assert_cmpint (change->total_before, ==, before_ms * 1000000);
  g_assert_cmpint (change->total_now, ==, now_ms * 1000000);
}

static bool
by_name (ViewerDocument *document)
{
  return (viewer_document_get_question (document)->flags & PROF_TREE_BY_NAME) !=
         0;
}

static uint64_t
weight_of (ViewerDocument *document, const char *name)
{
  ViewerResult *result = viewer_document_get_result (document);

  return prof_tree_weight (result->tree, node_named (document, name));
}

/* What it says */

static void
test_each_function_has_both_sides (void)
{
  g_autoptr (ViewerDocument) document = open_compared ();
  ViewerResult              *result = viewer_document_get_result (document);

  g_assert_cmpint (result->all.total_before, ==, 3000000000);
  g_assert_cmpint (result->all.total_now, ==, 4500000000);
  assert_change (document, "stays", 1000, 1000);
  assert_change (document, "slow", 1000, 3000);
  assert_change (document, "goes", 1000, 0);
  assert_change (document, "comes", 0, 500);
  assert_change (document, "main", 3000, 4500);
}

static void
test_rows_come_by_the_change_of_flat (void)
{
  static const char *const   names[] = { "slow", "goes", "comes" };
  g_autoptr (ViewerDocument) document = open_compared ();
  ViewerResult              *result = viewer_document_get_result (document);

  /* What has not changed is there, too. */
  g_assert_cmpuint (result->n_rows, ==, 5);
  for (size_t i = 0; i < G_N_ELEMENTS (names); i++)
    g_assert_cmpstr (prof_frames_display_name (result->frames,
                                               result->rows[i].frame),
                     ==,
                     names[i]);
  g_assert_cmpint (result->rows[0].flat, ==, 2000000000);
  g_assert_cmpint (result->rows[1].flat, ==, -1000000000);
  g_assert_nonnull (
      viewer_result_row (result, frame_named (document, "stays")));
  g_assert_cmpuint (viewer_document_get_center (document),
                    ==,
                    frame_named (document, "slow"));
}

static void
test_siblings_stand_by_name_and_in_colors_of_change (void)
{
  g_autoptr (ViewerDocument) document = open_text ("now.prof", now_text);
  g_autoptr (GFile)          base = file_of ("before.prof", before_text);

  g_assert_false (by_name (document));
  compare_and_wait (document, with (base));
  g_assert_true (by_name (document));
  g_assert_cmpint (viewer_document_get_coloring (document)->scheme,
                   ==,
                   PROF_SCHEME_DIFF);
  viewer_document_compare (document, NULL);
  settle (document);
  g_assert_null (viewer_document_get_comparison (document));
  g_assert_null (viewer_document_get_result (document)->changes);
  g_assert_false (by_name (document));
  g_assert_cmpint (viewer_document_get_coloring (document)->scheme,
                   ==,
                   PROF_SCHEME_PACKAGES);
}

static void
test_both_are_named (void)
{
  g_autoptr (ViewerDocument) document = open_compared ();

  g_assert_cmpstr (viewer_document_get_before_name (document),
                   ==,
                   "before.prof");
  g_assert_cmpstr (viewer_document_get_now_name (document), ==, "now.prof");
  g_assert_cmpstr (viewer_document_get_name (document), ==, "now.prof");
}

static void
test_sentences_tell_both_sides (void)
{
  g_autoptr (ViewerDocument) document = open_compared ();
  ViewerResult              *result = viewer_document_get_result (document);
  ProfNodeId                 slow = node_named (document, "slow");
  g_autofree char           *status = viewer_text_status (result, slow, 0);
  g_autofree char           *tip = viewer_text_tip (result, slow, 0);
  g_autofree char           *spoken = viewer_text_accessible (result, slow, 0);
  g_autofree char           *root = viewer_text_root (result);
  g_autofree char           *gone = NULL;
  const char *change = "1 s (33.3 %) → 3 s (66.7 %), +2 s (+200 %)";

  g_assert_nonnull (strstr (status, change));
  g_assert_nonnull (strstr (tip, change));
  g_assert_nonnull (strstr (spoken, change));
  g_assert_cmpstr (root, ==, "3 s → 4.5 s CPU time");
  gone = viewer_text_status (result, node_named (document, "goes"), 0);
  g_assert_nonnull (strstr (gone, "−1 s (gone)"));
}

static void
test_what_may_be_chance_is_said_to_be (void)
{
  g_autoptr (ViewerDocument) document = open_text ("now.prof",
                                                   CPU "main;f 100,100\n"
                                                       "main;g 7,7\n");
  g_autoptr (GFile)          base = file_of ("before.prof",
                                    CPU "main;f 100,100\n"
                                                 "main;g 5,5\n");
  ViewerResult              *result;
  g_autofree char           *tip = NULL;

  compare_and_wait (document, with (base));
  result = viewer_document_get_result (document);
  g_assert_cmpint (viewer_result_step (result, 5, 7), ==, 0);
  g_assert_cmpint (viewer_result_step (result, 5, 50), ==, 3);
  tip = viewer_text_tip (result, node_named (document, "g"), 0);
  g_assert_nonnull (strstr (tip, "chance"));
}

/* How */

static void
test_sides_can_be_exchanged (void)
{
  g_autoptr (ViewerDocument) document = open_compared ();
  ViewerComparison *comparison = viewer_document_get_comparison (document);

  compare_and_wait (document,
                    viewer_comparison_with_swapped (comparison, true));
  assert_change (document, "slow", 3000, 1000);
  g_assert_cmpstr (viewer_document_get_before_name (document), ==, "now.prof");
  g_assert_cmpstr (viewer_document_get_now_name (document), ==, "before.prof");
}

static void
test_totals_can_be_made_the_same (void)
{
  g_autoptr (ViewerDocument) document = open_compared ();
  ViewerComparison *comparison = viewer_document_get_comparison (document);

  compare_and_wait (document,
                    viewer_comparison_with_scale (comparison,
                                                  VIEWER_SCALE_TOTAL));
  assert_change (document, "main", 3000, 3000);
  assert_change (document, "slow", 1000, 2000);
}

static void
test_durations_can_be_made_the_same (void)
{
  g_autoptr (ViewerDocument) document = viewer_document_new ();
  g_autofree char *path = test_source_path ("tests/data/profiles/constructed/");
  g_autofree char *old_path = g_strconcat (path, "diff-old.pb", NULL);
  g_autofree char *new_path = g_strconcat (path, "diff-new.pb", NULL);
  g_autoptr (GFile) old = g_file_new_for_path (old_path);
  g_autoptr (GFile) new = g_file_new_for_path (new_path);
  g_autoptr (ViewerComparison) plain = with (old);
  int64_t                      measured;

  open_and_wait (document, new, NULL);
  compare_and_wait (document, viewer_comparison_ref (plain));
  measured = viewer_document_get_result (document)->all.total_now;
  compare_and_wait (document,
                    viewer_comparison_with_scale (plain,
                                                  VIEWER_SCALE_DURATION));
  g_assert_cmpstr (viewer_document_get_refusal (document), ==, NULL);
  g_assert_cmpint (viewer_document_get_result (document)->all.total_now,
                   ==,
                   measured *
                       prof_profile_duration_ns (
                           viewer_document_get_before (document)) /
                       prof_profile_duration_ns (
                           viewer_document_get_now (document)));
}

static void
test_unknown_durations_are_told (void)
{
  g_autoptr (ViewerDocument) document = open_compared ();
  ViewerComparison *comparison = viewer_document_get_comparison (document);

  compare_and_wait (document,
                    viewer_comparison_with_scale (comparison,
                                                  VIEWER_SCALE_DURATION));
  g_assert_nonnull (
      strstr (viewer_document_get_refusal (document), "how long"));
  /* What was compared still is. */
  g_assert_true (viewer_document_get_comparison (document) == comparison);
  assert_change (document, "slow", 1000, 3000);
}

static void
test_the_difference_alone_can_be_shown (void)
{
  g_autoptr (ViewerDocument) document = open_compared ();
  ViewerComparison *comparison = viewer_document_get_comparison (document);
  ViewerResult     *result;

  compare_and_wait (document,
                    viewer_comparison_with_difference (comparison, true));
  result = viewer_document_get_result (document);
  g_assert_false (viewer_document_is_compared (document));
  g_assert_nonnull (viewer_document_get_comparison (document));
  g_assert_null (result->changes);
  /* |2 s| + |-1 s| + |0.5 s|, as "prof top --base" has it */
  g_assert_cmpint (result->total, ==, 3500000000);
  g_assert_cmpint (viewer_result_row (result, frame_named (document, "goes"))
                       ->flat,
                   ==,
                   -1000000000);
}

static void
test_widths_are_of_either_side (void)
{
  g_autoptr (ViewerDocument) document = open_compared ();
  ViewerResult              *both = viewer_document_get_result (document);

  g_assert_cmpuint (weight_of (document, "slow"), ==, 3000000000);
  viewer_document_set_width (document, VIEWER_WIDTH_BEFORE);
  settle (document);
  g_assert_cmpint (viewer_document_get_width (document),
                   ==,
                   VIEWER_WIDTH_BEFORE);
  g_assert_cmpuint (weight_of (document, "slow"), ==, 1000000000);
  viewer_document_set_width (document, VIEWER_WIDTH_NOW);
  settle (document);
  g_assert_cmpuint (weight_of (document, "slow"), ==, 3000000000);
  /* What was seen is there at once, and nothing of it can be undone. */
  viewer_document_set_width (document, VIEWER_WIDTH_BOTH);
  g_assert_true (viewer_document_get_result (document) == both);
  g_assert_false (viewer_document_can_go (document, -1));
}

/* Nor does it take a step away that is on its way. */
static void
test_a_width_is_no_step (void)
{
  g_autoptr (ViewerDocument) document = open_compared ();

  g_assert_true (viewer_document_set_option (document, "focus", "slow", NULL));
  viewer_document_set_width (document, VIEWER_WIDTH_BEFORE);
  settle (document);
  g_assert_true (viewer_document_can_go (document, -1));
  viewer_document_go (document, -1);
  viewer_document_set_width (document, VIEWER_WIDTH_NOW);
  settle (document);
  g_assert_cmpint (viewer_document_get_width (document), ==, VIEWER_WIDTH_NOW);
  assert_change (document, "main", 3000, 4500);
  g_assert_false (viewer_document_can_go (document, -1));
  g_assert_true (viewer_document_can_go (document, 1));
}

static void
test_questions_are_put_to_both_sides (void)
{
  g_autoptr (ViewerDocument) document = open_compared ();
  ViewerResult              *result;
  g_autofree char           *total = NULL;

  g_assert_true (viewer_document_set_option (document, "focus", "slow", NULL));
  settle (document);
  result = viewer_document_get_result (document);
  assert_change (document, "main", 1000, 3000);
  /* Shares are of everything. */
  g_assert_cmpint (result->all.total_before, ==, 3000000000);
  total = viewer_text_total (result);
  g_assert_cmpstr (total, ==, "showing 1 s → 3 s of 3 s → 4.5 s");
  viewer_document_go (document, -1);
  settle (document);
  assert_change (document, "main", 3000, 4500);
}

static void
test_another_type_is_compared (void)
{
  g_autoptr (ViewerDocument) document = open_compared ();
  ViewerResult              *result;

  viewer_document_set_type (document, 0);
  settle (document);
  result = viewer_document_get_result (document);
  g_assert_cmpint (result->all.total_before, ==, 300);
  g_assert_cmpint (result->all.total_now, ==, 450);
}

/* Place */

static void
test_the_selection_stays (void)
{
  g_autoptr (ViewerDocument) document = open_text ("now.prof", now_text);
  g_autoptr (GFile)          base = file_of ("before.prof", before_text);

  viewer_document_select (document, node_named (document, "slow"), 0, false);
  compare_and_wait (document, with (base));
  g_assert_cmpuint (viewer_document_get_selection (document).node,
                    ==,
                    node_named (document, "slow"));
}

static void
test_the_history_begins_anew (void)
{
  g_autoptr (ViewerDocument) document = open_text ("now.prof", now_text);
  g_autoptr (GFile)          base = file_of ("before.prof", before_text);

  viewer_document_zoom_to_node (document, node_named (document, "slow"));
  g_assert_true (viewer_document_can_go (document, -1));
  compare_and_wait (document, with (base));
  g_assert_true (viewer_document_is_zoomed (document));
  g_assert_false (viewer_document_can_go (document, -1));
}

/* Opening and reading again */

static void
test_a_file_can_be_compared_from_the_start (void)
{
  g_autoptr (ViewerDocument)   document = viewer_document_new ();
  g_autoptr (GFile)            base = file_of ("before.prof", before_text);
  g_autoptr (GFile)            file = file_of ("now.prof", now_text);
  g_autoptr (ViewerComparison) comparison = with (base);

  viewer_document_compare_next (document, comparison);
  open_and_wait (document, file, NULL);
  assert_change (document, "slow", 1000, 3000);
  g_assert_true (by_name (document));
  /* The next one is not, and stands as files did before. */
  open_and_wait (document, base, NULL);
  g_assert_null (viewer_document_get_comparison (document));
  g_assert_false (by_name (document));
}

static void
test_trying_again_compares_as_it_was_asked (void)
{
  g_autoptr (ViewerDocument)   document = viewer_document_new ();
  g_autoptr (GFile)            base = file_of ("before.prof", before_text);
  g_autoptr (GFile)            whole = file_of ("now.prof", now_text);
  g_autoptr (GFile)            file = file_with ("now.prof", "no", 2);
  g_autoptr (ViewerComparison) comparison = with (base);
  g_autoptr (GError)           error = NULL;

  viewer_document_compare_next (document, comparison);
  open_and_wait (document, file, "samples");
  g_assert_cmpint (viewer_document_get_state (document),
                   ==,
                   VIEWER_STATE_ERROR);
  viewer_document_reload (document);
  settle (document);
  g_file_copy (whole, file, G_FILE_COPY_OVERWRITE, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  viewer_document_reload (document);
  settle (document);
  g_assert_true (viewer_document_is_compared (document));
  g_assert_cmpuint (viewer_document_get_result (document)->type, ==, 0);
  /* What is opened instead is not compared. */
  g_assert_true (
      g_file_replace_contents (file, "no", 2, NULL, 0, 0, NULL, NULL, NULL));
  viewer_document_compare_next (document, comparison);
  open_and_wait (document, file, NULL);
  open_and_wait (document, whole, NULL);
  g_assert_null (viewer_document_get_comparison (document));
}

static void
test_reloading_stays_compared (void)
{
  g_autoptr (ViewerDocument) document = open_compared ();

  viewer_document_set_width (document, VIEWER_WIDTH_BEFORE);
  settle (document);
  viewer_document_reload (document);
  settle (document);
  assert_change (document, "slow", 1000, 3000);
  g_assert_cmpint (viewer_document_get_width (document),
                   ==,
                   VIEWER_WIDTH_BEFORE);
}

static void
test_a_file_is_compared_with_what_it_was (void)
{
  g_autoptr (ViewerDocument) document = open_text ("cpu.prof", before_text);
  g_autoptr (ProfProfile)    profile = test_profile (now_text);
  g_autoptr (GString)        bytes = g_string_new (NULL);
  ProfSink                   sink = prof_sink_to_string (bytes);
  GFile                     *file = viewer_document_get_file (document);

  g_assert_true (prof_pprof_encode (profile, &sink, NULL, NULL));
  g_assert_true (g_file_set_contents (g_file_peek_path (file),
                                      bytes->str,
                                      (gssize)bytes->len,
                                      NULL));
  viewer_document_compare_reload (document);
  settle (document);
  assert_change (document, "slow", 1000, 3000);
  g_assert_cmpstr (viewer_document_get_before_name (document),
                   ==,
                   "cpu.prof, before");
}

static void
test_a_difference_that_was_saved_is_a_comparison (void)
{
  g_autoptr (ViewerDocument) document = viewer_document_new ();
  g_autoptr (ProfProfile)    before = test_profile (before_text);
  g_autoptr (ProfProfile)    now = test_profile (now_text);
  g_autoptr (ProfProfile)    apart = prof_subtract (now,
                                                 before,
                                                 PROF_SUBTRACT_APART,
                                                 NULL,
                                                 NULL);
  g_autoptr (GFile)          file = file_of_profile ("saved.prof", apart);
  ViewerComparison          *comparison;

  open_and_wait (document, file, NULL);
  assert_change (document, "slow", 1000, 3000);
  g_assert_true (by_name (document));
  comparison = viewer_document_get_comparison (document);
  compare_and_wait (document,
                    viewer_comparison_with_swapped (comparison, true));
  assert_change (document, "slow", 3000, 1000);
  viewer_document_reload (document);
  settle (document);
  assert_change (document, "slow", 3000, 1000);
  /* Without it, what is now is left. */
  viewer_document_compare (document, NULL);
  settle (document);
  g_assert_null (viewer_document_get_comparison (document));
  g_assert_cmpint (viewer_document_get_result (document)->total,
                   ==,
                   4500000000);
}

/* What is refused */

static void
assert_refused (ViewerDocument *document, const char *reason)
{
  const char *refusal = viewer_document_get_refusal (document);

  g_assert_nonnull (refusal);
  g_assert_nonnull (strstr (refusal, reason));
  g_assert_cmpint (viewer_document_get_state (document),
                   ==,
                   VIEWER_STATE_READY);
}

static void
test_other_types_are_refused_with_a_reason (void)
{
  g_autoptr (ViewerDocument) document = open_text ("now.prof", now_text);
  g_autoptr (GFile)          heap = example_file ("server-heap.prof");
  ViewerResult              *result = viewer_document_get_result (document);

  compare_and_wait (document, with (heap));
  assert_refused (document, "server-heap.prof");
  assert_refused (document, "no sample type in common");
  g_assert_true (viewer_document_get_result (document) == result);
  g_assert_null (viewer_document_get_comparison (document));
  viewer_document_dismiss_refusal (document);
  g_assert_null (viewer_document_get_refusal (document));
}

/* As FlameGraph's difffolded.pl writes them. */
static void
test_two_columns_are_a_comparison (void)
{
  static const char          text[] = "main;a;b 10000000 15000000\n"
                                      "main;a;c 5000000 0\n"
                                      "main;d 0 7000000\n";
  g_autoptr (ViewerDocument) document = viewer_document_new ();
  g_autoptr (GFile)          file = file_with ("two.folded", text, -1);

  open_and_wait (document, file, NULL);
  g_assert_true (viewer_document_is_compared (document));
  assert_change (document, "b", 10, 15);
  assert_change (document, "c", 5, 0);
  assert_change (document, "d", 0, 7);
  g_assert_cmpstr (viewer_document_get_now_name (document), ==, "two.folded");
  /* Nothing is odd about it. */
  g_assert_null (viewer_document_get_warnings (document)[0]);
}

static void
test_a_refused_file_is_shown_alone (void)
{
  g_autoptr (ViewerDocument)   document = viewer_document_new ();
  g_autoptr (GFile)            heap = example_file ("server-heap.prof");
  g_autoptr (GFile)            file = file_of ("now.prof", now_text);
  g_autoptr (ViewerComparison) comparison = with (heap);

  viewer_document_compare_next (document, comparison);
  open_and_wait (document, file, NULL);
  assert_refused (document, "no sample type in common");
  g_assert_null (viewer_document_get_comparison (document));
  g_assert_false (by_name (document));
  g_assert_cmpint (viewer_document_get_result (document)->total,
                   ==,
                   4500000000);
}

static void
test_a_base_that_cannot_be_read_is_told (void)
{
  g_autoptr (ViewerDocument) document = open_text ("now.prof", now_text);
  g_autoptr (GFile)          none = g_file_new_for_path ("/nonexistent/a.prof");
  g_autoptr (GFile)          broken = file_with ("b.prof", "nonsense", -1);

  compare_and_wait (document, with (none));
  assert_refused (document, "a.prof");
  compare_and_wait (document, with (broken));
  assert_refused (document, "b.prof");
}

static void
test_cancelling_goes_back (void)
{
  g_autoptr (ViewerDocument)   document = open_text ("now.prof", now_text);
  g_autoptr (GFile)            base = file_of ("before.prof", before_text);
  g_autoptr (ViewerComparison) comparison = with (base);
  ViewerResult                *result = viewer_document_get_result (document);

  viewer_document_compare (document, comparison);
  viewer_document_cancel (document);
  wait_ms (100);
  g_assert_true (viewer_document_get_result (document) == result);
  g_assert_null (viewer_document_get_comparison (document));
  g_assert_null (viewer_document_get_refusal (document));
}

/* An example that was made slower */

static void
test_what_got_slower_is_first (void)
{
  g_autoptr (ViewerDocument) document = viewer_document_new ();
  g_autoptr (GFile)          base = example_file ("regression-before.prof");
  g_autoptr (GFile)          file = example_file ("regression-after.prof");
  ViewerResult              *result;
  const ProfChange          *change;

  open_and_wait (document, file, NULL);
  compare_and_wait (document, with (base));
  result = viewer_document_get_result (document);
  g_assert_cmpstr (prof_frames_display_name (result->frames,
                                             result->rows[0].frame),
                   ==,
                   "example.com/qrcode/qr.finderPenalty");
  change = viewer_result_change (result, result->rows[0].frame);
  g_assert_cmpint (viewer_result_step (result,
                                       change->total_before,
                                       change->total_now),
                   ==,
                   PROF_CHANGE_MAX_STEP);
}

/* What is drawn */

static void
exported (GObject *source, GAsyncResult *async_result, gpointer data)
{
  g_autoptr (GError) error = NULL;

  *(GBytes **)data = viewer_export_bytes_finish (async_result, &error);
  g_assert_no_error (error);
}

static void
test_pictures_name_both (void)
{
  g_autoptr (ViewerDocument) document = open_compared ();
  ViewerExportChoice         choice = VIEWER_EXPORT_CHOICE_INIT;
  g_autoptr (GBytes)         bytes = NULL;
  g_autofree char           *text = NULL;
  g_autofree char           *name = NULL;

  choice.format = VIEWER_EXPORT_SVG;
  viewer_export_bytes_async (document, &choice, NULL, exported, &bytes);
  wait_until (bytes != NULL);
  text = g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
  g_assert_nonnull (strstr (text, "now.prof"));
  g_assert_nonnull (strstr (text, "before.prof"));
  g_assert_nonnull (strstr (text, "3 s → 4.5 s"));
  name = viewer_export_file_name (document, VIEWER_EXPORT_SVG);
  g_assert_cmpstr (name, ==, "now-vs-before.svg");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(name, function) g_test_add_func ("/comparison/" name, function)
  ADD ("each-function-has-both-sides", test_each_function_has_both_sides);
  ADD ("rows-come-by-the-change-of-flat", test_rows_come_by_the_change_of_flat);
  ADD ("siblings-stand-by-name-and-in-colors-of-change",
       test_siblings_stand_by_name_and_in_colors_of_change);
  ADD ("both-are-named", test_both_are_named);
  ADD ("sentences-tell-both-sides", test_sentences_tell_both_sides);
  ADD ("what-may-be-chance-is-said-to-be",
       test_what_may_be_chance_is_said_to_be);
  ADD ("sides-can-be-exchanged", test_sides_can_be_exchanged);
  ADD ("totals-can-be-made-the-same", test_totals_can_be_made_the_same);
  ADD ("durations-can-be-made-the-same", test_durations_can_be_made_the_same);
  ADD ("unknown-durations-are-told", test_unknown_durations_are_told);
  ADD ("the-difference-alone-can-be-shown",
       test_the_difference_alone_can_be_shown);
  ADD ("widths-are-of-either-side", test_widths_are_of_either_side);
  ADD ("a-width-is-no-step", test_a_width_is_no_step);
  ADD ("questions-are-put-to-both-sides", test_questions_are_put_to_both_sides);
  ADD ("another-type-is-compared", test_another_type_is_compared);
  ADD ("the-selection-stays", test_the_selection_stays);
  ADD ("the-history-begins-anew", test_the_history_begins_anew);
  ADD ("a-file-can-be-compared-from-the-start",
       test_a_file_can_be_compared_from_the_start);
  ADD ("trying-again-compares-as-it-was-asked",
       test_trying_again_compares_as_it_was_asked);
  ADD ("reloading-stays-compared", test_reloading_stays_compared);
  ADD ("a-file-is-compared-with-what-it-was",
       test_a_file_is_compared_with_what_it_was);
  ADD ("a-difference-that-was-saved-is-a-comparison",
       test_a_difference_that_was_saved_is_a_comparison);
  ADD ("other-types-are-refused-with-a-reason",
       test_other_types_are_refused_with_a_reason);
  ADD ("two-columns-are-a-comparison", test_two_columns_are_a_comparison);
  ADD ("a-refused-file-is-shown-alone", test_a_refused_file_is_shown_alone);
  ADD ("a-base-that-cannot-be-read-is-told",
       test_a_base_that_cannot_be_read_is_told);
  ADD ("cancelling-goes-back", test_cancelling_goes_back);
  ADD ("what-got-slower-is-first", test_what_got_slower_is_first);
  ADD ("pictures-name-both", test_pictures_name_both);
#undef ADD
  return g_test_run ();
}
