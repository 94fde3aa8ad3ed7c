/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "test-util.h"

#include <string.h>

static ProfTop *
top_of (const char *text, const ProfTopParams *params)
{
  g_autoptr (ProfProfile) profile = test_profile (text);
  g_autoptr (ProfFrames)  frames = prof_frames_new (profile, 0);

  return prof_top_new (frames, 0, params);
}

static const ProfTopRow *
row_of (const ProfTop *top, const char *name)
{
  const ProfTopRow *rows = prof_top_rows (top);

  for (size_t r = 0; r < prof_top_n_rows (top); r++)
    if (strcmp (prof_frames_name (prof_top_frames (top), rows[r].frame),
                name) == 0)
      return &rows[r];
  return NULL;
}

static void
assert_row (const ProfTop *top, const char *name, int64_t flat, int64_t cum)
{
  const ProfTopRow *row = row_of (top, name);

  g_assert_nonnull (row);
  g_assert_cmpint (row->flat, ==, flat);
  g_assert_cmpint (row->cum, ==, cum);
}

/* Names in the order of the rows, with a blank between them. */
static void
assert_order (const ProfTop *top, const char *expected)
{
  g_autoptr (GString) names = g_string_new (NULL);

  for (size_t r = 0; r < prof_top_n_rows (top); r++)
    g_string_append_printf (names,
                            "%s%s",
                            r > 0 ? " " : "",
                            prof_frames_name (prof_top_frames (top),
                                              prof_top_rows (top)[r].frame));
  g_assert_cmpstr (names->str, ==, expected);
}

static void
test_flat_is_the_leaf_and_cum_the_path (void)
{
  g_autoptr (ProfTop) top = top_of ("main;f 5\nmain;f;g 2\nmain 1\n", NULL);

  assert_row (top, "main", 1, 8);
  assert_row (top, "f", 5, 7);
  assert_row (top, "g", 2, 2);
  g_assert_cmpint (prof_top_total (top), ==, 8);
}

static void
test_recursion_counts_once (void)
{
  g_autoptr (ProfTop) top = top_of ("main;f;f;f 7\nmain;g 3\n", NULL);

  assert_row (top, "f", 7, 7);
}

static void
test_mutual_recursion_counts_once (void)
{
  g_autoptr (ProfTop) top = top_of ("main;f;f;f;g 10\n"
                                    "main;f;g;f 20\n"
                                    "main 30\n",
                                    NULL);

  assert_row (top, "main", 30, 60);
  assert_row (top, "f", 20, 30);
  assert_row (top, "g", 10, 30);
  assert_order (top, "main f g");
}

static void
test_inlined_recursion_counts_once (void)
{
  g_autoptr (ProfTop) top = top_of ("f<f<main;f 4\n", NULL);

  assert_row (top, "f", 4, 4);
  assert_row (top, "main", 0, 4);
}

static void
test_an_empty_stack_counts_in_the_total_only (void)
{
  g_autoptr (ProfTop) top = top_of ("main;[/bin/app] 1\n"
                                    "[/bin/app] 2\n"
                                    " 5\n",
                                    NULL);

  g_assert_cmpint (prof_top_total (top), ==, 8);
  assert_row (top, "[app]", 3, 3);
  assert_row (top, "main", 0, 1);
}

static void
test_rows_come_by_size_then_name (void)
{
  g_autoptr (ProfTop) top = top_of ("b 2\na 2\nc -7\nd;e 1\n", NULL);

  assert_order (top, "c a b e d");
}

static void
test_rows_can_come_by_cum (void)
{
  ProfTopParams       params = PROF_TOP_PARAMS_INIT;
  g_autoptr (ProfTop) top = NULL;

  params.by_cum = true;
  top = top_of ("z;b 2\nz;a 3\n", &params);
  assert_order (top, "z a b");
}

static void
test_what_cancels_out_vanishes (void)
{
  g_autoptr (ProfTop) top = top_of ("main;f;x 5\nmain;f;y -5\nmain 3\n", NULL);

  g_assert_null (row_of (top, "f"));
  assert_row (top, "y", -5, -5);
  g_assert_cmpint (prof_top_total (top), ==, 13);
}

