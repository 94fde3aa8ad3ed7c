/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/* A column of whole numbers that must wait: where the keys of a file come in any
 * order, numbers may be there before what they are numbers of. Small ones take a
 * byte or two, fewer than as text. */

#include "base/prof-reader.h"
#include "base/prof-vec.h"

G_BEGIN_DECLS

typedef struct
{
  ProfVecU8 bytes; /* (owned) varints, the sign in the lowest bit */
  size_t    n;
} ProfNumberColumn;

/* All zeros is an empty one. */
void prof_number_column_clear (ProfNumberColumn *self);

/* Returns: false when memory is refused */
bool prof_number_column_append (ProfNumberColumn *self, int64_t number);

/* Reads from the first number on; the column must not change meanwhile. */
ProfReader prof_number_column_read (const ProfNumberColumn *self);

/* The next number; false at the end. */
bool prof_number_column_next (ProfReader *reader, int64_t *number);

G_END_DECLS
