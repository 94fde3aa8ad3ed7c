/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "test-util.h"
#include <math.h>

#define EPSILON 1e-6

static ProfFlameLayout *
lay_out (ProfTree *tree, double width, double start, double end)
{
  ProfFlameParams params = { width, 2, start, end };

  return prof_flame_layout_new (tree, &params);
}

static ProfFlameLayout *
lay_out_node (ProfTree *tree, double width, ProfNodeId id)
{
  double start;
  double end;

  prof_tree_extent (tree, id, &start, &end);
  return lay_out (tree, width, start, end);
}

/* One line a box: row, x, width, name. */
static char *
dump (const ProfFlameLayout *layout)
{
  ProfTree      *tree = prof_flame_layout_tree (layout);
  GString       *text = g_string_new (NULL);
  size_t         n;
  const ProfBox *boxes = prof_flame_layout_boxes (layout, &n);

  for (uint32_t i = 0; i < n; i++)
    {
      g_string_append_printf (text,
                              "%2u %8.2f %8.2f  ",
                              boxes[i].row,
                              boxes[i].x,
                              boxes[i].width);
      if (prof_box_is_strip (&boxes[i]))
        g_string_append_printf (text,
                                "(%u more, %" G_GINT64_FORMAT ")\n",
                                prof_flame_layout_n_hidden (layout, i),
                                prof_flame_layout_value (layout, i));
      else
        g_string_append_printf (text,
                                "%s\n",
                                prof_tree_name (tree, boxes[i].node));
    }
  return g_string_free (text, FALSE);
}

static const char *const server = "main;serve;handle;parse 30\n"
                                  "main;serve;handle;render 25\n"
                                  "main;serve;handle;log 1\n"
                                  "main;serve;handle;count 1\n"
                                  "main;serve;handle 3\n"
                                  "main;serve;accept 6\n"
                                  "main;gc;sweep 20\n"
                                  "main;gc;mark 13\n"
                                  "main;exit 1\n";

static void
test_everything (void)
{
  g_autoptr (ProfTree)        tree = test_tree (server, 0);
  g_autoptr (ProfFlameLayout) layout = lay_out (tree, 150, 0, 0);
  g_autofree char            *text = dump (layout);

  test_golden ("layout/everything.txt", text);
}

static void
test_zoomed (void)
{
  g_autoptr (ProfTree)        tree = test_tree (server, 0);
  g_autoptr (ProfFlameLayout) layout = lay_out_node (tree,
                                                     150,
                                                     test_node (tree,
                                                                "handle"));
  g_autofree char            *text = dump (layout);

  test_golden ("layout/zoomed.txt", text);
}

static void
test_half_a_frame (void)
{
  g_autoptr (ProfTree)        tree = test_tree (server, 0);
  g_autoptr (ProfFlameLayout) layout = lay_out (tree, 150, 20.5, 40.25);
  g_autofree char            *text = dump (layout);

  test_golden ("layout/half-a-frame.txt", text);
}

/* --- Laws --- */

static void
check_places (const ProfFlameLayout *layout)
{
  size_t         n;
  const ProfBox *boxes = prof_flame_layout_boxes (layout, &n);

  g_assert_cmpuint (n, >=, 1);
  for (uint32_t i = 0; i < n; i++)
    {
      const ProfBox *box = &boxes[i];
      const ProfBox *parent;

      g_assert_cmpfloat (box->width, >, 0);
      g_assert_cmpuint (prof_flame_layout_hit (layout,
                                               box->x + box->width / 2,
                                               box->row),
                        ==,
                        i);
      if (i == 0)
        continue;
      parent = &boxes[box->parent];
      g_assert_cmpuint (box->row, ==, parent->row + 1);
      g_assert_cmpfloat (box->x, >=, parent->x - EPSILON);
      g_assert_cmpfloat (box->x + box->width,
                         <=,
                         parent->x + parent->width + EPSILON);
      if (boxes[i - 1].row == box->row)
        g_assert_cmpfloat (boxes[i - 1].x + boxes[i - 1].width,
                           <=,
                           box->x + EPSILON);
      else
        g_assert_cmpuint (boxes[i - 1].row + 1, ==, box->row);
    }
}

