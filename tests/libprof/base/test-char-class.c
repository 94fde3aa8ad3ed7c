/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "base/prof-char-class.h"

/* Whether a class holds a character, as GRegex sees what was written. */
static bool
holds (const ProfCharClass *class, bool negated, const char *character)
{
  g_autoptr (GString) out = g_string_new (class->fold ? "(?i)^" : "^");
  g_autoptr (GError)  error = NULL;
  g_autoptr (GRegex)  regex = NULL;

  prof_char_class_write (class, negated, out);
  g_string_append (out, "{1}$");
  regex = g_regex_new (out->str, 0, 0, &error);
  g_assert_no_error (error);
  return g_regex_match (regex, character, 0, NULL);
}

/* The complement of the whole holds exactly the other characters. */
static void
assert_holds (const ProfCharClass *class, const char *character, bool expected)
{
  g_assert_cmpint (holds (class, false, character), ==, expected);
  g_assert_cmpint (holds (class, true, character), ==, !expected);
}

static void
test_an_empty_class_holds_nothing (void)
{
  ProfCharClass class;

  prof_char_class_init (&class, false);
  prof_char_class_add_range (&class, 0xd800, 0xdfff);
  assert_holds (&class, "a", false);
  assert_holds (&class, "日", false);
  prof_char_class_clear (&class);
}

static void
test_a_range_may_begin_or_end_in_surrogates (void)
{
  ProfCharClass class;

  prof_char_class_init (&class, false);
  prof_char_class_add_range (&class, 0xd700, 0xd900);
  prof_char_class_add_range (&class, 0xdc00, 0xe000);
  assert_holds (&class, "\xed\x9f\xbf", true);  /* U+D7FF */
  assert_holds (&class, "\xee\x80\x80", true);  /* U+E000 */
  assert_holds (&class, "\xee\x80\x81", false); /* U+E001 */
  prof_char_class_clear (&class);
}

static void
test_sets_are_ascii_unless_case_is_ignored (void)
{
  ProfCharClass exact;
  ProfCharClass folded;
  ProfCharClass complement;

  prof_char_class_init (&exact, false);
  prof_char_class_init (&folded, true);
  prof_char_class_init (&complement, true);
  g_assert_true (prof_char_class_add_set (&exact, "word", false));
  g_assert_true (prof_char_class_add_set (&folded, "word", false));
  g_assert_true (prof_char_class_add_set (&complement, "word", true));
  assert_holds (&exact, "ſ", false);
  assert_holds (&folded, "ſ", true);
  assert_holds (&complement, "ſ", false);
  assert_holds (&complement, "é", true);
  assert_holds (&complement, "s", false);
  prof_char_class_clear (&exact);
  prof_char_class_clear (&folded);
  prof_char_class_clear (&complement);
}

static void
test_pieces_add_up (void)
{
  ProfCharClass class;

  prof_char_class_init (&class, false);
  prof_char_class_add_range (&class, 'a', 'c');
  g_assert_true (prof_char_class_add_property (&class, "L", true));
  g_assert_true (prof_char_class_add_property (&class, "Greek", false));
  assert_holds (&class, "b", true);
  assert_holds (&class, "d", false);
  assert_holds (&class, "7", true);
  assert_holds (&class, "λ", true);
  prof_char_class_clear (&class);
}

static void
test_a_letter_counts_for_every_case_where_case_is_ignored (void)
{
  ProfCharClass class;

  prof_char_class_init (&class, true);
  g_assert_true (prof_char_class_add_property (&class, "Lu", false));
  assert_holds (&class, "ö", true);
  assert_holds (&class, "ª", false);
  prof_char_class_clear (&class);
}

static void
test_unknown_names_add_nothing (void)
{
  ProfCharClass class;

  prof_char_class_init (&class, false);
  g_assert_false (prof_char_class_add_set (&class, "foo", false));
  g_assert_false (prof_char_class_add_property (&class, "Foo", false));
  g_assert_false (prof_char_class_add_property (&class, "L&", true));
  g_assert_false (prof_char_class_add_property (&class, "", false));
  g_assert_cmpuint (class.listed->len, ==, 0);
  g_assert_cmpuint (class.complements->len, ==, 0);
  prof_char_class_clear (&class);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(path, test) g_test_add_func ("/char-class/" path, test)
  ADD ("an-empty-class-holds-nothing", test_an_empty_class_holds_nothing);
  ADD ("a-range-may-begin-or-end-in-surrogates",
       test_a_range_may_begin_or_end_in_surrogates);
  ADD ("sets-are-ascii-unless-case-is-ignored",
       test_sets_are_ascii_unless_case_is_ignored);
  ADD ("pieces-add-up", test_pieces_add_up);
  ADD ("a-letter-counts-for-every-case-where-case-is-ignored",
       test_a_letter_counts_for_every_case_where_case_is_ignored);
  ADD ("unknown-names-add-nothing", test_unknown_names_add_nothing);
#undef ADD
  return g_test_run ();
}
