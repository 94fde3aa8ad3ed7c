/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "base/prof-hash.h"

#define N 100000

/* Of so many numbers in twice as many places, no more than a few share one; else
 * they are found in steps, not hours. */
static size_t
most_in_one_place (uint64_t (*number) (uint64_t i))
{
  const size_t        n_places = 1u << 18;
  g_autofree uint8_t *places = g_new0 (uint8_t, n_places);
  size_t              most = 0;

  for (uint64_t i = 1; i <= N; i++)
    {
      size_t place = prof_hash_mix (prof_hash_secret (), number (i)) &
                     (n_places - 1);

      places[place]++;
      most = MAX (most, places[place]);
    }
  return most;
}

static uint64_t
count_up (uint64_t i)
{
  return i;
}

static uint64_t
agree_below (uint64_t i)
{
  return i << 44;
}

static uint64_t
agree_above (uint64_t i)
{
  return i << 12 | UINT64_C (0x7fff) << 48;
}

/* What fell into one place of the table when ids were only multiplied by
 * 0x9e3779b97f4a7c15: multiples of that number's inverse. */
static uint64_t
multiples (uint64_t i)
{
  return (i << 46) * UINT64_C (0xf1de83e19937733d);
}

static void
test_no_row_of_numbers_falls_into_one_place (void)
{
  g_assert_cmpuint (most_in_one_place (count_up), <, 16);
  g_assert_cmpuint (most_in_one_place (agree_below), <, 16);
  g_assert_cmpuint (most_in_one_place (agree_above), <, 16);
  g_assert_cmpuint (most_in_one_place (multiples), <, 16);
}

/* g_str_hash() gives these one hash: "aB" and "b!" count the same in it. */
static void
test_no_row_of_names_has_one_hash (void)
{
  g_autoptr (GHashTable) hashes = g_hash_table_new (NULL, NULL);

  for (unsigned i = 0; i < 4096; i++)
    {
      char name[25] = { 0 };

      for (unsigned k = 0; k < 12; k++)
        memcpy (name + 2 * k, i >> k & 1 ? "b!" : "aB", 2);
      g_hash_table_add (hashes, GUINT_TO_POINTER (prof_hash_text (name)));
    }
  g_assert_cmpuint (g_hash_table_size (hashes), >, 4090);
}

static void
test_bytes_and_their_number_count (void)
{
  g_assert_cmpuint (prof_hash_bytes ("a\0", 2), !=, prof_hash_bytes ("a", 1));
  g_assert_cmpuint (prof_hash_bytes ("", 0), ==, prof_hash_bytes ("x", 0));
  g_assert_cmpuint (prof_hash_text ("12345678"),
                    ==,
                    prof_hash_text ("12345678"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/hash/no-row-of-numbers-falls-into-one-place",
                   test_no_row_of_numbers_falls_into_one_place);
  g_test_add_func ("/hash/no-row-of-names-has-one-hash",
                   test_no_row_of_names_has_one_hash);
  g_test_add_func ("/hash/bytes-and-their-number-count",
                   test_bytes_and_their_number_count);
  return g_test_run ();
}
