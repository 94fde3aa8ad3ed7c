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
    return prof_report_data_tags (out, answer, *syntax, error);
  return prof_report_tags (out, answer, error);
}

int
cli_tags (int argc, char **argv)
{
  const CliCommandLine line = {
    .command = "tags",
    .summary = _ ("Prints what samples cost by their labels."),
    .canonical = true,
  };

  return cli_format_run (&line, argc, argv, report, NULL);
}
