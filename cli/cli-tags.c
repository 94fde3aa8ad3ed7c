/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "cli.h"

int
cli_tags (int argc, char **argv)
{
  const CliCommandLine line = {
    .command = "tags",
    .canonical = true,
    .summary = _ ("Prints what samples cost by their labels."),
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
  if (!prof_report_tags (out, answer, &error))
    return cli_report_failed (line.command, &arguments, error);
  return cli_print (out->str, (gssize)out->len);
}
