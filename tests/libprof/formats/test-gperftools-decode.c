/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "formats/prof-gperftools-decode.h"

#include "format-util.h"
#include "test-util.h"
#include <string.h>

/* A file of these words, each of so many bytes. */
static GByteArray *
words_of (const uint64_t *words, size_t n, size_t size, bool is_big_endian)
{
  GByteArray *bytes = g_byte_array_new ();

  for (size_t w = 0; w < n; w++)
    for (size_t i = 0; i < size; i++)
      {
        size_t  shift = (is_big_endian ? size - 1 - i : i) * 8;
        uint8_t byte = (uint8_t)(words[w] >> shift);

        g_byte_array_append (bytes, &byte, 1);
      }
  return bytes;
}

static void
check_bytes (GByteArray *bytes, const char *stacks)
{
  static const size_t steps[] = { 1, 3, 8, 1000 };

  g_assert_true (prof_gperftools_decoder.sniff (bytes->data, bytes->len));
  for (size_t i = 0; i < G_N_ELEMENTS (steps); i++)
    {
      g_autoptr (GError)      error = NULL;
      g_autoptr (ProfProfile) profile = NULL;
      g_autofree char        *found = NULL;

      profile = decode_text (&prof_gperftools_decoder,
                             (const char *)bytes->data,
                             bytes->len,
                             steps[i],
                             &error);
      g_assert_no_error (error);
      found = stacks_of (profile);
      g_assert_cmpstr (found, ==, stacks);
    }
}

/* With words of all kinds. */
static void
check_words (const uint64_t *words, size_t n, const char *stacks)
{
  for (int i = 0; i < 4; i++)
    {
      g_autoptr (GByteArray) bytes = words_of (words,
                                               n,
                                               i < 2 ? 4 : 8,
                                               i % 2 == 1);

      check_bytes (bytes, stacks);
    }
}

#define CHECK(stacks, ...)                                         \
  check_words ((const uint64_t[]){ __VA_ARGS__ },                  \
               G_N_ELEMENTS (((const uint64_t[]){ __VA_ARGS__ })), \
               "samples/count cpu/nanoseconds\n" stacks)

/* All addresses but the leaf's are of where a call returns to. */
static void
test_words_of_all_kinds_are_read (void)
{
  CHECK ("0x30;0x20;0x11 2,20000000\n0x20;0x12 1,10000000\n 3,30000000\n",
         0,
         3,
         0,
         10000,
         0,
         2,
         3,
         0x11,
         0x21,
         0x31,
         1,
         2,
         0x12,
         0x21,
         3,
         0,
         0,
         1,
         0);
}

static void
test_a_profile_may_be_empty (void)
{
  CHECK ("", 0, 3, 0, 10000, 0, 0, 1, 0);
}

/* The profiler's handler, and what called it. */
static void
test_a_second_frame_of_all_is_dropped_twice (void)
{
  CHECK ("0x30;0x11 2,2000\n0x40;0x12 1,1000\n0x13 1,1000\n",
         0,
         3,
         0,
         1,
         0,
         2,
         4,
         0x11,
         0x91,
         0xa1,
         0x31,
         1,
         4,
         0x12,
         0x91,
         0xa1,
         0x41,
         1,
         3,
         0x13,
         0x91,
         0xa1,
         0,
         1,
         0);
}

static void
test_a_leaf_that_is_there_twice_is_dropped (void)
{
  CHECK ("0x30;0x11 2,2000\n0x40;0x12 1,1000\n",
         0,
         3,
         0,
         1,
         0,
         2,
         3,
         0x11,
         0x11,
         0x31,
         1,
         3,
         0x12,
         0x12,
         0x41,
         0,
         1,
         0);
}

/* 2^61 samples, each of 10 ms. */
static void
test_products_stop_at_the_end_of_64_bits (void)
{
  static const uint64_t words[] = {
    0, 3, 0, 10000, 0, UINT64_C (1) << 61, 1, 0x12, 0, 1, 0,
  };
  g_autoptr (GByteArray) bytes = words_of (words,
                                           G_N_ELEMENTS (words),
                                           8,
                                           false);

  check_bytes (bytes,
               "samples/count cpu/nanoseconds\n"
               "0x12 2305843009213693952,9223372036854775807\n");
}

