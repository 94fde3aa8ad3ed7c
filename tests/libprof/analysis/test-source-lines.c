/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "analysis/prof-source-lines.h"

#include "model/prof-builder.h"
#include "test-util.h"
#include <string.h>

/* A place in the code, and one sample of it that calls nothing. */
typedef struct
{
  const char *name;
  const char *file;
  int64_t     start_line;
  int64_t     line;
  int64_t     value;
} Place;

static int64_t
add_text (ProfBuilder *builder, size_t *n, const char *text)
{
  g_autoptr (GError) error = NULL;

  prof_builder_add_string (builder, text, strlen (text), &error);
  g_assert_no_error (error);
  return (int64_t)(*n)++;
}

static ProfGraph *
graph_of (const Place *places, size_t n_places)
{
  g_autoptr (GError)      error = NULL;
  g_autoptr (ProfBuilder) builder = prof_builder_new (NULL);
  g_autoptr (ProfProfile) profile = NULL;
  g_autoptr (ProfFrames)  frames = NULL;
  ProfFramesParams        params = PROF_FRAMES_PARAMS_INIT;
  const ProfGraphParams   all = { .calls = PROF_GRAPH_NO_CALLS };
  ProfRawValueType        type = { 0 };
  size_t                  n = 0;

  add_text (builder, &n, "");
  type.type = add_text (builder, &n, "cpu");
  prof_builder_add_type (builder, &type, &error);
  for (size_t p = 0; p < n_places; p++)
    {
      uint64_t        id = p + 1;
      ProfRawFunction function = { .id = id };
      ProfRawLine     line = { .function = id, .line = places[p].line };
      ProfRawLocation location = { .id = id, .address = id };

      function.name = add_text (builder, &n, places[p].name);
      function.filename = add_text (builder, &n, places[p].file);
      function.start_line = places[p].start_line;
      prof_builder_add_function (builder, &function, &error);
      prof_builder_add_location (builder, &location, &line, 1, &error);
      prof_builder_add_sample (builder,
                               &id,
                               1,
                               &places[p].value,
                               1,
                               NULL,
                               0,
                               &error);
    }
  profile = prof_builder_finish (builder, &error);
  g_assert_no_error (error);
  params.granularity = PROF_GRANULARITY_LINES;
  params.with_binaries = true;
  frames = prof_frames_new_with (profile, 0, &params);
  return prof_graph_new (frames, 0, &all);
}

/* "NAME FILE FIRST-LAST FLAT: LINE=FLAT ...", a routine each. */
static char *
describe (const Place *places, size_t n_places, const char *pattern)
{
  g_autoptr (GError)          error = NULL;
  g_autoptr (ProfGraph)       graph = graph_of (places, n_places);
  g_autoptr (ProfPattern)     compiled = prof_pattern_new (pattern,
                                                       0,
                                                       NULL,
                                                       &error);
  g_autoptr (ProfSourceLines) self = NULL;
  GString                    *out = g_string_new (NULL);
  const ProfSourceRoutine    *routines;
  size_t                      n;

  self = prof_source_lines_new (graph, compiled, &error);
  g_assert_no_error (error);
  routines = prof_source_lines_routines (self, &n);
  for (size_t r = 0; r < n; r++)
    {
      const ProfSourceLine *lines;

      lines = prof_source_lines_lines (self, &routines[r]);
      g_string_append_printf (out,
                              "%s %s %d-%d %d:",
                              routines[r].name,
                              routines[r].file,
                              (int)routines[r].first_line,
                              (int)routines[r].last_line,
                              (int)routines[r].flat);
      for (size_t l = 0; l < routines[r].n_lines; l++)
        g_string_append_printf (out,
                                " %d=%d",
                                (int)lines[l].line,
                                (int)lines[l].flat);
      g_string_append_c (out, '\n');
    }
  return g_string_free (out, FALSE);
}

#define ASSERT_LINES(places, pattern, expected)                                \
  G_STMT_START                                                                 \
  {                                                                            \
    g_autofree char *text = describe (places, G_N_ELEMENTS (places), pattern); \
                                                                               \
    g_assert_cmpstr (text, ==, expected);                                      \
  }                                                                            \
  G_STMT_END

static void
test_routines_are_sorted_and_their_lines_rise (void)
{
  static const Place places[] = {
    { "g", "b.c", 0, 30, 1 }, { "f", "z.c", 0, 9, 2 },  { "g", "a.c", 0, 8, 4 },
    { "g", "b.c", 0, 20, 8 }, { "h", "a.c", 0, 7, 16 },
  };

  ASSERT_LINES (places,
                "f|g",
                "f z.c 4-14 2: 9=2\n"
                "g a.c 3-13 4: 8=4\n"
                "g b.c 15-35 9: 20=8 30=1\n");
}

static void
test_the_text_begins_at_the_first_line_that_is_known (void)
{
  static const Place places[] = {
    { "f", "a.c", 40, 60, 1 },
    { "f", "a.c", 0, 50, 2 },
    { "g", "a.c", 0, 2, 4 },
  };

  ASSERT_LINES (places,
                ".",
                "f a.c 40-65 3: 50=2 60=1\n"
                "g a.c 1-7 4: 2=4\n");
}

/* Two functions of one name, with different first lines, at one line. */
static void
test_what_is_at_one_line_is_added_up (void)
{
  static const Place places[] = {
    { "f", "a.c", 10, 12, 1 },
    { "f", "a.c", 11, 12, 2 },
  };

  ASSERT_LINES (places, "f", "f a.c 10-17 3: 12=3\n");
}

static void
test_without_a_file_a_function_counts_only_if_none_has_one (void)
{
  static const Place places[] = {
    { "f", "", 0, 7, 1 },
    { "f", "", 0, 8, 2 },
    { "f", "a.c", 0, 9, 4 },
    { "g", "", 0, 1, 8 },
  };

  ASSERT_LINES (places,
                ".",
                "f a.c 4-14 4: 9=4\n"
                "g  1-6 8: 1=8\n");
}

static void
test_odd_line_numbers_do_no_harm (void)
{
  static const Place places[] = {
    { "f", "a.c", 0, 0, 1 },
    { "f", "a.c", -9, -3, 2 },
  };

  ASSERT_LINES (places, "f", "f a.c 1-5 3: -3=2 0=1\n");
}

static void
test_nothing_that_matches_is_no_routine (void)
{
  static const Place places[] = { { "f", "a.c", 0, 1, 1 } };

  ASSERT_LINES (places, "g", "");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(path, test) g_test_add_func ("/source-lines/" path, test)
  ADD ("routines-are-sorted-and-their-lines-rise",
       test_routines_are_sorted_and_their_lines_rise);
  ADD ("the-text-begins-at-the-first-line-that-is-known",
       test_the_text_begins_at_the_first_line_that_is_known);
  ADD ("what-is-at-one-line-is-added-up", test_what_is_at_one_line_is_added_up);
  ADD ("without-a-file-a-function-counts-only-if-none-has-one",
       test_without_a_file_a_function_counts_only_if_none_has_one);
  ADD ("odd-line-numbers-do-no-harm", test_odd_line_numbers_do_no_harm);
  ADD ("nothing-that-matches-is-no-routine",
       test_nothing_that_matches_is_no_routine);
#undef ADD
  return g_test_run ();
}
