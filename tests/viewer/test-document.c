/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* How a document comes to be: one file or several, and again when they change. */
#include "test-util.h"
#include "viewer-test.h"
#include "viewer-text.h"

#include <glib/gstdio.h>
#include <string.h>

static const char *
type_name (ViewerDocument *document)
{
  ViewerResult *result = viewer_document_get_result (document);

  return prof_profile_type_name (result->profile, result->type);
}

/* Opening */

static void
test_a_new_document_is_empty (void)
{
  g_autoptr (ViewerDocument) document = viewer_document_new ();

  g_assert_cmpint (viewer_document_get_state (document),
                   ==,
                   VIEWER_STATE_WELCOME);
  g_assert_null (viewer_document_get_result (document));
  g_assert_null (viewer_document_get_name (document));
  g_assert_false (viewer_document_is_zoomed (document));
  g_assert_false (viewer_document_can_go (document, -1));
}

static void
test_opening_shows_the_default_type (void)
{
  g_autoptr (ViewerDocument) document = open_example ("qrcode-cpu.prof");

  g_assert_cmpstr (viewer_document_get_name (document), ==, "qrcode-cpu.prof");
  g_assert_cmpstr (type_name (document), ==, "cpu");
  g_assert_cmpuint (prof_tree_n_nodes (
                        viewer_document_get_result (document)->tree),
                    >,
                    100);
}

static void
test_a_type_can_be_asked_for (void)
{
  g_autoptr (ViewerDocument) document = viewer_document_new ();
  g_autoptr (GFile)          file = example_file ("server-heap.prof");

  open_and_wait (document, file, "alloc_space");
  g_assert_cmpstr (type_name (document), ==, "alloc_space");
  open_and_wait (document, file, "nonsense");
  g_assert_cmpstr (type_name (document), ==, "inuse_space");
}

static void
test_only_the_last_request_counts (void)
{
  g_autoptr (ViewerDocument) document = viewer_document_new ();
  g_autoptr (GFile)          first = example_file ("server-cpu.prof");
  g_autoptr (GFile)          second = example_file ("qrcode-mem.prof");

  viewer_document_open (document, first, NULL);
  open_and_wait (document, second, NULL);
  wait_ms (200);
  g_assert_cmpstr (viewer_document_get_name (document), ==, "qrcode-mem.prof");
  g_assert_cmpstr (type_name (document), ==, "inuse_space");
}

static void
test_cancelling_goes_back (void)
{
  g_autoptr (ViewerDocument) document = viewer_document_new ();
  g_autoptr (GFile)          file = example_file ("server-cpu.prof");
  ViewerStage                stage;
  double                     fraction;

  viewer_document_open (document, file, NULL);
  g_assert_cmpint (viewer_document_get_state (document),
                   ==,
                   VIEWER_STATE_LOADING);
  viewer_document_cancel (document);
  g_assert_cmpint (viewer_document_get_state (document),
                   ==,
                   VIEWER_STATE_WELCOME);
  g_assert_false (viewer_document_is_busy (document, &stage, &fraction));
  wait_ms (200);
  g_assert_null (viewer_document_get_result (document));
}

static void
test_reloading_keeps_the_place (void)
{
  g_autoptr (ViewerDocument) document = open_example ("server-cpu.prof");
  ProfNodeId    node = node_named (document, "compress/flate.(*Writer).Close");
  ViewerResult *before = viewer_document_get_result (document);
  ViewerStage   stage;
  double        fraction;

  viewer_document_select (document, node, 0, false);
  viewer_document_zoom_to_selection (document);
  viewer_document_reload (document);
  g_assert_true (viewer_document_get_result (document) == before);
  wait_until (!viewer_document_is_busy (document, &stage, &fraction));
  g_assert_true (viewer_document_get_result (document) != before);
  g_assert_cmpuint (viewer_document_get_selection (document).node, ==, node);
  g_assert_cmpuint (viewer_document_get_zoom (document).root, ==, node);
}

static void
overwrite (GFile *file, const char *name)
{
  g_autoptr (GFile) example = example_file (name);
  g_autofree char  *path = g_file_get_path (file);
  g_autofree char  *data = NULL;
  gsize             length;

  g_assert_true (
      g_file_load_contents (example, NULL, &data, &length, NULL, NULL));
  g_assert_true (g_file_set_contents (path, data, (gssize)length, NULL));
}

static void
remove_copy (GFile *file)
{
  g_autoptr (GFile) folder = g_file_get_parent (file);

  g_file_delete (file, NULL, NULL);
  g_assert_true (g_file_delete (folder, NULL, NULL));
}

