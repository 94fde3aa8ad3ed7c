/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "cli-format.h"

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

static bool
report (GString                *out,
        ProfAnswer             *answer,
        const char             *operand,
        const ProfReportSyntax *syntax,
        GError                **error)
{
  return prof_report_data_list (out, answer, operand, *syntax, error);
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

  return cli_format_run (&line, argc, argv, report, print);
}
