/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "formats/prof-perf-script-decode.h"

#include "format-util.h"
#include "test-util.h"
#include <string.h>

#define READ(text, stacks) \
  check_stacks (&prof_perf_script_decoder, text, stacks)
#define REFUSED(text, code, message) \
  check_refused (&prof_perf_script_decoder, text, PROF_ERROR_##code, message)

static bool
is_ours (const char *text)
{
  return prof_perf_script_decoder.sniff ((const uint8_t *)text, strlen (text));
}

static void
test_each_event_is_a_sample (void)
{
  READ ("# captured on: x\n"
        "busy 16146/16147 [002] 16989.865155:    5025125 cpu-clock: \n"
        "\t           98109 inner+0xda9 (/bin/busy)\n"
        "\tffffffff8225fd19 main (/bin/busy)\n"
        "\n"
        "busy 16146/16147 [000] 16990.000000001:    7 cpu-clock: \n"
        "\n",
        "samples/count cpu-clock/nanoseconds\n"
        "main;inner 1,5025125\tcomm=busy\tpid=16146 pid\ttid=16147 tid\t"
        "cpu=2 cpu\ttime=16989865155000 nanoseconds\n"
        " 1,7\tcomm=busy\tpid=16146 pid\ttid=16147 tid\tcpu=0 cpu\t"
        "time=16990000000001 nanoseconds\n");
}

static void
test_names_may_have_anything_in_them (void)
{
  READ ("V8 Worker 7 24636 [000] 1.5: 3 cycles:ppp: \n"
        "\t 1 A::operator()(int, char (*)[3]) const+0x1f (/a b/lib (deleted))\n"
        "\t 2 [unknown] ([unknown])\r\n"
        "\t 3 [unknown] (/bin/x)\n",
        "samples/count cycles:ppp/count\n"
        "0x3;0x2;A::operator()(int, char (*)[3]) const 1,3\t"
        "comm=V8 Worker 7\ttid=24636 tid\tcpu=0 cpu\t"
        "time=1500000000 nanoseconds\n");
}

static void
test_inlined_frames_belong_to_the_next (void)
{
  READ ("a 1 cycles:\n"
        "\t 10 inner+0x1 (inlined)\n"
        "\t 10 middle+0x1 (inlined)\n"
        "\t 10 outer+0x1 (/bin/a)\n"
        "\t 20 main+0x1 (/bin/a)\n\n"
        "a 1 cycles:\n"
        "\t 10 outer+0x1 (/bin/a)\n"
        "\t 20 left+0x1 (inlined)\n",
        "samples/count cycles/count\n"
        "main;inner<middle<outer 1,1\tcomm=a\ttid=1 tid\n"
        "left;outer 1,1\tcomm=a\ttid=1 tid\n");
}

static void
test_events_are_sample_types (void)
{
  READ ("a 1 1.0: 10 cycles: \n\t 1 f (/bin/a)\n\n"
        "a 1 1.0: 20 instructions:u: \n\t 1 f (/bin/a)\n\n"
        "a 1 1.0: 30 cycles: \n\t 1 f (/bin/a)\n\n",
        "samples/count cycles/count instructions:u/count\n"
        "f 1,10,0\tcomm=a\ttid=1 tid\ttime=1000000000 nanoseconds\n"
        "f 1,0,20\tcomm=a\ttid=1 tid\ttime=1000000000 nanoseconds\n"
        "f 1,30,0\tcomm=a\ttid=1 tid\ttime=1000000000 nanoseconds\n");
}

/* As "perf record" without -g has them, and tracepoints. */
static void
test_a_frame_may_stand_in_the_first_line (void)
{
  READ ("         swapper     0 [000]     1.5:          1 cycles:  "
        "ffffffff81 native_safe_halt+0x6 ([kernel.kallsyms])\n"
        "a 1 [000] 2.5: sched:sched_switch: prev_comm=a prev_pid=1\n",
        "samples/count cycles/count sched:sched_switch/count\n"
        "native_safe_halt 1,1,0\tcomm=swapper\ttid=0 tid\tcpu=0 cpu\t"
        "time=1500000000 nanoseconds\n"
        " 1,0,1\tcomm=a\ttid=1 tid\tcpu=0 cpu\ttime=2500000000 nanoseconds\n");
}

static void
test_places_in_the_source_are_skipped (void)
{
  READ ("a 1 1.0: 10 cycles: \n\t 1 f (/bin/a)\n  a.c:12\n\t 2 g (/bin/a)\n",
        "samples/count cycles/count\n"
        "g;f 1,10\tcomm=a\ttid=1 tid\ttime=1000000000 nanoseconds\n");
}

static void
test_binaries_are_mappings_the_main_one_first (void)
{
  g_autoptr (ProfProfile) profile = NULL;
  const ProfMapping      *mappings;

  profile = load_text ("a 1 1.0: 10 cycles: \n"
                       "\t ffff8 x ([kernel.kallsyms])\n"
                       "\t 1 read (/lib/libc.so.6)\n\t 1 f (/bin/a)\n\n"
                       "a 1 2.5: 10 cycles: \n");
  mappings = prof_profile_mappings (profile);
  g_assert_cmpuint (prof_profile_n_mappings (profile), ==, 3);
  g_assert_cmpstr (prof_profile_string (profile, mappings[0].filename),
                   ==,
                   "/bin/a");
  g_assert_cmpstr (prof_profile_string (profile, mappings[1].filename),
                   ==,
                   "[kernel.kallsyms]");
  g_assert_cmpint (prof_profile_duration_ns (profile), ==, 1500000000);
  g_assert_cmpuint (prof_profile_default_type (profile), ==, 1);
}

/* What perf has recorded, as folded stacks that were made of the same text. */
static void
test_a_recording_is_read (void)
{
  g_autofree char *folded = folded_file (
      g_strdup ("tests/data/perf-script/good/busy.txt"));
  g_autofree char *expected = folded_file (
      g_strdup ("tests/data/perf-script/good/busy.folded"));

  g_assert_cmpstr (folded, ==, expected);
}

static void
test_kinds_of_events_have_an_end (void)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (int i = 0; i <= 256; i++)
    g_string_append_printf (text, "a 1 1.0: 10 e%d: \n\t 1 f (/bin/a)\n\n", i);
  REFUSED (text->str,
           MALFORMED,
           "line 766, column 13: there are more than 256 kinds of events");
}

