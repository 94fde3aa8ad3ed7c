/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "report-util.h"

#include "model/prof-builder.h"
#include <string.h>

/* main at lines 10 and 12 of a file, which calls g at line 2 of another. */
static ProfProfile *
lines_profile (void)
{
  static const char *const texts[] = {
    "", "cpu", "nanoseconds", "main", "a.c", "g", "/src/b.c", "nowhere",
  };
  static const ProfRawFunction functions[] = {
    { .id = 1, .name = 3, .filename = 4 },
    { .id = 2, .name = 5, .filename = 6, .start_line = 2 },
    { .id = 3, .name = 7 },
  };
  static const ProfRawLine lines[] = {
    { .function = 1, .line = 10 },
    { .function = 1, .line = 12 },
    { .function = 2, .line = 3 },
    { .function = 3, .line = 7 },
  };
  static const uint64_t   stacks[][2] = { { 1 }, { 3, 2 }, { 4, 2 } };
  static const int64_t    values[] = { 10000000, 2000000, -1000000 };
  g_autoptr (GError)      error = NULL;
  g_autoptr (ProfBuilder) builder = prof_builder_new (NULL);
  const ProfRawValueType  type = { 1, 2 };
  ProfProfile            *profile;

  for (size_t t = 0; t < G_N_ELEMENTS (texts); t++)
    prof_builder_add_string (builder, texts[t], strlen (texts[t]), &error);
  prof_builder_add_type (builder, &type, &error);
  for (size_t f = 0; f < G_N_ELEMENTS (functions); f++)
    prof_builder_add_function (builder, &functions[f], &error);
  for (size_t l = 0; l < G_N_ELEMENTS (lines); l++)
    {
      const ProfRawLocation location = { .id = l + 1, .address = 16 * (l + 1) };

      prof_builder_add_location (builder, &location, &lines[l], 1, &error);
    }
  for (size_t s = 0; s < G_N_ELEMENTS (values); s++)
    prof_builder_add_sample (builder,
                             stacks[s],
                             stacks[s][1] != 0 ? 2 : 1,
                             &values[s],
                             1,
                             NULL,
                             0,
                             &error);
  profile = prof_builder_finish (builder, &error);
  g_assert_no_error (error);
  return profile;
}

static GBytes *
read_text (const char *file, void *data, GError **error)
{
  const char *text = data;

  if (strcmp (file, "a.c") != 0)
    return prof_fail_null (error, PROF_ERROR_EMPTY, "no %s here", file);
  return g_bytes_new_static (text, strlen (text));
}

static char *
list_of (const char *options, const char *pattern, const char *text)
{
  g_autoptr (GError)     error = NULL;
  g_autoptr (ProfAnswer) answer = report_answer (lines_profile (), options);
  GString               *out = g_string_new (NULL);
  ProfSink               sink = prof_sink_to_string (out);

  prof_report_list (answer, pattern, read_text, (void *)text, &sink, &error);
  g_assert_no_error (error);
  return g_string_free (out, FALSE);
}

static void
test_lines_around_those_that_cost_are_listed (void)
{
  g_autofree char *report = list_of (
      "",
      "^main$",
      "1\n2\n3\n4\n5\n6\n7\n8\n9\n\tten\n11\r\n12\n13\n14\n15\n16\n17\n18\n");

  g_assert_cmpstr (report,
                   ==,
                   "Total: 13ms\n"
                   "ROUTINE ======================== main in a.c\n"
                   "      10ms       11ms (flat, cum) 84.62% of Total\n"
                   "         .          .      5:5\n"
                   "         .          .      6:6\n"
                   "         .          .      7:7\n"
                   "         .          .      8:8\n"
                   "         .          .      9:9\n"
                   "      10ms       10ms     10:\tten\n"
                   "         .          .     11:11\n"
                   "         .        1ms     12:12\n"
                   "         .          .     13:13\n"
                   "         .          .     14:14\n"
                   "         .          .     15:15\n"
                   "         .          .     16:16\n"
                   "         .          .     17:17\n");
}

