/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/* Where written bytes go: a function and what it needs. Whoever writes knows
 * neither files nor memory, and whoever collects sees the bytes as they are
 * made, so that what is written need not exist as a whole. */

#include <glib.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

G_BEGIN_DECLS

/**
 * ProfSinkFunc:
 * @bytes: the next @length bytes, lent for the call
 *
 * Returns: %false with @error set when they cannot be taken; no more come then
 */
typedef bool (*ProfSinkFunc) (void       *data,
                              const void *bytes,
                              size_t      length,
                              GError    **error);

typedef struct
{
  ProfSinkFunc write;
  void        *data; /* lent */
} ProfSink;

static inline bool
prof_sink_write (const ProfSink *self,
                 const void     *bytes,
                 size_t          length,
                 GError        **error)
{
  return self->write (self->data, bytes, length, error);
}

/* A sink that appends to @out, which must outlive it. */
ProfSink prof_sink_to_string (GString *out);

/* What a sink has taken, and how much it may take. */
typedef struct
{
  const ProfSink *sink; /* lent: where it goes */
  uint64_t        most;
  uint64_t        n_written; /* 0 at first */
} ProfSinkBound;

/* A sink that fails with %PROF_ERROR_TOO_LARGE, of %PROF_LIMIT_TEXT, for more bytes
 * than the bound allows; of the piece that is too much nothing is written. @bound must
 * outlive it. */
ProfSink prof_sink_bounded (ProfSinkBound *bound);

G_END_DECLS
