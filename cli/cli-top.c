/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "cli-options.h"
#include "cli.h"

typedef struct
{
  const char   *path;
  const char   *type;
  const char   *unit;
  bool          no_trim;
  ProfTopParams params;
} Arguments;

static bool
parse (int argc, char **argv, Arguments *arguments, int *status)
{
  ProfTopParams  *params = &arguments->params;
  const CliOption options[] = {
    { "sample-index",
      0,
      CLI_OPTION_TEXT,
      &arguments->type,
      _ ("NAME"),
      _ ("which sample type, by name or number") },
    { "cum",
      0,
      CLI_OPTION_FLAG,
      &params->by_cum,
      NULL,
      _ ("order by cum instead of flat") },
    { "nodecount",
      0,
      CLI_OPTION_COUNT,
      &params->node_count,
      _ ("N"),
      _ ("at most so many functions; 0 is all") },
    { "nodefraction",
      0,
      CLI_OPTION_NUMBER,
      &params->node_fraction,
      _ ("F"),
      _ ("leave out functions below this share (0.005)") },
    { "edgefraction",
      0,
      CLI_OPTION_NUMBER,
      &params->edge_fraction,
      _ ("F"),
      _ ("calls below this share count for no inline mark (0.001)") },
    { "no-trim",
      0,
      CLI_OPTION_FLAG,
      &arguments->no_trim,
      NULL,
      _ ("leave out nothing") },
    { "unit",
      0,
      CLI_OPTION_TEXT,
      &arguments->unit,
      _ ("UNIT"),
      _ ("such as ms or MB; auto for each number its own") },
  };
  const CliCommandLine line = {
    "top",
    _ ("Prints the functions that cost most."),
    options,
    G_N_ELEMENTS (options),
  };

  return cli_options_parse (&line, argc, argv, &arguments->path, status);
}

int
cli_top (int argc, char **argv)
{
  Arguments arguments = { .unit = "minimum", .params = PROF_TOP_PARAMS_INIT };
  g_autoptr (ProfProfile) profile = NULL;
  g_autoptr (ProfFrames)  frames = NULL;
  g_autoptr (ProfTop)     top = NULL;
  g_autoptr (GString)     out = g_string_new (NULL);
  size_t                  type;
  int                     status;

  if (!parse (argc, argv, &arguments, &status))
    return status;
  if (arguments.no_trim)
    {
      arguments.params.node_count = 0;
      arguments.params.node_fraction = 0;
      arguments.params.edge_fraction = 0;
    }
  profile = cli_load_pruned (arguments.path, &status);
  if (profile == NULL)
    return status;
  status = cli_find_type (profile, arguments.path, arguments.type, &type);
  if (status != CLI_DONE)
    return status;
  frames = prof_frames_new (profile, type);
  top = prof_top_new (frames, type, &arguments.params);
  prof_report_top_in (out, top, &arguments.params, arguments.unit);
  return cli_print (out->str, (gssize)out->len);
}
