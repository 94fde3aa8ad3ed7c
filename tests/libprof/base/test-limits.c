/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "test-util.h"

static void
test_an_error_knows_its_limit (void)
{
  for (unsigned l = 0; l < PROF_N_LIMITS; l++)
    {
      g_autoptr (GError) error = NULL;
      ProfLimit          limit = PROF_N_LIMITS;

      prof_limits_fail (&error, (ProfLimit)l, "too many at byte %d", 7);
      g_assert_true (prof_limits_passed (error, &limit));
      g_assert_cmpuint (limit, ==, l);
    }
}

static void
test_so_does_an_error_of_a_reader (void)
{
  g_autoptr (GError) error = NULL;
  ProfLimit          limit;

  prof_fail (&error,
             PROF_ERROR_TOO_LARGE,
             "sample 0: more locations than the limit \"frames\"");
  g_assert_true (prof_limits_passed (error, &limit));
  g_assert_cmpuint (limit, ==, PROF_LIMIT_FRAMES);
}

static void
test_other_errors_have_none (void)
{
  ProfLimit          limit;
  g_autoptr (GError) large = NULL;
  g_autoptr (GError) io = NULL;

  prof_fail (&large, PROF_ERROR_TOO_LARGE, "not enough memory");
  g_assert_false (prof_limits_passed (large, &limit));
  io = g_error_new (G_IO_ERROR, G_IO_ERROR_FAILED, "x (the limit \"file\")");
  g_assert_false (prof_limits_passed (io, &limit));
}

static void
test_a_limit_can_be_raised_to_its_most (void)
{
  ProfLimits limits = { 0 };

  g_assert_true (prof_limits_raise (&limits, PROF_LIMIT_FRAMES));
  g_assert_cmpuint (prof_limits_get (&limits, PROF_LIMIT_FRAMES),
                    ==,
                    4 * PROF_MAX_STACK_FRAMES);
  while (prof_limits_raise (&limits, PROF_LIMIT_FRAMES))
    ;
  g_assert_cmpuint (prof_limits_get (&limits, PROF_LIMIT_FRAMES),
                    ==,
                    PROF_MOST_STACK_FRAMES);
  g_assert_cmpuint (prof_limits_get (&limits, PROF_LIMIT_NODES),
                    ==,
                    PROF_MAX_TREE_NODES);
}

static void
test_what_depends_on_the_file_becomes_a_number (void)
{
  ProfLimits limits = { 0 };

  g_assert_true (prof_limits_raise (&limits, PROF_LIMIT_INFLATED));
  g_assert_cmpuint (limits.values[PROF_LIMIT_INFLATED],
                    ==,
                    16 * PROF_MAX_INFLATED);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/limits/an-error-knows-its-limit",
                   test_an_error_knows_its_limit);
  g_test_add_func ("/limits/so-does-an-error-of-a-reader",
                   test_so_does_an_error_of_a_reader);
  g_test_add_func ("/limits/other-errors-have-none",
                   test_other_errors_have_none);
  g_test_add_func ("/limits/a-limit-can-be-raised-to-its-most",
                   test_a_limit_can_be_raised_to_its_most);
  g_test_add_func ("/limits/what-depends-on-the-file-becomes-a-number",
                   test_what_depends_on_the_file_becomes_a_number);
  return g_test_run ();
}