static void
check_widths (const ProfFlameLayout *layout)
{
  ProfTree       *tree = prof_flame_layout_tree (layout);
  const ProfNode *nodes = prof_tree_nodes (tree);
  double          px = prof_flame_layout_params (layout)->width_px /
              (double)prof_tree_weight (tree, 0);
  size_t             n;
  const ProfBox     *boxes = prof_flame_layout_boxes (layout, &n);
  g_autofree double *children = g_new0 (double, n);
  size_t             n_shown = 0;

  for (size_t i = n - 1; i > 0; i--)
    children[boxes[i].parent] += boxes[i].width;
  for (uint32_t i = 0; i < n; i++)
    {
      n_shown += 1;
      if (prof_box_is_strip (&boxes[i]))
        n_shown += boxes[i].end - boxes[i].node - 1;
      else
        g_assert_cmpfloat_with_epsilon (children[i] +
                                            (double)nodes[boxes[i].node].self *
                                                px,
                                        boxes[i].width,
                                        EPSILON);
    }
  g_assert_cmpuint (n_shown,
                    ==,
                    prof_tree_n_nodes (prof_flame_layout_tree (layout)));
}

static void
check_find (const ProfFlameLayout *layout)
{
  const ProfNode *nodes = prof_tree_nodes (prof_flame_layout_tree (layout));
  size_t          n;
  const ProfBox  *boxes = prof_flame_layout_boxes (layout, &n);

  for (uint32_t i = 0; i < n; i++)
    {
      int64_t value = 0;

      if (!prof_box_is_strip (&boxes[i]))
        {
          g_assert_cmpuint (prof_flame_layout_find (layout, boxes[i].node),
                            ==,
                            i);
          continue;
        }
      for (ProfNodeId node = boxes[i].node; node < boxes[i].end; node++)
        g_assert_cmpuint (prof_flame_layout_find (layout, node), ==, i);
      for (ProfNodeId node = boxes[i].node; node < boxes[i].end;
           node += nodes[node].size)
        value += nodes[node].total;
      g_assert_cmpint (prof_flame_layout_value (layout, i), ==, value);
    }
}

static ProfTree *
random_tree (int64_t least, ProfTreeFlags flags)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (int line = 0; line < 60; line++)
    {
      int depth = g_test_rand_int_range (1, 12);

      for (int d = 0; d < depth; d++)
        g_string_append_printf (text,
                                "%sf%d",
                                d > 0 ? ";" : "",
                                g_test_rand_int_range (0, 4 + d));
      g_string_append_printf (text,
                              " %d\n",
                              g_test_rand_int_range ((int)least, 1000));
    }
  return test_tree_with (text->str, flags);
}

static void
test_laws (void)
{
  for (int round = 0; round < 200; round++)
    {
      g_autoptr (ProfTree)        tree = random_tree (1,
                                               round % 2 == 0
                                                          ? PROF_TREE_PLAIN
                                                          : PROF_TREE_BY_NAME);
      g_autoptr (ProfFlameLayout) all = NULL;
      g_autoptr (ProfFlameLayout) part = NULL;
      double                      weight = (double)prof_tree_weight (tree, 0);
      double                      start = g_test_rand_double_range (0, weight);
      double                      width = g_test_rand_double_range (1, 3000);

      all = lay_out (tree, width, 0, weight);
      check_places (all);
      check_widths (all);
      check_find (all);
      part = lay_out (tree,
                      width,
                      start,
                      g_test_rand_double_range (start, weight));
      check_places (part);
      check_find (part);
    }
}

/* a: 1, b: 1, c: 97, d: 1 of 100 px; what is below 2 px merges. */
static void
test_runs_by_name (void)
{
  g_autoptr (ProfTree)        tree = test_tree_with ("d 1\nb 1\na 1\nc 97\n",
                                              PROF_TREE_BY_NAME);
  g_autoptr (ProfFlameLayout) layout = lay_out (tree, 100, 0, 0);
  size_t                      n;
  const ProfBox              *boxes = prof_flame_layout_boxes (layout, &n);

  g_assert_cmpuint (n, ==, 4);
  g_assert_true (prof_box_is_strip (&boxes[1]));
  g_assert_cmpuint (prof_flame_layout_n_hidden (layout, 1), ==, 2);
  g_assert_cmpfloat_with_epsilon (boxes[1].width, 2, EPSILON);
  g_assert_false (prof_box_is_strip (&boxes[2]));
  g_assert_true (prof_box_is_strip (&boxes[3]));
  g_assert_cmpuint (prof_flame_layout_n_hidden (layout, 3), ==, 1);
  g_assert_cmpfloat_with_epsilon (boxes[3].x, 99, EPSILON);
}

