/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/* A checked cursor over bytes that somebody else wrote. It never steps over
 * its end; the first thing that is wrong stays in it as a fault, so that a
 * caller may name the place in one message:
 *
 *   if (!prof_reader_varint (&reader, &id))
 *     return prof_fail (error, PROF_ERROR_MALFORMED, "sample %zu: %s",
 *                       n, reader.fault);
 */

#include <glib.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

G_BEGIN_DECLS

/* The longest encoding of 64 bits, seven a byte. */
#define PROF_READER_MAX_VARINT 10

typedef struct
{
  const uint8_t *at;         /* next byte */
  const uint8_t *end;        /* first byte behind the last */
  uint64_t       end_offset; /* of @end in the file, for messages */

  const char *fault; /* what was wrong first, static text, or NULL */
  bool        cut;   /* the fault is only that the bytes ended */
} ProfReader;

/**
 * prof_reader_init:
 * @bytes: lent; must outlive the reader
 * @offset: where @bytes lie in the file
 */
static inline void
prof_reader_init (ProfReader    *self,
                  const uint8_t *bytes,
                  size_t         length,
                  uint64_t       offset)
{
  self->at = bytes;
  self->end = length > 0 ? bytes + length : bytes;
  self->end_offset = offset + length;
  self->fault = NULL;
  self->cut = false;
}

/* Bytes that are still to be read. */
static inline size_t
prof_reader_left (const ProfReader *self)
{
  return (size_t)(self->end - self->at);
}

/* Where the next byte lies in the file. */
static inline uint64_t
prof_reader_offset (const ProfReader *self)
{
  return self->end_offset - prof_reader_left (self);
}

/**
 * prof_reader_fail:
 * @fault: static text; kept unless there is one already
 *
 * Returns: always %false
 */
bool prof_reader_fail (ProfReader *self, const char *fault);

/* prof_reader_fail() for bytes that ended inside @what. */
bool prof_reader_fail_cut (ProfReader *self, const char *fault);

/* prof_reader_varint() for every length. */
bool prof_reader_varint_slow (ProfReader *self, uint64_t *value);

/**
 * prof_reader_varint:
 * @value: (out): seven bits a byte, least significant first; what is over 64
 *   bits is dropped
 *
 * Returns: %false with a fault when there are more than ten bytes or the bytes
 *   end inside
 */
static inline bool
prof_reader_varint (ProfReader *self, uint64_t *value)
{
  if (G_LIKELY (self->at < self->end && self->at[0] < 0x80))
    {
      *value = *self->at++;
      return true;
    }
  if (prof_reader_left (self) >= 2 && self->at[1] < 0x80)
    {
      *value = (self->at[0] & 0x7fu) | (uint64_t)self->at[1] << 7;
      self->at += 2;
      return true;
    }
  return prof_reader_varint_slow (self, value);
}

/**
 * prof_reader_varints:
 * @values: (out caller-allocates): room for as many as there are bytes left
 * @n: (out): how many there are
 *
 * Reads varints until the end.
 *
 * Cost: 1 to 3 ns each; most are one or two bytes long.
 *
 * Returns: %false with a fault
 */
bool prof_reader_varints (ProfReader *self, uint64_t *values, size_t *n);

/**
 * prof_reader_span:
 * @length: any number; compared with what is left
 * @span: (out): a reader of the next @length bytes, which are stepped over
 */
static inline bool
prof_reader_span (ProfReader *self, uint64_t length, ProfReader *span)
{
  if (G_UNLIKELY (length > prof_reader_left (self)))
    return prof_reader_fail_cut (self, "a length goes beyond its end");
  prof_reader_init (span, self->at, (size_t)length, prof_reader_offset (self));
  self->at += length;
  return true;
}

G_END_DECLS
