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
    N_ ("Flambeau opens profiles of Go, pprof, gperftools, Chrome, Node.js, "
        "speedscope, callgrind and perf (as “perf script” prints them), and "
        "folded stacks; plain or compressed with gzip.") },
  { prof_error_quark,
    PROF_ERROR_UNSUPPORTED,
    N_ ("This Kind of Profile Is Not Supported"),
    N_ ("It is a profile, but of a kind that cannot be read yet."),
    N_ ("Convert it to the pprof format with the tool that made it.") },
  { prof_error_quark,
    PROF_ERROR_PERF_DATA,
    N_ ("A Recording by perf"),
    N_ ("Its format belongs to perf, which prints what is in it."),
    N_ ("“perf script -i FILE > FILE.txt” writes it as text, which can be "
        "opened.") },
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

/* Of captures the error itself says what has happened, in the server's own words
 * where there are some; so there is no detail here. */
static const Words words_of_captures[] = {
  { g_io_error_quark,
    G_IO_ERROR_CONNECTION_REFUSED,
    N_ ("Nobody Listens There"),
    NULL,
    N_ ("Is the program running, and is that its port? A Go program answers "
        "once it imports net/http/pprof and starts a server.") },
  { g_io_error_quark,
    G_IO_ERROR_TIMED_OUT,
    N_ ("No Answer in Time"),
    NULL,
    N_ ("A program that is stopped or very busy does not answer. Try again, or "
        "capture for a shorter time.") },
  { g_io_error_quark,
    G_IO_ERROR_HOST_UNREACHABLE,
    N_ ("The Host Cannot Be Reached"),
    NULL,
    N_ ("Check the network, and whether a firewall or a VPN is in between.") },
  { g_io_error_quark,
    G_IO_ERROR_NETWORK_UNREACHABLE,
    N_ ("The Host Cannot Be Reached"),
    NULL,
    N_ ("Check the network, and whether a firewall or a VPN is in between.") },
  { g_io_error_quark,
    G_IO_ERROR_NOT_FOUND,
    N_ ("No Such Profile"),
    NULL,
    N_ ("Open Location lists the profiles that a program has.") },
  { g_io_error_quark,
    G_IO_ERROR_FAILED,
    N_ ("The Server Refuses"),
    NULL,
    N_ ("Above is what it says. A Go program takes one CPU profile at a time: "
        "when another is running, try again once that is over.") },
  { g_resolver_error_quark,
    G_RESOLVER_ERROR_NOT_FOUND,
    N_ ("Host Not Found"),
    NULL,
    N_ ("Check how the address is spelled.") },
  { g_resolver_error_quark,
    G_RESOLVER_ERROR_TEMPORARY_FAILURE,
    N_ ("Host Not Found"),
    NULL,
    N_ ("Check the network and how the address is spelled.") },
  { g_tls_error_quark,
    G_TLS_ERROR_BAD_CERTIFICATE,
    N_ ("The Connection Is Not Safe"),
    NULL,
    N_ ("Nothing was fetched: it could come from anybody. Add the authority "
        "that signs for this server to those your system trusts.") },
  { g_tls_error_quark,
    G_TLS_ERROR_UNAVAILABLE,
    N_ ("No Way to Use https"),
    NULL,
    N_ ("Install glib-networking, then try again.") },
  { prof_error_quark,
    PROF_ERROR_UNRECOGNIZED,
    N_ ("Not a Profile"),
    NULL,
    N_ ("Is a sign-in page or a proxy in between? Open Location lists the "
        "profiles that a program has.") },
  { prof_error_quark,
    PROF_ERROR_TRUNCATED,
    N_ ("The Answer Ends Early"),
    NULL,
    N_ ("Nothing is shown, because totals of half a profile would be wrong. Try "
        "again.") },
  { prof_error_quark,
    PROF_ERROR_EMPTY,
    N_ ("The Answer Is Empty"),
    NULL,
    N_ ("Open Location lists the profiles that a program has.") },
  { prof_error_quark,
    PROF_ERROR_MALFORMED,
    N_ ("The Profile Is Damaged"),
    NULL,
    N_ ("Nothing is shown, because its numbers could be wrong. Try again.") },
  { prof_error_quark,
    PROF_ERROR_TOO_LARGE,
    N_ ("The Answer Is Too Large"),
    NULL,
    N_ ("Capture for a shorter time.") },
  { prof_error_quark,
    PROF_ERROR_REDIRECT,
    N_ ("The Server Sends Elsewhere"),
    NULL,
    N_ ("Try again to be asked whether to follow, or open the other address "
        "yourself.") },
};

