/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "formats/prof-firefox-decode.h"

#include "format-util.h"
#include "test-util.h"
#include <string.h>

#define READ(text, stacks) check_stacks (&prof_firefox_decoder, text, stacks)
#define REFUSED(text, code, message) \
  check_refused (&prof_firefox_decoder, text, PROF_ERROR_##code, message)

#define META "\"meta\": {\"interval\": 0.5, \"preprocessedProfileVersion\": 56}"

/* main calls work on line 17, and idle. */
#define TABLES                                                          \
  "\"stackTable\": {\"length\": 3, \"prefix\": [null, 0, 0], "          \
  "\"frame\": [0, 1, 2]}, "                                             \
  "\"frameTable\": {\"func\": [0, 1, 2], \"line\": [null, 17, null]}, " \
  "\"funcTable\": {\"name\": [1, 2, 3], \"fileName\": [0, 0, null], "   \
  "\"lineNumber\": [3, 12, null]}"

#define STRINGS "\"stringArray\": [\"a.js\", \"main\", \"work\", \"idle\"]"

#define THREAD(name, samples)                                                 \
  "{\"name\": \"" name "\", \"processName\": \"web\", \"samples\": {" samples \
  "}, " TABLES "}"

#define SHARED(threads) \
  "{" META ", \"threads\": [" threads "], \"shared\": {" STRINGS "}}"

static void
test_samples_are_added_up (void)
{
  READ (SHARED (THREAD ("t", "\"stack\": [1, 2, 1, null, 0]")),
        "samples/count time/nanoseconds\n"
        "main 1,500000\nmain;work:17 2,1000000\nmain;idle 1,500000\n");
}

/* As before version 56. */
static void
test_a_thread_may_have_its_own_strings (void)
{
  READ ("{" META ", \"threads\": [{\"samples\": {\"stack\": [1]}, " TABLES
        ", " STRINGS "}]}",
        "samples/count time/nanoseconds\nmain;work:17 1,500000\n");
}

static void
test_weights_have_kinds (void)
{
  READ (SHARED (THREAD ("t",
                        "\"weight\": [3, 4], \"stack\": [1, 2], "
                        "\"weightType\": \"samples\"")),
        "samples/count time/nanoseconds\n"
        "main;work:17 3,1500000\nmain;idle 4,2000000\n");
  READ (SHARED (THREAD ("t",
                        "\"weightType\": \"tracing-ms\", \"stack\": [1], "
                        "\"weight\": [0.25]")),
        "samples/count time/nanoseconds\nmain;work:17 0,250000\n");
  READ (SHARED (THREAD ("t",
                        "\"weightType\": \"bytes\", \"stack\": [1, 1], "
                        "\"weight\": [4096, -96]")),
        "samples/count time/nanoseconds space/bytes\n"
        "main;work:17 0,0,4000\n");
  READ (SHARED (THREAD ("t", "\"weight\": null, \"stack\": [1]")),
        "samples/count time/nanoseconds\nmain;work:17 1,500000\n");
}

static void
test_threads_have_labels (void)
{
  READ (SHARED (
            THREAD ("t", "\"stack\": [0]") ", " THREAD ("u", "\"stack\": [0]")),
        "samples/count time/nanoseconds\n"
        "main 1,500000\tthread=t\tprocess=web\n"
        "main 1,500000\tthread=u\tprocess=web\n");
}

/* Since version 58 files are of sources. */
static void
test_files_may_be_sources (void)
{
  g_autoptr (ProfProfile) profile = NULL;
  const ProfFunction     *functions;

  profile = load_text (
      "{\"shared\": {\"sources\": {\"filename\": [1]}, \"stringArray\": "
      "[\"main\", \"b.js\"]}, \"threads\": [{\"samples\": {\"stack\": [0]}, "
      "\"stackTable\": {\"prefix\": [null], \"frame\": [0]}, \"frameTable\": "
      "{\"func\": [0]}, \"funcTable\": {\"name\": [0], \"source\": [0]}}], "
      "\"meta\": {\"preprocessedProfileVersion\": 58}}");
  functions = prof_profile_functions (profile);
  g_assert_cmpstr (prof_profile_string (profile, functions[0].filename),
                   ==,
                   "b.js");
}

static void
test_rows_must_be_there (void)
{
  REFUSED (SHARED (THREAD ("t", "\"stack\": [3]")),
           MALFORMED,
           "a sample has row 3 of stackTable, which is not in the file");
  REFUSED ("{\"threads\": [{\"stackTable\": {\"frame\": [0], \"prefix\": "
           "[null]}}]}",
           MALFORMED,
           "a stack has row 0 of frameTable, which is not in the file");
  REFUSED ("{\"threads\": [{\"frameTable\": {\"func\": [1]}}]}",
           MALFORMED,
           "a frame has row 1 of funcTable, which is not in the file");
  REFUSED ("{\"threads\": [{\"funcTable\": {\"name\": [5]}}]}",
           MALFORMED,
           "a function has row 5 of stringArray, which is not in the file");
  REFUSED ("{\"threads\": [{\"funcTable\": {\"name\": [null], \"source\": "
           "[2]}}]}",
           MALFORMED,
           "a function has row 2 of sources, which is not in the file");
  REFUSED ("{\"threads\": [{\"stackTable\": {\"frame\": [0]}}]}",
           MALFORMED,
           "a thread has 1 stacks and 0 prefixes of them");
  REFUSED ("{\"threads\": [{\"funcTable\": {\"name\": [null]}, \"frameTable\": "
           "{\"func\": [0]}, \"stackTable\": {\"frame\": [0, 0], \"prefix\": "
           "[1, 0]}}]}",
           MALFORMED,
           "node 0 is above itself");
}

static void
test_other_versions_are_named (void)
{
  REFUSED ("{\"meta\": {\"preprocessedProfileVersion\": 99}}",
           UNSUPPORTED,
           "this is a profile of the Firefox Profiler of version 99, and those "
           "up to 58 are read");
  REFUSED ("{\"threads\": [{\"samples\": {\"stack\": [0.5]}}]}",
           MALFORMED,
           "line 1, column 37: this is no number of a row");
  REFUSED ("{\"threads\": [{\"samples\": {",
           TRUNCATED,
           "line 1, column 27: the file ends inside { }");
}

static void
test_files_are_what_their_names_say (void)
{
  check_files ("firefox");
}

#define ADD(name, function) g_test_add_func ("/firefox-decode/" name, function)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("samples-are-added-up", test_samples_are_added_up);
  ADD ("a-thread-may-have-its-own-strings",
       test_a_thread_may_have_its_own_strings);
  ADD ("weights-have-kinds", test_weights_have_kinds);
  ADD ("threads-have-labels", test_threads_have_labels);
  ADD ("files-may-be-sources", test_files_may_be_sources);
  ADD ("rows-must-be-there", test_rows_must_be_there);
  ADD ("other-versions-are-named", test_other_versions_are_named);
  ADD ("files-are-what-their-names-say", test_files_are_what_their_names_say);
  return g_test_run ();
}