static void
test_a_file_that_changes_is_told_of_once (void)
{
  g_autoptr (ViewerDocument) document = viewer_document_new ();
  g_autoptr (GFile)          file = copy_of ("server-cpu.prof");
  ViewerStage                stage;
  double                     fraction;

  open_and_wait (document, file, NULL);
  wait_ms (700);
  g_assert_false (viewer_document_is_outdated (document));
  overwrite (file, "qrcode-cpu.prof");
  wait_until (viewer_document_is_outdated (document));
  viewer_document_ignore_change (document);
  wait_ms (700);
  g_assert_false (viewer_document_is_outdated (document));
  overwrite (file, "server-cpu.prof");
  wait_until (viewer_document_is_outdated (document));
  viewer_document_reload (document);
  wait_until (!viewer_document_is_busy (document, &stage, &fraction));
  g_assert_false (viewer_document_is_outdated (document));
  wait_ms (700);
  g_assert_false (viewer_document_is_outdated (document));
  remove_copy (file);
}

static void
test_a_file_that_is_gone_says_nothing (void)
{
  g_autoptr (ViewerDocument) document = viewer_document_new ();
  g_autoptr (GFile)          file = copy_of ("server-cpu.prof");

  open_and_wait (document, file, NULL);
  remove_copy (file);
  wait_ms (1000);
  g_assert_false (viewer_document_is_outdated (document));
  g_assert_cmpint (viewer_document_get_state (document),
                   ==,
                   VIEWER_STATE_READY);
}

static void
test_bytes_can_come_through_a_pipe (void)
{
  g_autoptr (ViewerDocument) document = viewer_document_new ();
  g_autoptr (GFile)          file = example_file ("server-heap.prof");
  g_autoptr (GBytes)         bytes = g_file_load_bytes (file, NULL, NULL, NULL);
  g_autoptr (GBytes)         empty = g_bytes_new_static ("", 0);
  ViewerStage                stage;
  double                     fraction;

  viewer_document_open_standard_input (document, bytes, "alloc_space");
  wait_until (!viewer_document_is_busy (document, &stage, &fraction));
  g_assert_cmpint (viewer_document_get_state (document),
                   ==,
                   VIEWER_STATE_READY);
  g_assert_cmpstr (viewer_document_get_name (document), ==, "standard input");
  g_assert_cmpstr (type_name (document), ==, "alloc_space");
  g_assert_true (viewer_document_is_input (document));
  viewer_document_open (document, file, NULL);
  viewer_document_cancel (document);
  g_assert_cmpstr (viewer_document_get_name (document), ==, "standard input");
  g_assert_true (viewer_document_is_input (document));
  open_and_wait (document, file, NULL);
  g_assert_false (viewer_document_is_input (document));
  viewer_document_open_standard_input (document, empty, NULL);
  wait_until (!viewer_document_is_busy (document, &stage, &fraction));
  g_assert_cmpstr (viewer_document_get_problem (document)->title,
                   ==,
                   "The File Is Empty");
}

/* Several files */

static void
open_sum (ViewerDocument *document, GFile *a, GFile *b)
{
  GFile      *files[] = { a, b };
  ViewerStage stage;
  double      fraction;

  viewer_document_open_sum (document, files, 2, NULL);
  wait_until (!viewer_document_is_busy (document, &stage, &fraction));
}

static int64_t
total_of (ViewerDocument *document)
{
  return viewer_document_get_result (document)->total;
}

static void
test_several_files_are_added_up (void)
{
  g_autoptr (ViewerDocument) document = open_example ("server-cpu.prof");
  g_autoptr (ViewerDocument) other = open_example ("qrcode-cpu.prof");
  g_autoptr (GFile)          first = example_file ("server-cpu.prof");
  g_autoptr (GFile)          second = example_file ("qrcode-cpu.prof");
  int64_t                    sum = total_of (document) + total_of (other);

  open_sum (document, first, second);
  g_assert_cmpint (total_of (document), ==, sum);
  g_assert_cmpuint (viewer_document_n_files (document), ==, 2);
  g_assert_cmpstr (viewer_document_get_name (document),
                   ==,
                   "server-cpu.prof + 1 more");
  g_assert_false (viewer_document_shows (document, first));
  node_named (document, "compress/flate.(*Writer).Close");
  open_and_wait (document, second, NULL);
  g_assert_cmpint (total_of (document), ==, total_of (other));
  g_assert_true (viewer_document_shows (document, second));
}

