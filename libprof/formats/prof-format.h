/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/* Reads whatever is a profile, told by its content, never by its name. */

#include "base/prof-error.h"
#include "base/prof-limits.h"
#include "base/prof-progress.h"
#include "model/prof-profile.h"

G_BEGIN_DECLS

/**
 * prof_format_load:
 * @path: a file's name, or "-" for standard input
 * @limits: (nullable): %NULL is those of prof_machine_limits()
 * @progress: (nullable): told how far reading is; can stop it
 *
 * Opens and decodes a profile. The inflated file never exists as a whole:
 * inflating and decoding work side by side on two threads.
 *
 * Returns: (transfer full): the profile, or %NULL with @error set;
 *   %PROF_ERROR_PERF_DATA for what prof_perf_data_load() reads. Messages do not
 *   name the file
 */
ProfProfile *prof_format_load (const char       *path,
                               const ProfLimits *limits,
                               ProfProgress     *progress,
                               GError          **error);

/**
 * prof_format_load_listed:
 *
 * prof_format_load() for who asks once for sums of frames, and for nothing else: the
 * profile may come without its stack table, with prof_profile_stack_list(). A query
 * that needs the table makes it, see prof_answer_new().
 *
 * Returns: (transfer full): the profile, or %NULL with @error set
 */
ProfProfile *prof_format_load_listed (const char       *path,
                                      const ProfLimits *limits,
                                      ProfProgress     *progress,
                                      GError          **error);

/**
 * prof_format_load_stream:
 * @stream: bytes from their start; not closed
 * @size: how many bytes are to come, or 0 when unknown; only for @progress
 *
 * prof_format_load() for what is already open.
 */
ProfProfile *prof_format_load_stream (GInputStream     *stream,
                                      uint64_t          size,
                                      const ProfLimits *limits,
                                      ProfProgress     *progress,
                                      GError          **error);

/**
 * prof_format_load_bytes:
 *
 * prof_format_load() for bytes in memory.
 */
ProfProfile *prof_format_load_bytes (const void       *data,
                                     size_t            length,
                                     const ProfLimits *limits,
                                     GError          **error);

G_END_DECLS
