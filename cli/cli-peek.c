/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "cli.h"

static bool
print (ProfAnswer *answer, const ProfSink *sink, void *data, GError **error)
{
  const CliArguments *arguments = data;
  g_autoptr (GString) out = NULL;
  ProfReportSyntax    syntax;

  if (cli_syntax (arguments, &syntax))
    return prof_report_data_peek (answer,
                                  arguments->operand,
                                  syntax,
                                  sink,
                                  error);
  out = g_string_new (NULL);
  return prof_report_peek (out, answer, arguments->operand, error) &&
         prof_sink_write (sink, out->str, out->len, error);
}

int
cli_peek (int argc, char **argv)
{
  const CliCommandLine line = {
    .command = "peek",
    .formats = CLI_ALL_FORMATS,
    .summary = _ ("Prints the functions whose names match RE, with all callers "
                  "and callees."),
    .operand = "RE",
  };

  return cli_report (&line, print, argc, argv);
}
