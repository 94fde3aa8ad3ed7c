/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "test-util.h"

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
  ProfPattern       *pattern = prof_pattern_new (text, flags, NULL, &error);

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

  g_assert_null (prof_pattern_new (text, 0, NULL, &error));
  g_assert_error (error, PROF_ERROR, PROF_ERROR_PATTERN);
}

static void
test_what_is_no_pattern_is_refused (void)
{
  assert_refused ("(");
  assert_refused ("[a");
  assert_refused ("\xff");
}

/* Go's answers */

static GPtrArray *
read_texts (char **lines)
{
  GPtrArray *texts = g_ptr_array_new_with_free_func (g_free);

  for (; *lines != NULL; lines++)
    if (g_str_has_prefix (*lines, "text\t"))
      g_ptr_array_add (texts, g_strcompress (*lines + strlen ("text\t")));
  return texts;
}

static void
check_answers (const char *answers, const char *text, GPtrArray *texts)
{
  g_autoptr (ProfPattern) pattern = pattern_of (text, 0);

  g_assert_cmpuint (strcspn (answers, "\t"), ==, texts->len);
  for (guint t = 0; t < texts->len; t++)
    if (matches (pattern, t, texts->pdata[t]) != (answers[t] == '1'))
      g_error ("%s on “%s” is %c", text, (char *)texts->pdata[t], answers[t]);
}

static void
test_patterns_mean_what_they_mean_to_pprof (void)
{
  g_autofree char      *path = test_source_path ("tests/golden/pattern.txt");
  g_autofree char      *whole = NULL;
  g_auto (GStrv)        lines = NULL;
  g_autoptr (GPtrArray) texts = NULL;
  size_t                n_answered = 0;
  size_t                n_refused = 0;

  g_assert_true (g_file_get_contents (path, &whole, NULL, NULL));
  lines = g_strsplit_set (whole, "\n", -1);
  texts = read_texts (lines);
  for (char **line = lines; *line != NULL; line++)
    if (g_str_has_prefix (*line, "match\t"))
      {
        const char *answers = *line + strlen ("match\t");

        check_answers (answers, strchr (answers, '\t') + 1, texts);
        n_answered++;
      }
    else if (g_str_has_prefix (*line, "bad\t"))
      {
        assert_refused (*line + strlen ("bad\t"));
        n_refused++;
      }
  g_assert_cmpuint (n_answered, >, 200);
  g_assert_cmpuint (n_refused, >, 80);
}

static void
test_case_ignored_from_outside_is_case_ignored_inside (void)
{
  g_autoptr (ProfPattern) upper = pattern_of ("^\\p{Lu}$",
                                              PROF_PATTERN_CASELESS);
  g_autoptr (ProfPattern) other = pattern_of ("^[^\\w]$",
                                              PROF_PATTERN_CASELESS);
  g_autoptr (ProfPattern) not_inside = pattern_of ("a(?-i)b",
                                                   PROF_PATTERN_CASELESS);

  g_assert_true (matches (upper, 0, "ö"));
  g_assert_false (matches (other, 0, "ſ"));
  g_assert_true (matches (not_inside, 0, "Ab"));
  g_assert_false (matches (not_inside, 1, "AB"));
}

static void
test_the_whole_text_does_not_end_before_a_line_feed (void)
{
  g_autoptr (ProfPattern) pattern = pattern_of ("(?m)b$", PROF_PATTERN_WHOLE);

  g_assert_true (matches (pattern, 0, "b"));
  g_assert_false (matches (pattern, 1, "b\n"));
  g_assert_false (matches (pattern, 2, "b\nb"));
}

static void
test_one_can_look_around (void)
{
  g_autoptr (ProfPattern) ahead = pattern_of ("^runtime\\.(?!mallocgc)", 0);
  g_autoptr (ProfPattern) behind = pattern_of ("(?<=net|http)/x(?=y)", 0);
  g_autoptr (ProfPattern) not_behind = pattern_of ("(?<!a)b", 0);

  g_assert_true (matches (ahead, 0, "runtime.memmove"));
  g_assert_false (matches (ahead, 1, "runtime.mallocgc"));
  g_assert_true (matches (behind, 0, "net/xy"));
  g_assert_false (matches (behind, 1, "nit/xy"));
  g_assert_true (matches (not_behind, 0, "cb"));
  g_assert_false (matches (not_behind, 1, "ab"));
}

static void
test_one_can_refer_back (void)
{
  g_autoptr (ProfPattern) twice = pattern_of ("(?P<word>[a-z]+)\\.\\1$", 0);

  g_assert_true (matches (twice, 0, "main.main"));
  g_assert_false (matches (twice, 1, "main.work"));
}

/* Messages */

