/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "label-util.h"

static void
assert_values (const ProfProfile *profile,
               size_t             sample,
               const char        *key,
               const char        *unit,
               const char        *expected)
{
  g_autoptr (GString) out = g_string_new (NULL);

  g_assert_true (prof_label_values_append (profile, sample, key, unit, out));
  g_assert_cmpstr (out->str, ==, expected);
}

static void
test_texts_come_before_numbers (void)
{
  static const char *const samples[] = { "n:a=5/\ts:a=x\tn:a=7/\ts:a=y", NULL };
  g_autoptr (ProfProfile)  profile = label_profile (samples);

  assert_values (profile, 0, "a", "minimum", "x,y,5,7");
}

static void
test_numbers_take_the_unit_that_is_asked (void)
{
  static const char *const samples[] = { "n:a=2048/kb",
                                         "n:a=1/kb\tn:a=7/",
                                         "n:a=7/",
                                         NULL };
  g_autoptr (ProfProfile)  profile = label_profile (samples);

  assert_values (profile, 0, "a", "minimum", "2MB");
  assert_values (profile, 0, "a", "bytes", "2097152B");
  assert_values (profile, 1, "a", "ms", "1024B,7ms");
  assert_values (profile, 2, "a", "ms", "7");
}

static void
test_a_sample_without_the_label_has_no_values (void)
{
  static const char *const samples[] = { "s:a=x", "", NULL };
  g_autoptr (ProfProfile)  profile = label_profile (samples);
  g_autoptr (GString)      out = g_string_new ("before");

  g_assert_false (prof_label_values_append (profile, 0, "b", "minimum", out));
  g_assert_false (prof_label_values_append (profile, 1, "a", "minimum", out));
  g_assert_false (prof_label_values_append (profile, 0, "", "minimum", out));
  g_assert_cmpstr (out->str, ==, "before");
}

static void
test_keys_are_separated_by_commas (void)
{
  g_auto (GStrv) keys = prof_label_values_keys (",user,,thread id,");
  g_auto (GStrv) none = prof_label_values_keys ("");

  g_assert_cmpuint (g_strv_length (keys), ==, 2);
  g_assert_cmpstr (keys[0], ==, "user");
  g_assert_cmpstr (keys[1], ==, "thread id");
  g_assert_cmpuint (g_strv_length (none), ==, 0);
}

static void
test_values_are_those_of_pprof (void)
{
  g_autoptr (ProfProfile) profile = label_golden_profile ();
  g_auto (GStrv)          lines = label_golden ("values");

  g_assert_cmpuint (g_strv_length (lines), >, 90);
  for (char **line = lines; *line != NULL; line++)
    {
      g_auto (GStrv) columns = g_strsplit_set (*line, "\t", -1);

      assert_values (profile,
                     g_ascii_strtoull (columns[0], NULL, 10),
                     columns[1],
                     columns[2],
                     columns[3]);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(path, test) g_test_add_func ("/label-values/" path, test)
  ADD ("texts-come-before-numbers", test_texts_come_before_numbers);
  ADD ("numbers-take-the-unit-that-is-asked",
       test_numbers_take_the_unit_that_is_asked);
  ADD ("a-sample-without-the-label-has-no-values",
       test_a_sample_without_the_label_has_no_values);
  ADD ("keys-are-separated-by-commas", test_keys_are_separated_by_commas);
  ADD ("values-are-those-of-pprof", test_values_are_those_of_pprof);
#undef ADD
  return g_test_run ();
}
