/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "test-util.h"

#include "model/prof-builder.h"
#include <string.h>

static char *
report_of (const char *text, const ProfTopParams *params, const char *unit)
{
  g_autoptr (ProfProfile) profile = test_profile (text);
  size_t                  type = prof_profile_default_type (profile);
  g_autoptr (ProfFrames)  frames = prof_frames_new (profile, type);
  g_autoptr (ProfTop)     top = prof_top_new (frames, type, params);
  GString                *out = g_string_new (NULL);

  prof_report_top_in (out, top, params, unit);
  return g_string_free (out, FALSE);
}

static void
assert_report (const char          *text,
               const ProfTopParams *params,
               const char          *unit,
               const char          *expected)
{
  g_autofree char *report = report_of (text, params, unit);

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
      NULL,
      "minimum",
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
                 NULL,
                 "minimum",
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
  ProfTopParams params = PROF_TOP_PARAMS_INIT;

  params.node_count = 1;
  assert_report ("a 1000\nb 500\nc 1\nd 2\n",
                 &params,
                 "minimum",
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
                 NULL,
                 "minimum",
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
  g_autofree char  *ms = report_of (text, NULL, "ms");
  g_autofree char  *own = report_of (text, NULL, "auto");

  g_assert_nonnull (strstr (ms, "    1500ms   100%   100%     1500ms"));
  g_assert_nonnull (strstr (own, "     1.50s   100%   100%      1.50s"));
}

static void
test_a_profile_without_samples_is_an_empty_table (void)
{
  assert_report ("",
                 NULL,
                 "minimum",
                 "Type: samples\n"
                 "Showing nodes accounting for 0, 0% of 0 total\n" COLUMNS);
}

static void
add_text (ProfBuilder *builder, const char *text)
{
  g_autoptr (GError) error = NULL;

  prof_builder_add_string (builder, text, strlen (text), &error);
  g_assert_no_error (error);
}

/* A profile with everything a header has. */
static ProfProfile *
dated_profile (void)
{
  g_autoptr (GError)      error = NULL;
  g_autoptr (ProfBuilder) builder = prof_builder_new ();
  ProfRawHeader          *header = prof_builder_header (builder);
  ProfRawValueType        type = { 1, 2 };
  ProfRawMapping          mapping = { .id = 1, .filename = 3, .build_id = 4 };
  ProfRawLabel            label = { .key = 7, .str = 8 };
  int64_t                 value = 2500000000;
  ProfProfile            *profile;

  add_text (builder, "");
  add_text (builder, "cpu");
  add_text (builder, "nanoseconds");
  add_text (builder, "/usr/bin/server");
  add_text (builder, "abc123");
  add_text (builder, "first run");
  add_text (builder, "#for machines");
  add_text (builder, "handler");
  add_text (builder, "/tree");
  header->time_ns = INT64_C (1669348800000000000); /* 2022-11-25 04:00 UTC */
  header->duration_ns = 5000000000;
  header->period_type = type;
  header->period = 10000000;
  prof_builder_add_type (builder, &type, &error);
  prof_builder_add_mapping (builder, &mapping, &error);
  prof_builder_add_comment (builder, 5, &error);
  prof_builder_add_comment (builder, 6, &error);
  prof_builder_add_comment (builder, 5, &error);
  prof_builder_add_sample (builder, NULL, 0, &value, 1, &label, 1, &error);
  profile = prof_builder_finish (builder, &error);
  g_assert_no_error (error);
  return profile;
}

static void
test_the_header_says_what_is_known (void)
{
  g_autoptr (ProfProfile) profile = dated_profile ();
  g_autoptr (GString)     out = g_string_new (NULL);

  prof_report_header (out, profile, 0);
  g_assert_cmpstr (out->str,
                   ==,
                   "File: server\n"
                   "Build ID: abc123\n"
                   "first run\n"
                   "Type: cpu\n"
                   "Time: Nov 25, 2022 at 4:00am (UTC)\n"
                   "Duration: 5s, Total samples = 2.50s (50.00%)\n");
}

static void
test_info_says_everything (void)
{
  g_autoptr (ProfProfile) profile = dated_profile ();
  g_autoptr (GString)     out = g_string_new (NULL);

  prof_report_info (out, profile);
  g_assert_cmpstr (out->str,
                   ==,
                   "Kind: CPU\n"
                   "Type: cpu/nanoseconds, total 2.50s (default)\n"
                   "Time: 2022-11-25T04:00:00Z\n"
                   "Duration: 5s\n"
                   "Period: 10ms of cpu\n"
                   "Samples: 1\n"
                   "Functions: 0\n"
                   "Locations: 0\n"
                   "Mapping: 0x0-0x0 /usr/bin/server, build id abc123\n"
                   "Label: handler, 1 sample, 1 value\n"
                   "Comment: first run\n"
                   "Comment: #for machines\n"
                   "Comment: first run\n");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(path, test) g_test_add_func ("/report-text/" path, test)
  ADD ("recursion-is-printed-as-pprof-does",
       test_recursion_is_printed_as_pprof_does);
  ADD ("code-without-names-is-printed-as-pprof-does",
       test_code_without_names_is_printed_as_pprof_does);
  ADD ("what-is-dropped-is-counted", test_what_is_dropped_is_counted);
  ADD ("inlined-functions-are-marked", test_inlined_functions_are_marked);
  ADD ("a-unit-can-be-chosen", test_a_unit_can_be_chosen);
  ADD ("a-profile-without-samples-is-an-empty-table",
       test_a_profile_without_samples_is_an_empty_table);
  ADD ("the-header-says-what-is-known", test_the_header_says_what_is_known);
  ADD ("info-says-everything", test_info_says_everything);
#undef ADD
  return g_test_run ();
}
