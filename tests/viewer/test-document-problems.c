/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What a document says of a file that cannot be read, and what it offers. */
#include "input/prof-deflate.h"
#include "test-util.h"
#include "viewer-command.h"
#include "viewer-test.h"

#include <glib/gstdio.h>
#include <string.h>

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
  g_assert_cmpstr (problem->offer, ==, "Raise the Limit to 4 194 304");
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

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(path, function) \
  g_test_add_func ("/document-problems/" path, function)
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
#undef ADD
  return g_test_run ();
}