static void
test_the_end_of_the_first_words_is_missed (void)
{
  static const uint64_t words[] = { 0, 3, 0 };

  for (size_t length = 0; length <= sizeof words; length++)
    {
      g_autoptr (GError)     error = NULL;
      g_autoptr (GByteArray) bytes = words_of (words,
                                               G_N_ELEMENTS (words),
                                               8,
                                               false);

      g_assert_null (decode_text (&prof_gperftools_decoder,
                                  (const char *)bytes->data,
                                  length,
                                  3,
                                  &error));
      g_assert_error (error, PROF_ERROR, PROF_ERROR_TRUNCATED);
      g_assert_cmpstr (error->message,
                       ==,
                       "the profile ends early, inside its first words");
    }
}

/* Addresses wait in columns of our own, which count. */
static void
test_memory_is_limited (void)
{
  static const uint64_t  words[] = { 0, 3, 0, 10000, 0, 1, 1, 0x12, 0, 1, 0 };
  g_autoptr (GByteArray) bytes = words_of (words,
                                           G_N_ELEMENTS (words),
                                           8,
                                           false);
  const ProfLimits       limits = { .values[PROF_LIMIT_MEMORY] = 1 };
  void                  *state = prof_gperftools_decoder.begin (&limits);
  g_autoptr (GError)     error = NULL;
  ProfLimit              limit;

  g_assert_false (
      prof_gperftools_decoder.feed (state, bytes->data, bytes->len, &error));
  g_assert_true (prof_limits_passed (error, &limit));
  g_assert_cmpint (limit, ==, PROF_LIMIT_MEMORY);
  prof_gperftools_decoder.free (state);
}

/* As "go tool pprof -raw" 1.19 has them. */
static void
test_numbers_are_those_of_pprof (void)
{
  g_autoptr (ProfProfile) profile = NULL;
  g_autofree char        *stacks = NULL;

  profile = load_file ("tests/data/gperftools/good/busy.prof");
  stacks = stacks_of (profile);
  g_assert_cmpstr (stacks,
                   ==,
                   "samples/count cpu/nanoseconds\n"
                   "0x5566447fe0a0;0x7f26c55cc304;0x7f26c55cc249;"
                   "0x5566447fe238;0x5566447fe1b0;0x5566447fe1b0;"
                   "0x5566447fe1b0;0x5566447fe1a6;0x5566447fe184 "
                   "54,540000000\n"
                   "0x5566447fe0a0;0x7f26c55cc304;0x7f26c55cc249;"
                   "0x5566447fe245;0x5566447fe184 10,100000000\n");
  g_assert_cmpint (prof_profile_period (profile), ==, 10000000);
  g_assert_cmpuint (prof_profile_n_mappings (profile), ==, 3);
  g_assert_cmpstr (prof_profile_string (profile,
                                        prof_profile_mappings (profile)[0]
                                            .filename),
                   ==,
                   "/usr/local/bin/busy");
}

static void
test_both_orders_are_the_same (void)
{
  g_autofree char *little = folded_file (
      g_strdup ("tests/data/gperftools/good/busy.prof"));
  g_autofree char *big = folded_file (
      g_strdup ("tests/data/gperftools/good/busy-64-big-endian.prof"));

  g_assert_cmpstr (little, ==, big);
}

static void
test_files_are_what_their_names_say (void)
{
  check_files ("gperftools");
}

#define ADD(name, function) \
  g_test_add_func ("/gperftools-decode/" name, function)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("words-of-all-kinds-are-read", test_words_of_all_kinds_are_read);
  ADD ("a-profile-may-be-empty", test_a_profile_may_be_empty);
  ADD ("a-second-frame-of-all-is-dropped-twice",
       test_a_second_frame_of_all_is_dropped_twice);
  ADD ("a-leaf-that-is-there-twice-is-dropped",
       test_a_leaf_that_is_there_twice_is_dropped);
  ADD ("products-stop-at-the-end-of-64-bits",
       test_products_stop_at_the_end_of_64_bits);
  ADD ("the-end-of-the-first-words-is-missed",
       test_the_end_of_the_first_words_is_missed);
  ADD ("memory-is-limited", test_memory_is_limited);
  ADD ("numbers-are-those-of-pprof", test_numbers_are_those_of_pprof);
  ADD ("both-orders-are-the-same", test_both_orders_are_the_same);
  ADD ("files-are-what-their-names-say", test_files_are_what_their_names_say);
  return g_test_run ();
}
