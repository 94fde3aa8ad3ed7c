/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/* What has changed between two profiles: for each frame its flat and cum before
 * and after. The two are joined by what frames are called, as far as the
 * granularity asks: name, file, line, address, and the binary of code without
 * names. Addresses of two builds differ, names do not.
 *
 * It is made of two answers, old and new, and so works for any two profiles. A
 * difference whose base was kept apart (labelled pprof::base) has both in it and
 * comes apart by itself. One in which equal samples have cancelled has neither:
 * before and after are gone, only deltas are left; ask for the two profiles
 * instead. */

#include "analysis/prof-frames.h"
#include "base/prof-error.h"
#include "base/prof-progress.h"

G_BEGIN_DECLS

typedef struct _ProfDiff ProfDiff;

typedef struct
{
  int64_t flat_before;
  int64_t flat_after;
  int64_t flat_delta; /* after - before; saturates */
  int64_t cum_before;
  int64_t cum_after;
  int64_t cum_delta;

  /* Of prof_diff_before() and prof_diff_after(); one may be PROF_ID_NONE. */
  ProfFrameId before;
  ProfFrameId after;
} ProfDiffRow;

/**
 * prof_diff_new:
 * @before: the old profile under a query
 * @after: the new one, usually under the same query
 * @progress: (nullable): can stop it
 *
 * Shape: rows by falling |cum_delta|, then |flat_delta|, then the larger cum,
 *   then name; those that have not changed are there too, at the end.
 * Units: the finer of the two types'; see prof_diff_unit().
 *
 * Returns: (transfer full): the comparison, or %NULL with @error set to
 *   %PROF_ERROR_UNSUPPORTED when the two sample types are not the same, or
 *   %G_IO_ERROR_CANCELLED
 */
ProfDiff *prof_diff_new (ProfAnswer   *before,
                         ProfAnswer   *after,
                         ProfProgress *progress,
                         GError      **error);

/**
 * prof_diff_new_for:
 * @answer: of a difference whose base was kept apart, see prof_has_base()
 *
 * The same of the two halves of one profile. Without any sample of a base
 * everything is new.
 */
ProfDiff *prof_diff_new_for (ProfAnswer   *answer,
                             ProfProgress *progress,
                             GError      **error);

ProfDiff *prof_diff_ref (ProfDiff *self);
void      prof_diff_unref (ProfDiff *self);

size_t             prof_diff_n_rows (const ProfDiff *self);
const ProfDiffRow *prof_diff_rows (const ProfDiff *self);

/* The row's name as raw bytes, as text reports print it. */
const char *prof_diff_name (const ProfDiff *self, size_t row, size_t *length);

/* (transfer none): the frames of both sides. */
ProfFrames *prof_diff_before (const ProfDiff *self);
ProfFrames *prof_diff_after (const ProfDiff *self);

/* What shares are of: the sums of |value| of both sides, in their unit. */
int64_t prof_diff_total_before (const ProfDiff *self);
int64_t prof_diff_total_after (const ProfDiff *self);

/* The sample type and the unit of all numbers. */
const char *prof_diff_type (const ProfDiff *self);
const char *prof_diff_unit (const ProfDiff *self);

/**
 * prof_diff_growth:
 *
 * How much the row's share of the total has grown: cum_after of the total
 * afterwards less cum_before of the total before. A share of no total is 0.
 *
 * Returns: usually -1 to 1
 */
double prof_diff_growth (const ProfDiff *self, size_t row);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ProfDiff, prof_diff_unref)

G_END_DECLS
