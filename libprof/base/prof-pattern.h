/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/* A regular expression whose answers are remembered: names repeat, so each is
 * matched once. Expressions may come out of an untrusted file, so matching is
 * bounded for every text and in sum. Used by one thread. */

#include "base/prof-error.h"
#include "base/prof-limits.h"
#include <stddef.h>
#include <stdint.h>

G_BEGIN_DECLS

typedef struct _ProfPattern ProfPattern;

typedef enum
{
  PROF_PATTERN_CASELESS = 1 << 0,
  PROF_PATTERN_WHOLE = 1 << 1, /* the whole text has to match */
} ProfPatternFlags;

/* For who only asks whether a text is a pattern: of the most bytes there can be.
 * Who matches with it makes it again, under the limits of what is matched. */
extern const ProfLimits prof_pattern_widest;

/**
 * prof_pattern_new:
 * @text: the expression, in the syntax and with the meaning of RE2, as in pprof;
 *   unanchored. prof-pattern-syntax.h says what is taken beyond it
 * @limits: (nullable): as a rule those of the profile whose names are matched
 *
 * Returns: (transfer full): the pattern, or %NULL with @error set to
 *   %PROF_ERROR_TOO_LARGE past %PROF_LIMIT_PATTERN, or to %PROF_ERROR_PATTERN:
 *   not UTF-8, too large when compiled, or no expression, as in "missing closing
 *   parenthesis at character 7"
 */
ProfPattern *prof_pattern_new (const char       *text,
                               ProfPatternFlags  flags,
                               const ProfLimits *limits,
                               GError          **error);
void         prof_pattern_free (ProfPattern *self);

/**
 * prof_pattern_test:
 * @id: whose answer this is; the same id must always come with the same text
 * @text: @length bytes, at most %PROF_MOST_STRING; what is not UTF-8 counts as
 *   U+FFFD
 * @matches: (out): the answer
 *
 * Returns: %false with @error set to %PROF_ERROR_TOO_LARGE when matching takes
 *   more than %PROF_LIMIT_PATTERN_STEPS, or all matching together longer than
 *   %PROF_LIMIT_PATTERN_SECONDS; then every further call fails too
 */
bool prof_pattern_test (ProfPattern *self,
                        uint32_t     id,
                        const char  *text,
                        size_t       length,
                        bool        *matches,
                        GError     **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ProfPattern, prof_pattern_free)

G_END_DECLS
