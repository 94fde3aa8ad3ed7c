/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "input/prof-child.h"

#include "base/prof-error.h"
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <stdint.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

extern char **environ;

/* How late a cancelled program is stopped at most, and an ended one noticed that
 * had closed its output before. */
#define STEP_MS       25
#define STEP_ENDED_US 1000

#define PIECE 65536

/* What is kept of standard error. */
#define MAX_COMPLAINT 1024
#define MAX_SAID      160

enum
{
  TO,
  FROM,
  COMPLAINTS,
  N_ENDS,
};

typedef struct
{
  const ProfChild *asked;
  const ProfSink  *sink;
  ProfProgress    *progress; /* (nullable) */
  GBytes          *input;
  size_t           n_written;
  size_t           n_read;
  int64_t          deadline_us; /* of g_get_monotonic_time() */

  pid_t pid;      /* and its group; 0: none */
  bool  is_known; /* whether somebody else has not waited for it */

  /* Owned */
  int      ours[N_ENDS]; /* -1: closed */
  GString *complaint;
} Run;

static bool
fail_errno (GError **error, const char *what, int number)
{
  g_set_error (error,
               G_IO_ERROR,
               (int)g_io_error_from_errno (number),
               "%s: %s",
               what,
               g_strerror (number));
  return false;
}

static void
close_end (int *fd)
{
  if (*fd >= 0)
    close (*fd);
  *fd = -1;
}

/* --- Start --- */

/* Sockets, as writing to one can be told not to raise SIGPIPE. */
static bool
open_ends (Run *self, int theirs[N_ENDS], GError **error)
{
  for (int e = 0; e < N_ENDS; e++)
    {
      int pair[2];

      if (socketpair (AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, pair) < 0)
        return fail_errno (error, self->asked->argv[0], errno);
      self->ours[e] = pair[0];
      theirs[e] = pair[1];
      if (fcntl (pair[0], F_SETFL, O_NONBLOCK) < 0)
        return fail_errno (error, self->asked->argv[0], errno);
    }
  return true;
}

/* A process as if a shell had started it: no signal is blocked or ignored that
 * is so here. */
static int
set_up (posix_spawnattr_t          *attributes,
        posix_spawn_file_actions_t *actions,
        const int                   theirs[N_ENDS])
{
  sigset_t none;
  sigset_t all;
  int      failed = 0;

  sigemptyset (&none);
  sigfillset (&all);
  sigdelset (&all, SIGKILL);
  sigdelset (&all, SIGSTOP);
  posix_spawnattr_setflags (attributes,
                            POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGMASK |
                                POSIX_SPAWN_SETSIGDEF);
  posix_spawnattr_setpgroup (attributes, 0);
  posix_spawnattr_setsigmask (attributes, &none);
  posix_spawnattr_setsigdefault (attributes, &all);
  for (int e = 0; e < N_ENDS && failed == 0; e++)
    failed = posix_spawn_file_actions_adddup2 (actions, theirs[e], e);
  return failed;
}

static int
spawn (Run *self, const int theirs[N_ENDS])
{
  posix_spawnattr_t          attributes;
  posix_spawn_file_actions_t actions;
  int                        failed;

  failed = posix_spawnattr_init (&attributes);
  if (failed != 0)
    return failed;
  failed = posix_spawn_file_actions_init (&actions);
  if (failed == 0)
    {
      failed = set_up (&attributes, &actions, theirs);
      if (failed == 0)
        failed = posix_spawnp (&self->pid,
                               self->asked->argv[0],
                               &actions,
                               &attributes,
                               (char *const *)self->asked->argv,
                               environ);
      posix_spawn_file_actions_destroy (&actions);
    }
  posix_spawnattr_destroy (&attributes);
  if (failed != 0)
    self->pid = 0;
  return failed;
}

