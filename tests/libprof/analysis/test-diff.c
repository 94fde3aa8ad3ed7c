/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "test-util.h"

#include <string.h>

static ProfAnswer *
answer_of (ProfProfile *profile, const char *options)
{
  g_autoptr (GError)    error = NULL;
  g_autoptr (ProfQuery) query = prof_query_from_text (options, &error);
  ProfAnswer           *answer;

  g_assert_no_error (error);
  answer = prof_answer_new (profile, query, NULL, &error);
  g_assert_no_error (error);
  return answer;
}

static ProfDiff *
diff_of (const char *before, const char *after, const char *options)
{
  g_autoptr (ProfProfile) old_profile = test_profile (before);
  g_autoptr (ProfProfile) new_profile = test_profile (after);
  g_autoptr (ProfAnswer)  old_answer = answer_of (old_profile, options);
  g_autoptr (ProfAnswer)  new_answer = answer_of (new_profile, options);
  g_autoptr (GError)      error = NULL;
  ProfDiff *diff = prof_diff_new (old_answer, new_answer, NULL, &error);

  g_assert_no_error (error);
  return diff;
}

/* The same by way of one profile with both in it. */
static ProfDiff *
diff_in_one (const char *before, const char *after, const char *options)
{
  g_autoptr (ProfProfile) base = test_profile (before);
  g_autoptr (ProfProfile) profile = test_profile (after);
  g_autoptr (GError)      error = NULL;
  g_autoptr (ProfProfile) both = NULL;
  g_autoptr (ProfAnswer)  answer = NULL;
  ProfDiff               *diff;

  both = prof_subtract (profile, base, PROF_SUBTRACT_APART, NULL, &error);
  g_assert_no_error (error);
  answer = answer_of (both, options);
  diff = prof_diff_new_for (answer, NULL, &error);
  g_assert_no_error (error);
  return diff;
}

/* "f 5>7 20>30" for a row: flat, then cum. */
static char *
rows_of (const ProfDiff *diff)
{
  const ProfDiffRow *rows = prof_diff_rows (diff);
  GString           *out = g_string_new (NULL);

  for (size_t r = 0; r < prof_diff_n_rows (diff); r++)
    {
      size_t length;

      g_assert_cmpint (rows[r].cum_delta,
                       ==,
                       rows[r].cum_after - rows[r].cum_before);
      g_assert_cmpint (rows[r].flat_delta,
                       ==,
                       rows[r].flat_after - rows[r].flat_before);
      g_string_append_printf (out,
                              "%s %d>%d %d>%d\n",
                              prof_diff_name (diff, r, &length),
                              (int)rows[r].flat_before,
                              (int)rows[r].flat_after,
                              (int)rows[r].cum_before,
                              (int)rows[r].cum_after);
    }
  return g_string_free (out, FALSE);
}

static void
assert_rows (ProfDiff *diff, const char *expected)
{
  g_autofree char *rows = rows_of (diff);

  g_assert_cmpstr (rows, ==, expected);
}

#define OLD "main;f 5\nmain;f;g 20\nmain;gone 1\n"
#define NEW "main;new 4\nmain;f;g 10\nmain;f 6\n"

static void
test_every_frame_has_before_and_after (void)
{
  g_autoptr (ProfDiff) diff = diff_of (OLD, NEW, "");

  assert_rows (diff,
               "g 20>10 20>10\n"
               "f 5>6 25>16\n"
               "main 0>0 26>20\n"
               "new 0>4 0>4\n"
               "gone 1>0 1>0\n");
  g_assert_cmpint (prof_diff_total_before (diff), ==, 26);
  g_assert_cmpint (prof_diff_total_after (diff), ==, 20);
  g_assert_cmpuint (prof_diff_rows (diff)[3].before, ==, PROF_ID_NONE);
  g_assert_cmpuint (prof_diff_rows (diff)[4].after, ==, PROF_ID_NONE);
}

