/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/* Another program, asked once: bytes in, bytes out, and an end to it whatever
 * the program does. For any thread; no main loop, no signal handler, and no
 * SIGPIPE when the program stops reading. */

#include "base/prof-progress.h"
#include "base/prof-sink.h"

G_BEGIN_DECLS

typedef struct
{
  /* The program, looked for in PATH unless there is a "/" in it, and its
   * arguments; NULL at the end. There is no shell. */
  const char *const *argv;

  size_t   max_bytes; /* of what it may write */
  unsigned limit_ms;  /* that it may take; 0: as long as it wants */
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

/**
 * prof_child_stream:
 * @sink: gets what it writes on standard output as it comes; while it works,
 *   the program waits
 * @complaint: (out) (optional): the first line of what it has written on standard
 *   error, or %NULL; to be freed, also where it ran well
 *
 * prof_child_run() for more than should be in memory.
 *
 * Returns: %false with @error set: as prof_child_run(), or the sink's
 */
bool prof_child_stream (const ProfChild *self,
                        GBytes          *input,
                        const ProfSink  *sink,
                        ProfProgress    *progress,
                        char           **complaint,
                        GError         **error);

G_END_DECLS
