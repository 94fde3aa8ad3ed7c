/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "analysis/prof-line-sums.h"

#include "model/prof-builder.h"
#include "test-util.h"
#include <string.h>

/* Places in the code; the second inlines the first of its lines. */
typedef struct
{
  uint64_t functions[2]; /* innermost first; 0: one line only */
  int64_t  lines[2];
} Place;

static const Place places[] = {
  { { 1 }, { 10 } },        /* main:10 */
  { { 2 }, { 20 } },        /* work:20 */
  { { 2 }, { 21 } },        /* work:21 */
  { { 2, 1 }, { 20, 11 } }, /* work:20 inlined into main:11 */
  { { 2 }, { 0 } },         /* work, at no line */
};

static int64_t
add_text (ProfBuilder *builder, size_t *n, const char *text)
{
  g_autoptr (GError) error = NULL;

  prof_builder_add_string (builder, text, strlen (text), &error);
  g_assert_no_error (error);
  return (int64_t)(*n)++;
}

static void
add_code (ProfBuilder *builder, size_t *n)
{
  static const char *const names[] = { "main", "work" };
  g_autoptr (GError)       error = NULL;
  int64_t                  file = add_text (builder, n, "f.go");

  for (uint64_t f = 1; f <= 2; f++)
    {
      ProfRawFunction function = { .id = f, .filename = file };

      function.name = add_text (builder, n, names[f - 1]);
      prof_builder_add_function (builder, &function, &error);
    }
  for (size_t p = 0; p < G_N_ELEMENTS (places); p++)
    {
      ProfRawLocation location = { .id = p + 1, .address = p + 1 };
      ProfRawLine     lines[2] = { 0 };
      size_t          n_lines = places[p].functions[1] != 0 ? 2 : 1;

      for (size_t l = 0; l < n_lines; l++)
        {
          lines[l].function = places[p].functions[l];
          lines[l].line = places[p].lines[l];
        }
      prof_builder_add_location (builder, &location, lines, n_lines, &error);
    }
  g_assert_no_error (error);
}

/* @samples: "1,2=5 ...": places from the leaf on, and a value */
static ProfProfile *
profile_of (const char *samples)
{
  g_autoptr (GError)      error = NULL;
  g_autoptr (ProfBuilder) builder = prof_builder_new (NULL);
  g_auto (GStrv)          each = g_strsplit (samples, " ", -1);
  ProfRawValueType        type = { 0 };
  ProfProfile            *profile;
  size_t                  n = 0;

  add_text (builder, &n, "");
  type.type = add_text (builder, &n, "cpu");
  prof_builder_add_type (builder, &type, &error);
  add_code (builder, &n);
  for (char **sample = each; *sample != NULL; sample++)
    {
      g_auto (GStrv) parts = g_strsplit_set (*sample, ",=", -1);
      guint          depth = g_strv_length (parts) - 1;
      int64_t        value = g_ascii_strtoll (parts[depth], NULL, 10);
      uint64_t       ids[8];

      for (guint i = 0; i < depth; i++)
        ids[i] = g_ascii_strtoull (parts[i], NULL, 10);
      prof_builder_add_sample (builder, ids, depth, &value, 1, NULL, 0, &error);
    }
  profile = prof_builder_finish (builder, &error);
  g_assert_no_error (error);
  return profile;
}

/* "LINE=FLAT/CUM ..." */
static char *
describe (const char *samples, const char *name, bool noinlines)
{
  g_autoptr (ProfProfile) profile = profile_of (samples);
  ProfFramesParams        params = PROF_FRAMES_PARAMS_INIT;
  g_autoptr (ProfFrames)  frames = NULL;
  g_autoptr (GArray)      lines = NULL;
  GString                *out = g_string_new (NULL);
  ProfFrameId             frame = 0;

  params.noinlines = noinlines;
  frames = prof_frames_new_with (profile, 0, &params);
  while (strcmp (prof_frames_name (frames, frame), name) != 0)
    frame++;
  lines = prof_line_sums_new (frames, 0, frame);
  for (guint i = 0; i < lines->len; i++)
    {
      const ProfLineSum *sum = &g_array_index (lines, ProfLineSum, i);

      g_assert_cmpstr (prof_profile_string (profile, sum->file), ==, "f.go");
      g_string_append_printf (out,
                              "%s%d=%d/%d",
                              i > 0 ? " " : "",
                              (int)sum->line,
                              (int)sum->flat,
                              (int)sum->cum);
    }
  return g_string_free (out, FALSE);
}

#define ASSERT_LINES(samples, name, expected)                \
  G_STMT_START                                               \
  {                                                          \
    g_autofree char *text = describe (samples, name, false); \
                                                             \
    g_assert_cmpstr (text, ==, expected);                    \
  }                                                          \
  G_STMT_END

static void
test_the_heaviest_line_is_first (void)
{
  ASSERT_LINES ("2,1=5 3,1=7", "work", "21=7/7 20=5/5");
  ASSERT_LINES ("2,1=5 3,1=7", "main", "10=0/12");
}

static void
test_a_line_counts_once_for_a_stack (void)
{
  ASSERT_LINES ("2,2,1=5 3,2,1=7", "work", "20=5/12 21=7/7");
}

static void
test_inlined_code_ends_on_its_own_line (void)
{
  ASSERT_LINES ("4=3 4,1=2", "work", "20=5/5");
  ASSERT_LINES ("4=3 4,1=2", "main", "11=0/5 10=0/2");
}

static void
test_without_inlined_code_its_caller_has_the_line (void)
{
  g_autofree char *text = describe ("4=3", "main", true);

  g_assert_cmpstr (text, ==, "11=3/3");
}

static void
test_what_costs_nothing_or_has_no_line_is_left_out (void)
{
  ASSERT_LINES ("2,1=0 5,1=4", "work", "");
  ASSERT_LINES ("2,1=3 2,1=-3 3,1=-2", "work", "21=-2/-2");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(name, function) g_test_add_func ("/line-sums/" name, function)
  ADD ("the-heaviest-line-is-first", test_the_heaviest_line_is_first);
  ADD ("a-line-counts-once-for-a-stack", test_a_line_counts_once_for_a_stack);
  ADD ("inlined-code-ends-on-its-own-line",
       test_inlined_code_ends_on_its_own_line);
  ADD ("without-inlined-code-its-caller-has-the-line",
       test_without_inlined_code_its_caller_has_the_line);
  ADD ("what-costs-nothing-or-has-no-line-is-left-out",
       test_what_costs_nothing_or_has_no_line_is_left_out);
#undef ADD
  return g_test_run ();
}
