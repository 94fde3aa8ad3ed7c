/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "picture-util.h"

#include <string.h>

static const char *const shop = "main.main;main.serve;net/http.(*conn).serve;"
                                "net/http.handle 60\n"
                                "main.main;main.serve;net/http.read<"
                                "net/http.(*conn).serve 20\n"
                                "main.main;main.serve;runtime.mallocgc 15\n"
                                "main.main;main.tiny 1\n"
                                "main.main;main.small 1\n"
                                "main.main 3\n";

typedef struct
{
  ProfTree     *tree;
  ProfSearch   *search;
  ProfPalette  *palette;
  ProfFlameView view;
} Scene;

static Scene
new_scene (const char *text, double width, const char *search)
{
  Scene           scene = { .tree = test_tree (text, 0) };
  ProfFlameParams params = { width, 2, 0, 0 };

  scene.view.layout = prof_flame_layout_new (scene.tree, &params);
  scene.palette = prof_palette_new (prof_tree_frames (scene.tree),
                                    PROF_THEME_LIGHT);
  if (search != NULL)
    scene.search = prof_search_new (scene.tree, search, 0, NULL);
  scene.view.palette = scene.palette;
  scene.view.search = scene.search;
  scene.view.metrics = (ProfFlameMetrics)PROF_FLAME_METRICS_INIT;
  return scene;
}

static void
clear_scene (Scene *scene)
{
  prof_flame_layout_unref (scene->view.layout);
  prof_palette_unref (scene->palette);
  prof_search_unref (scene->search);
  prof_tree_unref (scene->tree);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Scene, clear_scene)

static char *
notes_of (const ProfFlameView *view, const ProfRect *clip)
{
  GString     *notes = g_string_new (NULL);
  ProfPainter *painter = note_painter_new (notes);

  prof_flame_paint (view, painter, clip);
  note_painter_free (painter);
  return g_string_free (notes, FALSE);
}

static void
assert_noted (const char *notes, const char *line)
{
  if (strstr (notes, line) == NULL)
    g_test_message ("“%s” is not in\n%s", line, notes);
  g_assert_nonnull (strstr (notes, line));
}

static void
assert_not_noted (const char *notes, const char *line)
{
  if (strstr (notes, line) != NULL)
    g_test_message ("“%s” is in\n%s", line, notes);
  g_assert_null (strstr (notes, line));
}

static void
test_plain (void)
{
  g_auto (Scene)   scene = new_scene (shop, 500, NULL);
  g_autofree char *notes = notes_of (&scene.view, NULL);

  test_golden ("picture/plain.txt", notes);
}

static void
test_described (void)
{
  g_auto (Scene)   scene = new_scene (shop, 500, NULL);
  g_autofree char *notes = NULL;

  scene.view.describe = true;
  notes = notes_of (&scene.view, NULL);
  assert_noted (notes,
                "<frame> net/http.handle|self 60 (60.0 %), total 60 (60.0 %)|"
                "/src/file.go\n");
  assert_noted (notes, "<root> all|self 0 (0.0 %), total 100 (100 %)\n");
}

/* Each box after one that differs in a single figure, or in none. */
static void
test_figures_are_of_the_box (void)
{
  g_auto (Scene)   scene = new_scene ("a;b;c 5\na;b 1\n", 500, NULL);
  g_autofree char *notes = NULL;

  scene.view.describe = true;
  notes = notes_of (&scene.view, NULL);
  assert_noted (notes, "<root> all|self 0 (0.0 %), total 6 (100 %)");
  assert_noted (notes, "<frame> a|self 0 (0.0 %), total 6 (100 %)");
  assert_noted (notes, "<frame> b|self 1 (16.7 %), total 6 (100 %)");
  assert_noted (notes, "<frame> c|self 5 (83.3 %), total 5 (83.3 %)");
}

static void
test_flame (void)
{
  g_auto (Scene) scene = new_scene (shop, 500, NULL);
  double         height = prof_flame_view_height (&scene.view);

  for (uint32_t row = 0; row < prof_flame_layout_n_rows (scene.view.layout);
       row++)
    {
      double fill;
      double down = prof_flame_view_row_y (&scene.view, row, &fill);
      double up;

      g_assert_cmpuint (prof_flame_view_row_at (&scene.view, down + fill / 2),
                        ==,
                        row);
      scene.view.flame = true;
      up = prof_flame_view_row_y (&scene.view, row, NULL);
      g_assert_cmpfloat (up, ==, height - down - fill);
      g_assert_cmpuint (prof_flame_view_row_at (&scene.view, up + fill / 2),
                        ==,
                        row);
      scene.view.flame = false;
    }
  g_assert_cmpuint (prof_flame_view_row_at (&scene.view, -1), ==, PROF_ID_NONE);
  g_assert_cmpuint (prof_flame_view_row_at (&scene.view, height + 1),
                    ==,
                    PROF_ID_NONE);
}

