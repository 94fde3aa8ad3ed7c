/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* usage: draw PROFILE [WIDTH HEIGHT]
 *
 * How long the window's picture of a profile takes without a window: laid out and
 * drawn on an image in memory, at rest and in each step of a zoom into the
 * deepest stack; and how long it takes to find what is under the pointer. */

#include "bench-time.h"
#include "prof.h"
#include <stdio.h>
#include <stdlib.h>

#define ZOOM_STEPS 60 /* a second of them */
#define REST_RUNS  25
#define HITS       1000000

typedef struct
{
  ProfTree        *tree;
  ProfPalette     *palette;
  ProfTextCache   *cache;
  cairo_surface_t *surface;
  double           width;
  double           height;
} Bench;

typedef struct
{
  double layout_ms;
  double paint_ms;
  size_t n_boxes;
} Frame;

/* Of the processor: others may be at work. */
static double
now_ms (void)
{
  return bench_ms (CLOCK_THREAD_CPUTIME_ID);
}

static void
paint (const Bench *self, ProfFlameLayout *layout)
{
  ProfFlameView view = {
    .layout = layout,
    .palette = self->palette,
    .metrics = PROF_FLAME_METRICS_INIT,
    .height_px = self->height,
  };
  const ProfRect clip = { 0, 0, self->width, self->height };
  cairo_t       *cr = cairo_create (self->surface);
  ProfPainter   *painter = prof_painter_cairo_new (cr, self->cache);

  prof_flame_paint (&view, painter, &clip);
  prof_painter_cairo_free (painter);
  cairo_destroy (cr);
  cairo_surface_flush (self->surface);
}

static Frame
draw (const Bench *self, double start, double end)
{
  const ProfFlameParams       params = { self->width, 1, start, end };
  double                      began = now_ms ();
  g_autoptr (ProfFlameLayout) layout = prof_flame_layout_new (self->tree,
                                                              &params);
  double                      laid = now_ms ();
  Frame                       frame = { .layout_ms = laid - began };

  paint (self, layout);
  frame.paint_ms = now_ms () - laid;
  prof_flame_layout_boxes (layout, &frame.n_boxes);
  return frame;
}

static void
report (const char *name, const Frame *frames, size_t n)
{
  g_autofree double *all = g_new (double, n);
  double             layout = 0;
  size_t             boxes = 0;

  for (size_t i = 0; i < n; i++)
    {
      all[i] = frames[i].layout_ms + frames[i].paint_ms;
      layout = MAX (layout, frames[i].layout_ms);
      boxes = MAX (boxes, frames[i].n_boxes);
    }
  qsort (all, n, sizeof *all, bench_compare);
  printf ("%-12s %10.2f %10.2f %12.3f %10zu\n",
          name,
          all[n / 2],
          all[n - 1],
          layout,
          boxes);
}

static void
draw_at_rest (const Bench *self, double end)
{
  Frame frames[REST_RUNS];
  Frame first = draw (self, 0, end);

  report ("first", &first, 1);
  for (size_t i = 0; i < REST_RUNS; i++)
    frames[i] = draw (self, 0, end);
  report ("again", frames, REST_RUNS);
}

/* Where the deepest stack is on the root's line. */
static double
deepest (const ProfTree *tree)
{
  const ProfNode      *nodes = prof_tree_nodes (tree);
  size_t               n = prof_tree_n_nodes (tree);
  g_autofree uint32_t *depths = g_new0 (uint32_t, n);
  size_t               found = 0;

  for (size_t i = 1; i < n; i++)
    {
      depths[i] = depths[nodes[i].parent] + 1;
      if (depths[i] > depths[found])
        found = i;
    }
  return (double)prof_tree_start (tree, (ProfNodeId)found) +
         (double)prof_tree_weight (tree, (ProfNodeId)found) / 2;
}

static void
zoom_in (const Bench *self, double end)
{
  Frame  frames[ZOOM_STEPS];
  double center = deepest (self->tree);
  double range = end;

  for (size_t i = 0; i < ZOOM_STEPS; i++)
    {
      double start = CLAMP (center - range / 2, 0, end - range);

      frames[i] = draw (self, start, start + range);
      range *= 0.85;
    }
  report ("zoom", frames, ZOOM_STEPS);
}

static void
hit (const Bench *self, double end)
{
  const ProfFlameParams       params = { self->width, 1, 0, end };
  g_autoptr (ProfFlameLayout) layout = prof_flame_layout_new (self->tree,
                                                              &params);
  g_autoptr (GRand)           random = g_rand_new_with_seed (1);
  int32_t  n_rows = (int32_t)prof_flame_layout_n_rows (layout);
  uint64_t found = 0;
  double   began = now_ms ();

  for (size_t i = 0; i < HITS; i++)
    found += prof_flame_layout_hit (layout,
                                    g_rand_double_range (random,
                                                         0,
                                                         self->width),
                                    (uint32_t)g_rand_int_range (random,
                                                                0,
                                                                n_rows)) !=
             PROF_ID_NONE;
  printf ("hit test: %.3f µs, of %d %.0f %% on a frame\n",
          (now_ms () - began) * 1e3 / HITS,
          HITS,
          100. * (double)found / HITS);
}

static ProfTree *
load (const char *path, GError **error)
{
  g_autoptr (ProfProfile) profile = prof_format_load (path, NULL, NULL, error);
  g_autoptr (ProfFrames)  frames = NULL;
  size_t                  type;

  if (profile == NULL)
    return NULL;
  type = prof_profile_default_type (profile);
  frames = prof_frames_new (profile, type);
  return prof_tree_new (frames, type, NULL, error);
}

static void
run (Bench *self)
{
  double end = (double)prof_tree_weight (self->tree, 0);

  self->palette = prof_palette_new (prof_tree_frames (self->tree),
                                    PROF_THEME_LIGHT);
  self->cache = prof_text_cache_new (NULL, NULL);
  self->surface = cairo_image_surface_create (CAIRO_FORMAT_RGB24,
                                              (int)self->width,
                                              (int)self->height);
  printf ("%zu nodes on %.0f × %.0f px; CPU time\n",
          prof_tree_n_nodes (self->tree),
          self->width,
          self->height);
  printf ("%-12s %10s %10s %12s %10s\n",
          "",
          "median ms",
          "worst ms",
          "worst layout",
          "boxes");
  draw_at_rest (self, end);
  zoom_in (self, end);
  hit (self, end);
  cairo_surface_destroy (self->surface);
  prof_text_cache_free (self->cache);
  prof_palette_unref (self->palette);
}

int
main (int argc, char **argv)
{
  g_autoptr (GError)   error = NULL;
  g_autoptr (ProfTree) tree = NULL;
  Bench                self = {
                   .width = argc > 3 ? g_ascii_strtod (argv[2], NULL) : 1920,
                   .height = argc > 3 ? g_ascii_strtod (argv[3], NULL) : 1080,
  };

  if (argc < 2 || !(self.width >= 1 && self.height >= 1))
    {
      fprintf (stderr, "usage: draw PROFILE [WIDTH HEIGHT]\n");
      return 2;
    }
  tree = load (argv[1], &error);
  if (tree == NULL)
    {
      fprintf (stderr, "draw: %s: %s\n", argv[1], error->message);
      return 1;
    }
  self.tree = tree;
  run (&self);
  return 0;
}