static void
test_rows_below_the_fraction_are_dropped (void)
{
  g_autoptr (ProfTop) top = top_of ("big 995\nsmall 4\nlimit 5\n", NULL);

  g_assert_null (row_of (top, "small"));
  assert_row (top, "limit", 5, 5);
  g_assert_cmpuint (prof_top_n_dropped (top), ==, 1);
  g_assert_cmpint (prof_top_total (top), ==, 1004);
}

static void
test_nothing_is_dropped_when_the_cutoff_rounds_to_0 (void)
{
  g_autoptr (ProfTop) top = top_of ("big 198\nsmall 1\n", NULL);

  assert_row (top, "small", 1, 1);
  g_assert_cmpuint (prof_top_n_dropped (top), ==, 0);
}

/* 5 % of 100 - 90, not of 190. */
static void
test_the_cutoff_is_a_share_of_the_signed_sum (void)
{
  ProfTopParams       params = { .node_fraction = 0.2 };
  g_autoptr (ProfTop) top = top_of ("a 100\nb -90\nc 2\n", &params);

  assert_row (top, "c", 2, 2);
}

static void
test_a_dropped_leaf_takes_its_flat_along (void)
{
  g_autoptr (ProfTop) top = top_of ("main;big 1000\nmain;small 3\n", NULL);

  assert_row (top, "main", 0, 1003);
}

static void
test_a_count_keeps_the_first_rows (void)
{
  ProfTopParams       params = PROF_TOP_PARAMS_INIT;
  g_autoptr (ProfTop) top = NULL;

  params.node_count = 2;
  top = top_of ("a 3\nb 2\nc 1\n", &params);
  assert_order (top, "a b");
  g_assert_cmpuint (prof_top_n_before_count (top), ==, 3);
}

static void
test_inlined_everywhere_is_inlined (void)
{
  g_autoptr (ProfTop) top = top_of ("main;inner<outer 4\n", NULL);

  g_assert_cmpint (row_of (top, "inner")->inlined, ==, PROF_INLINED_ALWAYS);
  g_assert_cmpint (row_of (top, "outer")->inlined, ==, PROF_INLINED_NEVER);
}

static void
test_inlined_into_some_is_partly_inlined (void)
{
  g_autoptr (ProfTop) top = top_of ("main;inner<outer 4\nmain;inner 1\n", NULL);

  g_assert_cmpint (row_of (top, "inner")->inlined, ==, PROF_INLINED_SOMETIMES);
}

/* One caller that once inlined it and once did not is a caller that did not. */
static void
test_one_real_call_makes_the_caller_real (void)
{
  g_autoptr (ProfTop) top = top_of ("inner<outer 4\nouter;inner 1\n", NULL);

  g_assert_cmpint (row_of (top, "inner")->inlined, ==, PROF_INLINED_NEVER);
}

/* Only the first time that a stack has a call counts. */
static void
test_the_outermost_call_of_a_stack_decides (void)
{
  g_autoptr (ProfTop) top = top_of ("inner<outer;outer;inner 4\n", NULL);

  g_assert_cmpint (row_of (top, "inner")->inlined, ==, PROF_INLINED_ALWAYS);
}

static void
test_a_function_inlined_into_itself_has_no_call (void)
{
  g_autoptr (ProfTop) top = top_of ("f<f 4\n", NULL);

  g_assert_cmpint (row_of (top, "f")->inlined, ==, PROF_INLINED_NEVER);
}

/* "rare" is cut, so the call into "inner" comes from "main" and is real only
 * where "rare" was in between. */
static void
test_calls_go_over_dropped_rows (void)
{
  g_autoptr (ProfTop) top = top_of ("inner<main 1000\n"
                                    "main;rare;inner<other 3\n",
                                    NULL);

  g_assert_null (row_of (top, "rare"));
  g_assert_cmpint (row_of (top, "inner")->inlined, ==, PROF_INLINED_ALWAYS);
}

