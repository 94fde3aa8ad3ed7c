/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/* Labels as frames: what --tagroot and --tagleaf put on top of a stack or under
 * it. */

#include "model/prof-profile.h"

G_BEGIN_DECLS

/**
 * prof_label_values_keys:
 * @list: as --tagroot has it: "KEY,KEY"
 *
 * Returns: (transfer full): the keys, without empty ones, NULL at the end
 */
char **prof_label_values_keys (const char *list);

/**
 * prof_label_values_append:
 * @key: of the labels
 * @unit: in which numbers are written, as prof_unit_label() takes it
 * @out: where the bytes go; a text of a file need not be UTF-8
 *
 * Appends the name of the frame: first the texts of the key, then its numbers,
 * each in the file's order, separated by ",". When no number of the key has a unit
 * in this sample, they are written without any.
 *
 * Source: pprof internal/driver/tagroot.go, formatLabelValues().
 *
 * Returns: whether the sample has the label at all; without it nothing is appended
 */
bool prof_label_values_append (const ProfProfile *profile,
                               size_t             sample,
                               const char        *key,
                               const char        *unit,
                               GString           *out);

G_END_DECLS
