/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "test-util.h"

#include "model/prof-builder.h"
#include <string.h>

/* A test profile has no patterns, so the profile is made anew with them: one
 * location for each frame of @stack, which may have inlined calls ("g<f"). */

typedef struct
{
  ProfBuilder *builder;
  int64_t      n_strings;
  uint64_t     n_functions;
} Maker;

static int64_t
add_string (Maker *maker, const char *text)
{
  g_autoptr (GError) error = NULL;

  prof_builder_add_string (maker->builder, text, strlen (text), &error);
  g_assert_no_error (error);
  return maker->n_strings++;
}

static uint64_t
add_function (Maker *maker, const char *name)
{
  g_autoptr (GError) error = NULL;
  ProfRawFunction    function = { .id = ++maker->n_functions };

  function.name = add_string (maker, name);
  prof_builder_add_function (maker->builder, &function, &error);
  g_assert_no_error (error);
  return function.id;
}

static void
add_location (Maker *maker, uint64_t id, const char *frame)
{
  g_autoptr (GError) error = NULL;
  g_auto (GStrv)     names = g_strsplit_set (frame, "<", -1);
  ProfRawLine        lines[8] = { 0 };
  ProfRawLocation    location = { .id = id, .address = id };
  size_t             n = 0;

  for (; names[n] != NULL; n++)
    lines[n].function = add_function (maker, names[n]);
  prof_builder_add_location (maker->builder, &location, lines, n, &error);
  g_assert_no_error (error);
}

static ProfProfile *
profile_with (const char *stack, const char *drop, const char *keep)
{
  g_autoptr (GError)      error = NULL;
  g_autoptr (ProfBuilder) builder = prof_builder_new (NULL);
  g_auto (GStrv)          frames = g_strsplit_set (stack, ";", -1);
  uint64_t                n_frames = g_strv_length (frames);
  g_autofree uint64_t    *locations = g_new0 (uint64_t, n_frames + 1);
  int64_t                 value = 7;
  Maker                   maker = { builder, 0, 0 };
  ProfRawValueType        type;
  ProfProfile            *profile;

  add_string (&maker, "");
  type.type = add_string (&maker, "samples");
  type.unit = add_string (&maker, "count");
  prof_builder_add_type (builder, &type, &error);
  prof_builder_header (builder)->drop_frames = add_string (&maker, drop);
  prof_builder_header (builder)->keep_frames = add_string (&maker, keep);
  prof_builder_header (builder)->time_ns = 99;
  for (uint64_t f = 0; f < n_frames; f++)
    {
      add_location (&maker, f + 1, frames[f]);
      locations[n_frames - 1 - f] = f + 1;
    }
  prof_builder_add_sample (builder,
                           locations,
                           n_frames,
                           &value,
                           1,
                           NULL,
                           0,
                           &error);
  profile = prof_builder_finish (builder, &error);
  g_assert_no_error (error);
  return profile;
}

/* The stack of the only sample, outermost frame first. */
static char *
stack_of (ProfProfile *profile)
{
  g_autoptr (ProfFrames) frames = prof_frames_new (profile, 0);
  g_autoptr (ProfTree)   tree = prof_tree_new (frames, 0, NULL, NULL);
  GString               *stack = g_string_new (NULL);

  for (size_t n = 1; n < prof_tree_n_nodes (tree); n++)
    g_string_append_printf (stack,
                            "%s%s",
                            n > 1 ? ";" : "",
                            prof_tree_name (tree, (ProfNodeId)n));
  return g_string_free (stack, FALSE);
}

static void
assert_pruned (const char *stack,
               const char *drop,
               const char *keep,
               const char *expected)
{
  g_autoptr (ProfProfile) profile = profile_with (stack, drop, keep);
  g_autoptr (ProfProfile) pruned = prof_prune (profile, NULL);
  g_autofree char        *left = stack_of (pruned);

  g_assert_cmpstr (left, ==, expected);
  g_assert_cmpint (prof_profile_total (pruned, 0), ==, 7);
  g_assert_cmpint (prof_profile_time_ns (pruned), ==, 99);
}

static void
test_a_stack_ends_before_what_is_dropped (void)
{
  assert_pruned ("main;work;malloc;sbrk", "malloc", "", "main;work");
}

static void
test_what_is_kept_is_not_dropped (void)
{
  assert_pruned ("main;malloc_x;malloc_y;z",
                 "malloc_.*",
                 "malloc_x",
                 "main;malloc_x");
}

static void
test_the_whole_name_has_to_match (void)
{
  assert_pruned ("main;xmalloc;mallocs", "malloc", "", "main;xmalloc;mallocs");
}

static void
test_frames_before_the_first_of_the_users_stay (void)
{
  assert_pruned ("start;main;start;f", "start", "", "start;main");
  assert_pruned ("start;start", "start", "", "start;start");
}

