/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/* A regular expression whose answers are remembered: names repeat, so each is
 * matched once. Expressions may come out of an untrusted file, so matching is
 * bounded for every text and in sum. Used by one thread. */

#include "base/prof-error.h"
#include <stddef.h>
#include <stdint.h>

G_BEGIN_DECLS

typedef struct _ProfPattern ProfPattern;

typedef enum
{
  PROF_PATTERN_CASELESS = 1 << 0,
  PROF_PATTERN_WHOLE = 1 << 1, /* the whole text has to match */
} ProfPatternFlags;

/**
 * prof_pattern_new:
 * @text: the expression, in the syntax and with the meaning of RE2, as in pprof;
 *   unanchored. prof-pattern-syntax.h says what is taken beyond it
 *
 * Returns: (transfer full): the pattern, or %NULL with @error set to
 *   %PROF_ERROR_PATTERN: not UTF-8, longer than %PROF_MAX_PATTERN, too large
 *   when compiled, or no expression, as in "missing closing parenthesis at
 *   character 7"
 */
ProfPattern *prof_pattern_new (const char      *text,
                               ProfPatternFlags flags,
                               GError         **error);
void         prof_pattern_free (ProfPattern *self);

/**
 * prof_pattern_test:
 * @id: whose answer this is; the same id must always come with the same text
 * @text: @length bytes; what is not UTF-8 counts as U+FFFD
 * @matches: (out): the answer
 *
 * Returns: %false with @error set to %PROF_ERROR_PATTERN when matching takes
 *   more than %PROF_PATTERN_MATCH_LIMIT steps, or all matching together longer
 *   than a few seconds; then every further call fails too
 */
bool prof_pattern_test (ProfPattern *self,
                        uint32_t     id,
                        const char  *text,
                        size_t       length,
                        bool        *matches,
                        GError     **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ProfPattern, prof_pattern_free)

G_END_DECLS