static bool
start (Run *self, GError **error)
{
  int  theirs[N_ENDS] = { -1, -1, -1 };
  bool ok = open_ends (self, theirs, error);
  int  failed;

  if (ok)
    {
      failed = spawn (self, theirs);
      ok = failed == 0 || fail_errno (error, self->asked->argv[0], failed);
    }
  for (int e = 0; e < N_ENDS; e++)
    close_end (&theirs[e]);
  return ok;
}

/* --- Talk --- */

/* Whether it may go on. */
static bool
is_in_time (const Run *self, GError **error)
{
  if (!prof_progress_step (self->progress, -1, error))
    return false;
  if (g_get_monotonic_time () < self->deadline_us)
    return true;
  g_set_error (error,
               G_IO_ERROR,
               G_IO_ERROR_TIMED_OUT,
               "%s has not finished within %g s",
               self->asked->argv[0],
               self->asked->limit_ms / 1000.0);
  return false;
}

/* Who does not read to the end has read enough; how it ends tells. */
static void
write_some (Run *self)
{
  size_t         length;
  const uint8_t *data = g_bytes_get_data (self->input, &length);
  ssize_t        n = 0;

  if (self->n_written < length)
    n = send (self->ours[TO],
              data + self->n_written,
              length - self->n_written,
              MSG_NOSIGNAL);
  if (n > 0)
    self->n_written += (size_t)n;
  if (self->n_written == length || (n < 0 && errno != EAGAIN && errno != EINTR))
    close_end (&self->ours[TO]);
}

/* Returns how many bytes came, 0 with the end closed after the last. */
static size_t
read_some (Run *self, int end, uint8_t *piece)
{
  ssize_t n = read (self->ours[end], piece, PIECE);

  if (n == 0 || (n < 0 && errno != EAGAIN && errno != EINTR))
    close_end (&self->ours[end]);
  return n > 0 ? (size_t)n : 0;
}

static bool
take_output (Run *self, uint8_t *piece, GError **error)
{
  size_t n = read_some (self, FROM, piece);

  if (n > self->asked->max_bytes - self->n_read)
    return prof_fail (error,
                      PROF_ERROR_TOO_LARGE,
                      "%s writes more than %zu bytes",
                      self->asked->argv[0],
                      self->asked->max_bytes);
  self->n_read += n;
  return n == 0 || prof_sink_write (self->sink, piece, n, error);
}

static void
take_complaint (Run *self, uint8_t *piece)
{
  size_t n = read_some (self, COMPLAINTS, piece);
  size_t left = MAX_COMPLAINT - self->complaint->len;

  g_string_append_len (self->complaint,
                       (const char *)piece,
                       (gssize)MIN (n, left));
}

/* Until it has closed what it writes to. */
static bool
talk (Run *self, GError **error)
{
  g_autofree uint8_t *piece = g_malloc (PIECE);

  while (self->ours[FROM] >= 0 || self->ours[COMPLAINTS] >= 0)
    {
      struct pollfd polled[N_ENDS] = {
        [TO] = { self->ours[TO], POLLOUT, 0 },
        [FROM] = { self->ours[FROM], POLLIN, 0 },
        [COMPLAINTS] = { self->ours[COMPLAINTS], POLLIN, 0 },
      };

      if (!is_in_time (self, error))
        return false;
      poll (polled, N_ENDS, STEP_MS);
      if (polled[TO].revents != 0)
        write_some (self);
      if (polled[FROM].revents != 0 && !take_output (self, piece, error))
        return false;
      if (polled[COMPLAINTS].revents != 0)
        take_complaint (self, piece);
    }
  return true;
}

/* --- End --- */

/* Until it has ended; it is still there to be waited for. Where this process
 * does not want to know how children end, nobody can. */
static bool
wait_for_end (Run *self, GError **error)
{
  for (;;)
    {
      siginfo_t info = { 0 };
      int       done = waitid (P_PID,
                         (id_t)self->pid,
                         &info,
                         WEXITED | WNOHANG | WNOWAIT);

      if (done < 0 && errno != EINTR)
        {
          self->is_known = false;
          return true;
        }
      if (done == 0 && info.si_pid == self->pid)
        return true;
      if (!is_in_time (self, error))
        return false;
      g_usleep (STEP_ENDED_US);
    }
}

