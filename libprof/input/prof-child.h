/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/* Another program, asked once: bytes in, bytes out, and an end to it whatever
 * the program does. For any thread; no main loop, no signal handler, and no
 * SIGPIPE when the program stops reading. */

#include "base/prof-progress.h"

G_BEGIN_DECLS

typedef struct
{
  /* The program, looked for in PATH unless there is a "/" in it, and its
   * arguments; NULL at the end. There is no shell. */
  const char *const *argv;

  size_t   max_bytes; /* of what it may write */
  unsigned limit_ms;  /* that it may take */
} ProfChild;

/**
 * prof_child_run:
 * @input: what it reads, to the end
 * @progress: (nullable): can stop it
 *
 * Runs a program until it has ended and closed its output. It is a process group
 * of its own: with it, or when it is stopped, whatever it has started is ended,
 * too.
 *
 * What it writes on standard error is not shown; the first line of it is in the
 * message when it fails.
 *
 * Returns: (transfer full): what it has written on standard output; or %NULL
 *   with @error set: %G_IO_ERROR_NOT_FOUND where there is no such program,
 *   %G_IO_ERROR_TIMED_OUT, %G_IO_ERROR_CANCELLED, %PROF_ERROR_TOO_LARGE for more
 *   than it may write, %G_IO_ERROR_FAILED when it crashes or its exit status is
 *   not 0, or why it could not be started
 */
GBytes *prof_child_run (const ProfChild *self,
                        GBytes          *input,
                        ProfProgress    *progress,
                        GError         **error);

G_END_DECLS
