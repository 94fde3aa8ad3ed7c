/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "test-util.h"

#include <string.h>

/* Laws that hold of every tree. */

static void
assert_node_law (const ProfTree *tree, ProfNodeId id)
{
  const ProfNode *nodes = prof_tree_nodes (tree);
  const ProfNode *node = &nodes[id];
  ProfNodeId      end = id + node->size;
  uint64_t        weight = prof_tree_weight (tree, id);
  uint64_t        start = 0; /* in the node */
  ProfNodeId      last = PROF_ID_NONE;
  uint64_t        last_width = 0;
  bool            by_name = (prof_tree_flags (tree) & PROF_TREE_BY_NAME) != 0;

  for (ProfNodeId c = id + 1; c < end; c += nodes[c].size)
    {
      uint64_t width = prof_tree_weight (tree, c);

      g_assert_cmpuint (nodes[c].parent, ==, id);
      g_assert_cmpuint (nodes[c].size, >=, 1);
      g_assert_cmpuint (c + nodes[c].size, <=, end);
      g_assert_cmpuint (prof_tree_start_in_parent (tree, c), ==, start);
      g_assert_cmpuint (width, <=, weight - start);
      g_assert_cmpuint (width, >, 0);
      if (last != PROF_ID_NONE)
        g_assert_true ((!by_name && last_width > width) ||
                       ((by_name || last_width == width) &&
                        strcmp (prof_tree_name (tree, last),
                                prof_tree_name (tree, c)) <= 0));
      start += width;
      last_width = width;
      last = c;
    }
  g_assert_cmpuint (prof_node_children_weight (nodes,
                                               prof_tree_weights (tree),
                                               id),
                    ==,
                    start);
}

static void
assert_totals_law (const ProfTree *tree)
{
  const ProfNode     *nodes = prof_tree_nodes (tree);
  size_t              n = prof_tree_n_nodes (tree);
  g_autofree int64_t *totals = g_new0 (int64_t, n);

  for (size_t i = n; i > 0; i--)
    {
      totals[i - 1] += nodes[i - 1].self;
      g_assert_cmpint (totals[i - 1], ==, nodes[i - 1].total);
      if (i > 1)
        totals[nodes[i - 1].parent] += totals[i - 1];
    }
}

static void
assert_laws (const ProfTree *tree)
{
  const ProfNode *nodes = prof_tree_nodes (tree);
  size_t          n = prof_tree_n_nodes (tree);
  uint32_t        height = 0;

  g_assert_cmpuint (nodes[0].size, ==, n);
  g_assert_cmpuint (nodes[0].parent, ==, PROF_ID_NONE);
  g_assert_cmpuint (nodes[0].frame, ==, PROF_ID_NONE);
  for (size_t i = 0; i < n; i++)
    {
      assert_node_law (tree, (ProfNodeId)i);
      height = MAX (height, prof_tree_depth (tree, (ProfNodeId)i));
    }
  g_assert_cmpuint (height, ==, prof_tree_height (tree));
  assert_totals_law (tree);
}

static void
test_samples_of_one_path_add_up (void)
{
  g_autoptr (ProfTree) tree = test_tree ("main;f 3\n"
                                         "main;g 1\n"
                                         "main;f 4\n"
                                         "main 2\n",
                                         0);
  const ProfNode      *nodes = prof_tree_nodes (tree);
  ProfNodeId           main = test_node (tree, "main");

  g_assert_cmpuint (prof_tree_n_nodes (tree), ==, 4);
  g_assert_cmpint (nodes[0].total, ==, 10);
  g_assert_cmpint (nodes[0].self, ==, 0);
  g_assert_cmpint (nodes[main].total, ==, 10);
  g_assert_cmpint (nodes[main].self, ==, 2);
  g_assert_cmpint (nodes[test_node (tree, "f")].total, ==, 7);
  assert_laws (tree);
}

static void
test_siblings_come_by_weight_then_by_name (void)
{
  g_autoptr (ProfTree) tree = test_tree ("b 2\na 2\nc 5\n", 0);

  g_assert_cmpstr (prof_tree_name (tree, 1), ==, "c");
  g_assert_cmpstr (prof_tree_name (tree, 2), ==, "a");
  g_assert_cmpstr (prof_tree_name (tree, 3), ==, "b");
  assert_laws (tree);
}

