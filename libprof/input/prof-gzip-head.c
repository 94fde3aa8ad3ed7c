/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "input/prof-gzip-head.h"

#include <stdbool.h>
#include <zlib.h>

enum
{
  HAS_SUM = 1 << 1,
  HAS_EXTRA = 1 << 2,
  HAS_NAME = 1 << 3,
  HAS_COMMENT = 1 << 4,
  RESERVED = 0xe0,
};

#define DEFLATED 8

/* In their order. */
typedef enum
{
  FIXED,
  EXTRA_LENGTH,
  EXTRA,
  NAME,
  COMMENT,
  SUM,
  END,
} Part;

static const struct
{
  uint8_t  flag; /* 0: always there */
  uint32_t length;
} parts[] = {
  [FIXED] = { 0, 10 },
  [EXTRA_LENGTH] = { HAS_EXTRA, 2 },
  [EXTRA] = { HAS_EXTRA, 0 },
  [NAME] = { HAS_NAME, 0 },
  [COMMENT] = { HAS_COMMENT, 0 },
  [SUM] = { HAS_SUM, 2 },
};

static bool
is_there (const ProfGzipHead *self, unsigned part)
{
  if (part == EXTRA && self->extra == 0)
    return false;
  return parts[part].flag == 0 || (self->flags & parts[part].flag) != 0;
}

static ProfInflateStatus
damaged (ProfInflateBuffers *buffers, const char *reason)
{
  buffers->reason = reason;
  return PROF_INFLATE_DAMAGED;
}

static ProfInflateStatus
take_fixed (ProfGzipHead *self, uint8_t byte, ProfInflateBuffers *buffers)
{
  static const uint8_t magic[] = { 0x1f, 0x8b };

  if (self->n < sizeof magic && byte != magic[self->n])
    return PROF_INFLATE_NO_GZIP;
  if (self->n == 2 && byte != DEFLATED)
    return damaged (buffers, "unknown compression method");
  if (self->n == 3)
    self->flags = byte;
  if (self->n == 3 && (byte & RESERVED) != 0)
    return damaged (buffers, "unknown header flags set");
  return PROF_INFLATE_GOES_ON;
}

static ProfInflateStatus
take_byte (ProfGzipHead *self, uint8_t byte, ProfInflateBuffers *buffers)
{
  switch ((Part)self->part)
    {
    case FIXED:
      return take_fixed (self, byte, buffers);
    case EXTRA_LENGTH:
      self->extra |= (uint32_t)byte << (8 * self->n);
      return PROF_INFLATE_GOES_ON;
    case SUM:
      self->sum |= (uint32_t)byte << (8 * self->n);
      return PROF_INFLATE_GOES_ON;
    case EXTRA:
    case NAME:
    case COMMENT:
    case END:
    default:
      return PROF_INFLATE_GOES_ON;
    }
}

static bool
is_complete (const ProfGzipHead *self, uint8_t last)
{
  switch ((Part)self->part)
    {
    case EXTRA:
      return self->n == self->extra;
    case NAME:
    case COMMENT:
      return last == 0;
    case FIXED:
    case EXTRA_LENGTH:
    case SUM:
    case END:
    default:
      return self->n == parts[self->part].length;
    }
}

ProfInflateStatus
prof_gzip_head_take (ProfGzipHead *self, ProfInflateBuffers *buffers)
{
  while (self->part < END)
    {
      uint8_t           byte;
      ProfInflateStatus status;

      if (!is_there (self, self->part))
        {
          self->part++;
          continue;
        }
      if (buffers->in_left == 0)
        return PROF_INFLATE_GOES_ON;
      byte = *buffers->in;
      status = take_byte (self, byte, buffers);
      if (status != PROF_INFLATE_GOES_ON)
        return status;
      buffers->in++;
      buffers->in_left--;
      if (self->part != SUM)
        self->crc = (uint32_t)crc32 (self->crc, &byte, 1);
      self->n++;
      if (!is_complete (self, byte))
        continue;
      self->part++;
      self->n = 0;
    }
  if ((self->flags & HAS_SUM) != 0 && self->sum != (self->crc & 0xffff))
    return damaged (buffers, "header crc mismatch");
  return PROF_INFLATE_ENDED;
}