static void
test_arguments_and_a_leading_dot_are_ignored (void)
{
  assert_pruned ("main;.alloc(int);f", "alloc", "", "main");
  assert_pruned ("main;a::operator()(int);f", "a::operator\\(\\)", "", "main");
  assert_pruned ("main;(anonymous namespace)::g(char);f",
                 "\\(anonymous namespace\\)::g",
                 "",
                 "main");
}

static void
test_a_method_of_go_ends_at_its_receiver (void)
{
  assert_pruned ("main;pkg.(*T).M;f", "pkg\\.", "", "main");
}

static void
test_an_inlined_match_leaves_its_callers (void)
{
  assert_pruned ("main;leaf<drop<keep<outer;f", "drop", "", "main;outer;keep");
}

/* Lines go wherever the location stands, as in pprof. */
static void
test_a_shortened_location_stays_short_at_the_root (void)
{
  assert_pruned ("leaf<drop<outer;f", "drop", "", "outer;f");
}

static void
test_without_a_match_it_is_the_same_profile (void)
{
  g_autoptr (ProfProfile) profile = profile_with ("main;f", "nothing", "");
  g_autoptr (ProfProfile) pruned = prof_prune (profile, NULL);

  g_assert_true (pruned == profile);
}

static void
assert_unobeyed (const char *drop, const char *keep, const char *expected)
{
  g_autoptr (ProfProfile) profile = profile_with ("main;f", drop, keep);
  g_autofree char        *unobeyed = NULL;
  g_autoptr (ProfProfile) pruned = prof_prune (profile, &unobeyed);

  g_assert_nonnull (pruned);
  g_assert_cmpstr (unobeyed, ==, expected);
}

static void
test_a_broken_pattern_drops_nothing (void)
{
  assert_pruned ("main;f", "(", "", "main;f");
  assert_pruned ("main;f", "f", "[", "main;f");
  assert_unobeyed ("(", "", "missing closing parenthesis at character 2");
  assert_unobeyed ("f", "[", "missing closing bracket at character 2");
  assert_unobeyed ("f", "f", NULL);
  assert_unobeyed ("g", "", NULL);
  /* What is to be kept is kept anyhow. */
  assert_unobeyed ("", "[", NULL);
}

static void
test_a_pattern_that_runs_too_long_drops_nothing (void)
{
  /* Were only the answer that took too long left out, "work" would go. */
  assert_pruned (
      "main;aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaab;work",
      "work|(a+)+c",
      "",
      "main;aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaab;work");
}

static void
test_oddities_of_the_file_are_still_told (void)
{
  g_autoptr (GError)      error = NULL;
  g_autoptr (ProfBuilder) builder = prof_builder_new (NULL);
  g_autoptr (ProfProfile) profile = NULL;
  g_autoptr (ProfProfile) pruned = NULL;
  Maker                   maker = { builder, 0, 0 };
  uint64_t                locations[] = { 2, 1 };
  int64_t                 value = 7;
  ProfRawValueType        type = { 0, 0 };

  add_string (&maker, "");
  prof_builder_add_type (builder, &type, &error);
  prof_builder_header (builder)->drop_frames = add_string (&maker, "f");
  add_location (&maker, 1, "main");
  add_location (&maker, 2, "f");
  prof_builder_note_unknown_field (builder);
  prof_builder_add_sample (builder, locations, 2, &value, 1, NULL, 0, &error);
  profile = prof_builder_finish (builder, &error);
  g_assert_no_error (error);
  pruned = prof_prune (profile, NULL);
  g_assert_true (pruned != profile);
  g_assert_cmpuint (prof_profile_notes (pruned)->unknown_fields, ==, 1);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(path, test) g_test_add_func ("/prune/" path, test)
  ADD ("a-stack-ends-before-what-is-dropped",
       test_a_stack_ends_before_what_is_dropped);
  ADD ("what-is-kept-is-not-dropped", test_what_is_kept_is_not_dropped);
  ADD ("the-whole-name-has-to-match", test_the_whole_name_has_to_match);
  ADD ("frames-before-the-first-of-the-users-stay",
       test_frames_before_the_first_of_the_users_stay);
  ADD ("arguments-and-a-leading-dot-are-ignored",
       test_arguments_and_a_leading_dot_are_ignored);
  ADD ("a-method-of-go-ends-at-its-receiver",
       test_a_method_of_go_ends_at_its_receiver);
  ADD ("an-inlined-match-leaves-its-callers",
       test_an_inlined_match_leaves_its_callers);
  ADD ("a-shortened-location-stays-short-at-the-root",
       test_a_shortened_location_stays_short_at_the_root);
  ADD ("without-a-match-it-is-the-same-profile",
       test_without_a_match_it_is_the_same_profile);
  ADD ("a-broken-pattern-drops-nothing", test_a_broken_pattern_drops_nothing);
  ADD ("a-pattern-that-runs-too-long-drops-nothing",
       test_a_pattern_that_runs_too_long_drops_nothing);
  ADD ("oddities-of-the-file-are-still-told",
       test_oddities_of_the_file_are_still_told);
#undef ADD
  return g_test_run ();
}
