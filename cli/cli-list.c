/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "cli.h"

static GBytes *
read_source (const char *file, void *data, GError **error)
{
  const CliArguments    *arguments = data;
  const ProfQueryFields *fields = prof_query_fields (arguments->query);

  return prof_source_file_read (file,
                                fields->trim_path,
                                fields->source_path,
                                prof_limits_get (&arguments->limits,
                                                 PROF_LIMIT_SOURCE),
                                error);
}

static bool
print (ProfAnswer *answer, const ProfSink *sink, void *data, GError **error)
{
  const CliArguments *arguments = data;
  ProfReportSyntax    syntax;

  if (cli_syntax (arguments, &syntax))
    return prof_report_data_list (answer,
                                  arguments->operand,
                                  read_source,
                                  data,
                                  syntax,
                                  sink,
                                  error);
  return prof_report_list (answer,
                           arguments->operand,
                           read_source,
                           data,
                           sink,
                           error);
}

int
cli_list (int argc, char **argv)
{
  const CliCommandLine line = {
    .command = "list",
    .canonical = true,
    .formats = CLI_ALL_FORMATS,
    .summary = _ ("Prints the source of functions whose names match RE, with "
                  "what each line costs."),
    .operand = "RE",
  };

  return cli_report (&line, print, argc, argv);
}
