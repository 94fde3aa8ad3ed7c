/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "report-util.h"

#include <string.h>

#define RULE \
  "----------------------------------------------------------+-------------\n"
#define COLUMNS                                                     \
  RULE "      flat  flat%   sum%        cum   cum%   calls calls% " \
       "+ context \t \t \n"

static char *
tree_of (const char *text, const char *options)
{
  g_autoptr (ProfAnswer) answer = report_answer (test_profile (text), options);
  GString               *out = g_string_new (NULL);

  prof_report_tree (out, answer);
  return g_string_free (out, FALSE);
}

static char *
peek_of (const char *text, const char *options, const char *pattern)
{
  g_autoptr (GError)     error = NULL;
  g_autoptr (ProfAnswer) answer = report_answer (test_profile (text), options);
  GString               *out = g_string_new (NULL);

  prof_report_peek (out, answer, pattern, &error);
  g_assert_no_error (error);
  return g_string_free (out, FALSE);
}

static void
test_callers_stand_above_and_callees_below (void)
{
  g_autofree char *report = tree_of ("a;c 3\nb;c 5\nb;d 2\n", "");

  g_assert_cmpstr (
      report,
      ==,
      "Type: samples\n"
      "Showing nodes accounting for 10, 100% of 10 total\n" COLUMNS RULE
      "                                                 5 62.50% |   b\n"
      "                                                 3 37.50% |   a\n"
      "         8 80.00% 80.00%          8 80.00%                | c\n" RULE
      "                                                 2   100% |   b\n"
      "         2 20.00%   100%          2 20.00%                | d\n" RULE
      "         0     0%   100%          3 30.00%                | a\n"
      "                                                 3   100% |   c\n" RULE
      "         0     0%   100%          7 70.00%                | b\n"
      "                                                 5 71.43% |   c\n"
      "                                                 2 28.57% |   d\n" RULE);
}

static void
test_recursion_is_no_call_of_itself (void)
{
  g_autofree char *report = peek_of ("main;f;f;g;f 4\n", "", "^f$");

  g_assert_cmpstr (
      report,
      ==,
      "Type: samples\n"
      "Showing nodes accounting for 4, 100% of 4 total\n" COLUMNS RULE
      "                                                 4   100% |   g\n"
      "                                                 4   100% |   main\n"
      "         4   100%   100%          4   100%                | f\n"
      "                                                 4   100% |   g\n" RULE);
}

static void
assert_has (const char *report, const char *line)
{
  if (strstr (report, line) == NULL)
    g_error ("not in the report: %s\n%s", line, report);
}

static void
test_inlined_calls_are_marked (void)
{
  g_autofree char *report = peek_of ("inner<outer 1\n", "", "inner");

  assert_has (report, "  100% |   outer (inline)\n");
  assert_has (report, "                | inner\n");
}

static void
test_a_mean_divides_nodes_but_not_calls (void)
{
  g_autofree char *report = peek_of ("#types n/count,size/bytes\n"
                                     "f;g 4,4096\n",
                                     "--mean",
                                     "g");

  assert_has (
      report,
      "                                               4kB 400.00% |   f\n");
  assert_has (report, "       1kB   100%   100%        1kB   100%       ");
}

static void
test_negative_values_keep_their_sign (void)
{
  g_autofree char *report = peek_of ("f;g -5\nf;h 2\n", "", "f");

  assert_has (report, "         0     0%     0%         -3 42.86%       ");
  assert_has (
      report,
      "                                                -5 166.67% |   g\n");
  assert_has (
      report,
      "                                                 2 66.67% |   h\n");
}

static void
test_peek_adds_up_what_it_prints (void)
{
  g_autofree char *report = peek_of ("a 50\nb 30\nc 20\n", "", "b|c");

  g_assert_null (strstr (report, "| a"));
  assert_has (report, "        30 30.00% 30.00%         30 30.00%       ");
  assert_has (report, "        20 20.00% 50.00%         20 20.00%       ");
}

static void
test_peek_leaves_out_nothing (void)
{
  static const char text[] = "big 1000000\nsmall;tiny 1\n";
  g_autofree char  *peeked = peek_of (text, "", "tiny");
  g_autofree char  *tree = tree_of (text, "");

  assert_has (peeked, "|   small\n");
  g_assert_null (strstr (peeked, "Dropped"));
  g_assert_null (strstr (tree, "tiny"));
  assert_has (tree, "Dropped 2 nodes (cum <= 5000)\n");
}

static void
test_a_tree_has_80_functions_unless_asked (void)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_autofree char    *usual = NULL;
  g_autofree char    *all = NULL;

  for (int i = 0; i < 90; i++)
    g_string_append_printf (text, "f%d 1\n", i);
  usual = tree_of (text->str, "");
  all = tree_of (text->str, "--nodecount=0");
  assert_has (usual, "Showing top 80 nodes out of 90\n");
  g_assert_null (strstr (all, "Showing top"));
  assert_has (all, "| f89\n");
}

static void
test_without_samples_only_the_head_is_printed (void)
{
  g_autofree char *report = tree_of ("", "");

  g_assert_cmpstr (report,
                   ==,
                   "Type: samples\n"
                   "Showing nodes accounting for 0, 0% of 0 total\n" COLUMNS);
}

static void
assert_no_peek (const char *text,
                const char *pattern,
                int         code,
                const char *why)
{
  g_autoptr (GError)     error = NULL;
  g_autoptr (ProfAnswer) answer = report_answer (test_profile (text), "");
  g_autoptr (GString)    out = g_string_new ("before");

  g_assert_false (prof_report_peek (out, answer, pattern, &error));
  g_assert_error (error, PROF_ERROR, code);
  g_assert_cmpstr (error->message, ==, why);
  g_assert_cmpstr (out->str, ==, "before");
}

static void
test_a_peek_that_matches_nothing_fails (void)
{
  assert_no_peek ("f 1\n",
                  "z+",
                  PROF_ERROR_NO_MATCH,
                  "no matches found for regexp: z+");
  assert_no_peek ("",
                  ".",
                  PROF_ERROR_NO_MATCH,
                  "no matches found for regexp: .");
}

static void
test_a_peek_with_a_wrong_pattern_fails (void)
{
  assert_no_peek ("f 1\n",
                  "f(",
                  PROF_ERROR_PATTERN,
                  "missing closing parenthesis at character 3");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(path, test) g_test_add_func ("/report-tree/" path, test)
  ADD ("callers-stand-above-and-callees-below",
       test_callers_stand_above_and_callees_below);
  ADD ("recursion-is-no-call-of-itself", test_recursion_is_no_call_of_itself);
  ADD ("inlined-calls-are-marked", test_inlined_calls_are_marked);
  ADD ("a-mean-divides-nodes-but-not-calls",
       test_a_mean_divides_nodes_but_not_calls);
  ADD ("negative-values-keep-their-sign", test_negative_values_keep_their_sign);
  ADD ("peek-adds-up-what-it-prints", test_peek_adds_up_what_it_prints);
  ADD ("peek-leaves-out-nothing", test_peek_leaves_out_nothing);
  ADD ("a-tree-has-80-functions-unless-asked",
       test_a_tree_has_80_functions_unless_asked);
  ADD ("without-samples-only-the-head-is-printed",
       test_without_samples_only_the_head_is_printed);
  ADD ("a-peek-that-matches-nothing-fails",
       test_a_peek_that_matches_nothing_fails);
  ADD ("a-peek-with-a-wrong-pattern-fails",
       test_a_peek_with_a_wrong_pattern_fails);
#undef ADD
  return g_test_run ();
}