static void
test_a_text_that_ends_early_ends_the_list (void)
{
  g_autofree char *report = list_of ("--unit=us", "main", "1\n2\n3\n4\n5\n6");

  g_assert_cmpstr (report,
                   ==,
                   "Total: 13000us\n"
                   "ROUTINE ======================== main in a.c\n"
                   "   10000us    11000us (flat, cum) 84.62% of Total\n"
                   "         .          .      5:5\n"
                   "         .          .      6:6\n");
}

static void
test_a_line_that_is_too_long_ends_the_list (void)
{
  g_autoptr (GString) text = g_string_new ("1\n2\n3\n4\n5\n");
  g_autofree char    *report = NULL;
  g_autofree char    *longer = NULL;

  for (int i = 0; i < 65535; i++)
    g_string_append_c (text, 'x');
  report = list_of ("", "main", text->str);
  g_assert_true (g_str_has_suffix (report, "xxx\n"));
  g_string_append (text, "x\n7\n");
  longer = list_of ("", "main", text->str);
  g_assert_true (g_str_has_suffix (longer, "     5:5\n"));
}

static void
test_what_cannot_be_read_is_said (void)
{
  g_autofree char *report = list_of ("", "^g$", "");

  g_assert_cmpstr (report,
                   ==,
                   "Total: 13ms\n"
                   "ROUTINE ======================== g in /src/b.c\n"
                   "       2ms        2ms (flat, cum) 15.38% of Total\n"
                   " Error: no /src/b.c here\n");
}

static void
test_functions_without_a_file_are_named (void)
{
  g_autofree char *report = list_of ("", "nowhere", "");

  g_assert_cmpstr (report,
                   ==,
                   "Total: 13ms\n"
                   "No source information for nowhere\n");
}

static void
test_functions_are_sorted_by_name (void)
{
  g_autofree char *report = list_of ("--trim-path=/src", ".", "");
  const char      *g = strstr (report, "= g in b.c\n");
  const char      *main = strstr (report, "= main in a.c\n");

  g_assert_nonnull (g);
  g_assert_nonnull (main);
  g_assert_true (g < main);
}

/* --- for programs --- */

static char *
data_of (const char *pattern, const char *text, ProfReportSyntax syntax)
{
  g_autoptr (GError)     error = NULL;
  g_autoptr (ProfAnswer) answer = report_answer (lines_profile (), "");
  GString               *out = g_string_new (NULL);
  ProfSink               sink = prof_sink_to_string (out);

  prof_report_data_list (answer,
                         pattern,
                         read_text,
                         (void *)text,
                         syntax,
                         &sink,
                         &error);
  g_assert_no_error (error);
  return g_string_free (out, FALSE);
}

#define COLUMNS "function,file,line,flat,cum,text\r\n"

static void
test_csv_has_a_line_a_row (void)
{
  g_autofree char *csv = data_of ("^main$",
                                  "1\n2\n3\n4\n5\n6\n7\n8\n9\n\tten, \"x\"\n"
                                  "=11\r\n\xff\n",
                                  PROF_REPORT_CSV);

  g_assert_cmpstr (csv,
                   ==,
                   COLUMNS "main,a.c,5,0,0,5\r\n"
                           "main,a.c,6,0,0,6\r\n"
                           "main,a.c,7,0,0,7\r\n"
                           "main,a.c,8,0,0,8\r\n"
                           "main,a.c,9,0,0,9\r\n"
                           "main,a.c,10,10000000,10000000,"
                           "\"'\tten, \"\"x\"\"\"\r\n"
                           "main,a.c,11,0,0,'=11\r\n"
                           "main,a.c,12,0,1000000,\xef\xbf\xbd\r\n");
}

static void
test_json_has_lines_in_their_function (void)
{
  g_autofree char *json = data_of ("^main$",
                                   "1\n2\n3\n4\n5\n",
                                   PROF_REPORT_JSON);

  g_assert_nonnull (strstr (json, "\"pattern\" : \"^main$\",\n"));
  g_assert_nonnull (strstr (json, "\"granularity\" : \"lines\",\n"));
  g_assert_nonnull (strstr (json,
                            "  \"rows\" : [\n"
                            "    {\n"
                            "      \"function\" : \"main\",\n"
                            "      \"file\" : \"a.c\",\n"
                            "      \"flat\" : 10000000,\n"
                            "      \"cum\" : 11000000,\n"
                            "      \"cum_share\" : 0.84615384615384615,\n"
                            "      \"error\" : null,\n"
                            "      \"lines\" : [\n"
                            "        {\n"
                            "          \"line\" : 5,\n"
                            "          \"flat\" : 0,\n"
                            "          \"cum\" : 0,\n"
                            "          \"text\" : \"5\"\n"
                            "        }\n"
                            "      ]\n"
                            "    }\n"
                            "  ]\n"
                            "}\n"));
}

