/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "viewer-problem.h"

#include <gio/gio.h>
#include <glib/gi18n.h>

typedef struct
{
  GQuark (*domain) (void);
  int         code;
  const char *title;
  const char *detail;
  const char *next_step;
} Words;

static const Words words_by_cause[] = {
  { g_io_error_quark,
    G_IO_ERROR_NOT_FOUND,
    N_ ("File Not Found"),
    N_ ("There is no file of this name any more."),
    N_ ("It may have been moved, renamed or deleted. Open it from where it "
        "is now.") },
  { g_io_error_quark,
    G_IO_ERROR_PERMISSION_DENIED,
    N_ ("No Permission to Read the File"),
    N_ ("The file is there, but it may not be read."),
    N_ ("Change its permissions, or open it with the file chooser or by "
        "dropping it here.") },
  { g_io_error_quark,
    G_IO_ERROR_IS_DIRECTORY,
    N_ ("This Is a Folder"),
    N_ ("A profile is a single file."),
    N_ ("Open one of the profiles in the folder.") },
  { prof_error_quark,
    PROF_ERROR_EMPTY,
    N_ ("The File Is Empty"),
    N_ ("There is not a single byte in it. Was the program still "
        "running?"),
    N_ ("Go writes a CPU profile when it is stopped: wait until the program "
        "has finished, then try again.") },
  { prof_error_quark,
    PROF_ERROR_TRUNCATED,
    N_ ("The File Ends Early"),
    N_ ("The data stops in the middle. Was the program still writing the "
        "profile?"),
    N_ ("Nothing is shown, because totals of half a profile would be wrong. "
        "Wait until the program has finished, then try again.") },
  { prof_error_quark,
    PROF_ERROR_UNRECOGNIZED,
    N_ ("Not a Profile"),
    N_ ("The content of this file is not a profile that can be read."),
    N_ ("Flambeau opens what Go and pprof write: profile.proto, plain or "
        "compressed with gzip.") },
  { prof_error_quark,
    PROF_ERROR_UNSUPPORTED,
    N_ ("This Kind of Profile Is Not Supported"),
    N_ ("It is a profile, but of a kind that cannot be read yet."),
    N_ ("Convert it to the pprof format with the tool that made it.") },
  { prof_error_quark,
    PROF_ERROR_MALFORMED,
    N_ ("The Profile Is Damaged"),
    N_ ("The file is a profile, but its content contradicts itself."),
    N_ ("Nothing is shown, because its numbers could be wrong. Copy or "
        "record it again.") },
  { prof_error_quark,
    PROF_ERROR_TOO_LARGE,
    N_ ("The Profile Is Too Large"),
    N_ ("It holds more than can be shown."),
    N_ ("Record for a shorter time or at a lower rate.") },
};

static const Words other_words = {
  NULL,
  0,
  N_ ("The File Could Not Be Read"),
  N_ ("Reading it failed before the end."),
  N_ ("Try again, or copy the file to this computer first."),
};

static const Words *
find_words (const GError *error)
{
  for (size_t i = 0; i < G_N_ELEMENTS (words_by_cause); i++)
    {
      const Words *words = &words_by_cause[i];

      if (g_error_matches (error, words->domain (), words->code))
        return words;
    }
  return &other_words;
}

/* "this is perf.data, not a profile" says more than any general sentence. */
static char *
make_sentence (const char *message)
{
  return g_strdup_printf ("%c%s.", g_ascii_toupper (message[0]), message + 1);
}

ViewerProblem *
viewer_problem_new (const GError *error, const char *name)
{
  const Words   *words = find_words (error);
  ViewerProblem *self = g_new0 (ViewerProblem, 1);

  self->title = g_strdup (_ (words->title));
  self->detail = g_error_matches (error, PROF_ERROR, PROF_ERROR_UNRECOGNIZED)
                     ? make_sentence (error->message)
                     : g_strdup (_ (words->detail));
  self->next_step = g_strdup (_ (words->next_step));
  self->message = g_strdup_printf ("%s: %s", name, error->message);
  return self;
}

ViewerProblem *
viewer_problem_new_for_sum (const GError *error, const char *name)
{
  ViewerProblem *self = viewer_problem_new (error, name);

  if (!g_error_matches (error, PROF_ERROR, PROF_ERROR_UNSUPPORTED))
    return self;
  g_free (self->title);
  g_free (self->detail);
  g_free (self->next_step);
  self->title = g_strdup (_ ("These Profiles Do Not Add Up"));
  self->detail = make_sentence (error->message);
  self->next_step = g_strdup (
      _ ("Only profiles that measure the same can be merged. Open each of them "
         "in a window of its own instead."));
  return self;
}

void
viewer_problem_free (ViewerProblem *self)
{
  if (self == NULL)
    return;
  g_free (self->title);
  g_free (self->detail);
  g_free (self->next_step);
  g_free (self->message);
  g_free (self);
}
