/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "test-util.h"

#include <locale.h>
#include <string.h>

static void
assert_label (int64_t     value,
              const char *from,
              const char *to,
              const char *expected)
{
  g_autofree char *text = prof_unit_label (value, from, to);

  g_assert_cmpstr (text, ==, expected);
}

static void
test_the_largest_unit_that_leaves_one_is_taken (void)
{
  assert_label (1100000000, "nanoseconds", "auto", "1.10s");
  assert_label (1500, "nanoseconds", "auto", "1.50us");
  assert_label (1536, "bytes", "auto", "1.50kB");
  assert_label (1, "MB", "auto", "1MB");
  assert_label (2 << 20, "kilobytes", "auto", "2GB");
  assert_label (12, "nanogcu", "auto", "12n*GCU");
}

static void
test_numbers_are_not_rounded_into_the_next_unit (void)
{
  assert_label (1048575, "bytes", "auto", "1024kB");
  assert_label (999999, "nanoseconds", "auto", "1000us");
}

static void
test_there_are_no_minutes (void)
{
  assert_label (59990, "milliseconds", "auto", "59.99s");
  assert_label (60, "seconds", "auto", "60s");
  assert_label (3599999, "ms", "auto", "3600s");
  assert_label (3600, "sec", "auto", "1hrs");
  assert_label (7, "minutes", "auto", "7");
}

static void
test_nothing_has_no_unit (void)
{
  assert_label (0, "nanoseconds", "auto", "0");
  assert_label (4999999, "nanoseconds", "s", "0");
  assert_label (-4999999, "nanoseconds", "s", "0");
  assert_label (5000001, "nanoseconds", "s", "0.01s");
}

static void
test_negative_values_mirror_positive_ones (void)
{
  assert_label (-1500, "microseconds", "auto", "-1.50ms");
  assert_label (-1048575, "bytes", "minimum", "-1024kB");
}

static void
test_the_smallest_number_falls_back_to_seconds (void)
{
  assert_label (INT64_MIN, "nanoseconds", "auto", "-9223372036.85s");
}

static void
test_counts_are_left_alone (void)
{
  assert_label (1000000, "count", "auto", "1000000");
  assert_label (5, "foo", "minimum", "5");
  assert_label (5, "foo", "count", "5");
  assert_label (1507, "widgets", "widgets", "1507widgets");
  assert_label (5, "foo", "bar", "5bar");
}

static void
test_a_unit_of_another_family_means_the_default (void)
{
  assert_label (2048, "kB", "seconds", "2097152B");
  assert_label (2000, "ms", "bytes", "2s");
  assert_label (2000, "ms", "minutes", "2s");
}

static void
test_names_of_units_are_forgiving (void)
{
  assert_label (2, "Bytes", "b", "2B");
  assert_label (1, "HOURS", "s", "3600s");
  assert_label (1, "hrs", "sec", "3600s");
  assert_label (1, "s", "nanosecond", "1000000000ns");
  /* Two bytes may end in "s". */
  assert_label (1, "us", "ns", "1000ns");
  assert_label (1, "kib", "auto", "1");
  assert_label (1, "μs", "auto", "1");
}

static void
assert_percentage (int64_t value, int64_t total, const char *expected)
{
  g_autofree char *text = prof_unit_percentage (value, total);

  g_assert_cmpstr (text, ==, expected);
}

static void
test_percentages_have_two_digits_at_least (void)
{
  assert_percentage (995, 1000, "99.50%");
  assert_percentage (1, 3, "33.33%");
  assert_percentage (1, 100, " 1.00%");
  assert_percentage (995, 100000, "    1%");
  assert_percentage (99, 10000, " 0.99%");
  assert_percentage (5, 1000, "  0.5%");
  assert_percentage (1, 100000, "0.001%");
  assert_percentage (1, 10000000, "1e-05%");
  assert_percentage (0, 7, "    0%");
  assert_percentage (7, 0, "    0%");
}

static void
test_all_and_nearly_all_are_100_percent (void)
{
  assert_percentage (7, 7, "  100%");
  assert_percentage (99951, 100000, "  100%");
  assert_percentage (100049, 100000, "  100%");
  assert_percentage (1002, 1000, "100.20%");
}

static void
test_percentages_have_no_sign (void)
{
  assert_percentage (-50, 100, "50.00%");
}

static void
test_a_table_takes_the_unit_of_its_smallest (void)
{
  g_assert_cmpstr (prof_unit_common (10000000, 60000000, "nanoseconds"),
                   ==,
                   "ms");
  g_assert_cmpstr (prof_unit_common (512, 1024, "bytes"), ==, "B");
  g_assert_cmpstr (prof_unit_common (0, 1024, "bytes"), ==, "kB");
  g_assert_cmpstr (prof_unit_common (3, 900, "count"), ==, "count");
  g_assert_cmpstr (prof_unit_common (3, 900, "widgets"), ==, "widgets");
}

