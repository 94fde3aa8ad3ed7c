/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "test-util.h"

#include <string.h>

typedef struct
{
  ProfFrames *frames;
  ProfTree   *callers;
  ProfTree   *callees;
} Sandwich;

static ProfFrameId
frame_named (const ProfFrames *frames, const char *name)
{
  for (ProfFrameId f = 0; f < prof_frames_n (frames); f++)
    if (strcmp (prof_frames_name (frames, f), name) == 0)
      return f;
  g_error ("no function %s", name);
}

static Sandwich
sandwich_of (ProfFrames *frames, ProfFrameId frame, ProfTreeFlags flags)
{
  g_autoptr (GError) error = NULL;
  Sandwich           self = { .frames = prof_frames_ref (frames) };

  self.callers = prof_sandwich_callers (frames, 0, frame, flags, NULL, &error);
  g_assert_no_error (error);
  self.callees = prof_sandwich_callees (frames, 0, frame, flags, NULL, &error);
  g_assert_no_error (error);
  return self;
}

static Sandwich
sandwich (const char *text, const char *name, ProfTreeFlags flags)
{
  g_autoptr (ProfProfile) profile = test_profile (text);
  g_autoptr (ProfFrames)  frames = prof_frames_new (profile, 0);

  return sandwich_of (frames, frame_named (frames, name), flags);
}

static void
sandwich_clear (Sandwich *self)
{
  prof_tree_unref (self->callers);
  prof_tree_unref (self->callees);
  prof_frames_unref (self->frames);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Sandwich, sandwich_clear)

/* "f 12 (3)": name, total and self of each node, a line each, with a blank in
 * front for each level. */
static char *
told (const ProfTree *tree)
{
  const ProfNode *nodes = prof_tree_nodes (tree);
  GString        *out = g_string_new (NULL);

  for (ProfNodeId n = 0; n < prof_tree_n_nodes (tree); n++)
    g_string_append_printf (out,
                            "%*s%s %d (%d)\n",
                            (int)prof_tree_depth (tree, n),
                            "",
                            prof_tree_name (tree, n),
                            (int)nodes[n].total,
                            (int)nodes[n].self);
  return g_string_free (out, FALSE);
}

static void
assert_tree (const ProfTree *tree, const char *expected)
{
  g_autofree char *text = told (tree);

  g_assert_cmpstr (text, ==, expected);
}

static void
test_callers_are_above_and_callees_below (void)
{
  g_auto (Sandwich) self = sandwich ("main;a;f;x 3\n"
                                     "main;a;f;y 1\n"
                                     "main;b;f;x 5\n"
                                     "main;b;f 2\n"
                                     "main;b;x 9\n",
                                     "f",
                                     PROF_TREE_PLAIN);

  assert_tree (self.callers,
               "f 11 (0)\n"
               " b 7 (0)\n"
               "  main 7 (7)\n"
               " a 4 (0)\n"
               "  main 4 (4)\n");
  assert_tree (self.callees,
               "f 11 (2)\n"
               " x 8 (8)\n"
               " y 1 (1)\n");
  g_assert_cmpuint (prof_tree_flags (self.callers), ==, PROF_TREE_LEAF_FIRST);
  g_assert_cmpuint (prof_tree_flags (self.callees), ==, PROF_TREE_PLAIN);
}

static void
test_a_stack_is_cut_at_the_first_of_recursive_calls (void)
{
  g_auto (Sandwich) self = sandwich ("main;f;g;f;x 3\n"
                                     "main;g;f;f 4\n",
                                     "f",
                                     PROF_TREE_PLAIN);

  assert_tree (self.callers,
               "f 7 (0)\n"
               " g 4 (0)\n"
               "  main 4 (4)\n"
               " main 3 (3)\n");
  assert_tree (self.callees,
               "f 7 (0)\n"
               " f 4 (4)\n"
               " g 3 (0)\n"
               "  f 3 (0)\n"
               "   x 3 (3)\n");
}

static void
test_recursion_can_be_collapsed (void)
{
  g_auto (Sandwich) self = sandwich ("main;g;g;f;f;x;x 3\n",
                                     "f",
                                     PROF_TREE_COLLAPSED);

  assert_tree (self.callers,
               "f 3 (0)\n"
               " g 3 (0)\n"
               "  main 3 (3)\n");
  assert_tree (self.callees,
               "f 3 (0)\n"
               " x 3 (3)\n");
}

