/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "cli.h"

static bool
print (ProfAnswer *answer, const ProfSink *sink, void *data, GError **error)
{
  ProfReportSyntax syntax;

  if (cli_syntax (data, &syntax))
    return prof_report_data_traces (answer, syntax, sink, error);
  return prof_report_traces (answer, sink, error);
}

int
cli_traces (int argc, char **argv)
{
  const CliCommandLine line = {
    .command = "traces",
    .canonical = true,
    .formats = CLI_ALL_FORMATS,
    .summary = _ ("Prints every sample's labels and stack, the leaf first."),
  };

  return cli_report (&line, print, argc, argv);
}
