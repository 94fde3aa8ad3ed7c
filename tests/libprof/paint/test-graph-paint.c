/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "picture-util.h"

#include "paint/prof-graph-paint.h"
#include "paint/prof-svg.h"
#include <string.h>

static const char answer[] =
    "{\"bb\":\"0,0,300,200\",\"objects\":["
    "{\"name\":\"0\",\"pos\":\"150,160\"},{\"name\":\"1\",\"pos\":\"150,40\"}],"
    "\"edges\":[{\"id\":\"0\",\"lp\":\"170,100\","
    "\"pos\":\"e,150,60 150,140 150,120 150,90 150,70\"}]}";

static double
measure (void *data, double size_px, bool bold, const char *text)
{
  return (double)strlen (text) * size_px * 0.6;
}

static ProfGraphLayout *
new_layout (const char *stacks, int64_t total)
{
  g_autoptr (ProfProfile)    profile = test_profile (stacks);
  g_autoptr (ProfFrames)     frames = prof_frames_new (profile, 0);
  ProfGraphParams            params = PROF_GRAPH_PARAMS_INIT;
  g_autoptr (ProfGraph)      graph = NULL;
  g_autoptr (ProfGraphScene) scene = NULL;
  g_autoptr (GBytes)   bytes = g_bytes_new_static (answer, strlen (answer));
  g_autoptr (GError)   error = NULL;
  ProfGraphLayout     *layout;
  ProfGraphSceneParams scene_params = {
    .measure = measure,
    .total = total,
    .unit = "count",
  };

  params.visual = true;
  params.order = PROF_GRAPH_BY_CUM;
  graph = prof_graph_new (frames, 0, &params);
  scene = prof_graph_scene_new (graph, &scene_params);
  layout = prof_graph_layout_read (scene, bytes, &error);
  g_assert_no_error (error);
  return layout;
}

static char *
draw (ProfGraphLayout *layout, double zoom, const ProfRect *clip)
{
  g_autoptr (ProfTextCache) cache = prof_text_cache_new (NULL, NULL);
  ProfSvgParams             params = { .width_px = 308, .height_px = 208 };
  ProfPainter              *painter = prof_svg_new (&params, cache);
  ProfGraphView             view = {
                .layout = layout,
                .theme = PROF_THEME_LIGHT,
                .zoom = zoom,
                .describe = true,
  };

  prof_graph_paint (&view, painter, clip);
  return prof_svg_finish (painter);
}

static size_t
n_of (const char *text, const char *part)
{
  size_t n = 0;

  for (const char *p = text; (p = strstr (p, part)) != NULL; p++)
    n++;
  return n;
}

/* --- Colours --- */

static void
assert_readable (ProfTheme theme, bool compared)
{
  const ProfTokens *tokens = prof_palette_tokens (theme);

  for (int percent = -100; percent <= 100; percent++)
    {
      ProfColor fill = prof_graph_fill (theme, percent / 100.0, compared);

      g_assert_cmpfloat (prof_color_contrast (tokens->label, fill), >=, 4.5);
    }
  g_assert_cmpfloat (prof_color_contrast (tokens->label, tokens->strip_ground),
                     >=,
                     4.5);
  g_assert_cmpfloat (prof_color_contrast (tokens->label, tokens->canvas),
                     >=,
                     4.5);
}

static void
test_all_text_is_readable (void)
{
  assert_readable (PROF_THEME_LIGHT, false);
  assert_readable (PROF_THEME_LIGHT, true);
  assert_readable (PROF_THEME_DARK, false);
  assert_readable (PROF_THEME_DARK, true);
}

static void
test_more_is_warmer_and_less_is_cooler (void)
{
  g_assert_cmpint (prof_graph_step (0, false), ==, 0);
  g_assert_cmpint (prof_graph_step (0.02, false), ==, 1);
  g_assert_cmpint (prof_graph_step (1, false), ==, PROF_SCHEME_N_HEATS - 1);
  g_assert_cmpint (prof_graph_step (0.009, true), ==, 0);
  g_assert_cmpint (prof_graph_step (0.02, true), ==, 1);
  g_assert_cmpint (prof_graph_step (1, true), ==, PROF_CHANGE_MAX_STEP);
  g_assert_cmpint (prof_graph_step (-1, true), ==, -PROF_CHANGE_MAX_STEP);
  /* What is negative without a comparison, too. */
  g_assert_cmpint (prof_graph_step (-0.06, false), ==, -2);
}

/* --- Drawing --- */

static void
test_boxes_and_arrows_are_described (void)
{
  g_autoptr (ProfGraphLayout) layout = new_layout ("main;f 3\nmain 1\n", 4);
  g_autofree char            *svg = draw (layout, 1, NULL);

  g_assert_cmpuint (n_of (svg, "class=\"frame\""), ==, 2);
  g_assert_cmpuint (n_of (svg, "class=\"arrow\""), ==, 1);
  g_assert_cmpuint (n_of (svg, ">main → f: 3 (75.0 %)<"), ==, 1);
  /* The line, and its head. */
  g_assert_cmpuint (n_of (svg, "<path "), ==, 2);
  g_assert_null (strstr (svg, "stroke-dasharray"));
}