static void
test_costs_are_told_where_no_file_can_be_read (void)
{
  g_autofree char *csv = data_of ("^g$|nowhere", "", PROF_REPORT_CSV);
  g_autofree char *json = data_of ("^g$|nowhere", "", PROF_REPORT_JSON);

  g_assert_cmpstr (csv,
                   ==,
                   COLUMNS "g,/src/b.c,3,2000000,2000000,\r\n"
                           "nowhere,,7,-1000000,-1000000,\r\n");
  g_assert_nonnull (strstr (json, "\"error\" : \"no /src/b.c here\",\n"));
  g_assert_nonnull (strstr (json, "\"error\" : \"no source information\",\n"));
  g_assert_nonnull (strstr (json, "\"text\" : null\n"));
}

static void
assert_no_data (const char *pattern, int code)
{
  g_autoptr (GError)     error = NULL;
  g_autoptr (ProfAnswer) answer = report_answer (lines_profile (), "");
  g_autoptr (GString)    out = g_string_new (NULL);
  ProfSink               sink = prof_sink_to_string (out);

  g_assert_false (prof_report_data_list (answer,
                                         pattern,
                                         read_text,
                                         NULL,
                                         PROF_REPORT_JSON,
                                         &sink,
                                         &error));
  g_assert_error (error, PROF_ERROR, code);
  g_assert_cmpstr (out->str, ==, "");
}

static void
test_without_a_match_there_is_no_data (void)
{
  assert_no_data ("no such name", PROF_ERROR_NO_MATCH);
  assert_no_data ("(", PROF_ERROR_PATTERN);
}

/* --- without a match --- */

static void
assert_no_list (const char *pattern, int code)
{
  g_autoptr (GError)     error = NULL;
  g_autoptr (ProfAnswer) answer = report_answer (lines_profile (), "");
  g_autoptr (GString)    out = g_string_new (NULL);
  ProfSink               sink = prof_sink_to_string (out);

  g_assert_false (
      prof_report_list (answer, pattern, read_text, NULL, &sink, &error));
  g_assert_error (error, PROF_ERROR, code);
  g_assert_cmpstr (out->str, ==, "");
}

static void
test_without_a_match_nothing_is_printed (void)
{
  assert_no_list ("no such name", PROF_ERROR_NO_MATCH);
  assert_no_list ("(", PROF_ERROR_PATTERN);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(path, test) g_test_add_func ("/report-list/" path, test)
  ADD ("lines-around-those-that-cost-are-listed",
       test_lines_around_those_that_cost_are_listed);
  ADD ("a-text-that-ends-early-ends-the-list",
       test_a_text_that_ends_early_ends_the_list);
  ADD ("a-line-that-is-too-long-ends-the-list",
       test_a_line_that_is_too_long_ends_the_list);
  ADD ("what-cannot-be-read-is-said", test_what_cannot_be_read_is_said);
  ADD ("functions-without-a-file-are-named",
       test_functions_without_a_file_are_named);
  ADD ("functions-are-sorted-by-name", test_functions_are_sorted_by_name);
  ADD ("without-a-match-nothing-is-printed",
       test_without_a_match_nothing_is_printed);
  ADD ("csv-has-a-line-a-row", test_csv_has_a_line_a_row);
  ADD ("json-has-lines-in-their-function",
       test_json_has_lines_in_their_function);
  ADD ("costs-are-told-where-no-file-can-be-read",
       test_costs_are_told_where_no_file_can_be_read);
  ADD ("without-a-match-there-is-no-data",
       test_without_a_match_there_is_no_data);
#undef ADD
  return g_test_run ();
}
