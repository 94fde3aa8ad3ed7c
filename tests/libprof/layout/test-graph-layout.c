/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "graph-util.h"

#include <glib/gstdio.h>
#include <string.h>

/* The answer that is kept is of Graphviz 2.43 to the question that is kept:
 *   dot -Tjson0 tests/golden/layout/graph-question.dot */

static GBytes *
kept_answer (void)
{
  g_autofree char *path = test_source_path ("tests/data/graph/everything.json");
  char            *text = NULL;
  gsize            length;

  g_assert_true (g_file_get_contents (path, &text, &length, NULL));
  return g_bytes_new_take (text, length);
}

static ProfGraphLayout *
kept_layout (void)
{
  g_autoptr (ProfGraphScene) scene = graph_scene (graph_everything);
  g_autoptr (GBytes)         answer = kept_answer ();
  g_autoptr (GError)         error = NULL;
  ProfGraphLayout           *layout;

  layout = prof_graph_layout_read (scene, answer, &error);
  g_assert_no_error (error);
  return layout;
}

/* --- Question and answer --- */

static void
test_the_question_has_sizes_and_no_names (void)
{
  g_autoptr (ProfGraphScene) scene = graph_scene (graph_everything);
  g_autofree char           *text = prof_graph_layout_question (scene);

  g_assert_null (strstr (text, "main"));
  g_assert_null (strstr (text, "Widget"));
  test_golden ("layout/graph-question.dot", text);
}

static void
test_the_answer_places_everything (void)
{
  g_autoptr (ProfGraphLayout) layout = kept_layout ();
  ProfGraphScene             *scene = prof_graph_layout_scene (layout);
  g_autoptr (GString)         out = g_string_new (NULL);
  size_t                      n_boxes;
  size_t                      n_arrows;

  prof_graph_scene_boxes (scene, &n_boxes);
  prof_graph_scene_arrows (scene, &n_arrows);
  g_string_append_printf (out,
                          "%.0fx%.0f\n",
                          prof_graph_layout_width (layout),
                          prof_graph_layout_height (layout));
  for (uint32_t b = 0; b < n_boxes; b++)
    {
      ProfGraphPoint corner = prof_graph_layout_box (layout, b);

      g_string_append_printf (out, "%u %.1f,%.1f\n", b, corner.x, corner.y);
    }
  for (uint32_t a = 0; a < n_arrows; a++)
    {
      size_t                n;
      const ProfGraphPoint *curve = prof_graph_layout_curve (layout, a, &n);
      ProfGraphPoint        tip = prof_graph_layout_tip (layout, a);
      ProfGraphPoint        text = prof_graph_layout_arrow_text (layout, a);

      g_string_append_printf (out,
                              "arrow %u: text %.1f,%.1f tip %.1f,%.1f by",
                              a,
                              text.x,
                              text.y,
                              tip.x,
                              tip.y);
      for (size_t i = 0; i < n; i++)
        g_string_append_printf (out, " %.1f,%.1f", curve[i].x, curve[i].y);
      g_string_append_c (out, '\n');
    }
  test_golden ("layout/graph-places.txt", out->str);
}

static void
assert_refused (const char *answer, const char *message)
{
  g_autoptr (ProfGraphScene)  scene = graph_scene ("main;f 1\n");
  g_autoptr (GBytes)          bytes = g_bytes_new (answer, strlen (answer));
  g_autoptr (GError)          error = NULL;
  g_autoptr (ProfGraphLayout) layout = NULL;

  layout = prof_graph_layout_read (scene, bytes, &error);
  g_assert_null (layout);
  g_assert_nonnull (error);
  if (strstr (error->message, message) == NULL)
    g_error ("“%s” does not say “%s”", error->message, message);
}

#define SIZE "\"bb\":\"0,0,100,90\","
#define BOXES                                      \
  "\"objects\":[{\"name\":\"0\",\"pos\":\"9,9\"}," \
  "{\"name\":\"1\",\"pos\":\"9,80\"}]"

