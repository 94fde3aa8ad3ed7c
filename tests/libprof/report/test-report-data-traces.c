/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "report-util.h"

#include <string.h>

static char *
traces_of (const char *text, const char *options, ProfReportSyntax syntax)
{
  g_autoptr (GError)     error = NULL;
  g_autoptr (ProfAnswer) answer = report_answer (test_profile (text), options);
  GString               *out = g_string_new (NULL);
  ProfSink               sink = prof_sink_to_string (out);

  prof_report_data_traces (answer, syntax, &sink, &error);
  g_assert_no_error (error);
  return g_string_free (out, FALSE);
}

#define COLUMNS "value,labels,stack\r\n"

static void
test_frames_are_leaf_first_in_json (void)
{
  g_autofree char *json = traces_of ("main;inner<mid 3\n",
                                     "",
                                     PROF_REPORT_JSON);

  g_assert_nonnull (strstr (json,
                            "  \"rows\" : [\n"
                            "    {\n"
                            "      \"value\" : 3,\n"
                            "      \"labels\" : {},\n"
                            "      \"frames\" : [\n"
                            "        {\n"
                            "          \"name\" : \"inner\",\n"
                            "          \"inlined\" : true\n"
                            "        },\n"
                            "        {\n"
                            "          \"name\" : \"mid\",\n"
                            "          \"inlined\" : false\n"
                            "        },\n"
                            "        {\n"
                            "          \"name\" : \"main\",\n"
                            "          \"inlined\" : false\n"
                            "        }\n"
                            "      ]\n"
                            "    }\n"
                            "  ]\n"
                            "}\n"));
}

static void
test_stacks_are_folded_in_csv (void)
{
  g_autofree char *csv = traces_of ("main;inner<mid 3\n"
                                    "main 1\n",
                                    "",
                                    PROF_REPORT_CSV);

  g_assert_cmpstr (csv,
                   ==,
                   COLUMNS "3,,\"main;mid;inner\"\r\n"
                           "1,,\"main\"\r\n");
}

static void
test_labels_of_a_key_are_together (void)
{
  static const char text[] =
      "f 1\ts:user=ann\tn:size=2049/bytes\ts:job=x\ts:user=bob\n";
  g_autofree char *json = traces_of (text, "", PROF_REPORT_JSON);
  g_autofree char *csv = traces_of (text, "", PROF_REPORT_CSV);

  g_assert_nonnull (strstr (json,
                            "      \"labels\" : {\n"
                            "        \"job\" : [\n"
                            "          \"x\"\n"
                            "        ],\n"
                            "        \"size\" : [\n"
                            "          {\n"
                            "            \"number\" : 2049,\n"
                            "            \"unit\" : \"bytes\"\n"
                            "          }\n"
                            "        ],\n"
                            "        \"user\" : [\n"
                            "          \"ann\",\n"
                            "          \"bob\"\n"
                            "        ]\n"
                            "      },\n"));
  g_assert_cmpstr (csv,
                   ==,
                   COLUMNS "1,job=x;size=2049bytes;user=ann;user=bob,"
                           "\"f\"\r\n");
}

static void
test_keys_that_become_the_same_lose_nothing (void)
{
  g_autofree char *json = traces_of ("f 1\ts:k\xfe=a\ts:k\xff=b\n",
                                     "",
                                     PROF_REPORT_JSON);

  g_assert_nonnull (strstr (json,
                            "        \"k\xef\xbf\xbd\" : [\n"
                            "          \"a\",\n"
                            "          \"b\"\n"
                            "        ]\n"
                            "      },\n"));
}

static void
test_names_and_labels_cannot_end_their_part (void)
{
  g_autofree char *csv = traces_of ("main;f(\"x\",1) 1\ts:k=a;b\n",
                                    "",
                                    PROF_REPORT_CSV);

  g_assert_cmpstr (csv, ==, COLUMNS "1,k=a:b,\"main;f(\"\"x\"\",1)\"\r\n");
}

