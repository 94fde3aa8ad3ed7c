/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/* Several profiles added up to one; and what adding up makes of a single one,
 * which is the form in which pprof writes, numbers and prints all profiles. */

#include "base/prof-error.h"
#include "base/prof-progress.h"
#include "model/prof-profile.h"

G_BEGIN_DECLS

/**
 * prof_merge:
 * @profiles: @n of them
 * @n: at least 1
 * @progress: (nullable): told how far it is; can stop it
 *
 * Samples with equal stacks and labels are one sample with the sum of their
 * values; those that are all 0, at once or by cancelling, are left out, and so
 * is every row that no sample needs.
 *
 * Shape: samples in order of first appearance; mappings, functions and locations
 *   numbered from 1 in order of first use by them, leaf first, but for the first
 *   mapping, which stays first; a profile without mappings gets one that says
 *   nothing. Each sample's texts by key, then its numbers by key.
 * Header: the earliest time (0, unknown, is earlier than others but as the
 *   first), the sum of durations, the longest period, every comment once, the
 *   first default type and documentation, the rest from the first profile.
 * Types: those that all have, by name, in the first profile's order. Values and
 *   periods in the finest of their units; samples whose value in one type is 0
 *   are kept for their values in others, where pprof loses them.
 * Cost: linear in stack nodes and samples: 2 s for 2 million samples of 9
 *   million nodes.
 * Source: pprof profile/merge.go and internal/measurement, ScaleProfiles(); for
 *   types newer pprof, as Go 1.19 wants the same of all.
 *
 * Returns: (transfer full): the sum; or %NULL with @error set:
 *   %PROF_ERROR_UNSUPPORTED when the profiles do not measure the same,
 *   %PROF_ERROR_TOO_LARGE or %G_IO_ERROR_CANCELLED
 */
ProfProfile *prof_merge (ProfProfile *const *profiles,
                         size_t              n,
                         ProfProgress       *progress,
                         GError            **error);

/**
 * prof_merge_matters:
 *
 * Whether prof_merge() of one profile may change what reports count or which
 * filters match nothing: samples that are all 0 would go, and values below 0 may
 * cancel others. Where not, reports on sums can do without.
 *
 * Cost: one look at each sample.
 */
bool prof_merge_matters (const ProfProfile *profile);

G_END_DECLS