static void
test_rows (void)
{
  g_auto (Scene) scene = new_scene (shop, 500, NULL);
  double         height;

  g_assert_cmpfloat (prof_flame_view_row_y (&scene.view, 0, &height), ==, 0);
  g_assert_cmpfloat (height, ==, 24);
  g_assert_cmpfloat (prof_flame_view_row_y (&scene.view, 1, &height), ==, 25);
  g_assert_cmpfloat (height, ==, 19);
  g_assert_cmpfloat (prof_flame_view_row_y (&scene.view, 2, NULL), ==, 45);
  scene.view.metrics.lane_px = 4;
  g_assert_cmpfloat (prof_flame_view_row_y (&scene.view, 1, NULL), ==, 30);
  g_assert_cmpuint (prof_flame_view_row_at (&scene.view, 27), ==, PROF_ID_NONE);
}

/* Whoever draws the root elsewhere has the frames begin at the edge. */
static void
test_without_a_root_bar (void)
{
  g_auto (Scene)   scene = new_scene (shop, 500, NULL);
  g_autofree char *notes = NULL;
  double           with = prof_flame_view_height (&scene.view);

  scene.view.metrics.root_px = 0;
  g_assert_cmpfloat (prof_flame_view_height (&scene.view), ==, with - 25);
  g_assert_cmpfloat (prof_flame_view_row_y (&scene.view, 1, NULL), ==, 0);
  g_assert_cmpuint (prof_flame_view_row_at (&scene.view, 0), ==, 1);
  notes = notes_of (&scene.view, NULL);
  assert_noted (notes, "<root> \n<frame> \n");
}

static void
test_clip (void)
{
  g_auto (Scene)   scene = new_scene (shop, 500, NULL);
  ProfRect         third = { 0, 66, 500, 10 };
  g_autofree char *notes = notes_of (&scene.view, &third);
  g_autofree char *all = notes_of (&scene.view, NULL);
  g_auto (GStrv)   lines = g_strsplit_set (notes, "\n", -1);

  assert_not_noted (notes, "main.");
  assert_noted (notes, "serve");
  for (size_t i = 0; lines[i] != NULL; i++)
    assert_noted (all, lines[i]);
}

static void
test_percentages (void)
{
  g_auto (Scene)   scene = new_scene ("a.a;b.b;c.c 88\na.a;b.b 7\nx.x 5\n",
                                    1000,
                                    NULL);
  g_autofree char *notes = notes_of (&scene.view, NULL);

  assert_noted (notes, "95.0 % #");     /* a, and not b again */
  assert_not_noted (notes, "88.0 % #"); /* 88 > 0.9 * 95 */
  assert_not_noted (notes, " 5.0 % #"); /* too narrow */
}

static void
test_search (void)
{
  g_auto (Scene)    scene = new_scene (shop, 500, "serve");
  const ProfTokens *tokens = prof_palette_tokens (PROF_THEME_LIGHT);
  g_autofree char  *notes = NULL;
  uint32_t          box;

  scene.view.metrics.lane_px = 4;
  notes = notes_of (&scene.view, NULL);
  test_golden ("picture/search.txt", notes);
  box = prof_flame_layout_find (scene.view.layout,
                                test_node (scene.tree, "main.serve"));
  g_assert_cmphex (prof_flame_view_fill (&scene.view, box), ==, tokens->hit);
}

static void
test_zoom (void)
{
  g_auto (Scene)   scene = new_scene (shop, 500, NULL);
  ProfNodeId       serve = test_node (scene.tree, "main.serve");
  ProfFlameParams  params = { .width_px = 500, .min_width_px = 2 };
  g_autofree char *notes = NULL;

  prof_tree_extent (scene.tree, serve, &params.start, &params.end);
  prof_flame_layout_unref (scene.view.layout);
  scene.view.layout = prof_flame_layout_new (scene.tree, &params);
  scene.view.zoom_root = serve;
  notes = notes_of (&scene.view, NULL);
  assert_noted (notes, "bold serve");
  assert_noted (notes, "fill 0,25 499x19 #fbd8c2\n"); /* pale ancestor */
  assert_noted (notes, "95.0 % #");
}

