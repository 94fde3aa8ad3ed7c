/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "analysis/prof-stack-walk.h"

#include "test-util.h"
#include <string.h>

/* "main@1=10 f@2=3 ...": name, depth and total of each node in turn. */
static char *
describe (ProfProfile *profile, const ProfFrames *frames)
{
  g_autoptr (ProfStackTotals) totals = prof_stack_totals_new (profile, 0);
  GString                    *out = g_string_new (NULL);
  ProfStackWalk               walk;

  prof_stack_walk_init (&walk, profile, totals);
  while (prof_stack_walk_next (&walk))
    {
      size_t             n;
      const ProfFrameId *of_node;

      of_node = prof_frames_of_location (frames,
                                         walk.nodes[walk.node].location,
                                         &n);
      g_string_append_printf (out,
                              "%s%s@%u=%" G_GINT64_FORMAT,
                              out->len > 0 ? " " : "",
                              prof_frames_name (frames, of_node[n - 1]),
                              walk.depth,
                              prof_stack_walk_total (&walk));
    }
  prof_stack_walk_clear (&walk);
  return g_string_free (out, FALSE);
}

static void
assert_walk (const char *text, const char *expected)
{
  g_autoptr (ProfProfile) profile = test_profile (text);
  g_autoptr (ProfFrames)  frames = prof_frames_new (profile, 0);
  g_autofree char        *walk = describe (profile, frames);

  g_assert_cmpstr (walk, ==, expected);
}

static void
test_nodes_come_before_what_is_below_them (void)
{
  assert_walk ("main;a;b 1\n"
               "main;c 2\n"
               "init 4\n"
               "main;a;d 8\n"
               "main;a;b;e 16\n"
               "init;f 32\n",
               "main@1=27 a@2=25 b@3=17 e@4=16 d@3=8 c@2=2 "
               "init@1=36 f@2=32");
  assert_walk ("", "");
  assert_walk (" 3\n", "");
}

static void
test_zeros_are_passed_by (void)
{
  assert_walk ("a;b;c 0\na;b 0\na;d 1\ne;f 0\ng 2\n", "a@1=1 d@2=1 g@1=2");
  assert_walk ("a;b 5\na;c -5\n", "a@1=0 b@2=5 c@2=-5");
}

static void
test_marks_are_on_the_path_as_long_as_their_node (void)
{
  g_autoptr (ProfProfile)     profile = test_profile ("a;b 1\na;c 1\nd 1\n");
  g_autoptr (ProfStackTotals) totals = prof_stack_totals_new (profile, 0);
  g_autofree ProfStackMark   *marks = prof_stack_marks_new (2);
  ProfStackWalk               walk;

  prof_stack_walk_init (&walk, profile, totals);
  g_assert_true (prof_stack_walk_next (&walk)); /* a */
  g_assert_false (prof_stack_walk_has (&walk, marks[0]));
  marks[0] = prof_stack_walk_mark (&walk);
  g_assert_true (prof_stack_walk_has (&walk, marks[0]));
  g_assert_true (prof_stack_walk_next (&walk)); /* b */
  marks[1] = prof_stack_walk_mark (&walk);
  g_assert_true (prof_stack_walk_has (&walk, marks[0]));
  g_assert_true (prof_stack_walk_has (&walk, marks[1]));
  g_assert_true (prof_stack_walk_next (&walk)); /* c */
  g_assert_true (prof_stack_walk_has (&walk, marks[0]));
  g_assert_false (prof_stack_walk_has (&walk, marks[1]));
  g_assert_true (prof_stack_walk_next (&walk)); /* d */
  g_assert_false (prof_stack_walk_has (&walk, marks[0]));
  g_assert_false (prof_stack_walk_has (&walk, marks[1]));
  g_assert_false (prof_stack_walk_next (&walk));
  prof_stack_walk_clear (&walk);
}

static void
assert_sum (const char *text, const char *name, int64_t flat, int64_t cum)
{
  g_autoptr (ProfProfile)     profile = test_profile (text);
  g_autoptr (ProfFrames)      frames = prof_frames_new (profile, 0);
  g_autofree ProfGroupSum    *sums = NULL;
  size_t                      n = prof_frames_n (frames);
  g_autoptr (ProfStackTotals) totals = prof_stack_totals_new (profile, 0);

  sums = prof_stack_sum_groups (frames, totals, 0, NULL, n, 1);
  for (size_t f = 0; f < n; f++)
    if (strcmp (prof_frames_name (frames, (ProfFrameId)f), name) == 0)
      {
        g_assert_cmpint (sums[f].flat, ==, flat);
        g_assert_cmpint (sums[f].cum, ==, cum);
        return;
      }
  g_assert_not_reached ();
}

static void
test_recursion_counts_once (void)
{
  const char *text = "main;f;g;f 7\n"
                     "main;g 3\n"
                     "main;f 1\n"
                     "other;f<f;f 2\n";

  assert_sum (text, "f", 10, 10);
  assert_sum (text, "g", 3, 10);
  assert_sum (text, "main", 0, 11);
}

/* Beside a path with a frame it counts anew. */
static void
test_siblings_count_each (void)
{
  const char *text = "main;a;f 1\n"
                     "main;b;f 2\n"
                     "main;a;c;f 4\n"
                     "main;f 8\n";

  assert_sum (text, "f", 15, 15);
  assert_sum (text, "a", 0, 5);
}

static void
test_the_empty_stack_is_of_no_frame (void)
{
  assert_sum (" 5\nmain 2\n", "main", 2, 2);
}

/* What is summed by groups counts once for the group. */
static void
test_groups_count_once (void)
{
  g_autoptr (ProfProfile)     profile = test_profile ("a;b;a 5\n"
                                                      "b 2\n");
  g_autoptr (ProfFrames)      frames = prof_frames_new (profile, 0);
  const uint32_t              groups[] = { 0, 0 };
  g_autofree ProfGroupSum    *sums = NULL;
  g_autoptr (ProfStackTotals) totals = prof_stack_totals_new (profile, 0);

  g_assert_cmpuint (prof_frames_n (frames), ==, 2);
  sums = prof_stack_sum_groups (frames, totals, 0, groups, 1, 1);
  g_assert_cmpint (sums[0].flat, ==, 7);
  g_assert_cmpint (sums[0].cum, ==, 7);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/stack-walk/nodes-come-before-what-is-below-them",
                   test_nodes_come_before_what_is_below_them);
  g_test_add_func ("/stack-walk/zeros-are-passed-by", test_zeros_are_passed_by);
  g_test_add_func ("/stack-walk/marks-are-on-the-path-as-long-as-their-node",
                   test_marks_are_on_the_path_as_long_as_their_node);
  g_test_add_func ("/stack-walk/recursion-counts-once",
                   test_recursion_counts_once);
  g_test_add_func ("/stack-walk/siblings-count-each", test_siblings_count_each);
  g_test_add_func ("/stack-walk/the-empty-stack-is-of-no-frame",
                   test_the_empty_stack_is_of_no_frame);
  g_test_add_func ("/stack-walk/groups-count-once", test_groups_count_once);
  return g_test_run ();
}
