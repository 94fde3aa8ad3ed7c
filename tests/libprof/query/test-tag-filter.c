/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "label-util.h"

#include <string.h>

static ProfTagFilter *
filter_of (const char *text, ProfProfile *profile, ProfLabelUnits *units)
{
  g_autoptr (GError) error = NULL;
  ProfTagFilter *filter = prof_tag_filter_new (text, profile, units, &error);

  g_assert_no_error (error);
  return filter;
}

/* A digit for each sample: 1 where it is meant. */
static char *
answers_of (ProfTagFilter *filter, ProfProfile *profile)
{
  GString *answers = g_string_new (NULL);

  for (size_t s = 0; s < prof_profile_n_samples (profile); s++)
    {
      g_autoptr (GError) error = NULL;
      bool               matches = false;

      g_assert_true (prof_tag_filter_test (filter, s, &matches, &error));
      g_assert_no_error (error);
      g_string_append_c (answers, matches ? '1' : '0');
    }
  return g_string_free (answers, FALSE);
}

static void
assert_answers (const char *const *samples,
                const char        *text,
                const char        *expected)
{
  g_autoptr (ProfProfile)    profile = label_profile (samples);
  g_autoptr (ProfLabelUnits) units = prof_label_units_new (profile);
  g_autoptr (ProfTagFilter)  filter = filter_of (text, profile, units);
  g_autofree char           *answers = answers_of (filter, profile);

  g_assert_cmpstr (answers, ==, expected);
}

static void
test_without_a_key_every_pattern_has_to_match (void)
{
  static const char *const samples[] = { "s:user=alice\ts:page=home",
                                         "s:user=bob",
                                         "",
                                         NULL };

  assert_answers (samples, "alice,home", "100");
  assert_answers (samples, "alice,bob", "000");
  assert_answers (samples, "user:b", "010");
}

static void
test_with_a_key_one_pattern_is_enough (void)
{
  static const char *const samples[] = { "s:user=alice",
                                         "s:user=bob",
                                         "s:page=bob",
                                         "",
                                         NULL };

  assert_answers (samples, "user=alice,bob", "1100");
  assert_answers (samples, "user=user", "0000");
}

static void
test_ranges_have_their_ends (void)
{
  static const char *const samples[] = { "n:size=1024/bytes",
                                         "n:size=4096/bytes",
                                         "n:size=4097/bytes",
                                         NULL };

  assert_answers (samples, "1kb:4kb", "110");
  assert_answers (samples, "size=4kb:", "011");
  assert_answers (samples, ":1kb", "100");
  assert_answers (samples, "4097b", "001");
}

static void
test_a_number_without_unit_is_no_number_with_one (void)
{
  static const char *const samples[] = { "n:size=1024/bytes", "n:n=7/", NULL };

  assert_answers (samples, "1024", "00");
  assert_answers (samples, "7", "01");
}

static void
test_what_was_taken_for_a_range_is_told (void)
{
  g_autoptr (ProfProfile)    profile = test_profile ("main 1\n");
  g_autoptr (ProfLabelUnits) units = prof_label_units_new (profile);
  g_autoptr (ProfTagFilter)  range = filter_of ("size=1kb:", profile, units);
  g_autoptr (ProfTagFilter) patterns = filter_of ("size=0.5kb", profile, units);

  g_assert_cmpstr (prof_tag_filter_range (range), ==, "1kb:");
  g_assert_null (prof_tag_filter_range (patterns));
}

static void
assert_refused (const char *text, ProfError code, const char *expected)
{
  g_autoptr (GError) error = NULL;

  g_assert_false (prof_tag_filter_check (text, &error));
  g_assert_error (error, PROF_ERROR, (int)code);
  g_assert_cmpstr (error->message, ==, expected);
}

