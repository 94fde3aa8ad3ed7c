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
    return prof_report_data_tree (out, answer, NULL, *syntax, error);
  prof_report_tree (out, answer);
  return true;
}

int
cli_tree (int argc, char **argv)
{
  const CliCommandLine line = {
    .command = "tree",
    .summary = _ ("Prints the functions that cost most, each with its callers "
                  "and callees."),
  };

  return cli_format_run (&line, argc, argv, report, NULL);
}