static void
test_a_far_smaller_smallest_may_shrink_to_a_hundredth (void)
{
  g_assert_cmpstr (prof_unit_common (10, 2000, "milliseconds"), ==, "s");
  g_assert_cmpstr (prof_unit_common (20, 2000, "milliseconds"), ==, "ms");
}

static void
test_families_are_known (void)
{
  double factor = 0;

  g_assert_true (prof_unit_is_time ("milliseconds", &factor));
  g_assert_cmpfloat (factor, ==, 1e6);
  g_assert_true (prof_unit_is_bytes ("kB", &factor));
  g_assert_cmpfloat (factor, ==, 1024);
  g_assert_false (prof_unit_is_time ("bytes", NULL));
  g_assert_false (prof_unit_is_bytes ("count", NULL));
}

static void
assert_human (int64_t value, const char *unit, const char *expected)
{
  g_autofree char *text = prof_unit_human (value, unit);

  g_assert_cmpstr (text, ==, expected);
}

static void
test_people_get_three_digits (void)
{
  assert_human (9860000000, "nanoseconds", "9.86 s");
  assert_human (18213, "milliseconds", "18.2 s");
  assert_human (999600, "nanoseconds", "1 ms");
  assert_human (150, "seconds", "2.5 min");
  assert_human (90, "seconds", "90 s");
  assert_human (12897485, "bytes", "12.3 MiB");
  assert_human (1023, "bytes", "1 023 B");
  assert_human (0, "bytes", "0 B");
  assert_human (-1500, "us", "−1.5 ms");
}

static void
test_people_get_counts_in_full (void)
{
  assert_human (1234, "count", "1 234");
  assert_human (-1234567, "count", "−1 234 567");
  assert_human (12, "widgets", "12 widgets");
  assert_human (INT64_MIN, "", "−9 223 372 036 854 775 808");
}

static void
assert_human_percentage (double value, double total, const char *expected)
{
  g_autofree char *text = prof_unit_human_percentage (value, total);

  g_assert_cmpstr (text, ==, expected);
}

static void
test_people_get_short_percentages (void)
{
  assert_human_percentage (42, 1000, "4.2 %");
  assert_human_percentage (7, 7, "100 %");
  assert_human_percentage (2, 10000, "0.02 %");
  assert_human_percentage (1, 3, "33.3 %");
  assert_human_percentage (0, 3, "0.0 %");
  assert_human_percentage (3, 0, "0.0 %");
  assert_human_percentage (-1, 2, "−50.0 %");
  assert_human_percentage (1, 20, "5.0 %");
  assert_human_percentage (19, 10, "190 %");
}

static void
check_label (char **columns)
{
  int64_t          value = g_ascii_strtoll (columns[1], NULL, 10);
  g_autofree char *text = prof_unit_label (value, columns[2], columns[3]);
  const char      *unit = NULL;
  double scaled = prof_unit_scale (value, columns[2], columns[3], &unit);

  g_assert_cmpstr (text, ==, columns[4]);
  g_assert_cmpfloat (scaled, ==, g_ascii_strtod (columns[5], NULL));
  g_assert_cmpstr (unit, ==, columns[6]);
}

static void
check_common (char **columns)
{
  int64_t     min = g_ascii_strtoll (columns[1], NULL, 10);
  int64_t     max = g_ascii_strtoll (columns[2], NULL, 10);
  double      divide_by = g_ascii_strtod (columns[4], NULL);
  const char *unit = prof_unit_common_divided (min, max, columns[3], divide_by);

  g_assert_cmpstr (unit, ==, columns[5]);
  if (divide_by == 1)
    g_assert_cmpstr (prof_unit_common (min, max, columns[3]), ==, columns[5]);
}

static void
check_divided (char **columns)
{
  int64_t value = g_ascii_strtoll (columns[1], NULL, 10);
  double  divide_by = g_ascii_strtod (columns[4], NULL);
  int64_t divided = prof_unit_divide (value, divide_by);

  assert_label (divided, columns[2], columns[3], columns[5]);
}

static void
check_line (const char *line)
{
  g_auto (GStrv) columns = g_strsplit_set (line, "\t", -1);

  if (strcmp (columns[0], "label") == 0)
    check_label (columns);
  else if (strcmp (columns[0], "common") == 0)
    check_common (columns);
  else if (strcmp (columns[0], "divided") == 0)
    check_divided (columns);
  else
    {
      g_assert_cmpstr (columns[0], ==, "percentage");
      assert_percentage (g_ascii_strtoll (columns[1], NULL, 10),
                         g_ascii_strtoll (columns[2], NULL, 10),
                         columns[3]);
    }
}