static void
test_calls_below_the_edge_fraction_do_not_count (void)
{
  static const char   text[] = "inner<main 10000\nmain;rare;inner 9\n"
                               "rare 9000\n";
  ProfTopParams       params = PROF_TOP_PARAMS_INIT;
  g_autoptr (ProfTop) trimmed = top_of (text, &params);
  g_autoptr (ProfTop) full = NULL;

  params.edge_fraction = 0;
  full = top_of (text, &params);
  g_assert_cmpint (row_of (trimmed, "inner")->inlined, ==, PROF_INLINED_ALWAYS);
  g_assert_cmpint (row_of (full, "inner")->inlined, ==, PROF_INLINED_SOMETIMES);
}

static void
test_sums_stop_at_the_largest_number (void)
{
  g_autoptr (ProfTop) top = top_of ("f;g 9223372036854775807\nf;h 5\nf 1\n",
                                    NULL);

  g_assert_cmpint (row_of (top, "f")->cum, ==, INT64_MAX);
}

static void
test_without_samples_there_are_no_rows (void)
{
  g_autoptr (ProfTop) top = top_of ("", NULL);

  g_assert_cmpuint (prof_top_n_rows (top), ==, 0);
  g_assert_cmpint (prof_top_total (top), ==, 0);
}

static void
test_a_window_gets_every_function (void)
{
  static const ProfTopParams all = PROF_TOP_PARAMS_ALL;
  g_autoptr (ProfTop)        top = top_of ("big 1000000\nsmall 1\n", &all);

  g_assert_cmpuint (prof_top_n_rows (top), ==, 2);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(path, test) g_test_add_func ("/top/" path, test)
  ADD ("flat-is-the-leaf-and-cum-the-path",
       test_flat_is_the_leaf_and_cum_the_path);
  ADD ("recursion-counts-once", test_recursion_counts_once);
  ADD ("mutual-recursion-counts-once", test_mutual_recursion_counts_once);
  ADD ("inlined-recursion-counts-once", test_inlined_recursion_counts_once);
  ADD ("an-empty-stack-counts-in-the-total-only",
       test_an_empty_stack_counts_in_the_total_only);
  ADD ("rows-come-by-size-then-name", test_rows_come_by_size_then_name);
  ADD ("rows-can-come-by-cum", test_rows_can_come_by_cum);
  ADD ("what-cancels-out-vanishes", test_what_cancels_out_vanishes);
  ADD ("rows-below-the-fraction-are-dropped",
       test_rows_below_the_fraction_are_dropped);
  ADD ("nothing-is-dropped-when-the-cutoff-rounds-to-0",
       test_nothing_is_dropped_when_the_cutoff_rounds_to_0);
  ADD ("the-cutoff-is-a-share-of-the-signed-sum",
       test_the_cutoff_is_a_share_of_the_signed_sum);
  ADD ("a-dropped-leaf-takes-its-flat-along",
       test_a_dropped_leaf_takes_its_flat_along);
  ADD ("a-count-keeps-the-first-rows", test_a_count_keeps_the_first_rows);
  ADD ("inlined-everywhere-is-inlined", test_inlined_everywhere_is_inlined);
  ADD ("inlined-into-some-is-partly-inlined",
       test_inlined_into_some_is_partly_inlined);
  ADD ("one-real-call-makes-the-caller-real",
       test_one_real_call_makes_the_caller_real);
  ADD ("the-outermost-call-of-a-stack-decides",
       test_the_outermost_call_of_a_stack_decides);
  ADD ("a-function-inlined-into-itself-has-no-call",
       test_a_function_inlined_into_itself_has_no_call);
  ADD ("calls-go-over-dropped-rows", test_calls_go_over_dropped_rows);
  ADD ("calls-below-the-edge-fraction-do-not-count",
       test_calls_below_the_edge_fraction_do_not_count);
  ADD ("sums-stop-at-the-largest-number", test_sums_stop_at_the_largest_number);
  ADD ("without-samples-there-are-no-rows",
       test_without_samples_there_are_no_rows);
  ADD ("a-window-gets-every-function", test_a_window_gets_every_function);
#undef ADD
  return g_test_run ();
}
