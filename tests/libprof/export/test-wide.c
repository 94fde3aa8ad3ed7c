/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "test-util.h"

#include <math.h>
#include <string.h>

/* Trees that have only what is wide: node by node and as pictures beside the
 * whole ones. */

static const char *const examples[] = {
  "data/examples/qrcode-cpu.prof",
  "data/examples/qrcode-mem.prof",
  "data/examples/server-allocs.prof",
  "data/examples/server-block.prof",
  "data/examples/server-cpu.prof",
  "data/examples/server-goroutine.prof",
  "data/examples/server-heap.prof",
  "data/examples/server-mutex.prof",
  "data/examples/server-threadcreate.prof",
  "tests/data/profiles/constructed/inline-deep.pb",
  "tests/data/profiles/constructed/empty-stacks.pb",
  "tests/data/profiles/constructed/inline-partial.pb",
};

static ProfAnswer *
ask (ProfProfile *profile)
{
  g_autoptr (ProfQuery) query = prof_query_new ();
  ProfAnswer           *answer = prof_answer_new (profile, query, NULL, NULL);

  g_assert_nonnull (answer);
  return answer;
}

static ProfAnswer *
answer_of (const char *relative)
{
  g_autofree char        *path = test_source_path (relative);
  g_autoptr (GError)      error = NULL;
  g_autoptr (ProfProfile) profile = prof_format_load (path, NULL, NULL, &error);

  g_assert_no_error (error);
  return ask (profile);
}

static ProfTree *
tree_of (ProfAnswer *answer, ProfTreeFlags flags, double least)
{
  g_autoptr (GError) error = NULL;
  ProfTree *tree = prof_tree_new_wide (answer, flags, least, NULL, &error);

  g_assert_no_error (error);
  return tree;
}

/* --- Node by node --- */

static void
assert_equal_nodes (const ProfTree *wide,
                    ProfNodeId      one,
                    const ProfTree *whole,
                    ProfNodeId      other)
{
  const ProfNode *left = &prof_tree_nodes (wide)[one];
  const ProfNode *right = &prof_tree_nodes (whole)[other];

  g_assert_cmpstr (prof_tree_name (wide, one),
                   ==,
                   prof_tree_name (whole, other));
  g_assert_cmpint (left->total, ==, right->total);
  g_assert_cmpuint (prof_tree_weight (wide, one),
                    ==,
                    prof_tree_weight (whole, other));
  if (one > 0)
    g_assert_cmpuint (prof_tree_start_in_parent (wide, one),
                      ==,
                      prof_tree_start_in_parent (whole, other));
  g_assert_cmpuint (left->flags & ~(uint32_t)PROF_NODE_CLOSED,
                    ==,
                    right->flags);
  g_assert_cmpuint (right->flags & PROF_NODE_CLOSED, ==, 0);
}

/* Both in preorder; of what is narrow the wide one has one node. */
static void
compare (ProfTree *wide, ProfTree *whole, double least)
{
  const ProfNode *nodes = prof_tree_nodes (whole);
  double          least_weight = least * (double)prof_tree_weight (whole, 0);
  ProfNodeId      other = 0;
  uint32_t        height = 0;
  size_t          n_closed = 0;

  for (ProfNodeId one = 0; one < prof_tree_n_nodes (wide); one++)
    {
      const ProfNode *node = &prof_tree_nodes (wide)[one];
      bool            is_narrow = (double)prof_tree_weight (wide, one) <
                       floor (least_weight * (1 - 1e-6));

      assert_equal_nodes (wide, one, whole, other);
      height = MAX (height, prof_tree_depth (wide, one));
      if (is_narrow)
        g_assert_cmpuint (node->size, ==, 1);
      if (is_narrow)
        g_assert_true ((node->flags & PROF_NODE_CLOSED) != 0);
      if ((node->flags & PROF_NODE_CLOSED) != 0)
        n_closed++;
      else
        g_assert_cmpint (node->self, ==, nodes[other].self);
      if (node->size > 1 || !is_narrow)
        g_assert_true (node->self == nodes[other].self || node->size == 1);
      if (node->size == 1)
        g_assert_cmpint (node->self, ==, node->total);
      other += node->size == 1 ? nodes[other].size : 1;
    }
  g_assert_cmpuint (other, ==, prof_tree_n_nodes (whole));
  g_assert_true (prof_tree_is_whole (wide) == (n_closed == 0));
  g_assert_cmpuint (height, ==, prof_tree_height (wide));
  g_assert_cmpuint (prof_tree_nodes (wide)->size, ==, prof_tree_n_nodes (wide));
}

