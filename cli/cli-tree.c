/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "cli.h"

static bool
print (ProfAnswer *answer, const ProfSink *sink, void *data, GError **error)
{
  g_autoptr (GString) out = NULL;
  ProfReportSyntax    syntax;

  if (cli_syntax (data, &syntax))
    return prof_report_data_tree (answer, syntax, sink, error);
  out = g_string_new (NULL);
  prof_report_tree (out, answer);
  return prof_sink_write (sink, out->str, out->len, error);
}

int
cli_tree (int argc, char **argv)
{
  const CliCommandLine line = {
    .command = "tree",
    .formats = CLI_ALL_FORMATS,
    .summary = _ ("Prints the functions that cost most, each with its callers "
                  "and callees."),
  };

  return cli_report (&line, print, argc, argv);
}
