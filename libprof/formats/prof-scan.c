/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "formats/prof-scan.h"

bool
prof_scan_word (ProfScan *self, ProfScan *word)
{
  const char *at = self->at;

  while (at < self->end && !prof_scan_is_blank (*at))
    at++;
  if (at == self->at)
    return false;
  *word = (ProfScan){ self->at, at };
  self->at = at;
  return true;
}

bool
prof_scan_number (ProfScan *self, uint64_t *number)
{
  const char *at = self->at;
  uint64_t    value = 0;

  for (; at < self->end && g_ascii_isdigit (*at); at++)
    if (__builtin_mul_overflow (value, UINT64_C (10), &value) ||
        __builtin_add_overflow (value, (uint64_t)(*at - '0'), &value))
      return false;
  if (at == self->at)
    return false;
  self->at = at;
  *number = value;
  return true;
}

bool
prof_scan_integer (ProfScan *self, int64_t *number)
{
  ProfScan rest = *self;
  bool     is_negative = prof_scan_letter (&rest, '-');
  uint64_t size;

  if (!prof_scan_number (&rest, &size) || size > INT64_MAX)
    return false;
  *self = rest;
  *number = is_negative ? -(int64_t)size : (int64_t)size;
  return true;
}

bool
prof_scan_hex (ProfScan *self, uint64_t *number)
{
  ProfScan rest = *self;
  uint64_t value = 0;
  size_t   n = 0;

  prof_scan_text (&rest, "0x");
  for (; rest.at < rest.end && g_ascii_isxdigit (*rest.at); rest.at++, n++)
    {
      if (value >> 60 != 0)
        return false;
      value = value << 4 | (uint64_t)g_ascii_xdigit_value (*rest.at);
    }
  if (n == 0)
    return false;
  *self = rest;
  *number = value;
  return true;
}
