/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "base/prof-sink.h"

#include "base/prof-limits.h"

static bool
append (void *data, const void *bytes, size_t length, GError **error)
{
  g_string_append_len (data, bytes, (gssize)length);
  return true;
}

ProfSink
prof_sink_to_string (GString *out)
{
  return (ProfSink){ append, out };
}

static bool
write_bounded (void *data, const void *bytes, size_t length, GError **error)
{
  ProfSinkBound *self = data;

  if (length > self->most - self->n_written)
    return prof_limits_fail (error,
                             PROF_LIMIT_TEXT,
                             "what is written would be more than "
                             "%" G_GUINT64_FORMAT " bytes",
                             self->most);
  self->n_written += length;
  return prof_sink_write (self->sink, bytes, length, error);
}

ProfSink
prof_sink_bounded (ProfSinkBound *bound)
{
  return (ProfSink){ write_bounded, bound };
}
