/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/* The command "prof": what its parts share. Results go to standard output,
 * messages to standard error, one line each. */

#include "prof.h"
#include <glib/gi18n.h>

G_BEGIN_DECLS

/* Exit statuses. */
enum
{
  CLI_DONE = 0,
  CLI_FAILED = 1, /* input or output */
  CLI_USAGE = 2,
};

/* One for each command; @argv begins with the command's name. They return the
 * exit status. */
int cli_flame (int argc, char **argv);
int cli_info (int argc, char **argv);
int cli_top (int argc, char **argv);

/**
 * cli_fail:
 * @path: (nullable): the file it is about; "-" is written as its name
 * @message: a sentence without a full stop
 *
 * Says "prof: PATH: MESSAGE" on standard error, on one line whatever a file
 * has put into it.
 *
 * Returns: always %CLI_FAILED
 */
int cli_fail (const char *path, const char *message);

/**
 * cli_usage_error:
 *
 * Says what is wrong with the command line and where help is.
 *
 * Returns: always %CLI_USAGE
 */
int cli_usage_error (const char *command, const char *format, ...)
    G_GNUC_PRINTF (2, 3);

/**
 * cli_print:
 * @length: bytes, or -1 up to the NUL
 *
 * Writes a result to standard output and closes it, so that a full disk is
 * noticed. On a terminal, control characters out of a file are replaced.
 *
 * Returns: the exit status
 */
int cli_print (const char *text, gssize length);

/**
 * cli_load:
 * @path: a file, or "-"
 * @status: (out): the exit status when nothing could be loaded; the message is
 *   written then
 *
 * Loads a profile, with a progress bar where standard error is a terminal and
 * it takes over half a second.
 *
 * Returns: (transfer full): the profile as it is in the file, or %NULL
 */
ProfProfile *cli_load (const char *path, int *status);

/**
 * cli_load_pruned:
 *
 * cli_load() without the frames that the profile itself asks to drop: what
 * reports and pictures show.
 */
ProfProfile *cli_load_pruned (const char *path, int *status);

/**
 * cli_find_type:
 * @name: (nullable): what --sample-index says
 *
 * Returns: %CLI_DONE with @type set, or %CLI_FAILED with the message written
 */
int cli_find_type (ProfProfile *profile,
                   const char  *path,
                   const char  *name,
                   size_t      *type);

G_END_DECLS
