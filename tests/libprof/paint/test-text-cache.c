/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "picture-util.h"

#include "layout/prof-label-fit.h"
#include <string.h>

static const ProfFont regular = { .size_px = 12 };
static const ProfFont bold = { .size_px = 12, .bold = true };

static void
test_measures (void)
{
  g_autoptr (ProfTextCache) cache = prof_text_cache_new (NULL, NULL);
  double                    narrow;
  double                    wide;

  narrow = prof_text_cache_measure (cache, &regular, "iii");
  wide = prof_text_cache_measure (cache, &regular, "WWW");
  g_assert_cmpfloat (prof_text_cache_measure (cache, &regular, ""), ==, 0);
  g_assert_cmpfloat (narrow, >, 0);
  g_assert_cmpfloat (wide, >, narrow);
  g_assert_cmpfloat (prof_text_cache_measure (cache, &bold, "WWW"), >=, wide);
  g_assert_cmpfloat (prof_text_cache_measure (cache, &regular, "WWW"),
                     ==,
                     wide);
}

static void
test_bytes_that_are_no_text (void)
{
  static const char *const  texts[] = { "(\xb5/(\xb5/\xfd\xff\xff",
                                        "\xff",
                                        "7 \xe2" };
  g_autoptr (ProfTextCache) cache = prof_text_cache_new (NULL, NULL);

  for (size_t i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      float ends[16];

      g_assert_cmpfloat (prof_text_cache_measure (cache, &regular, texts[i]),
                         >,
                         0);
      g_assert_false (prof_text_cache_ends (cache,
                                            &regular,
                                            texts[i],
                                            ends,
                                            G_N_ELEMENTS (ends)));
    }
}

static void
test_loaded_ahead (void)
{
  const ProfFont            fonts[] = { regular, bold, regular };
  g_autoptr (ProfTextCache) plain = prof_text_cache_new (NULL, NULL);
  g_autoptr (ProfTextCache) ahead = prof_text_cache_new (NULL, NULL);
  ProfTextCache            *unused = prof_text_cache_new (NULL, NULL);

  prof_text_cache_load (ahead, fonts, G_N_ELEMENTS (fonts));
  prof_text_cache_load (unused, fonts, G_N_ELEMENTS (fonts));
  prof_text_cache_free (unused);
  for (size_t i = 0; i < G_N_ELEMENTS (fonts); i++)
    {
      g_assert_cmpfloat (prof_text_cache_baseline (ahead, &fonts[i]),
                         ==,
                         prof_text_cache_baseline (plain, &fonts[i]));
      g_assert_cmpfloat (prof_text_cache_measure (ahead, &fonts[i], "WiW"),
                         ==,
                         prof_text_cache_measure (plain, &fonts[i], "WiW"));
    }
}

static void
test_bounded (void)
{
  g_autoptr (ProfTextCache) cache = prof_text_cache_new (NULL, NULL);
  double first = prof_text_cache_measure (cache, &regular, "line 0");

  for (int i = 0; i < 100000; i++)
    {
      g_autofree char *text = g_strdup_printf ("line %d", i);

      prof_text_cache_measure (cache, &regular, text);
    }
  g_assert_cmpuint (prof_text_cache_n_lines (cache), <=, 2 * 16384);
  g_assert_cmpfloat (prof_text_cache_measure (cache, &regular, "line 0"),
                     ==,
                     first);
}

static void
test_many_fonts (void)
{
  g_autoptr (ProfTextCache) cache = prof_text_cache_new (NULL, NULL);
  double                    last = 0;

  for (int size = 5; size < 60; size++)
    {
      ProfFont font = { .size_px = size };
      double   width = prof_text_cache_measure (cache, &font, "Method");

      g_assert_cmpfloat (width, >=, last);
      last = width;
    }
}

static void
test_long_lines (void)
{
  g_autoptr (ProfTextCache) cache = prof_text_cache_new (NULL, NULL);
  g_autofree char          *text = g_strnfill (10000000, 'm');
  g_autofree char          *start = g_strnfill (PROF_MAX_LABEL_CHARS, 'm');

  g_assert_cmpfloat (prof_text_cache_measure (cache, &regular, text),
                     ==,
                     prof_text_cache_measure (cache, &regular, start));
}

