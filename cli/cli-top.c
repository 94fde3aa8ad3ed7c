/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "cli.h"

static bool
print (ProfAnswer *answer, const ProfSink *sink, void *data, GError **error)
{
  g_autoptr (GString) out = NULL;
  ProfReportSyntax    syntax;

  if (cli_syntax (data, &syntax))
    return prof_report_data_top (answer, syntax, sink, error);
  out = g_string_new (NULL);
  prof_report_top (out, answer);
  return prof_sink_write (sink, out->str, out->len, error);
}

int
cli_top (int argc, char **argv)
{
  const CliCommandLine line = {
    .command = "top",
    .formats = CLI_ALL_FORMATS,
    .only_sums = true,
    .summary = _ ("Prints the functions that cost most."),
  };

  return cli_report (&line, print, argc, argv);
}
