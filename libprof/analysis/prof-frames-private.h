/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/* What the two files of frames share, and what trees are told. */

#include "analysis/prof-frames.h"
#include "analysis/prof-stack-sums.h"
#include "base/prof-vec.h"

G_BEGIN_DECLS

typedef struct
{
  ProfFrameInfo info;

  const char *name;
  const char *display_name;
  const char *file; /* to show */

  size_t         name_length;
  int64_t        start_line;
  ProfFunctionId function;
  uint32_t       package;
} ProfFrame;

PROF_VEC_DEFINE (ProfVecFrame, prof_vec_frame, ProfFrame)
PROF_VEC_DEFINE (ProfVecPackage, prof_vec_package, ProfPackage)

struct _ProfFrames
{
  gatomicrefcount  ref_count;
  size_t           type;
  ProfFramesParams params; /* without its texts */

  /* Owned */
  ProfVecFrame   frames;
  GStringChunk  *texts;
  size_t        *first; /* into of_lines, for each location and one more */
  ProfVecU32     of_lines;
  ProfVecPackage packages;
  gsize          weighed; /* for g_once_init_enter() */

  /* Owned, and guarded by the lock */
  GMutex           lock;
  GThread         *adding; /* (nullable): gives totals */
  ProfStackTotals *totals; /* (nullable): kept until packages are weighed */
  bool             has_weighed;

  /* Shared */
  ProfProfile *profile;
};

/* Valid UTF-8 on one line, as of prof_upright(): the text itself where it is that
 * already, else one that lives as long as the frames. */
const char *prof_frames_displayable (ProfFrames *self,
                                     const char *text,
                                     size_t      length);

/* Gives each frame its package. */
void prof_frames_find_packages (ProfFrames *self);

/* Adds them up beside what else is done, where they are wanted soon. */
void prof_frames_begin_totals (ProfFrames *self);

/* Whoever asks from now on is the only one. */
void prof_frames_drop_totals (ProfFrames *self);

/**
 * prof_frames_totals:
 *
 * What the stacks weigh by the type that packages are weighed by. Those that
 * packages are weighed with are shared until that is done. Not of a profile whose stacks
 * are a list. Any thread may call it.
 *
 * Returns: (transfer full) (nullable): %NULL when memory is refused
 */
ProfStackTotals *prof_frames_totals (ProfFrames *self);

G_END_DECLS
