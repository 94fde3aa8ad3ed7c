/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "report-util.h"

#define RULE \
  "-----------+-------------------------------------------------------\n"

static char *
traces_of (const char *text, const char *options)
{
  g_autoptr (GError)     error = NULL;
  g_autoptr (ProfAnswer) answer = report_answer (test_profile (text), options);
  GString               *out = g_string_new (NULL);
  ProfSink               sink = prof_sink_to_string (out);

  prof_report_traces (answer, &sink, &error);
  g_assert_no_error (error);
  return g_string_free (out, FALSE);
}

static void
assert_traces (const char *text, const char *options, const char *expected)
{
  g_autofree char *report = traces_of (text, options);

  g_assert_cmpstr (report, ==, expected);
}

static void
test_a_stack_is_printed_from_its_leaf (void)
{
  assert_traces ("main;f;f;g 7\nmain 2\n",
                 "",
                 "Type: samples\n" RULE "         7   g\n"
                 "             f\n"
                 "             f\n"
                 "             main\n" RULE "         2   main\n" RULE);
}

static void
test_samples_are_not_added_up (void)
{
  assert_traces ("f 1\nf 2\nf 1\n",
                 "",
                 "Type: samples\n" RULE "         1   f\n" RULE
                 "         2   f\n" RULE "         1   f\n" RULE);
}

static void
test_stacks_without_frames_are_left_out (void)
{
  assert_traces (" 5\nf 1\n",
                 "",
                 "Type: samples\n" RULE "         1   f\n" RULE);
}

static void
test_samples_that_are_zero_are_printed (void)
{
  assert_traces ("#types a/count,b/count\nf 1,0\n",
                 "",
                 "Type: b\n" RULE "         0   f\n" RULE);
}

static void
test_inlined_frames_are_marked (void)
{
  assert_traces ("main;[/bin/app];inner<middle<outer 1\n",
                 "",
                 "File: app\n"
                 "Type: samples\n" RULE "         1   inner (inline)\n"
                 "             middle (inline)\n"
                 "             outer\n"
                 "             [app]\n"
                 "             main\n" RULE);
}

static void
test_labels_are_sorted_texts_before_numbers (void)
{
  assert_traces ("f 1\tn:size=2048/bytes\ts:user=a\ts:a long key=x\ts:user=b"
                 "\tn:requests=3/requests\tn:size=100/bytes\n",
                 "",
                 "Type: samples\n" RULE "      user:  a b\n"
                 "a long key:  x\n"
                 "      size:  2kB 100B\n"
                 "  requests:  3\n"
                 "         1   f\n" RULE);
}

/* "ü" is two bytes and one character. */
static void
test_keys_are_as_wide_as_they_have_characters (void)
{
  assert_traces ("f 1\ts:größe=x\n",
                 "",
                 "Type: samples\n" RULE "     größe:  x\n"
                 "         1   f\n" RULE);
}

static void
test_values_have_a_unit_each (void)
{
  static const char text[] = "#types cpu/nanoseconds\n"
                             "f 1500000000\n"
                             "f -20000\n";

  assert_traces (text,
                 "",
                 "Type: cpu\n" RULE "     1.50s   f\n" RULE
                 "     -20us   f\n" RULE);
  assert_traces (text,
                 "--unit=ms --divide-by=2",
                 "Type: cpu\n" RULE "     750ms   f\n" RULE
                 "   -0.01ms   f\n" RULE);
}

static void
test_a_mean_is_of_the_sample (void)
{
  assert_traces ("#types n/count,size/bytes\nf 4,4096\nf 0,7\nf -1,7\n",
                 "--mean",
                 "Type: mean_size\n" RULE "       1kB   f\n" RULE
                 "        7B   f\n" RULE "       -7B   f\n" RULE);
}

static void
test_files_are_not_trimmed (void)
{
  assert_traces ("f 1\n",
                 "--granularity=filefunctions --trim-path=/src",
                 "Type: samples\n" RULE "         1   f /src/file.go\n" RULE);
}

static void
test_without_samples_the_head_is_ended (void)
{
  assert_traces ("", "", "Type: samples\n" RULE);
  assert_traces ("#types /count\n", "", "\n" RULE);
}

static bool
refuse (void *data, const void *bytes, size_t length, GError **error)
{
  return prof_fail (error, PROF_ERROR_TOO_LARGE, "enough");
}

static void
test_a_sink_can_end_it (void)
{
  g_autoptr (GError)     error = NULL;
  g_autoptr (ProfAnswer) answer = report_answer (test_profile ("f 1\n"), "");
  const ProfSink         sink = { refuse, NULL };

  g_assert_false (prof_report_traces (answer, &sink, &error));
  g_assert_error (error, PROF_ERROR, PROF_ERROR_TOO_LARGE);
  g_assert_cmpstr (error->message, ==, "enough");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(path, test) g_test_add_func ("/report-traces/" path, test)
  ADD ("a-stack-is-printed-from-its-leaf",
       test_a_stack_is_printed_from_its_leaf);
  ADD ("samples-are-not-added-up", test_samples_are_not_added_up);
  ADD ("stacks-without-frames-are-left-out",
       test_stacks_without_frames_are_left_out);
  ADD ("samples-that-are-zero-are-printed",
       test_samples_that_are_zero_are_printed);
  ADD ("inlined-frames-are-marked", test_inlined_frames_are_marked);
  ADD ("labels-are-sorted-texts-before-numbers",
       test_labels_are_sorted_texts_before_numbers);
  ADD ("keys-are-as-wide-as-they-have-characters",
       test_keys_are_as_wide_as_they_have_characters);
  ADD ("values-have-a-unit-each", test_values_have_a_unit_each);
  ADD ("a-mean-is-of-the-sample", test_a_mean_is_of_the_sample);
  ADD ("files-are-not-trimmed", test_files_are_not_trimmed);
  ADD ("without-samples-the-head-is-ended",
       test_without_samples_the_head_is_ended);
  ADD ("a-sink-can-end-it", test_a_sink_can_end_it);
#undef ADD
  return g_test_run ();
}
