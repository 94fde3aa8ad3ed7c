/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "report-util.h"

#include <string.h>

static char *
info_of (ProfProfile *profile, ProfReportSyntax syntax)
{
  g_autoptr (GError) error = NULL;
  GString           *out = g_string_new (NULL);
  ProfSink           sink = prof_sink_to_string (out);

  prof_report_data_info (profile, syntax, &sink, &error);
  g_assert_no_error (error);
  return g_string_free (out, FALSE);
}

static void
test_json_says_everything (void)
{
  g_autoptr (ProfProfile) profile = report_dated_profile ();
  g_autofree char        *json = info_of (profile, PROF_REPORT_JSON);

  g_assert_cmpstr (json,
                   ==,
                   "{\n"
                   "  \"report\" : \"info\",\n"
                   "  \"version\" : 1,\n"
                   "  \"kind\" : \"CPU\",\n"
                   "  \"format\" : null,\n"
                   "  \"types\" : [\n"
                   "    {\n"
                   "      \"name\" : \"cpu\",\n"
                   "      \"unit\" : \"nanoseconds\",\n"
                   "      \"total\" : 2500000000,\n"
                   "      \"saturated\" : false,\n"
                   "      \"default\" : true\n"
                   "    }\n"
                   "  ],\n"
                   "  \"time\" : \"2022-11-25T04:00:00Z\",\n"
                   "  \"time_ns\" : 1669348800000000000,\n"
                   "  \"duration_ns\" : 5000000000,\n"
                   "  \"period\" : 10000000,\n"
                   "  \"period_type\" : \"cpu\",\n"
                   "  \"period_unit\" : \"nanoseconds\",\n"
                   "  \"samples\" : 1,\n"
                   "  \"functions\" : 0,\n"
                   "  \"locations\" : 0,\n"
                   "  \"mappings\" : [\n"
                   "    {\n"
                   "      \"start\" : \"0x0\",\n"
                   "      \"limit\" : \"0x0\",\n"
                   "      \"offset\" : \"0x0\",\n"
                   "      \"file\" : \"/usr/bin/server\",\n"
                   "      \"build_id\" : \"abc123\",\n"
                   "      \"has_functions\" : false,\n"
                   "      \"has_filenames\" : false,\n"
                   "      \"has_line_numbers\" : false,\n"
                   "      \"has_inline_frames\" : false\n"
                   "    }\n"
                   "  ],\n"
                   "  \"labels\" : [\n"
                   "    {\n"
                   "      \"key\" : \"handler\",\n"
                   "      \"samples\" : 1,\n"
                   "      \"values\" : 1\n"
                   "    }\n"
                   "  ],\n"
                   "  \"comments\" : [\n"
                   "    \"first run\",\n"
                   "    \"#for machines\",\n"
                   "    \"first run\"\n"
                   "  ],\n"
                   "  \"documentation\" : \"\",\n"
                   "  \"drop_frames\" : \"\",\n"
                   "  \"keep_frames\" : \"\",\n"
                   "  \"oddities\" : {\n"
                   "    \"unknown_mappings\" : 0,\n"
                   "    \"dropped_labels\" : 0,\n"
                   "    \"unknown_fields\" : 0\n"
                   "  }\n"
                   "}\n");
}

