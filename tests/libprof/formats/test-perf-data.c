/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "formats/prof-perf-data.h"

#include "format-util.h"
#include "formats/prof-format.h"
#include "test-util.h"
#include <glib/gstdio.h>
#include <string.h>

#define MAGIC "PERFILE2 and more"

/* What a program named perf prints that is put in the way; it writes what it was
 * called with beside itself. */
typedef struct
{
  char *folder;
  char *data;    /* a recording */
  char *program; /* "perf" */
  char *called;  /* what it was called with, a word a line */
  char *path;    /* PATH as it was */
} Fake;

/* @script: "": there is no program */
static void
fake_start (Fake *self, const char *script)
{
  g_autofree char *text = NULL;
  g_autofree char *path = NULL;

  self->folder = test_new_folder ();
  self->data = g_build_filename (self->folder, "perf.data", NULL);
  self->program = g_build_filename (self->folder, "perf", NULL);
  self->called = g_build_filename (self->folder, "called", NULL);
  self->path = g_strdup (g_getenv ("PATH"));
  text = g_strdup_printf ("#!/bin/sh\nprintf '%%s\\n' \"$@\" >'%s'\n%s\n",
                          self->called,
                          script);
  g_assert_true (g_file_set_contents (self->data, MAGIC, -1, NULL));
  if (script[0] != '\0')
    {
      g_assert_true (g_file_set_contents (self->program, text, -1, NULL));
      g_chmod (self->program, 0755);
    }
  path = script[0] != '\0' ? g_strconcat (self->folder, ":", self->path, NULL)
                           : g_strdup (self->folder);
  g_setenv ("PATH", path, TRUE);
}

static void
fake_stop (Fake *self)
{
  g_setenv ("PATH", self->path, TRUE);
  g_free (self->folder);
  g_free (self->data);
  g_free (self->program);
  g_free (self->called);
  g_free (self->path);
}

static ProfProfile *
load_with (const char       *script,
           const ProfLimits *limits,
           ProfProgress     *progress,
           GError          **error)
{
  Fake         fake;
  ProfProfile *profile;

  fake_start (&fake, script);
  profile = prof_perf_data_load (fake.data, limits, progress, error);
  fake_stop (&fake);
  return profile;
}

static void
assert_fails (const char *script, const char *message)
{
  g_autoptr (GError)      error = NULL;
  g_autoptr (ProfProfile) profile = load_with (script, NULL, NULL, &error);

  g_assert_null (profile);
  g_assert_cmpstr (error->message, ==, message);
}

#define EVENT "printf 'a 1/2 3.5:  7 cycles:\\n\\t 10 f+0x1 (/b)\\n\\n'\n"

static void
test_what_perf_prints_is_the_profile (void)
{
  g_autoptr (GError)      error = NULL;
  g_autoptr (ProfProfile) profile = load_with (EVENT EVENT, NULL, NULL, &error);
  g_autofree char        *stacks = NULL;

  g_assert_no_error (error);
  stacks = stacks_of (profile);
  g_assert_cmpstr (stacks,
                   ==,
                   "samples/count cycles/count\n"
                   "f 1,7\tcomm=a\tpid=1 pid\ttid=2 tid\t"
                   "time=3500000000 nanoseconds\n"
                   "f 1,7\tcomm=a\tpid=1 pid\ttid=2 tid\t"
                   "time=3500000000 nanoseconds\n");
}

