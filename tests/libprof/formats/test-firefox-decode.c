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

/* Since version 60 threads share tables, since 66 a stack says how far up its
 * prefix is. */
static void
test_threads_may_share_tables (void)
{
  READ ("{\"meta\": {\"interval\": 1, \"preprocessedProfileVersion\": 66}, "
        "\"threads\": ["
        "{\"name\": \"t\", \"samples\": {\"stack\": [2, 1, 2]}}, "
        "{\"name\": \"u\", \"samples\": {\"stack\": [null, 2, 0]}}], "
        "\"shared\": {" STRINGS
        ", \"stackTable\": {\"prefixOffset\": [0, 1, 2], \"frame\": [0, 1, "
        "2]}, \"frameTable\": {\"func\": [0, 1, 2], \"line\": [null, 17, "
        "null]}, \"funcTable\": {\"name\": [1, 2, 3]}}}",
        "samples/count time/nanoseconds\n"
        "main;work:17 1,1000000\tthread=t\n"
        "main;idle 2,2000000\tthread=t\n"
        "main 1,1000000\tthread=u\n"
        "main;idle 1,1000000\tthread=u\n");
}

/* Since versions 71 and 75 what is not there is 0, and flags say so. */
static void
test_flags_say_what_is_there (void)
{
  static const char text[] =
      "{\"meta\": {\"preprocessedProfileVersion\": 75}, \"threads\": "
      "[{\"samples\": {\"stack\": [1]}}], \"shared\": {" STRINGS
      ", \"sources\": {\"filename\": [0]}, "
      "\"stackTable\": {\"prefixOffset\": [0, 1], \"frame\": [0, 1]}, "
      "\"frameTable\": {\"func\": [0, 1], \"line\": [7, 17], \"column\": "
      "[5, 6], \"flags\": [4, 52]}, \"funcTable\": {\"name\": [1, 2], "
      "\"source\": [0, 0], \"lineNumber\": [3, 12], \"flags\": [1, 25]}}}";
  g_autoptr (ProfProfile) profile = NULL;
  const ProfFunction     *functions;

  READ (text, "samples/count time/nanoseconds\nmain;work:17 1,1000000\n");
  profile = load_text (text);
  functions = prof_profile_functions (profile);
  g_assert_cmpuint (functions[0].filename, ==, 0);
  g_assert_cmpint (functions[0].start_line, ==, 0);
  g_assert_cmpstr (prof_profile_string (profile, functions[1].filename),
                   ==,
                   "a.js");
  g_assert_cmpint (functions[1].start_line, ==, 12);
  g_assert_cmpint (prof_profile_lines (profile)[0].column, ==, 0);
  g_assert_cmpint (prof_profile_lines (profile)[1].column, ==, 6);
}

#define ROWS                                                                   \
  "\"stackTable\": {\"schema\": {\"prefix\": 0, \"frame\": 1}, \"data\": "     \
  "[[null, 0], [0, 1], [0, 2]]}, "                                             \
  "\"frameTable\": {\"schema\": {\"location\": 0, \"line\": 2, \"column\": "   \
  "3}, \"data\": [[0], [1, false, 17, 4], [2, true, null, 8, {\"a\": []}]]}, " \
  "\"stringTable\": [\"main\", \"work (file:///src/a.js:12:3)[4]\", "          \
  "\"file:///src/a.js[4]\"]"

/* As the browser hands it out. */
static void
test_tables_may_be_rows (void)
{
  READ ("{\"meta\": {\"interval\": 2}, \"threads\": [{\"name\": \"t\", " ROWS
        ", \"samples\": {\"schema\": {\"time\": 0, \"stack\": 1}, \"data\": "
        "[[0.5, 1], [0.75, null], [1.5], [2, 2, 7], [3, 1]]}}], "
        "\"processes\": [{\"threads\": [], \"processes\": [{\"threads\": "
        "[{\"name\": \"u\", \"processName\": \"web\", " ROWS
        ", \"samples\": {\"data\": [[0, 1]]}}]}]}]}",
        "samples/count time/nanoseconds\n"
        "main;work:17 2,4000000\tthread=t\n"
        "main;(root scope) file:///src/a.js 1,2000000\tthread=t\n"
        "main 1,2000000\tthread=u\tprocess=web\n");
}

static void
test_what_is_said_of_it_must_be_so (void)
{
  REFUSED ("{\"meta\": {\"preprocessedProfileVersion\": -1}}",
           MALFORMED,
           "line 1, column 41: this is no version");
  REFUSED ("{\"meta\": {\"interval\": -1}}",
           MALFORMED,
           "line 1, column 23: this is no interval");
}