static void
assert_message (const char *text, const char *expected)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (prof_pattern_new (text, 0, NULL, &error));
  g_assert_error (error, PROF_ERROR, PROF_ERROR_PATTERN);
  g_assert_cmpstr (error->message, ==, expected);
}

static void
test_a_message_says_what_and_where (void)
{
  assert_message ("main(a", "missing closing parenthesis at character 7");
  assert_message ("a)", "unmatched closing parenthesis at character 2");
  assert_message ("[a", "missing closing bracket at character 3");
  assert_message ("*a", "nothing to repeat at character 1");
  assert_message ("(*ACCEPT)", "nothing to repeat at character 2");
  assert_message ("a**", "repetition of a repetition at character 3");
  assert_message ("a{1001}", "more than 1000 repetitions at character 2");
  assert_message ("(a{100}){11}", "more than 1000 repetitions at character 9");
  assert_message ("a{2,1}",
                  "repetition that ends below its start at character 2");
  assert_message ("ab\\hc", "unknown escape “\\h” at character 3");
  assert_message ("a\\", "lone backslash at character 2");
  assert_message ("[z-a]", "backward range “z-a” at character 2");
  assert_message ("[[:foo:]]", "unknown class “[:foo:]” at character 2");
  assert_message ("\\p{Foo}", "unknown property “\\p{Foo}” at character 1");
  assert_message ("\\p{Foo", "unfinished name of a property at character 1");
  assert_message ("\\x{110000}", "no such character at character 1");
  assert_message ("\\x4", "unfinished number of a character at character 1");
  assert_message ("(?#c)", "unknown kind of group at character 1");
  assert_message ("(?P<a-b>c)", "malformed name of a group at character 1");
  assert_message ("a\\1",
                  "reference to a group that is not there at "
                  "character 2");
  assert_message ("(?<=a+)b",
                  "lookbehind of no fixed length ends at character 7");
}

static void
test_characters_are_counted_not_bytes (void)
{
  assert_message ("löwe日本(", "missing closing parenthesis at character 8");
  assert_message ("ö\\é", "unknown escape “\\é” at character 2");
}

static void
test_the_nesting_is_limited (void)
{
  g_autofree char        *open = g_strnfill (PROF_MAX_PATTERN_DEPTH, '(');
  g_autofree char        *close = g_strnfill (PROF_MAX_PATTERN_DEPTH, ')');
  g_autofree char        *deep = g_strconcat (open, "a", close, NULL);
  g_autofree char        *deeper = g_strconcat ("(", deep, ")", NULL);
  g_autoptr (ProfPattern) pattern = pattern_of (deep, PROF_PATTERN_WHOLE);

  g_assert_true (matches (pattern, 0, "a"));
  assert_message (deeper, "too many groups inside each other at character 201");
}

static char *
repeat (const char *piece, size_t n)
{
  GString *text = g_string_new (NULL);

  for (size_t i = 0; i < n; i++)
    g_string_append (text, piece);
  return g_string_free (text, FALSE);
}

/* Each piece becomes kilobytes, and all of it must neither take long nor fill
 * the memory. */
static void
test_a_pattern_that_grows_is_refused (void)
{
  g_autofree char *letters = repeat ("(?i)\\p{Lu}", 6000);
  g_autofree char *bounds = repeat ("\\b", 30000);
  int64_t          start = g_get_monotonic_time ();

  assert_refused (letters);
  assert_refused (bounds);
  g_assert_cmpint (g_get_monotonic_time () - start, <, 5 * G_USEC_PER_SEC);
}

static void
test_the_length_is_limited (void)
{
  g_autofree char *text = g_strnfill (PROF_MAX_PATTERN, 'a');
  g_autofree char *class = g_strconcat ("[", text, "]", NULL);
  g_autoptr (GError) error = NULL;
  ProfLimit          limit;

  g_assert_null (prof_pattern_new (class, 0, NULL, &error));
  g_assert_true (prof_limits_passed (error, &limit));
  g_assert_cmpint (limit, ==, PROF_LIMIT_PATTERN);
}

static void
test_a_higher_limit_allows_a_longer_one (void)
{
  g_autofree char *text = g_strnfill (PROF_MAX_PATTERN, 'a');
  g_autofree char *class = g_strconcat ("[", text, "]", NULL);
  const ProfLimits        low = { .values[PROF_LIMIT_PATTERN] = 3 };
  g_autoptr (ProfPattern) pattern = prof_pattern_new (class,
                                                      0,
                                                      &prof_pattern_widest,
                                                      NULL);

  g_assert_true (matches (pattern, 0, "xa"));
  g_assert_null (prof_pattern_new ("abcd", 0, &low, NULL));
  prof_pattern_free (g_steal_pointer (&pattern));
  pattern = prof_pattern_new ("abc", 0, &low, NULL);
  g_assert_true (matches (pattern, 0, "xabc"));
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
  ProfLimit   limit;

  g_assert_false (
      prof_pattern_test (pattern, 0, text, strlen (text), &found, &error));
  g_assert_error (error, PROF_ERROR, PROF_ERROR_TOO_LARGE);
  g_assert_true (prof_limits_passed (error, &limit));
  g_assert_cmpint (limit, ==, PROF_LIMIT_PATTERN_STEPS);
  g_assert_true (found);
  g_assert_false (prof_pattern_test (pattern, 1, "a", 1, &found, &again));
  g_assert_cmpstr (again->message, ==, error->message);
}

