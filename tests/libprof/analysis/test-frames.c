/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "analysis/prof-stack-sums.h"
#include "test-util.h"

#include <string.h>

static ProfFrameId
frame_named (const ProfFrames *frames, const char *name)
{
  for (size_t f = 0; f < prof_frames_n (frames); f++)
    if (strcmp (prof_frames_name (frames, (ProfFrameId)f), name) == 0)
      return (ProfFrameId)f;
  g_error ("no frame named %s", name);
}

static const ProfPackage *
package_of (const ProfFrames *frames, const char *name)
{
  ProfFrameId frame = frame_named (frames, name);

  return &prof_frames_packages (frames)[prof_frames_package (frames, frame)];
}

static void
test_locations_of_one_function_are_one_frame (void)
{
  g_autoptr (ProfProfile) profile = test_profile ("main;f 1\n"
                                                  "f<main;f<f 1\n");
  g_autoptr (ProfFrames)  frames = prof_frames_new (profile, 0);

  g_assert_cmpuint (prof_frames_n (frames), ==, 2);
}

static void
test_a_location_lists_inlined_frames_first (void)
{
  g_autoptr (ProfProfile) profile = test_profile ("inner<middle<outer 1\n");
  g_autoptr (ProfFrames)  frames = prof_frames_new (profile, 0);
  const ProfFrameId      *of_location;
  size_t                  n;

  of_location = prof_frames_of_location (frames, 0, &n);
  g_assert_cmpuint (n, ==, 3);
  g_assert_cmpstr (prof_frames_name (frames, of_location[0]), ==, "inner");
  g_assert_cmpstr (prof_frames_name (frames, of_location[2]), ==, "outer");
}

static void
test_code_without_names_is_one_frame_a_binary (void)
{
  g_autoptr (ProfProfile) profile = test_profile ("[/lib/libc.so.6];f 1\n"
                                                  "[/bin/app] 1\n");
  g_autoptr (ProfFrames)  frames = prof_frames_new (profile, 0);
  ProfFrameId             frame = frame_named (frames, "[libc.so.6]");

  g_assert_cmpuint (prof_frames_n (frames), ==, 3);
  g_assert_cmpuint (prof_frames_function (frames, frame), ==, PROF_ID_NONE);
  g_assert_cmpstr (prof_frames_file (frames, frame), ==, "");
  frame_named (frames, "[app]");
}

static void
test_code_without_names_or_binary_is_unknown (void)
{
  g_autoptr (ProfProfile) profile = test_profile ("[] 1\n");
  g_autoptr (ProfFrames)  frames = prof_frames_new (profile, 0);

  frame_named (frames, "<unknown>");
}

static void
test_a_name_that_is_no_text_is_shown_as_text (void)
{
  g_autoptr (ProfProfile) profile = test_profile ("f\xff\x01 1\n");
  g_autoptr (ProfFrames)  frames = prof_frames_new (profile, 0);

  g_assert_cmpstr (prof_frames_name (frames, 0), ==, "f\xff\x01");
  g_assert_cmpstr (prof_frames_display_name (frames, 0), ==, "f\xef\xbf\xbd ");
}

static void
test_a_name_turns_nothing_around (void)
{
  g_autoptr (ProfProfile) profile = test_profile ("größe 1\n"
                                                  "a\u202eb 1\n");
  g_autoptr (ProfFrames)  frames = prof_frames_new (profile, 0);

  g_assert_cmpstr (prof_frames_display_name (frames, 0), ==, "größe");
  g_assert_cmpstr (prof_frames_name (frames, 1), ==, "a\u202eb");
  g_assert_cmpstr (prof_frames_display_name (frames, 1), ==, "a\ufffdb");
}

static void
assert_package (const char *name, const char *package)
{
  size_t           length = prof_package_of_name (name);
  g_autofree char *found = g_strndup (name, length);

  g_assert_cmpstr (found, ==, package);
}

static void
test_a_package_ends_before_the_first_dot_of_its_last_element (void)
{
  assert_package ("main.main.func1", "main");
  assert_package ("net/http.(*conn).serve", "net/http");
  assert_package ("runtime/internal/atomic.Load", "runtime/internal/atomic");
  assert_package ("github.com/foo/bar/v4.(*Foo).Bar", "github.com/foo/bar/v4");
  assert_package ("gopkg.in/yaml%2ev3.Unmarshal", "gopkg.in/yaml%2ev3");
}

static void
test_type_arguments_and_receivers_do_not_count (void)
{
  assert_package ("main.Map[...]", "main");
  assert_package ("github.com/x/y.Map[github.com/x/z.T]", "github.com/x/y");
  assert_package ("a/b.(*T[c.d/e.F]).g", "a/b");
}

static void
test_namespaces_are_packages (void)
{
  assert_package ("std::vector<int>::push_back(int const&)", "std");
  assert_package ("ns::f(other/path.h)", "ns");
}

