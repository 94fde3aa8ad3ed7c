/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "base/prof-reader.h"

bool
prof_reader_fail (ProfReader *self, const char *fault)
{
  if (self->fault == NULL)
    self->fault = fault;
  return false;
}

bool
prof_reader_fail_cut (ProfReader *self, const char *fault)
{
  if (self->fault == NULL)
    self->cut = true;
  return prof_reader_fail (self, fault);
}

bool
prof_reader_varint_slow (ProfReader *self, uint64_t *value)
{
  const uint8_t *at = self->at;
  uint64_t       sum = 0;

  for (unsigned i = 0; i < PROF_READER_MAX_VARINT; i++)
    {
      uint8_t byte;

      if (at == self->end)
        return prof_reader_fail_cut (self, "it ends inside a varint");
      byte = *at++;
      sum |= (uint64_t)(byte & 0x7f) << (7 * i);
      if (byte < 0x80)
        {
          self->at = at;
          *value = sum;
          return true;
        }
    }
  return prof_reader_fail (self, "varint longer than 10 bytes");
}

bool
prof_reader_varints (ProfReader *self, uint64_t *values, size_t *n)
{
  const uint8_t *at = self->at;
  uint64_t      *next = values;

  /* Up to three bytes without a call: ids of most profiles are below 2^21. */
  while (self->end - at >= 3)
    {
      uint64_t value = at[0];

      if (value >= 0x80)
        {
          value = (value & 0x7f) | (uint64_t)at[1] << 7;
          if (at[1] >= 0x80)
            {
              if (at[2] >= 0x80)
                break;
              value = (value & 0x3fff) | (uint64_t)at[2] << 14;
              at++;
            }
          at++;
        }
      at++;
      *next++ = value;
    }
  self->at = at;
  /* The last ones, and from a longer one on. */
  for (; self->at < self->end; next++)
    if (!prof_reader_varint (self, next))
      return false;
  *n = (size_t)(next - values);
  return true;
}
