/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "cli.h"
#include <string.h>
#include <unistd.h>

typedef struct
{
  const char    *name;
  const char    *suffixes[5]; /* lower case */
  ProfExportFunc write;       /* gets an Asked */
  bool           is_binary;
} Format;

typedef struct
{
  CliArguments  arguments;
  const char   *output;
  const char   *format_name;
  const Format *format;
} Arguments;

/* What is to be written. */
typedef struct
{
  ProfAnswer  *answer;
  ProfProfile *profile; /* what is left, divided */
  const char  *title;   /* (nullable): of the file it comes from */
} Asked;

static bool
write_gzip (const ProfSink *sink, void *data, GError **error)
{
  const Asked *asked = data;

  return prof_pprof_encode_gzip (asked->profile, sink, NULL, error);
}

static bool
write_plain (const ProfSink *sink, void *data, GError **error)
{
  const Asked *asked = data;

  return prof_pprof_encode (asked->profile, sink, NULL, error);
}

/* (transfer full): what is left as a tree, or %NULL with @error set. */
static ProfTree *
tree_of (const Asked *asked, GError **error)
{
  const ProfQueryFields *fields;
  size_t                 type = prof_answer_type (asked->answer);
  g_autoptr (ProfFrames) frames = NULL;
  ProfFramesParams       params;

  fields = prof_query_fields (prof_answer_query (asked->answer));
  params = (ProfFramesParams){
    .granularity = fields->granularity,
    .noinlines = fields->noinlines,
    .trim_path = fields->trim_path,
    .source_path = fields->source_path,
  };
  frames = prof_frames_new_with (asked->profile, type, &params);
  return prof_tree_new (frames, type, NULL, error);
}

static bool
write_folded (const ProfSink *sink, void *data, GError **error)
{
  g_autoptr (ProfTree) tree = tree_of (data, error);

  return tree != NULL && prof_report_folded (tree, sink, error);
}

static bool
write_speedscope (const ProfSink *sink, void *data, GError **error)
{
  const Asked         *asked = data;
  g_autoptr (ProfTree) tree = tree_of (asked, error);

  return tree != NULL &&
         prof_report_speedscope (tree, asked->title, sink, error);
}

static bool
write_callgrind (const ProfSink *sink, void *data, GError **error)
{
  const Asked *asked = data;

  return prof_report_callgrind (asked->answer, sink, error);
}

static const Format formats[] = {
  { "pb.gz", { ".pb.gz", ".pprof", ".prof", ".gz" }, write_gzip, true },
  { "pb", { ".pb" }, write_plain, true },
  { "folded", { ".folded" }, write_folded, false },
  { "callgrind", { ".callgrind" }, write_callgrind, false },
  { "speedscope", { ".speedscope.json" }, write_speedscope, false },
};

static bool
has_suffix (const char *path, const char *suffix)
{
  size_t length = strlen (path);
  size_t n = strlen (suffix);

  return length > n && g_ascii_strcasecmp (path + length - n, suffix) == 0;
}

static const Format *
find_by_name (const char *name)
{
  for (size_t f = 0; f < G_N_ELEMENTS (formats); f++)
    if (strcmp (formats[f].name, name) == 0)
      return &formats[f];
  return NULL;
}

static const Format *
find_by_suffix (const char *path)
{
  for (size_t f = 0; f < G_N_ELEMENTS (formats); f++)
    for (size_t s = 0; formats[f].suffixes[s] != NULL; s++)
      if (has_suffix (path, formats[f].suffixes[s]))
        return &formats[f];
  return NULL;
}

/* Chooses the format. */
static int
check (Arguments *self)
{
  const char *output = self->output != NULL ? self->output : "-";
  bool        is_direct = prof_export_is_direct (output);

  if (self->format_name != NULL)
    self->format = find_by_name (self->format_name);
  else if (!is_direct)
    self->format = find_by_suffix (output);
  if (self->format == NULL && self->format_name != NULL)
    return cli_usage_error ("convert",
                            _ ("--format is pb.gz, pb, folded, callgrind or "
                               "speedscope, not “%s”"),
                            self->format_name);
  if (self->format == NULL && is_direct)
    return cli_usage_error ("convert",
                            _ ("what to write? name a file with -o, or a "
                               "format with --format"));
  if (self->format == NULL)
    return cli_usage_error ("convert",
                            _ ("“%s” does not say what to write; it ends in "
                               ".pb.gz, .pprof, .prof, .gz, .pb, .folded, "
                               ".callgrind or .speedscope.json"),
                            output);
  if (self->format->is_binary && strcmp (output, "-") == 0 &&
      isatty (STDOUT_FILENO))
    return cli_usage_error ("convert",
                            _ ("a profile is not for a terminal; name a file "
                               "with -o"));
  return CLI_DONE;
}

static int
ask_and_write (const Arguments *self)
{
  g_autoptr (GError)      error = NULL;
  g_autoptr (ProfAnswer)  answer = NULL;
  g_autoptr (ProfProfile) profile = NULL;
  const char             *path = self->arguments.paths[0];
  g_autofree char        *title = NULL;
  Asked                   asked;
  int                     status;

  answer = cli_ask (&self->arguments, &status);
  if (answer == NULL)
    return status;
  profile = prof_divide (prof_answer_profile (answer),
                         prof_query_fields (prof_answer_query (answer))
                             ->divide_by,
                         &error);
  if (profile == NULL)
    return cli_fail (path, error->message);
  if (strcmp (path, "-") != 0)
    title = g_path_get_basename (cli_shown (path));
  asked = (Asked){ .answer = answer, .profile = profile, .title = title };
  return cli_write (&self->arguments,
                    self->output,
                    self->format->write,
                    &asked);
}

int
cli_convert (int argc, char **argv)
{
  Arguments       self = { 0 };
  const CliOption options[] = {
    { "output",
      'o',
      CLI_OPTION_TEXT,
      &self.output,
      _ ("FILE"),
      _ ("where to; .pb.gz, .pprof, .prof, .gz, .pb, .folded, .callgrind, "
         ".speedscope.json") },
    { "format",
      0,
      CLI_OPTION_TEXT,
      &self.format_name,
      _ ("NAME"),
      _ ("pb.gz, pb, folded, callgrind or speedscope, whatever the file is "
         "called") },
  };
  const CliCommandLine line = {
    .command = "convert",
    .canonical = true,
    .summary = _ ("Writes what is left of the profile as another file."),
    .options = options,
    .n_options = G_N_ELEMENTS (options),
  };
  int status;

  if (cli_options_parse (&line, argc, argv, &self.arguments, &status))
    {
      status = check (&self);
      if (status == CLI_DONE)
        status = ask_and_write (&self);
    }
  cli_arguments_clear (&self.arguments);
  return status;
}
