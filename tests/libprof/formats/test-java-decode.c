/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "formats/prof-java-decode.h"

#include "format-util.h"
#include "formats/prof-records-decode.h"
#include "test-util.h"
#include <string.h>

#define READ(text, stacks) check_stacks (&prof_java_decoder, text, stacks)
#define REFUSED(text, code, message) \
  check_refused (&prof_java_decoder, text, PROF_ERROR_##code, message)

#define HEAP "--- heapz 1 ---\nformat = java\nresolution = bytes\n"
#define LOCKS \
  "--- contentionz 1 ---\nformat = java\nresolution = microseconds\n"

#define HEAP_TYPES  "inuse_objects/count inuse_space/bytes\n"
#define LOCKS_TYPES "contentions/count delay/microseconds\n"

/* The numbers that go tool pprof -raw prints for the same lines. */
static void
test_heaps_are_scaled (void)
{
  READ (HEAP "  7048   1 @ 0x3 0x4\n16384 4 @ 0x3\n"
             "0x3 a.B.c (B.java:128)\n0x4 main (M.java:7)\n",
        HEAP_TYPES "main:7;a.B.c:128 74,527819\tbytes=7048 \n"
                   "a.B.c:128 514,2105354\tbytes=4096 \n");
}

static void
test_times_are_multiplied_by_the_period (void)
{
  READ (LOCKS "sampling period = 100\nms since reset = 60\n"
              "14 3 @ 0x3\n0x3 GC\n",
        LOCKS_TYPES "GC 300,1400\n");
  READ (LOCKS "14 3 @ 0x3\n0x3 GC\n", LOCKS_TYPES "GC 3,14\n");
  READ (LOCKS "sampling period = 9000000000000000000\n1 3 @ 0x3\n0x3 GC\n",
        LOCKS_TYPES "GC 9223372036854775807,9000000000000000000\n");
}

static void
test_head_is_kept (void)
{
  g_autoptr (ProfProfile) profile = NULL;

  profile = load_text (LOCKS "sampling period = 100\nms since reset = 60\n"
                             "14 3 @ 0x3\n0x3 GC\n");
  g_assert_cmpint (prof_profile_period (profile), ==, 100);
  g_assert_cmpint (prof_profile_duration_ns (profile), ==, 60000000);
}

#define PLACE(text, frame) \
  READ (LOCKS "1 1 @ 0x3\n0x3 " text "\n", LOCKS_TYPES frame " 1,1\n")

static void
test_places_are_functions_libraries_and_states (void)
{
  PLACE ("a.B.c (B.java:128)", "a.B.c:128");
  PLACE ("a.B.<init>(int)  (B.java:-1)", "a.B.<init>(int)");
  PLACE ("a.B.c (Native Method) (B.java:9)", "a.B.c (Native Method):9");
  PLACE ("memcpy (/lib/libc.so.6)", "memcpy");
  PLACE ("f (a (b:3)", "f (a:3");
  PLACE ("generated stub/JIT 0x7f20", "STUB");
  PLACE ("VM", "VM");
  PLACE ("f(a:3)", "f(a:3)");
}

static void
test_files_are_those_of_places (void)
{
  g_autoptr (ProfProfile) profile = NULL;
  const ProfFunction     *functions;

  profile = load_text (LOCKS "1 1 @ 0x3 0x4\n0x3 f (B.java:1)\n"
                             "0x4 memcpy (/lib/libc.so.6)\n");
  functions = prof_profile_functions (profile);
  g_assert_cmpstr (prof_profile_string (profile, functions[0].filename),
                   ==,
                   "B.java");
  g_assert_cmpstr (prof_profile_string (profile, functions[1].filename),
                   ==,
                   "libc.so.6");
}

/* As pprof has them: addresses only lead to the table. */
static void
test_addresses_without_a_place_are_none (void)
{
  READ (LOCKS "1 1 @ 0x3 0x4\n0x4 main\n0x9 other\n# what is this\n",
        LOCKS_TYPES "main;0x0 1,1\n");
}

static void
test_of_two_places_the_later_counts (void)
{
  READ (LOCKS "1 1 @ 0x3\n0x3 a\n0x3 b\n", LOCKS_TYPES "b 1,1\n");
}

static void
test_others_keep_their_contention_profiles (void)
{
  static const char plain[] = "--- contentionz 1 ---\nsampling period = 100\n"
                              "1 1 @ 0x3\n";
  const uint8_t    *bytes = (const uint8_t *)plain;

  g_assert_false (prof_java_decoder.sniff (bytes, strlen (plain)));
  g_assert_true (prof_records_decoder.sniff (bytes, strlen (plain)));
}

static void
test_what_is_wrong_is_told (void)
{
  REFUSED (HEAP "7048 0 @ 0x3\n",
           MALFORMED,
           "line 4, column 1: bytes of no object");
  REFUSED (HEAP "7048 1 @ 0x3 x\n",
           MALFORMED,
           "line 4, column 14: this is not an address");
  REFUSED (HEAP "7048 @ 0x3\n",
           MALFORMED,
           "line 4, column 1: this is no sample");
  REFUSED ("--- heapz 1 ---\n1 1 @ 0x3\n",
           MALFORMED,
           "line 2, column 1: no resolution in front of this");
  REFUSED (HEAP "resolution = bytes\n",
           MALFORMED,
           "line 4, column 14: there was a resolution before");
  REFUSED (LOCKS "sampling period = -5\n",
           MALFORMED,
           "line 4, column 19: this is not a number");
  REFUSED (LOCKS "ms since reset = 9223372036855\n",
           MALFORMED,
           "line 4, column 18: this is no duration");
  REFUSED (HEAP "7048 1 @ 0x3 0x",
           TRUNCATED,
           "line 4, column 1: the file ends inside a sample");
  REFUSED ("--- heapz 1 ---\n",
           TRUNCATED,
           "the profile ends before its resolution");
  REFUSED (HEAP "sampling period = 5\n",
           UNSUPPORTED,
           "the attribute in line 4 is not known");
}

static void
test_files_are_what_their_names_say (void)
{
  check_files ("java");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(name, function) g_test_add_func ("/java-decode/" name, function)
  ADD ("heaps-are-scaled", test_heaps_are_scaled);
  ADD ("times-are-multiplied-by-the-period",
       test_times_are_multiplied_by_the_period);
  ADD ("head-is-kept", test_head_is_kept);
  ADD ("places-are-functions-libraries-and-states",
       test_places_are_functions_libraries_and_states);
  ADD ("files-are-those-of-places", test_files_are_those_of_places);
  ADD ("addresses-without-a-place-are-none",
       test_addresses_without_a_place_are_none);
  ADD ("of-two-places-the-later-counts", test_of_two_places_the_later_counts);
  ADD ("others-keep-their-contention-profiles",
       test_others_keep_their_contention_profiles);
  ADD ("what-is-wrong-is-told", test_what_is_wrong_is_told);
  ADD ("files-are-what-their-names-say", test_files_are_what_their_names_say);
#undef ADD
  return g_test_run ();
}
