/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/* What a profile says of itself, in lines of our own. */

#include "model/prof-profile.h"

G_BEGIN_DECLS

/**
 * prof_report_info:
 *
 * Appends what the profile says of itself: kind, sample types with totals, the
 * default type, time, duration, period, mappings, labels with counts, comments,
 * oddities tolerated.
 */
void prof_report_info (GString *out, ProfProfile *profile);

G_END_DECLS
