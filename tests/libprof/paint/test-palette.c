/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "test-util.h"

#define ENOUGH 4.5

static const ProfTheme themes[] = { PROF_THEME_LIGHT, PROF_THEME_DARK };

/* Own code, many libraries, the runtime and a binary without names: with more
 * packages than there are colours. */
static ProfTree *
colorful_tree (void)
{
  g_autoptr (GString) text = g_string_new ("runtime.main;main.main 9\n"
                                           "[libc.so.6] 3\n");

  for (int i = 0; i < 12; i++)
    g_string_append_printf (text, "main.main;example.com/p/own%d.F 5\n", i);
  for (int i = 0; i < 30; i++)
    g_string_append_printf (text, "main.main;lib%d/part.F 5\n", i);
  return test_tree (text->str, 0);
}

static void
assert_readable (ProfColor ink, ProfColor fill)
{
  double contrast = prof_color_contrast (ink, fill);

  if (contrast < ENOUGH)
    g_test_message ("#%06x on #%06x: %.2f", ink >> 8, fill >> 8, contrast);
  g_assert_cmpfloat (contrast, >=, ENOUGH);
}

static void
check_fill (const ProfTokens *tokens, ProfColor fill)
{
  ProfColor label = tokens->label;
  ProfColor pale = prof_color_mix (fill, tokens->canvas, 0.5);
  ProfColor dimmed = prof_color_mix (fill, tokens->canvas, 0.35);

  assert_readable (label, fill);
  assert_readable (prof_color_mix (label, fill, tokens->muted), fill);
  assert_readable (prof_color_mix (label, pale, 0.82), pale);
  assert_readable (prof_color_mix (label, pale, 0.82 * 0.92), pale);
  assert_readable (prof_color_mix (label, dimmed, 0.74), dimmed);
  assert_readable (prof_color_mix (label, dimmed, 0.74 * 0.92), dimmed);
}

static void
test_labels_on_fills (void)
{
  g_autoptr (ProfTree) tree = colorful_tree ();
  ProfFrames          *frames = prof_tree_frames (tree);

  for (size_t t = 0; t < G_N_ELEMENTS (themes); t++)
    {
      g_autoptr (ProfPalette) palette = prof_palette_new (frames, themes[t]);
      const ProfTokens       *tokens = prof_palette_tokens (themes[t]);

      for (uint32_t i = 0; i < prof_frames_n_packages (frames); i++)
        check_fill (tokens, prof_palette_package (palette, i));
      check_fill (tokens, tokens->root_bar);
      check_fill (tokens, tokens->strip_ground);
      check_fill (tokens, tokens->runtime);
      check_fill (tokens, tokens->unsymbolized);
      assert_readable (tokens->dim_text, tokens->canvas);
      assert_readable (tokens->label, tokens->canvas);
    }
}

static void
test_labels_on_hits (void)
{
  for (size_t t = 0; t < G_N_ELEMENTS (themes); t++)
    {
      const ProfTokens *tokens = prof_palette_tokens (themes[t]);
      ProfColor         inner = prof_color_mix (tokens->hit,
                                        tokens->canvas,
                                        tokens->nested_hit);

      assert_readable (tokens->hit_label, tokens->hit);
      assert_readable (prof_color_mix (tokens->hit_label,
                                       tokens->hit,
                                       tokens->muted),
                       tokens->hit);
      assert_readable (tokens->label, inner);
      assert_readable (prof_color_mix (tokens->label, inner, tokens->muted),
                       inner);
      g_assert_cmpfloat (prof_color_contrast (tokens->hit_lane,
                                              tokens->strip_ground),
                         >=,
                         2.8);
    }
}

static ProfColor
color_of (ProfTree *tree, const char *name)
{
  ProfFrames             *frames = prof_tree_frames (tree);
  g_autoptr (ProfPalette) palette = prof_palette_new (frames, PROF_THEME_LIGHT);
  ProfNodeId              node = test_node (tree, name);

  return prof_palette_frame (palette, prof_tree_nodes (tree)[node].frame);
}