static void
test_answers_that_make_no_sense (void)
{
  assert_refused ("", "");
  assert_refused ("Segmentation fault", "line 1");
  assert_refused ("[]", "an object was expected");
  assert_refused ("{}", "box 0 has no place");
  assert_refused ("{\"bb\":\"0,0,x,1\"}", "no size");
  assert_refused ("{\"bb\":\"0,0,1e300,1\"}", "no size");
  assert_refused ("{\"bb\":\"9,9,1,1\"}", "no size");
  assert_refused ("{\"bb\":[]}", "a text was expected");
  assert_refused ("{" BOXES "}", "the size comes too late");
  assert_refused ("{" SIZE "\"objects\":7}", "a list was expected");
  assert_refused ("{" SIZE "\"objects\":[7]}", "an object was expected");
  assert_refused ("{" SIZE "\"objects\":[{\"name\":\"2\",\"pos\":\"1,1\"}]}",
                  "“2” was not asked for");
  assert_refused ("{" SIZE "\"objects\":[{\"name\":\"0\",\"pos\":\"nan,1\"}]}",
                  "no place that can be read");
  assert_refused ("{" SIZE "\"objects\":[{\"name\":\"0\"}]}",
                  "no place that can be read");
  assert_refused ("{" SIZE BOXES "}", "arrow 0 has no place");
  assert_refused ("{" SIZE BOXES ",\"edges\":[{\"id\":\"0\",\"pos\":\"1,1\"}]}",
                  "no place that can be read");
  assert_refused ("{" SIZE BOXES ",\"edges\":[{\"id\":\"0\","
                  "\"pos\":\"1,1 2,2 3,3 4,4 5,5\"}]}",
                  "no place that can be read");
  assert_refused ("{" SIZE BOXES ",\"edges\":[{\"id\":\"0\","
                  "\"pos\":\"1,1 2,2 3,3 4,4\"}]}x",
                  "line 1");
}

static void
test_arrows_without_tip_and_text_are_good (void)
{
  static const char answer[] = "{" SIZE BOXES ",\"edges\":[{\"id\":\"0\","
                               "\"pos\":\"1,1 2,2 3,3 4,40\"}]}";
  g_autoptr (ProfGraphScene)            scene = graph_scene ("main;f 1\n");
  g_autoptr (GBytes) bytes = g_bytes_new_static (answer, strlen (answer));
  g_autoptr (GError) error = NULL;
  g_autoptr (ProfGraphLayout) layout = NULL;
  ProfGraphPoint              tip;

  layout = prof_graph_layout_read (scene, bytes, &error);
  g_assert_no_error (error);
  /* 4 px around it; y goes down. */
  tip = prof_graph_layout_tip (layout, 0);
  g_assert_cmpfloat_with_epsilon (tip.x, 8, 1e-9);
  g_assert_cmpfloat_with_epsilon (tip.y, 54, 1e-9);
}

static void
test_cut_off_at_every_byte (void)
{
  g_autoptr (ProfGraphScene) scene = graph_scene (graph_everything);
  g_autoptr (GBytes)         answer = kept_answer ();
  size_t                     length = g_bytes_get_size (answer);

  while (length > 0 &&
         ((const char *)g_bytes_get_data (answer, NULL))[length - 1] != '}')
    length--;
  for (size_t n = 0; n < length; n++)
    {
      g_autoptr (GBytes)          part = g_bytes_new_from_bytes (answer, 0, n);
      g_autoptr (ProfGraphLayout) layout = NULL;

      layout = prof_graph_layout_read (scene, part, NULL);
      g_assert_null (layout);
    }
}

/* --- What is at a point --- */

static void
test_points_find_boxes_and_arrows (void)
{
  g_autoptr (ProfGraphLayout) layout = kept_layout ();
  size_t                      n;
  const ProfGraphBox         *boxes;

  boxes = prof_graph_scene_boxes (prof_graph_layout_scene (layout), &n);
  for (uint32_t b = 0; b < n; b++)
    {
      ProfGraphPoint corner = prof_graph_layout_box (layout, b);

      g_assert_cmpuint (prof_graph_layout_hit (layout,
                                               corner.x + boxes[b].width_px / 2,
                                               corner.y +
                                                   boxes[b].height_px / 2),
                        ==,
                        b);
    }
  g_assert_cmpuint (prof_graph_layout_hit (layout, -5, -5), ==, PROF_ID_NONE);
  prof_graph_scene_arrows (prof_graph_layout_scene (layout), &n);
  for (uint32_t a = 0; a < n; a++)
    {
      ProfGraphPoint tip = prof_graph_layout_tip (layout, a);
      uint32_t hit = prof_graph_layout_hit_arrow (layout, tip.x, tip.y, 2);

      g_assert_cmpuint (hit, !=, PROF_ID_NONE);
    }
  g_assert_cmpuint (prof_graph_layout_hit_arrow (layout, -50, -50, 2),
                    ==,
                    PROF_ID_NONE);
}

/* --- The program --- */

