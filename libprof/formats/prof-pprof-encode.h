/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/* Writes a profile as pprof's profile.proto, byte for byte as Go's own writer
 * would: zeros are left out (but for the default sample type), repeated numbers
 * are packed when there are more than two, strings are numbered in order of first
 * use, and each sample has its text labels before its numeric ones, both by key.
 * So the same profile gives the same bytes.
 *
 * Reading what was written gives an equal profile, but for the order of labels
 * and for strings that nothing uses. Left out, as in Go, are labels without any
 * content (an empty text, or 0 without a unit), which readers drop.
 *
 * Memory: one message and four bytes for each string; the file goes to the sink
 * in pieces and never exists as a whole. */

#include "base/prof-error.h"
#include "base/prof-progress.h"
#include "base/prof-sink.h"
#include "model/prof-profile.h"

G_BEGIN_DECLS

/**
 * prof_pprof_encode:
 * @sink: gets the bytes as they are made
 * @progress: (nullable): told how far writing is; can stop it
 *
 * Writes the message as it is, what is usually called ".pb".
 *
 * Returns: %false with @error set: the sink's, %G_IO_ERROR_CANCELLED, or
 *   %PROF_ERROR_TOO_LARGE when memory is refused, or when stacks as long as no
 *   real ones would take more than the limit of what a file inflates to; the
 *   sink may have got the beginning of the file then
 */
bool prof_pprof_encode (const ProfProfile *profile,
                        const ProfSink    *sink,
                        ProfProgress      *progress,
                        GError           **error);

/**
 * prof_pprof_encode_gzip:
 *
 * prof_pprof_encode(), compressed: ".pb.gz", as profiles are usually stored.
 */
bool prof_pprof_encode_gzip (const ProfProfile *profile,
                             const ProfSink    *sink,
                             ProfProgress      *progress,
                             GError           **error);

G_END_DECLS