static void
test_a_base_kept_apart_says_the_same (void)
{
  static const char *const options[] = { "",
                                         "--focus=g",
                                         "--focus=g --relative-percentages",
                                         "--granularity=lines" };

  for (size_t o = 0; o < G_N_ELEMENTS (options); o++)
    {
      g_autoptr (ProfDiff) two = diff_of (OLD, NEW, options[o]);
      g_autoptr (ProfDiff) one = diff_in_one (OLD, NEW, options[o]);
      g_autofree char     *expected = rows_of (two);

      assert_rows (one, expected);
      g_assert_cmpint (prof_diff_total_before (one),
                       ==,
                       prof_diff_total_before (two));
      g_assert_cmpint (prof_diff_total_after (one),
                       ==,
                       prof_diff_total_after (two));
    }
}

static void
test_nothing_changes_from_a_profile_to_itself (void)
{
  g_autofree char        *path = NULL;
  g_autoptr (GError)      error = NULL;
  g_autoptr (ProfProfile) profile = NULL;
  g_autoptr (ProfAnswer)  answer = NULL;
  g_autoptr (ProfDiff)    diff = NULL;

  path = test_source_path ("data/examples/server-cpu.prof");
  profile = prof_format_load (path, NULL, NULL, &error);
  g_assert_no_error (error);
  answer = answer_of (profile, "");
  diff = prof_diff_new (answer, answer, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (prof_diff_n_rows (diff), >, 100);
  for (size_t r = 0; r < prof_diff_n_rows (diff); r++)
    {
      g_assert_cmpint (prof_diff_rows (diff)[r].cum_delta, ==, 0);
      g_assert_cmpint (prof_diff_rows (diff)[r].flat_delta, ==, 0);
      g_assert_cmpfloat (prof_diff_growth (diff, r), ==, 0);
    }
}

static void
test_recursion_counts_once (void)
{
  g_autoptr (ProfDiff) diff = diff_of ("f;f;f 5\n", "f;f 2\nf 1\n", "");

  assert_rows (diff, "f 5>3 5>3\n");
}

static void
test_the_finer_unit_counts (void)
{
  g_autoptr (ProfDiff) diff = diff_of ("#types cpu/ms\nf 2\n",
                                       "#types cpu/us\nf 7\n",
                                       "");

  assert_rows (diff, "f 2000>7 2000>7\n");
  g_assert_cmpstr (prof_diff_unit (diff), ==, "us");
  g_assert_cmpstr (prof_diff_type (diff), ==, "cpu");
  g_assert_cmpint (prof_diff_total_before (diff), ==, 2000);
}

static void
test_growth_is_of_shares (void)
{
  g_autoptr (ProfDiff) diff = diff_of ("f 10\ng 30\n", "f 10\ng 10\n", "");

  g_assert_cmpfloat (prof_diff_growth (diff, 0), ==, -0.25);
  g_assert_cmpfloat (prof_diff_growth (diff, 1), ==, 0.25);
}

static void
test_different_things_are_refused (void)
{
  static const char *const others[] = { "#types space/ms\nf 1\n",
                                        "#types cpu/bytes\nf 1\n" };
  g_autoptr (ProfProfile)  before = test_profile ("#types cpu/ms\nf 1\n");
  g_autoptr (ProfAnswer)   old_answer = answer_of (before, "");

  for (size_t o = 0; o < G_N_ELEMENTS (others); o++)
    {
      g_autoptr (ProfProfile) after = test_profile (others[o]);
      g_autoptr (ProfAnswer)  new_answer = answer_of (after, "");
      g_autoptr (GError)      error = NULL;

      g_assert_null (prof_diff_new (old_answer, new_answer, NULL, &error));
      g_assert_error (error, PROF_ERROR, PROF_ERROR_UNSUPPORTED);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(path, test) g_test_add_func ("/diff/" path, test)
  ADD ("every-frame-has-before-and-after",
       test_every_frame_has_before_and_after);
  ADD ("a-base-kept-apart-says-the-same", test_a_base_kept_apart_says_the_same);
  ADD ("nothing-changes-from-a-profile-to-itself",
       test_nothing_changes_from_a_profile_to_itself);
  ADD ("recursion-counts-once", test_recursion_counts_once);
  ADD ("the-finer-unit-counts", test_the_finer_unit_counts);
  ADD ("growth-is-of-shares", test_growth_is_of_shares);
  ADD ("different-things-are-refused", test_different_things_are_refused);
#undef ADD
  return g_test_run ();
}
