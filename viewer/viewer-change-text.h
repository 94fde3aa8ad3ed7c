/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/* Changes in the words of the window: what something was before and is now. Signs
 * and arrows say what colours do. No widget. All strings are UTF-8 and (transfer
 * full). */

#include "viewer-result.h"

G_BEGIN_DECLS

/* "+71 %", "−27 %" of what was before; "new", "gone", "unchanged" */
char *viewer_change_relative (int64_t before, int64_t now);

/* "+0.60 s", "−0.12 s", "0 s": in the unit of the table. */
char *viewer_change_delta (const ViewerResult *result,
                           int64_t             before,
                           int64_t             now);

/* "0.46 s → 1.06 s" */
char *viewer_change_sides (const ViewerResult *result,
                           int64_t             before,
                           int64_t             now);

/* "+0.60 s (+130 %)" */
char *viewer_change_difference (const ViewerResult *result,
                                int64_t             before,
                                int64_t             now);

/* "0.46 s (5.7 %) → 1.06 s (14 %), +0.60 s (+130 %)"; shares are of all. */
char *viewer_change_sentence (const ViewerResult *result,
                              int64_t             before,
                              int64_t             now);

/* "5.7 % → 14 % of all" */
char *viewer_change_shares (const ViewerResult *result,
                            int64_t             before,
                            int64_t             now);

/* "▲", "▼", "" by the sign of a change. */
const char *viewer_change_arrow (int64_t before, int64_t now);

/**
 * viewer_change_of:
 * @end: behind the last of the siblings in a strip, or 0
 * @change: (out): of the node, or the sum of the strip's
 *
 * Returns: whether anything is compared
 */
bool viewer_change_of (const ViewerResult *result,
                       ProfNodeId          node,
                       ProfNodeId          end,
                       ProfChange         *change);

/* "8.1 s against 8.2 s": how long was measured; "" when unknown. */
char *viewer_change_durations (const ProfProfile *before,
                               const ProfProfile *now);

G_END_DECLS
