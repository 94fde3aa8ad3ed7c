/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/* Reads JSON that somebody else wrote, piece by piece: the document never exists
 * as a whole, nor as a tree. Whoever reads asks for one event after the other:
 *
 *   prof_json_feed (json, bytes, length);
 *   while ((event = prof_json_next (json, error)) > PROF_JSON_MORE)
 *     …
 *   if (event == PROF_JSON_FAILED)
 *     return false;
 *
 * {"a": [1, "b"]} is BEGIN_OBJECT, KEY, BEGIN_ARRAY, NUMBER, STRING, END_ARRAY,
 * END_OBJECT, END.
 *
 * It is strict, as RFC 8259 has it: no comments, no commas at the end, no NaN. A
 * byte order mark in front is skipped. Keys come in the order of the file, the
 * same key perhaps twice.
 *
 * Cost: some 6 ns a byte, 40 an event; memory is a byte for each level that is open and the
 * longest text. Nothing recurses. */

#include "base/prof-error.h"
#include "base/prof-limits.h"
#include <stddef.h>
#include <stdint.h>

G_BEGIN_DECLS

typedef struct _ProfJson ProfJson;

/**
 * ProfJsonEvent:
 * @PROF_JSON_FAILED: it is no JSON, or passes a limit; it may only be freed
 * @PROF_JSON_MORE: all that was fed is read
 * @PROF_JSON_KEY: the name of a member; its value comes next
 * @PROF_JSON_END: the document is over, and nothing but blanks came behind it.
 *   It needs prof_json_close()
 */
typedef enum
{
  PROF_JSON_FAILED,
  PROF_JSON_MORE,
  PROF_JSON_BEGIN_OBJECT,
  PROF_JSON_END_OBJECT,
  PROF_JSON_BEGIN_ARRAY,
  PROF_JSON_END_ARRAY,
  PROF_JSON_KEY,
  PROF_JSON_STRING,
  PROF_JSON_NUMBER,
  PROF_JSON_TRUE,
  PROF_JSON_FALSE,
  PROF_JSON_NULL,
  PROF_JSON_END,
} ProfJsonEvent;

ProfJson *prof_json_new (void);
void      prof_json_free (ProfJson *self);

/**
 * prof_json_limit_texts:
 *
 * Lets texts that are not skipped be as long as %PROF_LIMIT_STRING has it, where
 * it has a value of its own; they have %PROF_MAX_JSON_STRING bytes at most without.
 */
void prof_json_limit_texts (ProfJson *self, const ProfLimits *limits);

/**
 * prof_json_feed:
 * @bytes: what follows in the document, cut anywhere; lent until the next
 *   %PROF_JSON_MORE
 *
 * To be called at the beginning and after %PROF_JSON_MORE only.
 */
void prof_json_feed (ProfJson *self, const uint8_t *bytes, size_t length);

/* Says that no bytes follow. */
void prof_json_close (ProfJson *self);

/**
 * prof_json_next:
 * @error: set with %PROF_JSON_FAILED to %PROF_ERROR_MALFORMED,
 *   %PROF_ERROR_TRUNCATED where the document ends too early, or
 *   %PROF_ERROR_TOO_LARGE; the message begins with "line 7, column 12: "
 */
ProfJsonEvent prof_json_next (ProfJson *self, GError **error);

/**
 * prof_json_skip:
 *
 * After %PROF_JSON_KEY, leaves out the member's value; after
 * %PROF_JSON_BEGIN_OBJECT or _ARRAY, all of it with its end. What is left out
 * must be JSON, but its texts are not decoded and may be of any length.
 */
void prof_json_skip (ProfJson *self);

/**
 * prof_json_text:
 * @length: (out) (optional): bytes without the closing NUL
 *
 * Of a key or a string, what it says: valid UTF-8, perhaps with NUL inside,
 * without escapes. Of a number, its letters.
 *
 * Returns: (transfer none): until the next event
 */
const char *prof_json_text (const ProfJson *self, size_t *length);

/* Whether the key or string is this text. */
bool prof_json_is (const ProfJson *self, const char *text);

/**
 * prof_json_int64:
 *
 * Of a number.
 *
 * Returns: whether it is whole, as "12", "-0", "1.50e2" are, and fits; else
 *   @number is left alone
 */
bool prof_json_int64 (const ProfJson *self, int64_t *number);

/**
 * prof_json_double:
 * @number: (out): the nearest double, never -0
 *
 * Of a number.
 *
 * Returns: whether it is finite; else @number is left alone
 */
bool prof_json_double (const ProfJson *self, double *number);

/* How many objects and arrays are open; one that begins counts, one that has
 * ended does not. */
size_t prof_json_depth (const ProfJson *self);

/* Where the event begins in the document, in bytes. */
uint64_t prof_json_offset (const ProfJson *self);

/**
 * prof_json_fail:
 *
 * prof_fail() with the place of the event in front, "line 7, column 12: ", and
 * %PROF_ERROR_MALFORMED. Columns count characters.
 *
 * Returns: always %false
 */
bool prof_json_fail (const ProfJson *self,
                     GError        **error,
                     const char     *format,
                     ...) G_GNUC_PRINTF (3, 4);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ProfJson, prof_json_free)

G_END_DECLS
