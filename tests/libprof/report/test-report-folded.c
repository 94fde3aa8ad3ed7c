/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "test-util.h"

#include "base/prof-vec.h"
#include "model/prof-builder.h"
#include <gio/gio.h>
#include <string.h>

static char *
fold (const ProfTree *tree)
{
  g_autoptr (GError) error = NULL;
  GString           *out = g_string_new (NULL);
  ProfSink           sink = prof_sink_to_string (out);

  g_assert_true (prof_report_folded (tree, &sink, &error));
  g_assert_no_error (error);
  return g_string_free (out, FALSE);
}

static void
assert_folded (const char *text, size_t type, const char *expected)
{
  g_autoptr (ProfTree) tree = test_tree (text, type);
  g_autofree char     *folded = fold (tree);

  g_assert_cmpstr (folded, ==, expected);
}

static void
test_frames_go_from_the_root_to_the_leaf (void)
{
  assert_folded ("main;work;inner 17\nmain;work 4\n",
                 0,
                 "main;work 4\nmain;work;inner 17\n");
}

static void
test_equal_stacks_are_one_line (void)
{
  assert_folded ("main;f 1\nmain;g 2\nmain;f 3\n", 0, "main;f 4\nmain;g 2\n");
}

static void
test_lines_are_sorted_by_name_and_not_by_weight (void)
{
  assert_folded ("b 9\na;z 1\na;b;c 2\na-;x 5\na;b 3\n",
                 0,
                 "a;b 3\na;b;c 2\na;z 1\na-;x 5\nb 9\n");
}

static void
test_inlined_frames_are_there (void)
{
  assert_folded ("main;inner<outer 3\n", 0, "main;outer;inner 3\n");
}

static void
test_recursion_is_there_level_by_level (void)
{
  assert_folded ("f;f;f 1\nf 2\n", 0, "f 2\nf;f;f 1\n");
}

static void
test_a_sample_type_can_be_chosen (void)
{
  static const char text[] = "#types alloc/bytes,inuse/bytes\n"
                             "main;f 5,0\n"
                             "main;g 7,2\n";

  assert_folded (text, 0, "main;f 5\nmain;g 7\n");
  assert_folded (text, 1, "main;g 2\n");
}

static void
test_code_without_names_is_named_by_its_binary (void)
{
  assert_folded ("main;[/lib/libc.so.6] 2\n", 0, "main;[libc.so.6] 2\n");
}

/* They are two frames of the tree, and one text. */
static void
test_binaries_of_one_name_are_one_frame (void)
{
  assert_folded ("[/a/lib.so];f 1\n"
                 "[/b/lib.so];f 2\n"
                 "[/b/lib.so];g 4\n"
                 "[/a/lib.so] 8\n"
                 "main;[/a/lib.so] 16\n"
                 "main;[/b/lib.so] 32\n"
                 "main;[/b/lib.so];f 64\n",
                 0,
                 "[lib.so] 8\n"
                 "[lib.so];f 3\n"
                 "[lib.so];g 4\n"
                 "main;[lib.so] 48\n"
                 "main;[lib.so];f 64\n");
}

static void
test_samples_without_a_stack_are_counted (void)
{
  assert_folded (" 5\nmain 1\n", 0, "[no stack] 5\nmain 1\n");
}

static void
test_what_cancels_has_no_line (void)
{
  assert_folded ("a;f 5\na;f -5\na;g -2\n", 0, "a;g -2\n");
}

static void
test_nothing_is_an_empty_text (void)
{
  assert_folded ("", 0, "");
}

