/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "formats/prof-cpuprofile-decode.h"

#include "format-util.h"
#include "formats/prof-heapprofile-decode.h"
#include "test-util.h"
#include <string.h>

#define READ(text, stacks) check_stacks (&prof_cpuprofile_decoder, text, stacks)
#define REFUSED(text, code, message) \
  check_refused (&prof_cpuprofile_decoder, text, PROF_ERROR_##code, message)

#define FRAME(name, line)                                           \
  "\"callFrame\": {\"functionName\": \"" name "\", \"scriptId\": "  \
  "\"5\", \"url\": \"file:///src/a%20b.js\", \"lineNumber\": " line \
  ", \"columnNumber\": 4}"

/* (root) calls main, which calls work. */
#define NODES                                                   \
  "{\"nodes\": [{\"id\": 1, " FRAME (                           \
      "(root)",                                                 \
      "-1") ", \"hitCount\": 0, "                               \
            "\"children\": [2]}, {\"id\": 2, " FRAME (          \
                "",                                             \
                "0") ", \"hitCount\": 1, "                      \
                     "\"children\": [3]}, {\"id\": 3, " FRAME ( \
                         "work",                                \
                         "6") ", \"hitCount\": 2"

#define END "}], \"startTime\": 100, \"endTime\": 190"

static void
test_a_sample_lasts_until_the_next (void)
{
  READ (NODES END ", \"samples\": [3, 2, 3], \"timeDeltas\": [10, 20, 30]}",
        "samples/count wall/microseconds\n"
        "(anonymous):1 1,30\n"
        "(anonymous):1;work:7 2,50\n");
}

/* A clock that goes back stands still. */
static void
test_times_do_not_go_back (void)
{
  READ (NODES END ", \"samples\": [3, 2, 3], \"timeDeltas\": [10, -5, 45]}",
        "samples/count wall/microseconds\n"
        "(anonymous):1 1,40\n"
        "(anonymous):1;work:7 2,40\n");
}

static void
test_without_times_there_are_counts (void)
{
  READ (NODES END ", \"samples\": [3, 2, 3]}",
        "samples/count\n(anonymous):1 1\n(anonymous):1;work:7 2\n");
  READ (NODES END "}",
        "samples/count\n(anonymous):1 1\n(anonymous):1;work:7 2\n");
}

static void
test_keys_come_in_any_order (void)
{
  READ ("{\"timeDeltas\": [10, 20], \"samples\": [3, 2], \"endTime\": 190, "
        "\"nodes\": [{\"children\": [2], \"id\": 3, " FRAME (
            "b",
            "1") "}, {" FRAME ("a", "0") ", \"id\": 2}], \"startTime\": 100}",
        "samples/count wall/microseconds\nb:2 1,20\nb:2;a:1 1,60\n");
}

/* Ticks of lines divide what a node has, to the last microsecond. */
static void
test_ticks_are_lines (void)
{
  READ (NODES ", \"positionTicks\": [{\"line\": 8, \"ticks\": 1}, "
              "{\"line\": 9, \"ticks\": 2}]" END
              ", \"samples\": [3, 3, 3], \"timeDeltas\": [0, 10, 20]}",
        "samples/count wall/microseconds\n"
        "(anonymous):1;work:8 1,30\n"
        "(anonymous):1;work:9 2,60\n");
}

static void
test_files_are_paths (void)
{
  g_autoptr (ProfProfile) profile = load_text (NODES END "}");
  const ProfFunction     *functions = prof_profile_functions (profile);

  g_assert_cmpstr (prof_profile_string (profile, functions[0].filename),
                   ==,
                   "/src/a b.js");
  g_assert_cmpint (functions[0].start_line, ==, 1);
  g_assert_cmpint (prof_profile_duration_ns (profile), ==, 90000);
}

static void
test_errors_say_where (void)
{
  REFUSED ("{\"nodes\": [{\"positionTicks\": [{\"line\": 9999999999}]}]}",
           MALFORMED,
           "line 1, column 40: this is no number of a line");
  REFUSED ("{\"nodes\": [{\"positionTicks\": [{\"ticks\": 9999999999}]}]}",
           MALFORMED,
           "line 1, column 41: there are too many ticks");
  REFUSED ("{\"nodes\": [], \"startTime\": 1e30}",
           MALFORMED,
           "line 1, column 28: the time is out of range");
  REFUSED (NODES END ", \"samples\": [4]}",
           MALFORMED,
           "a sample is of node 4, which is not in the file");
  REFUSED (NODES END ", \"samples\": [3], \"timeDeltas\": [1, 2]}",
           MALFORMED,
           "there are 1 samples and 2 times between them");
  REFUSED (NODES ", \"children\": [1]" END "}",
           MALFORMED,
           "node 1 is above itself");
  REFUSED ("{\"nodes\": [{\"id\": 1}, {\"id\": 1}]}",
           MALFORMED,
           "two nodes have the id 1");
  REFUSED ("{\"nodes\": [{\"id\": 1.5}]}",
           MALFORMED,
           "line 1, column 19: this is no whole number from 0");
  REFUSED ("{\"nodes\": [{\"id\": 1",
           TRUNCATED,
           "line 1, column 20: the file ends inside { }");
  REFUSED ("{\"nodes\": [{\"callFrame\": {\"lineNumber\": -2}}]}",
           MALFORMED,
           "line 1, column 41: this is no number of a line");
}

/* Chromium writes times with decimals, and some writers nothing but those. */
static void
test_times_may_have_decimals (void)
{
  READ (NODES "}], \"startTime\": 100.75, \"endTime\": 190.25, "
              "\"samples\": [3, 2, 3], \"timeDeltas\": [10.9, 20.1, 0.5]}",
        "samples/count wall/microseconds\n"
        "(anonymous):1 1,0\n"
        "(anonymous):1;work:7 2,80\n");
}

static void
test_numbers_that_do_not_fit_are_refused (void)
{
  REFUSED ("{\"startTime\": 1e40}",
           MALFORMED,
           "line 1, column 15: the time is out of range");
  REFUSED ("{\"timeDeltas\": [1, -1e19]}",
           MALFORMED,
           "line 1, column 20: the time is out of range");
  REFUSED ("{\"nodes\": [{\"positionTicks\": [{\"line\": 2147483648}]}]}",
           MALFORMED,
           "line 1, column 40: this is no number of a line");
  REFUSED ("{\"nodes\": [{\"positionTicks\": [{\"ticks\": 2147483648}]}]}",
           MALFORMED,
           "line 1, column 41: there are too many ticks");
  REFUSED ("{\"nodes\": [{\"hitCount\": -1}]}",
           MALFORMED,
           "line 1, column 25: this is no whole number from 0");
  REFUSED ("{\"nodes\": [{\"id\": 1.5}]}",
           MALFORMED,
           "line 1, column 19: this is no whole number from 0");
}

static void
test_times_that_do_not_fit_are_refused (void)
{
  REFUSED (NODES "}], \"startTime\": -4000000000000000000, "
                 "\"samples\": [3, 3, 3, 3], \"timeDeltas\": [0, "
                 "4000000000000000000, 4000000000000000000, "
                 "4000000000000000000]}",
           TOO_LARGE,
           "the times do not fit into 64 bits");
}

/* Which is one of the node's hits as well as any. */
static void
test_ticks_of_nothing_are_none (void)
{
  READ (NODES ", \"positionTicks\": [{\"line\": 9, \"ticks\": 0}, "
              "{\"line\": 8, \"ticks\": 2}]" END "}",
        "samples/count\n(anonymous):1 1\n(anonymous):1;work:8 2\n");
}

/* A chain of calls, each of which was hit: as many steps as nodes. */
static void
test_a_deep_chain_is_quick (void)
{
  g_autoptr (GString)     text = g_string_new ("{\"nodes\": [");
  g_autoptr (ProfProfile) profile = NULL;
  enum
  {
    N = 200000,
  };

  for (int i = 1; i <= N; i++)
    g_string_append_printf (text,
                            "{\"id\":%d,\"callFrame\":{\"functionName\":\"f\"},"
                            "\"hitCount\":1,\"children\":[%d]},",
                            i,
                            i + 1);
  g_string_append_printf (text, "{\"id\":%d}]}", N + 1);
  profile = load_text (text->str);
  g_assert_cmpuint (prof_profile_n_samples (profile), ==, N);
  g_assert_cmpuint (prof_profile_n_stacks (profile), ==, N + 1);
}

/* Samples, and microseconds until the next one, added up without the reader. */
static void
test_a_browsers_sums_are_exact (void)
{
  static const FlatValues functions[] = {
    { "fibonacci", { 25, 440902 } }, { "(program)", { 15, 188155 } },
    { "hash", { 9, 152487 } },       { "(idle)", { 1, 19915 } },
    { "work", { 1, 10821 } },        { "(anonymous)", { 1, 10173 } },
  };
  static const char *const types[] = { "samples", "wall" };

  check_flat ("tests/data/cpuprofile/good/chromium.cpuprofile",
              types,
              G_N_ELEMENTS (types),
              functions,
              G_N_ELEMENTS (functions));
}

static void
test_files_are_what_their_names_say (void)
{
  check_files ("cpuprofile");
}

/* --- heap profiles --- */

#define HEAP(text, stacks) \
  check_stacks (&prof_heapprofile_decoder, text, stacks)

static void
test_sizes_are_of_a_tree (void)
{
  HEAP (
      "{\"head\": {" FRAME (
          "(root)",
          "-1") ", \"selfSize\": 0, \"id\": 1, "
                "\"children\": [{\"children\": [{" FRAME (
                    "b",
                    "2") ", \"selfSize\": 7}"
                         "], \"selfSize\": 5, " FRAME ("a", "1") "}, {" FRAME (
                             "c",
                             "0") ", \"selfSize\": 0}]}, \"samples\": [{\"size\": 7, \"nodeId\": 3}]}",
      "inuse_space/bytes\na:2 5\na:2;b:3 7\n");
}

static void
test_heaps_are_refused_with_a_place (void)
{
  check_refused (&prof_heapprofile_decoder,
                 "{\"head\": {\"selfSize\": -1}}",
                 PROF_ERROR_MALFORMED,
                 "line 1, column 23: this is no whole number from 0");
  check_refused (
      &prof_heapprofile_decoder,
      "{\"head\": {\"children\": [[]]}}",
      PROF_ERROR_MALFORMED,
      "line 1, column 24: an element of “children” is not an object");
  check_refused (&prof_heapprofile_decoder,
                 "{\"head\": {\"children\": [",
                 PROF_ERROR_TRUNCATED,
                 "line 1, column 24: the file ends inside [ ]");
}

static void
test_heap_files_are_what_their_names_say (void)
{
  check_files ("heapprofile");
}

#define ADD(name, function) \
  g_test_add_func ("/cpuprofile-decode/" name, function)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("a-sample-lasts-until-the-next", test_a_sample_lasts_until_the_next);
  ADD ("times-do-not-go-back", test_times_do_not_go_back);
  ADD ("without-times-there-are-counts", test_without_times_there_are_counts);
  ADD ("keys-come-in-any-order", test_keys_come_in_any_order);
  ADD ("ticks-are-lines", test_ticks_are_lines);
  ADD ("files-are-paths", test_files_are_paths);
  ADD ("times-may-have-decimals", test_times_may_have_decimals);
  ADD ("numbers-that-do-not-fit-are-refused",
       test_numbers_that_do_not_fit_are_refused);
  ADD ("times-that-do-not-fit-are-refused",
       test_times_that_do_not_fit_are_refused);
  ADD ("ticks-of-nothing-are-none", test_ticks_of_nothing_are_none);
  ADD ("errors-say-where", test_errors_say_where);
  ADD ("a-deep-chain-is-quick", test_a_deep_chain_is_quick);
  ADD ("a-browsers-sums-are-exact", test_a_browsers_sums_are_exact);
  ADD ("files-are-what-their-names-say", test_files_are_what_their_names_say);
  ADD ("sizes-are-of-a-tree", test_sizes_are_of_a_tree);
  ADD ("heaps-are-refused-with-a-place", test_heaps_are_refused_with_a_place);
  ADD ("heap-files-are-what-their-names-say",
       test_heap_files_are_what_their_names_say);
  return g_test_run ();
}
