/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "cli.h"
#include <string.h>

typedef struct
{
  CliArguments           asked;
  const char            *output;
  const char            *theme;
  const char            *paper;
  char                 **filters; /* owned, NULL at the end */
  ProfGraphExportOptions picture;
} Arguments;

static bool
parse (int argc, char **argv, Arguments *arguments, int *status)
{
  ProfGraphExportOptions *picture = &arguments->picture;
  const CliOption         options[] = {
            { "output",
              'o',
              CLI_OPTION_TEXT,
              &arguments->output,
              _ ("FILE"),
              _ ("where to: .svg, .png or .pdf, or .dot for Graphviz; “-” is "
                 "standard output, as dot, as without") },
            { "title",
              0,
              CLI_OPTION_TEXT,
              &picture->title,
              _ ("TEXT"),
              _ ("heading; the binary and the sample type if not given") },
            { "subtitle",
              0,
              CLI_OPTION_TEXT,
              &picture->subtitle,
              _ ("TEXT"),
              _ ("line below it; facts of the profile if not given") },
            { "width",
              0,
              CLI_OPTION_NUMBER,
              &picture->width_px,
              _ ("PX"),
              _ ("width of a picture the graph is made small enough for; what it "
                 "needs if not given") },
            { "height",
              0,
              CLI_OPTION_NUMBER,
              &picture->height_px,
              _ ("PX"),
              _ ("height of it, likewise") },
            { "scale",
              0,
              CLI_OPTION_NUMBER,
              &picture->scale,
              _ ("N"),
              _ ("pixels of a PNG for each of them, 1 to 4 (1)") },
            { "theme",
              0,
              CLI_OPTION_TEXT,
              &arguments->theme,
              _ ("NAME"),
              _ ("light or dark (light)") },
            { "paper",
              0,
              CLI_OPTION_TEXT,
              &arguments->paper,
              _ ("NAME"),
              _ ("of a PDF: a3, a4, a5, letter or legal, with -landscape; one page "
                 "as large as the picture if not given") },
            { "fonttype",
              0,
              CLI_OPTION_TEXT,
              &picture->font_family,
              _ ("NAME"),
              _ ("font family, or several, separated by commas") },
            { "countname",
              0,
              CLI_OPTION_TEXT,
              &picture->count_name,
              _ ("TEXT"),
              _ ("what is measured, in words; the sample type if not given") },
            { "notes",
              0,
              CLI_OPTION_TEXT,
              &picture->notes,
              _ ("TEXT"),
              _ ("a note kept in SVG and PDF, but not drawn") },
  };
  const CliCommandLine line = {
    .command = "graph",
    .summary = _ (
        "Draws the call graph, as SVG, PNG or PDF, or writes it in the "
        "language of Graphviz (dot)."),
    .options = options,
    .n_options = G_N_ELEMENTS (options),
  };

  return cli_options_parse (&line, argc, argv, &arguments->asked, status);
}

/* --- What can be said without having read the profile --- */

static int
check_output (const char *output)
{
  if (output == NULL || prof_graph_export_knows (output))
    return CLI_DONE;
  return cli_usage_error ("graph",
                          _ ("“%s” ends in none of .svg, .png, .pdf and .dot"),
                          output);
}

static bool
is_drawn (const Arguments *arguments)
{
  return arguments->output != NULL &&
         prof_graph_export_is_drawn (arguments->output);
}

/* What was not given is 0. */
static bool
is_outside (double value, double least, double most)
{
  return (value < 0 || value > 0) && !(value >= least && value <= most);
}

static int
check_sizes (const ProfGraphExportOptions *picture)
{
  if (is_outside (picture->width_px,
                  PROF_EXPORT_MIN_WIDTH,
                  PROF_MAX_PICTURE_SIDE))
    return cli_usage_error ("graph",
                            _ ("--width wants a number from %d to %d"),
                            PROF_EXPORT_MIN_WIDTH,
                            PROF_MAX_PICTURE_SIDE);
  if (is_outside (picture->height_px,
                  PROF_GRAPH_EXPORT_MIN_HEIGHT,
                  PROF_MAX_PICTURE_SIDE))
    return cli_usage_error ("graph",
                            _ ("--height is that of the picture and wants a "
                               "number from %d to %d"),
                            PROF_GRAPH_EXPORT_MIN_HEIGHT,
                            PROF_MAX_PICTURE_SIDE);
  if (!(picture->scale >= 1 && picture->scale <= 4))
    return cli_usage_error ("graph", _ ("--scale wants a number from 1 to 4"));
  return CLI_DONE;
}