static ProfTree *
tree_of_names (const char *const *names, size_t n)
{
  g_autoptr (GError)      error = NULL;
  g_autoptr (ProfBuilder) builder = prof_builder_new (NULL);
  g_autoptr (ProfProfile) profile = NULL;
  g_autoptr (ProfFrames)  frames = NULL;
  ProfRawValueType        type = { 0, 0 };
  ProfTree               *tree;

  prof_builder_add_string (builder, "", 0, NULL);
  prof_builder_add_type (builder, &type, NULL);
  for (uint64_t i = 0; i < n; i++)
    {
      ProfRawFunction function = { .id = i + 1, .name = (int64_t)i + 1 };
      ProfRawLine     line = { .function = i + 1 };
      ProfRawLocation location = { .id = i + 1 };
      uint64_t        stack[] = { i + 1, 1 };
      int64_t         value = 1 << i;

      prof_builder_add_string (builder, names[i], strlen (names[i]), NULL);
      prof_builder_add_function (builder, &function, NULL);
      prof_builder_add_location (builder, &location, &line, 1, NULL);
      prof_builder_add_sample (builder, stack, 2, &value, 1, NULL, 0, NULL);
    }
  profile = prof_builder_finish (builder, &error);
  g_assert_no_error (error);
  frames = prof_frames_new (profile, 0);
  tree = prof_tree_new (frames, 0, NULL, &error);
  g_assert_no_error (error);
  return tree;
}

static void
test_names_cannot_break_a_line_or_a_stack (void)
{
  static const char *const names[] = {
    "f(a;b)", "g\nmain 1", "h\r\t", "\xff;", "f(a:b)",
  };
  g_autoptr (ProfTree) tree = tree_of_names (names, G_N_ELEMENTS (names));
  g_autofree char     *folded = fold (tree);

  g_assert_cmpstr (folded,
                   ==,
                   "f(a:b);f(a:b) 17\n"
                   "f(a:b);g main_1 2\n"
                   "f(a:b);h   4\n"
                   "f(a:b);\uFFFD: 8\n");
}

/* The sum of all lines. */
static int64_t
total_of (const char *folded)
{
  g_auto (GStrv) lines = g_strsplit_set (folded, "\n", -1);
  int64_t        total = 0;

  for (size_t i = 0; lines[i][0] != '\0'; i++)
    total += g_ascii_strtoll (strrchr (lines[i], ' '), NULL, 10);
  return total;
}

static void
test_numbers_in_names_are_no_values (void)
{
  static const char *const names[] = {
    "main", "goroutine 17", "pass 2.5", "a 1 ", "a 1b", "17", "a. 1.", "v .5",
  };
  g_autoptr (ProfTree) tree = tree_of_names (names, G_N_ELEMENTS (names));
  g_autofree char     *folded = fold (tree);

  g_assert_cmpstr (folded,
                   ==,
                   "main;17 32\n"
                   "main;a 1  8\n"
                   "main;a 1b 16\n"
                   "main;a._1. 64\n"
                   "main;goroutine_17 2\n"
                   "main;main 1\n"
                   "main;pass_2.5 4\n"
                   "main;v .5 128\n");
}

static void
test_values_add_up_to_the_total (void)
{
  static const char *const names[] = {
    "qrcode-cpu",
    "qrcode-mem",
    "server-goroutine",
    "server-threadcreate",
  };

  for (size_t i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autoptr (GError)      error = NULL;
      g_autofree char        *relative = NULL;
      g_autofree char        *path = NULL;
      g_autofree char        *folded = NULL;
      g_autoptr (ProfProfile) profile = NULL;
      g_autoptr (ProfFrames)  frames = NULL;
      g_autoptr (ProfTree)    tree = NULL;

      relative = g_strdup_printf ("data/examples/%s.prof", names[i]);
      path = test_source_path (relative);
      profile = prof_format_load (path, NULL, NULL, &error);
      g_assert_no_error (error);
      frames = prof_frames_new (profile, 0);
      tree = prof_tree_new (frames, 0, NULL, &error);
      g_assert_no_error (error);
      folded = fold (tree);
      g_assert_cmpint (total_of (folded), ==, prof_profile_total (profile, 0));
    }
}

