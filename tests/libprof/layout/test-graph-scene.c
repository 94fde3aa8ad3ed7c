/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "graph-util.h"

#include "layout/prof-graph-name.h"
#include <string.h>

/* --- Names --- */

static void
assert_name (const char *name, const char *package, const char *lines)
{
  g_auto (ProfGraphName) self = { 0 };
  g_autofree char       *joined = NULL;

  prof_graph_name_init (&self, name, PROF_MAX_LABEL_CHARS);
  joined = g_strjoinv ("|", self.lines);
  g_assert_cmpstr (self.package, ==, package);
  g_assert_cmpstr (joined, ==, lines);
}

static void
test_packages_have_a_line_of_their_own (void)
{
  assert_name ("main.main", "main", "main");
  assert_name ("net/http.(*conn).serve", "net/http", "(*conn).serve");
  assert_name ("github.com/org/pkg.(*T).M", "github.com/org/pkg", "(*T).M");
  assert_name ("memcpy", "", "memcpy");
  assert_name ("[libc.so.6]", "", "[libc.so.6]");
}

static void
test_of_long_packages_the_end_is_left (void)
{
  assert_name ("github.com/organization/repository/internal/pkg.F",
               "…/repository/internal/pkg",
               "F");
  assert_name ("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa.F",
               "aaaaaaaaaaaaaaaaaaaaaaaaaaaa…",
               "F");
}

static void
test_long_names_break_where_parts_meet (void)
{
  assert_name ("main.(*generatorOfThings).produceNextThing",
               "main",
               "(*generatorOfThings)|.produceNextThing");
  assert_name ("a_function_of_which_the_name_is_long",
               "",
               "a_function_of_which_the_|name_is_long");
}

static void
test_names_end_after_three_lines (void)
{
  g_autofree char       *name = g_strnfill (500, 'x');
  g_auto (ProfGraphName) self = { 0 };

  prof_graph_name_init (&self, name, PROF_MAX_LABEL_CHARS);
  g_assert_cmpuint (g_strv_length (self.lines), ==, PROF_GRAPH_NAME_LINES);
  for (size_t l = 0; l < PROF_GRAPH_NAME_LINES; l++)
    g_assert_cmpint (g_utf8_strlen (self.lines[l], -1),
                     <=,
                     PROF_GRAPH_NAME_CHARS + 1);
  g_assert_true (g_str_has_suffix (self.lines[PROF_GRAPH_NAME_LINES - 1], "…"));
}

static void
test_names_without_letters (void)
{
  assert_name ("", "", "");
  assert_name ("...", "", "...");
}

/* --- Scenes --- */

static const ProfGraphBox *
box_of (const ProfGraphScene *scene, const char *name)
{
  ProfGraph          *graph = prof_graph_scene_graph (scene);
  size_t              n;
  const ProfGraphBox *boxes = prof_graph_scene_boxes (scene, &n);

  for (size_t b = 0; b < n; b++)
    {
      const ProfGraphNode *node = &prof_graph_nodes (graph)[boxes[b].node];

      if (!boxes[b].is_label &&
          strcmp (prof_frames_display_name (prof_graph_frames (graph),
                                            node->frame),
                  name) == 0)
        return &boxes[b];
    }
  g_assert_not_reached ();
}

static void
append_texts (GString *out, const ProfGraphScene *scene, size_t first, size_t n)
{
  const ProfGraphText *texts = prof_graph_scene_texts (scene, first);

  for (size_t t = 0; t < n; t++)
    g_string_append_printf (out,
                            " | %s%s",
                            texts[t].text,
                            texts[t].kind == PROF_GRAPH_TEXT_NAME ? "*" : "");
}

static void
test_everything_there_is (void)
{
  g_autoptr (ProfGraphScene) scene = graph_scene (graph_everything);
  g_autoptr (GString)        out = g_string_new (NULL);
  size_t                     n_boxes;
  size_t                     n_arrows;
  const ProfGraphBox        *boxes = prof_graph_scene_boxes (scene, &n_boxes);
  const ProfGraphArrow *arrows = prof_graph_scene_arrows (scene, &n_arrows);

  for (uint32_t b = 0; b < n_boxes; b++)
    {
      g_autofree char *words = prof_graph_scene_describe (scene, b);

      g_string_append_printf (out,
                              "%u%s %.0fx%.0f %.2f %.2f",
                              b,
                              boxes[b].is_label ? " label" : "",
                              boxes[b].width_px,
                              boxes[b].height_px,
                              boxes[b].share,
                              boxes[b].size);
      append_texts (out, scene, boxes[b].first_text, boxes[b].n_texts);
      g_string_append_printf (out, "\n  %s\n", words);
    }
  for (uint32_t a = 0; a < n_arrows; a++)
    {
      g_autofree char *words = prof_graph_scene_describe_arrow (scene, a);

      g_string_append_printf (out,
                              "%u -> %u%s %.2f",
                              arrows[a].source,
                              arrows[a].target,
                              arrows[a].dashed ? " dashed" : "",
                              arrows[a].share);
      append_texts (out, scene, arrows[a].first_text, arrows[a].n_texts);
      g_string_append_printf (out, "\n  %s\n", words);
    }
  test_golden ("layout/graph-scene.txt", out->str);
}

