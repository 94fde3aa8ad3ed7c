/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "test-util.h"

#include <string.h>

#define ENOUGH  4.5
#define N_NAMES 2000

static const ProfTheme themes[] = { PROF_THEME_LIGHT, PROF_THEME_DARK };

static const char *const kinds[] = {
  "main.main%d",
  "net/http.(*conn%d).serve",
  "Ljava/util/Map%d;.get_[j]",
  "org/x/Y%d.run_[i]",
  "JVM::Start%d",
  "do_sys_open%d_[k]",
  "LazyCompile:~f%d /srv/a.js:1",
  "Perl_pp_entersub%d",
  "try_to_wake_up%d_[w]",
  "[libc%d.so.6]",
  "fährt%d;日本",
  "",
};

static void
assert_readable (ProfColor ink, ProfColor fill, const char *what)
{
  double contrast = prof_color_contrast (ink, fill);

  if (contrast < ENOUGH)
    g_test_message ("%s: #%06x on #%06x: %.2f",
                    what,
                    ink >> 8,
                    fill >> 8,
                    contrast);
  g_assert_cmpfloat (contrast, >=, ENOUGH);
}

/* As prof-flame-shade.c mixes them: as it is, a zoom's ancestor, not a match. */
static void
check_fill (const ProfTokens *tokens, ProfColor fill, const char *what)
{
  ProfColor label = tokens->label;
  ProfColor pale = prof_color_mix (fill, tokens->canvas, 0.5);
  ProfColor dimmed = prof_color_mix (fill, tokens->canvas, 0.35);

  assert_readable (label, fill, what);
  assert_readable (prof_color_mix (label, fill, tokens->muted), fill, what);
  assert_readable (prof_color_mix (label, pale, 0.82 * 0.92), pale, what);
  assert_readable (prof_color_mix (label, dimmed, 0.74 * 0.92), dimmed, what);
}

static ProfColor
color_of (ProfScheme scheme, bool by_name, unsigned theme, const char *name)
{
  ProfColoring     coloring = { .scheme = scheme, .by_name = by_name };
  size_t           length = prof_package_of_name (name);
  g_autofree char *package = g_strndup (name, length);

  return prof_scheme_color (&coloring,
                            theme,
                            &(ProfSchemeNames){ name,
                                                package,
                                                "",
                                                PROF_TIER_OWN });
}

static void
check_scheme (ProfScheme scheme, unsigned theme)
{
  const ProfTokens *tokens = prof_palette_tokens (themes[theme]);

  for (int n = 0; n < N_NAMES; n++)
    {
      g_autofree char *name = NULL;
      const char      *kind = kinds[n % (int)G_N_ELEMENTS (kinds)];
      g_auto (GStrv)   parts = g_strsplit (kind, "%d", 2);

      name = parts[0] != NULL && parts[1] != NULL
                 ? g_strdup_printf ("%s%d%s", parts[0], n, parts[1])
                 : g_strdup (kind);
      check_fill (tokens, color_of (scheme, true, theme, name), name);
      check_fill (tokens, color_of (scheme, false, theme, name), name);
    }
}

static void
test_every_fill_can_be_read (void)
{
  const char *const *names = prof_scheme_names ();

  for (unsigned theme = 0; theme < G_N_ELEMENTS (themes); theme++)
    for (size_t i = 0; names[i] != NULL; i++)
      {
        ProfScheme scheme;

        g_assert_true (prof_scheme_find (names[i], &scheme));
        check_scheme (scheme, theme);
      }
}

static void
test_names_are_those_of_go_torch (void)
{
  g_autofree char *all = g_strjoinv (" ", (char **)prof_scheme_names ());
  ProfScheme       scheme = PROF_SCHEME_IO;

  g_assert_cmpstr (all,
                   ==,
                   "packages hot mem io wakeup chain java js perl red green "
                   "blue aqua yellow purple orange functions files self depth "
                   "diff");
  g_assert_false (prof_scheme_find ("Hot", &scheme));
  g_assert_false (prof_scheme_find ("", &scheme));
  g_assert_cmpint (scheme, ==, PROF_SCHEME_IO);
}

