/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "test-util.h"
#include "viewer-test.h"
#include "viewer-tree-model.h"
#include "viewer-tree-row.h"

#include <string.h>

/* A model, and a second list that believes what it is told about changes. */
typedef struct
{
  ViewerResult    *result;
  ViewerTreeModel *model;
  GArray          *told; /* ProfNodeId */
} Fixture;

static void
items_changed (GListModel *model,
               guint       at,
               guint       removed,
               guint       added,
               Fixture    *fixture)
{
  ViewerTreeModel *tree = VIEWER_TREE_MODEL (model);

  if (removed > 0)
    g_array_remove_range (fixture->told, at, removed);
  for (guint i = 0; i < added; i++)
    {
      ProfNodeId node = viewer_tree_model_node (tree, at + i);

      g_array_insert_val (fixture->told, at + i, node);
    }
}

static void
fixture_init (Fixture *fixture, const char *text)
{
  fixture->result = result_of (text);
  fixture->model = viewer_tree_model_new ();
  fixture->told = g_array_new (FALSE, FALSE, sizeof (ProfNodeId));
  g_signal_connect (fixture->model,
                    "items-changed",
                    G_CALLBACK (items_changed),
                    fixture);
  viewer_tree_model_set (fixture->model, fixture->result);
}

static void
fixture_clear (Fixture *fixture)
{
  g_object_unref (fixture->model);
  viewer_result_unref (fixture->result);
  g_array_unref (fixture->told);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Fixture, fixture_clear)

static guint
n_rows (Fixture *fixture)
{
  return g_list_model_get_n_items (G_LIST_MODEL (fixture->model));
}

static guint
position_of (Fixture *fixture, const char *name)
{
  return viewer_tree_model_find (fixture->model,
                                 test_node (fixture->result->tree, name));
}

/* Names with a blank for each level, a line each; what can be opened has "+". */
static void
assert_rows (Fixture *fixture, const char *expected)
{
  g_autoptr (GString) out = g_string_new (NULL);

  for (guint i = 0; i < n_rows (fixture); i++)
    {
      g_autoptr (ViewerTreeRow) row =
          g_list_model_get_item (G_LIST_MODEL (fixture->model), i);
      gboolean open = viewer_tree_row_get_expanded (row);

      g_assert_cmpint (open,
                       ==,
                       viewer_tree_model_is_expanded (fixture->model, i));
      g_string_append_printf (out,
                              "%*s%s%s\n",
                              (int)viewer_tree_row_get_depth (row) - 1,
                              "",
                              prof_tree_name (fixture->result->tree,
                                              viewer_tree_row_get_id (row)),
                              viewer_tree_row_get (row)->size > 1 && !open
                                  ? "+"
                                  : "");
    }
  g_assert_cmpstr (out->str, ==, expected);
}

#define SHOP       \
  "main;a;x 5\n"   \
  "main;a;y;z 3\n" \
  "main;b 2\n"     \
  "idle;wait 1\n"

static void
test_at_first_there_is_what_is_below_the_root (void)
{
  g_auto (Fixture) fixture = { 0 };

  fixture_init (&fixture, SHOP);
  assert_rows (&fixture, "main+\nidle+\n");
}

static void
test_rows_open_and_close (void)
{
  g_auto (Fixture) fixture = { 0 };

  fixture_init (&fixture, SHOP);
  viewer_tree_model_expand (fixture.model, 0);
  assert_rows (&fixture, "main\n a+\n b\nidle+\n");
  viewer_tree_model_expand (fixture.model, 0);
  assert_rows (&fixture, "main\n a+\n b\nidle+\n");
  viewer_tree_model_expand (fixture.model, 1);
  viewer_tree_model_expand (fixture.model, 5);
  assert_rows (&fixture, "main\n a\n  x\n  y+\n b\nidle\n wait\n");
  g_assert_cmpuint (viewer_tree_model_n_below (fixture.model, 0), ==, 4);
  viewer_tree_model_collapse (fixture.model, 0);
  assert_rows (&fixture, "main+\nidle\n wait\n");
  /* What was open inside is closed. */
  viewer_tree_model_expand (fixture.model, 0);
  assert_rows (&fixture, "main\n a+\n b\nidle\n wait\n");
}

static void
test_leaves_and_nothing_do_not_open (void)
{
  g_auto (Fixture) fixture = { 0 };

  fixture_init (&fixture, "main 1\n");
  viewer_tree_model_expand (fixture.model, 0);
  viewer_tree_model_collapse (fixture.model, 0);
  viewer_tree_model_expand_subtree (fixture.model, 0);
  viewer_tree_model_expand (fixture.model, 7);
  viewer_tree_model_collapse (fixture.model, G_MAXUINT);
  viewer_tree_model_expand_subtree (fixture.model, G_MAXUINT);
  assert_rows (&fixture, "main\n");
  g_assert_cmpuint (viewer_tree_model_node (fixture.model, 1),
                    ==,
                    PROF_ID_NONE);
}

