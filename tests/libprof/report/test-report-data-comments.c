/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "report-util.h"

#include "model/prof-builder.h"
#include <string.h>

static char *
comments_of (const ProfProfile *profile, ProfReportSyntax syntax)
{
  g_autoptr (GError) error = NULL;
  GString           *out = g_string_new (NULL);
  ProfSink           sink = prof_sink_to_string (out);

  prof_report_data_comments (profile, syntax, &sink, &error);
  g_assert_no_error (error);
  return g_string_free (out, FALSE);
}

/* One that is a formula, one that is empty, one of two lines with a quote. */
static ProfProfile *
odd_profile (void)
{
  static const char *const  texts[] = { "", "=1+1", "a\n\"b\"\xff" };
  static const ProfStringId ids[] = { 1, 0, 2 };
  g_autoptr (GError)        error = NULL;
  g_autoptr (ProfBuilder)   builder = prof_builder_new (NULL);
  ProfProfile              *profile;

  for (size_t t = 0; t < G_N_ELEMENTS (texts); t++)
    prof_builder_add_string (builder, texts[t], strlen (texts[t]), &error);
  for (size_t c = 0; c < G_N_ELEMENTS (ids); c++)
    prof_builder_add_comment (builder, ids[c], &error);
  profile = prof_builder_finish (builder, &error);
  g_assert_no_error (error);
  return profile;
}

static void
test_json_has_a_list (void)
{
  g_autoptr (ProfProfile) profile = report_dated_profile ();
  g_autofree char        *json = comments_of (profile, PROF_REPORT_JSON);

  g_assert_cmpstr (json,
                   ==,
                   "{\n"
                   "  \"report\" : \"comments\",\n"
                   "  \"version\" : 1,\n"
                   "  \"comments\" : [\n"
                   "    \"first run\",\n"
                   "    \"#for machines\",\n"
                   "    \"first run\"\n"
                   "  ]\n"
                   "}\n");
}

static void
test_csv_has_a_comment_a_line (void)
{
  g_autoptr (ProfProfile) profile = report_dated_profile ();
  g_autofree char        *csv = comments_of (profile, PROF_REPORT_CSV);

  g_assert_cmpstr (csv,
                   ==,
                   "comment\r\nfirst run\r\n#for machines\r\nfirst run\r\n");
}

static void
test_odd_comments_stay_rows (void)
{
  g_autoptr (ProfProfile) profile = odd_profile ();
  g_autofree char        *csv = comments_of (profile, PROF_REPORT_CSV);
  g_autofree char        *json = comments_of (profile, PROF_REPORT_JSON);

  g_assert_cmpstr (csv,
                   ==,
                   "comment\r\n'=1+1\r\n\"\"\r\n"
                   "\"a\n\"\"b\"\"\xef\xbf\xbd\"\r\n");
  g_assert_nonnull (strstr (json, "\"a\\n\\\"b\\\"\xef\xbf\xbd\"\n"));
}

static void
test_none_are_an_empty_list (void)
{
  g_autoptr (ProfProfile) profile = test_profile ("f 1\n");
  g_autofree char        *json = comments_of (profile, PROF_REPORT_JSON);
  g_autofree char        *csv = comments_of (profile, PROF_REPORT_CSV);

  g_assert_nonnull (strstr (json, "\"comments\" : []\n}\n"));
  g_assert_cmpstr (csv, ==, "comment\r\n");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(path, test) g_test_add_func ("/report-data-comments/" path, test)
  ADD ("json-has-a-list", test_json_has_a_list);
  ADD ("csv-has-a-comment-a-line", test_csv_has_a_comment_a_line);
  ADD ("odd-comments-stay-rows", test_odd_comments_stay_rows);
  ADD ("none-are-an-empty-list", test_none_are_an_empty_list);
#undef ADD
  return g_test_run ();
}
