/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "base/prof-pattern.h"

#include "base/prof-pattern-syntax.h"
#include "base/prof-vec.h"
#include <string.h>
#include <time.h>

enum
{
  UNKNOWN,
  NO,
  YES,
};

struct _ProfPattern
{
  /* Owned */
  GRegex   *regex;
  ProfVecU8 answers; /* by id: UNKNOWN, NO or YES */
  GError   *failure; /* what went wrong for good */

  uint64_t most_steps;   /* of one name */
  uint64_t most_seconds; /* of all names */

  int64_t spent_us;
  bool    by_work; /* not by the clock any more */
};

const ProfLimits prof_pattern_widest = {
  .values[PROF_LIMIT_PATTERN] = PROF_MOST_PATTERN,
};

/* The limit stands in front of everything else, where alone it counts. */
static char *
wrap (const char *translated, ProfPatternFlags flags, uint64_t most_steps)
{
  bool whole = (flags & PROF_PATTERN_WHOLE) != 0;

  return g_strdup_printf ("(*LIMIT_MATCH=%" G_GUINT64_FORMAT ")%s(?:%s)%s",
                          most_steps,
                          whole ? "\\A" : "",
                          translated,
                          whole ? "\\z" : "");
}

/* Everything wrong with an expression has been said before; what is left is the
 * size of it once repetitions are written out. */
static GRegex *
compile (const char      *translated,
         ProfPatternFlags flags,
         uint64_t         most_steps,
         GError         **error)
{
  bool               caseless = (flags & PROF_PATTERN_CASELESS) != 0;
  g_autofree char   *wrapped = wrap (translated, flags, most_steps);
  GRegexCompileFlags options = G_REGEX_NEWLINE_LF;
  GRegex            *regex;

  if (caseless)
    options |= G_REGEX_CASELESS;
  regex = g_regex_new (wrapped, options, 0, NULL);
  if (regex == NULL)
    return prof_fail_null (error,
                           PROF_ERROR_PATTERN,
                           "the pattern is too large");
  return regex;
}

ProfPattern *
prof_pattern_new (const char       *text,
                  ProfPatternFlags  flags,
                  const ProfLimits *limits,
                  GError          **error)
{
  bool             caseless = (flags & PROF_PATTERN_CASELESS) != 0;
  uint64_t         most = prof_limits_get (limits, PROF_LIMIT_PATTERN);
  uint64_t         steps = prof_limits_get (limits, PROF_LIMIT_PATTERN_STEPS);
  g_autofree char *translated = NULL;
  GRegex          *regex;
  ProfPattern     *self;

  if (strlen (text) > most)
    {
      prof_limits_fail (error,
                        PROF_LIMIT_PATTERN,
                        "the pattern is longer than %" G_GUINT64_FORMAT
                        " bytes",
                        most);
      return NULL;
    }
  if (!g_utf8_validate (text, -1, NULL))
    return prof_fail_null (error,
                           PROF_ERROR_PATTERN,
                           "the pattern is not UTF-8");
  translated = prof_pattern_syntax_translate (text, caseless, error);
  if (translated == NULL)
    return NULL;
  regex = compile (translated, flags, steps, error);
  if (regex == NULL)
    return NULL;
  self = g_new0 (ProfPattern, 1);
  self->regex = regex;
  self->most_steps = steps;
  self->most_seconds = prof_limits_get (limits, PROF_LIMIT_PATTERN_SECONDS);
  return self;
}

void
prof_pattern_free (ProfPattern *self)
{
  if (self == NULL)
    return;
  g_regex_unref (self->regex);
  prof_vec_u8_clear (&self->answers);
  g_clear_error (&self->failure);
  g_free (self);
}

/* Says again what went wrong. */
static bool
fail_again (const ProfPattern *self, GError **error)
{
  g_propagate_error (error, g_error_copy (self->failure));
  return false;
}

static bool
fail_steps (ProfPattern *self, GError **error)
{
  prof_limits_fail (&self->failure,
                    PROF_LIMIT_PATTERN_STEPS,
                    "matching the pattern takes too long: more than "
                    "%" G_GUINT64_FORMAT " steps with one name",
                    self->most_steps);
  return fail_again (self, error);
}

static bool
fail_seconds (ProfPattern *self, GError **error)
{
  prof_limits_fail (&self->failure,
                    PROF_LIMIT_PATTERN_SECONDS,
                    "matching the pattern takes too long: more than "
                    "%" G_GUINT64_FORMAT " s with all names",
                    self->most_seconds);
  return fail_again (self, error);
}

/* Room for the answer, or NULL: then it is not remembered. */
static uint8_t *
answer_of (ProfPattern *self, uint32_t id)
{
  size_t missing;

  if (id >= self->answers.length)
    {
      missing = (size_t)id + 1 - self->answers.length;
      if (!prof_vec_u8_reserve (&self->answers, missing))
        return NULL;
      memset (self->answers.data + self->answers.length, UNKNOWN, missing);
      self->answers.length += missing;
    }
  return &self->answers.data[id];
}

/* By the clock, which costs next to nothing; once that is used up, by what this
 * thread has worked: on a busy machine others had the time. */
static int64_t
now_us (const ProfPattern *self)
{
  struct timespec time;

  if (!self->by_work || clock_gettime (CLOCK_THREAD_CPUTIME_ID, &time) != 0)
    return g_get_monotonic_time ();
  return (int64_t)time.tv_sec * G_USEC_PER_SEC + time.tv_nsec / 1000;
}

static bool
is_used_up (ProfPattern *self)
{
  if ((uint64_t)self->spent_us <= self->most_seconds * G_USEC_PER_SEC)
    return false;
  if (self->by_work)
    return true;
  self->by_work = true;
  self->spent_us = 0;
  return false;
}

static bool
match (ProfPattern *self,
       const char  *text,
       size_t       length,
       bool        *matches,
       GError     **error)
{
  g_autofree char   *repaired = NULL;
  g_autoptr (GError) reason = NULL;
  int64_t            start = now_us (self);

  if (!g_utf8_validate_len (text, length, NULL))
    {
      repaired = g_utf8_make_valid (text, (gssize)length);
      text = repaired;
      length = strlen (text);
    }
  *matches = g_regex_match_full (self->regex,
                                 text,
                                 (gssize)length,
                                 0,
                                 0,
                                 NULL,
                                 &reason);
  self->spent_us += now_us (self) - start;
  if (reason != NULL)
    return fail_steps (self, error);
  return !is_used_up (self) || fail_seconds (self, error);
}

bool
prof_pattern_test (ProfPattern *self,
                   uint32_t     id,
                   const char  *text,
                   size_t       length,
                   bool        *matches,
                   GError     **error)
{
  uint8_t *answer;
  bool     found;

  if (self->failure != NULL)
    return fail_again (self, error);
  answer = answer_of (self, id);
  if (answer != NULL && *answer != UNKNOWN)
    {
      *matches = *answer == YES;
      return true;
    }
  if (!match (self, text, length, &found, error))
    return false;
  if (answer != NULL)
    *answer = found ? YES : NO;
  *matches = found;
  return true;
}
