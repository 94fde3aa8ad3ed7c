/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "picture-util.h"

#include "paint/prof-svg.h"
#include <locale.h>
#include <string.h>

static void
assert_well_formed (const char *svg)
{
  static const GMarkupParser      parser = { 0 };
  g_autoptr (GError)              error = NULL;
  g_autoptr (GMarkupParseContext) context = g_markup_parse_context_new (&parser,
                                                                        0,
                                                                        NULL,
                                                                        NULL);

  g_markup_parse_context_parse (context, svg, -1, &error);
  g_assert_no_error (error);
  g_markup_parse_context_end_parse (context, &error);
  g_assert_no_error (error);
}

static ProfPainter *
new_svg (double width, double height, const char *title, ProfTextCache *cache)
{
  ProfSvgParams params = { .width_px = width,
                           .height_px = height,
                           .title = title };

  return prof_svg_new (&params, cache);
}

static char *
draw_all (void)
{
  g_autoptr (ProfTextCache) cache = prof_text_cache_new (NULL, NULL);
  ProfPainter *svg = new_svg (200.5, 100, "<title> & \"quotes\"", cache);
  ProfRect     rect = { 1.25, 2, 30, 19 };
  ProfFont     font = { .size_px = 12 };
  ProfFont     title = { .size_px = 22, .weight = 800 };

  svg->klass->begin_group (svg, "frame", "a<b>\x01 & c\nself 1 s", NULL);
  svg->klass->fill (svg, &rect, 0xff8000ff);
  svg->klass->fill (svg, &rect, 0xff800080);
  svg->klass
      ->text (svg, &font, 6, 15, "net/http.Do<T>", 9, 0x000000ff, 0x808080ff);
  svg->klass->end_group (svg);
  svg->klass->hatch (svg, &rect, 5, 0xc8caceff);
  svg->klass->hatch (svg, &rect, 5, 0xc8caceff);
  svg->klass->translate (svg, 10, 20);
  svg->klass->dashes (svg, 1, 2, 30, 2, 2, 0x112233ff);
  svg->klass->stroke (svg, &rect, 1, 0x445566ff);
  svg->klass->translate (svg, -10, -20);
  svg->klass
      ->text (svg, &title, 6, 40, "bad \xff\xfe text \x1b", 0, 0x000000ff, 0);
  return prof_svg_finish (svg);
}

static void
test_what_is_scaled_begins_at_the_origin (void)
{
  g_autoptr (ProfTextCache) cache = prof_text_cache_new (NULL, NULL);
  ProfPainter              *svg = new_svg (200, 100, "t", cache);
  ProfRect                  rect = { 1, 2, 30, 19 };
  g_autofree char          *text = NULL;

  svg->klass->translate (svg, 10, 20);
  svg->klass->begin_scaled (svg, 0.0625);
  svg->klass->fill (svg, &rect, 0xff8000ff);
  svg->klass->end_scaled (svg);
  svg->klass->fill (svg, &rect, 0x0080ffff);
  text = prof_svg_finish (svg);
  assert_well_formed (text);
  g_assert_nonnull (strstr (text,
                            "<g transform=\"translate(10 20) scale(0.0625)\">\n"
                            "<rect x=\"1\" y=\"2\""));
  g_assert_nonnull (strstr (text, "</g>\n<rect x=\"11\" y=\"22\""));
}

static void
test_everything (void)
{
  g_autofree char *svg = NULL;

  if (!picture_font_is_there ())
    return;
  svg = draw_all ();
  assert_well_formed (svg);
  g_assert_true (g_utf8_validate (svg, -1, NULL));
  test_golden ("picture/everything.svg", svg);
}

/* Where numbers are written with a comma, SVG still has points. */
static void
test_locale (void)
{
  g_autofree char  *plain = draw_all ();
  g_autofree char  *other = NULL;
  const char *const locales[] = { "de_DE.UTF-8", "fr_FR.UTF-8", "de_DE" };
  bool              found = false;

  for (size_t i = 0; i < G_N_ELEMENTS (locales) && !found; i++)
    found = setlocale (LC_ALL, locales[i]) != NULL;
  if (!found)
    {
      g_test_skip ("no locale with a decimal comma is installed");
      return;
    }
  other = draw_all ();
  setlocale (LC_ALL, "C.UTF-8");
  g_assert_cmpstr (plain, ==, other);
}

static void
test_empty (void)
{
  g_autoptr (ProfTextCache) cache = prof_text_cache_new (NULL, NULL);
  g_autofree char          *svg = prof_svg_finish (new_svg (1, 1, NULL, cache));

  assert_well_formed (svg);
}

