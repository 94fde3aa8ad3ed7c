/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "test-util.h"

static ProfProfile *
divided (ProfProfile *profile, double divide_by)
{
  g_autoptr (GError) error = NULL;
  ProfProfile       *result = prof_divide (profile, divide_by, &error);

  g_assert_no_error (error);
  return result;
}

static void
test_every_value_is_divided (void)
{
  g_autoptr (ProfProfile) profile = test_profile ("#types a/b,c/d\n"
                                                  "f;g 10,-7\n"
                                                  "f 3,1\n");
  g_autoptr (ProfProfile) half = divided (profile, 2);
  const int64_t          *values = prof_profile_sample_values (half);

  g_assert_cmpint (values[0], ==, 5);
  g_assert_cmpint (values[1], ==, -3);
  g_assert_cmpint (values[2], ==, 1);
  g_assert_cmpint (values[3], ==, 0);
  g_assert_cmpuint (prof_profile_n_stacks (half),
                    ==,
                    prof_profile_n_stacks (profile));
}

static void
test_one_and_less_than_nothing_divide_by_nothing (void)
{
  g_autoptr (ProfProfile) profile = test_profile ("f 10\n");
  g_autoptr (ProfProfile) one = divided (profile, 1);
  g_autoptr (ProfProfile) negative = divided (profile, -2);

  g_assert_true (one == profile);
  g_assert_true (negative == profile);
}

static void
test_labels_stay (void)
{
  g_autoptr (GError)      error = NULL;
  g_autofree char        *path = NULL;
  g_autoptr (ProfProfile) profile = NULL;
  g_autoptr (ProfProfile) half = NULL;

  path = test_source_path ("tests/data/profiles/constructed/labels.pb");
  profile = prof_format_load (path, NULL, NULL, &error);
  g_assert_no_error (error);
  half = divided (profile, 2);
  g_assert_cmpuint (prof_profile_n_samples (half), >, 0);
  for (size_t s = 0; s < prof_profile_n_samples (half); s++)
    {
      size_t           n;
      size_t           n_before;
      const ProfLabel *labels = prof_profile_sample_labels (half, s, &n);
      const ProfLabel *before = prof_profile_sample_labels (profile,
                                                            s,
                                                            &n_before);

      g_assert_cmpmem (labels,
                       n * sizeof *labels,
                       before,
                       n_before * sizeof *before);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(path, test) g_test_add_func ("/divide/" path, test)
  ADD ("every-value-is-divided", test_every_value_is_divided);
  ADD ("one-and-less-than-nothing-divide-by-nothing",
       test_one_and_less_than_nothing_divide_by_nothing);
  ADD ("labels-stay", test_labels_stay);
#undef ADD
  return g_test_run ();
}
