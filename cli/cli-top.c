/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "cli.h"
#include <string.h>

/* NULL is text. */
static int
check (const char *format)
{
  if (format == NULL || strcmp (format, "text") == 0 ||
      strcmp (format, "json") == 0 || strcmp (format, "csv") == 0)
    return CLI_DONE;
  return cli_usage_error ("top",
                          _ ("--format is text, json or csv, not “%s”"),
                          format);
}

static bool
report (GString *out, ProfAnswer *answer, const char *format, GError **error)
{
  if (g_strcmp0 (format, "json") == 0)
    return prof_report_data_top (out, answer, PROF_REPORT_JSON, error);
  if (g_strcmp0 (format, "csv") == 0)
    return prof_report_data_top (out, answer, PROF_REPORT_CSV, error);
  prof_report_top (out, answer);
  return true;
}

static int
ask_and_print (const CliArguments *arguments, const char *format)
{
  g_autoptr (GError)     error = NULL;
  g_autoptr (ProfAnswer) answer = NULL;
  g_autoptr (GString)    out = g_string_new (NULL);
  int                    status;

  answer = cli_ask (arguments, &status);
  if (answer == NULL)
    return status;
  if (!report (out, answer, format, &error))
    return cli_fail (arguments->paths[0], error->message);
  return cli_print (out->str, (gssize)out->len);
}

int
cli_top (int argc, char **argv)
{
  const char     *format = NULL;
  const CliOption options[] = {
    { "format",
      0,
      CLI_OPTION_TEXT,
      &format,
      _ ("NAME"),
      _ ("text, json or csv (text)") },
  };
  const CliCommandLine line = {
    .command = "top",
    .summary = _ ("Prints the functions that cost most."),
    .options = options,
    .n_options = G_N_ELEMENTS (options),
  };
  g_auto (CliArguments) arguments = { 0 };
  int                   status;

  if (!cli_options_parse (&line, argc, argv, &arguments, &status))
    return status;
  status = check (format);
  return status == CLI_DONE ? ask_and_print (&arguments, format) : status;
}
