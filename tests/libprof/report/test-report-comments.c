/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "report-util.h"

static void
test_all_comments_are_printed (void)
{
  g_autoptr (ProfProfile) profile = report_dated_profile ();
  g_autoptr (GString)     out = g_string_new (NULL);

  prof_report_comments (out, profile);
  g_assert_cmpstr (out->str, ==, "first run\n#for machines\nfirst run\n");
}

static void
test_without_comments_nothing_is_printed (void)
{
  g_autoptr (ProfProfile) profile = test_profile ("main 1\n");
  g_autoptr (GString)     out = g_string_new (NULL);

  prof_report_comments (out, profile);
  g_assert_cmpstr (out->str, ==, "");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(path, test) g_test_add_func ("/report-comments/" path, test)
  ADD ("all-comments-are-printed", test_all_comments_are_printed);
  ADD ("without-comments-nothing-is-printed",
       test_without_comments_nothing_is_printed);
#undef ADD
  return g_test_run ();
}
