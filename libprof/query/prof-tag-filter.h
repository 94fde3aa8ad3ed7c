/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/* Which samples --tagfocus and --tagignore mean, by their labels.
 *
 *   filter   (KEY '=')? (range | pattern (',' pattern)*)
 *   range    amount | amount ':' | ':' amount | amount ':' amount
 *   amount   ('+' | '-')? digit+ letter*
 *
 * A range holds for a sample when one of its numbers, of that key or of any, lies
 * in it, ends included; "64" and "64kb" alone are ranges too. Patterns with a key
 * hold when one of them is found in one text of that key. Without a key each of
 * them has to be found in some label, written as "KEY:TEXT".
 *
 * Source: pprof internal/driver/driver_focus.go. */

#include "base/prof-error.h"
#include "model/prof-profile.h"
#include "query/prof-label-units.h"

G_BEGIN_DECLS

typedef struct _ProfTagFilter ProfTagFilter;

/**
 * prof_tag_filter_check:
 *
 * Whether a text is a filter, without a profile.
 *
 * Returns: %false with @error set: %PROF_ERROR_PATTERN for a pattern,
 *   %PROF_ERROR_TOO_LARGE for one above %PROF_MOST_PATTERN, or
 *   %PROF_ERROR_UNSUPPORTED for a number, above 64 bits, on which pprof panics
 */
bool prof_tag_filter_check (const char *text, GError **error);

/**
 * prof_tag_filter_new:
 * @profile: whose samples will be tested; a reference is kept
 * @units: of its labels; they must live as long as the filter
 *
 * Returns: (transfer full): the filter, used by one thread, or %NULL with @error
 *   set as by prof_tag_filter_check(), or past the profile's %PROF_LIMIT_PATTERN
 */
ProfTagFilter *prof_tag_filter_new (const char           *text,
                                    ProfProfile          *profile,
                                    const ProfLabelUnits *units,
                                    GError              **error);
void           prof_tag_filter_free (ProfTagFilter *self);

/**
 * prof_tag_filter_range:
 *
 * Returns: (transfer none) (nullable): the text that was taken for a range, for
 *   pprof's "Interpreted 'X' as range, not regexp"; %NULL if there are patterns
 */
const char *prof_tag_filter_range (const ProfTagFilter *self);

/**
 * prof_tag_filter_test:
 * @matches: (out): whether the sample is meant
 *
 * Numbers are compared in the unit of the range's first end. A number whose unit
 * is of another family, or that has one where the range has none, is not in it.
 *
 * Returns: %false with @error set to %PROF_ERROR_TOO_LARGE when matching takes too
 *   long
 */
bool prof_tag_filter_test (ProfTagFilter *self,
                           size_t         sample,
                           bool          *matches,
                           GError       **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ProfTagFilter, prof_tag_filter_free)

G_END_DECLS