static void
test_what_is_no_filter_is_refused (void)
{
  const ProfError pattern = PROF_ERROR_PATTERN;
  const ProfError unsupported = PROF_ERROR_UNSUPPORTED;

  assert_refused ("a(", pattern, "missing closing parenthesis at character 3");
  assert_refused ("user=a,b(",
                  pattern,
                  "in “b(”, missing closing parenthesis at character 3");
  assert_refused ("9223372036854775808",
                  unsupported,
                  "“9223372036854775808” is out of range");
  assert_refused ("size=1kb:99999999999999999999kb",
                  unsupported,
                  "“99999999999999999999” is out of range");
}

static void
test_a_long_number_in_a_pattern_is_no_number (void)
{
  static const char *const samples[] = { "s:id=x99999999999999999999", NULL };

  assert_answers (samples, "x99999999999999999999", "1");
}

static void
test_a_pattern_that_runs_too_long_is_told (void)
{
  static const char *const samples[] = {
    "s:a=aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!",
    NULL
  };
  g_autoptr (ProfProfile)    profile = label_profile (samples);
  g_autoptr (ProfLabelUnits) units = prof_label_units_new (profile);
  g_autoptr (ProfTagFilter)  filter = filter_of ("^a:(a+)+$", profile, units);
  g_autoptr (GError)         error = NULL;
  bool                       matches = true;

  g_assert_false (prof_tag_filter_test (filter, 0, &matches, &error));
  g_assert_error (error, PROF_ERROR, PROF_ERROR_TOO_LARGE);
  g_assert_true (matches);
}

/* Columns: kind, answers, filter. */
static void
check_line (char **columns, ProfProfile *profile, ProfLabelUnits *units)
{
  bool fine = strcmp (columns[0], "range") == 0 ||
              strcmp (columns[0], "patterns") == 0;
  g_autoptr (ProfTagFilter) filter = NULL;
  g_autofree char          *answers = NULL;

  g_test_message ("%s", columns[2]);
  g_assert_cmpint (prof_tag_filter_check (columns[2], NULL), ==, fine);
  if (!fine || columns[2][0] == '\0')
    return;
  filter = filter_of (columns[2], profile, units);
  answers = answers_of (filter, profile);
  g_assert_cmpstr (answers, ==, columns[1]);
  g_assert_cmpint (prof_tag_filter_range (filter) != NULL,
                   ==,
                   columns[0][0] == 'r');
}

static void
test_filters_mean_what_they_mean_to_pprof (void)
{
  g_autoptr (ProfProfile)    profile = label_golden_profile ();
  g_autoptr (ProfLabelUnits) units = prof_label_units_new (profile);
  g_auto (GStrv)             lines = label_golden ("filter");

  g_assert_cmpuint (g_strv_length (lines), >, 100);
  for (char **line = lines; *line != NULL; line++)
    {
      g_auto (GStrv) columns = g_strsplit (*line, "\t", 3);

      check_line (columns, profile, units);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(path, test) g_test_add_func ("/tag-filter/" path, test)
  ADD ("without-a-key-every-pattern-has-to-match",
       test_without_a_key_every_pattern_has_to_match);
  ADD ("with-a-key-one-pattern-is-enough",
       test_with_a_key_one_pattern_is_enough);
  ADD ("ranges-have-their-ends", test_ranges_have_their_ends);
  ADD ("a-number-without-unit-is-no-number-with-one",
       test_a_number_without_unit_is_no_number_with_one);
  ADD ("what-was-taken-for-a-range-is-told",
       test_what_was_taken_for_a_range_is_told);
  ADD ("what-is-no-filter-is-refused", test_what_is_no_filter_is_refused);
  ADD ("a-long-number-in-a-pattern-is-no-number",
       test_a_long_number_in_a_pattern_is_no_number);
  ADD ("a-pattern-that-runs-too-long-is-told",
       test_a_pattern_that_runs_too_long_is_told);
  ADD ("filters-mean-what-they-mean-to-pprof",
       test_filters_mean_what_they_mean_to_pprof);
#undef ADD
  return g_test_run ();
}
