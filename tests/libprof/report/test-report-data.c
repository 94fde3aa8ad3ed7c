/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "report-util.h"

#include <string.h>

static char *
data_of (ProfProfile *profile, const char *options, ProfReportSyntax syntax)
{
  g_autoptr (GError)     error = NULL;
  g_autoptr (ProfAnswer) answer = report_answer (prof_profile_ref (profile),
                                                 options);
  GString               *out = g_string_new (NULL);
  ProfSink               sink = prof_sink_to_string (out);

  prof_report_data_top (answer, syntax, &sink, &error);
  g_assert_no_error (error);
  return g_string_free (out, FALSE);
}

static char *
data_of_text (const char *text, const char *options, ProfReportSyntax syntax)
{
  g_autoptr (ProfProfile) profile = test_profile (text);

  return data_of (profile, options, syntax);
}

static void
assert_has (const char *text, const char *expected)
{
  if (strstr (text, expected) == NULL)
    g_error ("%s\nis not in\n%s", expected, text);
}

#define COLUMNS \
  "name,file,line,address,package,flat,flat_share,cum,cum_share,inlined"

static void
test_json_says_what_the_numbers_are (void)
{
  g_autofree char *json = data_of_text ("#types n/count,cpu/nanoseconds\n"
                                        "main.f;a/b.g 1,3\n"
                                        "main.f 1,1\n",
                                        "--cum --focus=main",
                                        PROF_REPORT_JSON);

  g_assert_cmpstr (json,
                   ==,
                   "{\n"
                   "  \"report\" : \"top\",\n"
                   "  \"version\" : 1,\n"
                   "  \"sample_type\" : \"cpu\",\n"
                   "  \"unit\" : \"nanoseconds\",\n"
                   "  \"mean\" : false,\n"
                   "  \"total\" : 4,\n"
                   "  \"granularity\" : \"functions\",\n"
                   "  \"filters\" : [\n"
                   "    \"focus=main\"\n"
                   "  ],\n"
                   "  \"comparison\" : false,\n"
                   "  \"rows_dropped\" : 0,\n"
                   "  \"rows_before_count\" : 2,\n"
                   "  \"rows\" : [\n"
                   "    {\n"
                   "      \"name\" : \"main.f\",\n"
                   "      \"file\" : \"/src/file.go\",\n"
                   "      \"line\" : null,\n"
                   "      \"address\" : null,\n"
                   "      \"package\" : \"main\",\n"
                   "      \"flat\" : 1,\n"
                   "      \"flat_share\" : 0.25,\n"
                   "      \"cum\" : 4,\n"
                   "      \"cum_share\" : 1.0,\n"
                   "      \"inlined\" : \"never\"\n"
                   "    },\n"
                   "    {\n"
                   "      \"name\" : \"a/b.g\",\n"
                   "      \"file\" : \"/src/file.go\",\n"
                   "      \"line\" : null,\n"
                   "      \"address\" : null,\n"
                   "      \"package\" : \"a/b\",\n"
                   "      \"flat\" : 3,\n"
                   "      \"flat_share\" : 0.75,\n"
                   "      \"cum\" : 3,\n"
                   "      \"cum_share\" : 0.75,\n"
                   "      \"inlined\" : \"never\"\n"
                   "    }\n"
                   "  ]\n"
                   "}\n");
}

static void
test_csv_has_the_same_columns (void)
{
  g_autofree char *csv = data_of_text ("outer;inner<mid 3\nmid 1\n",
                                       "",
                                       PROF_REPORT_CSV);

  g_assert_cmpstr (csv,
                   ==,
                   COLUMNS "\r\n"
                           "inner,/src/file.go,,,,3,0.75,3,0.75,always\r\n"
                           "mid,/src/file.go,,,,1,0.25,4,1,never\r\n"
                           "outer,/src/file.go,,,,0,0,3,0.75,never\r\n");
}

static void
test_commas_and_quotes_are_quoted_in_csv (void)
{
  g_autofree char *csv = data_of_text ("f(a,\"x\") 1\n", "", PROF_REPORT_CSV);

  assert_has (csv, "\r\n\"f(a,\"\"x\"\")\",/src/file.go,");
}