static void
test_wide_nodes_are_those_of_the_whole_tree (void)
{
  static const ProfTreeFlags flags[] = { PROF_TREE_PLAIN, PROF_TREE_BY_NAME };
  static const double        leasts[] = { 1, 0.1, 0.01, 0.002, 1e-9 };

  for (size_t e = 0; e < G_N_ELEMENTS (examples); e++)
    for (size_t f = 0; f < G_N_ELEMENTS (flags); f++)
      for (size_t l = 0; l < G_N_ELEMENTS (leasts); l++)
        {
          g_autoptr (ProfAnswer) answer = answer_of (examples[e]);
          g_autoptr (ProfTree)   wide = tree_of (answer, flags[f], leasts[l]);
          g_autoptr (ProfTree)   whole = tree_of (answer, flags[f], 0);

          compare (wide, whole, leasts[l]);
        }
}

static void
test_what_is_closed_is_opened (void)
{
  g_autoptr (ProfAnswer) answer = answer_of ("data/examples/server-cpu.prof");
  g_autoptr (ProfTree)   wide = tree_of (answer, PROF_TREE_BY_NAME, 0.1);
  g_autoptr (ProfTree)   whole = tree_of (answer, PROF_TREE_BY_NAME, 0);
  g_autoptr (ProfTree)   opened = prof_tree_new_whole (wide, NULL, NULL);

  g_assert_false (prof_tree_is_whole (wide));
  g_assert_true (prof_tree_is_whole (opened));
  g_assert_true (prof_tree_frames (opened) == prof_tree_frames (wide));
  g_assert_cmpuint (prof_tree_n_nodes (opened), ==, prof_tree_n_nodes (whole));
  compare (opened, whole, 0);
}

static void
test_matches_count_below_closed_nodes (void)
{
  static const char *const texts[] = { "runtime", "gc", "json", "e", "main" };

  for (size_t e = 0; e < G_N_ELEMENTS (examples); e++)
    for (size_t t = 0; t < G_N_ELEMENTS (texts); t++)
      {
        g_autoptr (ProfAnswer) answer = answer_of (examples[e]);
        g_autoptr (ProfTree)   wide = tree_of (answer, PROF_TREE_PLAIN, 0.1);
        g_autoptr (ProfTree)   whole = tree_of (answer, PROF_TREE_PLAIN, 0);
        g_autoptr (ProfSearch) some = prof_search_new (wide, texts[t], 0, NULL);
        g_autoptr (ProfSearch) all = prof_search_new (whole, texts[t], 0, NULL);

        g_assert_cmpint (prof_search_total (some), ==, prof_search_total (all));
        g_assert_cmpuint (prof_search_n_frames (some),
                          ==,
                          prof_search_n_frames (all));
      }
}

static void
test_most_of_a_large_tree_is_not_grown (void)
{
  g_autoptr (ProfAnswer) answer = answer_of ("data/examples/server-cpu.prof");
  g_autoptr (ProfTree)   wide = tree_of (answer, PROF_TREE_PLAIN, 0.01);
  g_autoptr (ProfTree)   whole = tree_of (answer, PROF_TREE_PLAIN, 0);

  g_assert_cmpuint (prof_tree_n_nodes (wide) * 2, <, prof_tree_n_nodes (whole));
}

/* Of these, what is wide is known only at the end. */
static void
assert_whole (const char *text, ProfTreeFlags flags)
{
  g_autoptr (ProfProfile) profile = test_profile (text);
  g_autoptr (ProfAnswer)  answer = ask (profile);
  g_autoptr (ProfTree)    wide = tree_of (answer, flags, 0.5);
  g_autoptr (ProfTree)    whole = tree_of (answer, flags, 0);

  g_assert_cmpuint (prof_tree_n_nodes (wide), ==, prof_tree_n_nodes (whole));
}

static void
test_some_trees_are_always_whole (void)
{
  assert_whole ("a;b;c 90\na;d;e 3\n", PROF_TREE_LEAF_FIRST);
  assert_whole ("a;b;c 90\na;d;e 3\n", PROF_TREE_COLLAPSED);
  assert_whole ("a;b;c 90\na;d;e -3\n", PROF_TREE_PLAIN);
  assert_whole ("a;b;c 9223372036854775807\na;d;e 3\n", PROF_TREE_PLAIN);
  assert_whole ("#types cpu/nanoseconds\n", PROF_TREE_PLAIN);
}

