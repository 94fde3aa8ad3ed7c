/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/* What the window says of the boxes and arrows of a call graph. All (transfer
 * full). */

#include "viewer-result.h"

G_BEGIN_DECLS

/* "<b>main.f</b> — self 0.3 s (2.4 %), total 1.2 s (9.8 %)"; of a label what it is
 * and where. */
char *viewer_graph_text_box (const ViewerResult    *result,
                             const ProfGraphLayout *layout,
                             uint32_t               box);

/* "<b>main.f</b> → <b>main.g</b> — 1.2 s (9.8 %)" */
char *viewer_graph_text_arrow (const ViewerResult    *result,
                               const ProfGraphLayout *layout,
                               uint32_t               arrow);

/* For a screen reader, with the numbers of callers and callees. */
char *viewer_graph_text_accessible (const ViewerResult    *result,
                                    const ProfGraphLayout *layout,
                                    uint32_t               box);

/* "42 of 616 functions, 65 calls" */
char *viewer_graph_text_shown (const ProfGraphLayout *layout);

G_END_DECLS
