/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "picture-util.h"

#include "export/prof-picture.h"
#include "paint/prof-svg.h"
#include <glib/gstdio.h>
#include <math.h>
#include <string.h>

static const char *const shop =
    "main.main;main.serve;net/http.(*conn).serve;net/http.handle 60\n"
    "main.main;main.serve;example.com/shop/internal/catalog.(*Store).Parse;"
    "encoding/json.Unmarshal 80\n"
    "main.main;example.com/a/very/long/path/of/an/import/that/nobody/wanted/to/"
    "read/in/a/legend/pkg.F 15\n"
    "runtime.main 11\n"
    "[libc.so.6] 9\n";

static ProfExportOptions
options_of (double width)
{
  ProfExportOptions options = PROF_EXPORT_OPTIONS_INIT;

  options.width_px = width;
  return options;
}

static char *
svg_of (const char *profile, const ProfExportOptions *options)
{
  g_autoptr (ProfTree) tree = test_tree (profile, 0);
  g_autoptr (GError)   error = NULL;
  char                *svg = prof_export_flame_svg (tree, options, &error);

  g_assert_no_error (error);
  return svg;
}

/* --- What stands where --- */

typedef struct
{
  double x;
  double y;
  double width;
} Text;

static double
number_of (const char **names, const char **values, const char *name)
{
  for (size_t i = 0; names[i] != NULL; i++)
    if (strcmp (names[i], name) == 0)
      return g_ascii_strtod (values[i], NULL);
  return 0;
}

static void
on_element (GMarkupParseContext *context,
            const char          *element,
            const char         **names,
            const char         **values,
            gpointer             data,
            GError             **error)
{
  Text text;

  if (strcmp (element, "text") != 0)
    return;
  text.x = number_of (names, values, "x");
  text.y = number_of (names, values, "y");
  text.width = number_of (names, values, "textLength");
  g_array_append_val ((GArray *)data, text);
}

static int
by_place (gconstpointer a, gconstpointer b)
{
  const Text *one = a;
  const Text *other = b;

  if (fabs (one->y - other->y) > 2)
    return one->y < other->y ? -1 : 1;
  return one->x < other->x ? -1 : one->x > other->x;
}

static GArray *
texts_of (const char *svg)
{
  static const GMarkupParser parser = { .start_element = on_element };
  GArray                    *texts = g_array_new (FALSE, FALSE, sizeof (Text));
  g_autoptr (GError)         error = NULL;
  g_autoptr (GMarkupParseContext) context = g_markup_parse_context_new (&parser,
                                                                        0,
                                                                        texts,
                                                                        NULL);

  g_markup_parse_context_parse (context, svg, -1, &error);
  g_assert_no_error (error);
  g_markup_parse_context_end_parse (context, &error);
  g_assert_no_error (error);
  g_array_sort (texts, by_place);
  return texts;
}

/* No text leaves the margins, none runs into the next on its line. */
static void
check_texts (const char *svg, double width)
{
  g_autoptr (GArray) texts = texts_of (svg);

  g_assert_cmpuint (texts->len, >, 0);
  for (size_t i = 0; i < texts->len; i++)
    {
      const Text *text = &g_array_index (texts, Text, i);

      g_assert_cmpfloat (text->x, >=, 24);
      g_assert_cmpfloat (text->x + text->width, <=, width - 24 + 1);
      if (i + 1 < texts->len)
        {
          const Text *next = text + 1;

          if (fabs (next->y - text->y) <= 2)
            g_assert_cmpfloat (text->x + text->width, <=, next->x);
        }
    }
}

static void
test_any_width (void)
{
  for (int width = PROF_EXPORT_MIN_WIDTH; width < 1600; width += 37)
    {
      ProfExportOptions options = options_of (width);
      g_autofree char  *svg = svg_of (shop, &options);

      check_texts (svg, width);
    }
}

static void
test_long_texts (void)
{
  g_autofree char *word = g_strnfill (3000, 'W');
  g_autofree char *words = g_strdup_printf ("%s some more words %s",
                                            word,
                                            word);

  for (int width = PROF_EXPORT_MIN_WIDTH; width < 1600; width += 320)
    {
      ProfExportOptions options = options_of (width);
      g_autofree char  *svg = NULL;

      options.title = words;
      options.subtitle = words;
      options.file_name = word;
      svg = svg_of (shop, &options);
      check_texts (svg, width);
    }
}

static void
test_escapes (void)
{
  ProfExportOptions options = options_of (900);
  g_autofree char  *svg = NULL;

  options.title = "<script>alert (1)</script> & \xff";
  options.subtitle = "a < b\x01";
  svg = svg_of ("a<b>.\"c\" 5\n", &options);
  check_texts (svg, 900);
  g_assert_null (strstr (svg, "<script"));
  g_assert_nonnull (strstr (svg, "&lt;script&gt;alert (1)"));
  g_assert_true (g_utf8_validate (svg, -1, NULL));
}

