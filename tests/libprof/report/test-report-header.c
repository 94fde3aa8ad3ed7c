/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "report-util.h"

static void
test_it_says_what_is_known (void)
{
  g_autoptr (ProfProfile) profile = report_dated_profile ();
  g_autoptr (GString)     out = g_string_new (NULL);

  prof_report_header (out, profile, 0);
  g_assert_cmpstr (out->str,
                   ==,
                   "File: server\n"
                   "Build ID: abc123\n"
                   "first run\n"
                   "Type: cpu\n"
                   "Time: Nov 25, 2022 at 4:00am (UTC)\n"
                   "Duration: 5s, Total samples = 2.50s (50.00%)\n");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(path, test) g_test_add_func ("/report-header/" path, test)
  ADD ("it-says-what-is-known", test_it_says_what_is_known);
#undef ADD
  return g_test_run ();
}
