/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "formats/prof-folded-decode.h"

#include "format-util.h"
#include "test-util.h"
#include <string.h>

#define READ(text, stacks) check_stacks (&prof_folded_decoder, text, stacks)
#define REFUSED(text, code, message) \
  check_refused (&prof_folded_decoder, text, PROF_ERROR_##code, message)

static bool
is_folded (const char *text)
{
  return prof_folded_decoder.sniff ((const uint8_t *)text, strlen (text));
}

static void
test_each_line_is_a_sample_in_order (void)
{
  READ ("main;work 17\nmain 4\nmain;work 1\n",
        "samples/count\nmain;work 17\nmain 4\nmain;work 1\n");
}

static void
test_line_ends_and_marks_do_not_matter (void)
{
  READ ("\xef\xbb\xbfmain;work 17\r\n\r\n# by hand\nmain   4  \n\tx\t5",
        "samples/count\nmain;work 17\nmain 4\n\tx 5\n");
}

static void
test_names_may_have_spaces_and_any_letters (void)
{
  READ ("void f(int, char);operator new 3\n\xe4\xb8\xad;\xff 4\n-1;2.5;x-3 5\n",
        "samples/count\nvoid f(int, char);operator new 3\n"
        "\xe4\xb8\xad;\xff 4\n-1;2.5;x-3 5\n");
}

static void
test_stacks_may_be_empty_or_lack_names (void)
{
  READ ("main;a 1\n[no stack] 2\n 3\n;b 4\nc;;d 5\ne; 6\n",
        "samples/count\nmain;a 1\n 2\n 3\n;b 4\nc;;d 5\ne 6\n");
}

static void
test_annotations_are_no_part_of_names (void)
{
  READ ("main;read_[k] 1\nmain;read 2\nmain_[j];x_[q] 3\n",
        "samples/count\nmain;read 1\nmain;read 2\nmain;x_[q] 3\n");
}

static void
test_inlined_frames_belong_to_their_caller (void)
{
  READ ("main;f;g_[i];h_[i] 1\nr_[i];f_[k];g_[i] 2\n",
        "samples/count\nmain;h<g<f 1\nr;g<f 2\n");
}

/* Kernel and jitted code are told by a mapping. */
static void
test_annotations_are_mappings (void)
{
  g_autoptr (ProfProfile) profile = load_text ("main;read_[k] 1\nx;y_[j] 2\n");
  const ProfMapping      *mappings = prof_profile_mappings (profile);

  g_assert_cmpuint (prof_profile_n_mappings (profile), ==, 2);
  g_assert_cmpstr (prof_profile_string (profile, mappings[0].filename),
                   ==,
                   "[kernel.kallsyms]");
  g_assert_cmpstr (prof_profile_string (profile, mappings[1].filename),
                   ==,
                   "[jit]");
}

static void
test_fractions_are_kept (void)
{
  READ ("a;b 1\na;c 2.5\na;d 3.0\n",
        "samples/thousandths\na;b 1000\na;c 2500\na;d 3000\n");
  READ ("a;b 1.\na;c 2.5\na;e 0.0000255\na;f -3.25\na;g 4.000\n",
        "samples/millionths\na;b 1000000\na;c 2500000\na;e 26\na;f -3250000\n"
        "a;g 4000000\n");
  READ ("a;b 1.00\n", "samples/count\na;b 1\n");
}

static void
test_a_first_line_may_name_the_types (void)
{
  READ ("# x\nsamples/count cpu/nanoseconds\nmain;f 17 1 10\ng 2 20\n",
        "samples/count cpu/nanoseconds\nmain;f 17 1,10\ng 2,20\n");
}

static void
test_two_numbers_in_all_lines_are_before_and_after (void)
{
  READ ("main;a 3 5\nmain;b 2 0\nmain;c 0 1\nmain;d 0 0\n",
        "samples/count\nmain;a 5\nmain;a -3\tpprof::base=true\n"
        "main;b -2\tpprof::base=true\nmain;c 1\nmain;d 0\n");
}

static void
test_a_number_at_the_end_of_some_names_is_theirs (void)
{
  READ ("main;goroutine 17 100\nmain 4\n",
        "samples/count\nmain;goroutine 17 100\nmain 4\n");
}

static void
test_a_comparison_draws_what_has_changed (void)
{
  g_autoptr (ProfProfile) profile = load_text ("main;a 3 5\nmain;b 2 0\n");

  g_assert_true (prof_has_base (profile));
}

/* What is written folded is read as the same stacks. */
static void
test_what_we_write_is_read (void)
{
  static const char       text[] = "main;a;b 3\nmain;a 2\n[no stack] 1\n";
  g_autoptr (ProfProfile) profile = load_text (text);
  g_autoptr (ProfFrames)  frames = prof_frames_new (profile, 0);
  g_autoptr (ProfTree)    tree = NULL;
  g_autoptr (GString)     out = g_string_new (NULL);
  ProfSink                sink = prof_sink_to_string (out);
  g_autoptr (ProfProfile) again = NULL;
  g_autofree char        *first = NULL;
  g_autofree char        *second = NULL;

  tree = prof_tree_new (frames, 0, NULL, NULL);
  g_assert_true (prof_report_folded (tree, &sink, NULL));
  again = load_text (out->str);
  first = stacks_of (profile);
  second = stacks_of (again);
  g_assert_cmpuint (strlen (first), ==, strlen (second));
  g_assert_nonnull (strstr (second, "main;a;b 3\n"));
  g_assert_nonnull (strstr (second, "\n 1\n"));
}

static void
test_errors_say_where (void)
{
  REFUSED ("main;a 0.5\nmain;b 9999999999999999999\n",
           MALFORMED,
           "line 2, column 8: the number does not fit into 64 bits");
  REFUSED ("main;a 9223372036854775807\nmain;b 0.5\n",
           TOO_LARGE,
           "a number with its decimals does not fit into 64 bits");
  REFUSED ("main;a 3\nmain;b\nmain 3\n",
           MALFORMED,
           "line 2, column 7: there is no number behind the stack");
  REFUSED ("main;a 3\nm\xc3\xa4in;b",
           TRUNCATED,
           "line 2, column 7: there is no number behind the stack");
  REFUSED ("main;b 99999999999999999999\n",
           MALFORMED,
           "line 1, column 8: the number does not fit into 64 bits");
  REFUSED (
      "a/b c/d\nmain;b 9\n",
      MALFORMED,
      "line 2, column 7: there are fewer numbers behind the stack than the "
      "first line names");
  REFUSED ("a/b\nmain;b 9.5\n",
           MALFORMED,
           "line 2, column 8: decimals are not possible below a line of units");
  REFUSED ("a;b 9223372036854775807\na;b 0.5\n",
           TOO_LARGE,
           "a number with its decimals does not fit into 64 bits");
  REFUSED ("a;b 0.5 9223372036854775807\n",
           TOO_LARGE,
           "a number with its decimals does not fit into 64 bits");
}

/* More than 64 KiB of lines with two numbers, and one with one. */
static void
test_a_late_single_number_is_refused (void)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (int i = 0; i < 10000; i++)
    g_string_append (text, "main;a 3 5\n");
  g_string_append (text, "main;a 3\n");
  REFUSED (
      text->str,
      MALFORMED,
      "line 10001, column 7: there is one number behind the stack, and all "
      "lines before have two");
}