static void
test_inlined_calls_are_on_both_sides (void)
{
  g_auto (Sandwich) self = sandwich ("main;x<f<outer 4\n"
                                     "main;outer;f;x 1\n",
                                     "f",
                                     PROF_TREE_PLAIN);
  const ProfNode   *above = prof_tree_nodes (self.callers);
  const ProfNode   *below = prof_tree_nodes (self.callees);

  assert_tree (self.callers,
               "f 5 (0)\n"
               " outer 5 (0)\n"
               "  main 5 (5)\n");
  assert_tree (self.callees,
               "f 5 (0)\n"
               " x 5 (5)\n");
  /* Once each was called for real. */
  g_assert_cmpuint (above[1].flags & PROF_NODE_INLINED, ==, 0);
  g_assert_cmpuint (below[1].flags & PROF_NODE_INLINED, ==, 0);

  g_auto (Sandwich) inlined = sandwich ("main;x<f<outer 4\n",
                                        "f",
                                        PROF_TREE_PLAIN);

  above = prof_tree_nodes (inlined.callers);
  below = prof_tree_nodes (inlined.callees);
  g_assert_cmpuint (above[1].flags & PROF_NODE_INLINED, !=, 0);
  g_assert_cmpuint (above[2].flags & PROF_NODE_INLINED, ==, 0);
  g_assert_cmpuint (below[1].flags & PROF_NODE_INLINED, !=, 0);
}

static void
test_a_function_inlined_into_itself_is_cut_outside (void)
{
  g_auto (Sandwich) self = sandwich ("main;f<g<f<h 4\n", "f", PROF_TREE_PLAIN);

  assert_tree (self.callers,
               "f 4 (0)\n"
               " h 4 (0)\n"
               "  main 4 (4)\n");
  assert_tree (self.callees,
               "f 4 (0)\n"
               " g 4 (0)\n"
               "  f 4 (4)\n");
}

static void
test_the_outermost_function_has_no_callers (void)
{
  g_auto (Sandwich) self = sandwich ("main;f 4\nmain 1\n",
                                     "main",
                                     PROF_TREE_PLAIN);

  assert_tree (self.callers, "main 5 (5)\n");
  assert_tree (self.callees,
               "main 5 (1)\n"
               " f 4 (4)\n");
}

static void
test_a_function_of_nothing_is_a_root_alone (void)
{
  g_auto (Sandwich) self = sandwich ("main;f;x 0\nmain;g 2\n",
                                     "f",
                                     PROF_TREE_PLAIN);

  assert_tree (self.callers, "f 0 (0)\n");
  assert_tree (self.callees, "f 0 (0)\n");
  g_assert_cmpuint (prof_tree_weight (self.callees, 0), ==, 0);
}

static void
test_what_cancels_out_stays_visible (void)
{
  g_auto (Sandwich) self = sandwich ("main;a;f 5\nmain;b;f -5\n",
                                     "f",
                                     PROF_TREE_PLAIN);

  assert_tree (self.callers,
               "f 0 (0)\n"
               " a 5 (0)\n"
               "  main 5 (5)\n"
               " b -5 (0)\n"
               "  main -5 (-5)\n");
  g_assert_cmpuint (prof_tree_weight (self.callees, 0), ==, 10);
}

static void
test_both_sides_of_a_comparison_are_known (void)
{
  g_autoptr (ProfProfile) base = test_profile ("main;f;x 4\n");
  g_autoptr (ProfProfile) now = test_profile ("main;f;x 1\nmain;g;f 2\n");
  g_autoptr (GError)      error = NULL;
  g_autoptr (ProfProfile) both = prof_subtract (now,
                                                base,
                                                PROF_SUBTRACT_APART,
                                                NULL,
                                                &error);
  g_assert_no_error (error);
  g_autoptr (ProfFrames) frames = prof_frames_new (both, 0);
  g_auto (Sandwich)      self = sandwich_of (frames,
                                        frame_named (frames, "f"),
                                        PROF_TREE_COMPARED);

  for (int side = 0; side < 2; side++)
    {
      const ProfTree   *tree = side == 0 ? self.callers : self.callees;
      const ProfChange *root = prof_tree_changes (tree);

      g_assert_nonnull (root);
      g_assert_cmpint (root->total_before, ==, 4);
      g_assert_cmpint (root->total_now, ==, 3);
    }
}