static void
test_numbers_are_those_of_pprof (void)
{
  g_autofree char *path = test_source_path ("tests/golden/unit.txt");
  g_autofree char *whole = NULL;
  g_auto (GStrv)   lines = NULL;
  size_t           n_checked = 0;

  g_assert_true (g_file_get_contents (path, &whole, NULL, NULL));
  lines = g_strsplit_set (whole, "\n", -1);
  for (char **line = lines; *line != NULL; line++)
    if (**line != '#' && **line != '\0')
      {
        g_test_message ("%s", *line);
        check_line (*line);
        n_checked++;
      }
  g_assert_cmpuint (n_checked, >, 1500);
}

static void
test_division_saturates (void)
{
  g_assert_cmpint (prof_unit_divide (INT64_MAX, 0.001), ==, INT64_MAX);
  g_assert_cmpint (prof_unit_divide (INT64_MIN, 0.001), ==, INT64_MIN);
  g_assert_cmpint (prof_unit_divide (INT64_MAX, 1), ==, INT64_MAX);
  g_assert_cmpint (prof_unit_divide (7, 1e300), ==, 0);
}

static void
test_some_units_are_known (void)
{
  g_assert_true (prof_unit_is_known ("ms"));
  g_assert_true (prof_unit_is_known ("Megabytes"));
  g_assert_true (prof_unit_is_known ("gcu"));
  g_assert_true (prof_unit_is_known ("auto"));
  g_assert_true (prof_unit_is_known ("minimum"));
  g_assert_true (prof_unit_is_known ("count"));
  g_assert_false (prof_unit_is_known ("minutes"));
  g_assert_false (prof_unit_is_known ("widgets"));
  g_assert_false (prof_unit_is_known (""));
}

static void
test_numbers_do_not_follow_the_locale (void)
{
  if (setlocale (LC_NUMERIC, "de_DE.UTF-8") == NULL)
    {
      g_test_skip ("no locale with a decimal comma");
      return;
    }
  assert_label (1500, "ns", "auto", "1.50us");
  assert_percentage (1, 3, "33.33%");
  assert_human (1500, "ns", "1.5 µs");
  setlocale (LC_NUMERIC, "C");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/unit/the-largest-unit-that-leaves-one-is-taken",
                   test_the_largest_unit_that_leaves_one_is_taken);
  g_test_add_func ("/unit/numbers-are-not-rounded-into-the-next-unit",
                   test_numbers_are_not_rounded_into_the_next_unit);
  g_test_add_func ("/unit/there-are-no-minutes", test_there_are_no_minutes);
  g_test_add_func ("/unit/nothing-has-no-unit", test_nothing_has_no_unit);
  g_test_add_func ("/unit/negative-values-mirror-positive-ones",
                   test_negative_values_mirror_positive_ones);
  g_test_add_func ("/unit/the-smallest-number-falls-back-to-seconds",
                   test_the_smallest_number_falls_back_to_seconds);
  g_test_add_func ("/unit/counts-are-left-alone", test_counts_are_left_alone);
  g_test_add_func ("/unit/a-unit-of-another-family-means-the-default",
                   test_a_unit_of_another_family_means_the_default);
  g_test_add_func ("/unit/names-of-units-are-forgiving",
                   test_names_of_units_are_forgiving);
  g_test_add_func ("/unit/percentages-have-two-digits-at-least",
                   test_percentages_have_two_digits_at_least);
  g_test_add_func ("/unit/all-and-nearly-all-are-100-percent",
                   test_all_and_nearly_all_are_100_percent);
  g_test_add_func ("/unit/percentages-have-no-sign",
                   test_percentages_have_no_sign);
  g_test_add_func ("/unit/a-table-takes-the-unit-of-its-smallest",
                   test_a_table_takes_the_unit_of_its_smallest);
  g_test_add_func ("/unit/a-far-smaller-smallest-may-shrink-to-a-hundredth",
                   test_a_far_smaller_smallest_may_shrink_to_a_hundredth);
  g_test_add_func ("/unit/families-are-known", test_families_are_known);
  g_test_add_func ("/unit/people-get-three-digits",
                   test_people_get_three_digits);
  g_test_add_func ("/unit/people-get-counts-in-full",
                   test_people_get_counts_in_full);
  g_test_add_func ("/unit/people-get-short-percentages",
                   test_people_get_short_percentages);
  g_test_add_func ("/unit/numbers-are-those-of-pprof",
                   test_numbers_are_those_of_pprof);
  g_test_add_func ("/unit/division-saturates", test_division_saturates);
  g_test_add_func ("/unit/some-units-are-known", test_some_units_are_known);
  g_test_add_func ("/unit/numbers-do-not-follow-the-locale",
                   test_numbers_do_not_follow_the_locale);
  return g_test_run ();
}
