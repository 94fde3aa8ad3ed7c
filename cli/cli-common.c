/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "cli.h"

#include "cli-terminal.h"
#include <errno.h>
#include <gio/gio.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

const char *
cli_shown (const char *path)
{
  g_autofree char *shown = NULL;

  if (strcmp (path, "-") == 0)
    return _ ("standard input");
  if (!prof_source_is_url (path))
    return path;
  shown = prof_url_shown (path);
  return g_intern_string (shown);
}

char *
cli_tamed (const char *text)
{
  return cli_terminal_text (text, strlen (text), "");
}

static CliListener listener;
static void       *listener_data;

void
cli_listen (CliListener new_listener, void *data)
{
  listener = new_listener;
  listener_data = data;
}

int
cli_fail (const char *path, const char *message)
{
  g_autofree char *text = NULL;
  g_autofree char *line = NULL;

  if (path != NULL)
    text = g_strdup_printf ("%s: %s", cli_shown (path), message);
  line = cli_tamed (text != NULL ? text : message);
  if (listener != NULL)
    listener (line, listener_data);
  else
    fprintf (stderr, "prof: %s\n", line);
  return CLI_FAILED;
}

int
cli_usage_error (const char *command, const char *format, ...)
{
  g_autofree char *text = NULL;
  g_autofree char *message = NULL;
  va_list          arguments;

  va_start (arguments, format);
  text = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  message = cli_tamed (text);
  fprintf (stderr,
           _ ("prof: %s: %s; “prof %s --help” lists what there is\n"),
           command,
           message,
           command);
  return CLI_USAGE;
}

int
cli_report_failed (const char         *command,
                   const CliArguments *arguments,
                   const GError       *error)
{
  if (g_error_matches (error, PROF_ERROR, PROF_ERROR_PATTERN))
    return cli_usage_error (command,
                            "%s: %s",
                            arguments->operand,
                            error->message);
  return cli_fail (arguments->paths[0], error->message);
}

static int
fail_to_write (int reason)
{
  /* Whoever closed the pipe has what they wanted. */
  if (reason == EPIPE)
    return CLI_FAILED;
  return cli_fail (_ ("standard output"), g_strerror (reason));
}

int
cli_print (const char *text, gssize length)
{
  size_t           n = length < 0 ? strlen (text) : (size_t)length;
  g_autofree char *tamed = NULL;

  if (isatty (STDOUT_FILENO))
    {
      tamed = cli_terminal_text (text, n, "\n\t");
      text = tamed;
      n = strlen (tamed);
    }
  errno = 0;
  if (fwrite (text, 1, n, stdout) != n || fflush (stdout) != 0 ||
      fclose (stdout) != 0)
    return fail_to_write (errno);
  return CLI_DONE;
}

/* Standard output, for a report that comes in pieces. */
typedef struct
{
  CliTerminal terminal;
  bool        failed;
} Output;

static bool
write_piece (void *data, const void *bytes, size_t length, GError **error)
{
  Output             *self = data;
  g_autoptr (GString) tamed = NULL;

  if (isatty (STDOUT_FILENO))
    {
      tamed = g_string_sized_new (length);
      cli_terminal_put (&self->terminal, bytes, length, "\n\t", tamed);
      bytes = tamed->str;
      length = tamed->len;
    }
  errno = 0;
  if (fwrite (bytes, 1, length, stdout) == length)
    return true;
  self->failed = true;
  g_set_error_literal (error,
                       G_FILE_ERROR,
                       (int)g_file_error_from_errno (errno),
                       g_strerror (errno));
  return false;
}

/* Returns: the exit status of a report that was not written to its end */
static int
fail_to_print (const char         *command,
               const CliArguments *arguments,
               const GError       *error,
               bool                could_not_write)
{
  if (!could_not_write)
    return cli_report_failed (command, arguments, error);
  if (g_error_matches (error, G_FILE_ERROR, G_FILE_ERROR_PIPE))
    return CLI_FAILED;
  return cli_fail (_ ("standard output"), error->message);
}

/* A report on its way into a file. */
typedef struct
{
  const CliArguments *arguments;

  ProfAnswer     *answer;
  CliPrintFunc    print;
  void           *data; /* for @print */
  const ProfSink *sink;
  bool            could_not_write;
  bool            failed; /* by itself, not by writing */
} Report;

static bool
pass_piece (void *data, const void *bytes, size_t length, GError **error)
{
  Report *self = data;

  self->could_not_write = !prof_sink_write (self->sink, bytes, length, error);
  return !self->could_not_write;
}