static void
test_what_is_not_seen_is_not_drawn (void)
{
  g_autoptr (ProfGraphLayout) layout = new_layout ("main;f 3\nmain 1\n", 4);
  ProfRect                    above = { 0, 0, 308, 60 };
  g_autofree char            *svg = draw (layout, 1, &above);

  g_assert_cmpuint (n_of (svg, "class=\"frame\""), ==, 1);
}

static void
test_letters_that_cannot_be_read_are_left_out (void)
{
  g_autoptr (ProfGraphLayout) layout = new_layout ("main;f 3\nmain 1\n", 4);
  g_autofree char            *large = draw (layout, 1, NULL);
  g_autofree char            *small = draw (layout, 0.1, NULL);

  g_assert_cmpuint (n_of (large, "<text "), >, 4);
  g_assert_cmpuint (n_of (small, "<text "), ==, 0);
  g_assert_cmpuint (n_of (small, "class=\"frame\""), ==, 2);
}

static void
test_small_boxes_have_a_name_on_a_screen (void)
{
  g_autoptr (ProfGraphLayout) layout = new_layout ("main;f 3\nmain 1\n", 4);
  g_autoptr (ProfTextCache)   cache = prof_text_cache_new (NULL, NULL);
  ProfSvgParams               params = { .width_px = 308, .height_px = 208 };
  ProfPainter                *painter = prof_svg_new (&params, cache);
  ProfGraphView               view = {
                  .layout = layout,
                  .zoom = 0.3,
                  .least_px = 8,
  };
  g_autofree char *svg = NULL;

  prof_graph_paint (&view, painter, NULL);
  svg = prof_svg_finish (painter);
  g_assert_cmpuint (n_of (svg, ">main</text>"), ==, 1);
  g_assert_cmpuint (n_of (svg, ">f</text>"), ==, 1);
  g_assert_cmpuint (n_of (svg, "%"), ==, 0);
}

static void
test_the_hottest_has_the_strongest_edge (void)
{
  g_autoptr (ProfGraphLayout) layout = new_layout ("main;f 3\n", 3);
  g_autofree char            *svg = draw (layout, 1, NULL);

  g_assert_cmpuint (n_of (svg, "stroke-width=\"3\""), ==, 1);
  g_assert_cmpuint (n_of (svg, "stroke-width=\"1\""), ==, 1);
}

static void
test_cairo_draws_the_same (void)
{
  g_autoptr (ProfGraphLayout) layout = new_layout ("main;f 3\nmain 1\n", 4);
  g_autoptr (ProfTextCache)   cache = prof_text_cache_new (NULL, NULL);
  cairo_surface_t            *surface;
  cairo_t                    *cr;
  ProfPainter                *painter;
  ProfGraphView               view = { .layout = layout, .zoom = 1 };
  ProfRect                    box = prof_graph_view_box (&view, 0);
  ProfColor                   fill = prof_graph_fill (view.theme, 1, false);
  const uint32_t             *pixels;
  size_t                      stride;

  surface = cairo_image_surface_create (CAIRO_FORMAT_RGB24, 308, 208);
  cr = cairo_create (surface);
  painter = prof_painter_cairo_new (cr, cache);
  prof_graph_paint (&view, painter, NULL);
  prof_graph_paint_arrow (&view, painter, 0, 2, 0xff0000ff);
  prof_graph_paint_box (&view, painter, 0, 2, 0x0000ffff);
  prof_painter_cairo_free (painter);
  cairo_surface_flush (surface);
  g_assert_cmpint (cairo_status (cr), ==, CAIRO_STATUS_SUCCESS);
  pixels = (const uint32_t *)(const void *)cairo_image_surface_get_data (
      surface);
  stride = (size_t)cairo_image_surface_get_stride (surface) / 4;
  g_assert_cmphex (pixels[((size_t)box.y + 4) * stride + (size_t)box.x + 4] &
                       0xffffff,
                   ==,
                   fill >> 8);
  g_assert_cmphex (pixels[((size_t)box.y - 1) * stride + (size_t)box.x + 4] &
                       0xffffff,
                   ==,
                   0x0000ff);
  /* The middle of the arrow, below its text. */
  g_assert_cmphex (pixels[125 * stride + 154] & 0xffffff, ==, 0xff0000);
  cairo_destroy (cr);
  cairo_surface_destroy (surface);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(path, test) g_test_add_func ("/graph-paint/" path, test)
  ADD ("all-text-is-readable", test_all_text_is_readable);
  ADD ("more-is-warmer-and-less-is-cooler",
       test_more_is_warmer_and_less_is_cooler);
  ADD ("boxes-and-arrows-are-described", test_boxes_and_arrows_are_described);
  ADD ("what-is-not-seen-is-not-drawn", test_what_is_not_seen_is_not_drawn);
  ADD ("letters-that-cannot-be-read-are-left-out",
       test_letters_that_cannot_be_read_are_left_out);
  ADD ("small-boxes-have-a-name-on-a-screen",
       test_small_boxes_have_a_name_on_a_screen);
  ADD ("the-hottest-has-the-strongest-edge",
       test_the_hottest_has_the_strongest_edge);
  ADD ("cairo-draws-the-same", test_cairo_draws_the_same);
#undef ADD
  return g_test_run ();
}
