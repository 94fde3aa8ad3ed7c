/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "test-util.h"

#include "paint/prof-flame-shade.h"

#define ENOUGH 4.5

static const ProfTheme themes[] = { PROF_THEME_LIGHT, PROF_THEME_DARK };

/* Kinds of boxes that were looked at, a bit each. */
typedef unsigned Kinds;

/* Every tier, names as other languages have them, and more packages than there
 * are colours for. */
static ProfTree *
colorful_tree (void)
{
  g_autoptr (GString) text = g_string_new (
      "runtime.main;main.main;main.work 9\n"
      "runtime.main;main.main;Ljava/util/Map;.get_[j] 5\n"
      "runtime.main;main.main;org/x/Y.run_[i] 5\n"
      "runtime.main;main.main;JVM::Start 5\n"
      "runtime.main;main.main;do_sys_open_[k] 5\n"
      "runtime.main;main.main;LazyCompile:~f /srv/a.js:1 5\n"
      "runtime.main;main.main;Perl_pp_entersub 5\n"
      "runtime.main;main.main;try_to_wake_up_[w] 5\n"
      "[libc.so.6] 3\n");

  for (int i = 0; i < 60; i++)
    g_string_append_printf (text,
                            "runtime.main;main.main;example.com/p/own%d.F%d;"
                            "lib%d/part.F%d;runtime.gc%d %d\n",
                            i,
                            i,
                            i,
                            i,
                            i,
                            5 + i);
  g_string_append (text, "runtime.main;main.main;main.tiny 1\n");
  g_string_append (text, "runtime.main;main.main;main.small 1\n");
  return test_tree (text->str, 0);
}

static void
assert_readable (ProfColor ink, ProfColor fill, ProfFlameKind kind)
{
  double contrast = prof_color_contrast (ink, fill);

  if (contrast < ENOUGH)
    g_test_message ("kind %d: #%06x on #%06x: %.2f",
                    kind,
                    ink >> 8,
                    fill >> 8,
                    contrast);
  g_assert_cmpfloat (contrast, >=, ENOUGH);
}

static Kinds
check_view (const ProfFlameView *view, ProfTheme theme)
{
  const ProfTokens *tokens = prof_palette_tokens (theme);
  const ProfNode   *nodes = prof_tree_nodes (
      prof_flame_layout_tree (view->layout));
  Kinds          kinds = 0;
  size_t         n;
  const ProfBox *boxes = prof_flame_layout_boxes (view->layout, &n);

  for (size_t i = 0; i < n; i++)
    {
      ProfFlameKind  kind = prof_flame_shade_kind (view, nodes, &boxes[i]);
      ProfColor      base = prof_flame_shade_base (view, &boxes[i], kind);
      ProfFlameShade shade = prof_flame_shade_mix (tokens,
                                                   base,
                                                   kind,
                                                   prof_flame_shade_is_even (
                                                       view));

      if (view->contrast && kind == PROF_FLAME_PLAIN)
        {
          g_assert_cmpfloat (prof_color_contrast (shade.label, shade.fill),
                             >=,
                             PROF_FLAME_CONTRAST);
          g_assert_cmphex (shade.prefix, ==, shade.label);
        }
      assert_readable (shade.label, shade.fill, kind);
      assert_readable (shade.prefix, shade.fill, kind);
      kinds |= 1u << kind;
    }
  return kinds;
}

/* As it is, with matches, and zoomed. */
static Kinds
check_palette (ProfTree *tree, ProfPalette *palette, ProfTheme theme)
{
  g_autoptr (ProfSearch)      search = prof_search_new (tree,
                                                   "own|lib1",
                                                   PROF_SEARCH_REGEX,
                                                   NULL);
  ProfFlameParams             params = { 8000, 20, 0, 0 };
  g_autoptr (ProfFlameLayout) layout = prof_flame_layout_new (tree, &params);
  ProfFlameView               view = { .layout = layout, .palette = palette };
  Kinds                       kinds = check_view (&view, theme);

  view.contrast = true;
  kinds |= check_view (&view, theme);
  view.search = search;
  kinds |= check_view (&view, theme);
  view.contrast = false;
  kinds |= check_view (&view, theme);
  view.search = NULL;
  view.zoom_root = test_node (tree, "example.com/p/own7.F7");
  return kinds | check_view (&view, theme);
}

/* Each scheme in each theme, by package and by name. */
static void
test_everything_can_be_read (void)
{
  g_autoptr (ProfTree) tree = colorful_tree ();
  const char *const   *names = prof_scheme_names ();

  for (size_t t = 0; t < G_N_ELEMENTS (themes); t++)
    for (size_t i = 0; names[i] != NULL; i++)
      for (int how = 0; how < 4; how++)
        {
          ProfColoring            coloring = { .by_name = (how & 1) != 0,
                                               .steady = (how & 2) != 0 };
          g_autoptr (ProfPalette) palette = NULL;

          g_assert_true (prof_scheme_find (names[i], &coloring.scheme));
          palette = prof_palette_new_with (prof_tree_frames (tree),
                                           themes[t],
                                           &coloring);
          g_assert_cmphex (check_palette (tree, palette, themes[t]),
                           ==,
                           (1u << (PROF_FLAME_ROOT + 1)) - 1);
        }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/flame-shade/every-text-on-every-box-can-be-read",
                   test_everything_can_be_read);
  return g_test_run ();
}
