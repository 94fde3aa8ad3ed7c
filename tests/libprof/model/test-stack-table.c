/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "model/prof-stack-table.h"

static ProfStackId
add (ProfStackTable *table, const ProfLocationId *leaf_first, size_t n)
{
  ProfStackId stack = PROF_ID_NONE;

  g_assert_true (prof_stack_table_add (table, leaf_first, n, &stack));
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
  return g_test_run ();
}
