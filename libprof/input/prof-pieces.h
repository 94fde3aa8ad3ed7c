/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/* A stream as a row of pieces, inflated when it is gzip:
 *
 *   stream -> [inflate] -> piece, piece, piece -> whoever decodes
 *
 * For large inputs reading and inflating run on a thread of their own, at most
 * four pieces ahead, so inflating and decoding take the time of the longer of
 * them: 1.10 of inflating alone, against 1.88 on one thread. 64 KiB pieces
 * gave 1.15, 1 MiB 1.07. The whole inflated file is never in memory. */

#include "base/prof-progress.h"
#include <gio/gio.h>
#include <stdbool.h>
#include <stdint.h>

G_BEGIN_DECLS

#define PROF_PIECES_SIZE (256u << 10)

/* Inputs below this many bytes are read without a second thread: making one
 * costs more than it saves. */
#define PROF_PIECES_THREAD_FROM (1u << 20)

typedef struct _ProfPieces ProfPieces;

/**
 * prof_pieces_new:
 * @stream: from its start; used until prof_pieces_free(), then neither closed
 *   nor needed
 * @size: bytes of the stream, or 0 when unknown
 *
 * Returns: (transfer full): a reader; nothing is read yet
 */
ProfPieces *prof_pieces_new (GInputStream *stream, uint64_t size);

/* Stops the thread, also one that waits for a pipe. */
void prof_pieces_free (ProfPieces *self);

/**
 * prof_pieces_set_limit:
 * @limit: bytes of all pieces together; by default the larger of
 *   %PROF_MAX_INFLATED and %PROF_INFLATE_RATIO times the stream's size
 *
 * To be called before the first piece is asked for.
 */
void prof_pieces_set_limit (ProfPieces *self, uint64_t limit);

/**
 * prof_pieces_next:
 * @progress: (nullable): told the share of the stream that was read; can stop
 *   the work
 * @piece: (out): bytes, lent until the next call
 * @length: (out): %PROF_PIECES_SIZE for every piece but the last, and 0 when
 *   there are no more
 *
 * Returns: %false with @error set: the stream's own, cancelled, or those of
 *   prof_gzip_inflate(). An error takes the place of the piece it is in
 */
bool prof_pieces_next (ProfPieces     *self,
                       ProfProgress   *progress,
                       const uint8_t **piece,
                       size_t         *length,
                       GError        **error);

/* Whether the stream is gzip; known once there was a piece. */
bool prof_pieces_is_gzip (const ProfPieces *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ProfPieces, prof_pieces_free)

G_END_DECLS