static void
test_it_is_told_the_file_as_one_word (void)
{
  g_autoptr (GError)      error = NULL;
  g_autoptr (ProfProfile) profile = NULL;
  g_autofree char        *called = NULL;
  g_autofree char        *odd = NULL;
  g_autofree char        *expected = NULL;
  Fake                    fake;

  fake_start (&fake, EVENT);
  odd = g_build_filename (fake.folder, "-x; $(echo) 'y", NULL);
  g_assert_cmpint (g_rename (fake.data, odd), ==, 0);
  profile = prof_perf_data_load (odd, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (g_file_get_contents (fake.called, &called, NULL, NULL));
  expected = g_strdup_printf ("script\n-F\n+pid\n-i\n%s\n", odd);
  g_assert_cmpstr (called, ==, expected);
  fake_stop (&fake);
}

/* Whatever asks for a profile by its file's name alone. */
static void
test_opening_a_file_starts_nothing (void)
{
  g_autoptr (GError) error = NULL;
  Fake               fake;

  fake_start (&fake, EVENT);
  g_assert_null (prof_format_load (fake.data, NULL, NULL, &error));
  g_assert_error (error, PROF_ERROR, PROF_ERROR_PERF_DATA);
  g_assert_false (g_file_test (fake.called, G_FILE_TEST_EXISTS));
  fake_stop (&fake);
}

static void
test_perf_that_fails (void)
{
  assert_fails ("",
                "recordings by Linux perf are read by perf, which is not "
                "installed; install the package “linux-perf”, or what your "
                "system calls it");
  assert_fails ("echo 'not owned by you' >&2; echo more >&2; exit 255",
                "perf failed with status 255: not owned by you");
  assert_fails (EVENT "kill -SEGV $$", "perf was ended by signal 11");
  assert_fails ("echo 'WARNING: size 0' >&2",
                "perf finds no events in it: WARNING: size 0");
}

static void
test_a_recording_without_events_is_a_profile (void)
{
  g_autoptr (GError)      error = NULL;
  g_autoptr (ProfProfile) profile = load_with (":", NULL, NULL, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (prof_profile_n_samples (profile), ==, 0);
}

static void
test_perf_that_prints_nonsense (void)
{
  assert_fails ("echo '<svg/>'",
                "what perf prints is not as expected: line 1, column 1: this "
                "is not the first line of an event");
  assert_fails (EVENT "printf 'a 1/2 3.5:  7 cycles:\\n\\t 10 f+'",
                "what perf prints is not as expected: line 5, column 8: the "
                "file ends inside a frame");
}

/* The bound is met while it still prints. */
static void
test_perf_that_prints_without_end (void)
{
  ProfLimits              limits = { 0 };
  g_autoptr (GError)      error = NULL;
  g_autoptr (ProfProfile) profile = NULL;
  ProfLimit               limit;

  limits.values[PROF_LIMIT_INFLATED] = 1 << 20;
  profile = load_with ("while :; do " EVENT " done", &limits, NULL, &error);
  g_assert_null (profile);
  g_assert_cmpstr (error->message,
                   ==,
                   "perf prints more than 1048576 bytes (the limit "
                   "\"inflated\")");
  g_assert_true (prof_limits_passed (error, &limit));
  g_assert_cmpint (limit, ==, PROF_LIMIT_INFLATED);
}

static gpointer
cancel_soon (gpointer data)
{
  g_usleep (100000);
  g_cancellable_cancel (data);
  return NULL;
}

static void
test_slow_perf_can_be_stopped (void)
{
  g_autoptr (GError)       error = NULL;
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (ProfProgress) progress = prof_progress_new (cancellable);
  GThread                 *thread;

  thread = g_thread_new ("cancel", cancel_soon, cancellable);
  g_assert_null (load_with (EVENT "exec sleep 600", NULL, progress, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_thread_join (thread);
}

static void
test_what_is_no_file_is_not_given_to_perf (void)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (prof_perf_data_load ("/nowhere/at/all", NULL, NULL, &error));
  g_assert_cmpstr (error->message, ==, "no such file");
  g_clear_error (&error);
  g_assert_null (prof_perf_data_load (g_get_tmp_dir (), NULL, NULL, &error));
  g_assert_cmpstr (error->message, ==, "is a directory");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(path, test) g_test_add_func ("/perf-data/" path, test)
  ADD ("what-perf-prints-is-the-profile", test_what_perf_prints_is_the_profile);
  ADD ("it-is-told-the-file-as-one-word", test_it_is_told_the_file_as_one_word);
  ADD ("opening-a-file-starts-nothing", test_opening_a_file_starts_nothing);
  ADD ("perf-that-fails", test_perf_that_fails);
  ADD ("a-recording-without-events-is-a-profile",
       test_a_recording_without_events_is_a_profile);
  ADD ("perf-that-prints-nonsense", test_perf_that_prints_nonsense);
  ADD ("perf-that-prints-without-end", test_perf_that_prints_without_end);
  ADD ("slow-perf-can-be-stopped", test_slow_perf_can_be_stopped);
  ADD ("what-is-no-file-is-not-given-to-perf",
       test_what_is_no_file_is_not_given_to_perf);
#undef ADD
  return g_test_run ();
}