/* Looking it up must not read all of it: that would take minutes here. */
static void
test_long_names (void)
{
  g_autoptr (ProfTextCache) cache = prof_text_cache_new (NULL, NULL);
  g_autofree char          *name = g_strnfill (16 << 20, 'm');
  g_autofree char          *other = g_strnfill (PROF_MAX_LABEL_CHARS, 'm');
  ProfFittedName            fitted;
  const char               *text;

  g_assert_true (
      prof_text_cache_fit (cache, &regular, &regular, name, 300, &fitted));
  text = fitted.text;
  g_assert_true (g_str_has_suffix (text, "…"));
  for (int i = 0; i < 20000; i++)
    prof_text_cache_fit (cache, &regular, &regular, name, 300, &fitted);
  g_assert_true (fitted.text == text);
  prof_text_cache_fit (cache, &regular, &regular, other, 300, &fitted);
  g_assert_true (fitted.text == text);
}

static void
test_names_are_cut_at_either_end (void)
{
  g_autoptr (ProfTextCache) cache = prof_text_cache_new (NULL, NULL);
  const char               *name = "example.com/server/api.(*Server).handle";
  double width = prof_text_cache_measure (cache, &regular, "example.com/se…");
  ProfFittedName fitted;

  g_assert_true (
      prof_text_cache_fit (cache, &regular, &regular, name, width, &fitted));
  g_assert_null (strstr (fitted.text, "example"));
  prof_text_cache_set_names (cache, PROF_NAMES_FULL);
  g_assert_true (
      prof_text_cache_fit (cache, &regular, &regular, name, width, &fitted));
  g_assert_cmpstr (fitted.text, ==, "example.com/se…");
  g_assert_cmpuint (fitted.prefix, ==, strlen ("example.com/se"));
  prof_text_cache_set_names (cache, PROF_NAMES_SHORT);
  g_assert_true (
      prof_text_cache_fit (cache, &regular, &regular, name, 1000, &fitted));
  g_assert_cmpstr (fitted.text, ==, "(*Server).handle");
}

static void
test_less_of_a_name_can_be_shown (void)
{
  g_autoptr (ProfTextCache) cache = prof_text_cache_new (NULL, NULL);
  const char               *name = "löwenmäulchen";
  ProfFittedName            fitted;

  for (size_t n_chars = 20; n_chars > 0; n_chars--)
    {
      prof_text_cache_set_shown (cache, n_chars);
      g_assert_true (
          prof_text_cache_fit (cache, &regular, &regular, name, 999, &fitted));
      g_assert_cmpint (g_utf8_strlen (fitted.text, -1), ==, MIN (n_chars, 13));
      g_assert_true (g_str_has_suffix (fitted.text, "…") == (n_chars <= 13));
    }
}

/* Just wide enough for @expected gives it. */
static void
assert_fits (const char *name, const char *expected)
{
  g_autoptr (ProfTextCache) cache = prof_text_cache_new (NULL, NULL);
  double         width = prof_text_cache_measure (cache, &regular, expected);
  ProfFittedName fitted;

  g_assert_true (
      prof_text_cache_fit (cache, &regular, &regular, name, width, &fitted));
  g_assert_cmpstr (fitted.text, ==, expected);
  g_assert_cmpfloat (fitted.width, ==, width);
}

static void
test_fitting (void)
{
  g_autoptr (ProfTextCache) cache = prof_text_cache_new (NULL, NULL);
  const char               *name = "a.io/pkg.(*T).Method";
  ProfFittedName            fitted;

  if (!picture_font_is_there ())
    return;
  assert_fits (name, "a.io/pkg.(*T).Method");
  assert_fits (name, "pkg.(*T).Method");
  assert_fits (name, "(*T).Method");
  assert_fits (name, "Method");
  assert_fits (name, "Meth…");
  assert_fits (name, "Met…");
  g_assert_false (
      prof_text_cache_fit (cache, &regular, &regular, name, 20, &fitted));
}

/* What is measured is what Pango lays out, at every width. */
static void
test_fits_are_true (void)
{
  static const char *const names[] = {
    "compress/flate.(*compressor).deflate",
    "a.io/pkg.Offices",
    "größer.Übergröße",
    "x.日本語の関数",
    "x.שלום_עולם",
    "x.e\xcc\x81"
    "e\xcc\x81"
    "e\xcc\x81"
    "e\xcc\x81"
    "e\xcc\x81",
    "",
    "[libavcodec.so.59]",
  };
  g_autoptr (ProfTextCache) cache = prof_text_cache_new (NULL, NULL);

  for (size_t i = 0; i < G_N_ELEMENTS (names); i++)
    for (int width = 0; width < 300; width += 3)
      {
        ProfFittedName fitted;
        double         real;

        if (!prof_text_cache_fit (cache,
                                  &regular,
                                  &bold,
                                  names[i],
                                  width,
                                  &fitted))
          continue;
        g_assert_true (g_utf8_validate (fitted.text, -1, NULL));
        real = prof_text_cache_measure (cache,
                                        &bold,
                                        fitted.text + fitted.prefix);
        g_assert_cmpfloat (real, <=, width + 1.5);
      }
}