static void
test_recursion_is_a_node_a_level (void)
{
  g_autoptr (ProfTree) tree = test_tree ("f;f;f 1\nf 2\n", 0);

  g_assert_cmpuint (prof_tree_n_nodes (tree), ==, 4);
  g_assert_cmpuint (prof_tree_height (tree), ==, 3);
  g_assert_cmpint (prof_tree_nodes (tree)[1].self, ==, 2);
  assert_laws (tree);
}

static void
test_inlined_calls_are_nodes (void)
{
  g_autoptr (ProfTree) tree = test_tree ("main;inner<outer 4\n"
                                         "main;outer;inner 1\n"
                                         "main;leaf<outer 1\n",
                                         0);
  const ProfNode      *nodes = prof_tree_nodes (tree);
  ProfNodeId           outer = test_node (tree, "outer");
  ProfNodeId           inner = test_node (tree, "inner");
  ProfNodeId           leaf = test_node (tree, "leaf");

  g_assert_cmpuint (nodes[inner].parent, ==, outer);
  g_assert_cmpint (nodes[inner].total, ==, 5);
  g_assert_cmpuint (nodes[outer].flags & PROF_NODE_INLINED, ==, 0);
  /* Once it was called for real. */
  g_assert_cmpuint (nodes[inner].flags & PROF_NODE_INLINED, ==, 0);
  g_assert_cmpuint (nodes[leaf].flags & PROF_NODE_INLINED, !=, 0);
  assert_laws (tree);
}

static void
test_an_empty_stack_belongs_to_the_root (void)
{
  g_autoptr (ProfTree) tree = test_tree (" 5\nf 2\n", 0);

  g_assert_cmpint (prof_tree_nodes (tree)[0].self, ==, 5);
  g_assert_cmpint (prof_tree_nodes (tree)[0].total, ==, 7);
  assert_laws (tree);
}

static void
test_negative_values_weigh_as_much (void)
{
  g_autoptr (ProfTree) tree = test_tree ("f;a 5\nf;b -5\n", 0);
  ProfNodeId           f = test_node (tree, "f");

  g_assert_cmpint (prof_tree_nodes (tree)[f].total, ==, 0);
  g_assert_cmpuint (prof_tree_weight (tree, f), ==, 10);
  assert_laws (tree);
}

static void
test_paths_of_nothing_are_left_out (void)
{
  static const char    text[] = "#types a/count,b/count\n"
                                "f;g 1,0\n"
                                "f 0,3\n";
  g_autoptr (ProfTree) first = test_tree (text, 0);
  g_autoptr (ProfTree) second = test_tree (text, 1);

  g_assert_cmpuint (prof_tree_n_nodes (first), ==, 3);
  g_assert_cmpuint (prof_tree_n_nodes (second), ==, 2);
}

static void
test_without_samples_there_is_a_root (void)
{
  g_autoptr (ProfTree) tree = test_tree ("", 0);

  g_assert_cmpuint (prof_tree_n_nodes (tree), ==, 1);
  g_assert_cmpuint (prof_tree_weight (tree, 0), ==, 0);
  g_assert_cmpstr (prof_tree_name (tree, 0), ==, "all");
  assert_laws (tree);
}

static void
test_sums_beyond_64_bits_stay_inside_their_parent (void)
{
  g_autoptr (ProfTree) tree = test_tree ("f;a 9223372036854775807\n"
                                         "f;b 9223372036854775807\n"
                                         "f;c 9223372036854775807\n",
                                         0);
  const ProfNode      *nodes = prof_tree_nodes (tree);

  g_assert_cmpuint (prof_tree_weight (tree, 0), ==, UINT64_MAX);
  g_assert_cmpint (nodes[0].total, ==, INT64_MAX);
  for (ProfNodeId n = 1; n < prof_tree_n_nodes (tree); n++)
    g_assert_cmpuint (prof_tree_start (tree, n),
                      <=,
                      UINT64_MAX - prof_tree_weight (tree, n));
}

