/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "test-util.h"

#include "paint/prof-change-text.h"

static void
assert_relative (int64_t before, int64_t now, const char *expected)
{
  g_autofree char *text = prof_change_relative (before, now);

  g_assert_cmpstr (text, ==, expected);
}

static void
test_a_change_is_relative_to_before (void)
{
  assert_relative (100, 171, "+71 %");
  assert_relative (100, 73, "−27 %");
  assert_relative (100, 101, "+1.0 %");
  assert_relative (100000, 100050, "+0.05 %");
  assert_relative (46, 106, "+130 %");
  assert_relative (5, 5, "0 %");
  assert_relative (0, 0, "0 %");
  assert_relative (0, 7, "new");
  assert_relative (7, 0, "gone");
  /* More of what is below 0 is less. */
  assert_relative (-10, -20, "−100 %");
  assert_relative (INT64_MIN, INT64_MAX, "+200 %");
}

static void
assert_mark (int64_t before, int64_t now, int step, const char *expected)
{
  ProfChange       change = { .total_before = before, .total_now = now };
  g_autofree char *text = prof_change_mark (&change, step, NULL);

  g_assert_cmpstr (text, ==, expected);
}

static void
test_marks_say_what_colours_say (void)
{
  assert_mark (100, 171, 3, "▲ +71 %");
  assert_mark (100, 73, -2, "▼ −27 %");
  assert_mark (100, 101, 0, NULL);
  assert_mark (0, 1, 0, "new");
  assert_mark (1, 0, -1, "gone");
}

static void
test_marks_take_other_words (void)
{
  const ProfChangeWords words = { "neu", "weg" };
  const ProfChange      is_new = { .total_now = 1 };
  const ProfChange      is_gone = { .total_before = 1 };
  g_autofree char      *first = prof_change_mark (&is_new, 0, &words);
  g_autofree char      *second = prof_change_mark (&is_gone, 0, &words);

  g_assert_cmpstr (first, ==, "neu");
  g_assert_cmpstr (second, ==, "weg");
}

static void
test_a_sentence_has_both_sides_and_the_difference (void)
{
  ProfChange       all = { .total_before = INT64_C (152000000000),
                           .total_now = INT64_C (153000000000) };
  g_autofree char *text = prof_change_sentence (INT64_C (12300000000),
                                                INT64_C (9800000000),
                                                &all,
                                                "nanoseconds");
  g_autofree char *added = prof_change_sentence (0, 5, &all, "count");
  g_autofree char *sides = prof_change_sides (1024, 2048, "bytes");
  g_autofree char *more = prof_change_difference (1024, 2048, "bytes");
  g_autofree char *same = prof_change_difference (7, 7, "bytes");

  g_assert_cmpstr (text, ==, "12.3 s (8.1 %) → 9.8 s (6.4 %), −2.5 s (−20 %)");
  g_assert_cmpstr (added, ==, "0 (0.0 %) → 5 (< 0.0001 %), +5 (new)");
  g_assert_cmpstr (sides, ==, "1 KiB → 2 KiB");
  g_assert_cmpstr (more, ==, "▲ +1 KiB (+100 %)");
  g_assert_cmpstr (same, ==, "unchanged");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/change-text/a-change-is-relative-to-before",
                   test_a_change_is_relative_to_before);
  g_test_add_func ("/change-text/marks-say-what-colours-say",
                   test_marks_say_what_colours_say);
  g_test_add_func ("/change-text/marks-take-other-words",
                   test_marks_take_other_words);
  g_test_add_func ("/change-text/a-sentence-has-both-sides-and-the-difference",
                   test_a_sentence_has_both_sides_and_the_difference);
  return g_test_run ();
}