static const Words other_words_of_captures = {
  NULL,
  0,
  N_ ("Nothing Was Captured"),
  NULL,
  N_ ("Check the address, then try again."),
};

static const Words *
find_in (const Words  *words,
         size_t        n,
         const Words  *otherwise,
         const GError *error)
{
  for (size_t i = 0; i < n; i++)
    if (g_error_matches (error, words[i].domain (), words[i].code))
      return &words[i];
  return otherwise;
}

static const Words *
find_words (const GError *error)
{
  return find_in (words_by_cause,
                  G_N_ELEMENTS (words_by_cause),
                  &other_words,
                  error);
}

/* "this is perf.data, not a profile" says more than any general sentence. */
static char *
make_sentence (const char *message)
{
  bool has_end = g_str_has_suffix (message, ".") ||
                 g_str_has_suffix (message, "…");

  return g_strdup_printf ("%c%s%s",
                          g_ascii_toupper (message[0]),
                          message + 1,
                          has_end ? "" : ".");
}

/* And what to do with it. */
static bool
says_what_it_is (const GError *error)
{
  return g_error_matches (error, PROF_ERROR, PROF_ERROR_UNRECOGNIZED) ||
         g_error_matches (error, PROF_ERROR, PROF_ERROR_UNSUPPORTED);
}

ViewerProblem *
viewer_problem_new (const GError *error, const char *name)
{
  const Words   *words = find_words (error);
  ViewerProblem *self = g_new0 (ViewerProblem, 1);

  self->title = g_strdup (_ (words->title));
  self->detail = says_what_it_is (error) ? make_sentence (error->message)
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

ViewerProblem *
viewer_problem_new_for_capture (const GError *error, const char *address)
{
  const Words   *words = find_in (words_of_captures,
                                G_N_ELEMENTS (words_of_captures),
                                &other_words_of_captures,
                                error);
  ViewerProblem *self = g_new0 (ViewerProblem, 1);

  self->title = g_strdup (_ (words->title));
  self->detail = make_sentence (error->message);
  self->next_step = g_strdup (_ (words->next_step));
  self->message = g_strdup_printf ("%s: %s", address, error->message);
  return self;
}

/* (transfer full): "1.5 GiB", "1 048 576". */
static char *
limit_text (const ProfLimits *limits, ProfLimit limit)
{
  uint64_t value = prof_limits_get (limits, limit);

  if (prof_limits_is_bytes (limit))
    return g_format_size_full (value, G_FORMAT_SIZE_IEC_UNITS);
  return prof_unit_human ((int64_t)MIN (value, INT64_MAX), "count");
}

static bool
is_above_memory (const ProfLimits *limits, ProfLimit limit)
{
  uint64_t memory = prof_machine_memory ();

  return limit == PROF_LIMIT_MEMORY && memory > 0 &&
         prof_limits_get (limits, limit) > memory;
}

void
viewer_problem_offer (ViewerProblem    *self,
                      const GError     *error,
                      const ProfLimits *limits)
{
  ProfLimits       more = *limits;
  ProfLimit        limit;
  g_autofree char *text = NULL;

  if (!prof_limits_passed (error, &limit))
    return;
  g_free (self->detail);
  self->detail = g_strdup_printf (
      /* Translators: what has a limit, such as "nodes of a call tree" */
      _ ("It is larger than what is read without asking. There is a limit for "
         "%s."),
      _ (prof_limits_help (limit)));
  if (!prof_limits_raise (&more, limit) || is_above_memory (&more, limit))
    return;
  text = limit_text (&more, limit);
  self->limits = more;
  /* Translators: a size or a number, such as "6.0 GiB" */
  self->offer = g_strdup_printf (_ ("Raise the Limit to %s"), text);
  g_free (self->next_step);
  self->next_step = g_strdup (_ (
      "Limits protect against files that were made to fill the memory. Where "
      "this one comes from somebody you trust, read it with a higher one; "
      "that can be cancelled at any time."));
}

void
viewer_problem_offer_perf (ViewerProblem *self, const ProfLimits *limits)
{
  self->limits = *limits;
  self->with_perf = true;
  self->offer = g_strdup (_ ("Read with perf"));
  g_free (self->next_step);
  self->next_step = g_strdup (
      _ ("perf can be run to read it; it looks for the recorded programs and "
         "their debug information. Opening a file starts no program by "
         "itself."));
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
  g_free (self->offer);
  g_free (self);
}