static void
test_some_names_have_no_package (void)
{
  assert_package ("memeqbody", "");
  assert_package ("aeshashbody", "");
  assert_package ("type..eq.[2]github.com/x/y.T", "");
  assert_package ("type..eq.github.com/x/y.T", "");
  assert_package ("foo/xyz", "");
  assert_package ("(anonymous namespace)::f", "");
  assert_package ("<alloc::vec::Vec<T> as Drop>::drop", "");
  assert_package ("", "");
}

static void
test_tiers_follow_the_import_path (void)
{
  g_autoptr (ProfProfile) profile = NULL;
  g_autoptr (ProfFrames)  frames = NULL;

  profile = test_profile ("main.main;runtime.mallocgc 1\n"
                          "runtime/internal/atomic.Load 1\n"
                          "internal/poll.(*FD).Read 1\n"
                          "memeqbody 1\n"
                          "runtime/pprof.StartCPUProfile 1\n"
                          "net/http.(*conn).serve 1\n"
                          "example.org/shop/cart.Add 1\n"
                          "[/lib/libc.so.6] 1\n");
  frames = prof_frames_new (profile, 0);
#define TIER(name) (package_of (frames, name)->tier)
  g_assert_cmpint (TIER ("main.main"), ==, PROF_TIER_OWN);
  g_assert_cmpint (TIER ("runtime.mallocgc"), ==, PROF_TIER_RUNTIME);
  g_assert_cmpint (TIER ("runtime/internal/atomic.Load"),
                   ==,
                   PROF_TIER_RUNTIME);
  g_assert_cmpint (TIER ("internal/poll.(*FD).Read"), ==, PROF_TIER_RUNTIME);
  g_assert_cmpint (TIER ("memeqbody"), ==, PROF_TIER_RUNTIME);
  g_assert_cmpint (TIER ("runtime/pprof.StartCPUProfile"),
                   ==,
                   PROF_TIER_LIBRARY);
  g_assert_cmpint (TIER ("net/http.(*conn).serve"), ==, PROF_TIER_LIBRARY);
  g_assert_cmpint (TIER ("example.org/shop/cart.Add"), ==, PROF_TIER_OWN);
  g_assert_cmpint (TIER ("[libc.so.6]"), ==, PROF_TIER_UNSYMBOLIZED);
#undef TIER
}

static void
test_names_of_c_are_the_programs_own (void)
{
  g_autoptr (ProfProfile) profile = test_profile ("_start;compute 1\n");
  g_autoptr (ProfFrames)  frames = prof_frames_new (profile, 0);

  g_assert_cmpint (package_of (frames, "compute")->tier, ==, PROF_TIER_OWN);
}

static void
test_a_package_counts_each_stack_once (void)
{
  g_autoptr (ProfProfile) profile = test_profile ("a.f;b.g;a.h 5\n"
                                                  "a.f 2\n");
  g_autoptr (ProfFrames)  frames = prof_frames_new (profile, 0);

  g_assert_cmpint (package_of (frames, "a.f")->total, ==, 7);
  g_assert_cmpint (package_of (frames, "a.f")->self, ==, 7);
  g_assert_cmpint (package_of (frames, "b.g")->total, ==, 5);
  g_assert_cmpint (package_of (frames, "b.g")->self, ==, 0);
}

static void
test_packages_rank_by_total_and_three_times_self (void)
{
  /* a: 10 + 0, b: 10 + 3 * 4, c: 6 + 3 * 6 */
  g_autoptr (ProfProfile) profile = test_profile ("a.f;b.g 4\n"
                                                  "a.f;b.g;c.h 6\n");
  g_autoptr (ProfFrames)  frames = prof_frames_new (profile, 0);

  g_assert_cmpuint (package_of (frames, "c.h")->rank, ==, 0);
  g_assert_cmpuint (package_of (frames, "b.g")->rank, ==, 1);
  g_assert_cmpuint (package_of (frames, "a.f")->rank, ==, 2);
}

static void
test_a_packages_name_has_its_dots (void)
{
  g_autoptr (ProfProfile) profile = test_profile ("gopkg.in/yaml%2ev3.f 1\n");
  g_autoptr (ProfFrames)  frames = prof_frames_new (profile, 0);

  g_assert_cmpstr (prof_frames_packages (frames)[0].name,
                   ==,
                   "gopkg.in/yaml.v3");
}

static void
test_ranks_sort_names_by_bytes (void)
{
  g_autoptr (ProfProfile) profile = test_profile ("b;a;ab;B 1\n");
  g_autoptr (ProfFrames)  frames = prof_frames_new (profile, 0);
  g_autofree uint32_t    *ranks = prof_frames_name_ranks (frames);

  g_assert_cmpuint (ranks[frame_named (frames, "B")], ==, 0);
  g_assert_cmpuint (ranks[frame_named (frames, "a")], ==, 1);
  g_assert_cmpuint (ranks[frame_named (frames, "ab")], ==, 2);
  g_assert_cmpuint (ranks[frame_named (frames, "b")], ==, 3);
}

