/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/* Labels as frames: grouping by label. */

#include "base/prof-progress.h"
#include "model/prof-profile.h"
#include "query/prof-query.h"

G_BEGIN_DECLS

/**
 * prof_tag_frames:
 * @misses: (inout): gets the bits of tagroot and tagleaf
 *
 * Puts a frame for each key of "tagroot" above every stack, the first key
 * outermost, and for each key of "tagleaf" below, the last key innermost. Its
 * name is the values of the label, its file the key; samples without the label
 * get one without a name.
 *
 * Source: pprof internal/driver/tagroot.go.
 *
 * Returns: (transfer full): the profile, or %NULL with @error set
 */
ProfProfile *prof_tag_frames (ProfProfile           *profile,
                              const ProfQueryFields *fields,
                              unsigned              *misses,
                              ProfProgress          *progress,
                              GError               **error);

G_END_DECLS
