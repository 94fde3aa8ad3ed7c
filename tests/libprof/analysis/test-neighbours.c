/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "test-util.h"

#include <string.h>

typedef struct
{
  ProfProfile   *profile;
  ProfFrames    *frames;
  ProfNeighbours found;
} Fixture;

static ProfFrameId
frame_named (const Fixture *fixture, const char *name)
{
  for (ProfFrameId f = 0; f < prof_frames_n (fixture->frames); f++)
    if (strcmp (prof_frames_display_name (fixture->frames, f), name) == 0)
      return f;
  g_error ("no function %s", name);
}

static void
find (Fixture *fixture, const char *text, const char *name)
{
  fixture->profile = test_profile (text);
  fixture->frames = prof_frames_new (fixture->profile, 0);
  prof_neighbours_find (fixture->frames,
                        frame_named (fixture, name),
                        &fixture->found);
}

static void
clear (Fixture *fixture)
{
  prof_neighbours_clear (&fixture->found);
  prof_frames_unref (fixture->frames);
  prof_profile_unref (fixture->profile);
}

/* "a 5, b 3"; "-" is nobody. */
static void
assert_are (const Fixture          *fixture,
            const ProfVecNeighbour *list,
            const char             *expected)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (size_t i = 0; i < list->length; i++)
    {
      ProfFrameId frame = list->data[i].frame;
      const char *name = "-";

      if (frame != PROF_ID_NONE)
        name = prof_frames_display_name (fixture->frames, frame);
      g_string_append_printf (text,
                              "%s%s %" G_GINT64_FORMAT,
                              i > 0 ? ", " : "",
                              name,
                              list->data[i].total);
    }
  g_assert_cmpstr (text->str, ==, expected);
}

static void
assert_neighbours (const char *text,
                   const char *name,
                   const char *callers,
                   const char *callees)
{
  Fixture fixture;

  find (&fixture, text, name);
  assert_are (&fixture, &fixture.found.callers, callers);
  assert_are (&fixture, &fixture.found.callees, callees);
  clear (&fixture);
}

static void
test_calls_add_up (void)
{
  static const char text[] = "main;a;f;g 5\n"
                             "main;b;f;g 3\n"
                             "main;b;f;h 2\n"
                             "main;b;f 1\n"
                             "main;b;x 100\n";

  assert_neighbours (text, "f", "b 6, a 5", "g 8, h 2");
  assert_neighbours (text, "main", "- 111", "b 106, a 5");
  assert_neighbours (text, "x", "b 100", "");
}

static void
test_a_stack_counts_once (void)
{
  static const char text[] = "main;f;f;f;g 7\n"
                             "main;f;g;f;g 2\n"
                             "f;g 1\n";

  assert_neighbours (text, "f", "main 9, f 7, g 2, - 1", "g 10, f 7");
}

/* What was open above is closed before the next stack. */
static void
test_stacks_beside_each_other_count_each (void)
{
  assert_neighbours ("a;f;b;f;c 1\na;f;d 2\na;e;f 4\nb;f 8\n",
                     "f",
                     "b 9, e 4, a 3",
                     "d 2, b 1, c 1");
}

static void
test_inlined_calls_are_calls (void)
{
  assert_neighbours ("a;b<f<c;d 8\na;f<f 1\n",
                     "f",
                     "c 8, a 1, f 1",
                     "b 8, f 1");
}

static void
test_values_keep_their_sign (void)
{
  assert_neighbours ("a;f;g -5\nb;f;g 5\nb;f;h 1\nc;f 0\n",
                     "f",
                     "b 6, a -5",
                     "h 1, g 0");
}

/* Nothing of ours goes as deep as a stack does. */
static void
test_depth_needs_no_stack_of_ours (void)
{
  g_autoptr (GString) text = g_string_new ("f");

  for (int i = 0; i < 100000; i++)
    g_string_append (text, i % 2 ? ";f" : ";g");
  g_string_append (text, " 1\n");
  assert_neighbours (text->str, "f", "g 1, - 1", "g 1");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/neighbours/calls-add-up", test_calls_add_up);
  g_test_add_func ("/neighbours/a-stack-counts-once", test_a_stack_counts_once);
  g_test_add_func ("/neighbours/stacks-beside-each-other-count-each",
                   test_stacks_beside_each_other_count_each);
  g_test_add_func ("/neighbours/inlined-calls-are-calls",
                   test_inlined_calls_are_calls);
  g_test_add_func ("/neighbours/values-keep-their-sign",
                   test_values_keep_their_sign);
  g_test_add_func ("/neighbours/depth-needs-no-stack-of-ours",
                   test_depth_needs_no_stack_of_ours);
  return g_test_run ();
}
