/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "prof.h"

#include <float.h>
#include <locale.h>
#include <math.h>

static void
assert_text (double number, const char *expected)
{
  g_autofree char *text = prof_number_to_text (number);

  g_assert_cmpstr (text, ==, expected);
}

static void
test_a_number_is_written_as_short_as_it_can_be (void)
{
  assert_text (0, "0");
  assert_text (0.1, "0.1");
  assert_text (0.005, "0.005");
  assert_text (-2, "-2");
  assert_text (1.0 / 3, "0.3333333333333333");
  assert_text (0x1p-1074, "5e-324");
  assert_text (DBL_MAX, "1.7976931348623157e+308");
}

static void
test_what_is_written_is_read_back (void)
{
  g_autoptr (GRand) random = g_rand_new ();
  guint32           seed = g_random_int ();

  g_test_message ("seed %u", seed);
  g_rand_set_seed (random, seed);
  for (size_t i = 0; i < 20000; i++)
    {
      g_autoptr (GError) error = NULL;
      double             number = g_rand_double_range (random, -1, 1) *
                      pow (10, g_rand_int_range (random, -300, 300));
      g_autofree char *text = prof_number_to_text (number);
      double           read = 0;

      g_assert_true (prof_number_parse (text, &read, &error));
      g_assert_cmpfloat (read, ==, number);
    }
}

static void
assert_no_number (const char *text, const char *expected)
{
  g_autoptr (GError) error = NULL;
  double             number = 7;

  g_assert_false (prof_number_parse (text, &number, &error));
  g_assert_error (error, PROF_ERROR, PROF_ERROR_UNSUPPORTED);
  g_assert_cmpstr (error->message, ==, expected);
  g_assert_cmpfloat (number, ==, 7);
}

static void
test_what_is_no_number_is_refused (void)
{
  assert_no_number ("", "“” is not a number");
  assert_no_number (" 1", "“ 1” is not a number");
  assert_no_number ("1 ", "“1 ” is not a number");
  assert_no_number ("1,5", "“1,5” is not a number");
  assert_no_number ("nan", "“nan” is not a number");
  assert_no_number ("inf", "“inf” is out of range");
  assert_no_number ("-1e999", "“-1e999” is out of range");
}

static void
test_there_is_one_zero (void)
{
  double number = 7;

  g_assert_true (prof_number_parse ("-0", &number, NULL));
  g_assert_cmpfloat (1 / number, >, 0);
}

static void
assert_whole (const char *text, int64_t expected)
{
  g_autoptr (GError) error = NULL;
  int64_t            number = 7;

  prof_number_parse_whole (text, &number, &error);
  g_assert_no_error (error);
  g_assert_cmpint (number, ==, expected);
}

static void
assert_not_whole (const char *text, const char *expected)
{
  g_autoptr (GError) error = NULL;
  int64_t            number = 7;

  g_assert_false (prof_number_parse_whole (text, &number, &error));
  g_assert_error (error, PROF_ERROR, PROF_ERROR_UNSUPPORTED);
  g_assert_cmpstr (error->message, ==, expected);
  g_assert_cmpint (number, ==, 7);
}

static void
test_whole_numbers_have_64_bits (void)
{
  assert_whole ("-1", -1);
  assert_whole ("+007", 7);
  assert_whole ("9223372036854775807", INT64_MAX);
  assert_whole ("-9223372036854775808", INT64_MIN);
  assert_not_whole ("9223372036854775808",
                    "“9223372036854775808” is out of range");
  assert_not_whole ("1.0", "“1.0” is not a whole number");
  assert_not_whole ("0x10", "“0x10” is not a whole number");
  assert_not_whole ("", "“” is not a whole number");
}

static void
test_numbers_do_not_follow_the_locale (void)
{
  double number = 0;

  if (setlocale (LC_NUMERIC, "de_DE.UTF-8") == NULL)
    {
      g_test_skip ("no locale with a decimal comma");
      return;
    }
  assert_text (0.5, "0.5");
  g_assert_true (prof_number_parse ("1.5", &number, NULL));
  g_assert_cmpfloat (number, ==, 1.5);
  setlocale (LC_NUMERIC, "C");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(path, test) g_test_add_func ("/number/" path, test)
  ADD ("a-number-is-written-as-short-as-it-can-be",
       test_a_number_is_written_as_short_as_it_can_be);
  ADD ("what-is-written-is-read-back", test_what_is_written_is_read_back);
  ADD ("what-is-no-number-is-refused", test_what_is_no_number_is_refused);
  ADD ("there-is-one-zero", test_there_is_one_zero);
  ADD ("whole-numbers-have-64-bits", test_whole_numbers_have_64_bits);
  ADD ("numbers-do-not-follow-the-locale",
       test_numbers_do_not_follow_the_locale);
#undef ADD
  return g_test_run ();
}