/* What a report may write at most. */
static ProfSinkBound
bound_of (const CliArguments *arguments, const ProfSink *sink)
{
  return (ProfSinkBound){
    .sink = sink,
    .most = prof_limits_get (&arguments->limits, PROF_LIMIT_TEXT),
  };
}

static bool
write_report (const ProfSink *sink, void *data, GError **error)
{
  Report        *self = data;
  const ProfSink pieces = { pass_piece, self };
  ProfSinkBound  bound = bound_of (self->arguments, &pieces);
  const ProfSink bounded = prof_sink_bounded (&bound);
  bool           ok;

  self->sink = sink;
  ok = self->print (self->answer, &bounded, self->data, error);
  self->failed = !ok && !self->could_not_write;
  return ok;
}

static int
print_to_file (const char         *command,
               const CliArguments *arguments,
               Report             *report)
{
  g_autoptr (GError) error = NULL;

  if (prof_export_stream (arguments->output, write_report, report, &error))
    return CLI_DONE;
  if (report->failed)
    return cli_report_failed (command, arguments, error);
  return cli_fail (arguments->output, error->message);
}

int
cli_print_pieces (const char         *command,
                  const CliArguments *arguments,
                  ProfAnswer         *answer,
                  CliPrintFunc        print,
                  void               *data)
{
  g_autoptr (GError)  error = NULL;
  g_autoptr (GString) rest = g_string_new (NULL);
  Output              output = { .failed = false };
  const ProfSink      sink = { write_piece, &output };
  ProfSinkBound       bound = bound_of (arguments, &sink);
  const ProfSink      bounded = prof_sink_bounded (&bound);
  Report              report = {
                 .arguments = arguments,
                 .answer = answer,
                 .print = print,
                 .data = data,
  };

  if (arguments->output != NULL && strcmp (arguments->output, "-") != 0)
    return print_to_file (command, arguments, &report);
  if (!print (answer, &bounded, data, &error))
    return fail_to_print (command, arguments, error, output.failed);
  cli_terminal_end (&output.terminal, rest);
  return cli_print (rest->str, (gssize)rest->len);
}

static int
fail_to_export (const char *output, const GError *error)
{
  if (strcmp (output, "-") != 0)
    return cli_fail (output, error->message);
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_BROKEN_PIPE))
    return CLI_FAILED;
  return cli_fail (_ ("standard output"), error->message);
}

/* The content of a file, which may be so long at most. */
typedef struct
{
  const CliArguments *arguments;
  ProfExportFunc      content;
  void               *data;
} Bounded;

static bool
write_bounded (const ProfSink *sink, void *data, GError **error)
{
  const Bounded *self = data;
  ProfSinkBound  bound = bound_of (self->arguments, sink);
  const ProfSink bounded = prof_sink_bounded (&bound);

  return self->content (&bounded, self->data, error);
}

static int
print_content (ProfExportFunc content, void *data)
{
  g_autoptr (GError)  error = NULL;
  g_autoptr (GString) out = g_string_new (NULL);
  ProfSink            sink = prof_sink_to_string (out);

  if (!content (&sink, data, &error))
    return fail_to_export ("-", error);
  return cli_print (out->str, (gssize)out->len);
}

int
cli_write (const CliArguments *arguments,
           const char         *output,
           ProfExportFunc      content,
           void               *data)
{
  g_autoptr (GError) error = NULL;
  Bounded            bounded = { arguments, content, data };

  if (output == NULL)
    output = "-";
  if (strcmp (output, "-") == 0 && isatty (STDOUT_FILENO))
    return print_content (write_bounded, &bounded);
  if (!prof_export_stream (output, write_bounded, &bounded, &error))
    return fail_to_export (output, error);
  if (strcmp (output, "-") == 0 && close (STDOUT_FILENO) < 0)
    return fail_to_write (errno);
  return CLI_DONE;
}

/* The bar is drawn by a thread of its own, so that loading needs no clock. */
typedef struct
{
  ProfProgress *progress;
  GMutex        mutex;
  GCond         cond;
  bool          done;
} Bar;

#define BAR_WIDTH 40
#define FIRST_US  (G_USEC_PER_SEC / 2)
#define NEXT_US   (G_USEC_PER_SEC / 10)

static void
draw_bar (double fraction)
{
  char bar[BAR_WIDTH + 1];
  int  filled = (int)(CLAMP (fraction, 0, 1) * BAR_WIDTH);

  memset (bar, ' ', BAR_WIDTH);
  memset (bar, '#', (size_t)filled);
  bar[BAR_WIDTH] = '\0';
  if (fraction >= 0)
    fprintf (stderr, "\r[%s] %3d%%", bar, (int)(fraction * 100));
}

