/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "base/prof-pattern.h"

#include "base/prof-limits.h"
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

  int64_t spent_us;
  bool    by_work; /* not by the clock any more */
};

/* The limit stands in front of everything else, where alone it counts. */
static char *
wrap (const char *translated, ProfPatternFlags flags)
{
  bool whole = (flags & PROF_PATTERN_WHOLE) != 0;

  return g_strdup_printf ("(*LIMIT_MATCH=%d)%s(?:%s)%s",
                          PROF_PATTERN_MATCH_LIMIT,
                          whole ? "\\A" : "",
                          translated,
                          whole ? "\\z" : "");
}

/* Everything wrong with an expression has been said before; what is left is the
 * size of it once repetitions are written out. */
static GRegex *
compile (const char *translated, ProfPatternFlags flags, GError **error)
{
  bool               caseless = (flags & PROF_PATTERN_CASELESS) != 0;
  g_autofree char   *wrapped = wrap (translated, flags);
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
prof_pattern_new (const char *text, ProfPatternFlags flags, GError **error)
{
  bool             caseless = (flags & PROF_PATTERN_CASELESS) != 0;
  g_autofree char *translated = NULL;
  GRegex          *regex;
  ProfPattern     *self;

  if (strlen (text) > PROF_MAX_PATTERN)
    return prof_fail_null (error,
                           PROF_ERROR_PATTERN,
                           "the pattern is longer than %d bytes",
                           PROF_MAX_PATTERN);
  if (!g_utf8_validate (text, -1, NULL))
    return prof_fail_null (error,
                           PROF_ERROR_PATTERN,
                           "the pattern is not UTF-8");
  translated = prof_pattern_syntax_translate (text, caseless, error);
  if (translated == NULL)
    return NULL;
  regex = compile (translated, flags, error);
  if (regex == NULL)
    return NULL;
  self = g_new0 (ProfPattern, 1);
  self->regex = regex;
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

static bool
fail_for_good (ProfPattern *self, GError **error)
{
  if (self->failure == NULL)
    self->failure = g_error_new_literal (PROF_ERROR,
                                         PROF_ERROR_PATTERN,
                                         "matching the pattern takes too long");
  g_propagate_error (error, g_error_copy (self->failure));
  return false;
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
  if (self->spent_us <= PROF_PATTERN_TIME_US)
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

  if (length > G_MAXINT)
    return fail_for_good (self, error);
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
  if (reason != NULL || is_used_up (self))
    return fail_for_good (self, error);
  return true;
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
    return fail_for_good (self, error);
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
