/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "cli.h"

/* Of the profile as it is, or of what is left of it when anything is asked. */
static int
print_info (const CliArguments *arguments)
{
  g_autoptr (ProfQuery)   nothing = prof_query_new ();
  g_autoptr (ProfProfile) profile = NULL;
  g_autoptr (ProfAnswer)  answer = NULL;
  g_autoptr (GString)     out = g_string_new (NULL);
  int                     status;

  if (prof_query_equal (arguments->query, nothing))
    profile = cli_load_all (arguments, &status);
  else
    answer = cli_ask (arguments, &status);
  if (profile == NULL && answer == NULL)
    return status;
  prof_report_info (out,
                    answer != NULL ? prof_answer_profile (answer) : profile);
  return cli_print (out->str, (gssize)out->len);
}

int
cli_info (int argc, char **argv)
{
  const CliCommandLine line = {
    .command = "info",
    .summary = _ ("Prints what a profile says of itself."),
  };
  g_auto (CliArguments) arguments = { 0 };
  int                   status;

  if (!cli_options_parse (&line, argc, argv, &arguments, &status))
    return status;
  return print_info (&arguments);
}