static void
test_csv_has_a_fact_a_line (void)
{
  g_autoptr (ProfProfile) profile = report_dated_profile ();
  g_autofree char        *csv = info_of (profile, PROF_REPORT_CSV);

  g_assert_cmpstr (csv,
                   ==,
                   "fact,value\r\n"
                   "kind,CPU\r\n"
                   "format,\r\n"
                   "types.0.name,cpu\r\n"
                   "types.0.unit,nanoseconds\r\n"
                   "types.0.total,2500000000\r\n"
                   "types.0.saturated,false\r\n"
                   "types.0.default,true\r\n"
                   "time,2022-11-25T04:00:00Z\r\n"
                   "time_ns,1669348800000000000\r\n"
                   "duration_ns,5000000000\r\n"
                   "period,10000000\r\n"
                   "period_type,cpu\r\n"
                   "period_unit,nanoseconds\r\n"
                   "samples,1\r\n"
                   "functions,0\r\n"
                   "locations,0\r\n"
                   "mappings.0.start,0x0\r\n"
                   "mappings.0.limit,0x0\r\n"
                   "mappings.0.offset,0x0\r\n"
                   "mappings.0.file,/usr/bin/server\r\n"
                   "mappings.0.build_id,abc123\r\n"
                   "mappings.0.has_functions,false\r\n"
                   "mappings.0.has_filenames,false\r\n"
                   "mappings.0.has_line_numbers,false\r\n"
                   "mappings.0.has_inline_frames,false\r\n"
                   "labels.0.key,handler\r\n"
                   "labels.0.samples,1\r\n"
                   "labels.0.values,1\r\n"
                   "comments.0,first run\r\n"
                   "comments.1,#for machines\r\n"
                   "comments.2,first run\r\n"
                   "documentation,\r\n"
                   "drop_frames,\r\n"
                   "keep_frames,\r\n"
                   "oddities.unknown_mappings,0\r\n"
                   "oddities.dropped_labels,0\r\n"
                   "oddities.unknown_fields,0\r\n");
}

static void
test_what_nobody_knows_is_nothing (void)
{
  g_autoptr (ProfProfile) profile = test_profile ("");
  g_autofree char        *json = info_of (profile, PROF_REPORT_JSON);
  g_autofree char        *csv = info_of (profile, PROF_REPORT_CSV);

  g_assert_nonnull (strstr (json, "\"time\" : null,"));
  g_assert_nonnull (strstr (json, "\"time_ns\" : null,"));
  g_assert_nonnull (strstr (json, "\"duration_ns\" : null,"));
  g_assert_nonnull (strstr (json, "\"period\" : null,"));
  g_assert_nonnull (strstr (json, "\"comments\" : [],"));
  g_assert_nonnull (strstr (csv, "\r\ntime,\r\n"));
}

/* The second type's sums stop at the end of 64 bits, and it alone says so. */
static void
test_sums_that_stop_are_told (void)
{
  g_autoptr (ProfProfile) profile = test_profile (
      "#types a/count,b/count\n"
      "f 9223372036854775806,9223372036854775806\n"
      "g 0,5\n");
  g_autofree char *json = info_of (profile, PROF_REPORT_JSON);
  g_autofree char *csv = info_of (profile, PROF_REPORT_CSV);

  g_assert_nonnull (strstr (json,
                            "      \"total\" : 9223372036854775806,\n"
                            "      \"saturated\" : false,\n"));
  g_assert_nonnull (strstr (json,
                            "      \"total\" : 9223372036854775807,\n"
                            "      \"saturated\" : true,\n"));
  g_assert_nonnull (strstr (csv, "\r\ntypes.0.saturated,false\r\n"));
  g_assert_nonnull (strstr (csv, "\r\ntypes.1.saturated,true\r\n"));
}

static void
test_a_failing_sink_ends_the_report (void)
{
  g_autoptr (GError)      error = NULL;
  g_autoptr (ProfProfile) profile = report_dated_profile ();
  ProfSink                sink = report_failing_sink ();

  g_assert_false (
      prof_report_data_info (profile, PROF_REPORT_JSON, &sink, &error));
  g_assert_error (error, PROF_ERROR, PROF_ERROR_UNSUPPORTED);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(path, test) g_test_add_func ("/report-data-info/" path, test)
  ADD ("json-says-everything", test_json_says_everything);
  ADD ("csv-has-a-fact-a-line", test_csv_has_a_fact_a_line);
  ADD ("what-nobody-knows-is-nothing", test_what_nobody_knows_is_nothing);
  ADD ("sums-that-stop-are-told", test_sums_that_stop_are_told);
  ADD ("a-failing-sink-ends-the-report", test_a_failing_sink_ends_the_report);
#undef ADD
  return g_test_run ();
}
