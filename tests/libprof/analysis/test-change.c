/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "test-util.h"

#include <string.h>

/* --- Steps --- */

static int
step_of (int64_t before, int64_t now, double whole, double sample)
{
  ProfChange      change = { .total_before = before, .total_now = now };
  ProfChangeScale scale = { .whole = whole, .sample = sample };
  ProfChange      back = { .total_before = now, .total_now = before };

  /* Swapping the sides changes nothing but the sign. */
  g_assert_cmpint (prof_change_step (&change, &scale),
                   ==,
                   -prof_change_step (&back, &scale));
  return prof_change_step (&change, &scale);
}

static void
test_small_changes_of_a_side_are_none (void)
{
  g_assert_cmpint (step_of (100000, 104999, 100000, 1), ==, 0);
  g_assert_cmpint (step_of (100000, 105400, 100000, 1), ==, 1);
  g_assert_cmpint (step_of (0, 0, 100000, 1), ==, 0);
  g_assert_cmpint (step_of (7, 7, 100, 1), ==, 0);
}

static void
test_a_few_samples_are_noise (void)
{
  /* max (3, 2 sqrt (n)) samples of 10 ms. */
  g_assert_cmpint (step_of (0, 20, 100, 10), ==, 0);
  g_assert_cmpint (step_of (0, 40, 100, 10), >, 0);
  g_assert_cmpint (step_of (1000, 1270, 10000, 10), ==, 0);
  g_assert_cmpint (step_of (1000, 1400, 10000, 10), >, 0);
}

static void
test_steps_follow_the_side_and_the_whole (void)
{
  /* Large of the whole: the side decides. */
  g_assert_cmpint (step_of (85000, 100000, 100000, 1), ==, 1);
  g_assert_cmpint (step_of (60000, 100000, 100000, 1), ==, 2);
  g_assert_cmpint (step_of (40000, 100000, 100000, 1), ==, 3);
  /* All of its side: the whole decides. */
  g_assert_cmpint (step_of (0, 900, 100000, 1), ==, 1);
  g_assert_cmpint (step_of (0, 2900, 100000, 1), ==, 2);
  g_assert_cmpint (step_of (0, 3100, 100000, 1), ==, 3);
  g_assert_cmpint (step_of (3100, 0, 100000, 1), ==, -3);
}

static void
test_new_and_gone_are_told (void)
{
  ProfChange change = { .total_now = 5 };
  ProfChange none = { 0 };

  g_assert_true (prof_change_is_new (&change));
  g_assert_false (prof_change_is_gone (&change));
  change = (ProfChange){ .total_before = 5 };
  g_assert_true (prof_change_is_gone (&change));
  g_assert_false (prof_change_is_new (&change));
  g_assert_false (prof_change_is_new (&none) || prof_change_is_gone (&none));
}

static void
test_extreme_values_have_a_step (void)
{
  g_assert_cmpint (step_of (INT64_MIN, INT64_MAX, 1e19, 1), ==, 3);
  g_assert_cmpint (step_of (0, INT64_MAX, 1e19, 1), ==, 3);
}

/* --- What a sample is worth --- */

static double
worth_of (const char *text, size_t type)
{
  g_autoptr (ProfProfile) profile = test_profile (text);

  return prof_change_sample (profile, type);
}

static void
test_a_type_that_counts_tells_what_a_sample_is_worth (void)
{
  const char *text = "#types samples/count,cpu/nanoseconds\n"
                     "main;f 3,30\n"
                     "main;g 1,10\n";

  g_assert_cmpfloat (worth_of (text, 0), ==, 1);
  g_assert_cmpfloat (worth_of (text, 1), ==, 10);
}

static void
test_without_such_a_type_it_is_the_mean (void)
{
  g_assert_cmpfloat (worth_of ("#types cpu/nanoseconds\n"
                               "main;f 30\n"
                               "main;g 50\n",
                               0),
                     ==,
                     40);
  g_assert_cmpfloat (worth_of ("#types cpu/nanoseconds\n", 0), ==, 1);
}

static double
worth_in_example (const char *name, const char *type_name)
{
  g_autofree char        *path = test_source_path (name);
  g_autoptr (GError)      error = NULL;
  g_autoptr (ProfProfile) profile = prof_format_load (path, NULL, NULL, &error);

  g_assert_no_error (error);
  for (size_t t = 0; t < prof_profile_n_types (profile); t++)
    if (strcmp (prof_profile_type_name (profile, t), type_name) == 0)
      return prof_change_sample (profile, t);
  g_assert_not_reached ();
}

static void
test_the_period_is_taken_where_it_is_of_the_unit (void)
{
  double space = worth_in_example ("data/examples/server-heap.prof",
                                   "alloc_space");
  double objects = worth_in_example ("data/examples/server-heap.prof",
                                     "alloc_objects");

  g_assert_cmpfloat (worth_in_example ("data/examples/server-cpu.prof", "cpu"),
                     ==,
                     1e7);
  g_assert_cmpfloat (space, ==, 16384);
  /* As many samples as of the space. */
  g_assert_cmpfloat (objects, >, 1);
  g_assert_cmpfloat (objects, <, space);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/change/small-changes-of-a-side-are-none",
                   test_small_changes_of_a_side_are_none);
  g_test_add_func ("/change/a-few-samples-are-noise",
                   test_a_few_samples_are_noise);
  g_test_add_func ("/change/steps-follow-the-side-and-the-whole",
                   test_steps_follow_the_side_and_the_whole);
  g_test_add_func ("/change/new-and-gone-are-told", test_new_and_gone_are_told);
  g_test_add_func ("/change/extreme-values-have-a-step",
                   test_extreme_values_have_a_step);
  g_test_add_func ("/change/a-type-that-counts-tells-what-a-sample-is-worth",
                   test_a_type_that_counts_tells_what_a_sample_is_worth);
  g_test_add_func ("/change/without-such-a-type-it-is-the-mean",
                   test_without_such_a_type_it_is_the_mean);
  g_test_add_func ("/change/the-period-is-taken-where-it-is-of-the-unit",
                   test_the_period_is_taken_where_it_is_of_the_unit);
  return g_test_run ();
}
