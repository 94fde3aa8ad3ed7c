/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "cli-format.h"

static bool
report (GString                *out,
        ProfAnswer             *answer,
        const char             *operand,
        const ProfReportSyntax *syntax,
        GError                **error)
{
  if (syntax != NULL)
    return prof_report_data_top (out, answer, *syntax, error);
  prof_report_top (out, answer);
  return true;
}

int
cli_top (int argc, char **argv)
{
  const CliCommandLine line = {
    .command = "top",
    .summary = _ ("Prints the functions that cost most."),
  };

  return cli_format_run (&line, argc, argv, report, NULL);
}