static void
test_tiers (void)
{
  g_autoptr (ProfTree) tree = colorful_tree ();

  g_assert_cmphex (color_of (tree, "main.main"), ==, 0xf6b184ff);
  g_assert_cmphex (color_of (tree, "runtime.main"), ==, 0xe0e2e5ff);
  g_assert_cmphex (color_of (tree, "[libc.so.6]"), ==, 0xecedefff);
}

/* A package keeps its colour while others come and go, unless it is taken. */
static void
test_same_colors (void)
{
  g_autoptr (ProfTree) one = test_tree ("main.main;example.com/a/own.F 5\n"
                                        "main.main;net/http.G 7\n",
                                        0);
  g_autoptr (ProfTree) other = test_tree ("main.run;net/http.H 1\n"
                                          "main.run;example.com/a/own.K 3\n",
                                          0);

  g_assert_cmphex (color_of (one, "example.com/a/own.F"),
                   ==,
                   color_of (other, "example.com/a/own.K"));
  g_assert_cmphex (color_of (one, "net/http.G"),
                   ==,
                   color_of (other, "net/http.H"));
}

static void
test_first_round (void)
{
  g_autoptr (ProfTree)    tree = colorful_tree ();
  ProfFrames             *frames = prof_tree_frames (tree);
  g_autoptr (ProfPalette) palette = prof_palette_new (frames, PROF_THEME_LIGHT);
  const ProfPackage      *packages = prof_frames_packages (frames);
  g_autoptr (GHashTable)  seen = g_hash_table_new (NULL, NULL);
  size_t                  n = 0;

  for (uint32_t i = 0; i < prof_frames_n_packages (frames); i++)
    if (packages[i].tier == PROF_TIER_LIBRARY)
      {
        ProfColor color = prof_palette_package (palette, i);

        g_hash_table_add (seen, GUINT_TO_POINTER (color));
        n++;
      }
  g_assert_cmpuint (n, ==, 30);
  g_assert_cmpuint (g_hash_table_size (seen), ==, 20);
}

static void
test_mixing (void)
{
  g_assert_cmphex (prof_color_mix (0xffffffff, 0x000000ff, 0.5),
                   ==,
                   0x808080ff);
  g_assert_cmphex (prof_color_mix (0x102030ff, 0xffffffff, 1), ==, 0x102030ff);
  g_assert_cmphex (prof_color_mix (0x102030ff, 0xffffff00, 0), ==, 0xffffff00);
}

static void
test_contrast (void)
{
  g_assert_cmpfloat_with_epsilon (prof_color_contrast (0xffffffff, 0x000000ff),
                                  21,
                                  0.001);
  g_assert_cmpfloat_with_epsilon (prof_color_contrast (0x777777ff, 0xffffffff),
                                  4.478,
                                  0.001);
  g_assert_cmpfloat_with_epsilon (prof_color_contrast (0x123456ff, 0x123456ff),
                                  1,
                                  0.001);
}

static void
test_strangers (void)
{
  g_autoptr (ProfTree)    tree = colorful_tree ();
  g_autoptr (ProfPalette) palette = prof_palette_new (prof_tree_frames (tree),
                                                      PROF_THEME_DARK);

  g_assert_cmphex (prof_palette_package (palette, PROF_ID_NONE),
                   ==,
                   0x2a2b2dff);
  g_assert_cmphex (prof_palette_frame (palette, PROF_ID_NONE), ==, 0x3d3d43ff);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/palette/every-label-can-be-read-on-every-fill",
                   test_labels_on_fills);
  g_test_add_func ("/palette/every-label-can-be-read-on-matches",
                   test_labels_on_hits);
  g_test_add_func ("/palette/main-is-orange-and-the-runtime-grey", test_tiers);
  g_test_add_func ("/palette/packages-keep-their-colours-between-files",
                   test_same_colors);
  g_test_add_func ("/palette/colours-are-shared-only-when-all-are-taken",
                   test_first_round);
  g_test_add_func ("/palette/mixing-is-by-share", test_mixing);
  g_test_add_func ("/palette/contrast-is-as-wcag-says", test_contrast);
  g_test_add_func ("/palette/what-has-no-package-has-a-colour", test_strangers);
  return g_test_run ();
}
