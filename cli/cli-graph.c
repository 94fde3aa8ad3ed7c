/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "cli.h"
#include <string.h>

static bool
is_dot (const char *output)
{
  size_t length = strlen (output);
  size_t n = strlen (".dot");

  return length > n && g_ascii_strcasecmp (output + length - n, ".dot") == 0;
}

static int
check (const char *output)
{
  if (output == NULL || is_dot (output) || prof_export_is_direct (output))
    return CLI_DONE;
  return cli_usage_error ("graph",
                          _ ("“%s” does not end in .dot, the language of "
                             "Graphviz; a call graph is written in no other"),
                          output);
}

static bool
write_dot (const ProfSink *sink, void *data, GError **error)
{
  return prof_report_dot (data, sink, error);
}

static int
ask_and_write (const CliArguments *arguments, const char *output)
{
  g_autoptr (ProfAnswer) answer = NULL;
  int                    status;

  answer = cli_ask (arguments, &status);
  if (answer == NULL)
    return status;
  return cli_write (output, write_dot, answer);
}

int
cli_graph (int argc, char **argv)
{
  const char     *output = NULL;
  const CliOption options[] = {
    { "output",
      'o',
      CLI_OPTION_TEXT,
      &output,
      _ ("FILE"),
      _ ("where to: .dot; “-” is standard output, as without") },
  };
  const CliCommandLine line = {
    .command = "graph",
    .summary = _ ("Writes the call graph in the language of Graphviz (dot)."),
    .options = options,
    .n_options = G_N_ELEMENTS (options),
  };
  g_auto (CliArguments) arguments = { 0 };
  int                   status;

  if (!cli_options_parse (&line, argc, argv, &arguments, &status))
    return status;
  status = check (output);
  return status == CLI_DONE ? ask_and_write (&arguments, output) : status;
}
