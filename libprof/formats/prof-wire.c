/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "formats/prof-wire.h"

bool
prof_wire_head (ProfReader *reader, ProfWireHead *head)
{
  static const char *const bad_types[] = {
    [3] = "wire type 3 (a group) does not belong here",
    [4] = "wire type 4 (a group's end) does not belong here",
    [6] = "there is no wire type 6",
    [7] = "there is no wire type 7",
  };
  uint64_t tag;

  if (!prof_reader_varint (reader, &tag))
    return false;
  head->number = tag >> 3;
  head->type = (ProfWireType)(tag & 7);
  switch (tag & 7)
    {
    case PROF_WIRE_VARINT:
    case PROF_WIRE_BYTES:
      return prof_reader_varint (reader, &head->value);
    case PROF_WIRE_FIXED64:
      head->value = 8;
      return true;
    case PROF_WIRE_FIXED32:
      head->value = 4;
      return true;
    default:
      return prof_reader_fail (reader, bad_types[tag & 7]);
    }
}

bool
prof_wire_field (ProfReader *reader, ProfWireHead *head, ProfReader *bytes)
{
  if (!prof_wire_head (reader, head))
    return false;
  return head->type == PROF_WIRE_VARINT ||
         prof_reader_span (reader, head->value, bytes);
}

bool
prof_wire_put_varint (ProfVecU8 *out, uint64_t value)
{
  uint8_t        bytes[PROF_READER_MAX_VARINT];
  const uint8_t *end = prof_wire_varint (bytes, value);

  return prof_vec_u8_extend (out, bytes, (size_t)(end - bytes));
}

bool
prof_wire_put_number (ProfVecU8 *out, uint64_t number, uint64_t value)
{
  return prof_wire_put_varint (out, number << 3 | PROF_WIRE_VARINT) &&
         prof_wire_put_varint (out, value);
}

bool
prof_wire_put_bytes (ProfVecU8  *out,
                     uint64_t    number,
                     const void *bytes,
                     size_t      length)
{
  return prof_wire_put_varint (out, number << 3 | PROF_WIRE_BYTES) &&
         prof_wire_put_varint (out, length) &&
         prof_vec_u8_extend (out, bytes, length);
}
