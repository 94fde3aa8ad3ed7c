/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/* The unit of each key of numeric labels. A file gives a unit with every number
 * or with none; a whole profile is read with one a key. */

#include "model/prof-profile.h"

G_BEGIN_DECLS

typedef struct _ProfLabelUnits ProfLabelUnits;

/**
 * prof_label_units_new:
 * @profile: a reference is kept
 *
 * The first unit that a key comes with is its unit. Without any it is "bytes" for
 * "alignment" and "request", and the key itself for others.
 *
 * Cost: one pass over all labels.
 * Source: pprof profile/profile.go, NumLabelUnits().
 *
 * Returns: (transfer full): the units
 */
ProfLabelUnits *prof_label_units_new (ProfProfile *profile);
void            prof_label_units_free (ProfLabelUnits *self);

/**
 * prof_label_units_get:
 * @key: a string of the profile, or one that was added to its copy
 *
 * Returns: (transfer none): the unit of the numbers with this key; "" when there
 *   are none
 */
const char *prof_label_units_get (const ProfLabelUnits *self, ProfStringId key);

/**
 * prof_label_units_warnings:
 *
 * Returns: (transfer full): a sentence of pprof's for each key that comes with
 *   several units, "For tag K used unit U, also encountered unit(s) A, B", by
 *   key; keys, and units in a sentence, are sorted by bytes; NULL at the end
 */
char **prof_label_units_warnings (const ProfLabelUnits *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ProfLabelUnits, prof_label_units_free)

G_END_DECLS
