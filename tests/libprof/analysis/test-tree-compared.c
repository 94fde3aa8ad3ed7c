/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "test-util.h"

#include <string.h>

#define BEFORE            \
  "main;work;parse 40\n"  \
  "main;work;render 20\n" \
  "main;old;indent 10\n"  \
  "main 5\n"
#define NOW               \
  "main;work;parse 30\n"  \
  "main;work;render 60\n" \
  "main;fresh;sort 15\n"  \
  "main 5\n"

/* Both in one profile, as --diff-base puts them together. */
static ProfTree *
compared (const char *before, const char *now, ProfTreeFlags flags)
{
  g_autoptr (ProfProfile) base = test_profile (before);
  g_autoptr (ProfProfile) profile = test_profile (now);
  g_autoptr (GError)      error = NULL;
  g_autoptr (ProfProfile) both = NULL;
  g_autoptr (ProfFrames)  frames = NULL;
  ProfTree               *tree;

  both = prof_subtract (profile, base, PROF_SUBTRACT_APART, NULL, &error);
  g_assert_no_error (error);
  frames = prof_frames_new (both, 0);
  tree = prof_tree_new_with (frames,
                             0,
                             flags | PROF_TREE_COMPARED,
                             NULL,
                             &error);
  g_assert_no_error (error);
  return tree;
}

/* "main 75>110 =120": before, now, weight; a node a line, by preorder. */
static char *
told (const ProfTree *tree)
{
  const ProfNode   *nodes = prof_tree_nodes (tree);
  const ProfChange *changes = prof_tree_changes (tree);
  GString          *out = g_string_new (NULL);

  for (ProfNodeId n = 0; n < prof_tree_n_nodes (tree); n++)
    {
      g_assert_cmpint (nodes[n].total,
                       ==,
                       changes[n].total_now - changes[n].total_before);
      g_assert_cmpint (nodes[n].self,
                       ==,
                       changes[n].self_now - changes[n].self_before);
      g_string_append_printf (out,
                              "%*s%s %d>%d =%u\n",
                              (int)prof_tree_depth (tree, n),
                              "",
                              prof_tree_name (tree, n),
                              (int)changes[n].total_before,
                              (int)changes[n].total_now,
                              (unsigned)prof_tree_weight (tree, n));
    }
  return g_string_free (out, FALSE);
}

static void
assert_told (const ProfTree *tree, const char *expected)
{
  g_autofree char *text = told (tree);

  g_assert_cmpstr (text, ==, expected);
}

static void
test_nodes_know_both_sides (void)
{
  g_autoptr (ProfTree) tree = compared (BEFORE, NOW, PROF_TREE_BY_NAME);

  assert_told (tree,
               "all 75>110 =130\n"
               " main 75>110 =130\n"
               "  fresh 0>15 =15\n"
               "   sort 0>15 =15\n"
               "  old 10>0 =10\n"
               "   indent 10>0 =10\n"
               "  work 60>90 =100\n"
               "   parse 40>30 =40\n"
               "   render 20>60 =60\n");
  g_assert_cmpfloat (prof_tree_change_scale (tree)->whole, ==, 110);
}

static void
test_before_has_nothing_new (void)
{
  g_autoptr (ProfTree) tree = compared (BEFORE, NOW, PROF_TREE_WEIGHS_BEFORE);

  assert_told (tree,
               "all 75>110 =75\n"
               " main 75>110 =75\n"
               "  work 60>90 =60\n"
               "   parse 40>30 =40\n"
               "   render 20>60 =20\n"
               "  old 10>0 =10\n"
               "   indent 10>0 =10\n");
}

static void
test_now_has_nothing_gone (void)
{
  g_autoptr (ProfTree) tree = compared (BEFORE, NOW, PROF_TREE_WEIGHS_NOW);

  assert_told (tree,
               "all 75>110 =110\n"
               " main 75>110 =110\n"
               "  work 60>90 =90\n"
               "   render 20>60 =60\n"
               "   parse 40>30 =30\n"
               "  fresh 0>15 =15\n"
               "   sort 0>15 =15\n");
}

static void
test_leaves_can_come_first (void)
{
  g_autoptr (ProfTree) tree = compared ("main;f 4\n",
                                        "main;f 1\nmain;g 2\n",
                                        PROF_TREE_LEAF_FIRST);

  assert_told (tree,
               "all 4>3 =6\n"
               " f 4>1 =4\n"
               "  main 4>1 =4\n"
               " g 0>2 =2\n"
               "  main 0>2 =2\n");
}

