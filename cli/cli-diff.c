/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "cli.h"

#include <math.h>
#include <string.h>

typedef struct
{
  CliArguments asked;
  const char  *fail_over;
  double       limit; /* growth of a share; infinite when not asked */
} Arguments;

static bool
parse (int argc, char **argv, Arguments *arguments, int *status)
{
  const CliOption options[] = {
    { "fail-over",
      0,
      CLI_OPTION_TEXT,
      &arguments->fail_over,
      _ ("N%"),
      _ ("exit with 3 when a function's share of the total has grown by "
         "more") },
  };
  const CliCommandLine line = {
    .command = "diff",
    .summary = _ ("Prints what has changed from OLD to NEW, largest first."),
    .options = options,
    .n_options = G_N_ELEMENTS (options),
    .compares = true,
    .formats = CLI_ALL_FORMATS,
  };

  return cli_options_parse (&line, argc, argv, &arguments->asked, status);
}

/* "5%" and "5" are both five of a hundred. */
static bool
read_limit (Arguments *arguments)
{
  const char *text = arguments->fail_over;
  char       *end;
  double      percent;

  arguments->limit = INFINITY;
  if (text == NULL)
    return true;
  percent = g_ascii_strtod (text, &end);
  if (end == text || !isfinite (percent) || percent < 0 ||
      (*end != '\0' && strcmp (end, "%") != 0))
    return false;
  arguments->limit = percent / 100;
  return true;
}

/* What can be said without having read a profile. */
static int
check (Arguments *arguments)
{
  const ProfQueryFields *fields = prof_query_fields (arguments->asked.query);

  if (fields->base[0] != NULL || fields->diff_base[0] != NULL)
    return cli_usage_error ("diff",
                            _ ("the base is OLD; --base is not for it"));
  if (!read_limit (arguments))
    return cli_usage_error ("diff",
                            _ ("--fail-over wants a percentage from 0, not "
                               "“%s”"),
                            arguments->fail_over);
  return CLI_DONE;
}

static ProfAnswer *
answer_for (const Arguments *arguments,
            ProfProfile     *profile,
            const char      *path,
            int             *status)
{
  g_autoptr (GError) error = NULL;
  ProfAnswer        *answer;
  const char *const *messages;

  answer = prof_answer_new (profile, arguments->asked.query, NULL, &error);
  if (answer == NULL)
    {
      *status = cli_fail (path, error->message);
      return NULL;
    }
  messages = prof_answer_messages (answer);
  for (size_t m = 0; messages[m] != NULL; m++)
    cli_fail (path, messages[m]);
  return answer;
}

/* Both profiles, the new one normalized if that is asked. */
static bool
load_both (const Arguments *arguments,
           ProfProfile    **before,
           ProfProfile    **after,
           int             *status)
{
  const CliArguments     *asked = &arguments->asked;
  g_autoptr (ProfProfile) first = NULL;
  g_autoptr (ProfProfile) second = NULL;
  g_autoptr (GError)      error = NULL;

  cli_network_start (&asked->network, (const char *const *)asked->paths);
  first = cli_load_one (asked, asked->paths[0], status);
  if (first == NULL)
    return false;
  second = cli_load_one (asked, asked->paths[1], status);
  if (second == NULL)
    return false;
  if (prof_query_fields (asked->query)->normalize)
    *after = prof_normalize (second, first, &error);
  else
    *after = g_steal_pointer (&second);
  if (*after == NULL)
    {
      *status = cli_fail (asked->paths[1], error->message);
      return false;
    }
  *before = g_steal_pointer (&first);
  return true;
}

static ProfDiff *
compare (const Arguments *arguments, int *status)
{
  char                  **paths = arguments->asked.paths;
  g_autoptr (GError)      error = NULL;
  g_autoptr (ProfProfile) old_profile = NULL;
  g_autoptr (ProfProfile) new_profile = NULL;
  g_autoptr (ProfAnswer)  before = NULL;
  g_autoptr (ProfAnswer)  after = NULL;
  ProfDiff               *diff;

  if (!load_both (arguments, &old_profile, &new_profile, status))
    return NULL;
  before = answer_for (arguments, old_profile, paths[0], status);
  after = before != NULL ? answer_for (arguments, new_profile, paths[1], status)
                         : NULL;
  if (after == NULL)
    return NULL;
  diff = prof_diff_new (before, after, NULL, &error);
  if (diff == NULL)
    *status = cli_fail (paths[1], error->message);
  return diff;
}

static void
report_growth (const char *path, const ProfDiff *diff, size_t r)
{
  const ProfDiffRow *row = &prof_diff_rows (diff)[r];
  size_t             length;
  const char        *name = prof_diff_name (diff, r, &length);
  g_autofree char   *before = NULL;
  g_autofree char   *after = NULL;
  g_autofree char   *message = NULL;

  before = prof_unit_percentage (row->cum_before,
                                 prof_diff_total_before (diff));
  after = prof_unit_percentage (row->cum_after, prof_diff_total_after (diff));
  message = g_strdup_printf (_ ("%.*s has grown from %s to %s of the total"),
                             (int)MIN (length, 1000),
                             name,
                             g_strstrip (before),
                             g_strstrip (after));
  cli_fail (path, message);
}

static int
check_growth (const Arguments *arguments, const ProfDiff *diff)
{
  int status = CLI_DONE;

  for (size_t r = 0; r < prof_diff_n_rows (diff); r++)
    if (prof_diff_growth (diff, r) > arguments->limit)
      {
        report_growth (arguments->asked.paths[1], diff, r);
        status = CLI_GREW;
      }
  return status;
}

typedef struct
{
  const Arguments *arguments;
  const ProfDiff  *diff;
} Comparison;

/* There is no @answer: a comparison is of two. */
static bool
print (ProfAnswer *answer, const ProfSink *sink, void *data, GError **error)
{
  const Comparison   *self = data;
  const CliArguments *asked = &self->arguments->asked;
  g_autoptr (GString) out = NULL;
  ProfReportSyntax    syntax;

  if (cli_syntax (asked, &syntax))
    return prof_report_data_diff (self->diff,
                                  asked->query,
                                  syntax,
                                  sink,
                                  error);
  out = g_string_new (NULL);
  prof_report_diff (out, self->diff, asked->query);
  return prof_sink_write (sink, out->str, out->len, error);
}

static int
compare_and_print (const Arguments *arguments)
{
  g_autoptr (ProfDiff) diff = NULL;
  Comparison           comparison = { .arguments = arguments };
  int                  status;

  diff = compare (arguments, &status);
  if (diff == NULL)
    return status;
  comparison.diff = diff;
  status = cli_print_pieces ("diff",
                             &arguments->asked,
                             NULL,
                             print,
                             &comparison);
  return status == CLI_DONE ? check_growth (arguments, diff) : status;
}

int
cli_diff (int argc, char **argv)
{
  Arguments arguments = { 0 };
  int       status;

  if (parse (argc, argv, &arguments, &status))
    {
      status = check (&arguments);
      if (status == CLI_DONE)
        status = compare_and_print (&arguments);
    }
  cli_arguments_clear (&arguments.asked);
  return status;
}
