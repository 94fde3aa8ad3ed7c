/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "graph-util.h"

const char *const graph_everything =
    "#types cpu/nanoseconds\n"
    "main.main;net/http.(*conn).serve;main.work<main.inner 490000000\n"
    "main.main;main.work<main.inner;main.again;main.work 300000000\ts:kind=a\n"
    "main.main;main.work;shapes::Widget::paint_all_that_is_within "
    "200000000\ts:kind=b\tn:bytes=64/bytes\n"
    "main.main;tiny;runtime.gc 4000000\n"
    "runtime.gc 6000000\n";

/* 0.6 em a letter; bold ones are wider. */
static double
measure (void *data, double size_px, bool bold, const char *text)
{
  return (double)g_utf8_strlen (text, -1) * size_px * (bold ? 0.65 : 0.6);
}

ProfGraphScene *
graph_scene_near (ProfGraph *graph, ProfFrameId frame)
{
  ProfGraphSceneParams params = {
    .measure = measure,
    .unit = "count",
    .is_near = true,
    .near = frame,
  };

  return prof_graph_scene_new (graph, &params);
}

ProfGraphScene *
graph_scene (const char *text)
{
  g_autoptr (ProfProfile) profile = test_profile (text);
  g_autoptr (ProfFrames)  frames = prof_frames_new (profile, 0);
  g_autoptr (ProfGraph)   graph = NULL;
  ProfGraphParams         params = PROF_GRAPH_PARAMS_INIT;
  ProfGraphSceneParams    scene = {
       .measure = measure,
       .total = prof_profile_total (profile, 0),
       .unit = prof_profile_type_unit (profile, 0),
  };

  params.visual = true;
  params.order = PROF_GRAPH_BY_ENTROPY;
  graph = prof_graph_new (frames, 0, &params);
  return prof_graph_scene_new (graph, &scene);
}
