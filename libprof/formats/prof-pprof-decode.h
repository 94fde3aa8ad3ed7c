/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/* Decodes pprof's profile.proto as its bytes arrive. Rules and oddities are in
 * docs/formats/pprof.md; in short they are those of Go's own reader.
 *
 * Errors: %PROF_ERROR_MALFORMED, _TRUNCATED or _TOO_LARGE, with the place in
 * the inflated bytes: "sample 17 at byte 4031: varint longer than 10 bytes".
 * As long as nothing of a profile was seen they are %PROF_ERROR_UNRECOGNIZED:
 * "not a profile: ...".
 *
 * Cost: 3 to 5 ns a frame, besides the builder's. Memory: the longest message
 * that was cut at a piece's end, and the builder's. */

#include "formats/prof-decoder.h"

G_BEGIN_DECLS

typedef struct _ProfPprofDecode ProfPprofDecode;

/* @limits: (nullable): as for prof_builder_new() */
ProfPprofDecode *prof_pprof_decode_new (const ProfLimits *limits);
void             prof_pprof_decode_free (ProfPprofDecode *self);

/**
 * prof_pprof_decode_feed:
 * @bytes: the next bytes, cut anywhere
 *
 * Returns: %false with @error set; then @self may only be freed
 */
bool prof_pprof_decode_feed (ProfPprofDecode *self,
                             const uint8_t   *bytes,
                             size_t           length,
                             GError         **error);

/**
 * prof_pprof_decode_finish:
 *
 * To be called once, when all bytes were fed.
 *
 * Returns: (transfer full): the profile, or %NULL with @error set
 */
ProfProfile *prof_pprof_decode_finish (ProfPprofDecode *self, GError **error);

/* For the table of formats. It takes all that is not text: what is no profile
 * is found out by reading it. */
extern const ProfDecoder prof_pprof_decoder;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ProfPprofDecode, prof_pprof_decode_free)

G_END_DECLS