static int
check_theme (Arguments *arguments)
{
  const char *theme = arguments->theme;

  if (theme == NULL || strcmp (theme, "light") == 0)
    return CLI_DONE;
  if (strcmp (theme, "dark") != 0)
    return cli_usage_error ("graph",
                            _ ("--%s is %s or %s, not “%s”"),
                            "theme",
                            "light",
                            "dark",
                            theme);
  arguments->picture.theme = PROF_THEME_DARK;
  return CLI_DONE;
}

static int
check_paper (Arguments *arguments)
{
  const char *name = arguments->paper;

  if (name == NULL || prof_paper_find (name,
                                       &arguments->picture.paper_width_pt,
                                       &arguments->picture.paper_height_pt))
    return CLI_DONE;
  return cli_usage_error ("graph",
                          _ ("--paper is a3, a4, a5, letter or legal, with or "
                             "without -landscape, not “%s”"),
                          name);
}

static int
check (Arguments *arguments)
{
  int status = check_output (arguments->output);

  if (status == CLI_DONE)
    status = check_sizes (&arguments->picture);
  if (status == CLI_DONE)
    status = check_theme (arguments);
  if (status == CLI_DONE)
    status = check_paper (arguments);
  return status;
}

/* --- What is written --- */

static bool
write_dot (const ProfSink *sink, void *data, GError **error)
{
  return prof_report_dot (data, sink, error);
}

/* A difference that was saved has its base in it, as well. */
static void
compare (Arguments *arguments, ProfAnswer *answer)
{
  const ProfQueryFields *fields = prof_query_fields (
      prof_answer_query (answer));

  arguments->picture.compared = fields->diff_base[0] != NULL ||
                                prof_has_base (prof_answer_profile (answer));
  if (fields->diff_base[0] != NULL)
    arguments->picture.base_name = cli_shown (fields->diff_base[0]);
}

static void
say_fewer (const Arguments *arguments, ProfGraphLayout *layout, size_t n_wanted)
{
  ProfGraph *graph = prof_graph_scene_graph (prof_graph_layout_scene (layout));
  g_autofree char *message = NULL;

  if (n_wanted == 0)
    return;
  message = g_strdup_printf (
      _ ("Graphviz would take too long for %zu functions; the %zu most telling "
         "are drawn"),
      n_wanted,
      prof_graph_n_nodes (graph));
  cli_fail (arguments->asked.paths[0], message);
}

static int
draw (Arguments *arguments, ProfAnswer *answer)
{
  g_autoptr (GError)          error = NULL;
  g_autoptr (ProfTextCache)   cache = NULL;
  g_autoptr (ProfGraphLayout) layout = NULL;
  size_t                      n_wanted = 0;

  cache = prof_graph_export_text_cache (&arguments->picture);
  layout = prof_graph_build (answer, NULL, cache, NULL, &n_wanted, &error);
  if (layout == NULL)
    return cli_fail (arguments->output, error->message);
  say_fewer (arguments, layout, n_wanted);
  compare (arguments, answer);
  arguments->filters = prof_query_active_filters (prof_answer_query (answer));
  arguments->picture.filters = (const char *const *)arguments->filters;
  if (strcmp (arguments->asked.paths[0], "-") != 0)
    arguments->picture.file_name = cli_shown (arguments->asked.paths[0]);
  if (prof_graph_export (answer,
                         layout,
                         &arguments->picture,
                         cache,
                         arguments->output,
                         &error))
    return CLI_DONE;
  return cli_fail (arguments->output, error->message);
}

static int
ask_and_write (Arguments *arguments)
{
  g_autoptr (ProfAnswer) answer = NULL;
  int                    status;

  answer = cli_ask (&arguments->asked, &status);
  if (answer == NULL)
    return status;
  if (is_drawn (arguments))
    return draw (arguments, answer);
  return cli_write (&arguments->asked, arguments->output, write_dot, answer);
}

int
cli_graph (int argc, char **argv)
{
  Arguments arguments = { .picture = PROF_GRAPH_EXPORT_OPTIONS_INIT };
  int       status;

  if (parse (argc, argv, &arguments, &status))
    {
      status = check (&arguments);
      if (status == CLI_DONE)
        status = ask_and_write (&arguments);
    }
  g_strfreev (arguments.filters);
  cli_arguments_clear (&arguments.asked);
  return status;
}
