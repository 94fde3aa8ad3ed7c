/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "input/prof-gzip.h"

#include "base/prof-error.h"
#include "base/prof-limits.h"
#include "base/prof-vec.h"
#include "input/prof-deflate.h"
#include <string.h>
#include <zlib.h>

/* zlib: "add 16 to decode only the gzip format". */
#define GZIP_WINDOW (16 + MAX_WBITS)

struct _ProfGzip
{
  z_stream stream;
  uint64_t limit;
  uint64_t used;      /* compressed bytes */
  uint64_t made;      /* inflated bytes */
  size_t   n_members; /* that were complete */
  bool     in_member;
};

bool
prof_gzip_is (const uint8_t *bytes, size_t length)
{
  return length > 0 && bytes[0] == 0x1f && (length == 1 || bytes[1] == 0x8b);
}

ProfGzip *
prof_gzip_new (uint64_t limit)
{
  ProfGzip *self = g_new0 (ProfGzip, 1);

  self->limit = limit;
  if (inflateInit2 (&self->stream, GZIP_WINDOW) == Z_OK)
    return self;
  g_free (self);
  return NULL;
}

void
prof_gzip_free (ProfGzip *self)
{
  if (self == NULL)
    return;
  inflateEnd (&self->stream);
  g_free (self);
}

static bool
too_large (const ProfGzip *self, GError **error)
{
  return prof_limits_fail (error,
                           PROF_LIMIT_INFLATED,
                           "the compressed data inflates to more than "
                           "%" G_GUINT64_FORMAT " bytes",
                           self->limit);
}

static bool
damaged (const ProfGzip *self, int status, GError **error)
{
  const char *reason = self->stream.msg;

  if (status == Z_MEM_ERROR)
    return prof_fail (error,
                      PROF_ERROR_TOO_LARGE,
                      "there is no memory for inflating");
  if (reason == NULL)
    reason = status == Z_NEED_DICT ? "it needs a dictionary" : "unknown";
  if (strcmp (reason, "incorrect header check") == 0 && self->n_members > 0)
    return prof_fail (error,
                      PROF_ERROR_MALFORMED,
                      "something that is not compressed follows the "
                      "compressed data, before byte %" G_GUINT64_FORMAT,
                      self->used);
  if (strcmp (reason, "incorrect data check") == 0)
    reason = "the checksum is wrong";
  else if (strcmp (reason, "incorrect length check") == 0)
    reason = "the length is wrong";
  return prof_fail (error,
                    PROF_ERROR_MALFORMED,
                    "the compressed data is damaged before byte "
                    "%" G_GUINT64_FORMAT ": %s",
                    self->used,
                    reason);
}

/* One call of zlib: to the end of the input, the room, or the member. */
static bool
step (ProfGzip       *self,
      const uint8_t **in,
      size_t         *in_left,
      uint8_t        *out,
      size_t          room,
      size_t         *written,
      GError        **error)
{
  z_stream *stream = &self->stream;
  uInt      given = (uInt)MIN (*in_left, UINT_MAX);
  uInt      offered = (uInt)MIN (room, UINT_MAX);
  int       status;

  stream->next_in = (z_const Bytef *)*in;
  stream->avail_in = given;
  stream->next_out = out;
  stream->avail_out = offered;
  self->in_member = true;
  status = inflate (stream, Z_NO_FLUSH);
  *in += given - stream->avail_in;
  *in_left -= given - stream->avail_in;
  *written += offered - stream->avail_out;
  self->used += given - stream->avail_in;
  self->made += offered - stream->avail_out;
  if (self->made > self->limit)
    return too_large (self, error);
  /* Z_BUF_ERROR: nothing to do with so little; more will come. */
  if (status == Z_OK || status == Z_BUF_ERROR)
    return true;
  if (status != Z_STREAM_END)
    return damaged (self, status, error);
  self->in_member = false;
  self->n_members++;
  status = inflateReset (stream);
  return status == Z_OK ? true : damaged (self, status, error);
}

bool
prof_gzip_inflate (ProfGzip       *self,
                   const uint8_t **in,
                   size_t         *in_left,
                   uint8_t        *out,
                   size_t          room,
                   size_t         *written,
                   GError        **error)
{
  const uint8_t *at = *in;
  size_t         left = *in_left;
  size_t         n = 0;

  /* Inside a member zlib may hold back what had no room before. */
  while (n < room && (left > 0 || self->in_member))
    {
      size_t n_before = n;
      size_t left_before = left;

      if (!step (self, &at, &left, out + n, room - n, &n, error))
        return false;
      if (n == n_before && left == left_before)
        break;
    }
  *in = at;
  *in_left = left;
  *written = n;
  return true;
}

bool
prof_gzip_end (ProfGzip *self, GError **error)
{
  if (!self->in_member && self->n_members > 0)
    return true;
  return prof_fail (error,
                    PROF_ERROR_TRUNCATED,
                    "the compressed data ends early, at byte "
                    "%" G_GUINT64_FORMAT "; was the program still writing it?",
                    self->used);
}

static bool
collect (void *data, const void *bytes, size_t length, GError **error)
{
  return prof_vec_u8_extend (data, bytes, length) ||
         prof_fail (error,
                    PROF_ERROR_TOO_LARGE,
                    "there is no memory for compressing");
}

GBytes *
prof_gzip_compress (const void *data, size_t length, GError **error)
{
  ProfVecU8               file = { 0 };
  ProfSink                sink = { collect, &file };
  g_autoptr (ProfDeflate) deflate = prof_deflate_new (&sink, error);

  if (deflate != NULL && prof_deflate_write (deflate, data, length, error) &&
      prof_deflate_finish (deflate, error))
    return g_bytes_new_take (file.data, file.length);
  prof_vec_u8_clear (&file);
  return NULL;
}
