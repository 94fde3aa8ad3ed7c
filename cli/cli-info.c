/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "cli-format.h"

/* Of the profile as it is, or of what is left of it when anything is asked. */
static int
print_info (const CliArguments *arguments, const ProfReportSyntax *syntax)
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
  if (answer != NULL)
    profile = prof_profile_ref (prof_answer_profile (answer));
  if (syntax != NULL)
    prof_report_data_info (out, profile, *syntax);
  else
    prof_report_info (out, profile);
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
  ProfReportSyntax      syntax = PROF_REPORT_JSON;
  bool                  is_text = true;
  int                   status;

  if (!cli_format_parse (&line,
                         argc,
                         argv,
                         &arguments,
                         &is_text,
                         &syntax,
                         &status))
    return status;
  return print_info (&arguments, is_text ? NULL : &syntax);
}
