/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "formats/prof-number-column.h"

void
prof_number_column_clear (ProfNumberColumn *self)
{
  prof_vec_u8_clear (&self->bytes);
  self->n = 0;
}

bool
prof_number_column_append (ProfNumberColumn *self, int64_t number)
{
  uint64_t rest = (uint64_t)number << 1 ^ (uint64_t)(number >> 63);

  if (!prof_vec_u8_reserve (&self->bytes, PROF_READER_MAX_VARINT))
    return false;
  for (; rest >= 0x80; rest >>= 7)
    prof_vec_u8_append (&self->bytes, (uint8_t)(rest | 0x80));
  prof_vec_u8_append (&self->bytes, (uint8_t)rest);
  self->n++;
  return true;
}

ProfReader
prof_number_column_read (const ProfNumberColumn *self)
{
  static const uint8_t nothing[1];
  ProfReader           reader;

  prof_reader_init (&reader,
                    self->n > 0 ? self->bytes.data : nothing,
                    self->bytes.length,
                    0);
  return reader;
}

bool
prof_number_column_next (ProfReader *reader, int64_t *number)
{
  uint64_t value;

  if (prof_reader_left (reader) == 0 || !prof_reader_varint (reader, &value))
    return false;
  *number = (int64_t)(value >> 1) ^ -(int64_t)(value & 1);
  return true;
}