typedef struct
{
  int red, green, blue;
} Rgb;

static Rgb
rgb_of (ProfColor color)
{
  return (Rgb){
    .red = (int)(color >> 24),
    .green = (int)(color >> 16 & 0xff),
    .blue = (int)(color >> 8 & 0xff),
  };
}

static void
assert_hue (ProfColor color, const char *hue)
{
  Rgb c = rgb_of (color);

  if (strcmp (hue, "red") == 0)
    g_assert_true (c.red > c.green && c.red > c.blue && c.green < c.blue + 24);
  else if (strcmp (hue, "orange") == 0)
    g_assert_true (c.red > c.green && c.green > c.blue);
  else if (strcmp (hue, "yellow") == 0)
    g_assert_true (c.blue < c.red - 30 && c.blue < c.green - 30 &&
                   ABS (c.red - c.green) < 50);
  else if (strcmp (hue, "green") == 0)
    g_assert_true (c.green > c.red && c.green > c.blue);
  else if (strcmp (hue, "aqua") == 0)
    g_assert_true (c.red < c.green && c.red < c.blue);
  else if (strcmp (hue, "blue") == 0)
    g_assert_true (c.blue > c.green && c.blue > c.red);
  else if (strcmp (hue, "purple") == 0)
    g_assert_true (c.green < c.red && c.green < c.blue);
  else
    g_assert_not_reached ();
}

static void
test_hues_are_what_they_are_called (void)
{
  static const char *const hues[] = { "red",    "green",  "blue",  "aqua",
                                      "yellow", "purple", "orange" };

  for (unsigned theme = 0; theme < G_N_ELEMENTS (themes); theme++)
    for (size_t h = 0; h < G_N_ELEMENTS (hues); h++)
      for (int n = 0; n < 200; n++)
        {
          g_autofree char *name = g_strdup_printf ("p/q%d.F", n);
          ProfScheme       scheme;

          g_assert_true (prof_scheme_find (hues[h], &scheme));
          assert_hue (color_of (scheme, true, theme, name), hues[h]);
        }
}

static void
test_kinds_of_code_have_their_hue (void)
{
  static const struct
  {
    ProfScheme  scheme;
    const char *name;
    const char *hue;
  } cases[] = {
    { PROF_SCHEME_JAVA, "java/util/Map.get", "green" },
    { PROF_SCHEME_JAVA, "java/util/Map.get_[i]", "aqua" },
    { PROF_SCHEME_JAVA, "f_[j]", "green" },
    { PROF_SCHEME_JAVA, "JVM::start", "yellow" },
    { PROF_SCHEME_JAVA, "sys_read_[k]", "orange" },
    { PROF_SCHEME_JAVA, "[kernel.kallsyms]", "orange" },
    { PROF_SCHEME_JAVA, "malloc", "red" },
    { PROF_SCHEME_JAVA, "net/http.(*conn).serve", "green" },
    { PROF_SCHEME_JS, "f /srv/app.js", "green" },
    { PROF_SCHEME_JS, "Builtin:Call", "aqua" },
    { PROF_SCHEME_JS, "v8::Call", "yellow" },
    { PROF_SCHEME_JS, "malloc", "red" },
    { PROF_SCHEME_PERL, "Perl_pp_add", "green" },
    { PROF_SCHEME_PERL, "std::sort", "yellow" },
    { PROF_SCHEME_CHAIN, "schedule", "blue" },
    { PROF_SCHEME_CHAIN, "schedule_[w]", "aqua" },
    { PROF_SCHEME_WAKEUP, "schedule", "aqua" },
  };

  for (unsigned theme = 0; theme < G_N_ELEMENTS (themes); theme++)
    for (size_t c = 0; c < G_N_ELEMENTS (cases); c++)
      {
        g_test_message ("%s", cases[c].name);
        assert_hue (color_of (cases[c].scheme, true, theme, cases[c].name),
                    cases[c].hue);
      }
}

