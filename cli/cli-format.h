/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/* Commands that print one report, for people or for programs: --format. */

#include "cli.h"
#include "prof.h"

G_BEGIN_DECLS

/**
 * CliReportFunc:
 * @operand: (nullable): what the command line has before the profiles
 * @syntax: (nullable): how programs are told; %NULL for text
 *
 * Appends the report.
 *
 * Returns: %false with @error set
 */
typedef bool (*CliReportFunc) (GString                *out,
                               ProfAnswer             *answer,
                               const char             *operand,
                               const ProfReportSyntax *syntax,
                               GError                **error);

/**
 * cli_format_parse:
 * @line: a command without options of its own; it gets --format
 * @arguments: (out): as of cli_options_parse()
 * @is_text: (out): whether the report is for people
 * @syntax: (out): else how programs are told
 * @status: (out): the exit status when there is nothing more to do
 *
 * Returns: whether to go on
 */
bool cli_format_parse (const CliCommandLine *line,
                       int                   argc,
                       char                **argv,
                       CliArguments         *arguments,
                       bool                 *is_text,
                       ProfReportSyntax     *syntax,
                       int                  *status);

/**
 * cli_format_run:
 * @line: as of cli_format_parse()
 * @report: appends the report, for programs alone where there is @print
 * @print: (nullable): writes text that is too large to be put together; gets the
 *   CliArguments as its data
 *
 * Parses the command line, asks, reports and prints.
 *
 * Returns: the exit status
 */
int cli_format_run (const CliCommandLine *line,
                    int                   argc,
                    char                **argv,
                    CliReportFunc         report,
                    CliPrintFunc          print);

G_END_DECLS
