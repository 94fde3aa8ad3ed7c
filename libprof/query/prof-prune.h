/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/* drop_frames and keep_frames: patterns inside a profile that say which
 * functions belong to the measuring and not to the program. */

#include "model/prof-profile.h"

G_BEGIN_DECLS

/**
 * prof_prune:
 * @profile: as loaded
 * @unobeyed: (out) (optional) (nullable) (transfer full): why nothing is dropped
 *   where something should be, a sentence; %NULL when all is as the file wants it
 *
 * Cuts every stack at the first function, seen from the root, that matches
 * drop_frames and not keep_frames, as pprof does on load. A pattern that does
 * not compile, or passes a limit of the profile, drops nothing.
 *
 * Source: pprof profile/prune.go, RemoveUninteresting.
 *
 * Returns: (transfer full): the pruned profile, or a reference to @profile when
 *   nothing changes
 */
ProfProfile *prof_prune (ProfProfile *profile, char **unobeyed);

G_END_DECLS
