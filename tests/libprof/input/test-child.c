/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "input/prof-child.h"

#include "base/prof-error.h"
#include "test-util.h"
#include <errno.h>
#include <signal.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#define LARGE     (4u << 20)
#define MAX_BYTES (8u << 20)

static GBytes *
run (const char   *script,
     GBytes       *input,
     unsigned      limit_ms,
     ProfProgress *progress,
     GError      **error)
{
  const char *const argv[] = { "sh", "-c", script, NULL };
  const ProfChild   child = { argv, MAX_BYTES, limit_ms };

  return prof_child_run (&child, input, progress, error);
}

static GBytes *
run_with_text (const char *script, const char *text, GError **error)
{
  g_autoptr (GBytes) input = g_bytes_new (text, strlen (text));

  return run (script, input, 10000, NULL, error);
}

static void
assert_fails (const char *script, GQuark domain, int code, const char *message)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) output = run_with_text (script, "input\n", &error);

  g_assert_null (output);
  g_assert_error (error, domain, code);
  g_assert_cmpstr (error->message, ==, message);
}

/* The process whose number is in a file ends. */
static void
assert_gone (const char *path)
{
  g_autofree char *text = NULL;
  pid_t            pid;

  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  pid = (pid_t)atoi (text);
  g_assert_cmpint (pid, >, 1);
  for (int i = 0; i < 5000 && kill (pid, 0) == 0; i++)
    {
      g_autofree char *stat_path = g_strdup_printf ("/proc/%d/stat", (int)pid);
      g_autofree char *stat = NULL;

      /* Whoever adopts orphans here may take its time. */
      if (g_file_get_contents (stat_path, &stat, NULL, NULL) &&
          strstr (stat, ") Z") != NULL)
        break;
      g_usleep (1000);
      g_assert_cmpint (i, <, 4999);
    }
}

/* Where it is written to. */
static char *
temporary_path (void)
{
  g_autofree char *folder = test_new_folder ();

  return g_build_filename (folder, "process", NULL);
}

static void
test_what_goes_in_comes_out (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) output = run_with_text ("cat", "digraph\n", &error);

  g_assert_no_error (error);
  g_assert_cmpmem (g_bytes_get_data (output, NULL),
                   g_bytes_get_size (output),
                   "digraph\n",
                   8);
}

/* More than any buffer between the two holds. */
static void
test_megabytes_go_both_ways (void)
{
  g_autoptr (GError) error = NULL;
  char              *data = g_malloc (LARGE);
  g_autoptr (GBytes) input = NULL;
  g_autoptr (GBytes) output = NULL;

  for (size_t i = 0; i < LARGE; i++)
    data[i] = (char)(i * 31);
  input = g_bytes_new_take (data, LARGE);
  output = run ("cat", input, 30000, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (g_bytes_equal (input, output));
}

static void
test_who_does_not_read_raises_no_signal (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) input = g_bytes_new_take (g_malloc0 (LARGE), LARGE);
  g_autoptr (GBytes) output = run ("exec <&-; echo done",
                                   input,
                                   10000,
                                   NULL,
                                   &error);

  g_assert_no_error (error);
  g_assert_cmpuint (g_bytes_get_size (output), ==, 5);
}