static void
test_functions_of_a_package_share_a_shade (void)
{
  g_assert_cmphex (color_of (PROF_SCHEME_HOT, false, 0, "net/http.Get"),
                   ==,
                   color_of (PROF_SCHEME_HOT, false, 0, "net/http.(*T).x"));
  g_assert_cmphex (color_of (PROF_SCHEME_HOT, true, 0, "net/http.Get"),
                   !=,
                   color_of (PROF_SCHEME_HOT, true, 0, "net/http.Post"));
}

static void
test_shades_are_many (void)
{
  g_autoptr (GHashTable) seen = g_hash_table_new (NULL, NULL);

  for (int n = 0; n < 500; n++)
    {
      g_autofree char *name = g_strdup_printf ("main.f%d", n);

      g_hash_table_add (seen,
                        GUINT_TO_POINTER (
                            color_of (PROF_SCHEME_HOT, true, 0, name)));
    }
  g_assert_cmpuint (g_hash_table_size (seen), ==, 24);
}

/* Two packages that want one colour: the second one of them moves, unless
 * colours are to be steady. */
static ProfColor
color_beside (const char *other, bool steady)
{
  g_autofree char        *text = g_strdup_printf ("main.main;%s.F 9\n"
                                                  "main.main;lib1/a.F 5\n",
                                           other);
  ProfColoring            coloring = { .steady = steady };
  g_autoptr (ProfTree)    tree = test_tree (text, 0);
  ProfFrames             *frames = prof_tree_frames (tree);
  g_autoptr (ProfPalette) palette = prof_palette_new_with (frames,
                                                           PROF_THEME_LIGHT,
                                                           &coloring);
  ProfNodeId              node = test_node (tree, "lib1/a.F");

  return prof_palette_frame (palette, prof_tree_nodes (tree)[node].frame);
}

static void
test_steady_colours_do_not_give_way (void)
{
  ProfColor alone = color_beside ("main", true);
  bool      moved = false;

  for (int n = 2; n < 60; n++)
    {
      g_autofree char *other = g_strdup_printf ("lib%d/a", n);

      g_assert_cmphex (color_beside (other, true), ==, alone);
      moved = moved || color_beside (other, false) != alone;
    }
  g_assert_true (moved);
}

static void
test_palettes_follow_the_scheme (void)
{
  ProfColoring            coloring = { .scheme = PROF_SCHEME_GREEN };
  g_autoptr (ProfTree)    tree = test_tree ("main.main;runtime.gc 3\n"
                                            "main.main;[libc.so.6] 2\n",
                                         0);
  g_autoptr (ProfPalette) palette = NULL;

  palette = prof_palette_new_with (prof_tree_frames (tree),
                                   PROF_THEME_DARK,
                                   &coloring);
  for (ProfNodeId node = 1; node < prof_tree_n_nodes (tree); node++)
    assert_hue (prof_palette_frame (palette,
                                    prof_tree_nodes (tree)[node].frame),
                "green");
  g_assert_cmphex (prof_palette_frame (palette, PROF_ID_NONE),
                   ==,
                   prof_palette_tokens (PROF_THEME_DARK)->root_bar);
  g_assert_cmpint (prof_palette_coloring (palette)->scheme,
                   ==,
                   PROF_SCHEME_GREEN);
}

/* On these packages are written in full ink. */
static void
check_even_fill (const ProfTokens *tokens, ProfColor fill, const char *what)
{
  ProfColor pale = prof_color_mix (fill, tokens->canvas, 0.5);
  ProfColor dimmed = prof_color_mix (fill, tokens->canvas, 0.35);
  ProfColor gone = prof_color_mix (fill, tokens->canvas, 0.28);
  ProfColor line = prof_color_mix (tokens->canvas, fill, tokens->new_line);

  assert_readable (tokens->label, fill, what);
  assert_readable (tokens->label, gone, what);
  assert_readable (prof_color_mix (tokens->label, pale, 0.82 * 0.92),
                   pale,
                   what);
  assert_readable (prof_color_mix (tokens->label, dimmed, 0.74 * 0.92),
                   dimmed,
                   what);
  /* Hatching goes towards the ground, which labels are read on best. */
  assert_readable (tokens->label, line, what);
}