/* Ends it and what it has started, then takes its status: until then its number
 * cannot be another's. */
static int
reap (Run *self)
{
  int status = 0;

  if (self->pid == 0 || !self->is_known)
    return 0;
  kill (-self->pid, SIGKILL);
  while (waitpid (self->pid, &status, 0) < 0)
    if (errno != EINTR)
      return 0;
  return status;
}

/* (transfer full) (nullable): the first line of what it says. */
static char *
complaint_of (const Run *self)
{
  g_autofree char *valid = NULL;
  g_autofree char *line = NULL;

  valid = g_utf8_make_valid (self->complaint->str,
                             (gssize)self->complaint->len);
  line = g_strndup (valid, strcspn (valid, "\r\n"));
  g_strstrip (line);
  if (line[0] == '\0')
    return NULL;
  if (g_utf8_strlen (line, -1) > MAX_SAID)
    {
      g_autofree char *start = g_utf8_substring (line, 0, MAX_SAID);

      return g_strconcat (start, "…", NULL);
    }
  return g_steal_pointer (&line);
}

static bool
judge (const Run *self, int status, const char *complaint, GError **error)
{
  const char *name = self->asked->argv[0];
  const char *colon = complaint != NULL ? ": " : "";

  if (complaint == NULL)
    complaint = "";
  if (WIFEXITED (status) && WEXITSTATUS (status) == 0)
    return true;
  if (WIFSIGNALED (status))
    g_set_error (error,
                 G_IO_ERROR,
                 G_IO_ERROR_FAILED,
                 "%s was ended by signal %d%s%s",
                 name,
                 WTERMSIG (status),
                 colon,
                 complaint);
  else
    g_set_error (error,
                 G_IO_ERROR,
                 G_IO_ERROR_FAILED,
                 "%s failed with status %d%s%s",
                 name,
                 WEXITSTATUS (status),
                 colon,
                 complaint);
  return false;
}

static int64_t
deadline (const ProfChild *child)
{
  return child->limit_ms == 0
             ? INT64_MAX
             : g_get_monotonic_time () + child->limit_ms * INT64_C (1000);
}

bool
prof_child_stream (const ProfChild *child,
                   GBytes          *input,
                   const ProfSink  *sink,
                   ProfProgress    *progress,
                   char           **complaint,
                   GError         **error)
{
  Run self = {
    .asked = child,
    .sink = sink,
    .progress = progress,
    .input = input,
    .deadline_us = deadline (child),
    .is_known = true,
    .ours = { -1, -1, -1 },
    .complaint = g_string_new (NULL),
  };
  g_autofree char *said = NULL;
  bool             ok;
  int              status;

  ok = start (&self, error) && talk (&self, error) &&
       wait_for_end (&self, error);
  status = reap (&self);
  said = complaint_of (&self);
  ok = ok && judge (&self, status, said, error);
  for (int e = 0; e < N_ENDS; e++)
    close_end (&self.ours[e]);
  g_string_free (self.complaint, TRUE);
  if (complaint != NULL)
    *complaint = g_steal_pointer (&said);
  return ok;
}

static bool
append (void *data, const void *bytes, size_t length, GError **error)
{
  g_byte_array_append (data, bytes, (guint)length);
  return true;
}

GBytes *
prof_child_run (const ProfChild *child,
                GBytes          *input,
                ProfProgress    *progress,
                GError         **error)
{
  GByteArray    *output = g_byte_array_new ();
  const ProfSink sink = { append, output };

  if (prof_child_stream (child, input, &sink, progress, NULL, error))
    return g_byte_array_free_to_bytes (output);
  g_byte_array_unref (output);
  return NULL;
}
