/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "cli.h"

int
cli_peek (int argc, char **argv)
{
  const CliCommandLine line = {
    .command = "peek",
    .summary = _ ("Prints the functions whose names match RE, with all callers "
                  "and callees."),
    .operand = "RE",
  };
  g_auto (CliArguments)  arguments = { 0 };
  g_autoptr (ProfAnswer) answer = NULL;
  g_autoptr (GString)    out = g_string_new (NULL);
  g_autoptr (GError)     error = NULL;
  int                    status;

  if (!cli_options_parse (&line, argc, argv, &arguments, &status))
    return status;
  answer = cli_ask (&arguments, &status);
  if (answer == NULL)
    return status;
  if (!prof_report_peek (out, answer, arguments.operand, &error))
    return cli_report_failed (line.command, &arguments, error);
  return cli_print (out->str, (gssize)out->len);
}
