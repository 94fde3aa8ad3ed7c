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
    return prof_report_data_tree (out, answer, operand, *syntax, error);
  return prof_report_peek (out, answer, operand, error);
}

int
cli_peek (int argc, char **argv)
{
  const CliCommandLine line = {
    .command = "peek",
    .summary = _ ("Prints the functions whose names match RE, with all callers "
                  "and callees."),
    .operand = "RE",
  };

  return cli_format_run (&line, argc, argv, report, NULL);
}
