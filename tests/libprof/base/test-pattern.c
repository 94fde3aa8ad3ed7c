/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "base/prof-limits.h"
#include "base/prof-pattern.h"
#include <string.h>

static bool
matches (ProfPattern *pattern, uint32_t id, const char *text)
{
  g_autoptr (GError) error = NULL;
  bool               found = false;

  g_assert_true (
      prof_pattern_test (pattern, id, text, strlen (text), &found, &error));
  g_assert_no_error (error);
  return found;
}

static ProfPattern *
pattern_of (const char *text, ProfPatternFlags flags)
{
  g_autoptr (GError) error = NULL;
  ProfPattern       *pattern = prof_pattern_new (text, flags, &error);

  g_assert_no_error (error);
  return pattern;
}

static void
test_a_pattern_is_found_anywhere (void)
{
  g_autoptr (ProfPattern) pattern = pattern_of ("al+oc", 0);

  g_assert_true (matches (pattern, 0, "runtime.mallocgc"));
  g_assert_false (matches (pattern, 1, "runtime.MALLOCGC"));
  g_assert_false (matches (pattern, 2, ""));
}

static void
test_case_can_be_ignored (void)
{
  g_autoptr (ProfPattern) pattern = pattern_of ("ö", PROF_PATTERN_CASELESS);

  g_assert_true (matches (pattern, 0, "main.LÖSEN"));
}

static void
test_a_whole_pattern_covers_all_alternatives (void)
{
  g_autoptr (ProfPattern) pattern = pattern_of ("a|bc", PROF_PATTERN_WHOLE);

  g_assert_true (matches (pattern, 0, "a"));
  g_assert_true (matches (pattern, 1, "bc"));
  g_assert_false (matches (pattern, 2, "ab"));
  g_assert_false (matches (pattern, 3, "bc\n"));
}

static void
test_an_answer_is_remembered (void)
{
  g_autoptr (ProfPattern) pattern = pattern_of ("a", 0);

  g_assert_true (matches (pattern, 7, "a"));
  g_assert_true (matches (pattern, 7, "never looked at"));
  g_assert_false (matches (pattern, 3, "b"));
}

static void
test_bytes_that_are_no_text_match_as_one_character (void)
{
  g_autoptr (ProfPattern) pattern = pattern_of ("^f.g$", 0);

  g_assert_true (matches (pattern, 0, "f\xffg"));
}

static void
assert_refused (const char *text)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (prof_pattern_new (text, 0, &error));
  g_assert_error (error, PROF_ERROR, PROF_ERROR_PATTERN);
}

static void
test_what_is_no_pattern_is_refused (void)
{
  assert_refused ("(");
  assert_refused ("[a");
  assert_refused ("\xff");
}

static void
test_the_length_is_limited (void)
{
  g_autofree char *text = g_strnfill (PROF_MAX_PATTERN + 1, 'a');

  assert_refused (text);
}

static void
test_the_limit_cannot_be_raised_from_inside (void)
{
  assert_refused ("(*LIMIT_MATCH=4000000000)a");
}

static void
test_a_pattern_that_runs_too_long_fails_for_good (void)
{
  g_autoptr (ProfPattern) pattern = pattern_of ("^(a+)+$", 0);
  g_autoptr (GError)      error = NULL;
  g_autoptr (GError)      again = NULL;
  const char *text = "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!";
  bool        found = true;

  g_assert_false (
      prof_pattern_test (pattern, 0, text, strlen (text), &found, &error));
  g_assert_error (error, PROF_ERROR, PROF_ERROR_PATTERN);
  g_assert_true (found);
  g_assert_false (prof_pattern_test (pattern, 1, "a", 1, &found, &again));
  g_assert_error (again, PROF_ERROR, PROF_ERROR_PATTERN);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/pattern/a-pattern-is-found-anywhere",
                   test_a_pattern_is_found_anywhere);
  g_test_add_func ("/pattern/case-can-be-ignored", test_case_can_be_ignored);
  g_test_add_func ("/pattern/a-whole-pattern-covers-all-alternatives",
                   test_a_whole_pattern_covers_all_alternatives);
  g_test_add_func ("/pattern/an-answer-is-remembered",
                   test_an_answer_is_remembered);
  g_test_add_func ("/pattern/bytes-that-are-no-text-match-as-one-character",
                   test_bytes_that_are_no_text_match_as_one_character);
  g_test_add_func ("/pattern/what-is-no-pattern-is-refused",
                   test_what_is_no_pattern_is_refused);
  g_test_add_func ("/pattern/the-length-is-limited",
                   test_the_length_is_limited);
  g_test_add_func ("/pattern/the-limit-cannot-be-raised-from-inside",
                   test_the_limit_cannot_be_raised_from_inside);
  g_test_add_func ("/pattern/a-pattern-that-runs-too-long-fails-for-good",
                   test_a_pattern_that_runs_too_long_fails_for_good);
  return g_test_run ();
}
