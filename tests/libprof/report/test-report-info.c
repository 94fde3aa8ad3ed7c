/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "report-util.h"

#include <string.h>

static void
test_it_says_everything (void)
{
  g_autoptr (ProfProfile) profile = report_dated_profile ();
  g_autoptr (GString)     out = g_string_new (NULL);

  prof_report_info (out, profile);
  g_assert_cmpstr (out->str,
                   ==,
                   "Kind: CPU\n"
                   "Type: cpu/nanoseconds, total 2.50s (default)\n"
                   "Time: 2022-11-25T04:00:00Z\n"
                   "Duration: 5s\n"
                   "Period: 10ms of cpu\n"
                   "Samples: 1\n"
                   "Functions: 0\n"
                   "Locations: 0\n"
                   "Mapping: 0x0-0x0 /usr/bin/server, build id abc123\n"
                   "Label: handler, 1 sample, 1 value\n"
                   "Comment: first run\n"
                   "Comment: #for machines\n"
                   "Comment: first run\n");
}

static void
test_sums_that_stop_are_an_oddity (void)
{
  g_autoptr (ProfProfile) profile = NULL;
  g_autoptr (GString)     out = g_string_new (NULL);

  profile = test_profile ("#types a/count,b/count\n"
                          "f 1,9223372036854775807\nf 1,1\n");
  prof_report_info (out, profile);
  g_assert_nonnull (
      strstr (out->str,
              "\nOddity: sums of \"b\" stop at the end of 64 bits\n"));
  g_assert_null (strstr (out->str, "sums of \"a\""));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(path, test) g_test_add_func ("/report-info/" path, test)
  ADD ("it-says-everything", test_it_says_everything);
  ADD ("sums-that-stop-are-an-oddity", test_sums_that_stop_are_an_oddity);
#undef ADD
  return g_test_run ();
}
