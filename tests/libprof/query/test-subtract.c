/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "label-util.h"

#include <string.h>

/* The values of all samples, as they stand: "7,1 -2,0". */
static char *
values_of (ProfProfile *profile)
{
  size_t         n_types = prof_profile_n_types (profile);
  size_t         n = prof_profile_n_samples (profile) * n_types;
  const int64_t *values = prof_profile_sample_values (profile);
  GString       *out = g_string_new (NULL);

  for (size_t v = 0; v < n; v++)
    g_string_append_printf (out,
                            "%s%" G_GINT64_FORMAT,
                            v == 0             ? ""
                            : v % n_types == 0 ? " "
                                               : ",",
                            values[v]);
  return g_string_free (out, FALSE);
}

static void
assert_values (ProfProfile *profile, const char *expected)
{
  g_autofree char *values = values_of (profile);

  g_assert_cmpstr (values, ==, expected);
}

static ProfProfile *
difference (ProfProfile *profile, ProfProfile *base, unsigned flags)
{
  g_autoptr (GError) error = NULL;
  ProfProfile       *made = prof_subtract (profile, base, flags, NULL, &error);

  g_assert_no_error (error);
  return made;
}

static void
test_a_profile_minus_itself_is_empty (void)
{
  static const char *const files[] = {
    "data/examples/server-cpu.prof",
    "data/examples/server-heap.prof",
  };

  for (size_t f = 0; f < G_N_ELEMENTS (files); f++)
    {
      g_autofree char        *path = test_source_path (files[f]);
      g_autoptr (GError)      error = NULL;
      g_autoptr (ProfProfile) profile = prof_format_load (path,
                                                          NULL,
                                                          NULL,
                                                          &error);
      g_autoptr (ProfProfile) nothing = NULL;

      g_assert_no_error (error);
      nothing = difference (profile, profile, 0);
      g_assert_cmpuint (prof_profile_n_samples (nothing), ==, 0);
      g_assert_cmpuint (prof_profile_n_locations (nothing), ==, 0);
      g_assert_cmpuint (prof_profile_n_stacks (nothing), ==, 1);
      g_assert_cmpuint (prof_profile_n_types (nothing),
                        ==,
                        prof_profile_n_types (profile));
    }
}

static void
test_what_was_before_is_negative (void)
{
  g_autoptr (ProfProfile) profile = test_profile ("main;f 7\nmain;g 2\n");
  g_autoptr (ProfProfile) base = test_profile ("main;f 5\nmain;h 4\n");
  g_autoptr (ProfProfile) minus = difference (profile, base, 0);

  assert_values (minus, "2 2 -4");
}

static void
test_a_base_can_be_kept_apart (void)
{
  g_autoptr (ProfProfile) profile = test_profile ("main;f 7\n");
  g_autoptr (ProfProfile) base = test_profile ("main;f 5\n");
  g_autoptr (ProfProfile) minus = difference (profile,
                                              base,
                                              PROF_SUBTRACT_APART);

  assert_values (minus, "7 -5");
  g_assert_false (prof_is_base_sample (minus, 0));
  g_assert_true (prof_is_base_sample (minus, 1));
  g_assert_true (prof_has_base (minus));
  g_assert_false (prof_has_base (profile));
  g_assert_cmpint (prof_total (minus, 0, false), ==, 5);
}

static void
test_the_mark_replaces_texts_of_its_key (void)
{
  g_autoptr (ProfProfile) base = label_profile (
      (const char *const[]){ "s:pprof::base=old\ts:z=1\tn:pprof::base=5/",
                             NULL });
  g_autoptr (ProfProfile) profile = label_profile (
      (const char *const[]){ NULL });
  g_autoptr (ProfProfile) minus = difference (profile,
                                              base,
                                              PROF_SUBTRACT_APART);
  const ProfLabel        *labels;
  size_t                  n;

  labels = prof_profile_sample_labels (minus, 0, &n);
  g_assert_cmpuint (n, ==, 3);
  g_assert_cmpstr (prof_profile_string (minus, labels[0].str), ==, "true");
  g_assert_cmpstr (prof_profile_string (minus, labels[1].key), ==, "z");
  g_assert_cmpint (labels[2].num, ==, 5);
}

static void
test_halves_come_apart_again (void)
{
  g_autoptr (ProfProfile) profile = test_profile ("main;f 7\nmain;g 2\n");
  g_autoptr (ProfProfile) base = test_profile ("main;f 5\nmain;h 4\n");
  g_autoptr (ProfProfile) minus = difference (profile,
                                              base,
                                              PROF_SUBTRACT_APART);
  g_autoptr (ProfProfile) before = NULL;
  g_autoptr (ProfProfile) after = NULL;
  g_autoptr (GError)      error = NULL;

  g_assert_true (prof_split (minus, &before, &after, &error));
  assert_values (before, "5 4");
  assert_values (after, "7 2");
  /* They can be compared the other way round. */
  g_assert_false (prof_has_base (before));
  g_assert_false (prof_has_base (after));
}

