/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/* Filters by label: which samples a query leaves for what they are labelled
 * with, and which labels it shows. */

#include "base/prof-progress.h"
#include "model/prof-profile.h"
#include "query/prof-label-units.h"
#include "query/prof-query.h"

G_BEGIN_DECLS

/**
 * prof_filter_tags:
 * @units: of the labels
 * @misses: (inout): gets the bits of tagfocus and tagignore
 * @ranges: (nullable): gets, transfer full, a sentence of pprof's for each filter
 *   that was read as a range of numbers
 *
 * Leaves samples that match "tagfocus" and not "tagignore".
 *
 * Source: pprof profile/filter.go, FilterSamplesByTag().
 *
 * Returns: (transfer full): the profile, or %NULL with @error set
 */
ProfProfile *prof_filter_tags (ProfProfile           *profile,
                               const ProfQueryFields *fields,
                               const ProfLabelUnits  *units,
                               unsigned              *misses,
                               GPtrArray             *ranges,
                               ProfProgress          *progress,
                               GError               **error);

/**
 * prof_filter_labels:
 * @misses: (inout): gets the bits of tagshow and taghide
 *
 * Takes away labels whose key does not match "tagshow" or does match "taghide";
 * samples stay.
 *
 * Source: pprof profile/filter.go, FilterTagsByName().
 *
 * Returns: (transfer full): the profile, or %NULL with @error set
 */
ProfProfile *prof_filter_labels (ProfProfile           *profile,
                                 const ProfQueryFields *fields,
                                 unsigned              *misses,
                                 ProfProgress          *progress,
                                 GError               **error);

G_END_DECLS