/* A million frames, and a sample at the leaf only. */
static void
test_deep_stacks_take_no_stack (void)
{
  const size_t            n = 1000000;
  g_autoptr (GError)      error = NULL;
  g_autoptr (ProfBuilder) builder = prof_builder_new (NULL);
  g_autoptr (ProfProfile) profile = NULL;
  g_autoptr (ProfFrames)  frames = NULL;
  g_autoptr (ProfTree)    tree = NULL;
  g_autofree char        *folded = NULL;
  g_autofree uint64_t    *stack = g_new (uint64_t, n);
  ProfRawValueType        type = { 0, 0 };
  ProfRawFunction         function = { .id = 1, .name = 1 };
  ProfRawLine             line = { .function = 1 };
  ProfRawLocation         location = { .id = 1 };
  int64_t                 value = 7;

  for (size_t i = 0; i < n; i++)
    stack[i] = 1;
  prof_builder_add_string (builder, "", 0, NULL);
  prof_builder_add_string (builder, "f", 1, NULL);
  prof_builder_add_type (builder, &type, NULL);
  prof_builder_add_function (builder, &function, NULL);
  prof_builder_add_location (builder, &location, &line, 1, NULL);
  prof_builder_add_sample (builder, stack, n, &value, 1, NULL, 0, NULL);
  profile = prof_builder_finish (builder, &error);
  g_assert_no_error (error);
  frames = prof_frames_new (profile, 0);
  tree = prof_tree_new (frames, 0, NULL, &error);
  g_assert_no_error (error);
  folded = fold (tree);
  g_assert_cmpuint (strlen (folded), ==, 2 * n - 1 + strlen (" 7\n"));
}

static bool
refuse (void *data, const void *bytes, size_t length, GError **error)
{
  g_set_error (error, G_IO_ERROR, G_IO_ERROR_NO_SPACE, "no room");
  return false;
}

static void
test_a_full_disk_is_told (void)
{
  g_autoptr (GError)   error = NULL;
  g_autoptr (ProfTree) tree = test_tree ("main 1\n", 0);
  ProfSink             sink = { refuse, NULL };

  g_assert_false (prof_report_folded (tree, &sink, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NO_SPACE);
}

static void
test_refused_memory_is_told (void)
{
  g_autoptr (ProfTree) tree = test_tree ("main;f 1\n", 0);

  for (int n = 0; n < 3; n++)
    {
      g_autoptr (GError)  error = NULL;
      g_autoptr (GString) out = g_string_new (NULL);
      ProfSink            sink = prof_sink_to_string (out);
      bool                ok;

      prof_vec_refuse_after (n);
      ok = prof_report_folded (tree, &sink, &error);
      prof_vec_refuse_after (-1);
      g_assert_false (ok);
      g_assert_error (error, PROF_ERROR, PROF_ERROR_TOO_LARGE);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(path, test) g_test_add_func ("/report-folded/" path, test)
  ADD ("frames-go-from-the-root-to-the-leaf",
       test_frames_go_from_the_root_to_the_leaf);
  ADD ("equal-stacks-are-one-line", test_equal_stacks_are_one_line);
  ADD ("lines-are-sorted-by-name-and-not-by-weight",
       test_lines_are_sorted_by_name_and_not_by_weight);
  ADD ("inlined-frames-are-there", test_inlined_frames_are_there);
  ADD ("recursion-is-there-level-by-level",
       test_recursion_is_there_level_by_level);
  ADD ("a-sample-type-can-be-chosen", test_a_sample_type_can_be_chosen);
  ADD ("code-without-names-is-named-by-its-binary",
       test_code_without_names_is_named_by_its_binary);
  ADD ("binaries-of-one-name-are-one-frame",
       test_binaries_of_one_name_are_one_frame);
  ADD ("samples-without-a-stack-are-counted",
       test_samples_without_a_stack_are_counted);
  ADD ("what-cancels-has-no-line", test_what_cancels_has_no_line);
  ADD ("nothing-is-an-empty-text", test_nothing_is_an_empty_text);
  ADD ("names-cannot-break-a-line-or-a-stack",
       test_names_cannot_break_a_line_or_a_stack);
  ADD ("numbers-in-names-are-no-values", test_numbers_in_names_are_no_values);
  ADD ("values-add-up-to-the-total", test_values_add_up_to_the_total);
  ADD ("deep-stacks-take-no-stack", test_deep_stacks_take_no_stack);
  ADD ("a-full-disk-is-told", test_a_full_disk_is_told);
  ADD ("refused-memory-is-told", test_refused_memory_is_told);
#undef ADD
  return g_test_run ();
}