/* Many children of one node are found by hash: each must be found again. */
static void
test_a_wide_node_has_each_child_once (void)
{
  g_autoptr (GString)  text = g_string_new (NULL);
  g_autoptr (ProfTree) tree = NULL;

  for (int round = 0; round < 3; round++)
    for (int i = 0; i < 2000; i++)
      g_string_append_printf (text, "main;f%d;x%d 1\n", i, round);
  tree = test_tree (text->str, 0);
  g_assert_cmpuint (prof_tree_n_nodes (tree), ==, 2 + 2000 * 4);
  assert_laws (tree);
}

static void
test_depth_needs_no_stack_of_ours (void)
{
  g_autoptr (GString)  text = g_string_new ("f");
  g_autoptr (ProfTree) tree = NULL;

  for (int i = 0; i < 200000; i++)
    g_string_append (text, i % 2 ? ";f" : ";g");
  g_string_append (text, " 1\n");
  tree = test_tree (text->str, 0);
  g_assert_cmpuint (prof_tree_height (tree), ==, 200001);
}

static void
test_containment_follows_the_path (void)
{
  g_autoptr (ProfTree) tree = test_tree ("a;b;c 3\na;d 1\n", 0);
  ProfNodeId           a = test_node (tree, "a");
  ProfNodeId           b = test_node (tree, "b");
  ProfNodeId           d = test_node (tree, "d");

  g_assert_true (prof_tree_contains (tree, 0, d));
  g_assert_true (prof_tree_contains (tree, a, a));
  g_assert_true (prof_tree_contains (tree, b, test_node (tree, "c")));
  g_assert_false (prof_tree_contains (tree, b, d));
  g_assert_false (prof_tree_contains (tree, b, a));
}

static void
test_a_path_is_found_as_far_as_it_goes (void)
{
  g_autoptr (ProfTree) tree = test_tree ("a;b;c 3\na;d 1\n", 0);
  const ProfNode      *nodes = prof_tree_nodes (tree);
  ProfFrameId          path[] = {
             nodes[test_node (tree, "a")].frame,
             nodes[test_node (tree, "d")].frame,
             nodes[test_node (tree, "b")].frame,
  };

  g_assert_cmpuint (prof_tree_find_path (tree, path, 2),
                    ==,
                    test_node (tree, "d"));
  g_assert_cmpuint (prof_tree_find_path (tree, path, 3),
                    ==,
                    test_node (tree, "d"));
  g_assert_cmpuint (prof_tree_find_path (tree, path + 1, 1), ==, 0);
  g_assert_cmpuint (prof_tree_find_path (tree, path, 0), ==, 0);
}

