/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "test-util.h"

#include <string.h>

static char *
report_of (const char *text, const char *options)
{
  g_autoptr (GError)      error = NULL;
  g_autoptr (ProfProfile) profile = test_profile (text);
  g_autoptr (ProfQuery)   query = prof_query_from_text (options, &error);
  g_autoptr (ProfAnswer)  answer = NULL;
  GString                *out = g_string_new (NULL);

  g_assert_no_error (error);
  answer = prof_answer_new (profile, query, NULL, &error);
  g_assert_no_error (error);
  prof_report_top (out, answer);
  return g_string_free (out, FALSE);
}

static void
assert_report (const char *text, const char *options, const char *expected)
{
  g_autofree char *report = report_of (text, options);

  g_assert_cmpstr (report, ==, expected);
}

#define COLUMNS "      flat  flat%   sum%        cum   cum%\n"

static void
test_recursion_is_printed_as_pprof_does (void)
{
  assert_report (
      "#types samples/count,cpu/nanoseconds\n"
      "main;f;f;f;g 1,10000000\n"
      "main;f;g;f 2,20000000\n"
      "main 3,30000000\n",
      "",
      "Type: cpu\n"
      "Showing nodes accounting for 60ms, 100% of 60ms total\n" COLUMNS
      "      30ms 50.00% 50.00%       60ms   100%  main\n"
      "      20ms 33.33% 83.33%       30ms 50.00%  f\n"
      "      10ms 16.67%   100%       30ms 50.00%  g\n");
}

static void
test_code_without_names_is_printed_as_pprof_does (void)
{
  assert_report ("#types samples/count,cpu/nanoseconds\n"
                 "main;[/bin/app] 1,10000000\n"
                 "[/bin/app] 2,20000000\n"
                 " 5,50000000\n",
                 "",
                 "File: app\n"
                 "Type: cpu\n"
                 "Showing nodes accounting for 30ms, 37.50% of 80ms "
                 "total\n" COLUMNS
                 "      30ms 37.50% 37.50%       30ms 37.50%  [app]\n"
                 "         0     0% 37.50%       10ms 12.50%  main\n");
}

static void
test_what_is_dropped_is_counted (void)
{
  assert_report ("a 1000\nb 500\nc 1\nd 2\n",
                 "--nodecount=1",
                 "Type: samples\n"
                 "Showing nodes accounting for 1000, 66.53% of 1503 total\n"
                 "Dropped 2 nodes (cum <= 7)\n"
                 "Showing top 1 nodes out of 2\n" COLUMNS
                 "      1000 66.53% 66.53%       1000 66.53%  a\n");
}

static void
test_inlined_functions_are_marked (void)
{
  assert_report ("inner<outer 1\nmiddle<outer 2\nouter;x;middle 1\n",
                 "",
                 "Type: samples\n"
                 "Showing nodes accounting for 4, 100% of 4 total\n" COLUMNS
                 "         3 75.00% 75.00%          3 75.00%  middle "
                 "(partial-inline)\n"
                 "         1 25.00%   100%          1 25.00%  inner (inline)\n"
                 "         0     0%   100%          4   100%  outer\n"
                 "         0     0%   100%          1 25.00%  x\n");
}

static void
test_a_unit_can_be_chosen (void)
{
  static const char text[] = "#types cpu/nanoseconds\nf 1500000000\ng 20000\n";
  g_autofree char  *ms = report_of (text, "--unit=ms");
  g_autofree char  *own = report_of (text, "--unit=auto");

  g_assert_nonnull (strstr (ms, "    1500ms   100%   100%     1500ms"));
  g_assert_nonnull (strstr (own, "     1.50s   100%   100%      1.50s"));
}

static void
test_a_profile_without_samples_is_an_empty_table (void)
{
  assert_report ("",
                 "",
                 "Type: samples\n"
                 "Showing nodes accounting for 0, 0% of 0 total\n" COLUMNS);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(path, test) g_test_add_func ("/report-top/" path, test)
  ADD ("recursion-is-printed-as-pprof-does",
       test_recursion_is_printed_as_pprof_does);
  ADD ("code-without-names-is-printed-as-pprof-does",
       test_code_without_names_is_printed_as_pprof_does);
  ADD ("what-is-dropped-is-counted", test_what_is_dropped_is_counted);
  ADD ("inlined-functions-are-marked", test_inlined_functions_are_marked);
  ADD ("a-unit-can-be-chosen", test_a_unit_can_be_chosen);
  ADD ("a-profile-without-samples-is-an-empty-table",
       test_a_profile_without_samples_is_an_empty_table);
#undef ADD
  return g_test_run ();
}
