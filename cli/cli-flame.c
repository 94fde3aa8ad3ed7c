/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "cli-options.h"
#include "cli.h"
#include <string.h>
#include <unistd.h>

typedef struct
{
  CliArguments      asked;
  const char       *output;
  const char       *theme;
  const char       *search;
  bool              icicle;
  ProfExportOptions options;
} Arguments;

static bool
parse (int argc, char **argv, Arguments *arguments, int *status)
{
  ProfExportOptions *picture = &arguments->options;
  const CliOption    options[] = {
       { "output",
         'o',
         CLI_OPTION_TEXT,
         &arguments->output,
         _ ("FILE"),
         _ ("where to: .svg, .png or .pdf; “-” is standard output, as SVG") },
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
         _ ("width of the picture (1200)") },
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
       { "icicle",
         0,
         CLI_OPTION_FLAG,
         &arguments->icicle,
         NULL,
         _ ("callers above what they call; the default") },
       { "flame",
         0,
         CLI_OPTION_FLAG,
         &picture->flame,
         NULL,
         _ ("callers below what they call") },
       { "search",
         0,
         CLI_OPTION_TEXT,
         &arguments->search,
         _ ("RE"),
         _ ("mark functions, files and packages that match, in any case") },
  };
  const CliCommandLine line = {
    .command = "flame",
    .summary = _ ("Draws the flame graph, as SVG, PNG or PDF."),
    .options = options,
    .n_options = G_N_ELEMENTS (options),
  };

  return cli_options_parse (&line, argc, argv, &arguments->asked, status);
}

static bool
is_to_stdout (const Arguments *arguments)
{
  return arguments->output == NULL || strcmp (arguments->output, "-") == 0;
}

static int
check_picture (const ProfExportOptions *picture)
{
  if (picture->width_px < PROF_EXPORT_MIN_WIDTH ||
      picture->width_px > PROF_MAX_PICTURE_SIDE)
    return cli_usage_error ("flame",
                            _ ("--width wants a number from %d to %d"),
                            PROF_EXPORT_MIN_WIDTH,
                            PROF_MAX_PICTURE_SIDE);
  if (picture->scale < 1 || picture->scale > 4)
    return cli_usage_error ("flame", _ ("--scale wants a number from 1 to 4"));
  return CLI_DONE;
}

/* What can be said without having read the profile. */
static int
check (Arguments *arguments)
{
  const char *theme = arguments->theme != NULL ? arguments->theme : "light";

  if (strcmp (theme, "dark") == 0)
    arguments->options.theme = PROF_THEME_DARK;
  else if (strcmp (theme, "light") != 0)
    return cli_usage_error ("flame",
                            _ ("--theme is light or dark, not “%s”"),
                            theme);
  if (arguments->icicle && arguments->options.flame)
    return cli_usage_error ("flame",
                            _ ("--icicle and --flame exclude each other"));
  if (arguments->search != NULL && arguments->search[0] == '\0')
    return cli_usage_error ("flame", _ ("--search wants a pattern"));
  if (arguments->output == NULL && isatty (STDOUT_FILENO))
    return cli_usage_error ("flame",
                            _ ("a picture is not for a terminal; name a file "
                               "with -o"));
  if (!is_to_stdout (arguments) && !prof_export_knows (arguments->output))
    return cli_usage_error ("flame",
                            _ ("“%s” ends neither in .svg, .png nor .pdf"),
                            arguments->output);
  return check_picture (&arguments->options);
}

static int
write_picture (const Arguments *arguments, ProfTree *tree)
{
  g_autoptr (GError) error = NULL;
  g_autofree char   *text = NULL;

  if (!is_to_stdout (arguments))
    {
      if (!prof_export_flame (tree,
                              &arguments->options,
                              arguments->output,
                              &error))
        return cli_fail (arguments->output, error->message);
      return CLI_DONE;
    }
  text = prof_export_flame_svg (tree, &arguments->options, &error);
  if (text == NULL)
    return cli_fail (arguments->asked.paths[0], error->message);
  return cli_print (text, -1);
}

static int
draw (Arguments *arguments, ProfTree *tree)
{
  g_autoptr (ProfSearch) search = NULL;
  g_autoptr (GError)     error = NULL;

  if (arguments->search != NULL)
    {
      search = prof_search_new (tree,
                                arguments->search,
                                PROF_SEARCH_REGEX,
                                &error);
      if (search == NULL)
        return cli_usage_error ("flame", "--search: %s", error->message);
    }
  arguments->options.search = search;
  arguments->options.search_text = arguments->search;
  if (strcmp (arguments->asked.paths[0], "-") != 0)
    arguments->options.file_name = arguments->asked.paths[0];
  return write_picture (arguments, tree);
}

static int
ask_and_draw (Arguments *arguments)
{
  g_autoptr (GError)     error = NULL;
  g_autoptr (ProfAnswer) answer = NULL;
  g_autoptr (ProfTree)   tree = NULL;
  int                    status;

  answer = cli_ask (&arguments->asked, &status);
  if (answer == NULL)
    return status;
  tree = prof_tree_new_for (answer, NULL, &error);
  if (tree == NULL)
    return cli_fail (arguments->asked.paths[0], error->message);
  return draw (arguments, tree);
}

int
cli_flame (int argc, char **argv)
{
  Arguments arguments = { .options = PROF_EXPORT_OPTIONS_INIT };
  int       status;

  if (parse (argc, argv, &arguments, &status))
    {
      status = check (&arguments);
      if (status == CLI_DONE)
        status = ask_and_draw (&arguments);
    }
  cli_arguments_clear (&arguments.asked);
  return status;
}