static void
test_inlined_frames_have_nodes_of_their_own (void)
{
  g_autoptr (ProfProfile) profile = test_profile ("a;b<c<d;e 8\n"
                                                  "a;b<c 1\n"
                                                  "a;b;c 1\n");
  g_autoptr (ProfAnswer)  answer = ask (profile);
  g_autoptr (ProfTree)    wide = tree_of (answer, PROF_TREE_PLAIN, 0.1);
  g_autoptr (ProfTree)    whole = tree_of (answer, PROF_TREE_PLAIN, 0);

  compare (wide, whole, 0.1);
  g_assert_cmpuint (prof_tree_n_nodes (wide), ==, prof_tree_n_nodes (whole));
}

/* --- As pictures --- */

static void
assert_same_pictures (ProfAnswer              *answer,
                      const ProfExportOptions *options,
                      ProfTreeFlags            flags,
                      const char              *suffix)
{
  double               least = prof_export_least (options, suffix);
  g_autoptr (GError)   error = NULL;
  g_autoptr (ProfTree) wide = tree_of (answer, flags, least);
  g_autoptr (ProfTree) whole = tree_of (answer, flags, 0);
  g_autoptr (GBytes)   one = NULL;
  g_autoptr (GBytes)   other = NULL;

  g_assert_cmpfloat (least, >, 0);
  one = prof_export_flame_bytes (wide, options, suffix, &error);
  g_assert_no_error (error);
  other = prof_export_flame_bytes (whole, options, suffix, &error);
  g_assert_no_error (error);
  g_assert_true (g_bytes_equal (one, other));
}

static void
test_pictures_are_those_of_the_whole_tree (void)
{
  for (size_t e = 0; e < G_N_ELEMENTS (examples); e++)
    {
      g_autoptr (ProfAnswer) answer = answer_of (examples[e]);
      ProfExportOptions      options = PROF_EXPORT_OPTIONS_INIT;

      options.interactive = true;
      assert_same_pictures (answer, &options, PROF_TREE_PLAIN, ".svg");
      options.width_px = 700.4;
      options.min_width_px = 5;
      assert_same_pictures (answer, &options, PROF_TREE_BY_NAME, ".svg");
      options.interactive = false;
      options.flame = true;
      options.min_width_px = 0;
      options.coloring.scheme = PROF_SCHEME_SELF;
      assert_same_pictures (answer, &options, PROF_TREE_PLAIN, ".svg");
      assert_same_pictures (answer, &options, PROF_TREE_BY_NAME, ".png");
    }
}

static void
test_all_is_needed_for_some_files (void)
{
  ProfExportOptions options = PROF_EXPORT_OPTIONS_INIT;

  g_assert_cmpfloat (prof_export_least (&options, "a.svg"), >, 0);
  g_assert_cmpfloat (prof_export_least (&options, "a.html"), ==, 0);
  g_assert_cmpfloat (prof_export_least (&options, "a.json"), ==, 0);
  options.start = 1;
  options.end = 2;
  g_assert_cmpfloat (prof_export_least (&options, "a.svg"), ==, 0);
  options.start = options.end = 0;
  options.paper_width_pt = 100;
  g_assert_cmpfloat (prof_export_least (&options, "a.pdf"), ==, 0);
  options.paper_width_pt = 0;
  options.width_px = NAN;
  g_assert_cmpfloat (prof_export_least (&options, "a.pdf"), ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/wide/wide-nodes-are-those-of-the-whole-tree",
                   test_wide_nodes_are_those_of_the_whole_tree);
  g_test_add_func ("/wide/what-is-closed-is-opened",
                   test_what_is_closed_is_opened);
  g_test_add_func ("/wide/matches-count-below-closed-nodes",
                   test_matches_count_below_closed_nodes);
  g_test_add_func ("/wide/most-of-a-large-tree-is-not-grown",
                   test_most_of_a_large_tree_is_not_grown);
  g_test_add_func ("/wide/some-trees-are-always-whole",
                   test_some_trees_are_always_whole);
  g_test_add_func ("/wide/inlined-frames-have-nodes-of-their-own",
                   test_inlined_frames_have_nodes_of_their_own);
  g_test_add_func ("/wide/pictures-are-those-of-the-whole-tree",
                   test_pictures_are_those_of_the_whole_tree);
  g_test_add_func ("/wide/all-is-needed-for-some-files",
                   test_all_is_needed_for_some_files);
  return g_test_run ();
}