static void
test_it_can_be_cancelled (void)
{
  g_autoptr (GError)       error = NULL;
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (ProfProgress) progress = prof_progress_new (cancellable);
  g_autoptr (ProfProfile)  profile = test_profile ("f 1\n");
  g_autoptr (ProfFrames)   frames = prof_frames_new (profile, 0);

  g_cancellable_cancel (cancellable);
  g_assert_null (prof_tree_new (frames, 0, progress, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

/* "total/self" of a node, reached by names from the root. */
static void
assert_node (const ProfTree *tree,
             const char     *path,
             int64_t         total,
             int64_t         self)
{
  g_auto (GStrv)  names = g_strsplit_set (path, ";", -1);
  const ProfNode *nodes = prof_tree_nodes (tree);
  ProfNodeId      node = 0;

  for (size_t i = 0; names[i] != NULL; i++)
    {
      ProfNodeId end = node + nodes[node].size;
      ProfNodeId child = node + 1;

      while (child < end &&
             strcmp (prof_tree_name (tree, child), names[i]) != 0)
        child += nodes[child].size;
      g_assert_cmpuint (child, <, end);
      node = child;
    }
  g_assert_cmpint (nodes[node].total, ==, total);
  g_assert_cmpint (nodes[node].self, ==, self);
}

static void
test_leaves_can_come_first (void)
{
  g_autoptr (ProfTree) tree = test_tree_with ("main;f;g 3\n"
                                              "main;g 4\n"
                                              "main;f 2\n"
                                              "main;f;g 1\n"
                                              "g 5\n",
                                              PROF_TREE_LEAF_FIRST);

  g_assert_cmpuint (prof_tree_n_nodes (tree), ==, 7);
  assert_node (tree, "g", 13, 5);
  assert_node (tree, "g;f", 4, 0);
  assert_node (tree, "g;f;main", 4, 4);
  assert_node (tree, "g;main", 4, 4);
  assert_node (tree, "f;main", 2, 2);
  assert_laws (tree);
}

/* "q" is inlined into "f"; seen from the leaves, "q" is called by "f" so. */
static void
test_leaves_know_who_they_were_inlined_into (void)
{
  g_autoptr (ProfTree) tree = test_tree_with ("main;q<f 3\nq;main 2\n",
                                              PROF_TREE_LEAF_FIRST);
  const ProfNode      *nodes = prof_tree_nodes (tree);

  assert_node (tree, "q;f;main", 3, 3);
  g_assert_cmpuint (nodes[test_node (tree, "q")].flags, ==, 0);
  g_assert_cmpuint (nodes[test_node (tree, "f")].flags, ==, PROF_NODE_INLINED);
  g_assert_cmpuint (nodes[test_node (tree, "main")].flags, ==, 0);
}

static void
test_leaves_first_can_collapse_recursion (void)
{
  g_autoptr (ProfTree) tree = test_tree_with ("main;f;f;f 7\n"
                                              "main;f 2\n",
                                              PROF_TREE_LEAF_FIRST |
                                                  PROF_TREE_COLLAPSED);

  g_assert_cmpuint (prof_tree_n_nodes (tree), ==, 3);
  assert_node (tree, "f;main", 9, 9);
}

/* A stack of opposite values has no total but a weight, both ways round. */
static void
test_leaves_first_keep_what_cancels_out (void)
{
  g_autoptr (ProfTree) tree = test_tree_with ("main;f 7\n"
                                              "main;f -7\n",
                                              PROF_TREE_LEAF_FIRST);

  assert_node (tree, "f;main", 0, 0);
  g_assert_cmpuint (prof_tree_weight (tree, 0), ==, 14);
}

static void
test_siblings_can_come_by_name (void)
{
  g_autoptr (ProfTree) tree = test_tree_with ("b 2\na 1\nc 5\n",
                                              PROF_TREE_BY_NAME);

  g_assert_cmpstr (prof_tree_name (tree, 1), ==, "a");
  g_assert_cmpstr (prof_tree_name (tree, 2), ==, "b");
  g_assert_cmpstr (prof_tree_name (tree, 3), ==, "c");
  assert_laws (tree);
}

static GString *
random_text (void)
{
  GString *text = g_string_new (NULL);

  for (int s = g_test_rand_int_range (0, 40); s > 0; s--)
    {
      for (int f = g_test_rand_int_range (0, 9); f > 0; f--)
        g_string_append_printf (text,
                                "%c%s%s",
                                g_test_rand_int_range ('a', 'f'),
                                g_test_rand_bit () ? "<q" : "",
                                f > 1 ? ";" : "");
      g_string_append_printf (text, " %d\n", g_test_rand_int_range (-9, 99));
    }
  return text;
}

/* Total and weight do not depend on which end comes first. */
static void
test_random_profiles_keep_the_laws (void)
{
  for (int round = 0; round < 200; round++)
    {
      g_autoptr (GString)  text = random_text ();
      g_autoptr (ProfTree) plain = test_tree (text->str, 0);

      for (unsigned flags = 0; flags < 8; flags++)
        {
          g_autoptr (ProfTree) tree = test_tree_with (text->str,
                                                      (ProfTreeFlags)flags);

          assert_laws (tree);
          g_assert_cmpint (prof_tree_nodes (tree)->total,
                           ==,
                           prof_tree_nodes (plain)->total);
          g_assert_cmpuint (prof_tree_weight (tree, 0),
                            ==,
                            prof_tree_weight (plain, 0));
        }
    }
}

/* No function calls itself: each depth has names of its own, of two functions of
 * which one may be inlined into the other. */
static GString *
text_without_recursion (void)
{
  GString *text = g_string_new (NULL);

  for (int s = g_test_rand_int_range (0, 40); s > 0; s--)
    {
      for (int f = g_test_rand_int_range (0, 9); f > 0; f--)
        {
          char        callee = (char)g_test_rand_int_range ('a', 'd');
          const char *end = f > 1 ? ";" : "";

          if (g_test_rand_bit ())
            g_string_append_printf (text, "%c%d<z%d%s", callee, f, f, end);
          else
            g_string_append_printf (text, "z%d;%c%d%s", f, callee, f, end);
        }
      g_string_append_printf (text, " %d\n", g_test_rand_int_range (0, 9));
    }
  return text;
}

static void
assert_same (const ProfTree *left, const ProfTree *right)
{
  g_assert_cmpuint (prof_tree_height (left), ==, prof_tree_height (right));
  g_assert_cmpmem (prof_tree_nodes (left),
                   prof_tree_n_nodes (left) * sizeof (ProfNode),
                   prof_tree_nodes (right),
                   prof_tree_n_nodes (right) * sizeof (ProfNode));
}

/* What may collapse is sown, the others grow from the root. */
static void
test_it_is_the_same_however_it_grows (void)
{
  for (int round = 0; round < 200; round++)
    {
      g_autoptr (GString)  text = text_without_recursion ();
      g_autoptr (ProfTree) plain = test_tree (text->str, 0);
      g_autoptr (ProfTree) collapsed = test_tree_with (text->str,
                                                       PROF_TREE_COLLAPSED);
      g_autoptr (ProfTree) by_name = test_tree_with (text->str,
                                                     PROF_TREE_BY_NAME);
      g_autoptr (ProfTree) both = test_tree_with (text->str,
                                                  PROF_TREE_BY_NAME |
                                                      PROF_TREE_COLLAPSED);

      assert_same (plain, collapsed);
      assert_same (by_name, both);
      g_assert_null (prof_tree_weights (plain));
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/tree/samples-of-one-path-add-up",
                   test_samples_of_one_path_add_up);
  g_test_add_func ("/tree/siblings-come-by-weight-then-by-name",
                   test_siblings_come_by_weight_then_by_name);
  g_test_add_func ("/tree/recursion-is-a-node-a-level",
                   test_recursion_is_a_node_a_level);
  g_test_add_func ("/tree/inlined-calls-are-nodes",
                   test_inlined_calls_are_nodes);
  g_test_add_func ("/tree/an-empty-stack-belongs-to-the-root",
                   test_an_empty_stack_belongs_to_the_root);
  g_test_add_func ("/tree/negative-values-weigh-as-much",
                   test_negative_values_weigh_as_much);
  g_test_add_func ("/tree/paths-of-nothing-are-left-out",
                   test_paths_of_nothing_are_left_out);
  g_test_add_func ("/tree/without-samples-there-is-a-root",
                   test_without_samples_there_is_a_root);
  g_test_add_func ("/tree/sums-beyond-64-bits-stay-inside-their-parent",
                   test_sums_beyond_64_bits_stay_inside_their_parent);
  g_test_add_func ("/tree/a-wide-node-has-each-child-once",
                   test_a_wide_node_has_each_child_once);
  g_test_add_func ("/tree/depth-needs-no-stack-of-ours",
                   test_depth_needs_no_stack_of_ours);
  g_test_add_func ("/tree/containment-follows-the-path",
                   test_containment_follows_the_path);
  g_test_add_func ("/tree/a-path-is-found-as-far-as-it-goes",
                   test_a_path_is_found_as_far_as_it_goes);
  g_test_add_func ("/tree/it-can-be-cancelled", test_it_can_be_cancelled);
  g_test_add_func ("/tree/leaves-can-come-first", test_leaves_can_come_first);
  g_test_add_func ("/tree/leaves-know-who-they-were-inlined-into",
                   test_leaves_know_who_they_were_inlined_into);
  g_test_add_func ("/tree/leaves-first-can-collapse-recursion",
                   test_leaves_first_can_collapse_recursion);
  g_test_add_func ("/tree/leaves-first-keep-what-cancels-out",
                   test_leaves_first_keep_what_cancels_out);
  g_test_add_func ("/tree/siblings-can-come-by-name",
                   test_siblings_can_come_by_name);
  g_test_add_func ("/tree/it-is-the-same-however-it-grows",
                   test_it_is_the_same_however_it_grows);
  g_test_add_func ("/tree/random-profiles-keep-the-laws",
                   test_random_profiles_keep_the_laws);
  return g_test_run ();
}
