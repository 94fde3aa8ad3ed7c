/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "base/prof-arena.h"

#include "base/prof-vec.h"
#include <stdalign.h>

static void
test_pieces_do_not_overlap (void)
{
  g_autoptr (ProfArena) arena = prof_arena_new (1 << 20);
  uint8_t              *pieces[200];

  for (size_t i = 0; i < G_N_ELEMENTS (pieces); i++)
    {
      pieces[i] = prof_arena_alloc (arena, i * 7);
      g_assert_nonnull (pieces[i]);
      memset (pieces[i], (int)i, i * 7);
    }
  for (size_t i = 0; i < G_N_ELEMENTS (pieces); i++)
    for (size_t k = 0; k < i * 7; k++)
      g_assert_cmpuint (pieces[i][k], ==, i);
}

static void
test_pieces_are_aligned (void)
{
  g_autoptr (ProfArena) arena = prof_arena_new (1 << 20);

  for (size_t size = 0; size < 100; size++)
    {
      uintptr_t at = (uintptr_t)prof_arena_alloc (arena, size);

      g_assert_cmpuint (at % alignof (max_align_t), ==, 0);
    }
}

static void
test_the_limit_holds (void)
{
  g_autoptr (ProfArena) arena = prof_arena_new (1000);

  g_assert_nonnull (prof_arena_alloc (arena, 600));
  g_assert_null (prof_arena_alloc (arena, 401));
  g_assert_nonnull (prof_arena_alloc (arena, 400));
  g_assert_null (prof_arena_alloc (arena, 1));
  g_assert_null (prof_arena_alloc (arena, SIZE_MAX));
}

static void
test_a_reset_gives_all_back (void)
{
  g_autoptr (ProfArena) arena = prof_arena_new (100000);

  for (size_t round = 0; round < 100; round++)
    {
      for (size_t i = 0; i < 100; i++)
        g_assert_nonnull (prof_arena_alloc (arena, 1000));
      prof_arena_reset (arena);
    }
}

static void
test_small_rounds_use_the_same_memory (void)
{
  g_autoptr (ProfArena) arena = prof_arena_new (1000);
  void                 *first = prof_arena_alloc (arena, 100);

  prof_arena_reset (arena);
  g_assert_true (prof_arena_alloc (arena, 100) == first);
}

static void
test_refused_memory_gives_null (void)
{
  g_autoptr (ProfArena) arena = prof_arena_new (1 << 20);

  prof_vec_refuse_after (0);
  g_assert_null (prof_arena_alloc (arena, 10));
  prof_vec_refuse_after (-1);
  g_assert_nonnull (prof_arena_alloc (arena, 10));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/arena/pieces-do-not-overlap", test_pieces_do_not_overlap);
  g_test_add_func ("/arena/pieces-are-aligned", test_pieces_are_aligned);
  g_test_add_func ("/arena/the-limit-holds", test_the_limit_holds);
  g_test_add_func ("/arena/a-reset-gives-all-back",
                   test_a_reset_gives_all_back);
  g_test_add_func ("/arena/small-rounds-use-the-same-memory",
                   test_small_rounds_use_the_same_memory);
  g_test_add_func ("/arena/refused-memory-gives-null",
                   test_refused_memory_gives_null);
  return g_test_run ();
}
