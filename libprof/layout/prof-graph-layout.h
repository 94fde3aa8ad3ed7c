/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/* Where boxes and arrows of a call graph are: callers above what they call, as
 * few crossings as can be. Graphviz finds the places, as a process of its own:
 * it can take long, and has crashed before. It gets sizes and numbers, no names.
 *
 * px from the top left corner, y downwards. Never changes once made. */

#include "base/prof-progress.h"
#include "layout/prof-graph-scene.h"

G_BEGIN_DECLS

typedef struct _ProfGraphLayout ProfGraphLayout;

typedef struct
{
  double x;
  double y;
} ProfGraphPoint;

/* Time that Graphviz may take. */
#define PROF_GRAPH_LIMIT_MS 10000

/* Boxes of functions that are laid out at most: with 2 000 Graphviz takes
 * minutes, and who would look at them. */
#define PROF_GRAPH_MAX_NODES 1000

/**
 * prof_graph_layout_new:
 * @scene: a reference is kept
 * @limit_ms: that it may take; 0: PROF_GRAPH_LIMIT_MS
 * @progress: (nullable): can stop it
 *
 * Lays out a scene. An empty one needs no Graphviz.
 *
 * Returns: (transfer full): the layout; or %NULL with @error set:
 *   %G_IO_ERROR_NOT_FOUND where Graphviz is not installed, with a sentence that
 *   names the package, %G_IO_ERROR_TIMED_OUT, %G_IO_ERROR_CANCELLED,
 *   %PROF_ERROR_TOO_LARGE, %G_IO_ERROR_FAILED when Graphviz fails, or
 *   %PROF_ERROR_MALFORMED when its answer makes no sense
 */
ProfGraphLayout *prof_graph_layout_new (ProfGraphScene *scene,
                                        unsigned        limit_ms,
                                        ProfProgress   *progress,
                                        GError        **error);

ProfGraphLayout *prof_graph_layout_ref (ProfGraphLayout *self);
void             prof_graph_layout_unref (ProfGraphLayout *self);

/**
 * prof_graph_layout_question:
 *
 * Returns: (transfer full): the scene in the language of Graphviz: boxes as
 *   numbers, with their size in inches of 72 px, and calls with room for texts
 */
char *prof_graph_layout_question (ProfGraphScene *scene);

/**
 * prof_graph_layout_read:
 * @answer: what "dot -Tjson" or "dot -Tjson0" writes of the question
 *
 * Returns: (transfer full): the layout, or %NULL with @error set:
 *   %PROF_ERROR_MALFORMED or %PROF_ERROR_TRUNCATED
 */
ProfGraphLayout *prof_graph_layout_read (ProfGraphScene *scene,
                                         GBytes         *answer,
                                         GError        **error);

ProfGraphScene *prof_graph_layout_scene (const ProfGraphLayout *self);
double          prof_graph_layout_width (const ProfGraphLayout *self);
double          prof_graph_layout_height (const ProfGraphLayout *self);

/* The top left corner of a box. */
ProfGraphPoint prof_graph_layout_box (const ProfGraphLayout *self,
                                      uint32_t               box);

/**
 * prof_graph_layout_curve:
 * @n: (out): how many, one more than three for each piece of the curve
 *
 * Returns: (transfer none): the way of an arrow, as cubic Bézier curves: where
 *   it begins, then for each piece two points that pull and one where it goes
 */
const ProfGraphPoint *prof_graph_layout_curve (const ProfGraphLayout *self,
                                               uint32_t               arrow,
                                               size_t                *n);

/* Where an arrow's head ends; it begins where the curve ends. */
ProfGraphPoint prof_graph_layout_tip (const ProfGraphLayout *self,
                                      uint32_t               arrow);

/* The middle of an arrow's texts. */
ProfGraphPoint prof_graph_layout_arrow_text (const ProfGraphLayout *self,
                                             uint32_t               arrow);

/* The box at a point, or PROF_ID_NONE. */
uint32_t prof_graph_layout_hit (const ProfGraphLayout *self,
                                double                 x,
                                double                 y);

/* The nearest arrow at most @within px from a point, or PROF_ID_NONE. */
uint32_t prof_graph_layout_hit_arrow (const ProfGraphLayout *self,
                                      double                 x,
                                      double                 y,
                                      double                 within);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ProfGraphLayout, prof_graph_layout_unref)

G_END_DECLS
