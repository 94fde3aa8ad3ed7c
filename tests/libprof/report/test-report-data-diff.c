/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "report-util.h"

#include <string.h>

typedef struct
{
  ProfDiff  *diff;
  ProfQuery *query;
} Comparison;

static void
comparison_init (Comparison *self,
                 const char *before,
                 const char *after,
                 const char *options)
{
  g_autoptr (GError)     error = NULL;
  g_autoptr (ProfAnswer) old_answer = report_answer (test_profile (before),
                                                     options);
  g_autoptr (ProfAnswer) new_answer = report_answer (test_profile (after),
                                                     options);

  self->diff = prof_diff_new (old_answer, new_answer, NULL, &error);
  g_assert_no_error (error);
  self->query = prof_query_from_text (options, &error);
  g_assert_no_error (error);
}

static void
comparison_clear (Comparison *self)
{
  prof_diff_unref (self->diff);
  prof_query_unref (self->query);
}

static char *
changes (const char      *before,
         const char      *after,
         const char      *options,
         ProfReportSyntax syntax)
{
  g_autoptr (GError) error = NULL;
  GString           *out = g_string_new (NULL);
  ProfSink           sink = prof_sink_to_string (out);
  Comparison         both;

  comparison_init (&both, before, after, options);
  prof_report_data_diff (both.diff, both.query, syntax, &sink, &error);
  g_assert_no_error (error);
  comparison_clear (&both);
  return g_string_free (out, FALSE);
}

#define COLUMNS                                                       \
  "name,file,line,address,package,flat_before,flat_after,flat_delta," \
  "cum_before,cum_after,cum_delta,cum_share_before,cum_share_after\r\n"

/* What stays, and what only comes or goes. */
#define BEFORE "main.f 6\nmain.f;a/b.gone 2\nsame 8\n"
#define AFTER  "main.f 2\nmain.f;a/b.here 6\nsame 8\n"

static void
test_json_says_what_the_numbers_are (void)
{
  g_autofree char *json = changes ("#types n/count,cpu/nanoseconds\n"
                                   "main.f 1,8\n",
                                   "#types n/count,cpu/nanoseconds\n"
                                   "main.f;a/b.g 1,4\n",
                                   "--focus=main --nodefraction=0.9",
                                   PROF_REPORT_JSON);

  g_assert_cmpstr (json,
                   ==,
                   "{\n"
                   "  \"report\" : \"diff\",\n"
                   "  \"version\" : 1,\n"
                   "  \"sample_type\" : \"cpu\",\n"
                   "  \"unit\" : \"nanoseconds\",\n"
                   "  \"mean\" : false,\n"
                   "  \"total_before\" : 8,\n"
                   "  \"total_after\" : 4,\n"
                   "  \"granularity\" : \"functions\",\n"
                   "  \"filters\" : [\n"
                   "    \"focus=main\"\n"
                   "  ],\n"
                   "  \"rows_dropped\" : 2,\n"
                   "  \"rows_before_count\" : 0,\n"
                   "  \"rows\" : []\n"
                   "}\n");
  g_free (json);
  json = changes ("f 8\n", "f 2\ng 2\n", "--nodecount=1", PROF_REPORT_JSON);
  g_assert_nonnull (strstr (json,
                            "  \"rows_dropped\" : 0,\n"
                            "  \"rows_before_count\" : 2,\n"
                            "  \"rows\" : [\n"
                            "    {\n"
                            "      \"name\" : \"f\",\n"
                            "      \"file\" : \"/src/file.go\",\n"
                            "      \"line\" : null,\n"
                            "      \"address\" : null,\n"
                            "      \"package\" : \"\",\n"
                            "      \"flat_before\" : 8,\n"
                            "      \"flat_after\" : 2,\n"
                            "      \"flat_delta\" : -6,\n"
                            "      \"cum_before\" : 8,\n"
                            "      \"cum_after\" : 2,\n"
                            "      \"cum_delta\" : -6,\n"
                            "      \"cum_share_before\" : 1.0,\n"
                            "      \"cum_share_after\" : 0.5\n"
                            "    }\n"
                            "  ]\n"
                            "}\n"));
}

