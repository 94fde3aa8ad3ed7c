/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/* What was written into a profile for its readers. */

#include "model/prof-profile.h"

G_BEGIN_DECLS

/**
 * prof_report_comments:
 *
 * Appends all comments, a line each, as "go tool pprof -comments" does: also
 * those for machines, which begin with "#". Nothing when there are none.
 */
void prof_report_comments (GString *out, const ProfProfile *profile);

G_END_DECLS