static void
test_a_subtree_opens_as_a_whole (void)
{
  g_auto (Fixture) fixture = { 0 };

  fixture_init (&fixture, SHOP);
  viewer_tree_model_expand (fixture.model, 0);

  /* Who holds a row sees what becomes of it. */
  g_autoptr (ViewerTreeRow) held = g_list_model_get_item (G_LIST_MODEL (
                                                              fixture.model),
                                                          1);

  g_assert_cmpuint (viewer_tree_model_subtree_size (fixture.model, 0), ==, 5);
  viewer_tree_model_expand_subtree (fixture.model, 0);
  assert_rows (&fixture, "main\n a\n  x\n  y\n   z\n b\nidle+\n");
  g_assert_true (viewer_tree_row_get_expanded (held));
}

static void
test_what_is_above_a_node_can_be_opened (void)
{
  g_auto (Fixture) fixture = { 0 };
  ProfNodeId       z;

  fixture_init (&fixture, SHOP);
  z = test_node (fixture.result->tree, "z");
  g_assert_cmpuint (position_of (&fixture, "z"), ==, G_MAXUINT);
  g_assert_cmpuint (viewer_tree_model_reveal (fixture.model, z), ==, 4);
  assert_rows (&fixture, "main\n a\n  x\n  y\n   z\n b\nidle+\n");
  g_assert_cmpuint (viewer_tree_model_reveal (fixture.model, z), ==, 4);
  viewer_tree_model_collapse (fixture.model, position_of (&fixture, "a"));
  g_assert_cmpuint (viewer_tree_model_reveal (fixture.model, z), ==, 4);
}

static void
test_the_heaviest_path_leads_to_a_leaf (void)
{
  g_auto (Fixture) fixture = { 0 };

  fixture_init (&fixture, SHOP);
  g_assert_cmpuint (viewer_tree_heaviest_leaf (fixture.result),
                    ==,
                    test_node (fixture.result->tree, "x"));
}

static void
test_without_samples_there_are_no_rows (void)
{
  g_auto (Fixture) fixture = { 0 };

  fixture_init (&fixture, "main 0\n");
  g_assert_cmpuint (n_rows (&fixture), ==, 0);
  g_assert_cmpuint (viewer_tree_heaviest_leaf (fixture.result),
                    ==,
                    PROF_ID_NONE);
  viewer_tree_model_set (fixture.model, NULL);
  g_assert_cmpuint (n_rows (&fixture), ==, 0);
}

static void
count (ViewerTreeRow *row, guint *n)
{
  (*n)++;
}

static void
test_other_colors_close_nothing (void)
{
  g_auto (Fixture)         fixture = { 0 };
  ProfColoring             coloring = { .scheme = PROF_SCHEME_SELF };
  g_autoptr (ViewerResult) other = NULL;
  guint                    n = 0;

  fixture_init (&fixture, SHOP);
  viewer_tree_model_expand (fixture.model, 0);

  g_autoptr (ViewerTreeRow) row = g_list_model_get_item (G_LIST_MODEL (
                                                             fixture.model),
                                                         0);

  g_signal_connect (row, "changed", G_CALLBACK (count), &n);
  other = viewer_result_recolored (fixture.result, &coloring);
  viewer_tree_model_set (fixture.model, other);
  assert_rows (&fixture, "main\n a+\n b\nidle+\n");
  g_assert_cmpuint (n, ==, 1);
  g_assert_true (viewer_tree_row_get_result (row) == other);
}

static void
test_another_tree_begins_closed (void)
{
  g_auto (Fixture)          fixture = { 0 };
  g_autoptr (ViewerTreeRow) old = NULL;

  fixture_init (&fixture, SHOP);
  viewer_tree_model_expand_subtree (fixture.model, 0);
  old = g_list_model_get_item (G_LIST_MODEL (fixture.model), 1);
  viewer_result_unref (fixture.result);
  fixture.result = result_of ("other;f 1\n");
  viewer_tree_model_set (fixture.model, fixture.result);
  assert_rows (&fixture, "other+\n");
  /* A row that is still held is of the old tree. */
  g_assert_cmpstr (prof_tree_name (viewer_tree_row_get_result (old)->tree,
                                   viewer_tree_row_get_id (old)),
                   ==,
                   "a");
}

static void
test_a_stack_may_be_very_deep (void)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_auto (Fixture)    fixture = { 0 };
  guint               depth = 60000;
  ProfNodeId          leaf;

  for (guint i = 0; i < depth; i++)
    g_string_append (text, i > 0 ? ";f" : "f");
  g_string_append (text, " 1\n");
  fixture_init (&fixture, text->str);
  leaf = viewer_tree_heaviest_leaf (fixture.result);
  g_assert_cmpuint (viewer_tree_model_reveal (fixture.model, leaf),
                    ==,
                    depth - 1);
  g_assert_cmpuint (viewer_tree_model_depth (fixture.model, depth - 1),
                    ==,
                    depth);
  viewer_tree_model_collapse (fixture.model, 0);
  g_assert_cmpuint (n_rows (&fixture), ==, 1);
  viewer_tree_model_expand_subtree (fixture.model, 0);
  g_assert_cmpuint (n_rows (&fixture), ==, depth);
}

