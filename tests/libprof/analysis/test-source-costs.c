/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "analysis/prof-source-costs.h"

#include "line-util.h"
#include "model/prof-builder.h"
#include "test-util.h"

/* "LINE=FLAT/CUM ...", with a ">" and a name for each level of inlining */
static char *
describe (const char *samples, const char *name, bool noinlines)
{
  g_autoptr (ProfProfile)     profile = line_profile (samples);
  g_autoptr (ProfFrames)      frames = line_frames (profile, noinlines);
  g_autoptr (ProfSourceCosts) self = NULL;
  GString                    *out = g_string_new (NULL);
  const ProfSourceCost       *costs;
  size_t                      n;

  self = prof_source_costs_new (frames, 0, line_frame (frames, name));
  costs = prof_source_costs_get (self, &n);
  for (size_t c = 0; c < n; c++)
    {
      g_string_append (out, c > 0 ? " " : "");
      for (uint32_t level = 0; level < costs[c].level; level++)
        g_string_append_c (out, '>');
      if (costs[c].level > 0)
        g_string_append_printf (out,
                                "%s:",
                                prof_frames_name (frames, costs[c].frame));
      g_string_append_printf (out,
                              "%d=%d/%d",
                              (int)costs[c].line,
                              (int)costs[c].flat,
                              (int)costs[c].cum);
    }
  return g_string_free (out, FALSE);
}

#define ASSERT_COSTS(samples, name, expected)                \
  G_STMT_START                                               \
  {                                                          \
    g_autofree char *text = describe (samples, name, false); \
                                                             \
    g_assert_cmpstr (text, ==, expected);                    \
  }                                                          \
  G_STMT_END

static void
test_lines_come_in_their_order (void)
{
  ASSERT_COSTS ("2,1=5 3,1=7", "work", "20=5/5 21=7/7");
  ASSERT_COSTS ("2,2,1=5 3,2,1=7", "work", "20=5/12 21=7/7");
  ASSERT_COSTS ("5,1=5", "work", "0=5/5");
}

static void
test_what_is_inlined_follows_its_line (void)
{
  ASSERT_COSTS ("4=3 4,1=2", "main", "10=0/2 11=0/5 >work:20=5/5");
  ASSERT_COSTS ("6=3 4=5 1=1",
                "main",
                "10=1/1 11=0/8 >work:20=5/5 >work:22=0/3 >>help:30=3/3");
  ASSERT_COSTS ("6=3 2,6=4", "main", "11=0/7 >work:22=0/7 >>help:30=3/7");
}

static void
test_an_inlined_function_has_lines_of_its_own (void)
{
  ASSERT_COSTS ("6=3 3=1", "work", "21=1/1 22=0/3 >help:30=3/3");
}

static void
test_a_line_counts_once_for_a_stack (void)
{
  ASSERT_COSTS ("6,6=3", "main", "11=0/3 >work:22=0/3 >>help:30=3/3");
}

static void
test_without_inlined_code_there_are_lines_only (void)
{
  g_autofree char *text = describe ("6=3", "main", true);

  g_assert_cmpstr (text, ==, "11=3/3");
}

static void
test_what_costs_nothing_is_left_out (void)
{
  ASSERT_COSTS ("2,1=0", "work", "");
  ASSERT_COSTS ("2,1=3 2,1=-3 3,1=-2", "work", "21=-2/-2");
}

/* Names on the path of the last cost */
static char *
path_of (const char *samples, const char *name)
{
  g_autoptr (ProfProfile)     profile = line_profile (samples);
  g_autoptr (ProfFrames)      frames = line_frames (profile, false);
  g_autoptr (ProfSourceCosts) self = NULL;
  GString                    *out = g_string_new (NULL);
  const ProfSourceCost       *costs;
  const ProfFrameId          *path;
  size_t                      n;

  self = prof_source_costs_new (frames, 0, line_frame (frames, name));
  costs = prof_source_costs_get (self, &n);
  path = prof_source_costs_path (self, &costs[n - 1], &n);
  for (size_t f = 0; f < n; f++)
    g_string_append_printf (out, ";%s", prof_frames_name (frames, path[f]));
  return g_string_free (out, FALSE);
}

static void
test_a_path_is_that_of_the_heaviest_stack (void)
{
  g_autofree char *light = path_of ("3,1=5 3,2,1=7", "work");
  g_autofree char *first = path_of ("3,1=8 3,2,1=7", "work");
  g_autofree char *inlined = path_of ("2,1=1 6,1=7 6=2", "main");

  g_assert_cmpstr (light, ==, ";main;work;work");
  g_assert_cmpstr (first, ==, ";main;work");
  g_assert_cmpstr (inlined, ==, ";main;main;work;help");
}

/* One location of many lines, all of one function that calls itself inlined. */
static ProfProfile *
recursive_profile (size_t n_lines)
{
  g_autoptr (GError)      error = NULL;
  g_autoptr (ProfBuilder) builder = prof_builder_new (NULL);
  g_autofree ProfRawLine *lines = g_new0 (ProfRawLine, n_lines);
  ProfRawValueType        type = { 0 };
  ProfRawFunction         function = { .id = 1 };
  ProfRawLocation         location = { .id = 1 };
  const int64_t           value = 1;

  for (size_t l = 0; l < n_lines; l++)
    lines[l] = (ProfRawLine){ .function = 1, .line = 1 };
  prof_builder_add_string (builder, "", 0, &error);
  prof_builder_add_type (builder, &type, &error);
  prof_builder_add_function (builder, &function, &error);
  prof_builder_add_location (builder, &location, lines, n_lines, &error);
  prof_builder_add_sample (builder,
                           &location.id,
                           1,
                           &value,
                           1,
                           NULL,
                           0,
                           &error);
  g_assert_no_error (error);
  return prof_builder_finish (builder, &error);
}

static void
test_deep_inlining_is_cut (void)
{
  g_autoptr (ProfProfile)     profile = recursive_profile (2000);
  g_autoptr (ProfFrames)      frames = line_frames (profile, false);
  g_autoptr (ProfSourceCosts) self = prof_source_costs_new (frames, 0, 0);
  const ProfSourceCost       *costs;
  size_t                      n;

  costs = prof_source_costs_get (self, &n);
  g_assert_cmpuint (n, ==, PROF_SOURCE_MAX_LEVELS + 1);
  for (size_t c = 0; c < n; c++)
    {
      g_assert_cmpuint (costs[c].level, ==, c);
      g_assert_cmpint (costs[c].cum, ==, 1);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(name, function) g_test_add_func ("/source-costs/" name, function)
  ADD ("lines-come-in-their-order", test_lines_come_in_their_order);
  ADD ("what-is-inlined-follows-its-line",
       test_what_is_inlined_follows_its_line);
  ADD ("an-inlined-function-has-lines-of-its-own",
       test_an_inlined_function_has_lines_of_its_own);
  ADD ("a-line-counts-once-for-a-stack", test_a_line_counts_once_for_a_stack);
  ADD ("without-inlined-code-there-are-lines-only",
       test_without_inlined_code_there_are_lines_only);
  ADD ("what-costs-nothing-is-left-out", test_what_costs_nothing_is_left_out);
  ADD ("a-path-is-that-of-the-heaviest-stack",
       test_a_path_is_that_of_the_heaviest_stack);
  ADD ("deep-inlining-is-cut", test_deep_inlining_is_cut);
#undef ADD
  return g_test_run ();
}
