/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/* Scenes of tiny profiles whose letters are all equally wide, so that sizes are
 * the same on every machine. */

#include "layout/prof-graph-layout.h"
#include "test-util.h"

G_BEGIN_DECLS

/* (transfer full): of the first sample type of a text for test_profile(). */
ProfGraphScene *graph_scene (const char *text);

/* (transfer full): of one function alone. */
ProfGraphScene *graph_scene_near (ProfGraph *graph, ProfFrameId frame);

/* A profile with all that a scene can show: calls that were left out, inlined
 * ones and those in circles, labels, names of several lines. */
extern const char *const graph_everything;

G_END_DECLS
