/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "cli-options.h"
#include "cli.h"

int
cli_info (int argc, char **argv)
{
  const char             *path;
  const char             *name = NULL;
  g_autoptr (ProfProfile) profile = NULL;
  g_autoptr (GString)     out = g_string_new (NULL);
  size_t                  type;
  int                     status;
  const CliOption         options[] = {
            { "sample-index",
              0,
              CLI_OPTION_TEXT,
              &name,
              _ ("NAME"),
              _ ("which sample type, by name or number: checked only") },
  };
  const CliCommandLine line = {
    "info",
    _ ("Prints what a profile says of itself."),
    options,
    G_N_ELEMENTS (options),
  };

  if (!cli_options_parse (&line, argc, argv, &path, &status))
    return status;
  profile = cli_load (path, &status);
  if (profile == NULL)
    return status;
  status = cli_find_type (profile, path, name, &type);
  if (status != CLI_DONE)
    return status;
  prof_report_info (out, profile);
  return cli_print (out->str, (gssize)out->len);
}
