/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "test-util.h"

#include "export/prof-pages.h"
#include <math.h>

static ProfTree *
deep_tree (int depth)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (int d = 0; d < depth; d++)
    g_string_append_printf (text, "%sf%d", d > 0 ? ";" : "", d);
  g_string_append (text, " 7\n");
  return test_tree (text->str, 0);
}

static ProfPages *
pages_of (ProfTree *tree, double width, double height, bool several)
{
  ProfExportOptions  options = PROF_EXPORT_OPTIONS_INIT;
  g_autoptr (GError) error = NULL;
  ProfPages         *pages = prof_pages_new (tree,
                                     &options,
                                     width,
                                     height,
                                     several,
                                     &error);

  g_assert_no_error (error);
  return pages;
}

/* Whether anything but the ground is in some rows of a page, drawn at a pixel
 * for each point. */
static bool
has_ink (cairo_surface_t *surface, int first, int end)
{
  const unsigned char *data = cairo_image_surface_get_data (surface);
  int                  stride = cairo_image_surface_get_stride (surface);
  int                  width = cairo_image_surface_get_width (surface);

  for (int y = first; y < end; y++)
    for (int x = 0; x < width; x++)
      if (data[y * stride + 4 * x] != 0xff)
        return true;
  return false;
}

static cairo_surface_t *
draw (const ProfPages *pages, unsigned page, int width, int height)
{
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_RGB24,
                                                         width,
                                                         height);
  cairo_t         *cr = cairo_create (surface);

  cairo_set_source_rgb (cr, 1, 1, 1);
  cairo_paint (cr);
  prof_pages_draw (pages, page, cr);
  cairo_destroy (cr);
  cairo_surface_flush (surface);
  return surface;
}

static void
test_a_picture_fits_on_one_page (void)
{
  static const int depths[] = { 1, 30, 400, 5000 };

  for (size_t i = 0; i < G_N_ELEMENTS (depths); i++)
    {
      g_autoptr (ProfTree)  tree = deep_tree (depths[i]);
      g_autoptr (ProfPages) pages = pages_of (tree, 500, 700, false);

      g_assert_cmpuint (prof_pages_n (pages), ==, 1);
    }
}

static void
test_a_high_picture_fills_the_page (void)
{
  g_autoptr (ProfTree)  tree = deep_tree (200);
  g_autoptr (ProfPages) pages = pages_of (tree, 500, 700, false);
  cairo_surface_t      *page = draw (pages, 0, 500, 700);

  /* The total stands at the right, the footer at the bottom. */
  g_assert_true (has_ink (page, 680, 700));
  cairo_surface_destroy (page);
}

/* Whoever builds without Graphviz can test the rest. */
static void
test_a_call_graph_fits_on_one_page (void)
{
  ProfGraphExportOptions      options = PROF_GRAPH_EXPORT_OPTIONS_INIT;
  g_autoptr (GError)          error = NULL;
  g_autofree char            *dot = g_find_program_in_path ("dot");
  g_autoptr (ProfProfile)     profile = test_profile ("main;a;b;c;d;e 7\n"
                                                      "main;f;g 3\n");
  g_autoptr (ProfQuery)       query = prof_query_from_text ("", &error);
  g_autoptr (ProfAnswer)      answer = NULL;
  g_autoptr (ProfTextCache)   cache = prof_graph_export_text_cache (&options);
  g_autoptr (ProfGraphLayout) layout = NULL;
  g_autoptr (ProfPages)       pages = NULL;
  cairo_surface_t            *page;

  if (dot == NULL)
    {
      g_test_skip ("Graphviz is not installed");
      return;
    }
  answer = prof_answer_new (profile, query, NULL, &error);
  layout = prof_graph_build (answer, NULL, cache, NULL, NULL, &error);
  g_assert_no_error (error);
  pages = prof_pages_new_for_graph (answer, layout, &options, 300, 400, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (prof_pages_n (pages), ==, 1);
  page = draw (pages, 0, 310, 420);
  g_assert_true (has_ink (page, 100, 300));
  g_assert_false (has_ink (page, 401, 420));
  cairo_surface_destroy (page);
}

static void
test_several_pages_hold_all_of_it (void)
{
  g_autoptr (ProfTree)  tree = deep_tree (300);
  g_autoptr (ProfPages) pages = pages_of (tree, 500, 700, true);
  unsigned              n = prof_pages_n (pages);

  /* 300 rows of 19 px; 1200 px are 500 points. */
  g_assert_cmpuint (n, >=, (unsigned)(300 * 19 * 500 / 1200 / 700));
  g_assert_cmpuint (n, <=, 5);
  for (unsigned i = 0; i < n; i++)
    {
      cairo_surface_t *page = draw (pages, i, 500, 700);

      g_assert_true (has_ink (page, 0, i + 1 < n ? 650 : 60));
      cairo_surface_destroy (page);
    }
}

static void
test_a_waste_of_paper_is_refused (void)
{
  g_autoptr (ProfTree)  tree = deep_tree (60000);
  g_autoptr (GError)    error = NULL;
  g_autoptr (ProfPages) pages = NULL;
  ProfExportOptions     options = PROF_EXPORT_OPTIONS_INIT;

  pages = prof_pages_new (tree, &options, 500, 700, true, &error);
  g_assert_null (pages);
  g_assert_error (error, PROF_ERROR, PROF_ERROR_TOO_LARGE);
}

static void
test_papers_have_names (void)
{
  double width;
  double height;

  g_assert_true (prof_paper_find ("a4", &width, &height));
  g_assert_cmpfloat_with_epsilon (width, 210 / 25.4 * 72, 0.1);
  g_assert_cmpfloat_with_epsilon (height, 297 / 25.4 * 72, 0.1);
  g_assert_true (prof_paper_find ("letter-landscape", &width, &height));
  g_assert_cmpfloat (width, ==, 792);
  g_assert_cmpfloat (height, ==, 612);
  g_assert_false (prof_paper_find ("a4-portrait", &width, &height));
  g_assert_false (prof_paper_find ("", &width, &height));
  g_assert_false (prof_paper_find ("b5", &width, &height));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/pages/a-picture-fits-on-one-page",
                   test_a_picture_fits_on_one_page);
  g_test_add_func ("/pages/a-high-picture-fills-the-page",
                   test_a_high_picture_fills_the_page);
  g_test_add_func ("/pages/a-call-graph-fits-on-one-page",
                   test_a_call_graph_fits_on_one_page);
  g_test_add_func ("/pages/several-pages-hold-all-of-it",
                   test_several_pages_hold_all_of_it);
  g_test_add_func ("/pages/a-waste-of-paper-is-refused",
                   test_a_waste_of_paper_is_refused);
  g_test_add_func ("/pages/papers-have-names", test_papers_have_names);
  return g_test_run ();
}
