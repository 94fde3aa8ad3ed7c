/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* usage: measure COMMAND [ARGUMENT…]
 *
 * Runs a command, its output thrown away, and prints as one line of JSON how long
 * it took from start to exit, its time on processors and its peak of memory; with
 * its children's. It is small itself, as a child begins with its parent's peak. */

#include <errno.h>
#include <fcntl.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

extern char **environ;

static double
now_ms (void)
{
  struct timespec time;

  clock_gettime (CLOCK_MONOTONIC, &time);
  return (double)time.tv_sec * 1e3 + (double)time.tv_nsec / 1e6;
}

static double
in_ms (struct timeval time)
{
  return (double)time.tv_sec * 1e3 + (double)time.tv_usec / 1e3;
}

static int
run (char **command, pid_t *pid)
{
  posix_spawn_file_actions_t actions;
  int                        failure;

  posix_spawn_file_actions_init (&actions);
  posix_spawn_file_actions_addopen (&actions,
                                    STDOUT_FILENO,
                                    "/dev/null",
                                    O_WRONLY,
                                    0);
  failure = posix_spawnp (pid, command[0], &actions, NULL, command, environ);
  posix_spawn_file_actions_destroy (&actions);
  return failure;
}

int
main (int argc, char **argv)
{
  double        began = now_ms ();
  struct rusage usage;
  pid_t         pid;
  int           status = 0;
  int           failure;

  if (argc < 2)
    {
      fprintf (stderr, "usage: measure COMMAND [ARGUMENT...]\n");
      return 2;
    }
  failure = run (argv + 1, &pid);
  if (failure != 0)
    {
      fprintf (stderr, "measure: %s: %s\n", argv[1], strerror (failure));
      return 1;
    }
  while (wait4 (pid, &status, 0, &usage) < 0 && errno == EINTR)
    ;
  printf ("{\"wall_ms\":%.3f,\"cpu_ms\":%.3f,\"peak_kib\":%ld}\n",
          now_ms () - began,
          in_ms (usage.ru_utime) + in_ms (usage.ru_stime),
          usage.ru_maxrss);
  return WIFEXITED (status) ? WEXITSTATUS (status) : 1;
}
