/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/* Profiles of a small program whose lines matter, all of them in f.go:
 *
 *   1  main:10
 *   2  work:20
 *   3  work:21
 *   4  work:20, inlined into main:11
 *   5  work, at no line
 *   6  help:30, inlined into work:22, inlined into main:11
 */

#include "analysis/prof-frames.h"

G_BEGIN_DECLS

/* (transfer full)
 * @samples: "1,2=5 ...": places from the leaf on, and a value */
ProfProfile *line_profile (const char *samples);

/* (transfer full) */
ProfFrames *line_frames (ProfProfile *profile, bool noinlines);

/* A frame of that name; the test fails without. */
ProfFrameId line_frame (ProfFrames *frames, const char *name);

G_END_DECLS
