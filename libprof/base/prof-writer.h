/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/* Gathers small pieces into large ones for a sink. The first failure is kept and
 * ends all writing, so that only the end needs a check; loops over much look at
 * what the calls return and stop early:
 *
 *   writer = prof_writer_new (&sink);
 *   for (...)
 *     if (!prof_writer_printf (writer, "%zu\n", n))
 *       break;
 *   return prof_writer_finish (writer, error);
 */

#include "base/prof-sink.h"

G_BEGIN_DECLS

typedef struct _ProfWriter ProfWriter;

/**
 * prof_writer_new:
 * @sink: copied; what it lends must outlive the writer
 */
ProfWriter *prof_writer_new (const ProfSink *sink);
void        prof_writer_free (ProfWriter *self);

/* Each returns false when writing has failed, now or before. */
bool prof_writer_bytes (ProfWriter *self, const void *bytes, size_t length);
bool prof_writer_text (ProfWriter *self, const char *text);
bool prof_writer_printf (ProfWriter *self, const char *format, ...)
    G_GNUC_PRINTF (2, 3);

/**
 * prof_writer_finish:
 *
 * Gives the sink what it has not got yet.
 *
 * Returns: %false with @error set to the first failure
 */
bool prof_writer_finish (ProfWriter *self, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ProfWriter, prof_writer_free)

G_END_DECLS