static void
test_each_of_several_files_is_read_again (void)
{
  g_autoptr (ViewerDocument) document = viewer_document_new ();
  g_autoptr (ViewerDocument) other = open_example ("qrcode-cpu.prof");
  g_autoptr (GFile)          first = copy_of ("server-cpu.prof");
  g_autoptr (GFile)          second = copy_of ("server-cpu.prof");
  ViewerStage                stage;
  double                     fraction;
  int64_t                    once;

  open_sum (document, first, second);
  once = total_of (document) / 2;
  wait_ms (700);
  g_assert_false (viewer_document_is_outdated (document));
  overwrite (second, "qrcode-cpu.prof");
  wait_until (viewer_document_is_outdated (document));
  viewer_document_reload (document);
  wait_until (!viewer_document_is_busy (document, &stage, &fraction));
  g_assert_cmpint (total_of (document), ==, once + total_of (other));
  g_assert_cmpuint (viewer_document_n_files (document), ==, 2);
  remove_copy (first);
  remove_copy (second);
}

static void
test_more_files_than_are_held_at_once_are_added_up (void)
{
  g_autoptr (ViewerDocument) document = open_example ("qrcode-cpu.prof");
  g_autoptr (GFile)          file = example_file ("qrcode-cpu.prof");
  int64_t                    once = total_of (document);
  GFile                     *files[130];
  ViewerStage                stage;
  double                     fraction;

  for (size_t i = 0; i < G_N_ELEMENTS (files); i++)
    files[i] = file;
  viewer_document_open_sum (document, files, G_N_ELEMENTS (files), NULL);
  wait_until (!viewer_document_is_busy (document, &stage, &fraction));
  g_assert_cmpint (total_of (document), ==, 130 * once);
}

static void
test_the_file_that_is_wrong_is_named (void)
{
  g_autoptr (ViewerDocument) document = viewer_document_new ();
  g_autoptr (GFile)          good = example_file ("server-cpu.prof");
  g_autoptr (GFile)          bad = file_with ("bad.prof", "", 0);
  const ViewerProblem       *problem;

  open_sum (document, good, bad);
  problem = viewer_document_get_problem (document);
  g_assert_cmpstr (problem->title, ==, "The File Is Empty");
  g_assert_true (g_str_has_prefix (problem->message, "bad.prof: "));
  remove_copy (bad);
}

static void
test_profiles_of_other_things_do_not_add_up (void)
{
  g_autoptr (ViewerDocument) document = viewer_document_new ();
  g_autoptr (GFile)          cpu = example_file ("server-cpu.prof");
  g_autoptr (GFile)          heap = example_file ("server-heap.prof");
  const ViewerProblem       *problem;

  open_sum (document, cpu, heap);
  problem = viewer_document_get_problem (document);
  g_assert_cmpstr (problem->title, ==, "These Profiles Do Not Add Up");
  g_assert_cmpstr (problem->detail,
                   ==,
                   "The profiles have no sample type in common.");
}

static void
test_cancelling_several_goes_back_to_one (void)
{
  g_autoptr (ViewerDocument) document = open_example ("server-cpu.prof");
  g_autoptr (GFile)          file = example_file ("qrcode-cpu.prof");
  GFile                     *files[] = { file, file };
  int64_t                    once = total_of (document);

  viewer_document_open_sum (document, files, 2, NULL);
  viewer_document_cancel (document);
  g_assert_cmpstr (viewer_document_get_name (document), ==, "server-cpu.prof");
  g_assert_cmpint (total_of (document), ==, once);
}

/* What is odd about a file */

static GFile *
constructed_file (const char *name)
{
  g_autofree char *relative = g_strconcat ("tests/data/profiles/constructed/",
                                           name,
                                           NULL);
  g_autofree char *path = test_source_path (relative);

  return g_file_new_for_path (path);
}

static void
test_odd_files_have_warnings (void)
{
  static const struct
  {
    const char *name;
    const char *warnings;
  } files[] = {
    { "unsymbolized-all.pb",
      "No function has a name: the profile only holds addresses" },
    { "values-negative.pb", "7 samples have negative values" },
    { "default-type-unknown.pb",
      "“nothing” should be shown first, but there is no such sample type" },
    { "unsymbolized.pb", "" },
    { "header.pb", "" },
  };

  for (size_t i = 0; i < G_N_ELEMENTS (files); i++)
    {
      g_autoptr (ViewerDocument) document = viewer_document_new ();
      g_autoptr (GFile)          file = constructed_file (files[i].name);
      g_autofree char           *text = NULL;

      open_and_wait (document, file, NULL);
      text = g_strjoinv ("|", (char **)viewer_document_get_warnings (document));
      g_assert_cmpstr (text, ==, files[i].warnings);
      g_assert_true (viewer_document_has_fresh_warnings (document) ==
                     (files[i].warnings[0] != '\0'));
    }
}