/* Twenty matches in the pixels of one strip are one mark. */
static void
test_lane (void)
{
  g_autoptr (GString) text = g_string_new ("main.main 1000000\n");

  for (int i = 0; i < 5000; i++)
    g_string_append_printf (text, "lib.hit%d 1\n", i);
  {
    g_auto (Scene)   scene = new_scene (text->str, 1000, "hit");
    g_autofree char *notes = NULL;

    scene.view.metrics.lane_px = 4;
    notes = notes_of (&scene.view, NULL);
    g_assert_cmpuint (strlen (notes), <, 3000);
    assert_noted (notes, "#a67c00");
    assert_noted (notes, "fill 995,30 4x3 #f8d548"); /* the strip's cap */
  }
}

static void
test_strip_words (void)
{
  g_autoptr (GString) text = g_string_new ("main.main 800\n");

  for (int i = 0; i < 400; i++)
    g_string_append_printf (text, "lib.f%d 1\n", i);
  {
    g_auto (Scene)   scene = new_scene (text->str, 900, NULL);
    g_autofree char *notes = notes_of (&scene.view, NULL);

    assert_noted (notes, "400 more frames");
    assert_noted (notes, "hatch 700");
  }
}

static void
test_no_samples (void)
{
  g_auto (Scene)   scene = new_scene ("#types cpu/nanoseconds\n", 300, "x");
  g_autofree char *notes = NULL;

  scene.view.metrics.lane_px = 4;
  notes = notes_of (&scene.view, NULL);
  assert_noted (notes, "no samples");
  assert_not_noted (notes, "100 %");
}

static void
test_root_text (void)
{
  g_auto (Scene)   scene = new_scene (shop, 200, NULL);
  g_autofree char *notes = NULL;

  scene.view.root_text = "one two three four five six seven";
  notes = notes_of (&scene.view, NULL);
  assert_noted (notes, "one two three four… #");
}

/* The law of all labels: whatever the width, text stays inside its box. */
static void
test_labels_stay_inside (void)
{
  for (int width = 1; width < 700; width += 13)
    {
      g_auto (Scene)   scene = new_scene (shop, width, NULL);
      g_autofree char *notes = notes_of (&scene.view, NULL);
      g_auto (GStrv)   lines = g_strsplit_set (notes, "\n", -1);
      double           right = 0;

      for (size_t i = 0; lines[i] != NULL; i++)
        {
          double x;
          double y;
          double w;
          double h;

          if (sscanf (lines[i], "fill %lf,%lf %lfx%lf", &x, &y, &w, &h) == 4 &&
              h >= 19)
            right = x + w;
          if (sscanf (lines[i], "text %lf,%lf", &x, &y) == 2)
            {
              const char *words = strchr (lines[i] + 5, ' ') + 1;
              size_t      n = strlen (words);

              /* Without the colours, "{", "} " and the word "bold". */
              n -= strlen (" #rrggbb");
              if (words[0] == '{')
                n -= strlen ("{} #rrggbb ");
              if (g_str_has_prefix (words, "bold "))
                n -= strlen ("bold ");
              g_assert_cmpfloat (x + (double)n * 6, <=, right);
            }
        }
    }
}

/* Keeps faint frames apart, and counts the others. */
typedef struct
{
  ProfPainter base;
  GString    *faint;
  size_t      n_groups;
} FaintNotes;

static void
skip_fill (ProfPainter *painter, const ProfRect *rect, ProfColor color)
{
}

static void
skip_hatch (ProfPainter    *painter,
            const ProfRect *rect,
            double          spacing,
            ProfColor       color)
{
}

static double
no_baseline (ProfPainter *painter, const ProfFont *font)
{
  return 0;
}

static void
count_group (ProfPainter     *painter,
             const char      *class_name,
             const char      *title,
             const ProfPlace *place)
{
  ((FaintNotes *)painter)->n_groups++;
}

static void
skip_end (ProfPainter *painter)
{
}

