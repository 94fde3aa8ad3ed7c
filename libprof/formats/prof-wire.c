/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "formats/prof-wire.h"

bool
prof_wire_head_rare (ProfReader *reader, ProfWireHead *head)
{
  static const char *const bad_types[] = {
    [3] = "wire type 3 (a group) does not belong here",
    [4] = "wire type 4 (a group's end) does not belong here",
    [6] = "there is no wire type 6",
    [7] = "there is no wire type 7",
  };

  switch (head->type)
    {
    case PROF_WIRE_FIXED64:
      head->value = 8;
      return true;
    case PROF_WIRE_FIXED32:
      head->value = 4;
      return true;
    case PROF_WIRE_VARINT:
    case PROF_WIRE_BYTES:
    default:
      return prof_reader_fail (reader, bad_types[head->type]);
    }
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
