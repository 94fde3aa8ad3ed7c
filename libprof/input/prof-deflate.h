/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/* Writes gzip (RFC 1952) as its content comes:
 *
 *   bytes --prof_deflate_write()--> compressed bytes --> sink
 *
 * The member has neither time nor name, so the same pieces give the same file.
 * It lives on this floor because only this one knows zlib. */

#include "base/prof-sink.h"

G_BEGIN_DECLS

typedef struct _ProfDeflate ProfDeflate;

/**
 * prof_deflate_new:
 * @sink: copied; gets the file, piece by piece
 *
 * Returns: (transfer full): a compressor at the start of a file, or %NULL with
 *   @error set to %PROF_ERROR_TOO_LARGE when memory is refused
 */
ProfDeflate *prof_deflate_new (const ProfSink *sink, GError **error);
void         prof_deflate_free (ProfDeflate *self);

/**
 * prof_deflate_write:
 *
 * Returns: %false with @error set by the sink; then @self may only be freed
 */
bool prof_deflate_write (ProfDeflate *self,
                         const void  *bytes,
                         size_t       length,
                         GError     **error);

/**
 * prof_deflate_finish:
 *
 * Completes the file; to be called once. Without it the file is cut off.
 */
bool prof_deflate_finish (ProfDeflate *self, GError **error);

/* prof_deflate_write() as a sink; @self must outlive it. */
ProfSink prof_deflate_sink (ProfDeflate *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ProfDeflate, prof_deflate_free)

G_END_DECLS
