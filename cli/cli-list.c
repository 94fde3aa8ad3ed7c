/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "cli.h"

static GBytes *
read_source (const char *file, void *data, GError **error)
{
  const ProfQueryFields *fields = data;

  return prof_source_file_read (file,
                                fields->trim_path,
                                fields->source_path,
                                error);
}

static bool
print (ProfAnswer *answer, const ProfSink *sink, void *data, GError **error)
{
  const CliArguments *arguments = data;

  return prof_report_list (answer,
                           arguments->operand,
                           read_source,
                           (void *)prof_query_fields (arguments->query),
                           sink,
                           error);
}

int
cli_list (int argc, char **argv)
{
  const CliCommandLine line = {
    .command = "list",
    .canonical = true,
    .summary = _ ("Prints the source of functions whose names match RE, with "
                  "what each line costs."),
    .operand = "RE",
  };
  g_auto (CliArguments)  arguments = { 0 };
  g_autoptr (ProfAnswer) answer = NULL;
  int                    status;

  if (!cli_options_parse (&line, argc, argv, &arguments, &status))
    return status;
  answer = cli_ask (&arguments, &status);
  if (answer == NULL)
    return status;
  return cli_print_pieces (line.command, &arguments, answer, print, &arguments);
}
