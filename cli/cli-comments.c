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
    prof_report_data_comments (out, prof_answer_profile (answer), *syntax);
  else
    prof_report_comments (out, prof_answer_profile (answer));
  return true;
}

int
cli_comments (int argc, char **argv)
{
  const CliCommandLine line = {
    .command = "comments",
    .canonical = true,
    .summary = _ (
        "Prints what its writer has noted in a profile, a comment a line."),
  };

  return cli_format_run (&line, argc, argv, report, NULL);
}
