/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/* What a reader of a profile should know before trusting it: that it has no
 * names, or values that a total does not show, or things that were tolerated
 * when it was read. No widget. */

#include "prof.h"

G_BEGIN_DECLS

/**
 * viewer_warnings_of:
 * @profile: as read
 *
 * Looks at every sample; for worker threads.
 *
 * Returns: (transfer full): translated texts, the weightiest first; empty when
 *   there is nothing to say
 */
char **viewer_warnings_of (const ProfProfile *profile);

G_END_DECLS