static void
test_content_decides (void)
{
  g_assert_true (is_folded ("main;work 17\nmain\n"));
  g_assert_true (is_folded ("main 17\nidle 3\n"));
  g_assert_true (is_folded ("samples/count\n"));
  g_assert_true (is_folded ("\n\n# note\nmain;f 1"));
  g_assert_false (is_folded ("{\"a\":\"b/c\"}\n"));
  g_assert_false (is_folded ("main;work\n"));
  g_assert_false (is_folded ("main;work17\n"));
  g_assert_false (is_folded ("17\n18\n"));
  g_assert_false (is_folded ("17 4\n"));
  g_assert_false (is_folded ("main 17\nand then\n"));
  g_assert_false (is_folded ("# only\n"));
  g_assert_false (is_folded ("\n"));
  g_assert_false (is_folded ("for (;;) { i = 3; }\n"));
  g_assert_false (is_folded ("a;b\1 3\n"));
}

/* The first stack may be longer than what is looked at. */
static void
test_a_deep_stack_is_recognised (void)
{
  g_autoptr (GString) text = g_string_new ("main");

  while (text->len < 300000)
    g_string_append (text, ";recurse");
  g_assert_true (
      prof_folded_decoder.sniff ((const uint8_t *)text->str, 256u << 10));
  text->str[100] = '{';
  g_assert_false (
      prof_folded_decoder.sniff ((const uint8_t *)text->str, 256u << 10));
}

static void
test_files_are_what_their_names_say (void)
{
  check_files ("folded");
}

#define ADD(name, function) g_test_add_func ("/folded-decode/" name, function)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("each-line-is-a-sample-in-order", test_each_line_is_a_sample_in_order);
  ADD ("line-ends-and-marks-do-not-matter",
       test_line_ends_and_marks_do_not_matter);
  ADD ("names-may-have-spaces-and-any-letters",
       test_names_may_have_spaces_and_any_letters);
  ADD ("stacks-may-be-empty-or-lack-names",
       test_stacks_may_be_empty_or_lack_names);
  ADD ("annotations-are-no-part-of-names",
       test_annotations_are_no_part_of_names);
  ADD ("inlined-frames-belong-to-their-caller",
       test_inlined_frames_belong_to_their_caller);
  ADD ("annotations-are-mappings", test_annotations_are_mappings);
  ADD ("fractions-are-kept", test_fractions_are_kept);
  ADD ("a-first-line-may-name-the-types", test_a_first_line_may_name_the_types);
  ADD ("two-numbers-in-all-lines-are-before-and-after",
       test_two_numbers_in_all_lines_are_before_and_after);
  ADD ("a-number-at-the-end-of-some-names-is-theirs",
       test_a_number_at_the_end_of_some_names_is_theirs);
  ADD ("a-comparison-draws-what-has-changed",
       test_a_comparison_draws_what_has_changed);
  ADD ("what-we-write-is-read", test_what_we_write_is_read);
  ADD ("errors-say-where", test_errors_say_where);
  ADD ("a-late-single-number-is-refused", test_a_late_single_number_is_refused);
  ADD ("content-decides", test_content_decides);
  ADD ("a-deep-stack-is-recognised", test_a_deep_stack_is_recognised);
  ADD ("files-are-what-their-names-say", test_files_are_what_their_names_say);
  return g_test_run ();
}
