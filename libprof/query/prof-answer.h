/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/* What a query leaves of a profile, with what a report of it must say besides:
 * the sample type, the total, which filters matched nothing. Never changes once
 * made.
 *
 * The order is pprof's: labels become frames; the total is taken, unless
 * percentages are to be relative; names, "show_from", labels and "prune_from"
 * filter. Granularity is for prof_frames_new_with(), which the answer knows the
 * parameters for. */

#include "base/prof-progress.h"
#include "model/prof-profile.h"
#include "query/prof-filter.h"
#include "query/prof-query.h"

G_BEGIN_DECLS

typedef struct _ProfAnswer ProfAnswer;

/**
 * prof_answer_new:
 * @profile: as loaded or merged; drop_frames have not been obeyed yet. Where its
 *   stacks are listed and the query needs a table, it gets one, and must not be
 *   anybody else's yet
 * @query: a reference is kept
 * @progress: (nullable): can stop it
 *
 * Source: pprof internal/driver/driver.go, generateRawReport().
 *
 * Returns: (transfer full): the answer, or %NULL with @error set:
 *   %PROF_ERROR_UNSUPPORTED for a sample type that is not there,
 *   %PROF_ERROR_PATTERN, %PROF_ERROR_TOO_LARGE or %G_IO_ERROR_CANCELLED
 */
ProfAnswer *prof_answer_new (ProfProfile  *profile,
                             ProfQuery    *query,
                             ProfProgress *progress,
                             GError      **error);

ProfAnswer *prof_answer_ref (ProfAnswer *self);
void        prof_answer_unref (ProfAnswer *self);

/* (transfer none): what is left, and what it is left of. */
ProfProfile *prof_answer_profile (const ProfAnswer *self);
ProfProfile *prof_answer_source (const ProfAnswer *self);
ProfQuery   *prof_answer_query (const ProfAnswer *self);

/* Which value counts; 0 for a profile without any type. */
size_t prof_answer_type (const ProfAnswer *self);

/* What percentages are of. */
int64_t prof_answer_total (const ProfAnswer *self);

/* A set of ProfMisses: filters that matched nothing. */
unsigned prof_answer_misses (const ProfAnswer *self);

/* The unit of the numeric labels with that key. */
const char *prof_answer_label_unit (const ProfAnswer *self, ProfStringId key);

/* The unit of the numeric labels "bytes". */
const char *prof_answer_bytes_unit (const ProfAnswer *self);

/**
 * prof_answer_messages:
 *
 * Returns: (transfer none): what pprof says on the way, in its words and order:
 *   keys with several units, filters read as ranges, filters that matched
 *   nothing; and, in ours, that sums stop at the end of 64 bits and that frames
 *   are not dropped which the file asks to drop; NULL at the end
 */
const char *const *prof_answer_messages (const ProfAnswer *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ProfAnswer, prof_answer_unref)

G_END_DECLS