/* As those that prof_unit_human() writes. */
static void
test_negative_values_have_a_minus (void)
{
  g_autoptr (ViewerDocument) document = viewer_document_new ();
  g_autoptr (GFile)          file = constructed_file ("values-negative.pb");
  g_autofree char           *value = NULL;
  g_autofree char           *percent = NULL;
  ViewerResult              *result;

  open_and_wait (document, file, NULL);
  result = viewer_document_get_result (document);
  value = viewer_text_value (result, -50000000);
  g_assert_cmpstr (value, ==, "\u22120.05 s");
  percent = viewer_text_percent (result, -result->total);
  g_assert_cmpstr (percent, ==, "\u2212100.00 %");
}

static void
test_sums_that_stop_are_warned_of (void)
{
  static const char          text[] = "f 9223372036854775807\ng 1\n";
  g_autoptr (ViewerDocument) document = viewer_document_new ();
  g_autoptr (GFile)          file = file_with ("large.folded", text, -1);

  open_and_wait (document, file, NULL);
  g_assert_cmpstr (viewer_document_get_warnings (document)[0],
                   ==,
                   "Sums of “samples” stop at the end of 64 bits");
}

static void
test_warnings_stay_dismissed (void)
{
  g_autoptr (ViewerDocument) document = viewer_document_new ();
  g_autoptr (GFile)          file = constructed_file ("unsymbolized-all.pb");
  g_autoptr (GFile)          other = constructed_file ("values-negative.pb");
  ViewerStage                stage;
  double                     fraction;

  open_and_wait (document, file, NULL);
  g_assert_true (viewer_document_has_fresh_warnings (document));
  viewer_document_dismiss_warnings (document);
  g_assert_false (viewer_document_has_fresh_warnings (document));
  viewer_document_reload (document);
  wait_until (!viewer_document_is_busy (document, &stage, &fraction));
  g_assert_false (viewer_document_has_fresh_warnings (document));
  g_assert_cmpuint (g_strv_length (
                        (char **)viewer_document_get_warnings (document)),
                    ==,
                    1);
  open_and_wait (document, other, NULL);
  g_assert_true (viewer_document_has_fresh_warnings (document));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(path, function) g_test_add_func ("/document/" path, function)
  ADD ("a-new-document-is-empty", test_a_new_document_is_empty);
  ADD ("opening-shows-the-default-type", test_opening_shows_the_default_type);
  ADD ("a-type-can-be-asked-for", test_a_type_can_be_asked_for);
  ADD ("only-the-last-request-counts", test_only_the_last_request_counts);
  ADD ("cancelling-goes-back", test_cancelling_goes_back);
  ADD ("reloading-keeps-the-place", test_reloading_keeps_the_place);
  ADD ("a-file-that-changes-is-told-of-once",
       test_a_file_that_changes_is_told_of_once);
  ADD ("a-file-that-is-gone-says-nothing",
       test_a_file_that_is_gone_says_nothing);
  ADD ("bytes-can-come-through-a-pipe", test_bytes_can_come_through_a_pipe);
  ADD ("several-files-are-added-up", test_several_files_are_added_up);
  ADD ("each-of-several-files-is-read-again",
       test_each_of_several_files_is_read_again);
  ADD ("more-files-than-are-held-at-once-are-added-up",
       test_more_files_than_are_held_at_once_are_added_up);
  ADD ("the-file-that-is-wrong-is-named", test_the_file_that_is_wrong_is_named);
  ADD ("profiles-of-other-things-do-not-add-up",
       test_profiles_of_other_things_do_not_add_up);
  ADD ("cancelling-several-goes-back-to-one",
       test_cancelling_several_goes_back_to_one);
  ADD ("odd-files-have-warnings", test_odd_files_have_warnings);
  ADD ("negative-values-have-a-minus", test_negative_values_have_a_minus);
  ADD ("sums-that-stop-are-warned-of", test_sums_that_stop_are_warned_of);
  ADD ("warnings-stay-dismissed", test_warnings_stay_dismissed);
#undef ADD
  return g_test_run ();
}