static gpointer
run_bar (gpointer data)
{
  Bar   *bar = data;
  gint64 due = g_get_monotonic_time () + FIRST_US;
  bool   drawn = false;

  g_mutex_lock (&bar->mutex);
  while (!bar->done)
    {
      if (g_cond_wait_until (&bar->cond, &bar->mutex, due))
        continue;
      draw_bar (prof_progress_fraction (bar->progress));
      drawn = true;
      due = g_get_monotonic_time () + NEXT_US;
    }
  g_mutex_unlock (&bar->mutex);
  if (drawn)
    fputs ("\r\033[K", stderr);
  return NULL;
}

/* What a profile is read from. */
typedef struct
{
  const char       *path;
  GBytes           *bytes; /* (nullable): what was fetched from there */
  const ProfLimits *limits;
  bool              with_perf;
  bool              listed; /* see prof_format_load_listed() */
} Source;

static ProfProfile *
load_file (const Source *source, ProfProgress *progress, GError **error)
{
  GError      *failure = NULL;
  ProfProfile *profile;

  profile = (source->listed ? prof_format_load_listed
                            : prof_format_load) (source->path,
                                                 source->limits,
                                                 progress,
                                                 &failure);
  if (profile != NULL)
    return profile;
  if (!source->with_perf || strcmp (source->path, "-") == 0 ||
      !g_error_matches (failure, PROF_ERROR, PROF_ERROR_PERF_DATA))
    {
      g_propagate_error (error, failure);
      return NULL;
    }
  g_error_free (failure);
  prof_progress_step (progress, -1, NULL);
  return cli_perf_load (source->path, source->limits, error);
}

static ProfProfile *
load (const Source *source, ProfProgress *progress, GError **error)
{
  g_autoptr (GInputStream) stream = NULL;

  if (source->bytes == NULL)
    return load_file (source, progress, error);
  stream = g_memory_input_stream_new_from_bytes (source->bytes);
  return prof_format_load_stream (stream,
                                  g_bytes_get_size (source->bytes),
                                  source->limits,
                                  progress,
                                  error);
}

static ProfProfile *
load_with_bar (const Source *source, GError **error)
{
  g_autoptr (ProfProgress) progress = prof_progress_new (NULL);
  Bar                      bar = { .progress = progress };
  GThread                 *thread;
  ProfProfile             *profile;

  g_mutex_init (&bar.mutex);
  g_cond_init (&bar.cond);
  thread = g_thread_new ("bar", run_bar, &bar);
  profile = load (source, progress, error);
  g_mutex_lock (&bar.mutex);
  bar.done = true;
  g_cond_signal (&bar.cond);
  g_mutex_unlock (&bar.mutex);
  g_thread_join (thread);
  g_cond_clear (&bar.cond);
  g_mutex_clear (&bar.mutex);
  return profile;
}

/* One profile, and nothing that is done to it as a whole. */
static bool
is_only_summed (const CliArguments *arguments)
{
  const ProfQueryFields *fields = prof_query_fields (arguments->query);

  return arguments->only_sums && arguments->paths[1] == NULL &&
         (arguments->binaries == NULL || arguments->binaries[0] == NULL) &&
         fields->base[0] == NULL && fields->diff_base[0] == NULL &&
         !fields->normalize;
}

ProfProfile *
cli_load (const CliArguments *arguments, const char *path, int *status)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = NULL;
  Source             source = {
                .path = path,
                .limits = &arguments->limits,
                .with_perf = arguments->with_perf,
                .listed = is_only_summed (arguments),
  };
  ProfProfile *profile = NULL;

  if (cli_network_has (path))
    {
      bytes = cli_network_take (path, &error);
      source.bytes = bytes;
    }
  if (error == NULL && isatty (STDERR_FILENO))
    profile = load_with_bar (&source, &error);
  else if (error == NULL)
    profile = load (&source, NULL, &error);
  if (profile == NULL)
    *status = cli_fail (path, error->message);
  return profile;
}

int
cli_report (const CliCommandLine *line,
            CliPrintFunc          print,
            int                   argc,
            char                **argv)
{
  g_auto (CliArguments)  arguments = { 0 };
  g_autoptr (ProfAnswer) answer = NULL;
  int                    status;

  if (!cli_options_parse (line, argc, argv, &arguments, &status))
    return status;
  answer = cli_ask (&arguments, &status);
  if (answer == NULL)
    return status;
  return cli_print_pieces (line->command,
                           &arguments,
                           answer,
                           print,
                           &arguments);
}

bool
cli_syntax (const CliArguments *arguments, ProfReportSyntax *syntax)
{
  *syntax = arguments->format == CLI_CSV ? PROF_REPORT_CSV : PROF_REPORT_JSON;
  return arguments->format != CLI_TEXT;
}
