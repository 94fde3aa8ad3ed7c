/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "formats/prof-goroutines-decode.h"

#include "format-util.h"
#include "test-util.h"
#include <string.h>

#define READ(text, stacks) check_stacks (&prof_goroutines_decoder, text, stacks)

static bool
is_ours (const char *text)
{
  return prof_goroutines_decoder.sniff ((const uint8_t *)text, strlen (text));
}

static void
test_each_goroutine_is_a_sample (void)
{
  READ ("goroutine 1 [running]:\n"
        "main.(*T[...]).work(0xc00, {0x1, 0x2}, ...)\n"
        "\t/src/a b.go:12 +0x1d\n"
        "main.main()\n"
        "\t/src/main.go:5 +0x20\n"
        "\n"
        "goroutine 18 [chan receive]:\n"
        "main.wait.func1({0x501710?, 0xc000068090})\n"
        "\t/src/main.go:7 +0x3b\n",
        "goroutine/count\n"
        "main.main:5;main.(*T[...]).work:12 1\tstate=running\n"
        "main.wait.func1:7 1\tstate=chan receive\n");
}

static void
test_inlined_calls_belong_to_the_next (void)
{
  READ ("goroutine 1 [running]:\r\n"
        "main.a(...)\r\n\t/src/main.go:1\r\n"
        "main.b(...)\r\n\t/src/main.go:2\r\n"
        "main.c()\r\n\t/src/main.go:3 +0x1\r\n",
        "goroutine/count\nmain.a:1<main.b:2<main.c:3 1\tstate=running\n");
}

static void
test_states_waits_and_creators_are_labels (void)
{
  READ ("goroutine 7 [chan receive (nil chan), 5 minutes, locked to thread]:\n"
        "main.f()\n\t/src/main.go:1 +0x1\n"
        "created by main.start in goroutine 1\n\t/src/main.go:2 +0x2\n",
        "goroutine/count\n"
        "main.f:1 1\twait=5 minutes\tlocked to thread=true\t"
        "state=chan receive (nil chan)\tcreated by=main.start\n");
  READ ("goroutine 7 [select, synctest bubble 1, 12 minutes]:\n",
        "goroutine/count\n 1\twait=12 minutes\t"
        "state=select, synctest bubble 1\n");
}

static void
test_labels_of_goroutines_are_read (void)
{
  READ ("goroutine 7 [running] {role: reader, \"a: b\": \"1\\n\"}:\n"
        "main.f()\n\t/src/main.go:1 +0x1\n",
        "goroutine/count\n"
        "main.f:1 1\tstate=running\trole=reader\ta: b=1\n\n");
}

/* With addresses in heads and places, thread's stack and registers. */
static void
test_fatal_errors_are_read (void)
{
  READ ("SIGQUIT: quit\nPC=0x4651a1 m=0 sigcode=0\n\n"
        "runtime stack:\nruntime.throw({0x1, 0x2})\n"
        "\t/go/panic.go:9 +0x4 fp=0x7f sp=0x7e pc=0x43\n\n"
        "goroutine 1 gp=0xc000002380 m=nil [GC worker (idle)]:\n"
        "runtime.gopark(0x0?)\n"
        "\t/go/proc.go:363 +0xd6 fp=0xc0 sp=0xc1 pc=0x4379b6\n"
        "runtime.goexit()\n"
        "\t/go/asm_amd64.s:1594 +0x1 fp=0xc0 sp=0xc0 pc=0x4632c1\n"
        "created by runtime.gcBgMarkStartWorkers\n"
        "\t/go/mgc.go:1159 +0x25\n\n"
        "rax    0xca\nrbx    0x0\n",
        "goroutine/count\n"
        "runtime.throw:9 1\tstate=runtime stack\n"
        "runtime.gopark:363 1\tstate=GC worker (idle)\t"
        "created by=runtime.gcBgMarkStartWorkers\n");
}

