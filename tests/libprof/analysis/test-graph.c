/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "test-util.h"

#include <string.h>

static ProfGraph *
graph_of (const char *text, const ProfGraphParams *params)
{
  static const ProfGraphParams whole = { .unit = "minimum",
                                         .bytes_unit = "bytes" };
  g_autoptr (ProfProfile)      profile = test_profile (text);
  size_t                       type = prof_profile_default_type (profile);
  g_autoptr (ProfFrames)       frames = prof_frames_new (profile, type);

  return prof_graph_new (frames, type, params != NULL ? params : &whole);
}

static const char *
name_of (const ProfGraph *graph, uint32_t node)
{
  return prof_frames_name (prof_graph_frames (graph),
                           prof_graph_nodes (graph)[node].frame);
}

/* "main 1/8 f 5/7": nodes in order, flat and cum. */
static void
assert_nodes (const ProfGraph *graph, const char *expected)
{
  const ProfGraphNode *nodes = prof_graph_nodes (graph);
  g_autoptr (GString)  text = g_string_new (NULL);

  for (size_t n = 0; n < prof_graph_n_nodes (graph); n++)
    g_string_append_printf (text,
                            "%s%s %" G_GINT64_FORMAT "/%" G_GINT64_FORMAT,
                            n > 0 ? " " : "",
                            name_of (graph, (uint32_t)n),
                            prof_graph_node_flat (&nodes[n]),
                            prof_graph_node_cum (&nodes[n]));
  g_assert_cmpstr (text->str, ==, expected);
}

/* "main>f 7 f..g 2": edges in order; ".." over what was left out, "~" inlined.
 */
static void
assert_edges (const ProfGraph *graph, const char *expected)
{
  size_t               n;
  const ProfGraphEdge *edges = prof_graph_edges (graph, &n);
  g_autoptr (GString)  text = g_string_new (NULL);

  for (size_t e = 0; e < n; e++)
    g_string_append_printf (text,
                            "%s%s%s%s%s %" G_GINT64_FORMAT,
                            e > 0 ? " " : "",
                            name_of (graph, edges[e].source),
                            edges[e].residual ? ".." : ">",
                            name_of (graph, edges[e].target),
                            edges[e].inlined ? "~" : "",
                            prof_graph_edge_weight (&edges[e]));
  g_assert_cmpstr (text->str, ==, expected);
}

static void
test_recursion_counts_once (void)
{
  g_autoptr (ProfGraph) graph = graph_of ("main;f;f;f;g 10\n"
                                          "main;f;g;f 20\n"
                                          "main 30\n",
                                          NULL);

  assert_nodes (graph, "main 30/60 f 20/30 g 10/30");
  assert_edges (graph, "f>g 30 main>f 30 g>f 20");
}

static void
test_calls_are_sorted_by_weight_then_name (void)
{
  g_autoptr (ProfGraph) graph = graph_of ("b;x 1\na;x 1\nb;y 2\n", NULL);

  assert_edges (graph, "b>y 2 a>x 1 b>x 1");
}

static void
test_a_call_is_inlined_when_each_time (void)
{
  g_autoptr (ProfGraph) graph = graph_of ("in<out 1\nx<y 2\ny;x 3\n", NULL);

  assert_edges (graph, "y>x 5 out>in~ 1");
}

static void
test_calls_lead_over_what_is_left_out (void)
{
  ProfGraphParams       params = { .node_fraction = 0.1 };
  g_autoptr (ProfGraph) graph = NULL;

  graph = graph_of ("a;small;b 1\na;b 50\nc 49\nsmall 1\n", &params);
  assert_nodes (graph, "b 51/51 c 49/49 a 0/51");
  assert_edges (graph, "a..b 51");
  g_assert_cmpuint (prof_graph_n_dropped_nodes (graph), ==, 1);
}

static void
test_flat_of_what_is_left_out_goes_to_nobody (void)
{
  ProfGraphParams       params = { .node_count = 1 };
  g_autoptr (ProfGraph) graph = graph_of ("a;b 2\na 3\n", &params);

  assert_nodes (graph, "a 3/5");
  g_assert_cmpuint (prof_graph_n_before_count (graph), ==, 2);
}

static void
test_light_calls_are_dropped (void)
{
  ProfGraphParams       params = { .edge_fraction = 0.1 };
  g_autoptr (ProfGraph) graph = graph_of ("a;b 99\na;c 1\nc 50\n", &params);

  assert_edges (graph, "a>b 99");
  g_assert_cmpuint (prof_graph_n_dropped_edges (graph), ==, 1);
}

static void
test_what_cancels_is_mentioned_by_calls_only (void)
{
  g_autoptr (ProfGraph) graph = graph_of ("a;b;c 5\na;b;d -5\na 1\n", NULL);

  assert_nodes (graph, "c 5/5 d -5/-5 a 1/1");
  assert_edges (graph, "b>c 5 b>d -5 a>b 0");
}

static void
test_negative_nodes_can_be_left_out (void)
{
  ProfGraphParams       params = { .drop_negative = true };
  g_autoptr (ProfGraph) graph = graph_of ("a 5\nb -7\n", &params);

  assert_nodes (graph, "a 5/5");
}

