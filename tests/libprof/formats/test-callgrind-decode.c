/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "formats/prof-callgrind-decode.h"

#include "format-util.h"
#include "test-util.h"
#include <string.h>

#define HEAD "# callgrind format\nevents: Ir\n"

#define READ(text, stacks) check_stacks (&prof_callgrind_decoder, text, stacks)
#define REFUSED(text, code, message) \
  check_refused (&prof_callgrind_decoder, text, PROF_ERROR_##code, message)

static void
test_lines_cost (void)
{
  READ (HEAD "fn=main\n3 5\n4 2\n3 1\n", "Ir/count\nmain:3 6\nmain:4 2\n");
}

static void
test_a_call_goes_to_its_function (void)
{
  READ (HEAD "fn=main\n3 5\ncfn=work\ncalls=2 10\n4 20\nfn=work\n10 20\n",
        "Ir/count\nmain:3 5\nmain:4;work:10 20\n");
}

/* main calls a and b, which call c for 30 and 10; c has two lines. */
static void
test_costs_are_shared_by_callers (void)
{
  READ (HEAD "fn=main\n"
             "cfn=a\ncalls=1 1\n1 33\n"
             "cfn=b\ncalls=1 1\n2 12\n"
             "fn=a\n5 3\ncfn=c\ncalls=3 1\n6 30\n"
             "fn=b\n7 2\ncfn=c\ncalls=1 1\n8 10\n"
             "fn=c\n9 36\n10 4\n",
        "Ir/count\n"
        "main:2;b:7 2\nmain:2;b:8;c:9 9\nmain:2;b:8;c:10 1\n"
        "main:1;a:5 3\nmain:1;a:6;c:9 27\nmain:1;a:6;c:10 3\n");
}

static void
test_names_may_be_numbers (void)
{
  READ (HEAD "fl=(1) a.c\nfn=(1) main\n3 5\ncfi=(2) b.c\ncfn=(2) work\n"
             "calls=1 1\n4 7\nfl=(2)\nfn=(2)\n10 7\nfl=(1)\nfn=(1)\n3 1\n",
        "Ir/count\nmain:3 6\nmain:4;work:10 7\n");
  READ (HEAD "fn=(below main)\n3 5\n", "Ir/count\n(below main):3 5\n");
}

/* "jump=" says nothing of costs; names of where to are numbered there, too. */
static void
test_jumps_cost_nothing (void)
{
  READ (HEAD "fn=(1) main\njob=(1) /bin/x\njfi=(1) a.c\njfn=(2) work\n"
             "jump=3 7\n4\n5 2\nfn=(2)\n7 1\n",
        "Ir/count\nmain:5 2\nwork:7 1\n");
}

static void
test_positions_are_relative (void)
{
  READ (HEAD "fn=f\n10 1\n+3 2\n* 4\n-5 8\n0x10 16\n",
        "Ir/count\nf:10 1\nf:13 6\nf:8 8\nf:16 16\n");
  READ ("positions: instr line\nevents: Ir Dr\nfn=f\n0x400 7 1 2\n+4 * 4\n"
        "* +1 0 8\n",
        "Ir/count Dr/count\nf:7 5,2\nf:8 0,8\n");
}

/* The same function in another file, and back. */
static void
test_inlined_code_has_its_file (void)
{
  g_autoptr (ProfProfile) profile = NULL;
  const ProfFunction     *functions;

  profile = load_text (HEAD "fl=a.c\nfn=f\n1 2\nfi=b.h\n9 4\nfe=a.c\n2 8\n");
  functions = prof_profile_functions (profile);
  g_assert_cmpuint (prof_profile_n_functions (profile), ==, 2);
  g_assert_cmpstr (prof_profile_string (profile, functions[0].filename),
                   ==,
                   "a.c");
  g_assert_cmpstr (prof_profile_string (profile, functions[1].filename),
                   ==,
                   "b.h");
  g_assert_cmpstr (prof_profile_string (profile, functions[1].name), ==, "f");
}

static void
test_events_have_units (void)
{
  READ ("version: 1\nevents: cpu(nanoseconds) Time_(10ns) Memory_(bytes)\n"
        "fn=f\n1 2 3 4\n",
        "cpu/nanoseconds Time/nanoseconds Memory/bytes\nf:1 2,30,4\n");
}

/* f calls itself for 60; 40 come from outside, and are its own costs. */
static void
test_recursion_ends (void)
{
  g_autoptr (ProfProfile) profile = NULL;

  profile = load_text (HEAD "fn=main\ncfn=f\ncalls=1 1\n1 40\n"
                            "fn=f\n5 40\ncfn=f\ncalls=9 5\n6 60\n");
  g_assert_cmpint (prof_profile_total (profile, 0), ==, 40);
  g_assert_cmpuint (prof_profile_n_samples (profile), >, 3);
}

/* Nothing but a circle: no flow from outside. */
static void
test_a_circle_has_its_costs (void)
{
  g_autoptr (ProfProfile) profile = NULL;

  profile = load_text (HEAD "fn=a\n1 5\ncfn=b\ncalls=1 1\n2 100\n"
                            "fn=b\n3 7\ncfn=a\ncalls=1 1\n4 100\n");
  g_assert_cmpint (prof_profile_total (profile, 0), ==, 12);
}

/* 64 functions, each calling the next twice: 2^63 paths, of which few count. */
static void
test_many_paths_are_cut (void)
{
  g_autoptr (GString)     text = g_string_new (HEAD);
  g_autoptr (ProfProfile) profile = NULL;

  for (int f = 0; f < 64; f++)
    g_string_append_printf (text,
                            "fn=f%d\n1 1\n"
                            "cfn=f%d\ncalls=1 1\n2 %d\n"
                            "cfn=f%d\ncalls=1 1\n3 %d\n",
                            f,
                            f + 1,
                            64 - f,
                            f + 1,
                            64 - f);
  g_string_append (text, "fn=f64\n1 1\n");
  profile = load_text (text->str);
  g_assert_cmpint (prof_profile_total (profile, 0), ==, 65);
}

static void
test_files_of_valgrind_are_exact (void)
{
  static const struct
  {
    const char *name;
    int64_t     flat;
    int64_t     cum;
  } functions[] = {
    { "main", 19, 128890 },    { "hash", 119700, 119700 },
    { "early", 1816, 92416 },  { "late", 616, 29716 },
    { "fibonacci", 18, 6739 },
  };
  g_autoptr (ProfProfile) profile = NULL;
  g_autoptr (ProfFrames)  frames = NULL;
  g_autoptr (ProfTop)     top = NULL;

  profile = load_file ("tests/data/callgrind/good/busy.callgrind");
  g_assert_cmpint (prof_profile_total (profile, 0), ==, 128890);
  frames = prof_frames_new (profile, 0);
  top = prof_top_new (frames, 0, NULL);
  for (size_t i = 0; i < G_N_ELEMENTS (functions); i++)
    {
      size_t row = 0;

      while (strcmp (prof_frames_display_name (frames,
                                               prof_top_rows (top)[row].frame),
                     functions[i].name) != 0)
        g_assert_cmpuint (++row, <, prof_top_n_rows (top));
      g_assert_cmpint (prof_top_rows (top)[row].flat, ==, functions[i].flat);
      g_assert_cmpint (prof_top_rows (top)[row].cum, ==, functions[i].cum);
    }
}

/* As cg_annotate 3.19 prints them: instructions, of which data is read and written. */
static void
test_costs_are_those_of_cachegrind (void)
{
  static const FlatValues functions[] = {
    { "hash", { 119700, 11500, 0 } }, { "fibonacci", { 6739, 1395, 1394 } },
    { "early", { 1816, 5, 304 } },    { "late", { 616, 5, 104 } },
    { "main", { 19, 3, 5 } },
  };
  static const char *const types[] = { "Ir", "Dr", "Dw" };

  check_flat ("tests/data/callgrind/good/busy.cachegrind",
              types,
              G_N_ELEMENTS (types),
              functions,
              G_N_ELEMENTS (functions));
}

/* Sums of the lines of each function, in nanoseconds and bytes. */
static void
test_costs_are_those_of_xdebug (void)
{
  static const FlatValues functions[] = {
    { "{main}", { 140970, 0 } },
    { "Shop\\hash_of", { 76220, 0 } },
    { "Shop\\work", { 69570, 0 } },
    { "Shop\\{closure:/src/busy.php:57-57}", { 35010, 0 } },
    { "php::usort", { 24960, 0 } },
    { "php::printf", { 22670, 32 } },
    { "Shop\\Item::named", { 21040, 720 } },
    { "php::str_split", { 13730, 3672 } },
    { "Shop\\fibonacci", { 12960, 0 } },
    { "Shop\\{closure:/src/busy.php:47-47}", { 12670, 0 } },
    { "Shop\\Item->price", { 11150, 0 } },
    { "Shop\\{closure:/src/busy.php:46-46}", { 9130, 0 } },
    { "php::array_map", { 7660, 376 } },
    { "Shop\\total", { 5750, 0 } },
    { "Shop\\Item->__construct", { 3060, 0 } },
    { "php::ord", { 2700, 0 } },
    { "php::strlen", { 1660, 0 } },
    { "php::intdiv", { 1100, 0 } },
    { "php::array_sum", { 810, 0 } },
  };
  static const char *const types[] = { "Time", "Memory" };

  check_flat ("tests/data/callgrind/good/xdebug.callgrind",
              types,
              G_N_ELEMENTS (types),
              functions,
              G_N_ELEMENTS (functions));
}

static void
test_there_are_64_events_at_most (void)
{
  g_autoptr (GString) text = g_string_new ("# callgrind format\nevents:");

  for (int i = 0; i < 65; i++)
    g_string_append (text, " e");
  g_string_append_c (text, '\n');
  REFUSED (text->str,
           MALFORMED,
           "line 2, column 137: there are more than 64 events");
}

static void
test_instructions_alone_have_no_lines (void)
{
  READ ("# callgrind format\npositions: instr\nevents: Ir\nfn=f\n0x10 5\n",
        "Ir/count\nf 5\n");
}

static void
test_errors_say_where (void)
{
  REFUSED ("# callgrind format\nevents: \n",
           MALFORMED,
           "line 2, column 8: there are no events");
  REFUSED ("# callgrind format\npositions: line column\n",
           MALFORMED,
           "line 2, column 17: positions are line and instr");
  REFUSED ("# callgrind format\npositions: \n",
           MALFORMED,
           "line 2, column 11: there are no positions");
  REFUSED ("# callgrind format\nevents: Time_(10ns)\nfn=f\n"
           "1 999999999999999999\n",
           MALFORMED,
           "line 4, column 21: the cost does not fit into 64 bits");
  REFUSED (HEAD "3 5\n",
           MALFORMED,
           "line 3, column 1: costs stand before \"fn=\"");
  REFUSED ("# callgrind format\nfn=f\n3 5\n",
           MALFORMED,
           "line 3, column 1: costs stand before \"events:\"");
  REFUSED (HEAD "fn=f\n1 2 3\n",
           MALFORMED,
           "line 4, column 5: there are more costs than events");
  REFUSED (HEAD "fn=f\n1 x\n", MALFORMED, "line 4, column 3: this is no cost");
  REFUSED (HEAD "fn=f\n+ 1\n",
           MALFORMED,
           "line 4, column 2: this is no position");
  REFUSED (HEAD "fn=(3)\n",
           MALFORMED,
           "line 3, column 4: the number has no name yet");
  REFUSED (HEAD "fn=(99999999) f\n",
           MALFORMED,
           "line 3, column 4: the number is too large");
  REFUSED (HEAD "calls=1 2\n",
           MALFORMED,
           "line 3, column 7: a call has no \"cfn=\"");
  REFUSED (HEAD "hello\n",
           MALFORMED,
           "line 3, column 1: this is no cost, name or call");
  REFUSED (HEAD "events: Ir Dr\n",
           MALFORMED,
           "line 3, column 8: the parts have different events");
  REFUSED ("version: 3\n",
           UNSUPPORTED,
           "this is a callgrind profile of version “3”, and version 1 is read");
  REFUSED (HEAD "fn=f\n1 2\ncfn=g\n",
           TRUNCATED,
           "the file ends before its costs do");
  REFUSED (HEAD "fn=f\n1 2\n+1 3",
           TRUNCATED,
           "line 5: the file ends inside a line");
}

static bool
is_callgrind (const char *text)
{
  return prof_callgrind_decoder.sniff ((const uint8_t *)text, strlen (text));
}

static void
test_content_decides (void)
{
  g_assert_true (is_callgrind ("# callgrind format\n"));
  g_assert_true (
      is_callgrind ("version: 1\ncreator: x\n\nevents: A\n\nfn=f\n"));
  g_assert_true (is_callgrind ("positions: instr line\nevents: A\nob=(1) f\n"));
  g_assert_false (is_callgrind ("version: 1\nevents: A\njobs: all\n"));
  g_assert_false (is_callgrind ("events: A\n"));
  g_assert_false (is_callgrind ("name: x\nevents: A\nfn=f\n"));
  g_assert_false (is_callgrind ("main;work 3\n"));
}

/* What we write has the same functions with the same costs. */
static void
test_what_we_write_is_read (void)
{
  g_autoptr (ProfProfile) profile = test_profile ("#types cpu/nanoseconds\n"
                                                  "main;a;b 30\nmain;a 20\n"
                                                  "main;c 70\n");
  g_autoptr (ProfAnswer)  answer = NULL;
  g_autoptr (ProfQuery)   query = prof_query_new ();
  g_autoptr (GString)     out = g_string_new (NULL);
  ProfSink                sink = prof_sink_to_string (out);
  g_autoptr (ProfProfile) again = NULL;
  g_autofree char        *stacks = NULL;

  answer = prof_answer_new (profile, query, NULL, NULL);
  g_assert_true (prof_report_callgrind (answer, &sink, NULL));
  again = load_text (out->str);
  stacks = stacks_of (again);
  g_assert_cmpstr (stacks, ==, "cpu/ns\nmain;a 20\nmain;a;b 30\nmain;c 70\n");
}

static void
test_files_are_what_their_names_say (void)
{
  check_files ("callgrind");
}

#define ADD(name, function) \
  g_test_add_func ("/callgrind-decode/" name, function)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("lines-cost", test_lines_cost);
  ADD ("a-call-goes-to-its-function", test_a_call_goes_to_its_function);
  ADD ("costs-are-shared-by-callers", test_costs_are_shared_by_callers);
  ADD ("names-may-be-numbers", test_names_may_be_numbers);
  ADD ("jumps-cost-nothing", test_jumps_cost_nothing);
  ADD ("positions-are-relative", test_positions_are_relative);
  ADD ("inlined-code-has-its-file", test_inlined_code_has_its_file);
  ADD ("events-have-units", test_events_have_units);
  ADD ("recursion-ends", test_recursion_ends);
  ADD ("a-circle-has-its-costs", test_a_circle_has_its_costs);
  ADD ("many-paths-are-cut", test_many_paths_are_cut);
  ADD ("files-of-valgrind-are-exact", test_files_of_valgrind_are_exact);
  ADD ("costs-are-those-of-cachegrind", test_costs_are_those_of_cachegrind);
  ADD ("costs-are-those-of-xdebug", test_costs_are_those_of_xdebug);
  ADD ("there-are-64-events-at-most", test_there_are_64_events_at_most);
  ADD ("instructions-alone-have-no-lines",
       test_instructions_alone_have_no_lines);
  ADD ("errors-say-where", test_errors_say_where);
  ADD ("content-decides", test_content_decides);
  ADD ("what-we-write-is-read", test_what_we_write_is_read);
  ADD ("files-are-what-their-names-say", test_files_are_what_their_names_say);
  return g_test_run ();
}