/* The same one, with more and with fewer steps than one name takes. */
static void
test_the_steps_are_those_of_the_limits (void)
{
  const char *text = "aaaaaaaaaaaaaaaab";
  ProfLimits  limits = { .values[PROF_LIMIT_PATTERN_STEPS] = 1000 };
  bool        found = true;

  for (int raised = 0; raised < 2; raised++)
    {
      g_autoptr (ProfPattern) pattern = prof_pattern_new ("^(a+)+$",
                                                          0,
                                                          &limits,
                                                          NULL);
      g_autoptr (GError)      error = NULL;

      g_assert_cmpint (prof_pattern_test (pattern,
                                          0,
                                          text,
                                          strlen (text),
                                          &found,
                                          &error),
                       ==,
                       raised == 1);
      limits.values[PROF_LIMIT_PATTERN_STEPS] = PROF_MOST_PATTERN_STEPS;
    }
  g_assert_false (found);
}

/* Each name within its steps, but a second of work is soon over; what others do
 * meanwhile does not count. */
static void
test_the_seconds_are_those_of_the_limits (void)
{
  const ProfLimits limits = {
    .values[PROF_LIMIT_PATTERN_SECONDS] = 1,
    .values[PROF_LIMIT_PATTERN_STEPS] = PROF_MOST_PATTERN_STEPS,
  };
  const char             *text = "aaaaaaaaaaaaaaaaaaaab";
  g_autoptr (ProfPattern) pattern = prof_pattern_new ("^(a+)+$",
                                                      0,
                                                      &limits,
                                                      NULL);
  g_autoptr (GError)      error = NULL;
  ProfLimit               limit;
  uint32_t                id = 0;
  bool                    found;

  while (prof_pattern_test (pattern, id, text, strlen (text), &found, &error))
    g_assert_cmpuint (++id, <, 100000);
  g_assert_true (prof_limits_passed (error, &limit));
  g_assert_cmpint (limit, ==, PROF_LIMIT_PATTERN_SECONDS);
  g_assert_nonnull (strstr (error->message, "more than 1 s with all names"));
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
  g_test_add_func ("/pattern/patterns-mean-what-they-mean-to-pprof",
                   test_patterns_mean_what_they_mean_to_pprof);
  g_test_add_func ("/pattern/case-ignored-from-outside-is-case-ignored-inside",
                   test_case_ignored_from_outside_is_case_ignored_inside);
  g_test_add_func ("/pattern/the-whole-text-does-not-end-before-a-line-feed",
                   test_the_whole_text_does_not_end_before_a_line_feed);
  g_test_add_func ("/pattern/one-can-look-around", test_one_can_look_around);
  g_test_add_func ("/pattern/one-can-refer-back", test_one_can_refer_back);
  g_test_add_func ("/pattern/a-message-says-what-and-where",
                   test_a_message_says_what_and_where);
  g_test_add_func ("/pattern/characters-are-counted-not-bytes",
                   test_characters_are_counted_not_bytes);
  g_test_add_func ("/pattern/the-nesting-is-limited",
                   test_the_nesting_is_limited);
  g_test_add_func ("/pattern/a-pattern-that-grows-is-refused",
                   test_a_pattern_that_grows_is_refused);
  g_test_add_func ("/pattern/the-length-is-limited",
                   test_the_length_is_limited);
  g_test_add_func ("/pattern/a-higher-limit-allows-a-longer-one",
                   test_a_higher_limit_allows_a_longer_one);
  g_test_add_func ("/pattern/the-steps-are-those-of-the-limits",
                   test_the_steps_are_those_of_the_limits);
  g_test_add_func ("/pattern/the-seconds-are-those-of-the-limits",
                   test_the_seconds_are_those_of_the_limits);
  g_test_add_func ("/pattern/the-limit-cannot-be-raised-from-inside",
                   test_the_limit_cannot_be_raised_from_inside);
  g_test_add_func ("/pattern/a-pattern-that-runs-too-long-fails-for-good",
                   test_a_pattern_that_runs_too_long_fails_for_good);
  return g_test_run ();
}