static void
test_a_profile_without_samples_has_no_frames (void)
{
  g_autoptr (ProfProfile) profile = test_profile ("");
  g_autoptr (ProfFrames)  frames = prof_frames_new (profile, 0);

  g_assert_cmpuint (prof_frames_n (frames), ==, 0);
  g_assert_cmpuint (prof_frames_n_packages (frames), ==, 0);
  prof_frames_packages (frames);
}

/* What else is in a frame's name is no part of its package. */
static void
test_a_package_is_the_same_in_any_granularity (void)
{
  g_autoptr (ProfProfile) profile = test_profile ("a/b.f 1\n");

  for (int g = PROF_GRANULARITY_FUNCTIONS; g <= PROF_GRANULARITY_PACKAGES; g++)
    {
      ProfFramesParams       params = PROF_FRAMES_PARAMS_INIT;
      g_autoptr (ProfFrames) frames = NULL;

      params.granularity = (ProfGranularity)g;
      frames = prof_frames_new_with (profile, 0, &params);
      g_assert_cmpuint (prof_frames_n (frames), ==, 1);
      g_assert_cmpstr (prof_frames_packages (frames)[0].name, ==, "a/b");
    }
}

/* Enough stacks that they are walked on another thread. */
static void
test_packages_weigh_the_same_when_begun_ahead (void)
{
  g_autoptr (GString)     text = g_string_new (NULL);
  g_autoptr (ProfProfile) profile = NULL;
  g_autoptr (ProfFrames)  now = NULL;
  g_autoptr (ProfFrames)  ahead = NULL;
  g_autoptr (ProfFrames)  unasked = NULL;
  ProfFramesParams        params = PROF_FRAMES_PARAMS_INIT;

  for (int i = 0; i < PROF_THREAD_FROM_STACKS; i++)
    g_string_append_printf (text, "main.main;a/b%d.f%d %d\n", i % 7, i, i);
  profile = test_profile (text->str);
  now = prof_frames_new_with (profile, 0, &params);
  params.weighs_soon = true;
  ahead = prof_frames_new_with (profile, 0, &params);
  unasked = prof_frames_new_with (profile, 0, &params);
  g_assert_cmpuint (prof_frames_n_packages (ahead), ==, 8);
  for (size_t p = 0; p < 8; p++)
    {
      const ProfPackage *one = &prof_frames_packages (now)[p];
      const ProfPackage *other = &prof_frames_packages (ahead)[p];

      g_assert_cmpstr (one->name, ==, other->name);
      g_assert_cmpint (one->self, ==, other->self);
      g_assert_cmpint (one->total, ==, other->total);
      g_assert_cmpuint (one->rank, ==, other->rank);
      g_assert_cmpint (other->total, >, 0);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/frames/locations-of-one-function-are-one-frame",
                   test_locations_of_one_function_are_one_frame);
  g_test_add_func ("/frames/a-location-lists-inlined-frames-first",
                   test_a_location_lists_inlined_frames_first);
  g_test_add_func ("/frames/code-without-names-is-one-frame-a-binary",
                   test_code_without_names_is_one_frame_a_binary);
  g_test_add_func ("/frames/code-without-names-or-binary-is-unknown",
                   test_code_without_names_or_binary_is_unknown);
  g_test_add_func ("/frames/a-name-that-is-no-text-is-shown-as-text",
                   test_a_name_that_is_no_text_is_shown_as_text);
  g_test_add_func ("/frames/a-name-turns-nothing-around",
                   test_a_name_turns_nothing_around);
  g_test_add_func (
      "/frames/a-package-ends-before-the-first-dot-of-its-last-element",
      test_a_package_ends_before_the_first_dot_of_its_last_element);
  g_test_add_func ("/frames/type-arguments-and-receivers-do-not-count",
                   test_type_arguments_and_receivers_do_not_count);
  g_test_add_func ("/frames/namespaces-are-packages",
                   test_namespaces_are_packages);
  g_test_add_func ("/frames/some-names-have-no-package",
                   test_some_names_have_no_package);
  g_test_add_func ("/frames/tiers-follow-the-import-path",
                   test_tiers_follow_the_import_path);
  g_test_add_func ("/frames/names-of-c-are-the-programs-own",
                   test_names_of_c_are_the_programs_own);
  g_test_add_func ("/frames/a-package-counts-each-stack-once",
                   test_a_package_counts_each_stack_once);
  g_test_add_func ("/frames/packages-rank-by-total-and-three-times-self",
                   test_packages_rank_by_total_and_three_times_self);
  g_test_add_func ("/frames/a-packages-name-has-its-dots",
                   test_a_packages_name_has_its_dots);
  g_test_add_func ("/frames/a-package-is-the-same-in-any-granularity",
                   test_a_package_is_the_same_in_any_granularity);
  g_test_add_func ("/frames/packages-weigh-the-same-when-begun-ahead",
                   test_packages_weigh_the_same_when_begun_ahead);
  g_test_add_func ("/frames/ranks-sort-names-by-bytes",
                   test_ranks_sort_names_by_bytes);
  g_test_add_func ("/frames/a-profile-without-samples-has-no-frames",
                   test_a_profile_without_samples_has_no_frames);
  return g_test_run ();
}
