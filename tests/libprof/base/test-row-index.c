/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "base/prof-row-index.h"

static uint32_t
first_row (const ProfRowIndex *index, uint64_t key)
{
  ProfRowProbe probe = prof_row_index_probe (index, key);

  return prof_row_index_next (index, &probe);
}

static void
test_nothing_is_there_at_first (void)
{
  ProfRowIndex index = { 0 };

  g_assert_cmpuint (first_row (&index, 0), ==, PROF_ID_NONE);
  g_assert_cmpuint (first_row (&index, UINT64_MAX), ==, PROF_ID_NONE);
  prof_row_index_clear (&index);
}

static void
test_every_row_is_found_again (void)
{
  ProfRowIndex index = { 0 };

  for (uint64_t row = 0; row < 100000; row++)
    g_assert_true (prof_row_index_add (&index, row << 32));
  for (uint64_t row = 0; row < 100000; row++)
    g_assert_cmpuint (first_row (&index, row << 32), ==, row);
  g_assert_cmpuint (first_row (&index, 1), ==, PROF_ID_NONE);
  prof_row_index_clear (&index);
}

static void
test_rows_of_one_key_come_one_after_the_other (void)
{
  ProfRowIndex index = { 0 };
  ProfRowProbe probe;

  for (uint64_t row = 0; row < 300; row++)
    g_assert_true (prof_row_index_add (&index, row % 3));
  probe = prof_row_index_probe (&index, 1);
  for (uint32_t row = 1; row < 300; row += 3)
    g_assert_cmpuint (prof_row_index_next (&index, &probe), ==, row);
  g_assert_cmpuint (prof_row_index_next (&index, &probe), ==, PROF_ID_NONE);
  prof_row_index_clear (&index);
}

static void
test_refused_memory_is_reported (void)
{
  ProfRowIndex index = { 0 };

  g_assert_true (prof_row_index_add (&index, 5));
  prof_vec_refuse_after (0);
  while (prof_row_index_add (&index, 6))
    g_assert_cmpuint (index.keys.length, <, 1000);
  prof_vec_refuse_after (-1);
  g_assert_cmpuint (first_row (&index, 5), ==, 0);
  prof_row_index_clear (&index);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(path, test) g_test_add_func ("/row-index/" path, test)
  ADD ("nothing-is-there-at-first", test_nothing_is_there_at_first);
  ADD ("every-row-is-found-again", test_every_row_is_found_again);
  ADD ("rows-of-one-key-come-one-after-the-other",
       test_rows_of_one_key_come_one_after_the_other);
  ADD ("refused-memory-is-reported", test_refused_memory_is_reported);
#undef ADD
  return g_test_run ();
}