/* --- scaling --- */

static void
test_scaled_values_are_rounded_half_away_from_0 (void)
{
  g_autoptr (ProfProfile) profile = test_profile ("a 1\nb 3\nc -1\nd 10\n");
  g_autoptr (GError)      error = NULL;
  g_autoptr (ProfProfile) half = prof_scale (profile,
                                             (const double[]){ 0.5 },
                                             &error);

  g_assert_no_error (error);
  assert_values (half, "1 2 -1 5");
  assert_values (profile, "1 3 -1 10");
}

static void
test_what_is_scaled_to_nothing_goes (void)
{
  g_autoptr (ProfProfile) profile = test_profile ("#types a/count,b/count\n"
                                                  "f 5,1\n"
                                                  "g 5,9\n");
  g_autoptr (GError)      error = NULL;
  g_autoptr (ProfProfile) less = NULL;
  g_autoptr (ProfProfile) same = NULL;

  less = prof_scale (profile, (const double[]){ 1, 0.25 }, &error);
  g_assert_no_error (error);
  assert_values (less, "5,2");
  same = prof_scale (profile, (const double[]){ 1, 1 }, &error);
  g_assert_no_error (error);
  assert_values (same, "5,1 5,9");
}

static void
test_values_that_grow_too_large_stop_at_the_end (void)
{
  g_autoptr (ProfProfile) profile = test_profile ("f 9223372036854775807\n"
                                                  "g -9223372036854775807\n");
  g_autoptr (GError)      error = NULL;
  g_autoptr (ProfProfile) more = prof_scale (profile,
                                             (const double[]){ 3 },
                                             &error);

  g_assert_no_error (error);
  assert_values (more, "9223372036854775807 -9223372036854775808");
}

/* --- normalizing --- */

static void
test_each_type_gets_the_sum_of_the_base (void)
{
  g_autoptr (ProfProfile) profile = test_profile ("#types a/count,b/count\n"
                                                  "f 10,0\n"
                                                  "g 30,0\n");
  g_autoptr (ProfProfile) base = test_profile ("#types a/count,b/count\n"
                                               "h 4,7\n");
  g_autoptr (GError)      error = NULL;
  g_autoptr (ProfProfile) normal = prof_normalize (profile, base, &error);

  g_assert_no_error (error);
  assert_values (normal, "1,0 3,0");
}

static void
test_only_the_same_types_can_be_normalized_by (void)
{
  static const char *const bases[] = {
    "#types a/ns\nf 1\n",
    "#types b/ms\nf 1\n",
    "#types a/ms,b/ms\nf 1,2\n",
  };
  g_autoptr (ProfProfile) profile = test_profile ("#types a/ms\nf 1\n");

  for (size_t b = 0; b < G_N_ELEMENTS (bases); b++)
    {
      g_autoptr (ProfProfile) base = test_profile (bases[b]);
      g_autoptr (GError)      error = NULL;

      g_assert_null (prof_subtract (profile,
                                    base,
                                    PROF_SUBTRACT_NORMALIZED,
                                    NULL,
                                    &error));
      g_assert_error (error, PROF_ERROR, PROF_ERROR_UNSUPPORTED);
    }
}

static void
test_a_normalized_profile_minus_its_double_is_empty (void)
{
  g_autoptr (ProfProfile) profile = test_profile ("main;f 10\nmain;g 30\n");
  g_autoptr (ProfProfile) base = test_profile ("main;f 20\nmain;g 60\n");
  g_autoptr (ProfProfile) minus = difference (profile,
                                              base,
                                              PROF_SUBTRACT_NORMALIZED);

  assert_values (minus, "");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(path, test) g_test_add_func ("/subtract/" path, test)
  ADD ("a-profile-minus-itself-is-empty", test_a_profile_minus_itself_is_empty);
  ADD ("what-was-before-is-negative", test_what_was_before_is_negative);
  ADD ("a-base-can-be-kept-apart", test_a_base_can_be_kept_apart);
  ADD ("the-mark-replaces-texts-of-its-key",
       test_the_mark_replaces_texts_of_its_key);
  ADD ("halves-come-apart-again", test_halves_come_apart_again);
  ADD ("scaled-values-are-rounded-half-away-from-0",
       test_scaled_values_are_rounded_half_away_from_0);
  ADD ("what-is-scaled-to-nothing-goes", test_what_is_scaled_to_nothing_goes);
  ADD ("values-that-grow-too-large-stop-at-the-end",
       test_values_that_grow_too_large_stop_at_the_end);
  ADD ("each-type-gets-the-sum-of-the-base",
       test_each_type_gets_the_sum_of_the_base);
  ADD ("only-the-same-types-can-be-normalized-by",
       test_only_the_same_types_can_be_normalized_by);
  ADD ("a-normalized-profile-minus-its-double-is-empty",
       test_a_normalized_profile_minus_its_double_is_empty);
#undef ADD
  return g_test_run ();
}
