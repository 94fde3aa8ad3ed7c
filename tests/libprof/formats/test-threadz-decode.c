/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "formats/prof-threadz-decode.h"

#include "format-util.h"
#include "test-util.h"

#define READ(text, stacks) check_stacks (&prof_threadz_decoder, text, stacks)

#define HEAD   "--- threadz 1 ---\n\n"
#define THREAD "--- Thread 7f794ab90940 (name: a b/14748) stack: ---\n"
#define SAME   "  [same as previous thread]\n"

/* As go tool pprof -raw has it. */
static void
test_threads_are_samples (void)
{
  READ (HEAD THREAD "  PC: 0x00bdd9a1 clone\n  0x0040be31\n" THREAD
                    "  0x00bdd9a1 0x0040bf41\n",
        "thread/count\n0x40be30;0xbdd9a1 1\n0x40bf40;0xbdd9a1 1\n");
}

static void
test_the_same_as_before_counts_again (void)
{
  READ (HEAD THREAD "0x10 0x20\n" THREAD SAME THREAD SAME THREAD "0x10\n",
        "thread/count\n0x1f;0x10 3\n0x10 1\n");
  READ (THREAD SAME THREAD "0x10\n", "thread/count\n0x10 1\n");
}

static void
test_a_map_may_follow (void)
{
  g_autoptr (ProfProfile) profile = NULL;

  profile = load_text (HEAD THREAD "0x400010\n\n--- Memory map: ---\n"
                                   "  00400000-00fcb000: server\n");
  g_assert_cmpuint (prof_profile_n_mappings (profile), ==, 1);
  g_assert_cmpuint (prof_profile_locations (profile)[0].mapping, ==, 0);
}

static void
test_nothing_counts_behind_a_thread_without_stack (void)
{
  READ (THREAD "0x10\n---- no stack trace for thread 7 ----\n" THREAD "0x20\n",
        "thread/count\n0x10 1\n");
}

static void
test_other_lines_in_dashes_are_refused (void)
{
  check_refused (&prof_threadz_decoder,
                 HEAD THREAD "0x10\n--- Process 3 ---\n",
                 PROF_ERROR_MALFORMED,
                 "line 5, column 1: this begins no thread");
}

static void
test_files_are_what_their_names_say (void)
{
  check_files ("threadz");
}

#define ADD(name, function) g_test_add_func ("/threadz-decode/" name, function)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("threads-are-samples", test_threads_are_samples);
  ADD ("the-same-as-before-counts-again", test_the_same_as_before_counts_again);
  ADD ("a-map-may-follow", test_a_map_may_follow);
  ADD ("nothing-counts-behind-a-thread-without-stack",
       test_nothing_counts_behind_a_thread_without_stack);
  ADD ("other-lines-in-dashes-are-refused",
       test_other_lines_in_dashes_are_refused);
  ADD ("files-are-what-their-names-say", test_files_are_what_their_names_say);
  return g_test_run ();
}
