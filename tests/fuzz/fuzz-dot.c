/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "fuzz.h"

#include "formats/prof-format.h"
#include "layout/prof-graph-layout.h"
#include <math.h>
#include <string.h>

/* Two functions of their own, a call between them, and one to itself. */
static const char stacks[] = "main;f 3\n"
                             "main;f;f 1\n";

static double
measure (void *data, double size_px, bool bold, const char *text)
{
  return (double)strlen (text) * size_px;
}

static ProfGraphScene *
new_scene (void)
{
  g_autoptr (GError)      error = NULL;
  g_autoptr (ProfProfile) profile = NULL;
  g_autoptr (ProfFrames)  frames = NULL;
  g_autoptr (ProfGraph)   graph = NULL;
  ProfGraphParams         params = PROF_GRAPH_PARAMS_INIT;
  ProfGraphSceneParams    scene = { .measure = measure,
                                    .total = 4,
                                    .unit = "count" };

  profile = prof_format_load_bytes (stacks, strlen (stacks), NULL, &error);
  g_assert_no_error (error);
  frames = prof_frames_new (profile, 0);
  params.visual = true;
  graph = prof_graph_new (frames, 0, &params);
  return prof_graph_scene_new (graph, &scene);
}

static void
check_point (ProfGraphPoint point)
{
  g_assert_true (isfinite (point.x) && isfinite (point.y));
}

/* Everything has a place, however far away. */
static void
check_layout (const ProfGraphLayout *layout)
{
  ProfGraphScene *scene = prof_graph_layout_scene (layout);
  size_t          n_boxes;
  size_t          n_arrows;

  g_assert_true (isfinite (prof_graph_layout_width (layout)));
  g_assert_true (isfinite (prof_graph_layout_height (layout)));
  prof_graph_scene_boxes (scene, &n_boxes);
  prof_graph_scene_arrows (scene, &n_arrows);
  for (uint32_t b = 0; b < n_boxes; b++)
    check_point (prof_graph_layout_box (layout, b));
  for (uint32_t a = 0; a < n_arrows; a++)
    {
      size_t                n;
      const ProfGraphPoint *curve = prof_graph_layout_curve (layout, a, &n);

      g_assert_cmpuint (n % 3, ==, 1);
      for (size_t i = 0; i < n; i++)
        check_point (curve[i]);
      check_point (prof_graph_layout_tip (layout, a));
      check_point (prof_graph_layout_arrow_text (layout, a));
    }
  prof_graph_layout_hit (layout, 10, 10);
  prof_graph_layout_hit_arrow (layout, 10, 10, 5);
}

/* What Graphviz, or what is called so, has answered. */
int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  static ProfGraphScene      *scene;
  g_autoptr (GBytes)          answer = g_bytes_new (data, size);
  g_autoptr (GError)          error = NULL;
  g_autoptr (ProfGraphLayout) layout = NULL;

  if (scene == NULL)
    scene = new_scene ();
  layout = prof_graph_layout_read (scene, answer, &error);
  g_assert_true ((layout == NULL) == (error != NULL));
  if (layout != NULL)
    check_layout (layout);
  return 0;
}
