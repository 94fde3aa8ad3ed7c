/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "cli.h"

int
cli_comments (int argc, char **argv)
{
  const CliCommandLine line = {
    .command = "comments",
    .canonical = true,
    .summary = _ (
        "Prints what its writer has noted in a profile, a comment a line."),
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
  prof_report_comments (out, prof_answer_profile (answer));
  return cli_print (out->str, (gssize)out->len);
}
