/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "cli.h"

static bool
print (ProfAnswer *answer, const ProfSink *sink, void *data, GError **error)
{
  return prof_report_traces (answer, sink, error);
}

int
cli_traces (int argc, char **argv)
{
  const CliCommandLine line = {
    .command = "traces",
    .canonical = true,
    .summary = _ ("Prints every sample's labels and stack, the leaf first."),
  };
  g_auto (CliArguments)  arguments = { 0 };
  g_autoptr (ProfAnswer) answer = NULL;
  int                    status;

  if (!cli_options_parse (&line, argc, argv, &arguments, &status))
    return status;
  answer = cli_ask (&arguments, &status);
  if (answer == NULL)
    return status;
  return cli_print_pieces (line.command, &arguments, answer, print, NULL);
}