static void
test_formulas_are_texts_in_csv (void)
{
  static const char text[] = "=1+1 1\n+f 2\n-g 3\n@h 4\ni=1 5\nless -6\n";
  g_autofree char  *csv = data_of_text (text, "", PROF_REPORT_CSV);
  g_autofree char  *json = data_of_text (text, "", PROF_REPORT_JSON);

  assert_has (csv, "\r\n'=1+1,");
  assert_has (csv, "\r\n'+f,");
  assert_has (csv, "\r\n'-g,");
  assert_has (csv, "\r\n'@h,");
  assert_has (csv, "\r\ni=1,");
  assert_has (csv, ",-6,");
  assert_has (json, "\"=1+1\"");
}

static void
test_bytes_that_are_not_utf8_are_made_so (void)
{
  g_autofree char *json = data_of_text ("f\xff 1\n", "", PROF_REPORT_JSON);
  g_autofree char *csv = data_of_text ("f\xff 1\n", "", PROF_REPORT_CSV);

  assert_has (json, "\"f\xef\xbf\xbd\"");
  g_assert_true (g_utf8_validate (csv, -1, NULL));
}

static void
test_addresses_and_lines_are_told (void)
{
  g_autoptr (ProfProfile) profile = report_constructed_profile ("addresses");
  g_autofree char        *json = NULL;

  json = data_of (profile, "--granularity=addresses", PROF_REPORT_JSON);
  assert_has (json, "\"granularity\" : \"addresses\"");
  assert_has (json, "\"address\" : \"0x");
  assert_has (json, "\"line\" : 1");
}

/* "labels-of-base" is a comparison that pprof has saved. */
static void
test_a_comparison_says_what_was_before (void)
{
  g_autoptr (ProfProfile) profile = report_constructed_profile (
      "labels-of-base");
  g_autofree char *json = data_of (profile, "", PROF_REPORT_JSON);
  g_autofree char *csv = data_of (profile, "", PROF_REPORT_CSV);

  assert_has (json, "\"comparison\" : true");
  assert_has (csv,
              COLUMNS ",flat_before,flat_after,flat_delta,cum_before,"
                      "cum_after,cum_delta\r\n");
  assert_has (csv, "\r\na,/src/a.c,,,,40000000,");
  assert_has (csv,
              ",never,50000000,90000000,40000000,"
              "50000000,90000000,40000000\r\n");
  assert_has (csv, ",60000000,0,-60000000,60000000,0,-60000000\r\n");
  assert_has (csv, ",0,20000000,20000000,0,20000000,20000000\r\n");
}

static void
test_means_are_not_compared (void)
{
  g_autoptr (ProfProfile) profile = report_constructed_profile (
      "labels-of-base");
  g_autofree char *json = data_of (profile, "--mean", PROF_REPORT_JSON);

  assert_has (json, "\"mean\" : true");
  assert_has (json, "\"comparison\" : false");
}

static void
test_a_profile_without_samples_has_no_rows (void)
{
  g_autofree char *json = data_of_text ("", "", PROF_REPORT_JSON);
  g_autofree char *csv = data_of_text ("", "", PROF_REPORT_CSV);

  assert_has (json, "\"total\" : 0,");
  assert_has (json, "\"rows\" : []");
  g_assert_cmpstr (csv, ==, COLUMNS "\r\n");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(path, test) g_test_add_func ("/report-data/" path, test)
  ADD ("json-says-what-the-numbers-are", test_json_says_what_the_numbers_are);
  ADD ("csv-has-the-same-columns", test_csv_has_the_same_columns);
  ADD ("commas-and-quotes-are-quoted-in-csv",
       test_commas_and_quotes_are_quoted_in_csv);
  ADD ("formulas-are-texts-in-csv", test_formulas_are_texts_in_csv);
  ADD ("bytes-that-are-not-utf8-are-made-so",
       test_bytes_that_are_not_utf8_are_made_so);
  ADD ("addresses-and-lines-are-told", test_addresses_and_lines_are_told);
  ADD ("a-comparison-says-what-was-before",
       test_a_comparison_says_what_was_before);
  ADD ("means-are-not-compared", test_means_are_not_compared);
  ADD ("a-profile-without-samples-has-no-rows",
       test_a_profile_without_samples_has_no_rows);
#undef ADD
  return g_test_run ();
}