static void
test_it_can_be_cancelled (void)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (int i = 0; i < 70000; i++)
    g_string_append_printf (text, "main;f;x%d 1\n", i);

  g_autoptr (ProfProfile)  profile = test_profile (text->str);
  g_autoptr (ProfFrames)   frames = prof_frames_new (profile, 0);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (ProfProgress) progress = prof_progress_new (cancellable);
  ProfFrameId              f = frame_named (frames, "f");

  g_cancellable_cancel (cancellable);
  for (int side = 0; side < 2; side++)
    {
      g_autoptr (GError) error = NULL;
      ProfTree          *tree = side == 0 ? prof_sandwich_callers (frames,
                                                          0,
                                                          f,
                                                          PROF_TREE_PLAIN,
                                                          progress,
                                                          &error)
                                          : prof_sandwich_callees (frames,
                                                          0,
                                                          f,
                                                          PROF_TREE_PLAIN,
                                                          progress,
                                                          &error);

      g_assert_null (tree);
      g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
    }
}

/* Laws, against stacks that are walked one by one */

/* Stacks of up to six frames of which some are inlined; @may_recur: the same
 * function twice. */
static GString *
random_text (bool may_recur)
{
  GString *text = g_string_new (NULL);
  int      n = g_test_rand_int_range (1, 12);

  while (n-- > 0)
    {
      int first = g_test_rand_int_range (0, 7);

      for (int f = g_test_rand_int_range (0, 6); f >= 0; f--)
        g_string_append_printf (text,
                                "f%d%s",
                                may_recur ? g_test_rand_int_range (0, 5)
                                          : (first + f) % 7,
                                f == 0               ? ""
                                : g_test_rand_bit () ? ";"
                                                     : "<");
      g_string_append_printf (text,
                              " %d\n",
                              g_test_rand_int_range (may_recur ? -9 : 1, 99));
    }
  return text;
}

/* Names of a stack, outermost first. */
static GPtrArray *
names_of (const char *stack)
{
  GPtrArray     *names = g_ptr_array_new_with_free_func (g_free);
  g_auto (GStrv) places = g_strsplit_set (stack, ";", -1);

  for (char **place = places; *place != NULL; place++)
    {
      g_auto (GStrv) lines = g_strsplit_set (*place, "<", -1);

      for (guint l = g_strv_length (lines); l > 0; l--)
        g_ptr_array_add (names, g_strdup (lines[l - 1]));
    }
  return names;
}

static void
add (GHashTable *sums, const char *path, int value)
{
  int known = GPOINTER_TO_INT (g_hash_table_lookup (sums, path));

  g_hash_table_insert (sums, g_strdup (path), GINT_TO_POINTER (known + value));
}

/* Adds @value to each path from @names[at] on into one direction. */
static void
add_paths (GHashTable *sums, GPtrArray *names, guint at, int step, int value)
{
  g_autoptr (GString) path = g_string_new (NULL);

  for (guint i = at; i < names->len; i += (guint)step)
    {
      g_string_append_printf (path, "%s;", (char *)names->pdata[i]);
      add (sums, path->str, value);
    }
}

static void
sum_up (const char *text,
        const char *name,
        GHashTable *callers,
        GHashTable *callees)
{
  g_auto (GStrv) lines = g_strsplit_set (text, "\n", -1);

  for (char **line = lines; **line != '\0'; line++)
    {
      g_auto (GStrv)        parts = g_strsplit (*line, " ", 2);
      g_autoptr (GPtrArray) names = names_of (parts[0]);
      guint                 at = 0;

      while (at < names->len && strcmp (names->pdata[at], name) != 0)
        at++;
      if (at == names->len)
        continue;
      add_paths (callers, names, at, -1, atoi (parts[1]));
      add_paths (callees, names, at, 1, atoi (parts[1]));
    }
}

static char *
path_of (const ProfTree *tree, ProfNodeId node)
{
  GString *path = g_string_new (NULL);

  for (; node != PROF_ID_NONE; node = prof_tree_nodes (tree)[node].parent)
    {
      g_string_prepend (path, ";");
      g_string_prepend (path, prof_tree_name (tree, node));
    }
  return g_string_free (path, FALSE);
}

