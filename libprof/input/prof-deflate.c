/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "input/prof-deflate.h"

#include "base/prof-error.h"
#include <zlib.h>

/* zlib: "add 16 to write a simple gzip header". */
#define GZIP_WINDOW (16 + MAX_WBITS)
/* "Unknown" of RFC 1952: zlib would write the system it was built for. */
#define OS_UNKNOWN 255
#define ROOM       65536

struct _ProfDeflate
{
  ProfSink  sink;
  z_stream  stream;
  gz_header header;
  Bytef     room[ROOM]; /* compressed bytes on their way to the sink */
};

static bool
begin (ProfDeflate *self)
{
  int status = deflateInit2 (&self->stream,
                             Z_DEFAULT_COMPRESSION,
                             Z_DEFLATED,
                             GZIP_WINDOW,
                             MAX_MEM_LEVEL - 1,
                             Z_DEFAULT_STRATEGY);

  self->header.os = OS_UNKNOWN;
  return status == Z_OK &&
         deflateSetHeader (&self->stream, &self->header) == Z_OK;
}

ProfDeflate *
prof_deflate_new (const ProfSink *sink, GError **error)
{
  ProfDeflate *self = g_new0 (ProfDeflate, 1);

  self->sink = *sink;
  if (begin (self))
    return self;
  g_free (self);
  return prof_fail_null (error,
                         PROF_ERROR_TOO_LARGE,
                         "there is no memory for compressing");
}

void
prof_deflate_free (ProfDeflate *self)
{
  if (self == NULL)
    return;
  deflateEnd (&self->stream);
  g_free (self);
}

/* Compresses what zlib was given, until nothing more comes out. It cannot fail:
 * all its memory was taken at the beginning. */
static bool
drain (ProfDeflate *self, int flush, GError **error)
{
  z_stream *stream = &self->stream;

  do
    {
      stream->next_out = self->room;
      stream->avail_out = ROOM;
      deflate (stream, flush);
      if (stream->avail_out < ROOM &&
          !prof_sink_write (&self->sink,
                            self->room,
                            ROOM - stream->avail_out,
                            error))
        return false;
    }
  while (stream->avail_out == 0);
  return true;
}

/* zlib counts in 32 bits. */
bool
prof_deflate_write (ProfDeflate *self,
                    const void  *bytes,
                    size_t       length,
                    GError     **error)
{
  const Bytef *at = bytes;

  while (length > 0)
    {
      uInt given = (uInt)MIN (length, UINT_MAX);

      self->stream.next_in = (z_const Bytef *)at;
      self->stream.avail_in = given;
      if (!drain (self, Z_NO_FLUSH, error))
        return false;
      at += given;
      length -= given;
    }
  return true;
}

bool
prof_deflate_finish (ProfDeflate *self, GError **error)
{
  return drain (self, Z_FINISH, error);
}

static bool
write_to (void *data, const void *bytes, size_t length, GError **error)
{
  return prof_deflate_write (data, bytes, length, error);
}

ProfSink
prof_deflate_sink (ProfDeflate *self)
{
  return (ProfSink){ write_to, self };
}
