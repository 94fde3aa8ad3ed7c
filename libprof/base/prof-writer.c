/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "base/prof-writer.h"

#include <stdarg.h>
#include <stdint.h>
#include <string.h>

/* Bytes the sink gets at once: as much as a pipe holds. */
#define PIECE 65536

struct _ProfWriter
{
  ProfSink sink;
  GError  *failure; /* (owned) (nullable): the first */
  size_t   length;  /* of what is gathered */
  uint8_t  bytes[PIECE];
};

ProfWriter *
prof_writer_new (const ProfSink *sink)
{
  ProfWriter *self = g_new (ProfWriter, 1);

  self->sink = *sink;
  self->failure = NULL;
  self->length = 0;
  return self;
}

void
prof_writer_free (ProfWriter *self)
{
  if (self == NULL)
    return;
  g_clear_error (&self->failure);
  g_free (self);
}

static bool
pass_on (ProfWriter *self, const void *bytes, size_t length)
{
  return length == 0 ||
         prof_sink_write (&self->sink, bytes, length, &self->failure);
}

static bool
flush (ProfWriter *self)
{
  bool ok = pass_on (self, self->bytes, self->length);

  self->length = 0;
  return ok;
}

bool
prof_writer_bytes (ProfWriter *self, const void *bytes, size_t length)
{
  if (self->failure != NULL)
    return false;
  if (length > PIECE - self->length && !flush (self))
    return false;
  if (length >= PIECE)
    return pass_on (self, bytes, length);
  if (length > 0)
    memcpy (self->bytes + self->length, bytes, length);
  self->length += length;
  return true;
}

bool
prof_writer_text (ProfWriter *self, const char *text)
{
  return prof_writer_bytes (self, text, strlen (text));
}

bool
prof_writer_printf (ProfWriter *self, const char *format, ...)
{
  g_autofree char *text = NULL;
  va_list          arguments;

  va_start (arguments, format);
  text = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  return prof_writer_text (self, text);
}

bool
prof_writer_finish (ProfWriter *self, GError **error)
{
  if (self->failure == NULL)
    flush (self);
  if (self->failure == NULL)
    return true;
  g_propagate_error (error, g_steal_pointer (&self->failure));
  return false;
}
