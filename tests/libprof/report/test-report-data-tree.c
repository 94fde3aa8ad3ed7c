/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "report-util.h"

#include <string.h>

static const char stacks[] = "main;inner<mid 3\n"
                             "main;mid 1\n";

static char *
tree_of (const char *text, const char *options, ProfReportSyntax syntax)
{
  g_autoptr (GError)     error = NULL;
  g_autoptr (ProfAnswer) answer = report_answer (test_profile (text), options);
  GString               *out = g_string_new (NULL);
  ProfSink               sink = prof_sink_to_string (out);

  prof_report_data_tree (answer, syntax, &sink, &error);
  g_assert_no_error (error);
  return g_string_free (out, FALSE);
}

static char *
peek_of (const char *pattern, ProfReportSyntax syntax, GError **error)
{
  g_autoptr (ProfAnswer) answer = report_answer (test_profile (stacks), "");
  GString               *out = g_string_new (NULL);
  ProfSink               sink = prof_sink_to_string (out);

  prof_report_data_peek (answer, pattern, syntax, &sink, error);
  return g_string_free (out, FALSE);
}

#define COLUMNS                                                        \
  "kind,name,file,line,address,package,flat,flat_share,cum,cum_share," \
  "caller,callee,weight,inlined,residual\r\n"

static void
test_csv_has_functions_then_calls (void)
{
  g_autofree char *csv = tree_of (stacks, "", PROF_REPORT_CSV);

  g_assert_cmpstr (csv,
                   ==,
                   COLUMNS "node,inner,/src/file.go,,,,3,0.75,3,0.75,,,,,\r\n"
                           "node,mid,/src/file.go,,,,1,0.25,4,1,,,,,\r\n"
                           "node,main,/src/file.go,,,,0,0,4,1,,,,,\r\n"
                           "edge,,,,,,,,,,main,mid,4,false,false\r\n"
                           "edge,,,,,,,,,,mid,inner,3,true,false\r\n");
}

static void
test_json_has_calls_in_their_functions (void)
{
  g_autoptr (GError) error = NULL;
  g_autofree char   *json = peek_of ("mid", PROF_REPORT_JSON, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (json,
                   ==,
                   "{\n"
                   "  \"report\" : \"peek\",\n"
                   "  \"version\" : 1,\n"
                   "  \"sample_type\" : \"samples\",\n"
                   "  \"unit\" : \"count\",\n"
                   "  \"mean\" : false,\n"
                   "  \"total\" : 4,\n"
                   "  \"granularity\" : \"functions\",\n"
                   "  \"filters\" : [],\n"
                   "  \"pattern\" : \"mid\",\n"
                   "  \"rows_dropped\" : 0,\n"
                   "  \"rows_before_count\" : 3,\n"
                   "  \"rows\" : [\n"
                   "    {\n"
                   "      \"name\" : \"mid\",\n"
                   "      \"file\" : \"/src/file.go\",\n"
                   "      \"line\" : null,\n"
                   "      \"address\" : null,\n"
                   "      \"package\" : \"\",\n"
                   "      \"flat\" : 1,\n"
                   "      \"flat_share\" : 0.25,\n"
                   "      \"cum\" : 4,\n"
                   "      \"cum_share\" : 1.0,\n"
                   "      \"callers\" : [\n"
                   "        {\n"
                   "          \"name\" : \"main\",\n"
                   "          \"weight\" : 4,\n"
                   "          \"inlined\" : false,\n"
                   "          \"residual\" : false,\n"
                   "          \"share\" : 1.0\n"
                   "        }\n"
                   "      ],\n"
                   "      \"callees\" : [\n"
                   "        {\n"
                   "          \"name\" : \"inner\",\n"
                   "          \"weight\" : 3,\n"
                   "          \"inlined\" : true,\n"
                   "          \"residual\" : false,\n"
                   "          \"share\" : 0.75\n"
                   "        }\n"
                   "      ]\n"
                   "    }\n"
                   "  ]\n"
                   "}\n");
}

static void
test_calls_over_what_is_left_out_are_residual (void)
{
  g_autofree char *csv = tree_of ("main;a;small;b 1\n"
                                  "main;b 500\n"
                                  "main;a 500\n",
                                  "",
                                  PROF_REPORT_CSV);

  g_assert_null (strstr (csv, "small"));
  g_assert_nonnull (strstr (csv, ",main,b,500,false,false\r\n"));
  g_free (csv);
  csv = tree_of ("main;a;small;b 1\n"
                 "main;b 500\n"
                 "main;a 500\n",
                 "--edgefraction=0",
                 PROF_REPORT_CSV);
  g_assert_nonnull (strstr (csv, ",a,b,1,false,true\r\n"));
}

static void
test_peek_tells_calls_of_what_matches_only (void)
{
  g_autoptr (GError) error = NULL;
  g_autofree char   *csv = peek_of ("main", PROF_REPORT_CSV, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (csv,
                   ==,
                   COLUMNS "node,main,/src/file.go,,,,0,0,4,1,,,,,\r\n"
                           "edge,,,,,,,,,,main,mid,4,false,false\r\n");
}

static void
test_no_match_is_a_failure_with_nothing_written (void)
{
  g_autoptr (GError) error = NULL;
  g_autofree char   *json = peek_of ("nowhere", PROF_REPORT_JSON, &error);
  g_autofree char   *csv = NULL;

  g_assert_error (error, PROF_ERROR, PROF_ERROR_NO_MATCH);
  g_assert_cmpstr (json, ==, "");
  g_clear_error (&error);
  csv = peek_of ("(", PROF_REPORT_CSV, &error);
  g_assert_error (error, PROF_ERROR, PROF_ERROR_PATTERN);
  g_assert_cmpstr (csv, ==, "");
}

static void
test_a_profile_without_samples_has_no_rows (void)
{
  g_autofree char *json = tree_of ("", "", PROF_REPORT_JSON);
  g_autofree char *csv = tree_of ("", "", PROF_REPORT_CSV);

  g_assert_nonnull (strstr (json, "\"rows\" : []\n"));
  g_assert_cmpstr (csv, ==, COLUMNS);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(path, test) g_test_add_func ("/report-data-tree/" path, test)
  ADD ("csv-has-functions-then-calls", test_csv_has_functions_then_calls);
  ADD ("json-has-calls-in-their-functions",
       test_json_has_calls_in_their_functions);
  ADD ("calls-over-what-is-left-out-are-residual",
       test_calls_over_what_is_left_out_are_residual);
  ADD ("peek-tells-calls-of-what-matches-only",
       test_peek_tells_calls_of_what_matches_only);
  ADD ("no-match-is-a-failure-with-nothing-written",
       test_no_match_is_a_failure_with_nothing_written);
  ADD ("a-profile-without-samples-has-no-rows",
       test_a_profile_without_samples_has_no_rows);
#undef ADD
  return g_test_run ();
}
