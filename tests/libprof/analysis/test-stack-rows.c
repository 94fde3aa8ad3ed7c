/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "analysis/prof-stack-rows.h"

#include "test-util.h"
#include <string.h>

/* "main(4)=10 f(1)=3 ...": name, size and total of each row behind the first. */
static char *
describe (const ProfStackRows *rows, const ProfFrames *frames)
{
  GString *out = g_string_new (NULL);

  for (size_t i = 1; i < rows->n; i++)
    {
      const ProfStackRow *row = &rows->rows[i];
      size_t              n;
      const ProfFrameId  *of_row;

      of_row = prof_frames_of_location (frames, row->location, &n);
      g_string_append_printf (out,
                              "%s%s(%u)=%" G_GINT64_FORMAT,
                              i > 1 ? " " : "",
                              prof_frames_name (frames, of_row[n - 1]),
                              row->size,
                              row->total);
    }
  return g_string_free (out, FALSE);
}

static void
assert_rows (const char *text, const char *expected)
{
  g_autoptr (ProfProfile) profile = test_profile (text);
  g_autoptr (ProfFrames)  frames = prof_frames_new (profile, 0);
  g_autofree char        *rows_text = NULL;
  ProfStackRows           rows;

  prof_stack_rows_init (&rows, profile, 0);
  rows_text = describe (&rows, frames);
  g_assert_cmpstr (rows_text, ==, expected);
  g_assert_cmpuint (rows.rows[0].size, ==, rows.n);
  prof_stack_rows_clear (&rows);
}

static void
test_children_follow_their_parent (void)
{
  assert_rows ("main;a;b 1\n"
               "main;c 2\n"
               "init 4\n"
               "main;a;d 8\n"
               "main;a;b;e 16\n"
               "init;f 32\n",
               "main(6)=27 a(4)=25 b(2)=17 e(1)=16 d(1)=8 c(1)=2 "
               "init(2)=36 f(1)=32");
}

static void
test_no_samples_make_one_row (void)
{
  assert_rows ("#types cpu/nanoseconds\n", "");
}

static void
test_the_empty_stack_is_the_first_row (void)
{
  g_autoptr (ProfProfile) profile = test_profile (" 5\n"
                                                  "main 2\n");
  ProfStackRows           rows;

  prof_stack_rows_init (&rows, profile, 0);
  g_assert_cmpint (rows.rows[0].total, ==, 7);
  prof_stack_rows_clear (&rows);
}

static void
test_what_cancels_out_is_not_zero (void)
{
  g_autoptr (ProfProfile) profile = test_profile ("main;a 5\n"
                                                  "main;b -5\n"
                                                  "idle;c 0\n");
  ProfStackRows           rows;

  prof_stack_rows_init (&rows, profile, 0);
  g_assert_cmpint (rows.rows[1].total, ==, 0);
  g_assert_false (prof_stack_rows_is_zero (&rows, 1));
  g_assert_true (prof_stack_rows_is_zero (&rows, 4));
  prof_stack_rows_clear (&rows);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/stack-rows/children-follow-their-parent",
                   test_children_follow_their_parent);
  g_test_add_func ("/stack-rows/no-samples-make-one-row",
                   test_no_samples_make_one_row);
  g_test_add_func ("/stack-rows/the-empty-stack-is-the-first-row",
                   test_the_empty_stack_is_the_first_row);
  g_test_add_func ("/stack-rows/what-cancels-out-is-not-zero",
                   test_what_cancels_out_is_not_zero);
  return g_test_run ();
}