static void
note_faint (ProfPainter         *painter,
            const ProfRect      *rect,
            const ProfPlace     *place,
            ProfColor            color,
            const ProfFaintName *name,
            const char          *value)
{
  g_string_append_printf (((FaintNotes *)painter)->faint,
                          "%u %g %s %s\n",
                          place->row,
                          place->x,
                          name->name,
                          value);
}

static const ProfPainterClass faint_notes_class = {
  .fill = skip_fill,
  .hatch = skip_hatch,
  .baseline = no_baseline,
  .begin_group = count_group,
  .end_group = skip_end,
  .faint = note_faint,
};

/* main.main; wide frames that are too low for letters; each calls narrow ones. */
static char *
many_narrow (void)
{
  GString *text = g_string_new (NULL);

  for (int w = 0; w < 100; w++)
    for (int n = 0; n < 60; n++)
      g_string_append_printf (text, "main.main;wide.w%d;narrow.n%d 1\n", w, n);
  return g_string_free (text, FALSE);
}

static char *
expected_faint (const ProfFlameView *view, size_t *n_others)
{
  GString       *text = g_string_new (NULL);
  ProfTree      *tree = prof_flame_layout_tree (view->layout);
  size_t         n;
  const ProfBox *boxes = prof_flame_layout_boxes (view->layout, &n);

  *n_others = 0;
  for (size_t i = 0; i < n; i++)
    {
      ProfRect rect;

      prof_flame_view_box (view, (uint32_t)i, &rect);
      if (rect.width >= 3)
        {
          ++*n_others;
          continue;
        }
      g_string_append_printf (text,
                              "%u %g %s %s\n",
                              boxes[i].row,
                              boxes[i].x,
                              prof_tree_name (tree, boxes[i].node),
                              "1");
    }
  return g_string_free (text, FALSE);
}

/* There are enough of them for a thread of their own. */
static void
test_faint_frames_are_apart (void)
{
  g_autofree char *text = many_narrow ();
  g_auto (Scene)   scene = new_scene (text, 1200, NULL);
  ProfFlameParams  params = { 1200, 0.1, 0, 0 };
  FaintNotes       notes = { .base.klass = &faint_notes_class };
  g_autofree char *expected = NULL;
  g_autofree char *drawn = NULL;
  size_t           n_others;

  prof_flame_layout_unref (scene.view.layout);
  scene.view.layout = prof_flame_layout_new (scene.tree, &params);
  scene.view.zoomable = true;
  scene.view.metrics.font_px = 1; /* no letters */
  expected = expected_faint (&scene.view, &n_others);
  g_assert_cmpuint (n_others, ==, 102);
  notes.faint = g_string_new (NULL);
  prof_flame_paint (&scene.view, &notes.base, NULL);
  drawn = g_string_free (notes.faint, FALSE);
  g_assert_cmpstr (drawn, ==, expected);
  g_assert_cmpuint (notes.n_groups, ==, n_others);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/flame-paint/frames-lines-and-labels", test_plain);
  g_test_add_func ("/flame-paint/groups-tell-facts", test_described);
  g_test_add_func ("/flame-paint/figures-are-of-the-box",
                   test_figures_are_of_the_box);
  g_test_add_func ("/flame-paint/a-flame-is-an-icicle-upside-down", test_flame);
  g_test_add_func ("/flame-paint/rows-are-nineteen-and-one", test_rows);
  g_test_add_func ("/flame-paint/a-without-a-root-bar",
                   test_without_a_root_bar);
  g_test_add_func ("/flame-paint/a-clip-draws-its-rows-only", test_clip);
  g_test_add_func ("/flame-paint/percentages-are-not-repeated",
                   test_percentages);
  g_test_add_func ("/flame-paint/matches-stand-out", test_search);
  g_test_add_func ("/flame-paint/ancestors-are-pale-and-the-root-bold",
                   test_zoom);
  g_test_add_func ("/flame-paint/the-lane-follows-pixels-not-matches",
                   test_lane);
  g_test_add_func ("/flame-paint/wide-strips-say-what-they-hide",
                   test_strip_words);
  g_test_add_func ("/flame-paint/no-samples-are-said", test_no_samples);
  g_test_add_func ("/flame-paint/facts-are-cut-at-blanks", test_root_text);
  g_test_add_func ("/flame-paint/labels-stay-inside-their-boxes",
                   test_labels_stay_inside);
  g_test_add_func ("/flame-paint/faint-frames-are-drawn-apart-in-order",
                   test_faint_frames_are_apart);
  return g_test_run ();
}
