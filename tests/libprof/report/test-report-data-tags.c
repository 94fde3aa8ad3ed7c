/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "report-util.h"

#include <string.h>

static char *
tags_of (const char *text, ProfReportSyntax syntax)
{
  g_autoptr (GError)     error = NULL;
  g_autoptr (ProfAnswer) answer = report_answer (test_profile (text), "");
  GString               *out = g_string_new (NULL);
  ProfSink               sink = prof_sink_to_string (out);

  prof_report_data_tags (answer, syntax, &sink, &error);
  g_assert_no_error (error);
  return g_string_free (out, FALSE);
}

#define COLUMNS \
  "key,text,number,number_unit,value,value_share,key_total,key_share\r\n"

static void
test_keys_by_name_values_by_size (void)
{
  g_autofree char *csv = tags_of ("f 1\ts:user=ann\ts:job=x\n"
                                  "f 3\ts:user=bob\n"
                                  "g 4\ts:user=ann\n"
                                  "g 8\n",
                                  PROF_REPORT_CSV);

  g_assert_cmpstr (csv,
                   ==,
                   COLUMNS "job,x,,,1,0.0625,1,1\r\n"
                           "user,ann,,,5,0.3125,8,0.625\r\n"
                           "user,bob,,,3,0.1875,8,0.375\r\n");
}

static void
test_numbers_are_neither_rounded_nor_joined (void)
{
  g_autofree char *csv = tags_of ("f 1\tn:size=2048/bytes\n"
                                  "f 1\tn:size=2049/bytes\n"
                                  "f 2\ts:size=big\n",
                                  PROF_REPORT_CSV);

  g_assert_cmpstr (csv,
                   ==,
                   COLUMNS "size,big,,,2,0.5,4,0.5\r\n"
                           "size,,2048,bytes,1,0.25,4,0.25\r\n"
                           "size,,2049,bytes,1,0.25,4,0.25\r\n");
}

static void
test_json_has_the_same_columns (void)
{
  g_autofree char *json = tags_of ("f 1\tn:size=2048/bytes\n"
                                   "f 3\n",
                                   PROF_REPORT_JSON);

  g_assert_nonnull (strstr (json, "\"report\" : \"tags\",\n"));
  g_assert_nonnull (strstr (json, "\"total\" : 4,\n"));
  g_assert_nonnull (strstr (json,
                            "\"rows\" : [\n"
                            "    {\n"
                            "      \"key\" : \"size\",\n"
                            "      \"text\" : null,\n"
                            "      \"number\" : 2048,\n"
                            "      \"number_unit\" : \"bytes\",\n"
                            "      \"value\" : 1,\n"
                            "      \"value_share\" : 0.25,\n"
                            "      \"key_total\" : 1,\n"
                            "      \"key_share\" : 1.0\n"
                            "    }\n"
                            "  ]\n"
                            "}\n"));
}

static void
test_labels_that_are_formulas_are_texts_in_csv (void)
{
  g_autofree char *csv = tags_of ("f 1\ts:@k==v\n", PROF_REPORT_CSV);

  g_assert_cmpstr (csv, ==, COLUMNS "'@k,'=v,,,1,1,1,1\r\n");
}

static void
test_bytes_that_are_not_utf8_are_made_so (void)
{
  g_autofree char *csv = tags_of ("f 1\ts:k\xfe=v\xff\n", PROF_REPORT_CSV);
  g_autofree char *json = tags_of ("f 1\ts:k\xfe=v\xff\n", PROF_REPORT_JSON);

  g_assert_nonnull (strstr (csv, "\r\nk\xef\xbf\xbd,v\xef\xbf\xbd,"));
  g_assert_nonnull (strstr (json, "\"v\xef\xbf\xbd\""));
}

static void
test_a_profile_without_labels_has_no_rows (void)
{
  g_autofree char *csv = tags_of ("f 1\n", PROF_REPORT_CSV);
  g_autofree char *json = tags_of ("", PROF_REPORT_JSON);

  g_assert_cmpstr (csv, ==, COLUMNS);
  g_assert_nonnull (strstr (json, "\"rows\" : []\n"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(path, test) g_test_add_func ("/report-data-tags/" path, test)
  ADD ("keys-by-name-values-by-size", test_keys_by_name_values_by_size);
  ADD ("numbers-are-neither-rounded-nor-joined",
       test_numbers_are_neither_rounded_nor_joined);
  ADD ("json-has-the-same-columns", test_json_has_the_same_columns);
  ADD ("labels-that-are-formulas-are-texts-in-csv",
       test_labels_that_are_formulas_are_texts_in_csv);
  ADD ("bytes-that-are-not-utf8-are-made-so",
       test_bytes_that_are_not_utf8_are_made_so);
  ADD ("a-profile-without-labels-has-no-rows",
       test_a_profile_without_labels_has_no_rows);
#undef ADD
  return g_test_run ();
}