/* A name may be as long as a file, and each arrow at it has it in its tip. */
static void
test_tips_have_no_long_names (void)
{
  g_autofree char           *name = g_strnfill (PROF_MAX_TIP_CHARS + 1, 'x');
  g_autofree char           *text = g_strdup_printf ("main;%s 7\n", name);
  g_autofree char           *cut = g_strndup (name, PROF_MAX_TIP_CHARS);
  g_autoptr (ProfGraphScene) scene = graph_scene (text);
  g_autofree char           *arrow = prof_graph_scene_describe_arrow (scene, 0);
  size_t                     n_boxes;
  size_t                     n_cut = 0;

  g_assert_true (g_str_has_prefix (arrow, "main → "));
  g_assert_true (g_str_has_prefix (arrow + strlen ("main → "), cut));
  g_assert_true (
      g_str_has_prefix (arrow + strlen ("main → ") + strlen (cut), "…: "));
  prof_graph_scene_boxes (scene, &n_boxes);
  for (uint32_t b = 0; b < n_boxes; b++)
    {
      g_autofree char *words = prof_graph_scene_describe (scene, b);

      g_assert_null (strstr (words, name));
      n_cut += strstr (words, cut) != NULL;
    }
  g_assert_cmpuint (n_cut, ==, 1);
}

static void
test_the_hottest_is_the_largest (void)
{
  g_autoptr (ProfGraphScene) scene = graph_scene ("main;hot 90\n"
                                                  "main;cold 10\n");
  const ProfGraphBox        *hot = box_of (scene, "hot");
  const ProfGraphBox        *cold = box_of (scene, "cold");
  size_t                     n;

  g_assert_true (hot == prof_graph_scene_boxes (scene, &n) +
                            prof_graph_scene_hottest (scene));
  g_assert_cmpfloat (hot->height_px, >, cold->height_px);
  g_assert_true (hot->size >= 1 && hot->size <= 1);
}

static void
test_no_letter_is_small (void)
{
  g_autoptr (ProfGraphScene) scene = graph_scene (graph_everything);
  size_t                     n;
  const ProfGraphBox        *boxes = prof_graph_scene_boxes (scene, &n);

  for (size_t b = 0; b < n; b++)
    for (size_t t = 0; t < boxes[b].n_texts; t++)
      {
        const ProfGraphText *text;

        text = prof_graph_scene_texts (scene, boxes[b].first_text + t);
        g_assert_cmpfloat (text->size_px, >=, 9);
        g_assert_cmpfloat (text->width_px, <, boxes[b].width_px);
      }
}

static void
test_one_function_with_those_around_it (void)
{
  g_autoptr (ProfGraphScene) all = graph_scene ("main;a;b;c 5\n"
                                                "main;x;b 3\n"
                                                "main;a 2\n");
  const ProfGraphBox        *box = box_of (all, "b");
  ProfGraph                 *graph = prof_graph_scene_graph (all);
  g_autoptr (ProfGraphScene) near = NULL;
  size_t                     n_boxes;
  size_t                     n_arrows;

  near = graph_scene_near (graph, prof_graph_nodes (graph)[box->node].frame);
  prof_graph_scene_boxes (near, &n_boxes);
  prof_graph_scene_arrows (near, &n_arrows);
  /* a, x, b, c; not main. */
  g_assert_cmpuint (n_boxes, ==, 4);
  g_assert_cmpuint (n_arrows, ==, 3);
  box = box_of (near, "b");
  g_assert_cmpuint (prof_graph_scene_find (near,
                                           prof_graph_scene_frame (near, 0)),
                    ==,
                    0);
}

static void
test_nothing_is_an_empty_scene (void)
{
  g_autoptr (ProfGraphScene) scene = graph_scene ("");
  size_t                     n;

  prof_graph_scene_boxes (scene, &n);
  g_assert_cmpuint (n, ==, 0);
  prof_graph_scene_arrows (scene, &n);
  g_assert_cmpuint (n, ==, 0);
  g_assert_cmpuint (prof_graph_scene_hottest (scene), ==, PROF_ID_NONE);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(path, test) g_test_add_func ("/graph-scene/" path, test)
  ADD ("packages-have-a-line-of-their-own",
       test_packages_have_a_line_of_their_own);
  ADD ("of-long-packages-the-end-is-left",
       test_of_long_packages_the_end_is_left);
  ADD ("long-names-break-where-parts-meet",
       test_long_names_break_where_parts_meet);
  ADD ("names-end-after-three-lines", test_names_end_after_three_lines);
  ADD ("names-without-letters", test_names_without_letters);
  ADD ("everything-there-is", test_everything_there_is);
  ADD ("tips-have-no-long-names", test_tips_have_no_long_names);
  ADD ("the-hottest-is-the-largest", test_the_hottest_is_the_largest);
  ADD ("no-letter-is-small", test_no_letter_is_small);
  ADD ("one-function-with-those-around-it",
       test_one_function_with_those_around_it);
  ADD ("nothing-is-an-empty-scene", test_nothing_is_an_empty_scene);
#undef ADD
  return g_test_run ();
}