static void
test_other_lines_are_no_frames (void)
{
  READ (
      "2026/01/02 log line\npanic: boom\n\ngoroutine 1 [running]:\n"
      "main.f()\n\t/src/main.go:1 +0x1\n"
      "...23 frames elided...\n"
      "non-Go function\n\tpc=0x7f0\n"
      "main.g()\n\t/src/main.go:2 +0x1\n"
      "exit status 2\n",
      "goroutine/count\nmain.g:2;non-Go function;main.f:1 1\tstate=running\n");
  READ ("goroutine 5 [running]:\n"
        "\tgoroutine running on other thread; stack unavailable\n",
        "goroutine/count\n 1\tstate=running\n");
}

static void
test_the_reason_is_a_comment (void)
{
  g_autoptr (ProfProfile) profile = NULL;
  const ProfStringId     *comments;
  size_t                  n;

  profile = load_text ("log\npanic: boom\n\ngoroutine 1 [running]:\n"
                       "main.f()\n\t/src/main.go:1 +0x1\n\npanic: other\n");
  comments = prof_profile_comments (profile, &n);
  g_assert_cmpuint (n, ==, 1);
  g_assert_cmpstr (prof_profile_string (profile, comments[0]),
                   ==,
                   "panic: boom");
}

static void
test_a_cut_frame_is_told (void)
{
  check_refused (&prof_goroutines_decoder,
                 "goroutine 1 [running]:\nmain.f()\n",
                 PROF_ERROR_TRUNCATED,
                 "line 2: the file ends inside a frame");
  check_refused (&prof_goroutines_decoder,
                 "goroutine 1 [running]:\nmain.f",
                 PROF_ERROR_TRUNCATED,
                 "line 2: the file ends inside a frame");
}

/* The same stacks, as debug=1 and debug=2 print them. */
static void
test_both_texts_of_goroutines_agree (void)
{
  g_autofree char *records = folded_file (
      g_strdup ("tests/data/records/good/go-goroutine.txt"));
  g_autofree char *stacks = folded_file (
      g_strdup ("tests/data/goroutines/good/debug-2.txt"));
  static const char waiting[] =
      "main.wait;runtime/pprof.Do;main.wait.func1;main.receive 5\n";

  g_assert_nonnull (strstr (records, waiting));
  g_assert_nonnull (strstr (stacks, waiting));
}

static void
test_content_decides (void)
{
  g_assert_true (is_ours ("goroutine 1 [running]:\n"));
  g_assert_true (is_ours ("x\npanic: y\n\ngoroutine 1 [select (no cases)]:"));
  g_assert_false (is_ours ("goroutine 1 is running:\n"));
  g_assert_false (is_ours ("goroutine 1 (see [1]):\n"));
  g_assert_false (is_ours ("goroutine profile: total 5\n"));
  g_assert_false (is_ours ("goroutine 1 [running]\n"));
}

static void
test_files_are_what_their_names_say (void)
{
  check_files ("goroutines");
}

#define ADD(name, function) \
  g_test_add_func ("/goroutines-decode/" name, function)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("each-goroutine-is-a-sample", test_each_goroutine_is_a_sample);
  ADD ("inlined-calls-belong-to-the-next",
       test_inlined_calls_belong_to_the_next);
  ADD ("states-waits-and-creators-are-labels",
       test_states_waits_and_creators_are_labels);
  ADD ("labels-of-goroutines-are-read", test_labels_of_goroutines_are_read);
  ADD ("fatal-errors-are-read", test_fatal_errors_are_read);
  ADD ("other-lines-are-no-frames", test_other_lines_are_no_frames);
  ADD ("the-reason-is-a-comment", test_the_reason_is_a_comment);
  ADD ("a-cut-frame-is-told", test_a_cut_frame_is_told);
  ADD ("both-texts-of-goroutines-agree", test_both_texts_of_goroutines_agree);
  ADD ("content-decides", test_content_decides);
  ADD ("files-are-what-their-names-say", test_files_are_what_their_names_say);
  return g_test_run ();
}