static void
test_what_comes_and_goes_has_a_side_of_zeros (void)
{
  g_autofree char *csv = changes (BEFORE, AFTER, "--no-trim", PROF_REPORT_CSV);

  g_assert_cmpstr (csv,
                   ==,
                   COLUMNS
                   "a/b.here,/src/file.go,,,a/b,0,6,6,0,6,6,0,0.375\r\n"
                   "a/b.gone,/src/file.go,,,a/b,2,0,-2,2,0,-2,0.125,0\r\n"
                   "main.f,/src/file.go,,,main,6,2,-4,8,8,0,0.5,0.5\r\n");
}

static void
test_rows_are_cut_as_in_the_text (void)
{
  g_autofree char *large = changes (BEFORE,
                                    AFTER,
                                    "--nodefraction=0.3",
                                    PROF_REPORT_CSV);
  g_autofree char *first = changes (BEFORE,
                                    AFTER,
                                    "--nodecount=1",
                                    PROF_REPORT_CSV);
  g_autofree char *all = changes (BEFORE,
                                  AFTER,
                                  "--no-trim --nodecount=1",
                                  PROF_REPORT_CSV);

  g_assert_null (strstr (large, "a/b.gone"));
  g_assert_nonnull (strstr (large, "a/b.here"));
  g_assert_null (strstr (first, "a/b.gone"));
  g_assert_nonnull (strstr (first, "a/b.here"));
  g_assert_nonnull (strstr (all, "main.f"));
}

static void
test_lines_and_addresses_are_told_where_they_count (void)
{
  g_autoptr (GError)      error = NULL;
  g_autoptr (GString)     out = g_string_new (NULL);
  g_autoptr (ProfQuery)   query = NULL;
  g_autoptr (ProfProfile) profile = report_constructed_profile ("addresses");
  g_autoptr (ProfAnswer)  before = NULL;
  g_autoptr (ProfAnswer)  after = NULL;
  g_autoptr (ProfDiff)    diff = NULL;
  ProfSink                sink = prof_sink_to_string (out);

  query = prof_query_from_text ("--granularity=addresses", &error);
  g_assert_no_error (error);
  before = report_answer (test_profile ("#types cpu/nanoseconds\nf 1\n"),
                          "--granularity=addresses");
  after = report_answer (g_steal_pointer (&profile),
                         "--granularity=addresses --sample-index=cpu");
  diff = prof_diff_new (before, after, NULL, &error);
  g_assert_no_error (error);
  prof_report_data_diff (diff, query, PROF_REPORT_JSON, &sink, &error);
  g_assert_no_error (error);
  g_assert_nonnull (strstr (out->str, "\"granularity\" : \"addresses\""));
  g_assert_nonnull (strstr (out->str, "\"address\" : \"0x"));
  g_assert_nonnull (strstr (out->str, "\"line\" : 1"));
}

static void
test_nothing_is_no_rows (void)
{
  g_autofree char *csv = changes ("", "", "", PROF_REPORT_CSV);
  g_autofree char *json = changes ("f 1\n", "f 1\n", "", PROF_REPORT_JSON);

  g_assert_cmpstr (csv, ==, COLUMNS);
  g_assert_nonnull (strstr (json, "\"rows\" : []\n"));
}

static void
test_a_failing_sink_ends_the_report (void)
{
  g_autoptr (GError) error = NULL;
  ProfSink           sink = report_failing_sink ();
  Comparison         both;

  comparison_init (&both, BEFORE, AFTER, "");
  g_assert_false (prof_report_data_diff (both.diff,
                                         both.query,
                                         PROF_REPORT_JSON,
                                         &sink,
                                         &error));
  g_assert_error (error, PROF_ERROR, PROF_ERROR_UNSUPPORTED);
  comparison_clear (&both);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(path, test) g_test_add_func ("/report-data-diff/" path, test)
  ADD ("json-says-what-the-numbers-are", test_json_says_what_the_numbers_are);
  ADD ("what-comes-and-goes-has-a-side-of-zeros",
       test_what_comes_and_goes_has_a_side_of_zeros);
  ADD ("rows-are-cut-as-in-the-text", test_rows_are_cut_as_in_the_text);
  ADD ("lines-and-addresses-are-told-where-they-count",
       test_lines_and_addresses_are_told_where_they_count);
  ADD ("nothing-is-no-rows", test_nothing_is_no_rows);
  ADD ("a-failing-sink-ends-the-report", test_a_failing_sink_ends_the_report);
#undef ADD
  return g_test_run ();
}