static void
test_laws_below_zero (void)
{
  for (int round = 0; round < 200; round++)
    {
      g_autoptr (ProfTree)        tree = random_tree (-900,
                                               round % 2 == 0
                                                          ? PROF_TREE_PLAIN
                                                          : PROF_TREE_BY_NAME);
      g_autoptr (ProfFlameLayout) layout = lay_out (tree, 700, 0, 0);

      check_places (layout);
      check_find (layout);
    }
}

static void
test_ancestors (void)
{
  g_autoptr (ProfTree) tree = test_tree (server, 0);
  const ProfNode      *nodes = prof_tree_nodes (tree);

  for (ProfNodeId id = 0; id < prof_tree_n_nodes (tree); id++)
    {
      g_autoptr (ProfFlameLayout) layout = lay_out_node (tree, 800, id);
      const ProfBox *boxes = prof_flame_layout_boxes (layout, NULL);

      for (ProfNodeId up = id; up != PROF_ID_NONE; up = nodes[up].parent)
        {
          uint32_t box = prof_flame_layout_find (layout, up);

          g_assert_cmpuint (box, !=, PROF_ID_NONE);
          g_assert_cmpuint (boxes[box].row, ==, prof_tree_depth (tree, up));
          g_assert_cmpfloat_with_epsilon (boxes[box].x, 0, EPSILON);
          g_assert_cmpfloat_with_epsilon (boxes[box].width, 800, EPSILON);
        }
    }
}

/* --- Edges --- */

static void
test_nothing (void)
{
  g_autoptr (ProfTree)        tree = test_tree ("#types cpu/nanoseconds\n", 0);
  g_autoptr (ProfFlameLayout) layout = lay_out (tree, 100, 0, 0);
  size_t                      n;
  const ProfBox              *boxes = prof_flame_layout_boxes (layout, &n);

  g_assert_cmpuint (n, ==, 1);
  g_assert_cmpfloat (boxes->width, ==, 100);
  g_assert_cmpuint (prof_flame_layout_n_rows (layout), ==, 1);
  g_assert_cmpuint (prof_flame_layout_hit (layout, 50, 0), ==, 0);
  g_assert_cmpuint (prof_flame_layout_hit (layout, 100, 0), ==, PROF_ID_NONE);
  g_assert_cmpuint (prof_flame_layout_hit (layout, -1, 0), ==, PROF_ID_NONE);
  g_assert_cmpuint (prof_flame_layout_hit (layout, 50, 1), ==, PROF_ID_NONE);
}

static void
test_outside (void)
{
  g_autoptr (ProfTree)        tree = test_tree (server, 0);
  g_autoptr (ProfFlameLayout) layout = lay_out_node (tree,
                                                     150,
                                                     test_node (tree, "gc"));

  g_assert_cmpuint (prof_flame_layout_find (layout, test_node (tree, "serve")),
                    ==,
                    PROF_ID_NONE);
}

static void
test_extent (void)
{
  g_autoptr (ProfTree)        tree = test_tree (server, 0);
  ProfNodeId                  gc = test_node (tree, "gc");
  g_autoptr (ProfFlameLayout) layout = lay_out (tree, 150, 70, 75);
  double                      start;
  double                      end;

  prof_flame_layout_extent (layout,
                            prof_flame_layout_find (layout, gc),
                            &start,
                            &end);
  g_assert_cmpfloat (start, ==, (double)prof_tree_start (tree, gc));
  g_assert_cmpfloat (end, ==, start + 33);
}