static void
test_formulas_are_texts_in_csv (void)
{
  g_autofree char *csv = traces_of ("=1+1;f 1\ts:@k=v\n"
                                    "main;=1 2\n"
                                    "main -3\n",
                                    "",
                                    PROF_REPORT_CSV);

  g_assert_cmpstr (csv,
                   ==,
                   COLUMNS "1,'@k=v,\"'=1+1;f\"\r\n"
                           "2,,\"main;=1\"\r\n"
                           "-3,,\"main\"\r\n");
}

static void
test_samples_without_a_stack_are_left_out (void)
{
  g_autofree char *csv = traces_of (" 5\nf 0\n", "", PROF_REPORT_CSV);

  g_assert_cmpstr (csv, ==, COLUMNS "0,,\"f\"\r\n");
}

static void
test_means_are_divided (void)
{
  g_autofree char *csv = traces_of ("#types n/count,delay/nanoseconds\n"
                                    "f 4,10\n",
                                    "--mean",
                                    PROF_REPORT_CSV);

  g_assert_cmpstr (csv, ==, COLUMNS "2,,\"f\"\r\n");
}

/* Counts pieces and remembers the largest. */
typedef struct
{
  size_t n;
  size_t largest;
} Pieces;

static bool
count_piece (void *data, const void *bytes, size_t length, GError **error)
{
  Pieces *pieces = data;

  pieces->n++;
  pieces->largest = MAX (pieces->largest, length);
  return true;
}

static void
test_a_deep_stack_is_written_in_pieces (void)
{
  g_autoptr (GString) text = g_string_new ("main");

  for (int i = 0; i < 50000; i++)
    g_string_append (text, ";main.recursive_function");
  g_string_append (text, " 1\n");
  for (int s = PROF_REPORT_JSON; s <= PROF_REPORT_CSV; s++)
    {
      g_autoptr (GError)     error = NULL;
      g_autoptr (ProfAnswer) answer = report_answer (test_profile (text->str),
                                                     "");
      Pieces                 pieces = { 0 };
      const ProfSink         sink = { count_piece, &pieces };

      prof_report_data_traces (answer, (ProfReportSyntax)s, &sink, &error);
      g_assert_no_error (error);
      g_assert_cmpuint (pieces.n, >, 10);
      g_assert_cmpuint (pieces.largest, <=, 65536);
    }
}

static void
test_a_failing_sink_ends_the_report (void)
{
  g_autoptr (GError)     error = NULL;
  g_autoptr (ProfAnswer) answer = report_answer (test_profile ("f 1\n"), "");
  ProfSink               sink = report_failing_sink ();

  g_assert_false (
      prof_report_data_traces (answer, PROF_REPORT_CSV, &sink, &error));
  g_assert_error (error, PROF_ERROR, PROF_ERROR_UNSUPPORTED);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(path, test) g_test_add_func ("/report-data-traces/" path, test)
  ADD ("frames-are-leaf-first-in-json", test_frames_are_leaf_first_in_json);
  ADD ("stacks-are-folded-in-csv", test_stacks_are_folded_in_csv);
  ADD ("labels-of-a-key-are-together", test_labels_of_a_key_are_together);
  ADD ("keys-that-become-the-same-lose-nothing",
       test_keys_that_become_the_same_lose_nothing);
  ADD ("names-and-labels-cannot-end-their-part",
       test_names_and_labels_cannot_end_their_part);
  ADD ("formulas-are-texts-in-csv", test_formulas_are_texts_in_csv);
  ADD ("samples-without-a-stack-are-left-out",
       test_samples_without_a_stack_are_left_out);
  ADD ("means-are-divided", test_means_are_divided);
  ADD ("a-deep-stack-is-written-in-pieces",
       test_a_deep_stack_is_written_in_pieces);
  ADD ("a-failing-sink-ends-the-report", test_a_failing_sink_ends_the_report);
#undef ADD
  return g_test_run ();
}
