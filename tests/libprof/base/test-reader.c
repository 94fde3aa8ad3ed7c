/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "base/prof-reader.h"

/* The value of one varint, which must take all the bytes. */
static uint64_t
varint_of (const uint8_t *bytes, size_t length)
{
  ProfReader reader;
  uint64_t   value = 0;

  prof_reader_init (&reader, bytes, length, 0);
  g_assert_true (prof_reader_varint (&reader, &value));
  g_assert_cmpuint (prof_reader_left (&reader), ==, 0);
  return value;
}

#define VARINT(...)                            \
  varint_of ((const uint8_t[]){ __VA_ARGS__ }, \
             sizeof ((const uint8_t[]){ __VA_ARGS__ }))

static void
test_varints_have_seven_bits_a_byte (void)
{
  g_assert_cmpuint (VARINT (0x00), ==, 0);
  g_assert_cmpuint (VARINT (0x7f), ==, 127);
  g_assert_cmpuint (VARINT (0x80, 0x01), ==, 128);
  g_assert_cmpuint (VARINT (0xac, 0x02), ==, 300);
  g_assert_cmpuint (VARINT (0xff, 0xff, 0xff, 0x7f), ==, (1u << 28) - 1);
  g_assert_cmpuint (VARINT (0xff,
                            0xff,
                            0xff,
                            0xff,
                            0xff,
                            0xff,
                            0xff,
                            0xff,
                            0xff,
                            0x01),
                    ==,
                    UINT64_MAX);
}

static void
test_longer_forms_mean_the_same (void)
{
  g_assert_cmpuint (VARINT (0x81, 0x00), ==, 1);
  g_assert_cmpuint (VARINT (0x81,
                            0x80,
                            0x80,
                            0x80,
                            0x80,
                            0x80,
                            0x80,
                            0x80,
                            0x80,
                            0x00),
                    ==,
                    1);
}

static void
test_bits_over_64_are_dropped (void)
{
  g_assert_cmpuint (VARINT (0x85,
                            0x80,
                            0x80,
                            0x80,
                            0x80,
                            0x80,
                            0x80,
                            0x80,
                            0x80,
                            0x7e),
                    ==,
                    5);
}

static void
test_eleven_bytes_are_too_many (void)
{
  const uint8_t bytes[] = { 0x80, 0x80, 0x80, 0x80, 0x80, 0x80,
                            0x80, 0x80, 0x80, 0x80, 0x00 };
  ProfReader    reader;
  uint64_t      value = 7;

  prof_reader_init (&reader, bytes, sizeof bytes, 0);
  g_assert_false (prof_reader_varint (&reader, &value));
  g_assert_cmpstr (reader.fault, ==, "varint longer than 10 bytes");
  g_assert_false (reader.cut);
  g_assert_cmpuint (value, ==, 7);
}

static void
test_a_cut_varint_says_so (void)
{
  const uint8_t bytes[] = { 0x80, 0x80 };
  ProfReader    reader;
  uint64_t      value = 7;

  prof_reader_init (&reader, bytes, sizeof bytes, 0);
  g_assert_false (prof_reader_varint (&reader, &value));
  g_assert_true (reader.cut);
  g_assert_cmpuint (prof_reader_offset (&reader), ==, 0);
}

static void
test_the_first_fault_stays (void)
{
  ProfReader reader;

  prof_reader_init (&reader, NULL, 0, 0);
  g_assert_false (prof_reader_fail (&reader, "first"));
  g_assert_false (prof_reader_fail_cut (&reader, "second"));
  g_assert_cmpstr (reader.fault, ==, "first");
  g_assert_false (reader.cut);
}

/* Numbers of every length in every order, against one by one. */
static void
test_many_at_once_are_as_one_by_one (void)
{
  for (unsigned round = 0; round < 2000; round++)
    {
      uint8_t    bytes[64];
      uint64_t   values[64];
      size_t     n;
      ProfReader all;
      ProfReader single;

      for (size_t i = 0; i < sizeof bytes; i++)
        bytes[i] = (uint8_t)(g_test_rand_int () |
                             (round % 2 == 0 ? 0x80 * (i % 5 != 0) : 0));
      bytes[sizeof bytes - 1] &= 0x7f;
      prof_reader_init (&all, bytes, sizeof bytes, 0);
      prof_reader_init (&single, bytes, sizeof bytes, 0);
      if (!prof_reader_varints (&all, values, &n))
        continue;
      for (size_t i = 0; i < n; i++)
        {
          uint64_t value;

          g_assert_true (prof_reader_varint (&single, &value));
          g_assert_cmpuint (value, ==, values[i]);
        }
      g_assert_cmpuint (prof_reader_left (&single), ==, 0);
    }
}

static void
test_many_at_once_find_the_cut_one (void)
{
  const uint8_t bytes[] = { 1, 2, 3, 4, 0xff };
  uint64_t      values[5];
  size_t        n = 77;
  ProfReader    reader;

  prof_reader_init (&reader, bytes, sizeof bytes, 0);
  g_assert_false (prof_reader_varints (&reader, values, &n));
  g_assert_true (reader.cut);
  g_assert_cmpuint (n, ==, 77);
}

static void
test_a_span_knows_its_place (void)
{
  const uint8_t bytes[] = { 1, 2, 3, 4, 5 };
  ProfReader    reader;
  ProfReader    span;
  uint64_t      value;

  prof_reader_init (&reader, bytes, sizeof bytes, 100);
  g_assert_true (prof_reader_varint (&reader, &value));
  g_assert_true (prof_reader_span (&reader, 3, &span));
  g_assert_cmpuint (prof_reader_offset (&span), ==, 101);
  g_assert_cmpuint (prof_reader_left (&span), ==, 3);
  g_assert_cmpuint (prof_reader_offset (&reader), ==, 104);
  g_assert_cmpuint (prof_reader_left (&reader), ==, 1);
}

static void
test_no_span_goes_beyond_the_end (void)
{
  const uint8_t bytes[] = { 1, 2 };

  for (unsigned shift = 0; shift < 64; shift++)
    {
      ProfReader reader;
      ProfReader span;
      uint64_t   length = (UINT64_C (1) << shift) + 2;

      prof_reader_init (&reader, bytes, sizeof bytes, 0);
      g_assert_false (prof_reader_span (&reader, length, &span));
      g_assert_true (reader.cut);
      g_assert_cmpuint (prof_reader_left (&reader), ==, 2);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/reader/varints-have-seven-bits-a-byte",
                   test_varints_have_seven_bits_a_byte);
  g_test_add_func ("/reader/longer-forms-mean-the-same",
                   test_longer_forms_mean_the_same);
  g_test_add_func ("/reader/bits-over-64-are-dropped",
                   test_bits_over_64_are_dropped);
  g_test_add_func ("/reader/eleven-bytes-are-too-many",
                   test_eleven_bytes_are_too_many);
  g_test_add_func ("/reader/a-cut-varint-says-so", test_a_cut_varint_says_so);
  g_test_add_func ("/reader/the-first-fault-stays", test_the_first_fault_stays);
  g_test_add_func ("/reader/many-at-once-are-as-one-by-one",
                   test_many_at_once_are_as_one_by_one);
  g_test_add_func ("/reader/many-at-once-find-the-cut-one",
                   test_many_at_once_find_the_cut_one);
  g_test_add_func ("/reader/a-span-knows-its-place",
                   test_a_span_knows_its_place);
  g_test_add_func ("/reader/no-span-goes-beyond-the-end",
                   test_no_span_goes_beyond_the_end);
  return g_test_run ();
}