/* Laws */

static GString *
random_text (void)
{
  GString *text = g_string_new (NULL);

  for (int s = g_test_rand_int_range (1, 40); s > 0; s--)
    {
      for (int f = g_test_rand_int_range (1, 7); f > 0; f--)
        g_string_append_printf (text,
                                "%c%s",
                                g_test_rand_int_range ('a', 'd'),
                                f > 1 ? ";" : "");
      g_string_append_printf (text, " %d\n", g_test_rand_int_range (1, 99));
    }
  return text;
}

/* A row is there when its parent is open, and an open one has all its children:
 * told and kept are the same, sorted, with the right depths. */
static void
assert_laws (Fixture *fixture)
{
  ViewerTreeModel *model = fixture->model;
  const ProfTree  *tree = fixture->result->tree;
  const ProfNode  *nodes = prof_tree_nodes (tree);
  guint            n = n_rows (fixture);
  guint            n_there = 0;

  g_assert_cmpuint (fixture->told->len, ==, n);
  for (guint i = 0; i < n; i++)
    {
      ProfNodeId node = viewer_tree_model_node (model, i);

      g_assert_cmpuint (node, ==, g_array_index (fixture->told, ProfNodeId, i));
      g_assert_cmpuint (viewer_tree_model_find (model, node), ==, i);
      g_assert_cmpuint (viewer_tree_model_depth (model, i),
                        ==,
                        prof_tree_depth (tree, node));
    }
  for (ProfNodeId node = 1; node < nodes[0].size; node++)
    {
      guint    above = viewer_tree_model_find (model, nodes[node].parent);
      gboolean there = viewer_tree_model_find (model, node) != G_MAXUINT;

      n_there += there;
      g_assert_cmpint (there,
                       ==,
                       nodes[node].parent == 0 ||
                           (above != G_MAXUINT &&
                            viewer_tree_model_is_expanded (model, above)));
    }
  g_assert_cmpuint (n_there, ==, n);
}

static void
do_anything (Fixture *fixture)
{
  guint  position = (guint)g_test_rand_int_range (0, (gint32)n_rows (fixture));
  gint32 n_nodes = (gint32)prof_tree_n_nodes (fixture->result->tree);

  switch (g_test_rand_int_range (0, 5))
    {
    case 0:
    case 1:
      viewer_tree_model_expand (fixture->model, position);
      break;
    case 2:
      viewer_tree_model_collapse (fixture->model, position);
      break;
    case 3:
      viewer_tree_model_expand_subtree (fixture->model, position);
      break;
    default:
      viewer_tree_model_reveal (fixture->model,
                                (ProfNodeId)g_test_rand_int_range (1, n_nodes));
    }
}

static void
test_whatever_is_done_rows_are_whole (void)
{
  for (int round = 0; round < 60; round++)
    {
      g_autoptr (GString) text = random_text ();
      g_auto (Fixture)    fixture = { 0 };

      fixture_init (&fixture, text->str);
      for (int step = 0; step < 20; step++)
        {
          do_anything (&fixture);
          assert_laws (&fixture);
        }
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/tree-model/at-first-there-is-what-is-below-the-root",
                   test_at_first_there_is_what_is_below_the_root);
  g_test_add_func ("/tree-model/rows-open-and-close", test_rows_open_and_close);
  g_test_add_func ("/tree-model/leaves-and-nothing-do-not-open",
                   test_leaves_and_nothing_do_not_open);
  g_test_add_func ("/tree-model/a-subtree-opens-as-a-whole",
                   test_a_subtree_opens_as_a_whole);
  g_test_add_func ("/tree-model/what-is-above-a-node-can-be-opened",
                   test_what_is_above_a_node_can_be_opened);
  g_test_add_func ("/tree-model/the-heaviest-path-leads-to-a-leaf",
                   test_the_heaviest_path_leads_to_a_leaf);
  g_test_add_func ("/tree-model/without-samples-there-are-no-rows",
                   test_without_samples_there_are_no_rows);
  g_test_add_func ("/tree-model/other-colors-close-nothing",
                   test_other_colors_close_nothing);
  g_test_add_func ("/tree-model/another-tree-begins-closed",
                   test_another_tree_begins_closed);
  g_test_add_func ("/tree-model/a-stack-may-be-very-deep",
                   test_a_stack_may_be_very_deep);
  g_test_add_func ("/tree-model/whatever-is-done-rows-are-whole",
                   test_whatever_is_done_rows_are_whole);
  return g_test_run ();
}