/* Lays out with a "dot" that is this script. */
static ProfGraphLayout *
lay_out_with (const char *script, unsigned limit_ms, GError **error)
{
  g_autoptr (ProfGraphScene) scene = graph_scene ("main;f 1\n");
  g_autofree char           *folder = test_new_folder ();
  g_autofree char           *program = g_build_filename (folder, "dot", NULL);
  g_autofree char           *text = g_strconcat ("#!/bin/sh\n", script, NULL);
  g_autofree char           *old = g_strdup (g_getenv ("PATH"));
  g_autofree char           *path = g_strconcat (folder, ":", old, NULL);
  ProfGraphLayout           *layout;

  if (script[0] != '\0')
    {
      g_assert_true (g_file_set_contents (program, text, -1, NULL));
      g_chmod (program, 0755);
    }
  g_setenv ("PATH", script[0] != '\0' ? path : folder, TRUE);
  layout = prof_graph_layout_new (scene, limit_ms, NULL, error);
  g_setenv ("PATH", old, TRUE);
  return layout;
}

static void
assert_program_fails (const char *script, const char *message)
{
  g_autoptr (GError)          error = NULL;
  bool                        is_slow = strstr (script, "sleep") != NULL;
  unsigned                    limit_ms = is_slow ? 400 : 20000;
  g_autoptr (ProfGraphLayout) layout = lay_out_with (script, limit_ms, &error);

  g_assert_null (layout);
  g_assert_cmpstr (error->message, ==, message);
}

static void
test_programs_that_fail (void)
{
  assert_program_fails ("",
                        "call graphs are laid out by Graphviz, which is not "
                        "installed; install the package “graphviz”");
  assert_program_fails ("exec sleep 600\n",
                        "dot has not finished within 0.4 s");
  assert_program_fails ("kill -SEGV $$\n", "dot was ended by signal 11");
  assert_program_fails ("echo 'Error: out of memory' >&2; exit 1\n",
                        "dot failed with status 1: Error: out of memory");
  assert_program_fails ("exec cat /dev/zero\n",
                        "dot writes more than 67108864 bytes");
  assert_program_fails ("exit 0\n",
                        "the answer of Graphviz makes no sense: line 1, column "
                        "1: the file ends before a value");
}

static void
test_programs_that_print_nonsense (void)
{
  g_autoptr (GError)          error = NULL;
  g_autoptr (ProfGraphLayout) layout = lay_out_with ("echo '<svg/>'\n",
                                                     5000,
                                                     &error);

  g_assert_null (layout);
  g_assert_error (error, PROF_ERROR, PROF_ERROR_MALFORMED);
  g_assert_true (g_str_has_prefix (error->message,
                                   "the answer of Graphviz makes no sense: "));
}

static void
test_nothing_needs_no_graphviz (void)
{
  g_autoptr (ProfGraphScene)  scene = graph_scene ("");
  g_autoptr (GError)          error = NULL;
  g_autofree char            *old = g_strdup (g_getenv ("PATH"));
  g_autoptr (ProfGraphLayout) layout = NULL;

  g_setenv ("PATH", "/nonexistent", TRUE);
  layout = prof_graph_layout_new (scene, 0, NULL, &error);
  g_setenv ("PATH", old, TRUE);
  g_assert_no_error (error);
  g_assert_cmpfloat (prof_graph_layout_width (layout), <, 1);
}

static void
test_graphviz_understands_the_question (void)
{
  g_autoptr (ProfGraphScene)  scene = graph_scene (graph_everything);
  g_autoptr (GError)          error = NULL;
  g_autofree char            *dot = g_find_program_in_path ("dot");
  g_autoptr (ProfGraphLayout) layout = NULL;

  if (dot == NULL)
    {
      g_test_skip ("Graphviz is not installed");
      return;
    }
  layout = prof_graph_layout_new (scene, 0, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpfloat (prof_graph_layout_width (layout), >, 100);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(path, test) g_test_add_func ("/graph-layout/" path, test)
  ADD ("the-question-has-sizes-and-no-names",
       test_the_question_has_sizes_and_no_names);
  ADD ("the-answer-places-everything", test_the_answer_places_everything);
  ADD ("answers-that-make-no-sense", test_answers_that_make_no_sense);
  ADD ("arrows-without-tip-and-text-are-good",
       test_arrows_without_tip_and_text_are_good);
  ADD ("cut-off-at-every-byte", test_cut_off_at_every_byte);
  ADD ("points-find-boxes-and-arrows", test_points_find_boxes_and_arrows);
  ADD ("programs-that-fail", test_programs_that_fail);
  ADD ("programs-that-print-nonsense", test_programs_that_print_nonsense);
  ADD ("nothing-needs-no-graphviz", test_nothing_needs_no_graphviz);
  ADD ("graphviz-understands-the-question",
       test_graphviz_understands_the_question);
#undef ADD
  return g_test_run ();
}
