/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "formats/prof-chrome-trace-decode.h"

#include "format-util.h"
#include "test-util.h"
#include <string.h>

#define READ(text, stacks) \
  check_stacks (&prof_chrome_trace_decoder, text, stacks)
#define REFUSED(text, code, message) \
  check_refused (&prof_chrome_trace_decoder, text, PROF_ERROR_##code, message)

#define EVENT(name, id, data)                                   \
  "{\"args\": {\"data\": {" data "}}, \"pid\": 1, \"tid\": " id \
  ", \"id\": \"" id "\", \"ph\": \"P\", \"name\": \"" name "\"}"
#define START(id) EVENT ("Profile", id, "\"startTime\": 100")
#define CHUNK(id, nodes, samples, deltas)                                  \
  EVENT ("ProfileChunk",                                                   \
         id,                                                               \
         "\"cpuProfile\": {\"nodes\": [" nodes "], \"samples\": [" samples \
         "]}, \"timeDeltas\": [" deltas "]")
#define ROOT "{\"id\": 1, \"callFrame\": {\"functionName\": \"(root)\"}}"
#define NODE(id, parent, name)                               \
  "{\"id\": " id ", \"parent\": " parent ", \"callFrame\": " \
  "{\"functionName\": \"" name "\", \"lineNumber\": 6}}"

#define TYPES "samples/count wall/microseconds\n"

static void
test_chunks_go_on (void)
{
  READ ("{\"traceEvents\": [" START (
            "7") ", " CHUNK ("7",
                             ROOT ", " NODE ("2", "1", "main"),
                             "2, 2",
                             "10, 20") ", " CHUNK ("7",
                                                   NODE ("3", "2", "work"),
                                                   "3, 2",
                                                   "30, "
                                                   "40") "]"
                                                         "}",
        TYPES "main:7 3,50\nmain:7;work:7 1,40\n");
}

static void
test_threads_have_labels (void)
{
  READ ("[" CHUNK ("7", NODE ("2", "-1", "a"), "2, 2", "0, 5") ", " CHUNK (
            "8",
            NODE ("2", "-1", "b"),
            "2, 2",
            "0, 6") ", {\"ph\": \"M\", \"name\": \"thread_name\", \"pid\": 1, "
                    "\"tid\": 8, \"args\": {\"name\": \"worker\"}}]",
        TYPES "a:7 2,5\tthread=1 7\nb:7 2,6\tthread=worker\n");
}

/* Whatever members of the same name are elsewhere. */
static void
test_other_events_are_skipped (void)
{
  READ (
      "[{\"ph\": \"X\", \"name\": [], \"args\": \"__stripped__\", \"id\": 5}, "
      "7, {\"args\": {\"data\": {\"cpuProfile\": 3, \"timeDeltas\": [\"x\"], "
      "\"startTime\": \"now\"}}, \"pid\": \"p\"}, " CHUNK ("7",
                                                           NODE ("2",
                                                                 "-1",
                                                                 "a"),
                                                           "2, 2",
                                                           "0, 5") "]",
      TYPES "a:7 2,5\n");
}

/* As a program that is killed leaves it. */
static void
test_an_array_needs_no_end (void)
{
  READ ("[" CHUNK ("7", NODE ("2", "-1", "a"), "2, 2", "0, 5") ",\n",
        TYPES "a:7 2,5\n");
  REFUSED ("[{\"ph\": \"P\"",
           TRUNCATED,
           "line 1, column 12: the file ends inside { }");
  REFUSED ("{\"traceEvents\": [",
           TRUNCATED,
           "line 1, column 18: the file ends inside [ ]");
}

static void
test_a_thread_counts_once (void)
{
  READ (
      "[" EVENT (
          "ProfileChunk",
          "7",
          "\"cpuProfile\": {\"nodes\": [" NODE (
              "2",
              "-1",
              "a") "], \"samples\": [2]}, \"timeDeltas\": [0]") ", "
                                                                "{\"pid\": 1, \"tid\": 7, \"id\": \"9\", \"name\": \"ProfileChunk\", "
                                                                "\"args\": {\"data\": {\"cpuProfile\": {\"nodes\": [" NODE (
                                                                    "2",
                                                                    "-1",
                                                                    "b") "], \"samples\": [2, 2]}, \"timeDeltas\": [0, 5]}}}]",
      TYPES "b:7 2,5\n");
}

static void
test_what_does_not_fit_is_refused (void)
{
  REFUSED ("[" START ("7") ", " CHUNK ("7", NODE ("2", "1", "a"), "", "") "]",
           MALFORMED,
           "node 2 has the parent 1, which does not come before it");
  REFUSED ("[" CHUNK ("7", "{\"parent\": 1}", "", "") "]",
           MALFORMED,
           "a node has no id");
  REFUSED ("[" CHUNK ("7", "", "4", "1") "]",
           MALFORMED,
           "a sample is of node 4, which is not in the file");
  REFUSED ("{\"traceEvents\": []}",
           UNSUPPORTED,
           "this trace has no CPU profile in it");
}

/* Samples, and microseconds until the next one, added up without the reader. */
static void
test_a_browsers_sums_are_exact (void)
{
  static const FlatValues functions[] = {
    { "fibonacci", { 606, 434013 } },   { "(program)", { 99, 168463 } },
    { "(idle)", { 342, 167623 } },      { "hash", { 225, 148108 } },
    { "work", { 15, 15867 } },          { "(anonymous)", { 19, 9708 } },
    { "executeCommands", { 3, 6392 } }, { "get", { 4, 4540 } },
    { "early", { 7, 2732 } },           { "dispatchMessage", { 2, 2382 } },
    { "create", { 4, 969 } },           { "sendDevToolsMessage", { 2, 964 } },
    { "sendCommand", { 2, 484 } },      { "getElementById", { 1, 242 } },
    { "CDPSession", { 1, 233 } },       { "(garbage collector)", { 1, 216 } },
    { "eventName", { 1, 199 } },        { "late", { 1, 145 } },
  };
  static const char *const types[] = { "samples", "wall" };

  check_flat ("tests/data/chrome-trace/good/chromium.json",
              types,
              G_N_ELEMENTS (types),
              functions,
              G_N_ELEMENTS (functions));
}

static void
test_files_are_what_their_names_say (void)
{
  check_files ("chrome-trace");
}

#define ADD(name, function) \
  g_test_add_func ("/chrome-trace-decode/" name, function)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("chunks-go-on", test_chunks_go_on);
  ADD ("threads-have-labels", test_threads_have_labels);
  ADD ("other-events-are-skipped", test_other_events_are_skipped);
  ADD ("an-array-needs-no-end", test_an_array_needs_no_end);
  ADD ("a-thread-counts-once", test_a_thread_counts_once);
  ADD ("what-does-not-fit-is-refused", test_what_does_not_fit_is_refused);
  ADD ("a-browsers-sums-are-exact", test_a_browsers_sums_are_exact);
  ADD ("files-are-what-their-names-say", test_files_are_what_their_names_say);
  return g_test_run ();
}
