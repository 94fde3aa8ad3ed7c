/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "formats/prof-perf-data.h"

#include "formats/prof-perf-script-decode.h"
#include "input/prof-child.h"
#include "input/prof-machine.h"
#include "input/prof-source.h"

#define PROGRAM "perf"

typedef struct
{
  void    *decoder;
  uint64_t n_bytes;
  uint64_t most;
} Reading;

static bool
take (void *data, const void *bytes, size_t length, GError **error)
{
  Reading *self = data;

  self->n_bytes += length;
  if (self->n_bytes > self->most)
    return prof_limits_fail (error,
                             PROF_LIMIT_INFLATED,
                             PROGRAM " prints more than %" G_GUINT64_FORMAT
                                     " bytes",
                             self->most);
  return prof_perf_script_decoder.feed (self->decoder, bytes, length, error);
}

static void
explain_missing (GError **error)
{
  g_clear_error (error);
  g_set_error_literal (
      error,
      PROF_ERROR,
      PROF_ERROR_UNSUPPORTED,
      prof_machine_is_sandbox ()
          ? "recordings by Linux perf are read by perf, which cannot be run "
            "from inside a sandbox; outside, \"perf script -i FILE > "
            "FILE.txt\" writes it as text, which can be opened"
          : "recordings by Linux perf are read by perf, which is not "
            "installed; install the package “linux-perf”, or what your system "
            "calls it");
}

/* Says whose fault it is. */
static void
explain (GError **error)
{
  if (error == NULL)
    return;
  if (g_error_matches (*error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND))
    explain_missing (error);
  else if (g_error_matches (*error, PROF_ERROR, PROF_ERROR_MALFORMED) ||
           g_error_matches (*error, PROF_ERROR, PROF_ERROR_TRUNCATED))
    g_prefix_error (error, "what " PROGRAM " prints is not as expected: ");
}

static ProfProfile *
read_all (const ProfChild *child,
          Reading         *reading,
          ProfProgress    *progress,
          GError         **error)
{
  const ProfSink     sink = { take, reading };
  g_autoptr (GBytes) nothing = g_bytes_new (NULL, 0);
  g_autofree char   *complaint = NULL;

  if (!prof_child_stream (child, nothing, &sink, progress, &complaint, error))
    return NULL;
  /* A damaged recording may give no events, a warning, and a good status. */
  if (reading->n_bytes == 0 && complaint != NULL)
    {
      g_set_error (error,
                   G_IO_ERROR,
                   G_IO_ERROR_FAILED,
                   PROGRAM " finds no events in it: %s",
                   complaint);
      return NULL;
    }
  return prof_perf_script_decoder.finish (reading->decoder, error);
}

/* As of a file that inflates: in proportion to its size. */
static uint64_t
most_bytes (const ProfLimits *limits, uint64_t size)
{
  uint64_t most = prof_limits_get (limits, PROF_LIMIT_INFLATED);

  return most > 0 ? most : MAX (PROF_MAX_INFLATED, size * PROF_INFLATE_RATIO);
}

/* Says what can be said without perf. */
static bool
check (const char       *path,
       const ProfLimits *limits,
       uint64_t         *size,
       GError          **error)
{
  g_autoptr (GInputStream) stream = prof_source_open (path,
                                                      limits,
                                                      size,
                                                      error);

  if (stream == NULL)
    return false;
  if (*size > 0)
    return true;
  g_set_error_literal (error,
                       G_IO_ERROR,
                       G_IO_ERROR_NOT_REGULAR_FILE,
                       "is not a regular file, which perf needs");
  return false;
}

ProfProfile *
prof_perf_data_load (const char       *path,
                     const ProfLimits *limits,
                     ProfProgress     *progress,
                     GError          **error)
{
  /* The process besides the thread is not printed by default; what else is not
   * recorded is left out by default. */
  const char *const argv[] = {
    PROGRAM, "script", "-F", "+pid", "-i", path, NULL
  };
  const ProfChild  child = { .argv = argv, .max_bytes = SIZE_MAX };
  const ProfLimits machine = prof_machine_limits ();
  Reading          reading = { 0 };
  uint64_t         size;
  ProfProfile     *profile;

  if (limits == NULL)
    limits = &machine;
  if (!check (path, limits, &size, error))
    return NULL;
  reading.most = most_bytes (limits, size);
  reading.decoder = prof_perf_script_decoder.begin (limits);
  profile = read_all (&child, &reading, progress, error);
  if (profile == NULL)
    explain (error);
  prof_perf_script_decoder.free (reading.decoder);
  return profile;
}
