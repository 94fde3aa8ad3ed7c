/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "analysis/prof-line-sums.h"

#include "line-util.h"
#include "test-util.h"

/* "LINE=FLAT/CUM ..." */
static char *
describe (const char *samples, const char *name, bool noinlines)
{
  g_autoptr (ProfProfile) profile = line_profile (samples);
  g_autoptr (ProfFrames)  frames = line_frames (profile, noinlines);
  g_autoptr (GArray)      lines = NULL;
  GString                *out = g_string_new (NULL);

  lines = prof_line_sums_new (frames, 0, line_frame (frames, name));
  for (guint i = 0; i < lines->len; i++)
    {
      const ProfLineSum *sum = &g_array_index (lines, ProfLineSum, i);

      g_assert_cmpstr (prof_profile_string (profile, sum->file), ==, "f.go");
      g_string_append_printf (out,
                              "%s%d=%d/%d",
                              i > 0 ? " " : "",
                              (int)sum->line,
                              (int)sum->flat,
                              (int)sum->cum);
    }
  return g_string_free (out, FALSE);
}

#define ASSERT_LINES(samples, name, expected)                \
  G_STMT_START                                               \
  {                                                          \
    g_autofree char *text = describe (samples, name, false); \
                                                             \
    g_assert_cmpstr (text, ==, expected);                    \
  }                                                          \
  G_STMT_END

static void
test_the_heaviest_line_is_first (void)
{
  ASSERT_LINES ("2,1=5 3,1=7", "work", "21=7/7 20=5/5");
  ASSERT_LINES ("2,1=5 3,1=7", "main", "10=0/12");
}

static void
test_a_line_counts_once_for_a_stack (void)
{
  ASSERT_LINES ("2,2,1=5 3,2,1=7", "work", "20=5/12 21=7/7");
}

static void
test_inlined_code_ends_on_its_own_line (void)
{
  ASSERT_LINES ("4=3 4,1=2", "work", "20=5/5");
  ASSERT_LINES ("4=3 4,1=2", "main", "11=0/5 10=0/2");
}

static void
test_without_inlined_code_its_caller_has_the_line (void)
{
  g_autofree char *text = describe ("4=3", "main", true);

  g_assert_cmpstr (text, ==, "11=3/3");
}

static void
test_what_costs_nothing_or_has_no_line_is_left_out (void)
{
  ASSERT_LINES ("2,1=0 5,1=4", "work", "");
  ASSERT_LINES ("2,1=3 2,1=-3 3,1=-2", "work", "21=-2/-2");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(name, function) g_test_add_func ("/line-sums/" name, function)
  ADD ("the-heaviest-line-is-first", test_the_heaviest_line_is_first);
  ADD ("a-line-counts-once-for-a-stack", test_a_line_counts_once_for_a_stack);
  ADD ("inlined-code-ends-on-its-own-line",
       test_inlined_code_ends_on_its_own_line);
  ADD ("without-inlined-code-its-caller-has-the-line",
       test_without_inlined_code_its_caller_has_the_line);
  ADD ("what-costs-nothing-or-has-no-line-is-left-out",
       test_what_costs_nothing_or_has_no_line_is_left_out);
#undef ADD
  return g_test_run ();
}
