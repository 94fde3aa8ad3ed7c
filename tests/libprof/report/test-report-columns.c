/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "report/prof-report-columns.h"
#include "test-util.h"

static void
assert_columns (const char *text, const char *expected)
{
  g_autoptr (GError)  error = NULL;
  g_autoptr (GString) in = g_string_new (text);
  g_autoptr (GString) out = g_string_new (NULL);

  prof_report_columns (out, in, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (out->str, ==, expected);
}

static void
test_cells_are_aligned_to_the_right (void)
{
  assert_columns ("a\tbbb\tx\nlong\tb\ty\n", "    a bbbx\n long   by\n");
}

static void
test_what_is_behind_the_last_tab_is_not_aligned (void)
{
  assert_columns ("a\tlonger\nb\tx\n", " alonger\n bx\n");
}

static void
test_a_line_without_it_ends_a_column (void)
{
  assert_columns ("aaaa\tx\n\nb\ty\n", " aaaax\n\n by\n");
  assert_columns ("a\tbbbb\tx\nc\ty\na\tb\tx\n", " a bbbbx\n cy\n a bx\n");
}

static void
test_empty_cells_are_as_wide_as_their_column (void)
{
  assert_columns ("\t\tx\na\tbb\ty\n", "     x\n a bby\n");
  assert_columns ("\t\n", " \n");
}

static void
test_width_is_counted_in_characters (void)
{
  assert_columns ("üö\tx\nabc\ty\n", "  üöx\n abcy\n");
  assert_columns ("\xe9\xe9\tx\nabc\ty\n", "  \xe9\xe9x\n abcy\n");
}

static void
test_a_form_feed_ends_all_columns (void)
{
  assert_columns ("aaa\tx\fb\ty\n", " aaax\n by\n");
  assert_columns ("aaa\vx\nb\vy\n", " aaax\n   by\n");
}

static void
test_escaped_text_is_one_cell (void)
{
  assert_columns ("\xff"
                  "a\tb\n\xff"
                  "\tx\ncccccc\ty\n",
                  "   \xff"
                  "a\tb\n\xff"
                  "x\n ccccccy\n");
  assert_columns ("a\t\xff"
                  "b\tc\n",
                  " a\xff"
                  "b\tc\n");
}

static void
test_nothing_stays_nothing (void)
{
  assert_columns ("", "");
  assert_columns ("\n\n", "\n\n");
}

/* A cell of 1 MB would widen 300 lines. */
static void
test_columns_that_get_too_large_are_refused (void)
{
  g_autoptr (GError)  error = NULL;
  g_autoptr (GString) in = g_string_new (NULL);
  g_autoptr (GString) out = g_string_new ("before");

  for (int i = 0; i < 1000000; i++)
    g_string_append_c (in, 'a');
  for (int i = 0; i < 300; i++)
    g_string_append (in, "\t\n");
  g_assert_false (prof_report_columns (out, in, &error));
  g_assert_error (error, PROF_ERROR, PROF_ERROR_TOO_LARGE);
  g_assert_cmpstr (out->str, ==, "before");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(path, test) g_test_add_func ("/report-columns/" path, test)
  ADD ("cells-are-aligned-to-the-right", test_cells_are_aligned_to_the_right);
  ADD ("what-is-behind-the-last-tab-is-not-aligned",
       test_what_is_behind_the_last_tab_is_not_aligned);
  ADD ("a-line-without-it-ends-a-column", test_a_line_without_it_ends_a_column);
  ADD ("empty-cells-are-as-wide-as-their-column",
       test_empty_cells_are_as_wide_as_their_column);
  ADD ("width-is-counted-in-characters", test_width_is_counted_in_characters);
  ADD ("a-form-feed-ends-all-columns", test_a_form_feed_ends_all_columns);
  ADD ("escaped-text-is-one-cell", test_escaped_text_is_one_cell);
  ADD ("nothing-stays-nothing", test_nothing_stays_nothing);
  ADD ("columns-that-get-too-large-are-refused",
       test_columns_that_get_too_large_are_refused);
#undef ADD
  return g_test_run ();
}
