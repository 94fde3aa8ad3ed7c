/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "base/prof-grapheme.h"
#include <string.h>

/* "|" stands where a text can be cut. */
static void
assert_parts (const char *parts)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (GString) found = g_string_new (NULL);
  const char         *p;
  size_t              n = 0;

  for (p = parts; *p != '\0'; p++)
    if (*p != '|')
      g_string_append_c (text, *p);
  for (p = text->str; *p != '\0'; p = g_utf8_next_char (p), n++)
    {
      if (n > 0 && prof_grapheme_floor (text->str, n) == n)
        g_string_append_c (found, '|');
      g_string_append_len (found, p, g_utf8_next_char (p) - p);
    }
  g_assert_cmpstr (found->str, ==, parts);
  g_assert_cmpuint (prof_grapheme_floor (text->str, n), ==, n);
  g_assert_cmpuint (prof_grapheme_floor (text->str, n + 7), ==, n);
}

static void
test_plain (void)
{
  assert_parts ("");
  assert_parts ("m|a|i|n|.|m|a|i|n");
  assert_parts ("g|r|ö|ß|e|r");
  assert_parts ("日|本|語|の|関|数");
  assert_parts ("ש|ל|ו|ם");
}

static void
test_marks (void)
{
  assert_parts ("e\u0301|e\u0301\u0323|x");
  assert_parts ("ก\u0e33|น\u0e49|า");  /* Thai */
  assert_parts ("न|म|स\u094dत\u0947"); /* Devanagari */
  assert_parts ("\u0628\u064e|\u0627");
  assert_parts ("ｶﾞ|x");
}

static void
test_emoji (void)
{
  assert_parts ("🔥|🔥");
  assert_parts ("👍🏽|x");
  assert_parts ("👩\u200d👩\u200d👧|x");
  assert_parts ("🏳\ufe0f\u200d🌈|x");
  assert_parts ("1\ufe0f\u20e3|2");
  assert_parts ("🇩🇪|🇫🇷|x");
  assert_parts ("🇩🇪|🇫");
  assert_parts ("🏴\U000e0067\U000e0062\U000e007f|x");
}

static void
test_hangul (void)
{
  assert_parts ("한|국");
  assert_parts ("\u1112\u1161\u11ab|\u1100\u116e\u11a8");
  assert_parts ("\ud558\u11ab|\ud55c\u11ab|x");
}

static void
test_lower (void)
{
  g_assert_cmpuint (prof_grapheme_floor ("ae\u0301\u0323z", 2), ==, 1);
  g_assert_cmpuint (prof_grapheme_floor ("ae\u0301\u0323z", 3), ==, 1);
  g_assert_cmpuint (prof_grapheme_floor ("ae\u0301\u0323z", 4), ==, 4);
  g_assert_cmpuint (prof_grapheme_floor ("e\u0301\u0323z", 2), ==, 0);
  g_assert_cmpuint (prof_grapheme_floor ("abc", 0), ==, 0);
  g_assert_cmpuint (prof_grapheme_floor ("", 5), ==, 0);
}

static void
assert_cut (const char *text, size_t n_chars, const char *expected)
{
  g_autofree char *cut = prof_grapheme_cut (text, n_chars);

  g_assert_cmpstr (cut, ==, expected);
  if (prof_grapheme_is_short (text, n_chars))
    g_assert_cmpstr (cut, ==, text);
}

static void
test_cut (void)
{
  assert_cut ("", 1, "");
  assert_cut ("abc", 3, "abc");
  assert_cut ("abcd", 3, "abc…");
  assert_cut ("öäü", 3, "öäü");
  assert_cut ("öäüß", 3, "öäü…");
  assert_cut ("abe\u0301", 3, "ab…");
  /* One that has too much in itself is cut nevertheless. */
  assert_cut ("e\u0301\u0323x", 2, "e\u0301…");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/grapheme/letters-can-be-cut-apart", test_plain);
  g_test_add_func ("/grapheme/marks-stay-with-their-letter", test_marks);
  g_test_add_func ("/grapheme/emoji-stay-whole", test_emoji);
  g_test_add_func ("/grapheme/syllables-stay-whole", test_hangul);
  g_test_add_func ("/grapheme/a-cut-text-ends-with-a-whole-character",
                   test_cut);
  g_test_add_func ("/grapheme/what-is-in-the-middle-goes-as-a-whole",
                   test_lower);
  return g_test_run ();
}
