/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "base/prof-decimal.h"

#include <float.h>
#include <math.h>

static const char *const formats[] = { "%.0f", "%.1f", "%.2f", "%.3f", "%.4f" };

static void
assert_as_printf (double number)
{
  for (unsigned n = 0; n <= PROF_DECIMAL_MAX; n++)
    {
      char   expected[PROF_DECIMAL_SIZE];
      char   got[PROF_DECIMAL_SIZE];
      size_t length = prof_decimal_write (got, number, n);

      g_ascii_formatd (expected, sizeof expected, formats[n], number);
      g_assert_cmpstr (got, ==, expected);
      g_assert_cmpuint (length, ==, strlen (expected));
    }
}

static void
test_is_as_printf_writes (void)
{
  const double numbers[] = {
    0,         -0.0,    1,       -1,      0.5,        1.5,      2.5,
    0.125,     0.375,   1.005,   2.675,   0.00005,    0.00015,  -0.00001,
    0.99995,   9.99995, 99.995,  999.95,  999999.5,   1e6,      999999.99999,
    1e15,      1e22,    DBL_MAX, DBL_MIN, -1234.5678, 4503.5e9, INFINITY,
    -INFINITY,
  };

  for (size_t i = 0; i < G_N_ELEMENTS (numbers); i++)
    assert_as_printf (numbers[i]);
}

/* Every half of every last decimal, and the doubles beside it. */
static void
test_halves_round_as_printf_does (void)
{
  const double steps[] = { 1, 10, 100, 1000, 10000 };

  for (size_t s = 0; s < G_N_ELEMENTS (steps); s++)
    for (int i = 0; i < 3000; i++)
      {
        double half = (i * 331 + 0.5) / steps[s];

        assert_as_printf (half);
        assert_as_printf (nextafter (half, 0));
        assert_as_printf (nextafter (half, INFINITY));
      }
}

static void
test_random_numbers_are_as_printf_writes (void)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (7);

  for (int i = 0; i < 50000; i++)
    assert_as_printf ((g_rand_double (random) - 0.5) *
                      pow (10, g_rand_int_range (random, -5, 9)));
}

static void
test_short_ones_end_in_no_zero (void)
{
  const struct
  {
    double      number;
    unsigned    n_decimals;
    const char *text;
  } cases[] = {
    { 12, 2, "12" },         { 12.5, 2, "12.5" },
    { 12.25, 2, "12.25" },   { 100, 0, "100" },
    { 0, 4, "0" },           { -0.001, 2, "-0" },
    { 0.0003, 4, "0.0003" }, { 1e20, 2, "100000000000000000000" },
    { 10.996, 1, "11" },     { INFINITY, 2, "inf" },
  };

  for (size_t i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      char   got[PROF_DECIMAL_SIZE];
      size_t length = prof_decimal_write_short (got,
                                                cases[i].number,
                                                cases[i].n_decimals);

      g_assert_cmpstr (got, ==, cases[i].text);
      g_assert_cmpuint (length, ==, strlen (cases[i].text));
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/decimal/is-as-printf-writes", test_is_as_printf_writes);
  g_test_add_func ("/decimal/halves-round-as-printf-does",
                   test_halves_round_as_printf_does);
  g_test_add_func ("/decimal/random-numbers-are-as-printf-writes",
                   test_random_numbers_are_as_printf_writes);
  g_test_add_func ("/decimal/short-ones-end-in-no-zero",
                   test_short_ones_end_in_no_zero);
  return g_test_run ();
}