static void
test_the_same_twice_is_no_change (void)
{
  g_autoptr (ProfTree) tree = compared (NOW, NOW, PROF_TREE_BY_NAME);
  const ProfChange    *changes = prof_tree_changes (tree);

  g_assert_cmpuint (prof_tree_n_nodes (tree), ==, 7);
  for (ProfNodeId n = 0; n < prof_tree_n_nodes (tree); n++)
    {
      g_assert_cmpint (changes[n].total_before, ==, changes[n].total_now);
      g_assert_cmpuint (prof_tree_weight (tree, n),
                        ==,
                        (uint64_t)changes[n].total_now);
      g_assert_cmpint (prof_change_step (&changes[n],
                                         prof_tree_change_scale (tree)),
                       ==,
                       0);
    }
}

static void
test_without_samples_there_is_a_root (void)
{
  g_autoptr (ProfTree) tree = compared ("", "", PROF_TREE_BY_NAME);

  assert_told (tree, "all 0>0 =0\n");
}

static void
test_others_have_no_changes (void)
{
  g_autoptr (ProfTree) tree = test_tree (NOW, 0);

  g_assert_null (prof_tree_changes (tree));
}

/* Widths add up, whichever side they are of. */
static void
check_laws (const ProfTree *tree)
{
  const ProfNode   *nodes = prof_tree_nodes (tree);
  const ProfChange *changes = prof_tree_changes (tree);

  for (ProfNodeId n = 0; n < prof_tree_n_nodes (tree); n++)
    {
      uint64_t   below = 0;
      ProfNodeId end = n + nodes[n].size;

      for (ProfNodeId c = n + 1; c < end; c += nodes[c].size)
        {
          g_assert_cmpuint (prof_tree_start_in_parent (tree, c), ==, below);
          g_assert_cmpuint (prof_tree_weight (tree, c), >, 0);
          below += prof_tree_weight (tree, c);
        }
      g_assert_cmpuint (below, <=, prof_tree_weight (tree, n));
      g_assert_cmpuint (below, ==, prof_tree_weights (tree)[n].children);
      g_assert_cmpint (nodes[n].total,
                       ==,
                       changes[n].total_now - changes[n].total_before);
    }
}

static char *
random_text (void)
{
  GString *text = g_string_new (NULL);

  for (int s = g_test_rand_int_range (0, 60); s > 0; s--)
    {
      for (int d = g_test_rand_int_range (1, 9); d > 0; d--)
        g_string_append_printf (text,
                                "f%d%s",
                                g_test_rand_int_range (0, 6),
                                d > 1 ? ";" : "");
      g_string_append_printf (text, " %d\n", g_test_rand_int_range (0, 9));
    }
  return g_string_free (text, FALSE);
}

static void
test_random_profiles_keep_the_laws (void)
{
  static const ProfTreeFlags flags[] = {
    PROF_TREE_PLAIN,      PROF_TREE_WEIGHS_BEFORE, PROF_TREE_WEIGHS_NOW,
    PROF_TREE_LEAF_FIRST, PROF_TREE_BY_NAME,       PROF_TREE_COLLAPSED,
  };

  for (int round = 0; round < 60; round++)
    {
      g_autofree char *before = random_text ();
      g_autofree char *now = random_text ();

      for (size_t f = 0; f < G_N_ELEMENTS (flags); f++)
        {
          g_autoptr (ProfTree) tree = compared (before, now, flags[f]);

          check_laws (tree);
        }
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/tree-compared/nodes-know-both-sides",
                   test_nodes_know_both_sides);
  g_test_add_func ("/tree-compared/before-has-nothing-new",
                   test_before_has_nothing_new);
  g_test_add_func ("/tree-compared/now-has-nothing-gone",
                   test_now_has_nothing_gone);
  g_test_add_func ("/tree-compared/leaves-can-come-first",
                   test_leaves_can_come_first);
  g_test_add_func ("/tree-compared/the-same-twice-is-no-change",
                   test_the_same_twice_is_no_change);
  g_test_add_func ("/tree-compared/without-samples-there-is-a-root",
                   test_without_samples_there_is_a_root);
  g_test_add_func ("/tree-compared/others-have-no-changes",
                   test_others_have_no_changes);
  g_test_add_func ("/tree-compared/random-profiles-keep-the-laws",
                   test_random_profiles_keep_the_laws);
  return g_test_run ();
}