static void
test_changes_and_heat_can_be_read (void)
{
  for (unsigned theme = 0; theme < G_N_ELEMENTS (themes); theme++)
    {
      const ProfTokens *tokens = prof_palette_tokens (themes[theme]);

      for (size_t i = 0; i < G_N_ELEMENTS (tokens->change); i++)
        check_even_fill (tokens, tokens->change[i], "change");
      for (size_t i = 0; i < G_N_ELEMENTS (tokens->heat); i++)
        check_even_fill (tokens, tokens->heat[i], "heat");
    }
}

static void
test_grounds_can_be_read_on (void)
{
  static const char *const names[] = { "yellow", "blue", "green", "grey" };
  ProfColor                color = 0;

  for (unsigned theme = 0; theme < G_N_ELEMENTS (themes); theme++)
    for (size_t i = 0; i < G_N_ELEMENTS (names); i++)
      {
        const ProfTokens *tokens = prof_palette_tokens (themes[theme]);

        g_assert_true (prof_scheme_ground (names[i], theme, &color));
        assert_readable (tokens->label, color, names[i]);
        assert_readable (tokens->dim_text, color, names[i]);
      }
  g_assert_true (prof_scheme_ground ("#fE08a0", 0, &color));
  g_assert_cmphex (color, ==, 0xfe08a0ff);
  g_assert_false (prof_scheme_ground ("#fe08a", 0, &color));
  g_assert_false (prof_scheme_ground ("#fe08ag", 0, &color));
  g_assert_false (prof_scheme_ground ("fe08a0", 0, &color));
  g_assert_false (prof_scheme_ground ("", 0, &color));
}

static void
test_heat_has_steps (void)
{
  g_assert_cmpuint (prof_scheme_heat (0), ==, 0);
  g_assert_cmpuint (prof_scheme_heat (0.0099), ==, 0);
  g_assert_cmpuint (prof_scheme_heat (0.011), ==, 1);
  g_assert_cmpuint (prof_scheme_heat (0.06), ==, 2);
  g_assert_cmpuint (prof_scheme_heat (0.2), ==, 3);
  g_assert_cmpuint (prof_scheme_heat (1), ==, 4);
}

static ProfPalette *
palette_of (ProfTree *tree, ProfScheme scheme)
{
  return prof_palette_new_with (prof_tree_frames (tree),
                                PROF_THEME_LIGHT,
                                &(ProfColoring){ .scheme = scheme });
}

/* Two nodes of one function. */
static void
test_colours_can_be_of_nodes (void)
{
  g_autoptr (ProfTree)    tree = test_tree ("a;f 1\nb;c;f 99\n", 0);
  g_autoptr (ProfPalette) heat = palette_of (tree, PROF_SCHEME_SELF);
  g_autoptr (ProfPalette) depth = palette_of (tree, PROF_SCHEME_DEPTH);
  g_autoptr (ProfPalette) diff = palette_of (tree, PROF_SCHEME_DIFF);
  const ProfTokens       *tokens = prof_palette_tokens (PROF_THEME_LIGHT);
  ProfNodeId              b = test_node (tree, "b");
  ProfNodeId              a = test_node (tree, "a");

  g_assert_cmphex (prof_palette_node (heat, tree, a + 1, 2),
                   ==,
                   tokens->heat[1]);
  g_assert_cmphex (prof_palette_node (heat, tree, b + 2, 3),
                   ==,
                   tokens->heat[4]);
  g_assert_cmphex (prof_palette_node (depth, tree, a, 1),
                   ==,
                   prof_palette_node (depth, tree, b, 1));
  g_assert_cmphex (prof_palette_node (depth, tree, a + 1, 2),
                   !=,
                   prof_palette_node (depth, tree, b + 2, 3));
  g_assert_cmphex (prof_palette_node (diff, tree, a, 1),
                   ==,
                   tokens->change[PROF_CHANGE_MAX_STEP]);
  g_assert_cmphex (prof_palette_node (diff, tree, 0, 0), ==, tokens->root_bar);
}

