/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "report-util.h"

#include <gio/gio.h>
#include <string.h>

static char *
dot_of (ProfProfile *profile, const char *options)
{
  g_autoptr (GError)     error = NULL;
  g_autoptr (ProfAnswer) answer = report_answer (prof_profile_ref (profile),
                                                 options);
  GString               *out = g_string_new (NULL);
  ProfSink               sink = prof_sink_to_string (out);

  prof_report_dot (answer, &sink, &error);
  g_assert_no_error (error);
  return g_string_free (out, FALSE);
}

static char *
dot_of_text (const char *text, const char *options)
{
  g_autoptr (ProfProfile) profile = test_profile (text);

  return dot_of (profile, options);
}

static void
assert_has (const char *dot, const char *expected)
{
  if (strstr (dot, expected) == NULL)
    g_error ("%s\nis not in\n%s", expected, dot);
}

static void
assert_has_not (const char *dot, const char *unexpected)
{
  if (strstr (dot, unexpected) != NULL)
    g_error ("%s\nis in\n%s", unexpected, dot);
}

/* Labels, sizes that share boxes, calls over what was left out, inlined ones,
 * names of other languages, lines, bytes that are no UTF-8. */
static void
test_graphs_are_those_of_pprof (gconstpointer data)
{
  const char             *name = data;
  g_autoptr (ProfProfile) profile = report_constructed_profile (name);
  g_autofree char        *dot = dot_of (profile, "");
  g_autofree char        *golden = g_strdup_printf ("dot/%s.dot", name);

  test_golden (golden, dot);
}

static void
test_letters_grow_with_the_root_of_flat (void)
{
  g_autofree char *dot = dot_of_text ("main;big 100\n"
                                      "main;small 1\n",
                                      "--no-trim");

  assert_has (dot, "label=\"big\\n100 (99.01%)\" id=\"node1\" fontsize=24");
  assert_has (dot, "label=\"small\\n1 (0.99%)\" id=\"node3\" fontsize=10");
  assert_has (dot, "label=\"main\\n0 of 101 (100%)\" id=\"node2\" fontsize=8");
}

static void
test_calls_are_as_thick_as_they_weigh (void)
{
  g_autofree char *dot = dot_of_text ("main;all 199\nmain;none 1\n",
                                      "--no-trim");

  assert_has (dot, "[label=\" 199\" weight=100 penwidth=5 color=");
  assert_has (dot, "[label=\" 1\" color=");
}

static void
test_what_is_less_than_before_is_green (void)
{
  g_autofree char *dot = dot_of_text ("more 10\nless -10\n", "");

  assert_has (dot, "tooltip=\"more (10)\" color=\"#b22100\"");
  assert_has (dot, "tooltip=\"less (-10)\" color=\"#21b200\"");
}

static void
test_a_call_tree_has_a_node_for_each_path (void)
{
  static const char text[] = "main;a;f 1\nmain;b;f 2\n";
  g_autofree char  *graph = dot_of_text (text, "");
  g_autofree char  *tree = dot_of_text (text, "--call-tree");

  assert_has_not (graph, "N5 [");
  assert_has (tree, "N5 [");
}

static void
test_as_many_nodes_as_asked_for_are_shown (void)
{
  static const char text[] = "main;a 3\nmain;b 2\nmain;c 1\n";
  g_autofree char  *two = dot_of_text (text, "--nodecount=2");

  assert_has (two, "Showing top 2 nodes out of 4");
  assert_has_not (two, "N3 [");
}

static void
test_quotes_and_backslashes_cannot_end_a_text (void)
{
  g_autofree char *dot = dot_of_text ("f\"g\\;[/b\"\\] 3\n", "");

  assert_has (dot, "digraph \"b\\\"\\\\\" {");
  assert_has (dot, "label=\"f\\\"g\\\\\\n0 of 3");
  assert_has (dot, "label=\"[b\\\"\\\\]\\n3");
}

static void
test_filters_stand_in_the_legend (void)
{
  g_autofree char *dot = dot_of_text ("main 1\n", "--focus=main");

  assert_has (dot, "Active filters:\\l   focus=main\\l");
  assert_has (dot, "total\\l\\lSee https://git.io/JfYMW");
}

static void
test_a_profile_without_samples_has_a_legend_only (void)
{
  g_autofree char *dot = dot_of_text ("", "");

  g_assert_cmpstr (dot,
                   ==,
                   "digraph \"unnamed\" {\n"
                   "node [style=filled fillcolor=\"#f8f8f8\"]\n"
                   "subgraph cluster_L { \"Type: samples\" [shape=box "
                   "fontsize=16 label=\"Type: samples\\lShowing nodes "
                   "accounting for 0, 0% of 0 total\\l\\lSee "
                   "https://git.io/JfYMW for how to read the graph\\l\"] }\n"
                   "}\n");
}

static bool
refuse (void *data, const void *bytes, size_t length, GError **error)
{
  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_NO_SPACE, "no room");
  return false;
}

static void
test_a_sink_that_fails_ends_the_report (void)
{
  g_autoptr (ProfProfile) profile = test_profile ("main 1\n");
  g_autoptr (ProfAnswer)  answer = report_answer (prof_profile_ref (profile),
                                                 "");
  g_autoptr (GError)      error = NULL;
  ProfSink                sink = { .write = refuse };

  g_assert_false (prof_report_dot (answer, &sink, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NO_SPACE);
}

int
main (int argc, char **argv)
{
  static const char *const goldens[] = {
    "labels-many",    "labels-bytes-with-unit",
    "trimmed-chain",  "labels-both-kinds",
    "inline-deep",    "names-cpp",
    "lines",          "kernel",
    "names-not-utf8", "no-samples",
  };

  g_test_init (&argc, &argv, NULL);
  for (size_t g = 0; g < G_N_ELEMENTS (goldens); g++)
    {
      g_autofree char *path = NULL;

      path = g_strdup_printf ("/report-dot/graphs-are-those-of-pprof/%s",
                              goldens[g]);
      g_test_add_data_func (path, goldens[g], test_graphs_are_those_of_pprof);
    }
#define ADD(path, test) g_test_add_func ("/report-dot/" path, test)
  ADD ("letters-grow-with-the-root-of-flat",
       test_letters_grow_with_the_root_of_flat);
  ADD ("calls-are-as-thick-as-they-weigh",
       test_calls_are_as_thick_as_they_weigh);
  ADD ("what-is-less-than-before-is-green",
       test_what_is_less_than_before_is_green);
  ADD ("a-call-tree-has-a-node-for-each-path",
       test_a_call_tree_has_a_node_for_each_path);
  ADD ("as-many-nodes-as-asked-for-are-shown",
       test_as_many_nodes_as_asked_for_are_shown);
  ADD ("quotes-and-backslashes-cannot-end-a-text",
       test_quotes_and_backslashes_cannot_end_a_text);
  ADD ("filters-stand-in-the-legend", test_filters_stand_in_the_legend);
  ADD ("a-profile-without-samples-has-a-legend-only",
       test_a_profile_without_samples_has_a_legend_only);
  ADD ("a-sink-that-fails-ends-the-report",
       test_a_sink_that_fails_ends_the_report);
#undef ADD
  return g_test_run ();
}
