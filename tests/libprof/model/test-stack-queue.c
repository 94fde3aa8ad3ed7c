/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "model/prof-stack-queue.h"

#include "model/prof-stack-table.h"
#include "test-util.h"

/* Stacks for several batches, some of them empty. */
#define N_MANY 40000

static bool
add (ProfStackQueue *queue, const ProfLocationId *leaf_first, size_t n)
{
  ProfLocationId *room = prof_stack_queue_room (queue, n);

  if (room == NULL)
    return false;
  if (n > 0)
    memcpy (room, leaf_first, n * sizeof *room);
  return prof_stack_queue_add (queue, n);
}

static size_t
make_stack (GRand *random, ProfLocationId *locations)
{
  size_t n = (size_t)g_rand_int_range (random, 0, 30);

  for (size_t i = 0; i < n; i++)
    locations[i] = (ProfLocationId)g_rand_int_range (random, 0, 5);
  return n;
}

static bool
add_many (ProfStackQueue *queue, size_t n_stacks)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (7);

  for (size_t s = 0; s < n_stacks; s++)
    {
      ProfLocationId locations[30];
      size_t         n = make_stack (random, locations);

      if (!add (queue, locations, n))
        return false;
    }
  return true;
}

/* Each stack is there, and there are no more nodes than in a table without a
 * queue. */
static void
check_same_as_table (size_t n_stacks)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (7);
  ProfStackQueue   *queue = prof_stack_queue_new ();
  ProfVecStackNode  nodes;
  ProfVecU32        stacks;
  ProfStackTable    table;

  g_assert_true (add_many (queue, n_stacks));
  g_assert_true (prof_stack_queue_finish (queue, &nodes, &stacks));
  g_assert_cmpuint (stacks.length, ==, n_stacks);
  prof_stack_table_init (&table);
  for (size_t s = 0; s < n_stacks; s++)
    {
      ProfLocationId locations[30];
      uint32_t       n = (uint32_t)make_stack (random, locations);
      ProfStackId    stack;

      g_assert_true (prof_stack_table_add (&table, locations, &n, 1, &stack));
      test_stack (nodes.data, stacks.data[s], locations, n);
    }
  g_assert_cmpuint (nodes.length, ==, table.nodes.length);
  prof_stack_table_clear (&table);
  prof_vec_stack_node_clear (&nodes);
  prof_vec_u32_clear (&stacks);
  prof_stack_queue_free (queue);
}

static void
test_few_stacks_are_a_table (void)
{
  check_same_as_table (0);
  check_same_as_table (1);
  check_same_as_table (1000);
}

static void
test_many_stacks_are_the_same_table (void)
{
  check_same_as_table (N_MANY);
}

static void
test_empty_stacks_fill_batches_too (void)
{
  ProfStackQueue  *queue = prof_stack_queue_new ();
  ProfVecStackNode nodes;
  ProfVecU32       stacks;
  size_t           n = 5 * PROF_STACK_QUEUE_BATCH;

  for (size_t s = 0; s < n; s++)
    g_assert_true (add (queue, NULL, 0));
  g_assert_true (prof_stack_queue_finish (queue, &nodes, &stacks));
  g_assert_cmpuint (nodes.length, ==, 1);
  g_assert_cmpuint (stacks.length, ==, n);
  g_assert_cmpuint (stacks.data[n - 1], ==, 0);
  prof_vec_stack_node_clear (&nodes);
  prof_vec_u32_clear (&stacks);
  prof_stack_queue_free (queue);
}

static void
test_a_stack_may_be_longer_than_a_batch (void)
{
  enum
  {
    N = 3 * PROF_STACK_QUEUE_BATCH
  };
  g_autofree ProfLocationId *locations = g_new0 (ProfLocationId, N);
  ProfStackQueue            *queue = prof_stack_queue_new ();
  ProfVecStackNode           nodes;
  ProfVecU32                 stacks;

  for (size_t s = 0; s < 10; s++)
    g_assert_true (add (queue, locations, N - s));
  g_assert_true (prof_stack_queue_finish (queue, &nodes, &stacks));
  g_assert_cmpuint (nodes.length, ==, N + 1);
  for (size_t s = 0; s < 10; s++)
    g_assert_cmpuint (stacks.data[s], ==, N - s);
  prof_vec_stack_node_clear (&nodes);
  prof_vec_u32_clear (&stacks);
  prof_stack_queue_free (queue);
}

static void
test_it_may_be_left_at_any_time (void)
{
  for (size_t n = 0; n < N_MANY; n += N_MANY / 8)
    {
      ProfStackQueue *queue = prof_stack_queue_new ();

      g_assert_true (add_many (queue, n));
      prof_stack_queue_free (queue);
    }
}

/* Refuses each growth in turn, of whichever thread. */
static void
test_refused_memory_fails_at_the_latest_in_the_end (void)
{
  bool whole = false;
  int  n;

  for (n = 0; !whole; n++)
    {
      ProfStackQueue  *queue = prof_stack_queue_new ();
      ProfVecStackNode nodes = { 0 };
      ProfVecU32       stacks = { 0 };

      prof_vec_refuse_after (n);
      whole = add_many (queue, N_MANY) &&
              prof_stack_queue_finish (queue, &nodes, &stacks);
      prof_vec_refuse_after (-1);
      g_assert_cmpuint (stacks.length, ==, whole ? N_MANY : 0);
      g_assert_cmpint (n, <, 1000);
      prof_vec_stack_node_clear (&nodes);
      prof_vec_u32_clear (&stacks);
      prof_stack_queue_free (queue);
    }
  g_assert_cmpint (n, >, 20);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/stack-queue/few-stacks-are-a-table",
                   test_few_stacks_are_a_table);
  g_test_add_func ("/stack-queue/many-stacks-are-the-same-table",
                   test_many_stacks_are_the_same_table);
  g_test_add_func ("/stack-queue/empty-stacks-fill-batches-too",
                   test_empty_stacks_fill_batches_too);
  g_test_add_func ("/stack-queue/a-stack-may-be-longer-than-a-batch",
                   test_a_stack_may_be_longer_than_a_batch);
  g_test_add_func ("/stack-queue/it-may-be-left-at-any-time",
                   test_it_may_be_left_at_any_time);
  g_test_add_func ("/stack-queue/refused-memory-fails-at-the-latest-in-the-end",
                   test_refused_memory_fails_at_the_latest_in_the_end);
  return g_test_run ();
}
