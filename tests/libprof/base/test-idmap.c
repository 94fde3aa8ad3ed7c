/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "base/prof-idmap.h"

#include "base/prof-types.h"

static void
test_nothing_is_there_at_first (void)
{
  ProfIdmap map;

  prof_idmap_init (&map);
  g_assert_cmpuint (prof_idmap_get (&map, 0), ==, PROF_ID_NONE);
  g_assert_cmpuint (prof_idmap_get (&map, 1), ==, PROF_ID_NONE);
  g_assert_cmpuint (prof_idmap_get (&map, UINT64_MAX), ==, PROF_ID_NONE);
  prof_idmap_clear (&map);
}

static void
test_ids_in_a_row_are_dense (void)
{
  ProfIdmap map;

  prof_idmap_init (&map);
  for (uint64_t id = 1; id <= 100000; id++)
    g_assert_true (prof_idmap_put (&map, id, (uint32_t)id - 1));
  for (uint64_t id = 1; id <= 100000; id++)
    g_assert_cmpuint (prof_idmap_get (&map, id), ==, id - 1);
  g_assert_cmpuint (map.n_hashed, ==, 0);
  g_assert_cmpuint (prof_idmap_get (&map, 0), ==, PROF_ID_NONE);
  prof_idmap_clear (&map);
}

static void
test_a_huge_id_costs_little (void)
{
  ProfIdmap map;

  prof_idmap_init (&map);
  g_assert_true (prof_idmap_put (&map, UINT64_MAX, 5));
  g_assert_true (prof_idmap_put (&map, UINT64_C (1) << 40, 6));
  g_assert_cmpuint (prof_idmap_get (&map, UINT64_MAX), ==, 5);
  g_assert_cmpuint (prof_idmap_get (&map, UINT64_C (1) << 40), ==, 6);
  g_assert_cmpuint (map.n_dense + map.n_slots, <, 100000);
  prof_idmap_clear (&map);
}

static void
test_hashed_ids_stay_when_the_table_grows (void)
{
  ProfIdmap map;

  prof_idmap_init (&map);
  for (uint64_t i = 1; i <= 2000; i++)
    g_assert_true (prof_idmap_put (&map, i * 50, (uint32_t)i));
  g_assert_cmpuint (map.n_hashed, >, 0);
  for (uint64_t id = 1; id <= 120000; id++)
    if (id % 50 != 0)
      g_assert_true (prof_idmap_put (&map, id, 9));
  for (uint64_t i = 1; i <= 2000; i++)
    g_assert_cmpuint (prof_idmap_get (&map, i * 50), ==, i);
  prof_idmap_clear (&map);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/idmap/nothing-is-there-at-first",
                   test_nothing_is_there_at_first);
  g_test_add_func ("/idmap/ids-in-a-row-are-dense",
                   test_ids_in_a_row_are_dense);
  g_test_add_func ("/idmap/a-huge-id-costs-little",
                   test_a_huge_id_costs_little);
  g_test_add_func ("/idmap/hashed-ids-stay-when-the-table-grows",
                   test_hashed_ids_stay_when_the_table_grows);
  return g_test_run ();
}
