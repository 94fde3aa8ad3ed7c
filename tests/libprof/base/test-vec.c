/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "base/prof-vec.h"

static void
test_keeps_what_is_appended (void)
{
  ProfVecU32 vec = { 0 };

  for (uint32_t i = 0; i < 100000; i++)
    g_assert_true (prof_vec_u32_append (&vec, i * 3));
  g_assert_cmpuint (vec.length, ==, 100000);
  for (uint32_t i = 0; i < 100000; i++)
    g_assert_cmpuint (vec.data[i], ==, i * 3);
  prof_vec_u32_clear (&vec);
  g_assert_null (vec.data);
}

static void
test_extends_by_nothing (void)
{
  ProfVecU8 vec = { 0 };

  g_assert_true (prof_vec_u8_extend (&vec, NULL, 0));
  g_assert_cmpuint (vec.length, ==, 0);
  prof_vec_u8_clear (&vec);
}

static void
test_refused_memory_leaves_it_as_it_was (void)
{
  ProfVecU32 vec = { 0 };
  size_t     length;

  prof_vec_refuse_after (2);
  while (prof_vec_u32_append (&vec, (uint32_t)vec.length))
    ;
  prof_vec_refuse_after (-1);
  length = vec.length;
  g_assert_cmpuint (length, >, 0);
  for (size_t i = 0; i < length; i++)
    g_assert_cmpuint (vec.data[i], ==, i);
  g_assert_true (prof_vec_u32_append (&vec, 1));
  prof_vec_u32_clear (&vec);
}

static void
test_shrinks_to_its_length (void)
{
  ProfVecU32 vec = { 0 };

  prof_vec_u32_append (&vec, 7);
  prof_vec_u32_shrink (&vec);
  g_assert_cmpuint (vec.capacity, ==, 1);
  g_assert_cmpuint (vec.data[0], ==, 7);
  prof_vec_u32_clear (&vec);
}

static void
test_an_impossible_length_is_refused (void)
{
  ProfVecU64 vec = { 0 };

  prof_vec_u64_append (&vec, 1);
  g_assert_false (prof_vec_u64_reserve (&vec, SIZE_MAX));
  g_assert_false (prof_vec_u64_reserve (&vec, SIZE_MAX / 8 - 1));
  g_assert_cmpuint (vec.length, ==, 1);
  prof_vec_u64_clear (&vec);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/vec/keeps-what-is-appended", test_keeps_what_is_appended);
  g_test_add_func ("/vec/extends-by-nothing", test_extends_by_nothing);
  g_test_add_func ("/vec/refused-memory-leaves-it-as-it-was",
                   test_refused_memory_leaves_it_as_it_was);
  g_test_add_func ("/vec/shrinks-to-its-length", test_shrinks_to_its_length);
  g_test_add_func ("/vec/an-impossible-length-is-refused",
                   test_an_impossible_length_is_refused);
  return g_test_run ();
}