static void
test_parts (void)
{
  ProfExportOptions options = options_of (1200);
  g_autofree char  *svg = NULL;

  options.file_name = "/some/where/shop.prof";
  options.title = "The title";
  svg = svg_of (shop, &options);
  g_assert_nonnull (strstr (svg, ">The title<"));
  g_assert_nonnull (strstr (svg, ">total<"));
  g_assert_nonnull (strstr (svg, ">Own code<"));
  g_assert_nonnull (strstr (svg, ">catalog<"));
  g_assert_nonnull (strstr (svg, ">Libraries<"));
  g_assert_nonnull (strstr (svg, ">encoding/json<"));
  g_assert_nonnull (strstr (svg, ">without names<"));
  g_assert_nonnull (strstr (svg, "hatched = frames too narrow to draw"));
  g_assert_nonnull (strstr (svg, ">shop.prof · Flambeau "));
  g_assert_nonnull (strstr (svg,
                            "<title>encoding/json.Unmarshal\n"
                            "self 80 (45.7 %), total 80 (45.7 %)\n"
                            "/src/file.go</title>"));
}

static void
test_search (void)
{
  g_autoptr (ProfTree)   tree = test_tree (shop, 0);
  g_autoptr (ProfSearch) search = prof_search_new (tree, "json", 0, NULL);
  ProfExportOptions      options = options_of (1200);
  g_autofree char       *svg = NULL;

  options.search = search;
  options.search_text = "json";
  svg = prof_export_flame_svg (tree, &options, NULL);
  check_texts (svg, 1200);
  g_assert_nonnull (strstr (svg, "matches of “json”: 80 (45.7 %)"));
  g_assert_nonnull (strstr (svg, "yellow = matches"));
  g_assert_nonnull (strstr (svg, "class=\"frame hit\""));
}

static void
test_zoom (void)
{
  g_autoptr (ProfTree) tree = test_tree (shop, 0);
  ProfExportOptions    options = options_of (1200);
  g_autofree char     *svg = NULL;

  options.zoom_root = test_node (tree, "main.serve");
  prof_tree_extent (tree, options.zoom_root, &options.start, &options.end);
  svg = prof_export_flame_svg (tree, &options, NULL);
  check_texts (svg, 1200);
  g_assert_nonnull (strstr (svg, "showing main.serve, 80.0 %"));
}

static void
test_no_samples (void)
{
  ProfExportOptions options = options_of (600);
  g_autofree char  *svg = svg_of ("#types cpu/nanoseconds\n", &options);

  check_texts (svg, 600);
  g_assert_nonnull (strstr (svg, ">no samples<"));
}

static void
test_height (void)
{
  ProfExportOptions         options = options_of (800);
  g_autoptr (ProfTextCache) cache = prof_text_cache_new (NULL, NULL);
  g_autoptr (ProfTree)      low = test_tree ("a.f 1\n", 0);
  g_autoptr (ProfTree)      high = test_tree ("a.f;a.g;a.h 1\n", 0);
  g_autoptr (ProfPicture)   one = prof_picture_new (low, &options, cache);
  g_autoptr (ProfPicture)   other = prof_picture_new (high, &options, cache);

  g_assert_cmpfloat (prof_picture_height (other),
                     ==,
                     prof_picture_height (one) + 2 * 19);
}

/* --- PNG and SVG show the same --- */

static cairo_surface_t *
rendered (const char *svg, const char *name)
{
  const char        *program = g_getenv ("PROF_TEST_RSVG_CONVERT");
  const char        *folder = g_getenv ("PROF_TEST_OUTPUT");
  g_autofree char   *from = g_strdup_printf ("%s/%s.svg", folder, name);
  g_autofree char   *to = g_strdup_printf ("%s/%s.rsvg.png", folder, name);
  const char        *argv[] = { program, "-o", to, from, NULL };
  g_autoptr (GError) error = NULL;
  int                status;

  g_file_set_contents (from, svg, -1, &error);
  g_assert_no_error (error);
  g_spawn_sync (NULL,
                (char **)argv,
                NULL,
                G_SPAWN_DEFAULT,
                NULL,
                NULL,
                NULL,
                NULL,
                &status,
                &error);
  g_assert_no_error (error);
  g_assert_true (g_spawn_check_wait_status (status, &error));
  return cairo_image_surface_create_from_png (to);
}

