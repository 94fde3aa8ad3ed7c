/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "base/prof-sink.h"

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
