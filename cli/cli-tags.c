/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "cli.h"

static bool
print (ProfAnswer *answer, const ProfSink *sink, void *data, GError **error)
{
  g_autoptr (GString) out = NULL;
  ProfReportSyntax    syntax;

  if (cli_syntax (data, &syntax))
    return prof_report_data_tags (answer, syntax, sink, error);
  out = g_string_new (NULL);
  return prof_report_tags (out, answer, error) &&
         prof_sink_write (sink, out->str, out->len, error);
}

int
cli_tags (int argc, char **argv)
{
  const CliCommandLine line = {
    .command = "tags",
    .canonical = true,
    .formats = CLI_ALL_FORMATS,
    .summary = _ ("Prints what samples cost by their labels."),
  };

  return cli_report (&line, print, argc, argv);
}
