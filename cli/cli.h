/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/* The command "prof": what its parts share. Results go to standard output,
 * messages to standard error, one line each. */

#include "cli-options.h"
#include "prof.h"
#include <glib/gi18n.h>

G_BEGIN_DECLS

/* Exit statuses. */
enum
{
  CLI_DONE = 0,
  CLI_FAILED = 1, /* input or output */
  CLI_USAGE = 2,
  CLI_GREW = 3, /* "diff --fail-over" */
};

/* One for each command; @argv begins with the command's name. They return the
 * exit status. */
int cli_comments (int argc, char **argv);
int cli_convert (int argc, char **argv);
int cli_diff (int argc, char **argv);
int cli_fetch (int argc, char **argv);
int cli_flame (int argc, char **argv);
int cli_graph (int argc, char **argv);
int cli_info (int argc, char **argv);
int cli_list (int argc, char **argv);
int cli_peek (int argc, char **argv);
int cli_raw (int argc, char **argv);
int cli_tags (int argc, char **argv);
int cli_thumbnail (int argc, char **argv);
int cli_top (int argc, char **argv);
int cli_traces (int argc, char **argv);
int cli_tree (int argc, char **argv);
int cli_torch (int argc, char **argv);

/**
 * cli_fail:
 * @path: (nullable): the file it is about, as by cli_shown()
 * @message: a sentence without a full stop
 *
 * Says "prof: PATH: MESSAGE" on standard error, on one line whatever a file
 * has put into it.
 *
 * Returns: always %CLI_FAILED
 */
int cli_fail (const char *path, const char *message);

/* Gets "PATH: MESSAGE" without the "prof: " in front of it. */
typedef void (*CliListener) (const char *message, void *data);

/**
 * cli_listen:
 * @listener: (nullable): told what cli_fail() would write; %NULL: it is written
 *
 * For a command whose messages have a form of their own.
 */
void cli_listen (CliListener listener, void *data);

/* (transfer none): what the user named, for messages and titles: "-" by its
 * name, a URL without the password in it. */
const char *cli_shown (const char *path);

/* (transfer full): without what could end a line or steer a terminal. */
char *cli_tamed (const char *text);

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
 * cli_report_failed:
 * @error: why there is no report
 *
 * Says so: of a pattern that is wrong, how the command is used; of anything
 * else, which profile it is about.
 *
 * Returns: the exit status
 */
int cli_report_failed (const char         *command,
                       const CliArguments *arguments,
                       const GError       *error);

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
 * CliPrintFunc:
 * @sink: where the report goes
 *
 * A report that is too large to be put together first.
 *
 * Returns: %false with @error set: the sink's or its own
 */
typedef bool (*CliPrintFunc) (ProfAnswer     *answer,
                              const ProfSink *sink,
                              void           *data,
                              GError        **error);

/**
 * cli_print_pieces:
 * @answer: (nullable): for @print
 * @data: for @print
 *
 * cli_print() for what comes piece by piece, or the same into the file that
 * @arguments name, whole or not at all; messages about the profile as by
 * cli_report_failed().
 *
 * Returns: the exit status
 */
int cli_print_pieces (const char         *command,
                      const CliArguments *arguments,
                      ProfAnswer         *answer,
                      CliPrintFunc        print,
                      void               *data);

/**
 * cli_report:
 * @print: writes the report of the answer in the format asked for, see
 *   cli_syntax(); its data are the CliArguments
 *
 * All of a command that prints a report: reads the command line, asks and
 * prints.
 *
 * Returns: the exit status
 */
int cli_report (const CliCommandLine *line,
                CliPrintFunc          print,
                int                   argc,
                char                **argv);

/* Whether a report is asked for as data, with @syntax set; else it is text. */
bool cli_syntax (const CliArguments *arguments, ProfReportSyntax *syntax);

/**
 * cli_write:
 * @arguments: %PROF_LIMIT_TEXT is of their limits
 * @output: (nullable): a file; %NULL or "-" is standard output
 * @content: writes the result; @data is for it
 *
 * Writes a result that need not exist as a whole, as prof_export_stream() does;
 * to a terminal as cli_print() does.
 *
 * Returns: the exit status; a message is written when it is not %CLI_DONE
 */
int cli_write (const CliArguments *arguments,
               const char         *output,
               ProfExportFunc      content,
               void               *data);

/**
 * cli_network_start:
 * @paths: %NULL at the end
 *
 * Begins to fetch those that are URLs, all at once, if that is wanted at all;
 * cli_load() and cli_network_take() wait for them. What is not begun is not
 * fetched.
 */
void cli_network_start (const CliNetwork *network, const char *const *paths);

/* Whether @path is being fetched, or is there and not taken yet. */
bool cli_network_has (const char *path);

/**
 * cli_network_take:
 *
 * Waits for what is fetched from @path, with a countdown where standard error
 * is a terminal.
 *
 * Returns: (transfer full): the bytes, or %NULL with @error set
 */
GBytes *cli_network_take (const char *path, GError **error);

/**
 * cli_perf_load:
 *
 * prof_perf_data_load(), which an interrupt ends together with us.
 */
ProfProfile *cli_perf_load (const char       *path,
                            const ProfLimits *limits,
                            GError          **error);

/**
 * cli_load:
 * @path: a file, "-", or a URL that is being fetched
 * @status: (out): the exit status when nothing could be loaded; the message is
 *   written then
 *
 * Loads a profile, with a progress bar where standard error is a terminal and
 * it takes over half a second. A recording by Linux perf is read by perf where
 * @arguments say so: they do where the user has typed its name.
 *
 * Returns: (transfer full): the profile as it is in the file, or %NULL
 */
ProfProfile *cli_load (const CliArguments *arguments,
                       const char         *path,
                       int                *status);

/**
 * cli_load_one:
 *
 * cli_load(), in pprof's form where cli_load_all() would give that or the query
 * normalizes.
 */
ProfProfile *cli_load_one (const CliArguments *arguments,
                           const char         *path,
                           int                *status);

/**
 * cli_load_all:
 * @arguments: profiles, and those the query subtracts
 *
 * Loads every profile, adds them up and subtracts what the query asks for. Of
 * several, those that cannot be loaded are reported and left out. A single one
 * is as in the file, unless the command asks for pprof's form or has to add up
 * equal samples to be right.
 *
 * Returns: (transfer full): the profile, or %NULL with @status set
 */
ProfProfile *cli_load_all (const CliArguments *arguments, int *status);

/**
 * cli_ask:
 *
 * cli_load_all() and the query's answer; what there is to say of it is said on
 * standard error.
 *
 * Returns: (transfer full): the answer, or %NULL with @status set
 */
ProfAnswer *cli_ask (const CliArguments *arguments, int *status);

G_END_DECLS