static void
test_rows_need_their_schema_first (void)
{
  REFUSED ("{\"threads\": [{\"stackTable\": {\"data\": [[null, 0]], "
           "\"schema\": {\"frame\": 0}}}]}",
           MALFORMED,
           "line 1, column 71: the schema comes behind its rows");
  REFUSED ("{\"threads\": [{\"stackTable\": {\"schema\": {\"frame\": -1}}}]}",
           MALFORMED,
           "line 1, column 50: this is no place in a row");
  REFUSED ("{\"threads\": [{\"frameTable\": {\"data\": [[5]]}}]}",
           MALFORMED,
           "a frame has row 5 of stringTable, which is not in the file");
  REFUSED ("{\"threads\": [{\"frameTable\": {\"data\": [[]]}}]}",
           MALFORMED,
           "a frame has row -1 of stringTable, which is not in the file");
}

/* What Firefox wrote, and what the Firefox Profiler made of it, which has no name
 * of its own for a script by itself. */
static void
test_a_browsers_profile_is_its_processed_one (void)
{
  g_autofree char *raw = NULL;
  g_autofree char *processed = NULL;
  g_auto (GStrv)   parts = NULL;
  g_autofree char *named = NULL;

  raw = folded_file (g_strdup ("tests/data/firefox/good/browser.json"));
  processed = folded_file (
      g_strdup ("tests/data/firefox/good/version-75.json"));
  parts = g_strsplit (raw, "(root scope) file:///src/busy-page.js", -1);
  g_assert_cmpuint (g_strv_length (parts), >, 20);
  named = g_strjoinv ("file:///src/busy-page.js[10]", parts);
  g_assert_cmpstr (named, ==, processed);
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
           "{\"func\": [0]}, \"stackTable\": {\"frame\": [0, 0], "
           "\"prefixOffset\": [0, 2]}}]}",
           MALFORMED,
           "a stack has row -1 of stackTable, which is not in the file");
  REFUSED ("{\"threads\": [{\"funcTable\": {\"name\": [null]}, \"frameTable\": "
           "{\"func\": [0]}, \"stackTable\": {\"frame\": [0, 0], \"prefix\": "
           "[null, 2]}}]}",
           MALFORMED,
           "a stack has row 2 of stackTable, which is not in the file");
  REFUSED ("{\"threads\": [{\"funcTable\": {\"name\": [null]}, \"frameTable\": "
           "{\"func\": [0]}, \"stackTable\": {\"frame\": [0, 0], \"prefix\": "
           "[1, 0]}}]}",
           MALFORMED,
           "node 0 is above itself");
}

static void
test_weights_have_bounds (void)
{
  REFUSED ("{\"threads\": [{\"samples\": {\"weight\": [1, -1e13]}}]}",
           MALFORMED,
           "line 1, column 41: the weight is out of range");
  REFUSED (SHARED (THREAD ("t",
                           "\"weight\": [9e12, 9e12], \"stack\": [1, 1], "
                           "\"weightType\": \"bytes\"")),
           TOO_LARGE,
           "the weights do not fit into 64 bits");
}

/* A table of strings that has no byte. */
static void
test_all_names_may_be_empty (void)
{
  READ ("{" META ", \"threads\": [{\"samples\": {\"stack\": [0]}, "
        "\"stackTable\": {\"prefix\": [null], \"frame\": [0]}, "
        "\"frameTable\": {\"func\": [0]}, \"funcTable\": {\"name\": [1]}, "
        "\"stringArray\": [\"\", \"\"]}]}",
        "samples/count time/nanoseconds\n 1,500000\n");
}

/* What a stack is given and taken again leaves no sample; and a sample of no
 * weight has none. */
static void
test_what_weighs_nothing_is_left_out (void)
{
  READ (SHARED (
            THREAD ("t", "\"weight\": [5, -5, 3], \"stack\": [1, 1, 2, 0]")),
        "samples/count time/nanoseconds\nmain;idle 3,1500000\n");
}

static void
test_other_versions_are_named (void)
{
  REFUSED ("{\"meta\": {\"preprocessedProfileVersion\": 99}}",
           UNSUPPORTED,
           "this is a profile of the Firefox Profiler of version 99, and those "
           "up to 75 are read");
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
  ADD ("threads-may-share-tables", test_threads_may_share_tables);
  ADD ("flags-say-what-is-there", test_flags_say_what_is_there);
  ADD ("tables-may-be-rows", test_tables_may_be_rows);
  ADD ("what-is-said-of-it-must-be-so", test_what_is_said_of_it_must_be_so);
  ADD ("rows-need-their-schema-first", test_rows_need_their_schema_first);
  ADD ("a-browsers-profile-is-its-processed-one",
       test_a_browsers_profile_is_its_processed_one);
  ADD ("files-may-be-sources", test_files_may_be_sources);
  ADD ("rows-must-be-there", test_rows_must_be_there);
  ADD ("all-names-may-be-empty", test_all_names_may_be_empty);
  ADD ("weights-have-bounds", test_weights_have_bounds);
  ADD ("what-weighs-nothing-is-left-out", test_what_weighs_nothing_is_left_out);
  ADD ("other-versions-are-named", test_other_versions_are_named);
  ADD ("files-are-what-their-names-say", test_files_are_what_their_names_say);
  return g_test_run ();
}
