/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "report-util.h"

static void
assert_tags (const char *text, const char *options, const char *expected)
{
  g_autoptr (GError)     error = NULL;
  g_autoptr (ProfAnswer) answer = report_answer (test_profile (text), options);
  g_autoptr (GString)    out = g_string_new (NULL);

  prof_report_tags (out, answer, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (out->str, ==, expected);
}

static void
test_keys_by_name_values_by_size (void)
{
  assert_tags ("f 1\ts:user=ann\ts:job=x\n"
               "f 3\ts:user=bob\n"
               "g 4\ts:user=ann\n"
               "g 9\n",
               "",
               " job: Total 1.0\n"
               "      1.0 (  100%): x\n"
               "\n"
               " user: Total 8.0\n"
               "       5.0 (62.50%): ann\n"
               "       3.0 (37.50%): bob\n"
               "\n");
}

static void
test_values_that_are_equal_are_sorted_by_text (void)
{
  assert_tags ("f 2\ts:k=b\nf 2\ts:k=a\n",
               "",
               " k: Total 4.0\n"
               "    2.0 (50.00%): a\n"
               "    2.0 (50.00%): b\n"
               "\n");
}

static void
test_numbers_written_alike_are_one_value (void)
{
  static const char text[] = "f 1\tn:size=2048/bytes\n"
                             "f 2\tn:size=2049/bytes\n"
                             "f 4\tn:size=100/bytes\n";

  assert_tags (text,
               "",
               " size: Total 7.0\n"
               "       4.0 (57.14%): 100B\n"
               "       3.0 (42.86%): 2kB\n"
               "\n");
  assert_tags (text,
               "--unit=B",
               " size: Total 7.0B\n"
               "       4.0B (57.14%): 100B\n"
               "       2.0B (28.57%): 2049B\n"
               "       1.0B (14.29%): 2048B\n"
               "\n");
}

static void
test_a_text_and_a_number_may_be_one_value (void)
{
  assert_tags ("f 1\tn:size=2048/bytes\nf 2\ts:size=2kB\n",
               "",
               " size: Total 3.0\n"
               "       3.0 (  100%): 2kB\n"
               "\n");
}

static void
test_a_sample_counts_for_each_of_its_values (void)
{
  assert_tags ("f 5\ts:k=a\ts:k=b\n",
               "",
               " k: Total 10.0\n"
               "    5.0 (50.00%): a\n"
               "    5.0 (50.00%): b\n"
               "\n");
}

static void
test_without_a_positive_total_there_are_no_shares (void)
{
  assert_tags ("f -5\ts:k=a\nf 2\ts:k=b\nf 0\ts:k=c\n",
               "",
               " k: Total -3.0\n"
               "    -5.0: a\n"
               "     2.0: b\n"
               "     0.0: c\n"
               "\n");
}

static void
test_values_have_the_unit_of_the_type (void)
{
  assert_tags ("#types n/count,cpu/nanoseconds\nf 2,1500000000\ts:k=a\n",
               "--mean",
               " k: Total 1.5s\n"
               "    1.5s (  100%): a\n"
               "\n");
}

static void
test_columns_are_as_wide_as_their_characters (void)
{
  assert_tags ("f 1\ts:größe=ü\n",
               "",
               " größe: Total 1.0\n"
               "        1.0 (  100%): ü\n"
               "\n");
}

static void
test_without_labels_nothing_is_printed (void)
{
  assert_tags ("f 1\n", "", "");
  assert_tags ("", "", "");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(path, test) g_test_add_func ("/report-tags/" path, test)
  ADD ("keys-by-name-values-by-size", test_keys_by_name_values_by_size);
  ADD ("values-that-are-equal-are-sorted-by-text",
       test_values_that_are_equal_are_sorted_by_text);
  ADD ("numbers-written-alike-are-one-value",
       test_numbers_written_alike_are_one_value);
  ADD ("a-text-and-a-number-may-be-one-value",
       test_a_text_and_a_number_may_be_one_value);
  ADD ("a-sample-counts-for-each-of-its-values",
       test_a_sample_counts_for_each_of_its_values);
  ADD ("without-a-positive-total-there-are-no-shares",
       test_without_a_positive_total_there_are_no_shares);
  ADD ("values-have-the-unit-of-the-type",
       test_values_have_the_unit_of_the_type);
  ADD ("columns-are-as-wide-as-their-characters",
       test_columns_are_as_wide_as_their_characters);
  ADD ("without-labels-nothing-is-printed",
       test_without_labels_nothing_is_printed);
#undef ADD
  return g_test_run ();
}
