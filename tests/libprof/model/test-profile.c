/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "test-util.h"

static const char heap[] = "#types alloc_space/bytes,inuse_space/bytes\n"
                           "main;work 10,4\n"
                           "main -3,0\n";

static void
test_totals_add_absolute_values (void)
{
  g_autoptr (ProfProfile) profile = test_profile (heap);

  g_assert_cmpint (prof_profile_total (profile, 0), ==, 13);
  g_assert_cmpint (prof_profile_total (profile, 1), ==, 4);
}

static void
test_totals_stop_at_the_largest_number (void)
{
  g_autoptr (ProfProfile) profile = test_profile ("a 9223372036854775807\n"
                                                  "a 1\n"
                                                  "a -9223372036854775808\n");

  g_assert_cmpint (prof_profile_total (profile, 0), ==, INT64_MAX);
}

static void
test_the_last_type_is_the_default (void)
{
  g_autoptr (ProfProfile) profile = test_profile (heap);

  g_assert_cmpuint (prof_profile_default_type (profile), ==, 1);
}

static void
test_strings_are_found_by_their_bytes (void)
{
  g_autoptr (ProfProfile) profile = test_profile (heap);
  ProfStringId            id = prof_profile_find_string (profile, "workers", 4);

  g_assert_cmpstr (prof_profile_string (profile, id), ==, "work");
  g_assert_cmpuint (prof_profile_find_string (profile, "", 0), ==, 0);
  g_assert_cmpuint (prof_profile_find_string (profile, "idle", 4),
                    ==,
                    PROF_ID_NONE);
}

static void
assert_type (ProfProfile *profile, const char *name, size_t expected)
{
  g_autoptr (GError) error = NULL;
  size_t             type = 99;

  g_assert_true (prof_profile_find_type (profile, name, &type, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (type, ==, expected);
}

static void
assert_no_type (ProfProfile *profile, const char *name, const char *message)
{
  g_autoptr (GError) error = NULL;
  size_t             type = 99;

  g_assert_false (prof_profile_find_type (profile, name, &type, &error));
  g_assert_cmpstr (error->message, ==, message);
  g_assert_cmpuint (type, ==, 99);
}

static void
test_types_are_found_by_name_and_number (void)
{
  g_autoptr (ProfProfile) profile = test_profile (heap);
  g_autoptr (ProfProfile) plain = test_profile ("#types space/bytes\na 1\n");

  assert_type (profile, "", 1);
  assert_type (profile, "0", 0);
  assert_type (profile, "alloc_space", 0);
  assert_type (profile, "inuse_space", 1);
  assert_type (plain, "inuse_space", 0);
  assert_no_type (profile, "2", "sample type 2 is outside 0 to 1");
  assert_no_type (profile, "-1", "sample type -1 is outside 0 to 1");
  assert_no_type (
      profile,
      "space",
      "no sample type \"space\"; there are: alloc_space inuse_space");
}

static void
test_equal_stacks_share_a_node (void)
{
  g_autoptr (ProfProfile) profile = test_profile ("a;b 1\n"
                                                  "a 1\n"
                                                  "a;b 1\n");
  const ProfStackId      *stacks = prof_profile_sample_stacks (profile);

  g_assert_cmpuint (prof_profile_n_stacks (profile), ==, 3);
  g_assert_cmpuint (stacks[0], ==, stacks[2]);
  g_assert_cmpuint (prof_profile_stacks (profile)[stacks[0]].parent,
                    ==,
                    stacks[1]);
}

static void
test_nothing_is_a_profile_too (void)
{
  g_autoptr (ProfProfile) profile = test_profile ("");

  g_assert_cmpuint (prof_profile_n_samples (profile), ==, 0);
  g_assert_cmpuint (prof_profile_n_stacks (profile), ==, 1);
  g_assert_cmpint (prof_profile_total (profile, 0), ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/profile/totals-add-absolute-values",
                   test_totals_add_absolute_values);
  g_test_add_func ("/profile/totals-stop-at-the-largest-number",
                   test_totals_stop_at_the_largest_number);
  g_test_add_func ("/profile/the-last-type-is-the-default",
                   test_the_last_type_is_the_default);
  g_test_add_func ("/profile/types-are-found-by-name-and-number",
                   test_types_are_found_by_name_and_number);
  g_test_add_func ("/profile/strings-are-found-by-their-bytes",
                   test_strings_are_found_by_their_bytes);
  g_test_add_func ("/profile/equal-stacks-share-a-node",
                   test_equal_stacks_share_a_node);
  g_test_add_func ("/profile/nothing-is-a-profile-too",
                   test_nothing_is_a_profile_too);
  return g_test_run ();
}