static void
test_bad_params (void)
{
  g_autoptr (ProfTree)        tree = test_tree (server, 0);
  g_autoptr (ProfFlameLayout) backwards = lay_out (tree, 150, 50, 20);
  g_autoptr (ProfFlameLayout) not_numbers = lay_out (tree, NAN, NAN, NAN);

  g_assert_cmpfloat (prof_flame_layout_params (backwards)->start, ==, 0);
  g_assert_cmpfloat (prof_flame_layout_params (backwards)->end, ==, 100);
  check_places (not_numbers);
}

/* One stack of @depth frames, the names in turn. */
static ProfTree *
deep_tree (int depth)
{
  g_autoptr (GString) text = g_string_new ("f0");

  for (int d = 1; d < depth; d++)
    g_string_append_printf (text, ";f%d", d % 7);
  g_string_append (text, " 5\n");
  return test_tree (text->str, 0);
}

static void
test_deep (void)
{
  enum
  {
    DEPTH = 200000
  };
  g_autoptr (ProfTree)        tree = deep_tree (DEPTH);
  g_autoptr (ProfFlameLayout) layout = lay_out (tree, 1000, 0, 0);

  g_assert_cmpuint (prof_flame_layout_n_rows (layout), ==, DEPTH + 1);
  g_assert_cmpuint (prof_flame_layout_find (layout, DEPTH), ==, DEPTH);
}

static void
test_wide (void)
{
  enum
  {
    WIDTH = 100000
  };
  g_autoptr (GString)         text = g_string_new ("big 1000000\n");
  g_autoptr (ProfTree)        tree = NULL;
  g_autoptr (ProfFlameLayout) layout = NULL;
  size_t                      n;

  for (int i = 0; i < WIDTH; i++)
    g_string_append_printf (text, "f%d 1\n", i);
  tree = test_tree (text->str, 0);
  layout = lay_out (tree, 1000, 0, 0);
  prof_flame_layout_boxes (layout, &n);
  g_assert_cmpuint (n, ==, 3);
  g_assert_cmpuint (prof_flame_layout_n_hidden (layout, 2), ==, WIDTH);
  g_assert_cmpint (prof_flame_layout_value (layout, 2), ==, WIDTH);
}

/* Two neighbours of one unit each, far along a line of 2^62. */
static void
test_precise (void)
{
  g_autoptr (ProfTree)        tree = test_tree ("a 4611686018427387904\n"
                                                "b;c 1\n"
                                                "b;d 1\n",
                                         0);
  ProfNodeId                  b = test_node (tree, "b");
  g_autoptr (ProfFlameLayout) layout = lay_out_node (tree, 100, b);

  g_assert_cmpuint (prof_tree_start (tree, b),
                    ==,
                    UINT64_C (4611686018427387904));
  /* A double cannot tell the two ends apart: all is shown, nothing breaks. */
  check_places (layout);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/flame-layout/everything-fills-the-width", test_everything);
  g_test_add_func ("/flame-layout/a-zoomed-frame-fills-the-width", test_zoomed);
  g_test_add_func ("/flame-layout/a-view-may-cut-frames", test_half_a_frame);
  g_test_add_func ("/flame-layout/boxes-keep-their-laws", test_laws);
  g_test_add_func ("/flame-layout/by-name-each-narrow-run-is-a-strip",
                   test_runs_by_name);
  g_test_add_func ("/flame-layout/negative-values-keep-the-laws",
                   test_laws_below_zero);
  g_test_add_func ("/flame-layout/zooming-keeps-the-ancestors-rows",
                   test_ancestors);
  g_test_add_func ("/flame-layout/nothing-is-one-box", test_nothing);
  g_test_add_func ("/flame-layout/nodes-outside-the-view-have-no-box",
                   test_outside);
  g_test_add_func ("/flame-layout/extents-are-not-cut", test_extent);
  g_test_add_func ("/flame-layout/an-impossible-view-shows-everything",
                   test_bad_params);
  g_test_add_func ("/flame-layout/deep-stacks-are-laid-out", test_deep);
  g_test_add_func ("/flame-layout/a-thousand-narrow-siblings-are-one-strip",
                   test_wide);
  g_test_add_func ("/flame-layout/huge-values-break-nothing", test_precise);
  return g_test_run ();
}
