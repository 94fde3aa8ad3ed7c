/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "cli-torch-options.h"
#include "cli.h"
#include <stdio.h>
#include <string.h>
#include <unistd.h>

/* --- go-torch's log --- */

#define BLUE  "\033[34m"
#define RED   "\033[31m"
#define PLAIN "\033[0m"

/* "INFO[15:04:05] …" */
static void
tell (const char *level, const char *color, const char *text)
{
  bool                  colored = isatty (STDERR_FILENO);
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  g_autofree char      *time = g_date_time_format (now, "%H:%M:%S");

  fprintf (stderr,
           "%s%s[%s]%s %s\n",
           colored ? color : "",
           level,
           time,
           colored ? PLAIN : "",
           text);
}

static void inform (const char *format, ...) G_GNUC_PRINTF (1, 2);

static void
inform (const char *format, ...)
{
  g_autofree char *text = NULL;
  g_autofree char *tamed = NULL;
  va_list          arguments;

  va_start (arguments, format);
  text = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  tamed = cli_tamed (text);
  tell ("INFO", BLUE, tamed);
}

static int
fail (const char *what, const char *why)
{
  g_autofree char *text = NULL;
  g_autofree char *tamed = NULL;

  if (why != NULL)
    text = g_strdup_printf ("Failed: %s: %s", what, why);
  else
    text = g_strdup_printf ("Failed: %s", what);
  tamed = cli_tamed (text);
  tell ("FATAL", RED, tamed);
  return CLI_FAILED;
}

/* What other parts of the command say; the last of it is why they failed. */
static void
listen_to (const char *message, void *data)
{
  g_ptr_array_add (data, g_strdup (message));
}

static GPtrArray *
start_listening (void)
{
  GPtrArray *heard = g_ptr_array_new_with_free_func (g_free);

  cli_listen (listen_to, heard);
  return heard;
}

/* Nothing is said of a pipe that was closed. */
static int
stop_listening (GPtrArray *heard, int status, const char *what)
{
  guint n_told = heard->len;

  cli_listen (NULL, NULL);
  if (status != CLI_DONE && n_told > 0)
    n_told--;
  for (guint i = 0; i < n_told; i++)
    inform ("%s", (const char *)heard->pdata[i]);
  if (n_told < heard->len)
    fail (what, heard->pdata[n_told]);
  g_ptr_array_unref (heard);
  return status == CLI_DONE ? CLI_DONE : CLI_FAILED;
}

/* --- Where the profile is --- */

/* The path of --url is replaced, its query kept, the rest is cli_network_start()'s. */
static char *
url_of (const CliTorchOptions *options)
{
  bool             has_scheme = strstr (options->url, "://") != NULL;
  g_autofree char *url = g_strconcat (has_scheme ? "" : "http://",
                                      options->url,
                                      NULL);
  const char *host = strstr (url, "://") + 3;
  const char *end = host + strcspn (host, "/?#");
  const char *query = strchr (end, '?');
  const char *slash = options->suffix[0] == '/' ? "" : "/";
  size_t      length = query != NULL ? strcspn (query + 1, "#") : 0;

  return g_strdup_printf ("%.*s%s%s%s%.*s",
                          (int)(end - url),
                          url,
                          slash,
                          options->suffix,
                          length > 0 ? "?" : "",
                          (int)length,
                          query != NULL ? query + 1 : "");
}

/* Fills in the profiles to read, and the program in front of them.
 * @url: (transfer full): where the profile is when none is named */
static void
find_sources (const CliTorchOptions *options,
              GPtrArray             *paths,
              char                ***binaries,
              char                 **url)
{
  GPtrArray *sources = options->sources;
  guint      first = cli_take_binaries (sources, 0, 1, binaries);

  for (guint s = first; s < sources->len; s++)
    g_ptr_array_add (paths, sources->pdata[s]);
  if (sources->len > 0 && options->binary_input != NULL)
    inform (_ ("Ignoring %s: another profile is named"), options->binary_input);
  if (sources->len == 0 && options->binary_input != NULL)
    g_ptr_array_add (paths, (char *)options->binary_input);
  if (paths->len > 0)
    return;
  *url = url_of (options);
  g_ptr_array_add (paths, *url);
}

static void
tell_source (const CliTorchOptions *options, const char *path)
{
  if (prof_source_is_url (path))
    inform ("Fetching %s, %" G_GINT64_FORMAT " s",
            cli_shown (path),
            options->seconds);
  else
    inform ("Reading %s", path);
}

/* --- What comes out --- */

static int
print_folded (ProfTree *tree)
{
  g_autoptr (GString) out = g_string_new (NULL);
  g_autoptr (GError)  error = NULL;
  ProfSink            sink = prof_sink_to_string (out);
  GPtrArray          *heard;

  if (!prof_report_folded (tree, &sink, &error))
    return fail ("could not convert stacks to flamegraph input",
                 error->message);
  inform ("Printing raw flamegraph input to stdout");
  heard = start_listening ();
  return stop_listening (heard,
                         cli_print (out->str, (gssize)out->len),
                         "could not write output file");
}

