/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "cli.h"

static bool
print (ProfAnswer *answer, const ProfSink *sink, void *data, GError **error)
{
  const ProfProfile  *profile = prof_answer_profile (answer);
  g_autoptr (GString) out = NULL;
  ProfReportSyntax    syntax;

  if (cli_syntax (data, &syntax))
    return prof_report_data_comments (profile, syntax, sink, error);
  out = g_string_new (NULL);
  prof_report_comments (out, profile);
  return prof_sink_write (sink, out->str, out->len, error);
}

int
cli_comments (int argc, char **argv)
{
  const CliCommandLine line = {
    .command = "comments",
    .canonical = true,
    .formats = CLI_ALL_FORMATS,
    .summary = _ (
        "Prints what its writer has noted in a profile, a comment a line."),
  };

  return cli_report (&line, print, argc, argv);
}
