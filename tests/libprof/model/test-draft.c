/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "base/prof-vec.h"
#include "model/prof-draft.h"
#include "test-util.h"
#include <string.h>

static ProfProfile *
finish (ProfDraft *draft)
{
  g_autoptr (GError) error = NULL;
  ProfProfile       *profile = prof_draft_finish (draft, &error);

  g_assert_no_error (error);
  return profile;
}

static void
test_nothing_changed_shares_every_column (void)
{
  g_autoptr (ProfProfile) source = test_profile ("main;f 3\nmain;g 4\n");
  g_autoptr (ProfDraft)   draft = prof_draft_new (source);
  g_autoptr (ProfProfile) profile = finish (draft);

  g_assert_true (prof_profile_stacks (profile) == prof_profile_stacks (source));
  g_assert_true (prof_profile_sample_values (profile) ==
                 prof_profile_sample_values (source));
  g_assert_cmpint (prof_profile_total (profile, 0), ==, 7);
}

static void
test_what_is_shared_outlives_its_source (void)
{
  ProfProfile            *source = test_profile ("main;f 3\n");
  g_autoptr (ProfDraft)   draft = prof_draft_new (source);
  g_autoptr (ProfProfile) profile = finish (draft);

  prof_profile_unref (source);
  g_assert_cmpuint (prof_profile_n_stacks (profile), ==, 3);
  g_assert_cmpstr (prof_profile_type_name (profile, 0), ==, "samples");
}

static void
test_a_new_text_does_not_change_the_source (void)
{
  g_autoptr (ProfProfile) source = test_profile ("main 1\n");
  g_autoptr (ProfDraft)   draft = prof_draft_new (source);
  g_autoptr (ProfProfile) profile = NULL;
  size_t                  before = prof_profile_n_strings (source);
  ProfStringId            old = prof_draft_string (draft, "main", 4);
  ProfStringId            fresh = prof_draft_string (draft, "fresh", 5);

  profile = finish (draft);
  g_assert_cmpuint (prof_profile_n_strings (source), ==, before);
  g_assert_cmpuint (prof_profile_n_strings (profile), ==, before + 1);
  g_assert_cmpstr (prof_profile_string (profile, old), ==, "main");
  g_assert_cmpstr (prof_profile_string (profile, fresh), ==, "fresh");
}

static void
test_an_added_row_does_not_change_the_source (void)
{
  g_autoptr (ProfProfile) source = test_profile ("main 1\n");
  g_autoptr (ProfDraft)   draft = prof_draft_new (source);
  g_autoptr (ProfProfile) profile = NULL;
  ProfFunction            function = { .id = 99 };
  ProfFunctionId          added = prof_draft_add_function (draft, &function);

  profile = finish (draft);
  g_assert_cmpuint (added, ==, 1);
  g_assert_cmpuint (prof_profile_n_functions (source), ==, 1);
  g_assert_cmpuint (prof_profile_n_functions (profile), ==, 2);
}

static void
test_values_are_changed_in_a_copy (void)
{
  g_autoptr (ProfProfile) source = test_profile ("main 1\n");
  g_autoptr (ProfDraft)   draft = prof_draft_new (source);
  g_autoptr (ProfProfile) profile = NULL;

  prof_draft_sample_values (draft, 0)[0] = -5;
  profile = finish (draft);
  g_assert_cmpint (prof_profile_total (source, 0), ==, 1);
  g_assert_cmpint (prof_profile_total (profile, 0), ==, 5);
}

static void
test_equal_paths_are_one_node (void)
{
  g_autoptr (ProfProfile) source = test_profile ("main;f 3\n");
  g_autoptr (ProfDraft)   draft = prof_draft_new (source);
  g_autoptr (ProfProfile) profile = NULL;
  ProfStackId             stack;
  int64_t                 value = 2;

  prof_draft_begin_stacks (draft);
  prof_draft_begin_samples (draft);
  stack = prof_draft_child (draft, 0, 1);
  g_assert_cmpuint (stack, ==, prof_draft_child (draft, 0, 1));
  prof_draft_add_sample (draft, stack, &value, NULL, 0);
  profile = finish (draft);
  g_assert_cmpuint (prof_profile_n_stacks (profile), ==, 2);
  g_assert_cmpuint (prof_profile_n_samples (profile), ==, 1);
  g_assert_cmpuint (prof_profile_stacks (profile)[1].location, ==, 1);
}

static void
test_labels_belong_to_their_samples (void)
{
  g_autoptr (ProfProfile) source = test_profile ("main 1\n");
  g_autoptr (ProfDraft)   draft = prof_draft_new (source);
  g_autoptr (ProfProfile) profile = NULL;
  ProfStringId            key = prof_draft_string (draft, "key", 3);
  ProfLabel               label = { .key = key, .num = 7 };
  int64_t                 value = 2;
  size_t                  n;

  prof_draft_begin_samples (draft);
  prof_draft_add_sample (draft, 1, &value, NULL, 0);
  prof_draft_add_sample (draft, 1, &value, &label, 1);
  profile = finish (draft);
  prof_profile_sample_labels (profile, 0, &n);
  g_assert_cmpuint (n, ==, 0);
  g_assert_cmpint (prof_profile_sample_labels (profile, 1, &n)->num, ==, 7);
  g_assert_cmpuint (n, ==, 1);
}

/* Every growth is refused in turn, until none is. */
static void
test_refused_memory_is_an_error_at_the_end (void)
{
  g_autoptr (ProfProfile) source = test_profile ("main;f 3\n");
  int                     refused = 0;
  bool                    done = false;

  while (!done)
    {
      g_autoptr (GError)      error = NULL;
      g_autoptr (ProfDraft)   draft = prof_draft_new (source);
      g_autoptr (ProfProfile) profile = NULL;
      ProfLocation            location = { .id = 9 };
      ProfLine                line = { 0 };
      int64_t                 value = 2;
      ProfStackId             stack;

      prof_vec_refuse_after (refused);
      prof_draft_begin_stacks (draft);
      prof_draft_begin_samples (draft);
      prof_draft_begin_locations (draft);
      prof_draft_add_location (draft, &location, &line, 1);
      prof_draft_add_comment (draft, 0);
      stack = prof_draft_child (draft, 0, 0);
      prof_draft_add_sample (draft, stack, &value, NULL, 0);
      profile = prof_draft_finish (draft, &error);
      prof_vec_refuse_after (-1);
      done = profile != NULL;
      if (!done)
        g_assert_error (error, PROF_ERROR, PROF_ERROR_TOO_LARGE);
      refused++;
    }
  g_assert_cmpint (refused, >, 5);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/draft/nothing-changed-shares-every-column",
                   test_nothing_changed_shares_every_column);
  g_test_add_func ("/draft/what-is-shared-outlives-its-source",
                   test_what_is_shared_outlives_its_source);
  g_test_add_func ("/draft/a-new-text-does-not-change-the-source",
                   test_a_new_text_does_not_change_the_source);
  g_test_add_func ("/draft/an-added-row-does-not-change-the-source",
                   test_an_added_row_does_not_change_the_source);
  g_test_add_func ("/draft/values-are-changed-in-a-copy",
                   test_values_are_changed_in_a_copy);
  g_test_add_func ("/draft/equal-paths-are-one-node",
                   test_equal_paths_are_one_node);
  g_test_add_func ("/draft/labels-belong-to-their-samples",
                   test_labels_belong_to_their_samples);
  g_test_add_func ("/draft/refused-memory-is-an-error-at-the-end",
                   test_refused_memory_is_an_error_at_the_end);
  return g_test_run ();
}
