/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "cli.h"

static bool
print (ProfAnswer *answer, const ProfSink *sink, void *data, GError **error)
{
  return prof_report_raw (prof_answer_profile (answer), sink, error);
}

int
cli_raw (int argc, char **argv)
{
  const CliCommandLine line = {
    .command = "raw",
    .canonical = true,
    .formats = CLI_TEXT_ONLY,
    .instead = _ ("programs use info, traces or convert"),
    .summary = _ (
        "Prints all of a profile: facts, samples, locations and mappings."),
  };

  return cli_report (&line, print, argc, argv);
}
