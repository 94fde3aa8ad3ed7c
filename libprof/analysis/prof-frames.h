/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/* What a picture or table calls one thing: at the level of functions, all
 * locations and lines with the same function name are one frame; other
 * granularities tell apart more or less. Code without names is one frame for
 * each binary, "[libc.so.6]", or "<unknown>".
 *
 * Frames also know their package, its tier (whose code it is) and the order of
 * packages by weight, which colours and legends need. */

#include "analysis/prof-package.h"
#include "model/prof-profile.h"
#include "query/prof-answer.h"
#include "query/prof-granularity.h"

G_BEGIN_DECLS

typedef struct _ProfFrames ProfFrames;

typedef struct
{
  const char *name; /* import path, valid UTF-8; "" for code without package */
  ProfTier    tier;
  int64_t     self;  /* of the type asked for, summed over its frames */
  int64_t     total; /* each stack counted once, but for what is too small, see
                      * prof-package-sums.h */
  uint32_t    rank;  /* 0 is the heaviest by total + 3 self */
} ProfPackage;

typedef struct
{
  ProfGranularity granularity;

  /* Only the physical function of a location counts, not what was inlined into
   * it. */
  bool noinlines;

  /* Functions of one name in two binaries, or with two first lines, are two
   * frames. */
  bool with_binaries;

  /* How file names are shortened, as by prof_path_trim(); without a trim_path,
   * that is %NULL, not at all. */
  const char *trim_path;
  const char *source_path;

  /* Somebody is going to ask for packages: the walk over all stacks that weighs
   * them begins while the names are made, on a thread of its own where there are
   * many. */
  bool weighs_soon;
} ProfFramesParams;

#define PROF_FRAMES_PARAMS_INIT                                    \
  {                                                                \
    .granularity = PROF_GRANULARITY_FUNCTIONS, .noinlines = false, \
    .with_binaries = false, .trim_path = "", .source_path = ""     \
  }

/* What tells a frame from others. Bytes as in the file; "" and 0 where the
 * granularity does not ask or nobody knows. */
typedef struct
{
  const char *name;   /* of the function, or the package */
  const char *file;   /* source file, cleaned and trimmed */
  const char *binary; /* path; only of code without names, or when asked */
  uint64_t    address;
  int64_t     start_line;
  int64_t     line;
  size_t      name_length; /* bytes of a name may hold a NUL */
} ProfFrameInfo;

/**
 * prof_frames_new:
 * @profile: a reference is kept
 * @type: the sample type that packages are weighed by
 *
 * Shape: frames in order of first use by location row; names are distinct
 *   except among frames of unnamed binaries with the same base name.
 *
 * Returns: (transfer full): the frames
 */
ProfFrames *prof_frames_new (ProfProfile *profile, size_t type);

/* The same for another granularity. */
ProfFrames *prof_frames_new_with (ProfProfile            *profile,
                                  size_t                  type,
                                  const ProfFramesParams *params);

/* Those of what a query has left, at the granularity it asks for.
 * @weighs_soon: see ProfFramesParams */
ProfFrames *prof_frames_new_for (ProfAnswer *answer, bool weighs_soon);

ProfFrames *prof_frames_ref (ProfFrames *self);
void        prof_frames_unref (ProfFrames *self);

ProfProfile *prof_frames_profile (const ProfFrames *self);
size_t       prof_frames_type (const ProfFrames *self);
size_t       prof_frames_n (const ProfFrames *self);

ProfGranularity prof_frames_granularity (const ProfFrames *self);

/* (transfer none): the parts of what the frame is. */
const ProfFrameInfo *prof_frames_info (const ProfFrames *self,
                                       ProfFrameId       frame);

/* The frame's name as raw bytes, as text reports print it: address, function,
 * file and line, as far as the granularity has them. */
const char *prof_frames_name (const ProfFrames *self, ProfFrameId frame);

/* The same with its length: bytes may hold a NUL. */
const char *prof_frames_name_bytes (const ProfFrames *self,
                                    ProfFrameId       frame,
                                    size_t           *length);

/* Order of two names by their bytes, as memcmp(). */
int prof_frames_compare_names (const ProfFrames *self,
                               ProfFrameId       left,
                               ProfFrameId       right);

/* (transfer full): pprof's record of a frame as text, "{main.f  0  0 0 }". It
 * decides the order of rows that have one name. */
char *prof_frames_record (const ProfFrames *self, ProfFrameId frame);

/* (transfer full): for each frame its place among the sorted names; frames with
 * equal names by id. Sorting by these is sorting numbers. */
uint32_t *prof_frames_name_ranks (const ProfFrames *self);

/* The frame's name as valid UTF-8 on one line (control characters are blanks),
 * upright (see prof_upright()), as windows and pictures show it. */
const char *prof_frames_display_name (const ProfFrames *self,
                                      ProfFrameId       frame);

/* The source file, valid UTF-8, "" when unknown. */
const char *prof_frames_file (const ProfFrames *self, ProfFrameId frame);

/* The function's first line, 0 when unknown. */
int64_t prof_frames_start_line (const ProfFrames *self, ProfFrameId frame);

/* A function of that name, or PROF_ID_NONE for code without names. */
ProfFunctionId prof_frames_function (const ProfFrames *self, ProfFrameId frame);

/**
 * prof_frames_of_location:
 * @n: (out): how many, at least 1
 *
 * Returns: (transfer none): the frames of a location, innermost (inlined)
 *   first; the last is the physical function
 */
const ProfFrameId *prof_frames_of_location (const ProfFrames *self,
                                            ProfLocationId    location,
                                            size_t           *n);

/* The same for who asks millions of times. */
typedef struct
{
  const size_t      *first;
  const ProfFrameId *frames;
} ProfFrameLists;

ProfFrameLists prof_frames_lists (const ProfFrames *self);

static inline const ProfFrameId *
prof_frame_list (const ProfFrameLists *lists,
                 ProfLocationId        location,
                 size_t               *n)
{
  *n = lists->first[location + 1] - lists->first[location];
  return lists->frames + lists->first[location];
}

/* Packages. A frame's package is a row of prof_frames_packages(). */
size_t   prof_frames_n_packages (const ProfFrames *self);
uint32_t prof_frames_package (const ProfFrames *self, ProfFrameId frame);

/**
 * prof_frames_packages:
 *
 * The packages, in order of first use; "rank" gives the order by weight. A
 * dot that the linker wrote as "%2e" is a dot again.
 *
 * Cost: the first call adds up all stacks, a pass over the table; any thread may
 *   make it.
 *
 * Returns: (transfer none): prof_frames_n_packages() rows
 */
const ProfPackage *prof_frames_packages (const ProfFrames *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ProfFrames, prof_frames_unref)

G_END_DECLS
