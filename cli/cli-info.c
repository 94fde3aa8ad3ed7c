/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "cli.h"

typedef struct
{
  const CliArguments *arguments;
  ProfProfile        *profile;
} Info;

/* @answer is what the profile is lent by, or NULL. */
static bool
print (ProfAnswer *answer, const ProfSink *sink, void *data, GError **error)
{
  const Info         *info = data;
  g_autoptr (GString) out = NULL;
  ProfReportSyntax    syntax;

  if (cli_syntax (info->arguments, &syntax))
    return prof_report_data_info (info->profile, syntax, sink, error);
  out = g_string_new (NULL);
  prof_report_info (out, info->profile);
  return prof_sink_write (sink, out->str, out->len, error);
}

/* Of the profile as it is, or of what is left of it when anything is asked. */
static int
print_info (const CliCommandLine *line, const CliArguments *arguments)
{
  g_autoptr (ProfQuery)   nothing = prof_query_new ();
  g_autoptr (ProfProfile) profile = NULL;
  g_autoptr (ProfAnswer)  answer = NULL;
  Info                    info = { .arguments = arguments };
  int                     status;

  if (prof_query_equal (arguments->query, nothing))
    profile = cli_load_all (arguments, &status);
  else
    answer = cli_ask (arguments, &status);
  if (profile == NULL && answer == NULL)
    return status;
  info.profile = answer != NULL ? prof_answer_profile (answer) : profile;
  return cli_print_pieces (line->command, arguments, answer, print, &info);
}

int
cli_info (int argc, char **argv)
{
  const CliCommandLine line = {
    .command = "info",
    .formats = CLI_ALL_FORMATS,
    .summary = _ ("Prints what a profile says of itself."),
  };
  g_auto (CliArguments) arguments = { 0 };
  int                   status;

  if (!cli_options_parse (&line, argc, argv, &arguments, &status))
    return status;
  return print_info (&line, &arguments);
}
