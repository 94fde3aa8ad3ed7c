/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/* Interned text. Every distinct string has one id; id 0 is "". The bytes are
 * kept as they came, NUL inside included: a name's identity is its raw bytes. */

#include "base/prof-types.h"
#include <glib.h>
#include <stdbool.h>
#include <stddef.h>

G_BEGIN_DECLS

typedef struct _ProfStrings ProfStrings;

ProfStrings *prof_strings_new (void);

/* Several profiles may hold one table; then nobody interns any more. */
ProfStrings *prof_strings_ref (ProfStrings *self);
void         prof_strings_unref (ProfStrings *self);

/**
 * prof_strings_copy:
 *
 * Returns: (transfer full) (nullable): a table of the same texts with the same
 *   ids, or %NULL when memory is refused
 */
ProfStrings *prof_strings_copy (const ProfStrings *self);

/**
 * prof_strings_intern:
 * @text: @length bytes, copied when new
 * @id: (out): the text's id
 *
 * Returns: %false when memory or ids have run out, or past %PROF_MOST_STRING
 */
bool prof_strings_intern (ProfStrings  *self,
                          const char   *text,
                          size_t        length,
                          ProfStringId *id);

/**
 * prof_strings_lookup:
 *
 * Returns: the id of a string that is there, or %PROF_ID_NONE
 */
ProfStringId prof_strings_lookup (const ProfStrings *self,
                                  const char        *text,
                                  size_t             length);

/**
 * prof_strings_get:
 * @length: (out) (optional): bytes without the closing NUL
 *
 * Returns: (transfer none): the text, closed by a NUL
 */
const char *prof_strings_get (const ProfStrings *self,
                              ProfStringId       id,
                              size_t            *length);

size_t prof_strings_n (const ProfStrings *self);

/* Bytes it takes. */
size_t prof_strings_bytes (const ProfStrings *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ProfStrings, prof_strings_unref)

G_END_DECLS
