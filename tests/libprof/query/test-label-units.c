/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "label-util.h"

#include <string.h>

static ProfStringId
id_of (ProfProfile *profile, const char *text)
{
  for (size_t s = 0; s < prof_profile_n_strings (profile); s++)
    if (strcmp (prof_profile_string (profile, (ProfStringId)s), text) == 0)
      return (ProfStringId)s;
  g_error ("no string %s", text);
}

static const char *
unit_of (const ProfLabelUnits *units, ProfProfile *profile, const char *key)
{
  return prof_label_units_get (units, id_of (profile, key));
}

static void
test_the_first_unit_is_that_of_the_key (void)
{
  static const char *const   samples[] = { "n:a=1/",
                                           "n:a=2/ms\tn:a=3/s",
                                           "n:a=4/kb",
                                           NULL };
  g_autoptr (ProfProfile)    profile = label_profile (samples);
  g_autoptr (ProfLabelUnits) units = prof_label_units_new (profile);
  g_auto (GStrv)             warnings = prof_label_units_warnings (units);

  g_assert_cmpstr (unit_of (units, profile, "a"), ==, "ms");
  g_assert_cmpstr (warnings[0],
                   ==,
                   "For tag a used unit ms, also encountered unit(s) kb, s");
  g_assert_null (warnings[1]);
}

static void
test_without_a_unit_the_key_is_one (void)
{
  static const char *const samples[] = {
    "n:bytes=1/\tn:cnt=1/\tn:request=1/\tn:alignment=1/",
    NULL
  };
  g_autoptr (ProfProfile)    profile = label_profile (samples);
  g_autoptr (ProfLabelUnits) units = prof_label_units_new (profile);
  g_auto (GStrv)             warnings = prof_label_units_warnings (units);

  g_assert_cmpstr (unit_of (units, profile, "bytes"), ==, "bytes");
  g_assert_cmpstr (unit_of (units, profile, "cnt"), ==, "cnt");
  g_assert_cmpstr (unit_of (units, profile, "request"), ==, "bytes");
  g_assert_cmpstr (unit_of (units, profile, "alignment"), ==, "bytes");
  g_assert_null (warnings[0]);
}

static void
test_texts_have_no_unit (void)
{
  static const char *const   samples[] = { "s:a=b", NULL };
  g_autoptr (ProfProfile)    profile = label_profile (samples);
  g_autoptr (ProfLabelUnits) units = prof_label_units_new (profile);

  g_assert_cmpstr (unit_of (units, profile, "a"), ==, "");
}

static void
test_a_profile_without_labels_has_no_units (void)
{
  g_autoptr (ProfProfile)    profile = test_profile ("main 1\n");
  g_autoptr (ProfLabelUnits) units = prof_label_units_new (profile);
  g_auto (GStrv)             warnings = prof_label_units_warnings (units);

  g_assert_cmpstr (prof_label_units_get (units, 0), ==, "");
  g_assert_null (warnings[0]);
}

static void
test_a_key_that_is_new_has_no_unit (void)
{
  static const char *const   samples[] = { "n:bytes=512/bytes", NULL };
  g_autoptr (ProfProfile)    profile = label_profile (samples);
  g_autoptr (ProfLabelUnits) units = prof_label_units_new (profile);
  ProfStringId new_key = (ProfStringId)prof_profile_n_strings (profile);

  g_assert_cmpstr (prof_label_units_get (units, new_key), ==, "");
}

static void
test_units_and_warnings_are_those_of_pprof (void)
{
  g_autoptr (ProfProfile)    profile = label_golden_profile ();
  g_autoptr (ProfLabelUnits) units = prof_label_units_new (profile);
  g_auto (GStrv)             warnings = prof_label_units_warnings (units);
  g_auto (GStrv)             expected = label_golden ("warning");
  g_auto (GStrv)             lines = label_golden ("unit");

  g_assert_cmpuint (g_strv_length (lines), >, 8);
  g_assert_cmpuint (g_strv_length (expected), >, 1);
  g_assert_cmpstrv (warnings, expected);
  for (char **line = lines; *line != NULL; line++)
    {
      g_auto (GStrv) columns = g_strsplit_set (*line, "\t", -1);

      g_assert_cmpstr (unit_of (units, profile, columns[0]), ==, columns[1]);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(path, test) g_test_add_func ("/label-units/" path, test)
  ADD ("the-first-unit-is-that-of-the-key",
       test_the_first_unit_is_that_of_the_key);
  ADD ("without-a-unit-the-key-is-one", test_without_a_unit_the_key_is_one);
  ADD ("texts-have-no-unit", test_texts_have_no_unit);
  ADD ("a-profile-without-labels-has-no-units",
       test_a_profile_without_labels_has_no_units);
  ADD ("a-key-that-is-new-has-no-unit", test_a_key_that_is_new_has_no_unit);
  ADD ("units-and-warnings-are-those-of-pprof",
       test_units_and_warnings_are_those_of_pprof);
#undef ADD
  return g_test_run ();
}
