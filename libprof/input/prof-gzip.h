/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/* gzip (RFC 1952), both ways. Inflating works on pieces and knows no files:
 *
 *   compressed bytes --prof_gzip_inflate()--> inflated bytes
 *
 * A file is one or more members, one behind the other; their contents are
 * joined. Each member's checksum and length must be right. Anything else behind
 * a member is an error, as in Go. */

#include <glib.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

G_BEGIN_DECLS

typedef struct _ProfGzip ProfGzip;

/**
 * prof_gzip_is:
 *
 * Returns: whether the bytes begin a gzip file; also for its first byte alone
 */
bool prof_gzip_is (const uint8_t *bytes, size_t length);

/**
 * prof_gzip_new:
 * @limit: inflated bytes that may come out, all members together
 *
 * Returns: (transfer full): an inflater at the start of a file, or %NULL when
 *   memory is refused
 */
ProfGzip *prof_gzip_new (uint64_t limit);
void      prof_gzip_free (ProfGzip *self);

/**
 * prof_gzip_inflate:
 * @in: (inout): compressed bytes; moved over what was used
 * @in_left: (inout): how many
 * @out: (out caller-allocates): room for inflated bytes
 * @written: (out): inflated bytes in @out, 0 to @room
 *
 * Inflates until @out is full or @in is used up; in the second case nothing is
 * held back.
 *
 * Returns: %false with @error set to %PROF_ERROR_MALFORMED when the data is
 *   damaged, %PROF_ERROR_TOO_LARGE past the limit
 */
bool prof_gzip_inflate (ProfGzip       *self,
                        const uint8_t **in,
                        size_t         *in_left,
                        uint8_t        *out,
                        size_t          room,
                        size_t         *written,
                        GError        **error);

/**
 * prof_gzip_end:
 *
 * To be asked when there are no more compressed bytes.
 *
 * Returns: %false with @error set to %PROF_ERROR_TRUNCATED inside a member
 */
bool prof_gzip_end (ProfGzip *self, GError **error);

/**
 * prof_gzip_compress:
 *
 * Makes one member without time and name, so the same bytes give the same file.
 *
 * Returns: (transfer full): the file, or %NULL with @error set to
 *   %PROF_ERROR_TOO_LARGE when memory is refused
 */
GBytes *prof_gzip_compress (const void *data, size_t length, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ProfGzip, prof_gzip_free)

G_END_DECLS
