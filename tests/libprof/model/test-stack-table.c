/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "model/prof-stack-table.h"

#include "test-util.h"

static ProfStackId
add (ProfStackTable *table, const ProfLocationId *leaf_first, size_t n)
{
  ProfStackId stack = PROF_ID_NONE;
  uint32_t    length = (uint32_t)n;

  g_assert_true (prof_stack_table_add (table, leaf_first, &length, 1, &stack));
  return stack;
}

/* A stack of one frame below location 0. */
static ProfStackId
add_pair (ProfStackTable *table, ProfLocationId leaf)
{
  ProfLocationId locations[] = { leaf, 0 };

  return add (table, locations, G_N_ELEMENTS (locations));
}

static void
test_an_empty_stack_is_the_root (void)
{
  ProfStackTable table;

  prof_stack_table_init (&table);
  g_assert_cmpuint (add (&table, NULL, 0), ==, 0);
  g_assert_cmpuint (table.nodes.length, ==, 1);
  prof_stack_table_clear (&table);
}

static void
test_equal_stacks_are_one_node (void)
{
  ProfLocationId a[] = { 3, 2, 1 };
  ProfLocationId b[] = { 4, 2, 1 };
  ProfStackTable table;
  ProfStackId    first;

  prof_stack_table_init (&table);
  first = add (&table, a, 3);
  g_assert_cmpuint (add (&table, b, 3), !=, first);
  g_assert_cmpuint (add (&table, a, 3), ==, first);
  g_assert_cmpuint (table.nodes.length, ==, 5);
  prof_stack_table_clear (&table);
}

static void
test_a_prefix_is_the_path_above (void)
{
  ProfLocationId longer[] = { 3, 2, 1 };
  ProfStackTable table;
  ProfStackId    leaf;

  prof_stack_table_init (&table);
  leaf = add (&table, longer, 3);
  g_assert_cmpuint (add (&table, longer + 1, 2),
                    ==,
                    table.nodes.data[leaf].parent);
  prof_stack_table_clear (&table);
}

/* Past 32 children the table is hashed; every one must still be found, in
 * order of creation. */
static void
test_wide_nodes_find_every_child (void)
{
  enum
  {
    N = 100000
  };
  ProfStackTable table;
  ProfStackId    child;

  prof_stack_table_init (&table);
  for (ProfLocationId i = 1; i <= N; i++)
    add_pair (&table, i * 7);
  for (ProfLocationId i = N; i >= 1; i--)
    g_assert_cmpuint (add_pair (&table, i * 7), ==, i + 1);
  g_assert_cmpuint (table.nodes.length, ==, N + 2);
  child = table.nodes.data[1].first_child;
  for (ProfLocationId i = 1; i <= N; i++)
    {
      g_assert_cmpuint (table.nodes.data[child].location, ==, i * 7);
      child = table.nodes.data[child].next;
    }
  g_assert_cmpuint (child, ==, PROF_ID_NONE);
  prof_stack_table_clear (&table);
}

static void
test_parents_come_before_children (void)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (42);
  ProfStackTable    table;

  prof_stack_table_init (&table);
  for (int i = 0; i < 5000; i++)
    {
      ProfLocationId locations[20];
      size_t         n = (size_t)g_rand_int_range (random, 0, 20);

      for (size_t j = 0; j < n; j++)
        locations[j] = (ProfLocationId)g_rand_int_range (random, 0, 4);
      add (&table, locations, n);
    }
  for (size_t i = 1; i < table.nodes.length; i++)
    g_assert_cmpuint (table.nodes.data[i].parent, <, i);
  prof_stack_table_clear (&table);
}

#define MANY 3000

/* Stacks of few locations, so that many share nodes that are not there yet when
 * the first of them comes; every eighth is long, and every fourth another once more. */
static void
make_many (GRand *random, ProfVecU32 *locations, uint32_t *lengths)
{
  for (size_t s = 0; s < MANY; s++)
    {
      size_t last = s > 0 ? lengths[s - 1] : 0;

      lengths[s] = (uint32_t)g_rand_int_range (random,
                                               0,
                                               s % 8 == 0 ? 200 : 12);
      if (s % 4 == 3)
        lengths[s] = (uint32_t)last;
      g_assert_true (prof_vec_u32_reserve (locations, lengths[s] + 1));
      if (s % 4 == 3 && last > 0)
        prof_vec_u32_extend (locations,
                             locations->data + locations->length - last,
                             last);
      else
        for (uint32_t i = 0; i < lengths[s]; i++)
          prof_vec_u32_append (locations,
                               (uint32_t)g_rand_int_range (random, 1, 4));
    }
}

/* Each leads back to its locations, and no node is there twice: a table to which
 * they are added one by one has as many. */
static void
test_many_at_a_time_are_the_same_stacks (void)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (3);
  ProfVecU32        locations = { 0 };
  uint32_t          lengths[MANY];
  ProfStackId       stacks[MANY];
  ProfStackTable    many;
  ProfStackTable    one;
  size_t            at = 0;

  make_many (random, &locations, lengths);
  prof_stack_table_init (&many);
  prof_stack_table_init (&one);
  g_assert_true (
      prof_stack_table_add (&many, locations.data, lengths, MANY, stacks));
  for (size_t s = 0; s < MANY; s++)
    {
      add (&one, locations.data + at, lengths[s]);
      test_stack (many.nodes.data, stacks[s], locations.data + at, lengths[s]);
      at += lengths[s];
    }
  g_assert_cmpuint (many.nodes.length, ==, one.nodes.length);
  prof_stack_table_clear (&one);
  prof_stack_table_clear (&many);
  prof_vec_u32_clear (&locations);
}

/* The links that prof_stack_table_child() follows are those of the others. */
static void
test_children_are_found_one_by_one (void)
{
  ProfLocationId locations[] = { 5, 4, 4, 3 };
  uint32_t       lengths[] = { 2, 2 };
  ProfStackId    stacks[2];
  ProfStackTable table;
  ProfStackId    four;

  prof_stack_table_init (&table);
  g_assert_true (prof_stack_table_add (&table, locations, lengths, 2, stacks));
  four = prof_stack_table_child (&table, 0, 4);
  g_assert_cmpuint (prof_stack_table_child (&table, four, 5), ==, stacks[0]);
  g_assert_cmpuint (prof_stack_table_child (&table,
                                            prof_stack_table_child (&table,
                                                                    0,
                                                                    3),
                                            4),
                    ==,
                    stacks[1]);
  g_assert_cmpuint (table.nodes.length, ==, 5);
  prof_stack_table_clear (&table);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/stack-table/an-empty-stack-is-the-root",
                   test_an_empty_stack_is_the_root);
  g_test_add_func ("/stack-table/equal-stacks-are-one-node",
                   test_equal_stacks_are_one_node);
  g_test_add_func ("/stack-table/a-prefix-is-the-path-above",
                   test_a_prefix_is_the_path_above);
  g_test_add_func ("/stack-table/wide-nodes-find-every-child",
                   test_wide_nodes_find_every_child);
  g_test_add_func ("/stack-table/parents-come-before-children",
                   test_parents_come_before_children);
  g_test_add_func ("/stack-table/many-at-a-time-are-the-same-stacks",
                   test_many_at_a_time_are_the_same_stacks);
  g_test_add_func ("/stack-table/children-are-found-one-by-one",
                   test_children_are_found_one_by_one);
  return g_test_run ();
}