static void
test_files_and_functions_have_hues (void)
{
  ProfColoring    files = { .scheme = PROF_SCHEME_FILES };
  ProfColoring    functions = { .scheme = PROF_SCHEME_FUNCTIONS };
  ProfSchemeNames one = { "p.f", "p", "p/a.go", PROF_TIER_OWN };
  ProfSchemeNames same_file = { "p.g", "p", "p/a.go", PROF_TIER_OWN };
  ProfSchemeNames other_file = { "p.f", "p", "p/b.go", PROF_TIER_OWN };
  ProfSchemeNames no_file = { "p.f", "p", "", PROF_TIER_OWN };

  g_assert_cmphex (prof_scheme_color (&files, 0, &one),
                   ==,
                   prof_scheme_color (&files, 0, &same_file));
  g_assert_cmphex (prof_scheme_color (&files, 0, &one),
                   !=,
                   prof_scheme_color (&files, 0, &other_file));
  g_assert_cmphex (prof_scheme_color (&files, 0, &no_file), !=, 0);
  g_assert_cmphex (prof_scheme_color (&functions, 0, &one),
                   ==,
                   prof_scheme_color (&functions, 0, &other_file));
  g_assert_cmphex (prof_scheme_color (&functions, 0, &one),
                   !=,
                   prof_scheme_color (&functions, 0, &same_file));
}

static void
test_every_scheme_says_what_it_means (void)
{
  const char *const *names = prof_scheme_names ();

  for (size_t i = 0; names[i] != NULL; i++)
    {
      ProfColoring coloring = { .scheme = (ProfScheme)i };

      g_assert_cmpstr (prof_scheme_meaning (&coloring), !=, "");
    }
  g_assert_cmpstr (prof_scheme_meaning (&(ProfColoring){ .by_name = true }),
                   ==,
                   "colour = name of the function");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/scheme/every-label-can-be-read-on-every-fill",
                   test_every_fill_can_be_read);
  g_test_add_func ("/scheme/changes-and-heat-can-be-read",
                   test_changes_and_heat_can_be_read);
  g_test_add_func ("/scheme/grounds-can-be-read-on",
                   test_grounds_can_be_read_on);
  g_test_add_func ("/scheme/heat-has-steps", test_heat_has_steps);
  g_test_add_func ("/scheme/colours-can-be-of-nodes",
                   test_colours_can_be_of_nodes);
  g_test_add_func ("/scheme/files-and-functions-have-hues",
                   test_files_and_functions_have_hues);
  g_test_add_func ("/scheme/names-are-those-of-go-torch",
                   test_names_are_those_of_go_torch);
  g_test_add_func ("/scheme/hues-are-what-they-are-called",
                   test_hues_are_what_they_are_called);
  g_test_add_func ("/scheme/kinds-of-code-have-their-hue",
                   test_kinds_of_code_have_their_hue);
  g_test_add_func ("/scheme/functions-of-a-package-share-a-shade",
                   test_functions_of_a_package_share_a_shade);
  g_test_add_func ("/scheme/shades-are-many", test_shades_are_many);
  g_test_add_func ("/scheme/steady-colours-do-not-give-way",
                   test_steady_colours_do_not_give_way);
  g_test_add_func ("/scheme/palettes-follow-the-scheme",
                   test_palettes_follow_the_scheme);
  g_test_add_func ("/scheme/every-scheme-says-what-it-means",
                   test_every_scheme_says_what_it_means);
  return g_test_run ();
}
