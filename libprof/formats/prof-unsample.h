/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/* Sampled heaps: what so many objects that were seen stand for. */

#include <glib.h>
#include <stdint.h>

G_BEGIN_DECLS

/**
 * prof_unsample:
 * @period: bytes between two samples on average; up to 1 all was seen
 * @objects: (inout): of one size
 * @bytes: (inout): of all of them
 *
 * Multiplies both by the chance that an object of this size is seen, and cuts
 * them to whole ones; where one is 0, both are.
 *
 * Source: pprof profile/legacy_profile.go scaleHeapSample()
 */
void prof_unsample (int64_t period, int64_t *objects, int64_t *bytes);

/* A number from 0, cut to a whole one; the largest there is for what is above. */
int64_t prof_unsample_whole (double number);

G_END_DECLS
