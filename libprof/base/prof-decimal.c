/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "base/prof-decimal.h"

#include <math.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

static const double powers[] = { 1, 10, 100, 1000, 10000 };

/* Units of the last decimal, less than 2^34: such a product is off by 2^-20 at
 * most, and rounds to the right integer unless it is closer to a half than
 * NEAR_HALF. */
#define MAX_QUICK 1e10
#define NEAR_HALF 1e-5

G_STATIC_ASSERT (G_N_ELEMENTS (powers) == PROF_DECIMAL_MAX + 1);

/* @number in units of the last decimal; false when that takes more than doubles
 * can do. */
static bool
round_quickly (double number, unsigned n_decimals, uint64_t *units)
{
  double scaled = fabs (number) * powers[n_decimals];
  double rest;

  if (!(scaled < MAX_QUICK))
    return false;
  *units = (uint64_t)scaled;
  rest = scaled - (double)*units;
  if (fabs (rest - 0.5) < NEAR_HALF)
    return false;
  *units += rest > 0.5;
  return true;
}

/* Backwards from @end, at least @n_digits of them, two at a time as far as it
 * goes; returns where they begin. */
static char *
write_digits (char *end, uint64_t number, unsigned n_digits)
{
  static const char pairs[] =
      "00010203040506070809101112131415161718192021222324252627282930313233"
      "34353637383940414243444546474849505152535455565758596061626364656667"
      "6869707172737475767778798081828384858687888990919293949596979899";
  char *first = end;

  for (; number >= 10; number /= 100)
    {
      first -= 2;
      memcpy (first, pairs + 2 * (number % 100), 2);
    }
  if (number > 0)
    *--first = (char)('0' + number);
  while (end - first < (ptrdiff_t)n_digits)
    *--first = '0';
  return first;
}

static size_t
write_units (char *out, bool is_negative, uint64_t units, unsigned n_decimals)
{
  const uint64_t one = (uint64_t)powers[n_decimals];
  char           digits[24];
  char          *end = digits + sizeof digits;
  char          *first = end;
  char          *to = out;

  if (n_decimals > 0)
    {
      first = write_digits (first, units % one, n_decimals);
      *--first = '.';
      units /= one;
    }
  first = write_digits (first, units, 1);
  if (is_negative)
    *to++ = '-';
  memcpy (to, first, (size_t)(end - first));
  to += end - first;
  *to = '\0';
  return (size_t)(to - out);
}

static size_t
write_slowly (char *out, double number, unsigned n_decimals)
{
  const char format[] = { '%', '.', (char)('0' + n_decimals), 'f', '\0' };

  return strlen (g_ascii_formatd (out, PROF_DECIMAL_SIZE, format, number));
}

size_t
prof_decimal_write (char *out, double number, unsigned n_decimals)
{
  uint64_t units;

  g_assert (n_decimals <= PROF_DECIMAL_MAX);
  if (!round_quickly (number, n_decimals, &units))
    return write_slowly (out, number, n_decimals);
  return write_units (out, signbit (number) != 0, units, n_decimals);
}

size_t
prof_decimal_write_short (char *out, double number, unsigned n_decimals)
{
  size_t length = prof_decimal_write (out, number, n_decimals);

  if (n_decimals == 0 || !isfinite (number))
    return length;
  while (out[length - 1] == '0')
    length--;
  if (out[length - 1] == '.')
    length--;
  out[length] = '\0';
  return length;
}
