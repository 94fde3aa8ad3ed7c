/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/* The wire format of protobuf: a message is a row of fields, each
 *
 *   tag (varint: number << 3 | type), then by type
 *     0  a varint          1  eight bytes
 *     2  a length (varint) and as many bytes       5  four bytes
 *
 * Groups (3 and 4) do not occur in profiles and are refused.
 *
 * Source: pprof profile/proto.go decodeField(). */

#include "base/prof-reader.h"
#include "base/prof-vec.h"

G_BEGIN_DECLS

typedef enum
{
  PROF_WIRE_VARINT = 0,
  PROF_WIRE_FIXED64 = 1,
  PROF_WIRE_BYTES = 2,
  PROF_WIRE_FIXED32 = 5,
} ProfWireType;

typedef struct
{
  uint64_t     number; /* 0 is no field's number, and is skipped as unknown */
  ProfWireType type;
  uint64_t     value; /* of a varint; the length of bytes; 4 or 8 */
} ProfWireHead;

/* prof_wire_head() for the other types. */
bool prof_wire_head_rare (ProfReader *reader, ProfWireHead *head);

/**
 * prof_wire_head:
 * @head: (out): what comes; for bytes and fixed ones the reader then stands in
 *   front of @head->value bytes that may not all be there, for a varint behind it
 *
 * Inline, as is all on the way to a number: a sample with a label has ten heads.
 *
 * Returns: %false with a fault in @reader
 */
static inline bool
prof_wire_head (ProfReader *reader, ProfWireHead *head)
{
  uint64_t tag;

  if (!prof_reader_varint (reader, &tag))
    return false;
  head->number = tag >> 3;
  head->type = (ProfWireType)(tag & 7);
  if (G_LIKELY (head->type == PROF_WIRE_VARINT ||
                head->type == PROF_WIRE_BYTES))
    return prof_reader_varint (reader, &head->value);
  return prof_wire_head_rare (reader, head);
}

/**
 * prof_wire_field:
 * @head: (out): as above
 * @bytes: (out): the content of what is not a varint
 *
 * Reads a whole field.
 *
 * Returns: %false with a fault in @reader
 */
static inline bool
prof_wire_field (ProfReader *reader, ProfWireHead *head, ProfReader *bytes)
{
  if (!prof_wire_head (reader, head))
    return false;
  return head->type == PROF_WIRE_VARINT ||
         prof_reader_span (reader, head->value, bytes);
}

/**
 * prof_wire_varint:
 * @at: room for PROF_READER_MAX_VARINT bytes
 *
 * Returns: the first byte behind what was written
 */
static inline uint8_t *
prof_wire_varint (uint8_t *at, uint64_t value)
{
  for (; value >= 0x80; value >>= 7)
    *at++ = (uint8_t)(value | 0x80);
  *at++ = (uint8_t)value;
  return at;
}

/* Writing; each returns false when memory is refused. */
bool prof_wire_put_varint (ProfVecU8 *out, uint64_t value);
bool prof_wire_put_number (ProfVecU8 *out, uint64_t number, uint64_t value);
bool prof_wire_put_bytes (ProfVecU8  *out,
                          uint64_t    number,
                          const void *bytes,
                          size_t      length);

G_END_DECLS