/* Each node is a path with its sum, and each path a node. */
static void
assert_paths (const ProfTree *tree, GHashTable *sums)
{
  g_assert_cmpuint (prof_tree_n_nodes (tree), ==, g_hash_table_size (sums));
  for (ProfNodeId n = 0; n < prof_tree_n_nodes (tree); n++)
    {
      g_autofree char *path = path_of (tree, n);
      gpointer         sum;

      g_assert_true (g_hash_table_lookup_extended (sums, path, NULL, &sum));
      g_assert_cmpint (prof_tree_nodes (tree)[n].total,
                       ==,
                       GPOINTER_TO_INT (sum));
    }
}

static int64_t
cum_of (ProfFrames *frames, ProfFrameId frame)
{
  ProfTopParams       params = PROF_TOP_PARAMS_ALL;
  g_autoptr (ProfTop) top = prof_top_new (frames, 0, &params);

  for (size_t r = 0; r < prof_top_n_rows (top); r++)
    if (prof_top_rows (top)[r].frame == frame)
      return prof_top_rows (top)[r].cum;
  return 0;
}

/* What the nodes below the root add up to. */
static int64_t
first_level (const ProfTree *tree)
{
  const ProfNode *nodes = prof_tree_nodes (tree);
  int64_t         sum = 0;

  for (ProfNodeId c = 1; c < nodes[0].size; c += nodes[c].size)
    sum += nodes[c].total;
  return sum;
}

/* Values of stacks on which a function is the outermost. */
static int64_t
outermost (const char *text, const char *name)
{
  g_auto (GStrv) lines = g_strsplit_set (text, "\n", -1);
  int64_t        sum = 0;

  for (char **line = lines; **line != '\0'; line++)
    {
      g_auto (GStrv)        parts = g_strsplit (*line, " ", 2);
      g_autoptr (GPtrArray) names = names_of (parts[0]);

      if (strcmp (names->pdata[0], name) == 0)
        sum += atoi (parts[1]);
    }
  return sum;
}

static void
assert_laws (ProfFrames *frames, ProfFrameId frame, const char *text)
{
  const char            *name = prof_frames_name (frames, frame);
  g_auto (Sandwich)      self = sandwich_of (frames, frame, PROF_TREE_PLAIN);
  const ProfNode        *above = prof_tree_nodes (self.callers);
  const ProfNode        *below = prof_tree_nodes (self.callees);
  int64_t                cum = cum_of (frames, frame);
  g_autoptr (GHashTable) callers = g_hash_table_new_full (g_str_hash,
                                                          g_str_equal,
                                                          g_free,
                                                          NULL);
  g_autoptr (GHashTable) callees = g_hash_table_new_full (g_str_hash,
                                                          g_str_equal,
                                                          g_free,
                                                          NULL);

  g_assert_cmpuint (above[0].frame, ==, frame);
  g_assert_cmpuint (below[0].frame, ==, frame);
  g_assert_cmpint (above[0].total, ==, cum);
  g_assert_cmpint (below[0].total, ==, cum);
  g_assert_cmpuint (prof_tree_weight (self.callers, 0),
                    ==,
                    prof_tree_weight (self.callees, 0));
  g_assert_cmpint (first_level (self.callers),
                   ==,
                   cum - outermost (text, name));
  g_assert_cmpint (above[0].self, ==, outermost (text, name));
  sum_up (text, name, callers, callees);
  assert_paths (self.callers, callers);
  assert_paths (self.callees, callees);
}

static void
test_every_path_has_its_sum (void)
{
  for (int round = 0; round < 300; round++)
    {
      g_autoptr (GString)     text = random_text (true);
      g_autoptr (ProfProfile) profile = test_profile (text->str);
      g_autoptr (ProfFrames)  frames = prof_frames_new (profile, 0);

      /* Paths of zeros are no nodes, as of sums of zero samples. */
      if (strstr (text->str, " 0\n") != NULL)
        continue;
      for (ProfFrameId f = 0; f < prof_frames_n (frames); f++)
        assert_laws (frames, f, text->str);
    }
}