static void
test_a_mean_is_divided_by_the_first_value (void)
{
  ProfGraphParams       params = { .mean = true };
  g_autoptr (ProfGraph) graph = NULL;

  graph = graph_of ("#types n/count,delay/nanoseconds\n"
                    "a;b 2,10\na;b 3,15\na 0,7\n",
                    &params);
  assert_nodes (graph, "b 5/5 a 7/6");
  assert_edges (graph, "a>b 5");
}

static void
test_a_tree_has_a_node_for_each_path (void)
{
  ProfGraphParams params = { .call_tree = true, .order = PROF_GRAPH_BY_CUM };
  g_autoptr (ProfGraph) graph = graph_of ("a;f 3\nb;f 2\na;f;f 1\n", &params);

  assert_nodes (graph, "a 0/4 f 3/4 b 0/2 f 2/2 f 1/1");
  assert_edges (graph, "a>f 4 b>f 2 f>f 1");
}

static void
test_a_tree_is_cut_in_place (void)
{
  ProfGraphParams       params = { .call_tree = true, .node_fraction = 0.5 };
  g_autoptr (ProfGraph) graph = NULL;

  graph = graph_of ("a;b;c 60\nx;y 4\na;z 1\n", &params);
  assert_nodes (graph, "c 60/60 a 0/61 b 0/60");
  assert_edges (graph, "a>b 60 b>c 60");
}

static void
test_the_root_of_a_tree_can_be_cut_off (void)
{
  ProfGraphParams       params = { .call_tree = true, .node_count = 1 };
  g_autoptr (ProfGraph) graph = graph_of ("a;b;c 60\n", &params);

  assert_nodes (graph, "c 60/60");
  assert_edges (graph, "");
}

static void
test_a_picture_shows_a_way_once (void)
{
  ProfGraphParams       params = { .visual = true,
                                   .order = PROF_GRAPH_BY_ENTROPY,
                                   .node_count = 3,
                                   .unit = "minimum",
                                   .bytes_unit = "bytes" };
  g_autoptr (ProfGraph) graph = NULL;

  /* a reaches c over b and, where x is left out, directly. */
  graph = graph_of ("a;b;c 50\na;b 20\na;x;c 10\na 30\nc 7\n", &params);
  g_assert_cmpuint (prof_graph_n_nodes (graph), ==, 3);
  assert_edges (graph, "a>b 70 b>c 50");
}

static void
test_nothing_makes_an_empty_graph (void)
{
  g_autoptr (ProfGraph) graph = graph_of ("", NULL);

  assert_nodes (graph, "");
  assert_edges (graph, "");
}

/* What goes in is never more than a node's cum, and what it calls or ends in is
 * no less, without recursion. */
static void
test_calls_add_up (void)
{
  g_autoptr (ProfGraph) graph = graph_of ("a;b;c 5\na;b 4\nd;b;e 3\na 2\n",
                                          NULL);
  const ProfGraphNode  *nodes = prof_graph_nodes (graph);
  size_t                n_edges;
  const ProfGraphEdge  *edges = prof_graph_edges (graph, &n_edges);

  for (size_t v = 0; v < prof_graph_n_nodes (graph); v++)
    {
      size_t          n;
      const uint32_t *callees = prof_graph_callees (graph, (uint32_t)v, &n);
      int64_t         sum = nodes[v].flat;

      for (size_t c = 0; c < n; c++)
        sum += edges[callees[c]].weight;
      g_assert_cmpint (sum, ==, nodes[v].cum);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(path, test) g_test_add_func ("/graph/" path, test)
  ADD ("recursion-counts-once", test_recursion_counts_once);
  ADD ("calls-are-sorted-by-weight-then-name",
       test_calls_are_sorted_by_weight_then_name);
  ADD ("a-call-is-inlined-when-each-time",
       test_a_call_is_inlined_when_each_time);
  ADD ("calls-lead-over-what-is-left-out",
       test_calls_lead_over_what_is_left_out);
  ADD ("flat-of-what-is-left-out-goes-to-nobody",
       test_flat_of_what_is_left_out_goes_to_nobody);
  ADD ("light-calls-are-dropped", test_light_calls_are_dropped);
  ADD ("what-cancels-is-mentioned-by-calls-only",
       test_what_cancels_is_mentioned_by_calls_only);
  ADD ("negative-nodes-can-be-left-out", test_negative_nodes_can_be_left_out);
  ADD ("a-mean-is-divided-by-the-first-value",
       test_a_mean_is_divided_by_the_first_value);
  ADD ("a-tree-has-a-node-for-each-path", test_a_tree_has_a_node_for_each_path);
  ADD ("a-tree-is-cut-in-place", test_a_tree_is_cut_in_place);
  ADD ("the-root-of-a-tree-can-be-cut-off",
       test_the_root_of_a_tree_can_be_cut_off);
  ADD ("a-picture-shows-a-way-once", test_a_picture_shows_a_way_once);
  ADD ("nothing-makes-an-empty-graph", test_nothing_makes_an_empty_graph);
  ADD ("calls-add-up", test_calls_add_up);
#undef ADD
  return g_test_run ();
}
