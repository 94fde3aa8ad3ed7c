/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "cli-format.h"

static bool
print (ProfAnswer *answer, const ProfSink *sink, void *data, GError **error)
{
  return prof_report_traces (answer, sink, error);
}

static bool
report (GString                *out,
        ProfAnswer             *answer,
        const char             *operand,
        const ProfReportSyntax *syntax,
        GError                **error)
{
  return prof_report_data_traces (out, answer, *syntax, error);
}

int
cli_traces (int argc, char **argv)
{
  const CliCommandLine line = {
    .command = "traces",
    .canonical = true,
    .summary = _ ("Prints every sample's labels and stack, the leaf first."),
  };

  return cli_format_run (&line, argc, argv, report, print);
}