/* Whatever a name is made of, where it is cut Pango would put a cursor. */
static void
assert_cut_between_characters (ProfTextCache *cache, const char *name)
{
  ProfLabelForms           list;
  g_autofree PangoLogAttr *stops = NULL;
  const char              *last;
  int                      n;

  prof_label_forms_init (&list, name, PROF_MAX_LABEL_CHARS);
  last = list.forms[list.n_forms - 1].text;
  n = (int)g_utf8_strlen (last, -1);
  stops = g_new0 (PangoLogAttr, n + 1);
  pango_get_log_attrs (last,
                       (int)strlen (last),
                       -1,
                       pango_language_from_string ("en"),
                       stops,
                       n + 1);
  for (int width = 20; width < 260; width += 2)
    {
      ProfFittedName fitted;
      size_t         length;

      if (!prof_text_cache_fit (cache, &regular, &bold, name, width, &fitted) ||
          !g_str_has_suffix (fitted.text, "…") || g_str_has_suffix (name, "…"))
        continue;
      length = strlen (fitted.text) - strlen ("…");
      g_assert_cmpmem (fitted.text, length, last, length);
      g_assert_true (stops[g_utf8_strlen (fitted.text, (gssize)length)]
                         .is_cursor_position);
    }
  prof_label_forms_clear (&list);
}

static void
test_whole_characters (void)
{
  static const char *const letters[] = {
    "a",
    "Z",
    "_",
    "1",
    "ö",
    "e\u0301",
    "o\u0323\u0302",
    "日",
    "한",
    "\u1112\u1161\u11ab",
    "\u1100",
    "\u1161",
    "न",
    "\u094d",
    "म\u0947",
    "\u0e01\u0e33",
    "🔥",
    "👍🏽",
    "👩\u200d👩\u200d👧",
    "\u200d",
    "🇩🇪",
    "🇫",
    "1\ufe0f\u20e3",
    "\ufe0f",
    "🏴\U000e0067\U000e0062\U000e007f",
    "\u0301",
    "ｶﾞ",
    "க்ஷ",
  };
  g_autoptr (ProfTextCache) cache = prof_text_cache_new (NULL, NULL);

  for (int round = 0; round < 300; round++)
    {
      g_autoptr (GString) name = g_string_new ("ns::");

      for (int i = g_test_rand_int_range (4, 30); i > 0; i--)
        {
          int letter = g_test_rand_int_range (0, G_N_ELEMENTS (letters));

          g_string_append (name, letters[letter]);
        }
      assert_cut_between_characters (cache, name->str);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/text-cache/names-are-cut-at-either-end",
                   test_names_are_cut_at_either_end);
  g_test_add_func ("/text-cache/wider-letters-are-wider", test_measures);
  g_test_add_func ("/text-cache/bytes-that-are-no-text-have-a-width",
                   test_bytes_that_are_no_text);
  g_test_add_func ("/text-cache/fonts-can-be-loaded-ahead", test_loaded_ahead);
  g_test_add_func ("/text-cache/only-so-many-lines-are-kept", test_bounded);
  g_test_add_func ("/text-cache/any-number-of-fonts-can-be-used",
                   test_many_fonts);
  g_test_add_func ("/text-cache/the-end-of-a-long-line-does-not-count",
                   test_long_lines);
  g_test_add_func ("/text-cache/the-end-of-a-long-name-is-not-read",
                   test_long_names);
  g_test_add_func ("/text-cache/less-of-a-name-can-be-shown",
                   test_less_of_a_name_can_be_shown);
  g_test_add_func ("/text-cache/the-longest-form-that-fits-is-taken",
                   test_fitting);
  g_test_add_func ("/text-cache/names-are-cut-between-characters",
                   test_whole_characters);
  g_test_add_func ("/text-cache/what-fits-really-fits", test_fits_are_true);
  return g_test_run ();
}
