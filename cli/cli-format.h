/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/* Commands that print one report, for people or for programs: --format. */

#include "cli-options.h"
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
 * cli_format_run:
 * @line: a command without options of its own; it gets --format
 *
 * Parses the command line, asks, reports and prints.
 *
 * Returns: the exit status
 */
int cli_format_run (const CliCommandLine *line,
                    int                   argc,
                    char                **argv,
                    CliReportFunc         report);

G_END_DECLS
