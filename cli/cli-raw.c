/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "cli.h"

static bool
print (ProfAnswer *answer, const ProfSink *sink, void *data, GError **error)
{
  return prof_report_raw (prof_answer_profile (answer), sink, error);
}

int
cli_raw (int argc, char **argv)
{
  const CliCommandLine line = {
    .command = "raw",
    .canonical = true,
    .summary = _ (
        "Prints all of a profile: facts, samples, locations and mappings."),
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