static void
test_same_pictures (void)
{
  g_autoptr (ProfTree) tree = test_tree (shop, 0);
  ProfExportOptions    options = options_of (900);
  g_autofree char     *svg = prof_export_flame_svg (tree, &options, NULL);
  const char          *folder = g_getenv ("PROF_TEST_OUTPUT");
  g_autofree char     *png = g_strdup_printf ("%s/same.png", folder);
  cairo_surface_t     *one;
  cairo_surface_t     *other;

  if (g_getenv ("PROF_TEST_RSVG_CONVERT") == NULL || !picture_font_is_there ())
    {
      g_test_skip ("needs rsvg-convert");
      return;
    }
  g_assert_true (prof_export_flame (tree, &options, png, NULL));
  one = cairo_image_surface_create_from_png (png);
  other = rendered (svg, "same");
  /* Letters stand on whole pixels in one, and between them in the other. */
  g_assert_cmpfloat (picture_difference (one, other), <, 0.04);
  cairo_surface_destroy (one);
  cairo_surface_destroy (other);
}

/* What a program prints. */
static char *
output_of (const char *program, const char *path)
{
  const char        *argv[] = { program, path, "-", NULL };
  g_autoptr (GError) error = NULL;
  char              *text = NULL;
  int                status;

  g_spawn_sync (NULL,
                (char **)argv,
                NULL,
                G_SPAWN_DEFAULT,
                NULL,
                NULL,
                &text,
                NULL,
                &status,
                &error);
  g_assert_no_error (error);
  g_assert_true (g_spawn_check_wait_status (status, &error));
  return text;
}

static bool
holds (const char *bytes, size_t length, const char *what)
{
  return memmem (bytes, length, what, strlen (what)) != NULL;
}

static void
test_pdf (void)
{
  const char *const    words[] = { "server: CPU time",
                                   "net/http.(*conn).serve",
                                   "office.affi\xc3\xa9",
                                   "Own code",
                                   "total" };
  g_autoptr (ProfTree) tree = test_tree (
      "main.main;net/http.(*conn).serve 60\nmain.main;office.affi\xc3\xa9 40\n",
      0);
  ProfExportOptions  options = options_of (600);
  g_autofree char   *pdf = g_strdup_printf ("%s/text.pdf",
                                          g_getenv ("PROF_TEST_OUTPUT"));
  g_autofree char   *bytes = NULL;
  g_autofree char   *text = NULL;
  size_t             length;
  g_autoptr (GError) error = NULL;

  if (!picture_font_is_there ())
    return;
  options.title = "server: CPU time";
  prof_export_flame (tree, &options, pdf, &error);
  g_assert_no_error (error);
  g_file_get_contents (pdf, &bytes, &length, &error);
  g_assert_no_error (error);
  g_assert_true (g_str_has_prefix (bytes, "%PDF-1.5"));
  g_assert_false (holds (bytes, length, "CreationDate"));
  /* 600 px are 450 points; no picture is in it: all is lines and text. */
  g_assert_true (holds (bytes, length, "/MediaBox [ 0 0 450 "));
  g_assert_false (holds (bytes, length, "/Subtype /Image"));
  if (g_getenv ("PROF_TEST_PDFTOTEXT") == NULL)
    {
      g_test_skip ("needs pdftotext");
      return;
    }
  text = output_of (g_getenv ("PROF_TEST_PDFTOTEXT"), pdf);
  for (size_t i = 0; i < G_N_ELEMENTS (words); i++)
    if (strstr (text, words[i]) == NULL)
      g_error ("“%s” is not in: %s", words[i], text);
}

static void
test_dark (void)
{
  g_autoptr (ProfTree) tree = test_tree (shop, 0);
  ProfExportOptions    options = options_of (400);
  const char          *folder = g_getenv ("PROF_TEST_OUTPUT");
  g_autofree char     *png = g_strdup_printf ("%s/dark-page.png", folder);
  cairo_surface_t     *surface;

  if (!picture_font_is_there ())
    return;
  options.theme = PROF_THEME_DARK;
  options.scale = 2;
  g_assert_true (prof_export_flame (tree, &options, png, NULL));
  surface = cairo_image_surface_create_from_png (png);
  g_assert_cmpint (cairo_image_surface_get_width (surface), ==, 800);
  g_assert_cmphex (picture_pixel (surface, 3, 3), ==, 0x1e1e1e);
  cairo_surface_destroy (surface);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/picture/texts-stay-apart-at-any-width", test_any_width);
  g_test_add_func ("/picture/long-texts-are-wrapped-or-cut", test_long_texts);
  g_test_add_func ("/picture/texts-are-escaped", test_escapes);
  g_test_add_func ("/picture/every-part-is-there", test_parts);
  g_test_add_func ("/picture/a-search-is-said", test_search);
  g_test_add_func ("/picture/a-zoom-is-said", test_zoom);
  g_test_add_func ("/picture/no-samples-are-said", test_no_samples);
  g_test_add_func ("/picture/its-height-follows-its-rows", test_height);
  g_test_add_func ("/picture/png-and-svg-show-the-same", test_same_pictures);
  g_test_add_func ("/picture/pdf-has-text-as-text", test_pdf);
  g_test_add_func ("/picture/dark-is-dark", test_dark);
  return g_test_run ();
}
