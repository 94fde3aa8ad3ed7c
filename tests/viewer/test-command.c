/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What is shown as a command line. No display. */
#include "viewer-command.h"

#include "viewer-test.h"
#include <string.h>

static void
ask (ViewerDocument *document, const char *option, const char *value)
{
  g_autoptr (GError) error = NULL;
  ViewerStage        stage;
  double             fraction;

  g_assert_true (viewer_document_set_option (document, option, value, &error));
  g_assert_no_error (error);
  wait_until (!viewer_document_is_busy (document, &stage, &fraction));
}

/* @file is what "FILE" in @expected stands for. */
static void
assert_command (ViewerDocument *document,
                const char     *view,
                GFile          *file,
                const char     *expected)
{
  g_autofree char *command = viewer_command_new (document, view);
  g_autofree char *path = g_file_get_path (file);
  g_auto (GStrv)   parts = g_strsplit (expected, "FILE", -1);
  g_autofree char *whole = g_strjoinv (path, parts);

  g_assert_cmpstr (command, ==, whole);
}

static void
test_each_view_has_its_command (void)
{
  g_autoptr (ViewerDocument) document = viewer_document_new ();
  g_autoptr (GFile)          file = example_file ("server-cpu.prof");

  open_and_wait (document, file, NULL);
  assert_command (document, "top", file, "prof top FILE");
  assert_command (document, "tree", file, "prof tree FILE");
  assert_command (document, "graph", file, "prof graph -o server-cpu.svg FILE");
  assert_command (document, "flame", file, "prof flame -o server-cpu.svg FILE");
  viewer_document_set_center (document,
                              prof_tree_nodes (
                                  viewer_document_get_result (document)->tree)
                                  [node_named (document,
                                               "regexp.(*Regexp).backtrack")]
                                      .frame,
                              false);
  assert_command (document,
                  "sandwich",
                  file,
                  "prof peek '^regexp\\.\\(\\*Regexp\\)\\.backtrack$' FILE");
}

static void
test_what_is_asked_is_part_of_it (void)
{
  g_autoptr (ViewerDocument) document = viewer_document_new ();
  g_autoptr (ViewerQuestion) reversed = NULL;
  g_autoptr (ViewerQuestion) named = NULL;
  g_autoptr (GFile)          file = example_file ("server-cpu.prof");
  ViewerStage                stage;
  double                     fraction;

  open_and_wait (document, file, NULL);
  ask (document, "focus", "a b|c'd");
  ask (document, "sample-index", "samples");
  assert_command (document,
                  "top",
                  file,
                  "prof top --sample-index=samples --focus='a b|c'\\''d' FILE");
  ask (document, "focus", NULL);
  reversed = viewer_question_with_flag (viewer_document_get_question (document),
                                        PROF_TREE_LEAF_FIRST,
                                        TRUE);
  named = viewer_question_with_flag (reversed, PROF_TREE_BY_NAME, TRUE);
  viewer_document_ask (document, named);
  wait_until (!viewer_document_is_busy (document, &stage, &fraction));
  assert_command (document,
                  "flame",
                  file,
                  "prof flame -o server-cpu.svg --reverse --order=name "
                  "--sample-index=samples FILE");
  assert_command (document,
                  "top",
                  file,
                  "prof top --sample-index=samples FILE");
}

static void
test_names_are_quoted_for_a_shell (void)
{
  g_autoptr (ViewerDocument) document = viewer_document_new ();
  g_autoptr (GFile)          example = example_file ("server-cpu.prof");
  g_autoptr (GFile)          file = NULL;
  g_autoptr (GError)         error = NULL;
  g_autofree char           *bytes = NULL;
  g_autofree char           *command = NULL;
  g_autofree char           *path = NULL;
  g_auto (GStrv)             words = NULL;
  gsize                      length;

  g_assert_true (
      g_file_load_contents (example, NULL, &bytes, &length, NULL, NULL));
  file = file_with ("it's $HOME.pb.gz", bytes, (gssize)length);
  path = g_file_get_path (file);
  open_and_wait (document, file, NULL);
  command = viewer_command_new (document, "flame");
  g_assert_true (g_shell_parse_argv (command, NULL, &words, &error));
  g_assert_no_error (error);
  g_assert_cmpstr (words[2], ==, "-o");
  g_assert_cmpstr (words[3], ==, "it's $HOME.svg");
  g_assert_cmpstr (words[4], ==, path);
}

static void
test_several_files_are_all_named (void)
{
  g_autoptr (ViewerDocument) document = viewer_document_new ();
  g_autoptr (GFile)          file = example_file ("server-cpu.prof");
  GFile                     *files[] = { file, file };

  viewer_document_open_sum (document, files, 2, NULL);
  wait_until (viewer_document_get_state (document) == VIEWER_STATE_READY);
  assert_command (document, "top", file, "prof top FILE FILE");
}

static void
test_a_pipe_has_none (void)
{
  g_autoptr (ViewerDocument) document = viewer_document_new ();
  g_autoptr (GFile)          file = example_file ("server-cpu.prof");
  g_autoptr (GBytes)         bytes = NULL;

  g_assert_null (viewer_command_new (document, "top"));
  bytes = g_file_load_bytes (file, NULL, NULL, NULL);
  viewer_document_open_standard_input (document, bytes, NULL);
  wait_until (viewer_document_get_state (document) == VIEWER_STATE_READY);
  g_assert_null (viewer_command_new (document, "top"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(name, function) g_test_add_func ("/command/" name, function)
  ADD ("each-view-has-its-command", test_each_view_has_its_command);
  ADD ("what-is-asked-is-part-of-it", test_what_is_asked_is_part_of_it);
  ADD ("names-are-quoted-for-a-shell", test_names_are_quoted_for_a_shell);
  ADD ("several-files-are-all-named", test_several_files_are_all_named);
  ADD ("a-pipe-has-none", test_a_pipe_has_none);
#undef ADD
  return g_test_run ();
}