static char *
draw_groups (size_t max_bytes, size_t n, ProfTextCache *cache)
{
  const ProfTokens *tokens = prof_palette_tokens (PROF_THEME_LIGHT);
  ProfSvgParams     params = { .width_px = 10,
                               .height_px = 10,
                               .interactive = tokens,
                               .max_bytes = max_bytes };
  ProfPainter      *svg = prof_svg_new (&params, cache);
  ProfRect          rect = { 0, 0, 2, 19 };
  ProfPlace         place = { 1, 0, 2 };
  ProfFaintName     name = { "name", "f.go", PROF_ID_NONE };

  for (size_t i = 0; i < n; i++)
    {
      svg->klass->begin_group (svg, "frame", "name", &place);
      svg->klass->fill (svg, &rect, 0xff8000ff);
      svg->klass->hatch (svg, &rect, 5, 0xc8caceff);
      svg->klass->dashes (svg, 1, 2, 30, 2, 2, 0x112233ff);
      svg->klass->stroke (svg, &rect, 1, 0x445566ff);
      svg->klass->end_group (svg);
      svg->klass->faint (svg, &rect, &place, 0xff8000ff, &name, "1 s");
    }
  return prof_svg_finish (svg);
}

static void
test_curves (void)
{
  static const ProfPoint points[] = {
    { 0, 0 }, { 1, 2 }, { 3, 4 }, { 5.5, 6 }, { 7, 8 }, { 9, 9 }, { 10, 10 },
  };
  g_autoptr (ProfTextCache) cache = prof_text_cache_new (NULL, NULL);
  ProfPainter              *svg = new_svg (20, 20, NULL, cache);
  g_autofree char          *text = NULL;

  svg->klass->translate (svg, 1, 0);
  svg->klass->curve (svg, points, G_N_ELEMENTS (points), 2, 4, 0xff8000ff);
  svg->klass->curve (svg, points, 4, 1.5, 0, 0x112233ff);
  svg->klass->polygon (svg, points, 3, 0x44556680);
  text = prof_svg_finish (svg);
  assert_well_formed (text);
  g_assert_nonnull (
      strstr (text,
              "<path d=\"M1 0C2 2 4 4 6.5 6 8 8 10 9 11 10\" fill=\"none\" "
              "stroke=\"#ff8000\" stroke-width=\"2\" "
              "stroke-dasharray=\"4\"/>\n"
              "<path d=\"M1 0C2 2 4 4 6.5 6\" fill=\"none\" "
              "stroke=\"#112233\" stroke-width=\"1.5\"/>\n"
              "<path d=\"M1 0L2 2L4 4z\" fill=\"#445566\" "
              "fill-opacity=\"0.5\"/>\n"));
}

/* The limit counts the whole document, the last byte too. */
static void
test_limit (void)
{
  g_autoptr (ProfTextCache) cache = prof_text_cache_new (NULL, NULL);
  g_autofree char          *whole = draw_groups (0, 100, cache);
  g_autofree char          *exact = NULL;

  assert_well_formed (whole);
  exact = draw_groups (strlen (whole), 100, cache);
  g_assert_cmpstr (whole, ==, exact);
  g_assert_null (draw_groups (strlen (whole) - 1, 100, cache));
  g_assert_null (draw_groups (strlen (whole), 101, cache));
  g_assert_null (draw_groups (strlen (whole), 1000000, cache));
  g_assert_null (draw_groups (1, 0, cache));
}

/* Every byte a name may have, in text and in descriptions. */
static void
test_any_bytes (void)
{
  g_autoptr (ProfTextCache) cache = prof_text_cache_new (NULL, NULL);
  ProfPainter              *svg = new_svg (10, 10, NULL, cache);
  g_autofree char          *text = NULL;

  for (int round = 0; round < 2000; round++)
    {
      char name[16] = { 0 };

      for (size_t i = 0; i < sizeof name - 1; i++)
        name[i] = (char)g_test_rand_int_range (1, 256);
      svg->klass->begin_group (svg, "frame", name, NULL);
      svg->klass->end_group (svg);
    }
  text = prof_svg_finish (svg);
  g_assert_true (g_utf8_validate (text, -1, NULL));
  assert_well_formed (text);
  for (const char *p = text; *p != '\0'; p++)
    g_assert_true ((unsigned char)*p >= 0x20 || *p == '\n' || *p == '\t');
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/svg/everything-is-as-it-was", test_everything);
  g_test_add_func ("/svg/what-is-scaled-begins-at-the-origin",
                   test_what_is_scaled_begins_at_the_origin);
  g_test_add_func ("/svg/numbers-do-not-follow-the-locale", test_locale);
  g_test_add_func ("/svg/nothing-is-a-document", test_empty);
  g_test_add_func ("/svg/curves-and-polygons-are-paths", test_curves);
  g_test_add_func ("/svg/too-large-a-document-is-none", test_limit);
  g_test_add_func ("/svg/any-bytes-can-be-written", test_any_bytes);
  return g_test_run ();
}
