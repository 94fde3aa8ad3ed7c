/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "picture-util.h"

static const char *const shop =
    "main.main;main.serve;net/http.(*conn).serve;net/http.handle 60\n"
    "main.main;main.serve;net/http.read<net/http.(*conn).serve 20\n"
    "main.main;main.serve;example.com/shop/internal/catalog.(*Store).Parse;"
    "encoding/json.Unmarshal;encoding/json.(*decodeState).value 80\n"
    "main.main;main.serve;runtime.mallocgc 15\n"
    "main.main;main.tiny 1\n"
    "main.main;main.small 1\n"
    "main.main;main.little 1\n"
    "[libc.so.6] 9\n"
    "main.main 3\n";

typedef struct
{
  ProfTheme   theme;
  bool        flame;
  const char *search;
  const char *zoom;
  double      scale;
} Case;

static cairo_surface_t *
draw (const ProfFlameView *view, double width, double scale)
{
  double           height = prof_flame_view_height (view);
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_RGB24,
                                                         (int)(width * scale),
                                                         (int)(height * scale));
  cairo_t         *cr = cairo_create (surface);
  g_autoptr (ProfTextCache) cache = prof_text_cache_new (NULL, NULL);
  ProfPainter              *painter = prof_painter_cairo_new (cr, cache);
  ProfRect                  all = { 0, 0, width, height };

  cairo_scale (cr, scale, scale);
  painter->klass
      ->fill (painter,
              &all,
              prof_palette_tokens (prof_palette_theme (view->palette))->canvas);
  prof_flame_paint (view, painter, NULL);
  prof_painter_cairo_free (painter);
  cairo_destroy (cr);
  return surface;
}

static cairo_surface_t *
picture_of (const Case *what, double width)
{
  g_autoptr (ProfTree)        tree = test_tree (shop, 0);
  g_autoptr (ProfFlameLayout) layout = NULL;
  g_autoptr (ProfPalette)     palette = NULL;
  g_autoptr (ProfSearch)      search = NULL;
  ProfFlameParams             params = { width, 2, 0, 0 };
  ProfFlameView               view = { .metrics = PROF_FLAME_METRICS_INIT };

  if (what->zoom != NULL)
    {
      view.zoom_root = test_node (tree, what->zoom);
      prof_tree_extent (tree, view.zoom_root, &params.start, &params.end);
    }
  if (what->search != NULL)
    search = prof_search_new (tree, what->search, 0, NULL);
  layout = prof_flame_layout_new (tree, &params);
  palette = prof_palette_new (prof_tree_frames (tree), what->theme);
  view.layout = layout;
  view.palette = palette;
  view.search = search;
  view.flame = what->flame;
  view.metrics.lane_px = search != NULL ? 4 : 0;
  return draw (&view, width, what->scale);
}

static void
check (const char *golden, const Case *what)
{
  cairo_surface_t *surface;

  if (!picture_font_is_there ())
    return;
  surface = picture_of (what, 640);
  picture_golden (golden, surface);
  cairo_surface_destroy (surface);
}

static void
test_light (void)
{
  check ("light.png", &(Case){ .scale = 1 });
}

static void
test_dark (void)
{
  check ("dark.png", &(Case){ .theme = PROF_THEME_DARK, .scale = 1 });
}

static void
test_flame (void)
{
  check ("flame.png", &(Case){ .flame = true, .scale = 1 });
}

static void
test_search (void)
{
  check ("search.png", &(Case){ .search = "json", .scale = 1 });
}

static void
test_search_dark (void)
{
  check ("search-dark.png",
         &(Case){ .theme = PROF_THEME_DARK,
                  .search = "serve",
                  .flame = true,
                  .scale = 1 });
}

static void
test_zoom (void)
{
  check ("zoom.png",
         &(Case){ .zoom = "example.com/shop/internal/catalog.(*Store).Parse",
                  .scale = 1 });
}

static void
test_scaled (void)
{
  check ("scaled.png", &(Case){ .scale = 2 });
}

/* Edges are crisp: a fill's first and last pixels have its very colour. */
static void
test_crisp (void)
{
  Case             what = { .scale = 1 };
  cairo_surface_t *surface = picture_of (&what, 640);

  g_assert_cmphex (picture_pixel (surface, 0, 0), ==, 0xe2e3e8);
  g_assert_cmphex (picture_pixel (surface, 639, 23), ==, 0xe2e3e8);
  g_assert_cmphex (picture_pixel (surface, 300, 24), ==, 0xffffff);
  g_assert_cmphex (picture_pixel (surface, 300, 25), ==, 0xf6b184);
  g_assert_cmphex (picture_pixel (surface, 300, 43), ==, 0xf6b184);
  /* main.serve is of the same package: the line is 55 % towards white. */
  g_assert_cmphex (picture_pixel (surface, 300, 44), ==, 0xfbdcc8);
  g_assert_cmphex (picture_pixel (surface, 300, 45), ==, 0xf6b184);
  cairo_surface_destroy (surface);
}

/* The same at every width: painting must not fail where nothing fits. */
static void
test_any_width (void)
{
  for (int width = 1; width < 200; width += 7)
    {
      Case what = { .search = "serve", .scale = 1, .flame = width % 2 == 0 };
      cairo_surface_t *surface = picture_of (&what, width);

      cairo_surface_destroy (surface);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/pictures/light-is-as-it-was", test_light);
  g_test_add_func ("/pictures/dark-is-as-it-was", test_dark);
  g_test_add_func ("/pictures/flames-are-as-they-were", test_flame);
  g_test_add_func ("/pictures/matches-are-as-they-were", test_search);
  g_test_add_func ("/pictures/dark-matches-are-as-they-were", test_search_dark);
  g_test_add_func ("/pictures/a-zoom-is-as-it-was", test_zoom);
  g_test_add_func ("/pictures/twice-as-large-is-as-it-was", test_scaled);
  g_test_add_func ("/pictures/edges-are-crisp", test_crisp);
  g_test_add_func ("/pictures/any-width-can-be-painted", test_any_width);
  return g_test_run ();
}
