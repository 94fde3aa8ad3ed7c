/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/* Filters by name: which samples and which frames a query leaves. A place
 * matches a pattern by the name of a function or by its file, or by the file of
 * its binary, as in pprof. */

#include "base/prof-progress.h"
#include "model/prof-profile.h"
#include "query/prof-query.h"

G_BEGIN_DECLS

/* Filters that matched nothing: a set of bits. */
typedef enum
{
  PROF_MISS_FOCUS = 1 << 0,
  PROF_MISS_IGNORE = 1 << 1,
  PROF_MISS_HIDE = 1 << 2,
  PROF_MISS_SHOW = 1 << 3,
  PROF_MISS_SHOW_FROM = 1 << 4,
  PROF_MISS_TAGFOCUS = 1 << 5,
  PROF_MISS_TAGIGNORE = 1 << 6,
  PROF_MISS_TAGSHOW = 1 << 7,
  PROF_MISS_TAGHIDE = 1 << 8,
  PROF_MISS_TAGROOT = 1 << 9,
  PROF_MISS_TAGLEAF = 1 << 10,
  PROF_MISS_FOCUS_PATH = 1 << 11,
} ProfMisses;

/**
 * prof_filter_names:
 * @used: (nullable): for each location whether a match of it counts for @misses;
 *   %NULL when each does
 * @misses: (inout): gets the bits of focus, ignore, hide and show
 *
 * Leaves samples that pass a place of "focus" and none of "ignore"; then takes
 * out what "hide" matches and what "show" does not. Samples without a stack are
 * left out, whatever is asked.
 *
 * Source: pprof profile/filter.go, FilterSamplesByName().
 *
 * Returns: (transfer full): the profile, or %NULL with @error set
 */
ProfProfile *prof_filter_names (ProfProfile           *profile,
                                const ProfQueryFields *fields,
                                const bool            *used,
                                unsigned              *misses,
                                ProfProgress          *progress,
                                GError               **error);

/**
 * prof_filter_show_from:
 *
 * Cuts every stack above the outermost match; samples without one are left out.
 *
 * Source: pprof profile/filter.go, ShowFrom().
 */
ProfProfile *prof_filter_show_from (ProfProfile  *profile,
                                    const char   *pattern,
                                    const bool   *used,
                                    unsigned     *misses,
                                    ProfProgress *progress,
                                    GError      **error);

/**
 * prof_filter_prune_from:
 *
 * Cuts every stack below the innermost match, which stays.
 *
 * Source: pprof profile/prune.go, PruneFrom().
 */
ProfProfile *prof_filter_prune_from (ProfProfile  *profile,
                                     const char   *pattern,
                                     ProfProgress *progress,
                                     GError      **error);

G_END_DECLS
