/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "test-util.h"
#include <string.h>

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

static void
assert_reads (const char *text, ProfLimit limit, uint64_t value)
{
  g_autoptr (GError) error = NULL;
  ProfLimits         limits = { 0 };

  g_assert_true (prof_limits_read (&limits, text, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (limits.values[limit], ==, value);
  g_assert_cmpuint (prof_limits_get (&limits, limit), ==, value);
  for (size_t l = 0; l < PROF_N_LIMITS; l++)
    if (l != limit)
      g_assert_cmpuint (limits.values[l], ==, 0);
}

static void
test_values_have_units (void)
{
  assert_reads ("nodes=1", PROF_LIMIT_NODES, 1);
  assert_reads ("file=100B", PROF_LIMIT_FILE, 100);
  assert_reads ("memory=3K", PROF_LIMIT_MEMORY, 3072);
  assert_reads ("memory=3kB", PROF_LIMIT_MEMORY, 3072);
  assert_reads ("pixels=2MiB", PROF_LIMIT_PIXELS, 2 << 20);
  assert_reads ("text=5g", PROF_LIMIT_TEXT, UINT64_C (5) << 30);
  assert_reads ("pattern-steps=7", PROF_LIMIT_PATTERN_STEPS, 7);
}

static void
assert_refuses (const char *text, const char *message)
{
  g_autoptr (GError) error = NULL;
  ProfLimits         limits = { .values[PROF_LIMIT_NODES] = 5 };

  g_assert_false (prof_limits_read (&limits, text, &error));
  g_assert_error (error, PROF_ERROR, PROF_ERROR_UNSUPPORTED);
  g_assert_true (g_str_has_prefix (error->message, message));
  g_assert_null (strchr (error->message, '\n'));
  for (size_t l = 0; l < PROF_N_LIMITS; l++)
    g_assert_cmpuint (limits.values[l], ==, l == PROF_LIMIT_NODES ? 5 : 0);
}

static void
test_what_is_no_value_is_refused (void)
{
  static const char *const texts[] = {
    "nodes",
    "nodes=",
    "nodes=0",
    "nodes=-1",
    "nodes=1.5",
    "nodes=1 K",
    "nodes=1T",
    "nodes=1Ki",
    "nodes=1KiBB",
    "nodes=K",
    "nodes= 1",
    "nodes=0x1",
    "nodes=18446744073709551616",
    "nodes=18014398509481984K",
  };

  for (size_t i = 0; i < G_N_ELEMENTS (texts); i++)
    assert_refuses (texts[i],
                    "the limit \"nodes\" is a whole number, such as ");
  assert_refuses ("node=1", "there is no limit \"node\"; there are file, ");
  assert_refuses ("nodess=1", "there is no limit \"nodess\"; there are file, ");
  assert_refuses ("", "there is no limit \"\"; there are file, ");
}

/* Each by its name, from 1 to the most and no further. */
static void
test_every_limit_can_be_set (void)
{
  for (size_t l = 0; l < PROF_N_LIMITS; l++)
    {
      ProfLimit        limit = (ProfLimit)l;
      uint64_t         most = prof_limits_most (limit);
      ProfLimits       limits = { 0 };
      const char      *name = prof_limits_name (limit);
      g_autofree char *one = g_strdup_printf ("%s=1", name);
      g_autofree char *all = g_strdup_printf ("%s=%" G_GUINT64_FORMAT,
                                              name,
                                              most);
      g_autofree char *more = g_strdup_printf ("%s=%" G_GUINT64_FORMAT,
                                               name,
                                               most + 1);
      g_autofree char *message =
          g_strdup_printf ("the limit \"%s\" can be at most %" G_GUINT64_FORMAT,
                           name,
                           most);

      assert_reads (one, limit, 1);
      assert_reads (all, limit, most);
      assert_refuses (more, message);
      g_assert_cmpuint (prof_limits_get (NULL, limit), <=, most);
      /* Who sets a field himself gets no more either. */
      limits.values[l] = UINT64_MAX;
      g_assert_cmpuint (prof_limits_get (&limits, limit), ==, most);
      g_assert_cmpstr (prof_limits_help (limit), !=, "");
    }
  g_assert_true (prof_limits_is_bytes (PROF_LIMIT_STRING));
  g_assert_false (prof_limits_is_bytes (PROF_LIMIT_SHOWN));
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
  g_test_add_func ("/limits/values-have-units", test_values_have_units);
  g_test_add_func ("/limits/what-is-no-value-is-refused",
                   test_what_is_no_value_is_refused);
  g_test_add_func ("/limits/every-limit-can-be-set",
                   test_every_limit_can_be_set);
  return g_test_run ();
}
