/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "cli-options.h"
#include "cli.h"
#include <string.h>
#include <unistd.h>

/* Of text and its ground, as WCAG asks for. */
#define MIN_CONTRAST 4.5

typedef struct
{
  CliArguments      asked;
  const char       *output;
  const char       *theme;
  const char       *search;
  const char       *order;
  const char       *root;
  const char       *colors;
  const char       *ground;
  const char       *width_of;
  const char       *paper;
  bool              icicle;
  bool              reverse;
  bool              is_static;
  char            **filters; /* owned, NULL at the end */
  ProfTreeFlags     flags;
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
         _ ("where to: .svg, .png, .pdf, .html, or .json for other tools; “-” "
            "is standard output, as SVG") },
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
         _ ("light or dark (light; a page follows its reader)") },
       { "colors",
         0,
         CLI_OPTION_TEXT,
         &arguments->colors,
         _ ("NAME"),
         _ ("packages, functions, files, self, depth, diff, or go-torch's hot, "
            "mem, io, java, … (packages)") },
       { "hash",
         0,
         CLI_OPTION_FLAG,
         &picture->coloring.by_name,
         NULL,
         _ ("a shade for each function instead of for each package") },
       { "bgcolors",
         0,
         CLI_OPTION_TEXT,
         &arguments->ground,
         _ ("NAME"),
         _ ("ground: yellow, blue, green, grey or #rrggbb; the theme's if not "
            "given") },
       { "width-of",
         0,
         CLI_OPTION_TEXT,
         &arguments->width_of,
         _ ("SIDE"),
         _ ("of a comparison with --diff-base: before, now or both, the larger "
            "(both)") },
       { "paper",
         0,
         CLI_OPTION_TEXT,
         &arguments->paper,
         _ ("NAME"),
         _ ("of a PDF: a3, a4, a5, letter or legal, with -landscape; one page as "
            "large as the picture if not given") },
       { "pages",
         0,
         CLI_OPTION_FLAG,
         &picture->several_pages,
         NULL,
         _ ("of a PDF on paper: several pages instead of one that it fits on") },
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
       { "reverse",
         0,
         CLI_OPTION_FLAG,
         &arguments->reverse,
         NULL,
         _ ("leaves first: functions by their own value, then callers") },
       { "order",
         0,
         CLI_OPTION_TEXT,
         &arguments->order,
         _ ("NAME"),
         _ ("of frames side by side: weight or name (weight; name with "
            "--diff-base)") },
       { "root",
         0,
         CLI_OPTION_TEXT,
         &arguments->root,
         _ ("RE"),
         _ ("zoom to the heaviest frame that matches, in any case") },
       { "minwidth",
         0,
         CLI_OPTION_NUMBER,
         &picture->min_width_px,
         _ ("PX"),
         _ ("narrower frames are drawn together (2)") },
       { "height",
         0,
         CLI_OPTION_NUMBER,
         &picture->row_px,
         _ ("PX"),
         _ ("height of a frame (19)") },
       { "fonttype",
         0,
         CLI_OPTION_TEXT,
         &picture->font_family,
         _ ("NAME"),
         _ ("font family, or several, separated by commas") },
       { "fontsize",
         0,
         CLI_OPTION_NUMBER,
         &picture->font_px,
         _ ("PX"),
         _ ("height of the letters in frames (12)") },
       { "countname",
         0,
         CLI_OPTION_TEXT,
         &picture->count_name,
         _ ("TEXT"),
         _ ("what is measured, in words; the sample type if not given") },
       { "static",
         0,
         CLI_OPTION_FLAG,
         &arguments->is_static,
         NULL,
         _ ("SVG without script, smaller and for pages that allow none") },
       { "notes",
         0,
         CLI_OPTION_TEXT,
         &picture->notes,
         _ ("TEXT"),
         _ ("a note kept in SVG, PDF and HTML, but not drawn") },
       { "search",
         0,
         CLI_OPTION_TEXT,
         &arguments->search,
         _ ("RE"),
         _ ("mark functions, files and packages that match, in any case") },
  };
  const CliCommandLine line = {
    .command = "flame",
    .summary = _ ("Draws the flame graph, as SVG, PNG, PDF or HTML, or tells "
                  "other tools how, as JSON."),
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

/* The numbers that were given; those that were not are 0. */
static int
check_picture (const ProfExportOptions *picture)
{
  double least_row = picture->font_px + PROF_EXPORT_ROW_ROOM;

  if (picture->width_px < PROF_EXPORT_MIN_WIDTH ||
      picture->width_px > PROF_MAX_PICTURE_SIDE)
    return cli_usage_error ("flame",
                            _ ("--width wants a number from %d to %d"),
                            PROF_EXPORT_MIN_WIDTH,
                            PROF_MAX_PICTURE_SIDE);
  if (picture->scale < 1 || picture->scale > 4)
    return cli_usage_error ("flame", _ ("--scale wants a number from 1 to 4"));
  if (picture->font_px > 0 && (picture->font_px < PROF_EXPORT_MIN_FONT ||
                               picture->font_px > PROF_EXPORT_MAX_FONT))
    return cli_usage_error ("flame",
                            _ ("--fontsize wants a number from %d to %d"),
                            PROF_EXPORT_MIN_FONT,
                            PROF_EXPORT_MAX_FONT);
  if (picture->row_px > 0 && (picture->row_px < PROF_EXPORT_MIN_ROW ||
                              picture->row_px > PROF_EXPORT_MAX_ROW))
    return cli_usage_error ("flame",
                            _ ("--height is that of a frame and wants a number "
                               "from %d to %d"),
                            PROF_EXPORT_MIN_ROW,
                            PROF_EXPORT_MAX_ROW);
  if (picture->row_px > 0 && picture->font_px > 0 &&
      picture->row_px < least_row)
    return cli_usage_error ("flame",
                            _ ("--fontsize=%g wants a --height of at least %g"),
                            picture->font_px,
                            least_row);
  return CLI_DONE;
}

/* Words that are one of two; %NULL is the first. */
static int
check_choice (const char *option,
              const char *given,
              const char *first,
              const char *second,
              bool       *is_second)
{
  *is_second = given != NULL && strcmp (given, second) == 0;
  if (given == NULL || *is_second || strcmp (given, first) == 0)
    return CLI_DONE;
  return cli_usage_error ("flame",
                          _ ("--%s is %s or %s, not “%s”"),
                          option,
                          first,
                          second,
                          given);
}

static int
check_width_of (Arguments *arguments)
{
  const char *side = arguments->width_of;

  if (side == NULL || strcmp (side, "both") == 0)
    return CLI_DONE;
  if (strcmp (side, "before") == 0)
    arguments->flags |= PROF_TREE_WEIGHS_BEFORE;
  else if (strcmp (side, "now") == 0)
    arguments->flags |= PROF_TREE_WEIGHS_NOW;
  else
    return cli_usage_error ("flame",
                            _ ("--width-of is before, now or both, not “%s”"),
                            side);
  return CLI_DONE;
}

static int
check_colors (Arguments *arguments)
{
  ProfExportOptions *picture = &arguments->options;
  g_autofree char   *known = NULL;

  if (arguments->colors == NULL ||
      prof_scheme_find (arguments->colors, &picture->coloring.scheme))
    return CLI_DONE;
  known = g_strjoinv (", ", (char **)prof_scheme_names ());
  return cli_usage_error ("flame",
                          _ ("--colors knows no “%s”; there are %s"),
                          arguments->colors,
                          known);
}

/* Words stand on the ground, too. */
static int
check_ground (Arguments *arguments)
{
  ProfExportOptions *picture = &arguments->options;
  const ProfTokens  *tokens = prof_palette_tokens (picture->theme);
  const char        *name = arguments->ground;

  if (name == NULL)
    return CLI_DONE;
  if (!prof_scheme_ground (name, picture->theme, &picture->canvas))
    return cli_usage_error ("flame",
                            _ ("--bgcolors is yellow, blue, green, grey or "
                               "#rrggbb, not “%s”"),
                            name);
  if (prof_color_contrast (tokens->dim_text, picture->canvas) < MIN_CONTRAST)
    return cli_usage_error ("flame",
                            _ ("text would not be readable on --bgcolors=%s; "
                               "take a %s colour or the other --theme"),
                            name,
                            picture->theme == PROF_THEME_DARK ? _ ("darker")
                                                              : _ ("lighter"));
  return CLI_DONE;
}

/* What needs two profiles. */
static int
check_compared (const Arguments *arguments)
{
  const ProfQueryFields *fields = prof_query_fields (arguments->asked.query);

  if (fields->diff_base[0] != NULL)
    return CLI_DONE;
  if (arguments->width_of != NULL)
    return cli_usage_error ("flame", _ ("--width-of needs a --diff-base"));
  return CLI_DONE;
}

static int
check_paper (Arguments *arguments)
{
  ProfExportOptions *picture = &arguments->options;
  const char        *name = arguments->paper;

  if (name == NULL)
    return picture->several_pages
               ? cli_usage_error ("flame", _ ("--pages needs a --paper"))
               : CLI_DONE;
  if (prof_paper_find (name,
                       &picture->paper_width_pt,
                       &picture->paper_height_pt))
    return CLI_DONE;
  return cli_usage_error ("flame",
                          _ ("--paper is a3, a4, a5, letter or legal, with or "
                             "without -landscape, not “%s”"),
                          name);
}

static int
check_looks (Arguments *arguments)
{
  int status = check_width_of (arguments);

  if (status == CLI_DONE)
    status = check_colors (arguments);
  if (status == CLI_DONE)
    status = check_ground (arguments);
  if (status == CLI_DONE)
    status = check_compared (arguments);
  if (status == CLI_DONE)
    status = check_paper (arguments);
  return status;
}

static int
check_texts (Arguments *arguments)
{
  bool dark;
  bool by_name;
  int  status;

  status = check_choice ("theme", arguments->theme, "light", "dark", &dark);
  if (status != CLI_DONE)
    return status;
  status = check_choice ("order", arguments->order, "weight", "name", &by_name);
  if (status != CLI_DONE)
    return status;
  arguments->options.theme = dark ? PROF_THEME_DARK : PROF_THEME_LIGHT;
  arguments->options.fixed_theme = arguments->theme != NULL;
  if (by_name)
    arguments->flags |= PROF_TREE_BY_NAME;
  arguments->options.interactive = !arguments->is_static;
  if (arguments->reverse)
    arguments->flags |= PROF_TREE_LEAF_FIRST;
  if (arguments->icicle && arguments->options.flame)
    return cli_usage_error ("flame",
                            _ ("--icicle and --flame exclude each other"));
  if (arguments->search != NULL && arguments->search[0] == '\0')
    return cli_usage_error ("flame", _ ("--search wants a pattern"));
  if (arguments->root != NULL && arguments->root[0] == '\0')
    return cli_usage_error ("flame", _ ("--root wants a pattern"));
  return check_looks (arguments);
}

/* What can be said without having read the profile. */
static int
check (Arguments *arguments)
{
  int status = check_texts (arguments);

  if (status != CLI_DONE)
    return status;
  if (arguments->output == NULL && isatty (STDOUT_FILENO))
    return cli_usage_error ("flame",
                            _ ("a picture is not for a terminal; name a file "
                               "with -o"));
  if (!is_to_stdout (arguments) && !prof_export_knows (arguments->output))
    return cli_usage_error (
        "flame",
        _ ("“%s” ends in none of .svg, .png, .pdf, .html and .json"),
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

/* Matches of a pattern given as --@option. */
static ProfSearch *
find (ProfTree *tree, const char *option, const char *pattern, int *status)
{
  g_autoptr (GError) error = NULL;
  ProfSearch        *search;

  search = prof_search_new (tree, pattern, PROF_SEARCH_REGEX, &error);
  if (search == NULL)
    *status = cli_usage_error ("flame", "--%s: %s", option, error->message);
  return search;
}

static ProfNodeId
heaviest (ProfTree *tree, const ProfSearch *search)
{
  ProfNodeId        best = PROF_ID_NONE;
  size_t            n;
  const ProfNodeId *matches = prof_search_outer (search, &n);

  for (size_t i = 0; i < n; i++)
    if (best == PROF_ID_NONE ||
        prof_tree_weight (tree, matches[i]) > prof_tree_weight (tree, best))
      best = matches[i];
  return best;
}

static int
zoom_to_root (Arguments *arguments, ProfTree *tree)
{
  ProfExportOptions     *picture = &arguments->options;
  int                    status = CLI_DONE;
  g_autoptr (ProfSearch) search = find (tree, "root", arguments->root, &status);

  if (search == NULL)
    return status;
  picture->zoom_root = heaviest (tree, search);
  if (picture->zoom_root == PROF_ID_NONE)
    return cli_fail (arguments->asked.paths[0], _ ("no frame matches --root"));
  prof_tree_extent (tree, picture->zoom_root, &picture->start, &picture->end);
  return CLI_DONE;
}

static int
draw (Arguments *arguments, ProfTree *tree)
{
  g_autoptr (ProfSearch) search = NULL;
  int                    status = CLI_DONE;

  if (arguments->search != NULL)
    {
      search = find (tree, "search", arguments->search, &status);
      if (search == NULL)
        return status;
    }
  if (arguments->root != NULL)
    status = zoom_to_root (arguments, tree);
  if (status != CLI_DONE)
    return status;
  arguments->options.search = search;
  arguments->options.search_text = arguments->search;
  if (strcmp (arguments->asked.paths[0], "-") != 0)
    arguments->options.file_name = cli_shown (arguments->asked.paths[0]);
  return write_picture (arguments, tree);
}

/* A difference that was saved has its base in it, as well. */
static bool
is_compared (ProfAnswer *answer)
{
  const ProfQueryFields *fields = prof_query_fields (
      prof_answer_query (answer));

  return fields->diff_base[0] != NULL ||
         prof_has_base (prof_answer_profile (answer));
}

/* Siblings by name stand where they stand in another comparison. */
static void
compare (Arguments *arguments, ProfAnswer *answer)
{
  const ProfQueryFields *fields = prof_query_fields (
      prof_answer_query (answer));

  arguments->flags |= PROF_TREE_COMPARED;
  if (arguments->order == NULL)
    arguments->flags |= PROF_TREE_BY_NAME;
  if (arguments->colors == NULL)
    arguments->options.coloring.scheme = PROF_SCHEME_DIFF;
  if (fields->diff_base[0] != NULL)
    arguments->options.base_name = cli_shown (fields->diff_base[0]);
}

/* What is searched may be in frames that are too narrow to be drawn. */
static double
least_of (const Arguments *arguments, const char *path)
{
  if (arguments->search != NULL || arguments->root != NULL)
    return 0;
  return prof_export_least (&arguments->options, path);
}

static int
ask_and_draw (Arguments *arguments)
{
  ProfExportOptions        *picture = &arguments->options;
  g_autoptr (GError)        error = NULL;
  g_autoptr (ProfAnswer)    answer = NULL;
  g_autoptr (ProfTree)      tree = NULL;
  g_autoptr (ProfTextCache) fonts = NULL;
  const char               *path;
  int                       status;

  path = is_to_stdout (arguments) ? "-" : arguments->output;
  fonts = prof_export_text_cache_ahead (picture, path);
  picture->text_cache = fonts;
  answer = cli_ask (&arguments->asked, &status);
  if (answer == NULL)
    return status;
  if (is_compared (answer))
    compare (arguments, answer);
  else if (picture->coloring.scheme == PROF_SCHEME_DIFF)
    return cli_usage_error ("flame", _ ("--colors=diff needs a --diff-base"));
  tree = prof_tree_new_wide (answer,
                             arguments->flags,
                             least_of (arguments, path),
                             NULL,
                             &error);
  if (tree == NULL)
    return cli_fail (arguments->asked.paths[0], error->message);
  arguments->filters = prof_query_active_filters (prof_answer_query (answer));
  arguments->options.filters = (const char *const *)arguments->filters;
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
  g_strfreev (arguments.filters);
  cli_arguments_clear (&arguments.asked);
  return status;
}