/* Total of a child of the root. */
static int64_t
share_of (const ProfTree *tree, ProfFrameId frame)
{
  const ProfNode *nodes = prof_tree_nodes (tree);

  for (ProfNodeId c = 1; c < nodes[0].size; c += nodes[c].size)
    if (nodes[c].frame == frame)
      return nodes[c].total;
  g_error ("no such neighbour");
}

static size_t
n_first_level (const ProfTree *tree)
{
  const ProfNode *nodes = prof_tree_nodes (tree);
  size_t          n = 0;

  for (ProfNodeId c = 1; c < nodes[0].size; c += nodes[c].size)
    n++;
  return n;
}

/* What "peek" prints are the calls of this graph. */
static void
assert_calls (ProfGraph *graph, uint32_t id)
{
  const ProfGraphNode *nodes = prof_graph_nodes (graph);
  size_t               n_edges;
  const ProfGraphEdge *edges = prof_graph_edges (graph, &n_edges);
  size_t               n;
  const uint32_t      *calls;
  g_auto (Sandwich)    self = sandwich_of (prof_graph_frames (graph),
                                        nodes[id].frame,
                                        PROF_TREE_PLAIN);

  calls = prof_graph_callers (graph, id, &n);
  g_assert_cmpuint (n, ==, n_first_level (self.callers));
  for (size_t c = 0; c < n; c++)
    g_assert_cmpint (edges[calls[c]].weight,
                     ==,
                     share_of (self.callers,
                               nodes[edges[calls[c]].source].frame));
  calls = prof_graph_callees (graph, id, &n);
  g_assert_cmpuint (n, ==, n_first_level (self.callees));
  for (size_t c = 0; c < n; c++)
    g_assert_cmpint (edges[calls[c]].weight,
                     ==,
                     share_of (self.callees,
                               nodes[edges[calls[c]].target].frame));
  g_assert_cmpint (prof_graph_node_flat (&nodes[id]),
                   ==,
                   prof_tree_nodes (self.callees)[0].self);
}

static void
test_without_recursion_neighbours_are_those_of_peek (void)
{
  for (int round = 0; round < 100; round++)
    {
      g_autoptr (GString)     text = random_text (false);
      g_autoptr (ProfProfile) profile = test_profile (text->str);
      g_autoptr (ProfFrames)  frames = prof_frames_new (profile, 0);
      ProfGraphParams         params = PROF_GRAPH_PARAMS_INIT;
      g_autoptr (ProfGraph)   graph = NULL;

      params.node_fraction = 0;
      params.edge_fraction = 0;
      graph = prof_graph_new (frames, 0, &params);
      for (uint32_t n = 0; n < prof_graph_n_nodes (graph); n++)
        assert_calls (graph, n);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/sandwich/callers-are-above-and-callees-below",
                   test_callers_are_above_and_callees_below);
  g_test_add_func ("/sandwich/a-stack-is-cut-at-the-first-of-recursive-calls",
                   test_a_stack_is_cut_at_the_first_of_recursive_calls);
  g_test_add_func ("/sandwich/recursion-can-be-collapsed",
                   test_recursion_can_be_collapsed);
  g_test_add_func ("/sandwich/inlined-calls-are-on-both-sides",
                   test_inlined_calls_are_on_both_sides);
  g_test_add_func ("/sandwich/a-function-inlined-into-itself-is-cut-outside",
                   test_a_function_inlined_into_itself_is_cut_outside);
  g_test_add_func ("/sandwich/the-outermost-function-has-no-callers",
                   test_the_outermost_function_has_no_callers);
  g_test_add_func ("/sandwich/a-function-of-nothing-is-a-root-alone",
                   test_a_function_of_nothing_is_a_root_alone);
  g_test_add_func ("/sandwich/what-cancels-out-stays-visible",
                   test_what_cancels_out_stays_visible);
  g_test_add_func ("/sandwich/both-sides-of-a-comparison-are-known",
                   test_both_sides_of_a_comparison_are_known);
  g_test_add_func ("/sandwich/it-can-be-cancelled", test_it_can_be_cancelled);
  g_test_add_func ("/sandwich/every-path-has-its-sum",
                   test_every_path_has_its_sum);
  g_test_add_func ("/sandwich/without-recursion-neighbours-are-those-of-peek",
                   test_without_recursion_neighbours_are_those_of_peek);
  return g_test_run ();
}
