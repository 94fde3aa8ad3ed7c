/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "report/prof-report-time.h"

#include "test-util.h"

static void
test_seconds_are_rounded_down (void)
{
  g_assert_cmpint (prof_report_time_seconds (1999999999), ==, 1);
  g_assert_cmpint (prof_report_time_seconds (-1), ==, -1);
  g_assert_cmpint (prof_report_time_seconds (-1000000000), ==, -1);
  g_assert_cmpint (prof_report_time_seconds (INT64_MIN), ==, -9223372037);
}

/* The texts are what Go 1.19 prints. */
static void
test_durations_are_written_as_by_go (void)
{
  static const struct
  {
    int64_t     ns;
    const char *text;
  } cases[] = {
    { 0, "0s" },
    { 1, "1ns" },
    { 999, "999ns" },
    { 1000, "1µs" },
    { 1001, "1.001µs" },
    { 1500, "1.5µs" },
    { 999999, "999.999µs" },
    { 1000000, "1ms" },
    { 1500000, "1.5ms" },
    { 999999999, "999.999999ms" },
    { INT64_C (1000000000), "1s" },
    { INT64_C (5141263917), "5.141263917s" },
    { INT64_C (5040000000), "5.04s" },
    { INT64_C (59999999999), "59.999999999s" },
    { INT64_C (60000000000), "1m0s" },
    { INT64_C (100500000000), "1m40.5s" },
    { INT64_C (3599000000000), "59m59s" },
    { INT64_C (3600000000000), "1h0m0s" },
    { INT64_C (3600000000001), "1h0m0.000000001s" },
    { INT64_C (34560000000000000), "9600h0m0s" },
    { -1, "-1ns" },
    { -1500, "-1.5µs" },
    { INT64_C (-61000000000), "-1m1s" },
    { INT64_MAX, "2562047h47m16.854775807s" },
    { INT64_MIN, "-2562047h47m16.854775808s" },
  };

  for (size_t i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text = prof_report_time_duration (cases[i].ns);

      g_assert_cmpstr (text, ==, cases[i].text);
    }
}

static void
assert_stamp (const char *zone, int64_t ns, const char *expected)
{
  g_autofree char *file = g_build_filename ("/usr/share/zoneinfo", zone, NULL);
  g_autofree char *text = NULL;

  if (!g_file_test (file, G_FILE_TEST_EXISTS))
    {
      g_test_message ("there is no zone %s", zone);
      return;
    }
  g_setenv ("TZ", zone, TRUE);
  text = prof_report_time_stamp (ns);
  g_setenv ("TZ", "UTC", TRUE);
  g_assert_cmpstr (text, ==, expected);
}

/* The texts are what Go 1.19 prints. */
static void
test_times_are_written_as_by_go (void)
{
  const int64_t november = INT64_C (1669348800500000000);

  assert_stamp ("UTC", november, "2022-11-25 04:00:00.5 +0000 UTC");
  assert_stamp ("UTC", 1, "1970-01-01 00:00:00.000000001 +0000 UTC");
  assert_stamp ("UTC", -1, "1969-12-31 23:59:59.999999999 +0000 UTC");
  assert_stamp ("UTC", INT64_MAX, "2262-04-11 23:47:16.854775807 +0000 UTC");
  assert_stamp ("UTC", INT64_MIN, "1677-09-21 00:12:43.145224192 +0000 UTC");
  assert_stamp ("Europe/Berlin", november, "2022-11-25 05:00:00.5 +0100 CET");
  assert_stamp ("Asia/Kolkata", november, "2022-11-25 09:30:00.5 +0530 IST");
  assert_stamp ("America/New_York",
                november,
                "2022-11-24 23:00:00.5 -0500 EST");
  assert_stamp ("America/Sao_Paulo",
                november,
                "2022-11-25 01:00:00.5 -0300 -03");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(path, test) g_test_add_func ("/report-time/" path, test)
  ADD ("seconds-are-rounded-down", test_seconds_are_rounded_down);
  ADD ("durations-are-written-as-by-go", test_durations_are_written_as_by_go);
  ADD ("times-are-written-as-by-go", test_times_are_written_as_by_go);
#undef ADD
  return g_test_run ();
}
