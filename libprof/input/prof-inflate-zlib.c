/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "input/prof-inflate.h"

#include <string.h>
#include <zlib.h>

/* zlib: "add 16 to decode only the gzip format". */
#define GZIP_WINDOW (16 + MAX_WBITS)

struct _ProfInflate
{
  z_stream stream;
};

ProfInflate *
prof_inflate_new (void)
{
  ProfInflate *self = g_new0 (ProfInflate, 1);

  if (inflateInit2 (&self->stream, GZIP_WINDOW) == Z_OK)
    return self;
  g_free (self);
  return NULL;
}

void
prof_inflate_free (ProfInflate *self)
{
  if (self == NULL)
    return;
  inflateEnd (&self->stream);
  g_free (self);
}

static ProfInflateStatus
fail (const ProfInflate *self, int status, ProfInflateBuffers *buffers)
{
  const char *reason = self->stream.msg;

  if (status == Z_MEM_ERROR)
    return PROF_INFLATE_NO_MEMORY;
  if (reason == NULL)
    reason = status == Z_NEED_DICT ? "it needs a dictionary" : "unknown";
  if (strcmp (reason, "incorrect header check") == 0)
    return PROF_INFLATE_NO_GZIP;
  if (strcmp (reason, "incorrect data check") == 0 ||
      strcmp (reason, "incorrect length check") == 0)
    reason = "the checksum or the length is wrong";
  buffers->reason = reason;
  return PROF_INFLATE_DAMAGED;
}

ProfInflateStatus
prof_inflate_step (ProfInflate *self, ProfInflateBuffers *buffers)
{
  z_stream *stream = &self->stream;
  uInt      given = (uInt)MIN (buffers->in_left, UINT_MAX);
  uInt      offered = (uInt)MIN (buffers->room, UINT_MAX);
  int       status;

  stream->next_in = (z_const Bytef *)buffers->in;
  stream->avail_in = given;
  stream->next_out = buffers->out;
  stream->avail_out = offered;
  status = inflate (stream, Z_NO_FLUSH);
  buffers->in += given - stream->avail_in;
  buffers->in_left -= given - stream->avail_in;
  buffers->out += offered - stream->avail_out;
  buffers->room -= offered - stream->avail_out;
  /* Z_BUF_ERROR: nothing to do with so little; more will come. */
  if (status == Z_OK || status == Z_BUF_ERROR)
    return PROF_INFLATE_GOES_ON;
  if (status != Z_STREAM_END)
    return fail (self, status, buffers);
  status = inflateReset (stream);
  return status == Z_OK ? PROF_INFLATE_ENDED : fail (self, status, buffers);
}
