/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "cli.h"

int
cli_top (int argc, char **argv)
{
  const CliCommandLine line = {
    .command = "top",
    .summary = _ ("Prints the functions that cost most."),
  };
  g_auto (CliArguments)  arguments = { 0 };
  g_autoptr (ProfAnswer) answer = NULL;
  g_autoptr (GString)    out = g_string_new (NULL);
  int                    status;

  if (!cli_options_parse (&line, argc, argv, &arguments, &status))
    return status;
  answer = cli_ask (&arguments, &status);
  if (answer == NULL)
    return status;
  prof_report_top (out, answer);
  return cli_print (out->str, (gssize)out->len);
}
