/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "cli-format.h"

#include <string.h>

/* @syntax is left alone for text. */
static bool
read_format (const char *format, bool *is_text, ProfReportSyntax *syntax)
{
  *is_text = format == NULL || strcmp (format, "text") == 0;
  if (*is_text)
    return true;
  if (strcmp (format, "json") == 0)
    *syntax = PROF_REPORT_JSON;
  else if (strcmp (format, "csv") == 0)
    *syntax = PROF_REPORT_CSV;
  else
    return false;
  return true;
}

bool
cli_format_parse (const CliCommandLine *line,
                  int                   argc,
                  char                **argv,
                  CliArguments         *arguments,
                  bool                 *is_text,
                  ProfReportSyntax     *syntax,
                  int                  *status)
{
  const char     *format = NULL;
  const CliOption options[] = {
    { "format",
      0,
      CLI_OPTION_TEXT,
      &format,
      _ ("NAME"),
      _ ("text, or for programs json or csv (text)") },
  };
  CliCommandLine whole = *line;

  whole.options = options;
  whole.n_options = G_N_ELEMENTS (options);
  if (!cli_options_parse (&whole, argc, argv, arguments, status))
    return false;
  if (read_format (format, is_text, syntax))
    return true;
  *status = cli_usage_error (line->command,
                             _ ("--format is text, json or csv, not “%s”"),
                             format);
  return false;
}

static int
print_report (const char             *command,
              CliArguments           *arguments,
              ProfAnswer             *answer,
              const ProfReportSyntax *syntax,
              CliReportFunc           report)
{
  g_autoptr (GError)  error = NULL;
  g_autoptr (GString) out = g_string_new (NULL);

  if (!report (out, answer, arguments->operand, syntax, &error))
    return cli_report_failed (command, arguments, error);
  return cli_print (out->str, (gssize)out->len);
}

int
cli_format_run (const CliCommandLine *line,
                int                   argc,
                char                **argv,
                CliReportFunc         report,
                CliPrintFunc          print)
{
  g_auto (CliArguments)  arguments = { 0 };
  g_autoptr (ProfAnswer) answer = NULL;
  ProfReportSyntax       syntax = PROF_REPORT_JSON;
  bool                   is_text = true;
  int                    status;

  if (!cli_format_parse (line,
                         argc,
                         argv,
                         &arguments,
                         &is_text,
                         &syntax,
                         &status))
    return status;
  answer = cli_ask (&arguments, &status);
  if (answer == NULL)
    return status;
  if (is_text && print != NULL)
    return cli_print_pieces (line->command,
                             &arguments,
                             answer,
                             print,
                             &arguments);
  return print_report (line->command,
                       &arguments,
                       answer,
                       is_text ? NULL : &syntax,
                       report);
}
