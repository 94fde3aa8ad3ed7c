/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "input/prof-gzip.h"

#include "base/prof-error.h"
#include "base/prof-limits.h"
#include "base/prof-vec.h"
#include "input/prof-deflate.h"
#include "input/prof-inflate.h"

struct _ProfGzip
{
  ProfInflate *inflate; /* (owned) */
  uint64_t     limit;
  uint64_t     used;      /* compressed bytes */
  uint64_t     made;      /* inflated bytes */
  size_t       n_members; /* that were complete */
  bool         in_member;
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
  self->inflate = prof_inflate_new ();
  if (self->inflate != NULL)
    return self;
  g_free (self);
  return NULL;
}

void
prof_gzip_free (ProfGzip *self)
{
  if (self == NULL)
    return;
  prof_inflate_free (self->inflate);
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
damaged (const ProfGzip *self, const char *reason, GError **error)
{
  return prof_fail (error,
                    PROF_ERROR_MALFORMED,
                    "the compressed data is damaged before byte "
                    "%" G_GUINT64_FORMAT ": %s",
                    self->used,
                    reason);
}

static bool
no_member (const ProfGzip *self, GError **error)
{
  if (self->n_members == 0)
    return damaged (self, "it is not gzip", error);
  return prof_fail (error,
                    PROF_ERROR_MALFORMED,
                    "something that is not compressed follows the "
                    "compressed data, before byte %" G_GUINT64_FORMAT,
                    self->used);
}

/* To the end of the input, the room, or the member. */
static bool
step (ProfGzip *self, ProfInflateBuffers *buffers, GError **error)
{
  size_t            in_left = buffers->in_left;
  size_t            room = buffers->room;
  ProfInflateStatus status;

  self->in_member = true;
  status = prof_inflate_step (self->inflate, buffers);
  self->used += in_left - buffers->in_left;
  self->made += room - buffers->room;
  if (self->made > self->limit)
    return too_large (self, error);
  switch (status)
    {
    case PROF_INFLATE_GOES_ON:
      return true;
    case PROF_INFLATE_ENDED:
      self->in_member = false;
      self->n_members++;
      return true;
    case PROF_INFLATE_NO_GZIP:
      return no_member (self, error);
    case PROF_INFLATE_DAMAGED:
      return damaged (self, buffers->reason, error);
    case PROF_INFLATE_NO_MEMORY:
    default:
      return prof_fail (error,
                        PROF_ERROR_TOO_LARGE,
                        "there is no memory for inflating");
    }
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
  ProfInflateBuffers buffers = { *in, *in_left, out, room, NULL };

  /* Inside a member something may be held back that had no room before. */
  while (buffers.room > 0 && (buffers.in_left > 0 || self->in_member))
    {
      size_t room_before = buffers.room;
      size_t left_before = buffers.in_left;

      if (!step (self, &buffers, error))
        return false;
      if (buffers.room == room_before && buffers.in_left == left_before)
        break;
    }
  *in = buffers.in;
  *in_left = buffers.in_left;
  *written = room - buffers.room;
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
