/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "model/prof-stack-list.h"

#include "prof.h"

/* A stack of @n mentions that count up from @first. */
static void
add (ProfStackList *list, uint32_t first, size_t n, size_t n_mentions)
{
  uint32_t *room = prof_stack_list_room (list, n);

  g_assert_nonnull (room);
  for (size_t i = 0; i < n; i++)
    room[i] = first + (uint32_t)i;
  g_assert_true (prof_stack_list_add (list, n, n_mentions));
}

/* That each stack of the list is as add() wrote it; @first: of each. */
static void
check (const ProfStackList *list, const uint32_t *first, size_t n_stacks)
{
  size_t stack = 0;

  g_assert_cmpuint (list->lengths.length, ==, n_stacks);
  for (size_t b = 0; b < list->blocks.length; b++)
    {
      const ProfStackBlock *block = &list->blocks.data[b];
      size_t                entry = 0;

      g_assert_cmpuint (block->first_stack, ==, stack);
      for (uint32_t s = 0; s < block->n_stacks; s++, stack++)
        for (uint32_t i = 0; i < list->lengths.data[stack]; i++)
          g_assert_cmpuint (prof_stack_block_get (block, entry++),
                            ==,
                            first[stack] + i);
      g_assert_cmpuint (entry, ==, block->length);
    }
  g_assert_cmpuint (stack, ==, n_stacks);
}

static void
test_stacks_are_what_was_written (void)
{
  static const uint32_t first[] = { 3, 0, 7 };
  ProfStackList         list = { 0 };

  add (&list, 3, 4, 10);
  add (&list, 0, 0, 10);
  add (&list, 7, 1, 10);
  check (&list, first, G_N_ELEMENTS (first));
  g_assert_cmpuint (list.blocks.length, ==, 1);
  prof_stack_list_clear (&list);
}

/* The largest number of each width, and the first of the next. */
static void
test_entries_become_wider (void)
{
  static const uint32_t first[] = {
    0xfffe, 0xffff, 0xfffffe, 0xffffff, UINT32_MAX - 3,
  };
  ProfStackList list = { 0 };

  add (&list, first[0], 2, 0x10000);
  add (&list, first[1], 2, 0x10001);
  add (&list, first[2], 2, 0x1000000);
  add (&list, first[3], 2, 0x1000001);
  add (&list, first[4], 2, (size_t)UINT32_MAX - 1);
  check (&list, first, G_N_ELEMENTS (first));
  g_assert_cmpuint (list.blocks.length, ==, 3);
  g_assert_cmpuint (list.blocks.data[0].width, ==, 2);
  g_assert_cmpuint (list.blocks.data[1].width, ==, 3);
  g_assert_cmpuint (list.blocks.data[2].width, ==, 4);
  prof_stack_list_clear (&list);
}

static void
test_a_stack_longer_than_a_block_has_its_own (void)
{
  static const uint32_t first[] = { 0, 5, 0 };
  ProfStackList         list = { 0 };

  add (&list, 0, 40000, 40000);
  add (&list, 5, 3, 40000);
  add (&list, 0, 1000000, 1000000);
  check (&list, first, G_N_ELEMENTS (first));
  g_assert_cmpuint (prof_stack_list_bytes (&list), >=, 2 * 40003 + 3000000);
  prof_stack_list_clear (&list);
}

static void
test_refused_memory_is_told (void)
{
  ProfStackList list = { 0 };
  int           n_refused = 0;

  for (int n = 0; n < 8; n++)
    {
      prof_vec_refuse_after (n);
      if (prof_stack_list_room (&list, 5) == NULL ||
          !prof_stack_list_add (&list, 5, 5))
        n_refused++;
      prof_vec_refuse_after (-1);
      prof_stack_list_clear (&list);
    }
  g_assert_cmpint (n_refused, ==, 3);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/stack-list/stacks-are-what-was-written",
                   test_stacks_are_what_was_written);
  g_test_add_func ("/stack-list/entries-become-wider",
                   test_entries_become_wider);
  g_test_add_func ("/stack-list/a-stack-longer-than-a-block-has-its-own",
                   test_a_stack_longer_than_a_block_has_its_own);
  g_test_add_func ("/stack-list/refused-memory-is-told",
                   test_refused_memory_is_told);
  return g_test_run ();
}