static void
test_no_such_program (void)
{
  const char *const  argv[] = { "no-such-program-here", NULL };
  const ProfChild    child = { argv, MAX_BYTES, 1000 };
  g_autoptr (GBytes) input = g_bytes_new (NULL, 0);
  g_autoptr (GError) error = NULL;

  g_assert_null (prof_child_run (&child, input, NULL, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND);
}

static void
test_failing_is_told_with_its_reason (void)
{
  assert_fails ("echo 'syntax error in line 3' >&2; echo more >&2; exit 2",
                G_IO_ERROR,
                G_IO_ERROR_FAILED,
                "sh failed with status 2: syntax error in line 3");
  assert_fails ("exit 1",
                G_IO_ERROR,
                G_IO_ERROR_FAILED,
                "sh failed with status 1");
}

static void
test_crashing_is_told (void)
{
  assert_fails ("kill -SEGV $$",
                G_IO_ERROR,
                G_IO_ERROR_FAILED,
                "sh was ended by signal 11");
}

static void
test_too_much_is_not_kept (void)
{
  g_autofree char *path = temporary_path ();
  g_autofree char *script = g_strdup_printf ("echo $$ >%s; exec cat /dev/zero",
                                             path);

  assert_fails (script,
                PROF_ERROR,
                PROF_ERROR_TOO_LARGE,
                "sh writes more than 8388608 bytes");
  assert_gone (path);
}

static void
test_complaints_without_end_do_not_block (void)
{
  assert_fails ("head -c 3000000 /dev/zero | tr '\\0' 'x' >&2; exit 1",
                G_IO_ERROR,
                G_IO_ERROR_FAILED,
                "sh failed with status 1: "
                "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"
                "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"
                "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx…");
}

/* What it has started goes with it. */
static void
test_slow_is_ended_with_all_of_its_group (void)
{
  g_autoptr (GError) error = NULL;
  g_autofree char   *path = temporary_path ();
  g_autofree char   *script = g_strdup_printf ("sleep 600 & echo $! >%s; wait",
                                             path);
  g_autoptr (GBytes) input = g_bytes_new (NULL, 0);
  gint64             start = g_get_monotonic_time ();

  g_assert_null (run (script, input, 300, NULL, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_TIMED_OUT);
  g_assert_cmpstr (error->message, ==, "sh has not finished within 0.3 s");
  g_assert_cmpint (g_get_monotonic_time () - start, <, 60 * G_USEC_PER_SEC);
  assert_gone (path);
}

/* It has closed all it writes to, and goes on. */
static void
test_silent_is_ended_too (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) input = g_bytes_new (NULL, 0);

  g_assert_null (
      run ("exec >&- 2>&-; exec sleep 600", input, 300, NULL, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_TIMED_OUT);
}

static void
test_what_it_leaves_behind_is_ended (void)
{
  g_autoptr (GError) error = NULL;
  g_autofree char   *path = temporary_path ();
  g_autofree char   *script =
      g_strdup_printf ("sleep 600 >&- 2>&- & echo $! >%s; echo out", path);
  g_autoptr (GBytes) output = run_with_text (script, "", &error);

  g_assert_no_error (error);
  g_assert_cmpuint (g_bytes_get_size (output), ==, 4);
  assert_gone (path);
}

static gpointer
cancel_soon (gpointer data)
{
  g_usleep (100000);
  g_cancellable_cancel (data);
  return NULL;
}

static void
test_cancelling_ends_it (void)
{
  g_autoptr (GError)       error = NULL;
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (ProfProgress) progress = prof_progress_new (cancellable);
  g_autofree char         *path = temporary_path ();
  g_autofree char         *script = g_strdup_printf ("echo $$ >%s; "
                                                     "exec sleep 600",
                                             path);
  g_autoptr (GBytes)       input = g_bytes_new (NULL, 0);
  GThread                 *thread;

  thread = g_thread_new ("cancel", cancel_soon, cancellable);
  g_assert_null (run (script, input, 600000, progress, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_thread_join (thread);
  assert_gone (path);
}

static bool
take_some (void *data, const void *bytes, size_t length, GError **error)
{
  size_t *n = data;

  *n += length;
  return *n < LARGE ||
         prof_fail (error, PROF_ERROR_MALFORMED, "enough at %u", LARGE);
}

/* No more than that is waited for, however much there is. */
static void
test_whoever_takes_the_output_may_refuse_it (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) input = g_bytes_new (NULL, 0);
  g_autofree char   *complaint = NULL;
  g_autofree char   *path = temporary_path ();
  g_autofree char   *script =
      g_strdup_printf ("echo $$ >%s; echo hm >&2; exec cat /dev/zero", path);
  const char *const argv[] = { "sh", "-c", script, NULL };
  const ProfChild   child = { argv, SIZE_MAX, 0 };
  size_t            n = 0;
  const ProfSink    sink = { take_some, &n };

  g_assert_false (
      prof_child_stream (&child, input, &sink, NULL, &complaint, &error));
  g_assert_cmpstr (error->message, ==, "enough at 4194304");
  g_assert_cmpstr (complaint, ==, "hm");
  g_assert_cmpuint (n, <, LARGE + (1u << 20));
  assert_gone (path);
}

static guint
n_open_files (void)
{
  g_autoptr (GDir) dir = g_dir_open ("/proc/self/fd", 0, NULL);
  guint            n = 0;

  while (dir != NULL && g_dir_read_name (dir) != NULL)
    n++;
  return n;
}

static void
test_nothing_stays_open (void)
{
  guint before = n_open_files ();

  test_failing_is_told_with_its_reason ();
  test_no_such_program ();
  test_what_goes_in_comes_out ();
  g_assert_cmpuint (n_open_files (), ==, before);
}

static void
test_signals_of_this_process_are_not_its (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) output = NULL;

  signal (SIGTERM, SIG_IGN);
  output = run_with_text ("kill -TERM $$; echo alive", "", &error);
  signal (SIGTERM, SIG_DFL);
  g_assert_null (output);
  g_assert_cmpstr (error->message, ==, "sh was ended by signal 15");
}

/* A shell may have said so for all that it starts. */
static void
test_children_that_nobody_waits_for (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) output = NULL;

  signal (SIGCHLD, SIG_IGN);
  output = run_with_text ("cat", "all", &error);
  signal (SIGCHLD, SIG_DFL);
  g_assert_no_error (error);
  g_assert_cmpuint (g_bytes_get_size (output), ==, 3);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(path, test) g_test_add_func ("/child/" path, test)
  ADD ("what-goes-in-comes-out", test_what_goes_in_comes_out);
  ADD ("megabytes-go-both-ways", test_megabytes_go_both_ways);
  ADD ("who-does-not-read-raises-no-signal",
       test_who_does_not_read_raises_no_signal);
  ADD ("no-such-program", test_no_such_program);
  ADD ("failing-is-told-with-its-reason", test_failing_is_told_with_its_reason);
  ADD ("crashing-is-told", test_crashing_is_told);
  ADD ("too-much-is-not-kept", test_too_much_is_not_kept);
  ADD ("complaints-without-end-do-not-block",
       test_complaints_without_end_do_not_block);
  ADD ("slow-is-ended-with-all-of-its-group",
       test_slow_is_ended_with_all_of_its_group);
  ADD ("silent-is-ended-too", test_silent_is_ended_too);
  ADD ("what-it-leaves-behind-is-ended", test_what_it_leaves_behind_is_ended);
  ADD ("cancelling-ends-it", test_cancelling_ends_it);
  ADD ("whoever-takes-the-output-may-refuse-it",
       test_whoever_takes_the_output_may_refuse_it);
  ADD ("nothing-stays-open", test_nothing_stays_open);
  ADD ("signals-of-this-process-are-not-its",
       test_signals_of_this_process_are_not_its);
  ADD ("children-that-nobody-waits-for", test_children_that_nobody_waits_for);
#undef ADD
  return g_test_run ();
}
