/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "input/prof-deflate.h"
#include "test-util.h"
#include "viewer-command.h"
#include "viewer-neighbours.h"
#include "viewer-test.h"
#include "viewer-text.h"

#include <glib/gstdio.h>
#include <string.h>

static ViewerDocument *
open_example (const char *name)
{
  ViewerDocument   *document = viewer_document_new ();
  g_autoptr (GFile) file = example_file (name);

  open_and_wait (document, file, NULL);
  g_assert_cmpint (viewer_document_get_state (document),
                   ==,
                   VIEWER_STATE_READY);
  return document;
}

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

/* A copy that can be changed. */
static GFile *
copy_of (const char *name)
{
  g_autoptr (GFile) example = example_file (name);
  g_autofree char  *data = NULL;
  gsize             length;

  g_assert_true (
      g_file_load_contents (example, NULL, &data, &length, NULL, NULL));
  return file_with ("cpu.prof", data, (gssize)length);
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

/* What went wrong */

static const ViewerProblem *
problem_of (ViewerDocument *document, GFile *file)
{
  open_and_wait (document, file, NULL);
  g_assert_cmpint (viewer_document_get_state (document),
                   ==,
                   VIEWER_STATE_ERROR);
  g_assert_null (viewer_document_get_result (document));

  const ViewerProblem *problem = viewer_document_get_problem (document);

  g_assert_cmpstr (problem->detail, !=, "");
  g_assert_cmpstr (problem->next_step, !=, "");
  return problem;
}

static void
check_title (GFile *file, const char *title)
{
  g_autoptr (ViewerDocument) document = viewer_document_new ();
  const ViewerProblem       *problem = problem_of (document, file);
  g_autofree char           *base = g_file_get_basename (file);

  g_assert_cmpstr (problem->title, ==, title);
  g_assert_true (g_str_has_prefix (problem->message, base));
}

static void
check_content (const void *data, gssize length, const char *title)
{
  g_autoptr (GFile) file = file_with ("a.prof", data, length);

  check_title (file, title);
}

static void
test_a_missing_file_says_so (void)
{
  g_autoptr (GFile) file = g_file_new_for_path ("/nonexistent/cpu.prof");

  check_title (file, "File Not Found");
}

static void
test_a_folder_says_so (void)
{
  g_autoptr (GFile) file = g_file_new_for_path (g_get_tmp_dir ());

  check_title (file, "This Is a Folder");
}

static void
test_an_empty_file_says_so (void)
{
  check_content ("", 0, "The File Is Empty");
}

/* Where there is advice on what to do with it, it is a kind of profile. */
static void
check_kind (const void *data, gsize length, const char *title, const char *kind)
{
  g_autoptr (ViewerDocument) document = viewer_document_new ();
  g_autoptr (GFile)          file = file_with ("a.prof", data, (gssize)length);
  const ViewerProblem       *problem = problem_of (document, file);

  g_assert_cmpstr (problem->title, ==, title);
  if (strstr (problem->detail, kind) == NULL)
    g_error ("“%s” does not say “%s”", problem->detail, kind);
}

#define FOREIGN "Not a Profile"
#define KNOWN   "This Kind of Profile Is Not Supported"

#define KIND(bytes, title, kind) \
  check_kind (bytes, sizeof bytes - 1, title, kind)

static void
test_foreign_files_say_what_they_are (void)
{
  KIND ("{\"json\": true}", FOREIGN, "JSON");
  KIND ("\xfb\xa9\x03~\x01\x01\x01\x01", KNOWN, "Python cProfile");
  KIND ("JAVA PROFILE 1.0.2\0aaaaaaaa", FOREIGN, "Java");
  KIND ("pro\0"
        "010\0aaaaaaaa",
        KNOWN,
        "Android");
  KIND ("SLOW\x03\0\x20\0aaaaaaaaaaaaaaaa", KNOWN, "Android");
  KIND ("\tMon Jan  5 10:00 2026 Time and Allocation Profiling Report\n",
        KNOWN,
        "GHC");
  KIND ("\x7f"
        "ELF\2\1\1\0\0\0\0\0\0\0\0\0",
        FOREIGN,
        "ELF");
}

/* What is inside says what it is, not what it is wrapped in. */
static void
test_a_foreign_file_in_gzip_says_what_it_is (void)
{
  static const char       text[] = "{\"json\": true}";
  g_autoptr (GString)     bytes = g_string_new (NULL);
  ProfSink                sink = prof_sink_to_string (bytes);
  g_autoptr (ProfDeflate) deflate = prof_deflate_new (&sink, NULL);

  g_assert_true (prof_deflate_write (deflate, text, strlen (text), NULL));
  g_assert_true (prof_deflate_finish (deflate, NULL));
  check_kind (bytes->str, bytes->len, FOREIGN, "JSON");
}

static void
test_damage_says_so (void)
{
  /* A sample that lies at a location which is not there. */
  static const char bytes[] = "\x0a\x04\x08\x01\x10\x02\x12\x06\x0a\x01\x07"
                              "\x12\x01\x01\x32\x00\x32\x01s\x32\x01u";

  check_content (bytes, sizeof bytes - 1, "The Profile Is Damaged");
}

static void
test_no_permission_says_so (void)
{
  g_autoptr (GError)        error = g_error_new_literal (G_IO_ERROR,
                                                  G_IO_ERROR_PERMISSION_DENIED,
                                                  "not allowed");
  g_autoptr (ViewerProblem) problem = viewer_problem_new (error, "a.prof");

  g_assert_cmpstr (problem->title, ==, "No Permission to Read the File");
}

/* One frame more than is read without asking. */
static void
test_a_file_past_a_limit_can_be_read_all_the_same (void)
{
  g_autoptr (ViewerDocument) document = viewer_document_new ();
  g_autoptr (GFile)          file = file_of_depth (PROF_MAX_STACK_FRAMES + 1);
  const ViewerProblem       *problem = problem_of (document, file);
  ViewerStage                stage;
  double                     fraction;

  g_assert_cmpstr (problem->title, ==, "The Profile Is Too Large");
  g_assert_nonnull (strstr (problem->detail, "frames of one stack"));
  g_assert_cmpstr (problem->offer, ==, "Raise the Limit to 4194304");
  viewer_document_take_offer (document);
  viewer_document_cancel (document);
  g_assert_cmpint (viewer_document_get_state (document),
                   ==,
                   VIEWER_STATE_ERROR);
  viewer_document_take_offer (document);
  wait_until (!viewer_document_is_busy (document, &stage, &fraction));
  g_assert_cmpint (viewer_document_get_state (document),
                   ==,
                   VIEWER_STATE_READY);
  g_assert_cmpuint (prof_tree_n_nodes (
                        viewer_document_get_result (document)->tree),
                    ==,
                    PROF_MAX_STACK_FRAMES + 2);
  /* The next file has to ask again. */
  problem_of (document, file);
}

/* A program named perf in a folder of its own, which comes first in PATH. */
static char *
fake_perf (const char *script)
{
  char            *folder = test_new_folder ();
  g_autofree char *program = g_build_filename (folder, "perf", NULL);
  g_autofree char *path = g_strdup_printf ("%s:%s", folder, g_getenv ("PATH"));

  g_assert_true (g_file_set_contents (program, script, -1, NULL));
  g_chmod (program, 0755);
  g_setenv ("PATH", path, TRUE);
  return folder;
}

static void
wait_for_state (ViewerDocument *document, ViewerState state)
{
  ViewerStage stage;
  double      fraction;

  wait_until (!viewer_document_is_busy (document, &stage, &fraction));
  g_assert_cmpint (viewer_document_get_state (document), ==, state);
}

/* Opening starts no program; a click does, for this file alone. */
static void
test_a_recording_is_read_with_perf_when_asked (void)
{
  static const char script[] =
      "#!/bin/sh\n"
      "echo >\"${0%/*}/called\"\n"
      "printf 'a 1/2 3.5:  7 cycles:\\n\\t 10 f+0x1 (/b)\\n\\n'\n";
  g_autoptr (ViewerDocument) document = viewer_document_new ();
  g_autoptr (GFile)          file = file_with ("perf.data", "PERFILE2..", -1);
  g_autofree char           *old_path = g_strdup (g_getenv ("PATH"));
  g_autofree char           *folder = fake_perf (script);
  g_autofree char           *called = g_build_filename (folder, "called", NULL);
  const ViewerProblem       *problem = problem_of (document, file);

  g_assert_cmpstr (problem->title, ==, "A Recording by perf");
  g_assert_cmpstr (problem->offer, ==, "Read with perf");
  g_assert_false (g_file_test (called, G_FILE_TEST_EXISTS));
  viewer_document_take_offer (document);
  wait_for_state (document, VIEWER_STATE_READY);
  g_assert_true (g_file_test (called, G_FILE_TEST_EXISTS));
  viewer_document_reload (document);
  wait_for_state (document, VIEWER_STATE_READY);
  g_unlink (called);
  g_assert_cmpstr (problem_of (document, file)->offer, ==, "Read with perf");
  g_assert_false (g_file_test (called, G_FILE_TEST_EXISTS));
  g_setenv ("PATH", old_path, TRUE);
}

static void
test_without_perf_the_page_names_the_package (void)
{
  g_autoptr (ViewerDocument) document = viewer_document_new ();
  g_autoptr (GFile)          file = file_with ("perf.data", "PERFILE2..", -1);
  g_autofree char           *old_path = g_strdup (g_getenv ("PATH"));
  const ViewerProblem       *problem = problem_of (document, file);

  g_setenv ("PATH", "/nonexistent", TRUE);
  viewer_document_take_offer (document);
  wait_for_state (document, VIEWER_STATE_ERROR);
  g_setenv ("PATH", old_path, TRUE);
  problem = viewer_document_get_problem (document);
  g_assert_cmpstr (problem->title, ==, KNOWN);
  g_assert_nonnull (strstr (problem->detail, "linux-perf"));
  g_assert_null (problem->offer);
}

static void
test_a_binary_that_is_chosen_names_addresses (void)
{
  g_autoptr (ViewerDocument) document = viewer_document_new ();
  g_autofree char           *library = NULL;
  g_autoptr (GFile)          file = file_of_addresses (&library);
  g_autofree char           *command = NULL;

  open_and_wait (document, file, NULL);
  if (!prof_symbols_is_built ())
    {
      g_assert_false (viewer_document_lacks_names (document));
      return;
    }
  g_assert_true (viewer_document_lacks_names (document));
  viewer_document_add_binary (document, library);
  wait_for_state (document, VIEWER_STATE_READY);
  g_assert_true (has_function (document, "g_get_monotonic_time"));
  command = viewer_command_new (document, "top");
  g_assert_nonnull (strstr (command, library));
  viewer_document_add_binary (document, "/nonexistent/server");
  wait_for_state (document, VIEWER_STATE_READY);
  g_assert_true (has_function (document, "g_get_monotonic_time"));
  g_assert_cmpstr (viewer_document_get_warnings (document)[0],
                   ==,
                   "No names from server: No such file or directory");
  open_and_wait (document, file, NULL);
  g_assert_false (has_function (document, "g_get_monotonic_time"));
}

static void
test_what_is_no_limit_offers_nothing (void)
{
  g_autoptr (ViewerDocument) document = viewer_document_new ();
  g_autoptr (GFile)          file = file_with ("a.prof", "", 0);

  g_assert_null (problem_of (document, file)->offer);
  viewer_document_take_offer (document);
  g_assert_cmpint (viewer_document_get_state (document),
                   ==,
                   VIEWER_STATE_ERROR);
}

static void
test_a_cut_off_file_says_so (void)
{
  g_autoptr (GFile) whole = example_file ("server-cpu.prof");
  g_autofree char  *data = NULL;
  gsize             length;

  g_assert_true (
      g_file_load_contents (whole, NULL, &data, &length, NULL, NULL));
  check_content (data, (gssize)length / 2, "The File Ends Early");
}

static void
test_other_causes_have_words (void)
{
  static const struct
  {
    ProfError   code;
    const char *title;
  } causes[] = {
    { PROF_ERROR_MALFORMED, "The Profile Is Damaged" },
    { PROF_ERROR_TOO_LARGE, "The Profile Is Too Large" },
    { PROF_ERROR_UNSUPPORTED, "This Kind of Profile Is Not Supported" },
  };

  for (size_t i = 0; i < G_N_ELEMENTS (causes); i++)
    {
      g_autoptr (GError)        error = g_error_new_literal (PROF_ERROR,
                                                      (int)causes[i].code,
                                                      "sample 3: bad");
      g_autoptr (ViewerProblem) problem = viewer_problem_new (error, "a.prof");

      g_assert_cmpstr (problem->title, ==, causes[i].title);
      g_assert_cmpstr (problem->message, ==, "a.prof: sample 3: bad");
    }
}

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
  g_assert_cmpstr (type_name (document), ==, "samples");

  ViewerResult   *result = viewer_document_get_result (document);
  ViewerSelection selection = viewer_document_get_selection (document);

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

static ViewerResult *
result_of (const char *text)
{
  g_autoptr (ProfProfile)    profile = test_profile (text);
  g_autoptr (ViewerQuestion) question = viewer_question_new ();
  g_autoptr (GError)         error = NULL;
  ViewerResult              *result = viewer_result_new (profile,
                                            question,
                                            NULL,
                                            SIZE_MAX,
                                            NULL,
                                            &error);

  g_assert_no_error (error);
  return result;
}

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
  ADD ("a-missing-file-says-so", test_a_missing_file_says_so);
  ADD ("a-folder-says-so", test_a_folder_says_so);
  ADD ("an-empty-file-says-so", test_an_empty_file_says_so);
  ADD ("foreign-files-say-what-they-are", test_foreign_files_say_what_they_are);
  ADD ("a-foreign-file-in-gzip-says-what-it-is",
       test_a_foreign_file_in_gzip_says_what_it_is);
  ADD ("damage-says-so", test_damage_says_so);
  ADD ("no-permission-says-so", test_no_permission_says_so);
  ADD ("a-file-past-a-limit-can-be-read-all-the-same",
       test_a_file_past_a_limit_can_be_read_all_the_same);
  ADD ("a-recording-is-read-with-perf-when-asked",
       test_a_recording_is_read_with_perf_when_asked);
  ADD ("a-binary-that-is-chosen-names-addresses",
       test_a_binary_that_is_chosen_names_addresses);
  ADD ("without-perf-the-page-names-the-package",
       test_without_perf_the_page_names_the_package);
  ADD ("what-is-no-limit-offers-nothing", test_what_is_no_limit_offers_nothing);
  ADD ("a-cut-off-file-says-so", test_a_cut_off_file_says_so);
  ADD ("other-causes-have-words", test_other_causes_have_words);
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
