/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "query/prof-prune.h"

#include "base/prof-limits.h"
#include "model/prof-builder.h"
#include "test-util.h"
#include <string.h>

enum
{
  MAX_FRAMES = 8
};

/* A profile with one sample of value 1 of a stack of functions, outermost
 * first; "g<f" is g inlined into f. */
static ProfProfile *
profile_of (const char *drop, const char *keep, const char *stack)
{
  g_autoptr (ProfBuilder) builder = prof_builder_new ();
  g_autoptr (GError)      error = NULL;
  g_auto (GStrv)          frames = g_strsplit (stack, ";", -1);
  size_t                  n = g_strv_length (frames);
  uint64_t                locations[MAX_FRAMES];
  uint64_t                n_functions = 0;
  int64_t                 n_strings = 3;
  ProfRawValueType        type = { 0, 0 };
  int64_t                 value = 1;

  prof_builder_add_string (builder, "", 0, NULL);
  prof_builder_add_string (builder, drop, strlen (drop), NULL);
  prof_builder_add_string (builder, keep, strlen (keep), NULL);
  prof_builder_header (builder)->drop_frames = 1;
  prof_builder_header (builder)->keep_frames = 2;
  prof_builder_add_type (builder, &type, NULL);
  g_assert_cmpuint (n, <=, MAX_FRAMES);
  for (size_t i = 0; i < n; i++)
    {
      g_auto (GStrv)  names = g_strsplit (frames[i], "<", -1);
      size_t          n_lines = g_strv_length (names);
      ProfRawLine     lines[MAX_FRAMES] = { 0 };
      ProfRawLocation location = { .id = i + 1 };

      for (size_t j = 0; j < n_lines; j++)
        {
          ProfRawFunction function = { .id = ++n_functions,
                                       .name = n_strings++ };

          prof_builder_add_string (builder, names[j], strlen (names[j]), NULL);
          prof_builder_add_function (builder, &function, NULL);
          lines[j].function = function.id;
        }
      prof_builder_add_location (builder, &location, lines, n_lines, NULL);
      locations[n - 1 - i] = location.id;
    }
  prof_builder_add_sample (builder, locations, n, &value, 1, NULL, 0, NULL);
  return prof_builder_finish (builder, &error);
}

static void
append_location (GString *out, ProfProfile *profile, ProfLocationId id)
{
  const ProfLocation *location = &prof_profile_locations (profile)[id];

  if (out->len > 0)
    g_string_append_c (out, ';');
  for (size_t i = 0; i < location->n_lines; i++)
    {
      const ProfLine *line = &prof_profile_lines (
          profile)[location->first_line + i];
      ProfStringId name = prof_profile_functions (profile)[line->function].name;

      g_string_append_printf (out,
                              "%s%s",
                              i == 0 ? "" : "<",
                              prof_profile_string (profile, name));
    }
}

/* The stack of the only sample, as it was written. */
static char *
stack_of (ProfProfile *profile)
{
  GString             *out = g_string_new (NULL);
  const ProfStackNode *nodes = prof_profile_stacks (profile);
  ProfLocationId       path[MAX_FRAMES];
  size_t               n = 0;

  for (ProfStackId node = prof_profile_sample_stacks (profile)[0]; node != 0;
       node = nodes[node].parent)
    path[n++] = nodes[node].location;
  while (n > 0)
    append_location (out, profile, path[--n]);
  return g_string_free (out, FALSE);
}

static void
assert_pruned (const char *drop,
               const char *keep,
               const char *stack,
               const char *expected)
{
  g_autoptr (ProfProfile) profile = profile_of (drop, keep, stack);
  g_autoptr (ProfProfile) pruned = prof_prune (profile);
  g_autofree char        *actual = stack_of (pruned);

  g_assert_cmpstr (actual, ==, expected);
  g_assert_cmpint (prof_profile_total (pruned, 0), ==, 1);
}

static void
test_cuts_from_the_first_match_to_the_leaf (void)
{
  assert_pruned ("malloc", "", "main;work;malloc;arena", "main;work");
  assert_pruned ("malloc|work", "", "main;work;malloc", "main");
}

static void
test_the_whole_name_has_to_match (void)
{
  assert_pruned ("mal", "", "main;malloc", "main;malloc");
  assert_pruned ("a|b", "", "main;ab", "main;ab");
}

static void
test_keep_wins_over_drop (void)
{
  assert_pruned ("m.*", "malloc", "user;malloc;mmap", "user;malloc");
}

static void
test_a_stack_is_never_cut_from_its_root (void)
{
  assert_pruned ("start|exit", "", "start;main;exit", "start;main");
  assert_pruned ("start", "", "start", "start");
}

static void
test_inlined_calls_go_with_their_caller (void)
{
  assert_pruned ("g", "", "main;h<g<f;leaf", "main;f");
  assert_pruned ("f", "", "main;h<g<f;leaf", "main");
}

static void
test_parameters_and_a_leading_dot_do_not_count (void)
{
  assert_pruned ("operator new", "", "main;operator new(unsigned)", "main");
  assert_pruned ("malloc", "", "main;.malloc", "main");
  assert_pruned ("X::operator\\(\\)", "", "main;X::operator()(int)", "main");
  assert_pruned ("\\(anonymous namespace\\)::f",
                 "",
                 "main;(anonymous namespace)::f(int)",
                 "main");
}

static void
test_what_is_no_pattern_drops_nothing (void)
{
  g_autofree char *endless = g_strnfill (PROF_MAX_PATTERN + 1, 'a');

  assert_pruned ("(", "", "main;(", "main;(");
  assert_pruned (".*", "(", "main;f", "main;f");
  assert_pruned (endless, "", "main;f", "main;f");
}

static void
test_a_pattern_that_runs_too_long_drops_nothing (void)
{
  assert_pruned ("(a+)+b|f",
                 "",
                 "main;aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa;f",
                 "main;aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa;f");
}

static void
test_without_patterns_it_is_the_same_profile (void)
{
  g_autoptr (ProfProfile) profile = test_profile ("main;f 1\n");
  g_autoptr (ProfProfile) pruned = prof_prune (profile);

  g_assert_true (pruned == profile);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/prune/cuts-from-the-first-match-to-the-leaf",
                   test_cuts_from_the_first_match_to_the_leaf);
  g_test_add_func ("/prune/the-whole-name-has-to-match",
                   test_the_whole_name_has_to_match);
  g_test_add_func ("/prune/keep-wins-over-drop", test_keep_wins_over_drop);
  g_test_add_func ("/prune/a-stack-is-never-cut-from-its-root",
                   test_a_stack_is_never_cut_from_its_root);
  g_test_add_func ("/prune/inlined-calls-go-with-their-caller",
                   test_inlined_calls_go_with_their_caller);
  g_test_add_func ("/prune/parameters-and-a-leading-dot-do-not-count",
                   test_parameters_and_a_leading_dot_do_not_count);
  g_test_add_func ("/prune/what-is-no-pattern-drops-nothing",
                   test_what_is_no_pattern_drops_nothing);
  g_test_add_func ("/prune/a-pattern-that-runs-too-long-drops-nothing",
                   test_a_pattern_that_runs_too_long_drops_nothing);
  g_test_add_func ("/prune/without-patterns-it-is-the-same-profile",
                   test_without_patterns_it_is_the_same_profile);
  return g_test_run ();
}