static int
print_svg (ProfTree *tree, const ProfExportOptions *picture)
{
  g_autoptr (GError) error = NULL;
  g_autofree char   *svg = prof_export_flame_svg (tree, picture, &error);
  GPtrArray         *heard;

  if (svg == NULL)
    return fail ("could not generate flame graph", error->message);
  inform ("Printing svg to stdout");
  heard = start_listening ();
  return stop_listening (heard,
                         cli_print (svg, -1),
                         "could not write output file");
}

static int
write_svg (ProfTree *tree, const ProfExportOptions *picture, const char *file)
{
  g_autoptr (GError) error = NULL;

  inform ("Writing svg to %s", file);
  if (prof_export_flame (tree, picture, file, &error))
    return CLI_DONE;
  if (error->domain != G_IO_ERROR)
    return fail ("could not generate flame graph", error->message);
  return fail ("could not write output file", error->message);
}

static ProfExportOptions
picture_of (const CliTorchOptions *options, const char *path)
{
  ProfExportOptions picture = PROF_EXPORT_OPTIONS_INIT;

  picture.title = options->title;
  picture.width_px = (double)options->width;
  picture.flame = !options->inverted;
  picture.coloring = options->coloring;
  picture.file_name = strcmp (path, "-") != 0 ? cli_shown (path) : NULL;
  return picture;
}

/* Which of the sample types it is was go-torch's most frequent surprise. */
static void
tell_type (const ProfAnswer *answer)
{
  const ProfProfile *profile = prof_answer_profile (answer);
  size_t             type = prof_answer_type (answer);
  g_autofree char   *total = NULL;

  if (prof_profile_n_types (profile) == 0)
    return;
  total = prof_unit_human (prof_answer_total (answer),
                           prof_profile_type_unit (profile, type));
  inform (_ ("%s: %s in all, %zu samples"),
          prof_profile_type_name (profile, type),
          total,
          prof_profile_n_samples (profile));
}

static int
answer_and_draw (const CliTorchOptions *options, CliArguments *arguments)
{
  g_autoptr (GError)     error = NULL;
  g_autoptr (ProfAnswer) answer = NULL;
  g_autoptr (ProfTree)   tree = NULL;
  ProfTreeFlags          flags = PROF_TREE_PLAIN;
  ProfExportOptions      picture = picture_of (options, arguments->paths[0]);
  GPtrArray             *heard = start_listening ();
  int                    status = CLI_DONE;

  answer = cli_ask (arguments, &status);
  status = stop_listening (heard,
                           answer == NULL ? CLI_FAILED : CLI_DONE,
                           "could not get raw output from pprof");
  if (status != CLI_DONE)
    return status;
  tell_type (answer);
  if (options->reverse)
    flags |= PROF_TREE_LEAF_FIRST;
  tree = prof_tree_new_wide (answer,
                             flags,
                             options->raw ? 0
                                          : prof_export_least (&picture, "-"),
                             NULL,
                             &error);
  if (tree == NULL)
    return fail ("could not convert stacks to flamegraph input",
                 error->message);
  if (options->raw)
    return print_folded (tree);
  if (options->print)
    return print_svg (tree, &picture);
  return write_svg (tree, &picture, options->file);
}

static int
run (const CliTorchOptions *options)
{
  g_autoptr (GPtrArray) paths = g_ptr_array_new ();
  g_auto (GStrv)        binaries = NULL;
  g_autofree char      *url = NULL;
  CliArguments          arguments = {
             .query = options->query,
             .limits = prof_machine_limits (),
             .with_perf = true,
  };

  find_sources (options, paths, &binaries, &url);
  arguments.binaries = binaries;
  arguments.network = (CliNetwork){
    .is_wanted = true,
    .seconds = (size_t)options->seconds,
    .timeout_s = (double)options->timeout,
    .follow = options->follow,
  };
  for (guint i = 0; i < options->without_effect->len; i++)
    inform (_ ("-%s has no effect: names are taken from the profile"),
            (const char *)options->without_effect->pdata[i]);
  for (guint p = 0; p < paths->len; p++)
    tell_source (options, paths->pdata[p]);
  g_ptr_array_add (paths, NULL);
  arguments.paths = (char **)paths->pdata;
  return answer_and_draw (options, &arguments);
}

int
cli_torch (int argc, char **argv)
{
  g_auto (CliTorchOptions) options = { 0 };
  g_autofree char         *message = NULL;
  g_autofree char         *help = NULL;

  if (!cli_torch_options_parse (&options, argc, argv, &message))
    return fail (message, NULL);
  if (!options.wants_help)
    return run (&options);
  help = cli_torch_options_help ();
  return cli_print (help, -1);
}