static void
test_errors_say_where (void)
{
  REFUSED ("a 1 1.0: 10 cycles: \n\t 1 f (/bin/a)\n\nsomething else\n",
           MALFORMED,
           "line 4, column 1: this is not the first line of an event");
  REFUSED ("a 1 1.0: 10 cycles: \n\t 1 f (/bi",
           TRUNCATED,
           "line 2, column 11: the file ends inside a frame");
}

/* What does not fit is no time, least of all an early one, and so part of a
 * name. */
static void
test_times_fit_into_64_bits (void)
{
  READ ("a 1 9223372036.854775807: 3 cycles: \n\t 1 f (/bin/a)\n",
        "samples/count cycles/count\n"
        "f 1,3\tcomm=a\ttid=1 tid\ttime=9223372036854775807 nanoseconds\n");
  READ ("a 1 9223372036.854775808: 3 cycles: \n\t 1 f (/bin/a)\n",
        "samples/count cycles/count\n"
        "f 1,1\tcomm=a 1 9223372036.854775808:\ttid=3 tid\n");
  READ ("a 1 18446744073.9: 3 cycles: \n\t 1 f (/bin/a)\n",
        "samples/count cycles/count\n"
        "f 1,1\tcomm=a 1 18446744073.9:\ttid=3 tid\n");
}

static void
test_content_decides (void)
{
  g_assert_true (is_ours ("\n# x\na 1 1.0: 10 cycles: \n"));
  g_assert_true (is_ours ("a 1/2 cycles:\n\t 10 f (/bin/a)\n"));
  g_assert_false (is_ours ("chapter 1 cycles:\nthere are some\n"));
  g_assert_false (is_ours ("a 1 1.0: 10 20\n"));
  g_assert_false (is_ours ("1.0: cycles:\n"));
  g_assert_false (is_ours ("# only\n"));
}

static void
test_files_are_what_their_names_say (void)
{
  check_files ("perf-script");
}

#define ADD(name, function) \
  g_test_add_func ("/perf-script-decode/" name, function)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("each-event-is-a-sample", test_each_event_is_a_sample);
  ADD ("names-may-have-anything-in-them", test_names_may_have_anything_in_them);
  ADD ("inlined-frames-belong-to-the-next",
       test_inlined_frames_belong_to_the_next);
  ADD ("events-are-sample-types", test_events_are_sample_types);
  ADD ("a-frame-may-stand-in-the-first-line",
       test_a_frame_may_stand_in_the_first_line);
  ADD ("places-in-the-source-are-skipped",
       test_places_in_the_source_are_skipped);
  ADD ("binaries-are-mappings-the-main-one-first",
       test_binaries_are_mappings_the_main_one_first);
  ADD ("a-recording-is-read", test_a_recording_is_read);
  ADD ("kinds-of-events-have-an-end", test_kinds_of_events_have_an_end);
  ADD ("times-fit-into-64-bits", test_times_fit_into_64_bits);
  ADD ("errors-say-where", test_errors_say_where);
  ADD ("content-decides", test_content_decides);
  ADD ("files-are-what-their-names-say", test_files_are_what_their_names_say);
  return g_test_run ();
}
