/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/* What the samples with a function on their stack cost by their labels: for each
 * key its values, "thread" with "main" and "worker". */

#include "analysis/prof-frames.h"

G_BEGIN_DECLS

typedef struct _ProfLabelSums ProfLabelSums;

typedef struct
{
  const ProfLabel *label; /* the first of them; lent by the profile */
  int64_t          sum;   /* saturates */
  size_t           n_samples;
} ProfLabelValue;

typedef struct
{
  ProfStringId key;
  int64_t      sum; /* of samples with any value of the key, each once */
  size_t       n_samples;
  size_t       first; /* into prof_label_sums_values() */
  size_t       n_values;
} ProfLabelKey;

/**
 * prof_label_sums_new:
 * @frames: a reference is kept
 * @type: which value of the samples; sums are in its unit
 * @frame: only samples whose stack holds it count; %PROF_ID_NONE for all
 *
 * Shape: keys, and the values of each, by falling |sum|, then by bytes, texts
 *   before numbers. A sample counts once for a value, however often it has it; one
 *   that costs nothing does not. Empty without sample types.
 * Cost: one pass over the stack table, one over the samples and their labels.
 *
 * Returns: (transfer full): the sums
 */
ProfLabelSums *prof_label_sums_new (ProfFrames *frames,
                                    size_t      type,
                                    ProfFrameId frame);
void           prof_label_sums_free (ProfLabelSums *self);

const ProfLabelKey *prof_label_sums_keys (const ProfLabelSums *self, size_t *n);

/* (transfer none): @key->n_values of them. */
const ProfLabelValue *prof_label_sums_values (const ProfLabelSums *self,
                                              const ProfLabelKey  *key);

/* (transfer full): the text of a value, or its number with the unit in which it
 * is at least 1, "64kB"; bytes of a text are as in the profile. Numbers of a key
 * are all in its one unit, as queries take them (see prof-label-units.h). */
char *prof_label_sums_text (const ProfLabelSums  *self,
                            const ProfLabelValue *value);

/**
 * prof_label_sums_filter:
 *
 * Returns: (transfer full) (nullable): what --tagfocus takes for this value
 *   alone, "thread=^main$" or "bytes=64bytes"; %NULL where it has no words for
 *   it, as for bytes that are not UTF-8
 */
char *prof_label_sums_filter (const ProfLabelSums  *self,
                              const ProfLabelValue *value);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ProfLabelSums, prof_label_sums_free)

G_END_DECLS
