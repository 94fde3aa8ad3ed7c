/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "analysis/prof-package-sums.h"

#include "analysis/prof-frames-private.h"
#include "test-util.h"

/* Frames in three groups, by their number. */
static uint32_t *
groups_of (const ProfFrames *frames)
{
  uint32_t *groups = g_new (uint32_t, prof_frames_n (frames) + 1);

  for (uint32_t f = 0; f < prof_frames_n (frames); f++)
    groups[f] = f % 3;
  return groups;
}

static ProfGroupSum *
sums_of (ProfFrames *frames, const uint32_t *groups)
{
  g_autoptr (ProfStackTotals) totals = prof_frames_totals (frames);

  g_assert_nonnull (totals);
  return prof_package_sums (frames, totals, groups, 3);
}

/* As going through all stacks tells. */
static void
check (ProfProfile *profile, size_t type)
{
  g_autoptr (ProfFrames)      frames = prof_frames_new (profile, type);
  g_autofree uint32_t        *groups = groups_of (frames);
  g_autofree ProfGroupSum    *sums = sums_of (frames, groups);
  g_autofree ProfGroupSum    *expected = NULL;
  g_autoptr (ProfStackTotals) table = prof_stack_totals_new (profile, type);

  expected = prof_stack_sum_groups (frames, table, type, groups, 3, 1);
  g_assert_cmpmem (sums, 3 * sizeof *sums, expected, 3 * sizeof *expected);
}

static void
test_few_samples_are_all_counted (void)
{
  static const char *const texts[] = {
    "main;f;g 2\nmain;f 3\nmain 1\n",
    "main;f;f;f;g 10\nmain;f;g;f 20\nmain 30\n",
    "main;g<f 4\nmain;f;g 5\nh<g<f 7\nf<f<f 8\n 3\n",
    "#types a/count,b/bytes\nmain;f 1,-100\nmain;g<f 0,100\nf;f 3,0\n",
    " 5\n",
  };

  for (size_t t = 0; t < G_N_ELEMENTS (texts); t++)
    {
      g_autoptr (ProfProfile) profile = test_profile (texts[t]);

      for (size_t type = 0; type < prof_profile_n_types (profile); type++)
        check (profile, type);
    }
}

static void
test_so_are_those_of_real_profiles (void)
{
  static const char *const files[] = {
    "data/examples/server-cpu.prof",
    "tests/data/profiles/real/web-goroutine.prof",
  };

  for (size_t f = 0; f < G_N_ELEMENTS (files); f++)
    {
      g_autofree char        *path = test_source_path (files[f]);
      g_autoptr (ProfProfile) profile = NULL;

      profile = prof_format_load (path, NULL, NULL, NULL);
      g_assert_nonnull (profile);
      for (size_t type = 0; type < prof_profile_n_types (profile); type++)
        check (profile, type);
    }
}

/* One of a million: its own value counts, but not on its way. */
static void
test_what_no_picture_shows_is_not_followed (void)
{
  g_autoptr (ProfProfile)     profile = test_profile ("a 999984\na;b 16\n"
                                                      "c 1\na;d 15\n");
  g_autoptr (ProfFrames)      frames = prof_frames_new (profile, 0);
  g_autofree uint32_t        *own = g_new (uint32_t, prof_frames_n (frames));
  g_autofree ProfGroupSum    *sums = NULL;
  g_autoptr (ProfStackTotals) totals = NULL;

  g_assert_cmpuint (prof_frames_n (frames), ==, 4);
  for (uint32_t f = 0; f < 4; f++)
    own[f] = (uint32_t)prof_frames_name (frames, f)[0] - 'a';
  totals = prof_frames_totals (frames);
  g_assert_nonnull (totals);
  sums = prof_package_sums (frames, totals, own, 4);
  g_assert_cmpint (sums[0].cum, ==, 1000015);
  g_assert_cmpint (sums[1].cum, ==, 16);
  g_assert_cmpint (sums[2].cum, ==, 0);
  g_assert_cmpint (sums[2].flat, ==, 1);
  g_assert_cmpint (sums[3].cum, ==, 15);
}

/* Whoever asks before packages are weighed shares the totals with that; later
 * they are had anew, and are the same. */
static void
test_totals_are_shared_until_packages_are_weighed (void)
{
  g_autoptr (ProfProfile)     profile = test_profile ("main;f;g 2\nmain;f 3\n");
  g_autoptr (ProfFrames)      frames = prof_frames_new (profile, 0);
  g_autoptr (ProfStackTotals) first = prof_frames_totals (frames);
  g_autoptr (ProfStackTotals) second = prof_frames_totals (frames);
  g_autoptr (ProfStackTotals) third = NULL;

  g_assert_true (first == second);
  prof_frames_packages (frames);
  third = prof_frames_totals (frames);
  g_assert_true (third != first);
  g_assert_cmpmem (first->total,
                   prof_profile_n_stacks (profile) * sizeof *first->total,
                   third->total,
                   prof_profile_n_stacks (profile) * sizeof *third->total);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/package-sums/few-samples-are-all-counted",
                   test_few_samples_are_all_counted);
  g_test_add_func ("/package-sums/so-are-those-of-real-profiles",
                   test_so_are_those_of_real_profiles);
  g_test_add_func ("/package-sums/what-no-picture-shows-is-not-followed",
                   test_what_no_picture_shows_is_not_followed);
  g_test_add_func ("/package-sums/totals-are-shared-until-packages-are-weighed",
                   test_totals_are_shared_until_packages_are_weighed);
  return g_test_run ();
}
