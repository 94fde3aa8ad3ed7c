/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/* What a drawing of a call graph consists of, before anything has its place:
 * boxes with lines of text, as large as these make them, and arrows between them
 * with theirs. Letters grow with what was measured in a function itself.
 *
 *   net/http
 *   (*conn).serve
 *   0.30 s (2.4 %)
 *   of 5.60 s (57 %)
 *
 * Never changes once made. All texts are valid UTF-8. */

#include "analysis/prof-graph.h"
#include "base/prof-types.h"

G_BEGIN_DECLS

typedef struct _ProfGraphScene ProfGraphScene;

/* Letters of boxes: of what measured nothing itself, what the heaviest has more,
 * and the smallest of all, in px. */
#define PROF_GRAPH_FONT        11
#define PROF_GRAPH_FONT_GROWTH 13
#define PROF_GRAPH_FONT_LEAST  10

typedef struct
{
  /* Width of one line of text in px. */
  double (*measure) (void *data, double size_px, bool bold, const char *text);
  void *data; /* lent */

  int64_t     total;     /* what shares are of; its size counts */
  const char *unit;      /* of the values */
  const char *shown_in;  /* (nullable): the unit they are written in, as by
                          * prof_unit_label(); %NULL: each as people do */
  double      divide_by; /* as for prof_unit_divide(); 0 is 1 */

  /* Only one function with its heaviest callers and callees, and the calls
   * between it and them. */
  bool        is_near;
  ProfFrameId near;
} ProfGraphSceneParams;

/* Callers, and callees, of one function alone. */
#define PROF_GRAPH_MAX_NEAR 20

typedef enum
{
  PROF_GRAPH_TEXT_PACKAGE, /* muted */
  PROF_GRAPH_TEXT_NAME,    /* bold */
  PROF_GRAPH_TEXT_VALUE,
} ProfGraphTextKind;

typedef struct
{
  const char       *text;
  ProfGraphTextKind kind;
  double            size_px; /* of its letters */
  double            width_px;
  double            middle_px; /* of the line, below the top of what it is in */
} ProfGraphText;

typedef struct
{
  uint32_t node;     /* of the graph; of a label: at which it stands */
  bool     is_label; /* a box for a label of samples, not for a function */
  double   width_px; /* whole px */
  double   height_px;
  double   share; /* of the total, with its sign: cum, or what a label has */
  double   size;  /* flat, from 0 to 1 of the largest */
  size_t   first_text;
  size_t   n_texts;
} ProfGraphBox;

typedef struct
{
  uint32_t source; /* boxes */
  uint32_t target;
  uint32_t edge; /* of the graph; PROF_ID_NONE: to the box of a label */
  bool     inlined;
  bool     dashed; /* calls over what was left out; labels of more than what was
                    * measured in the function itself */
  double   share;  /* of the total, with its sign */
  double   width_px; /* of its text's lines together */
  double   height_px;
  size_t   first_text;
  size_t   n_texts;
} ProfGraphArrow;

/**
 * prof_graph_scene_new:
 * @graph: a reference is kept
 *
 * Shape: a box for each node that is shown, in the graph's order, then those for
 *   labels; arrows by falling weight, as the graph's edges, then those to labels.
 *
 * Returns: (transfer full): the scene; without a box for an empty graph
 */
ProfGraphScene *prof_graph_scene_new (ProfGraph                  *graph,
                                      const ProfGraphSceneParams *params);

ProfGraphScene *prof_graph_scene_ref (ProfGraphScene *self);
void            prof_graph_scene_unref (ProfGraphScene *self);

ProfGraph            *prof_graph_scene_graph (const ProfGraphScene *self);
const ProfGraphBox   *prof_graph_scene_boxes (const ProfGraphScene *self,
                                              size_t               *n);
const ProfGraphArrow *prof_graph_scene_arrows (const ProfGraphScene *self,
                                               size_t               *n);
const ProfGraphText  *prof_graph_scene_texts (const ProfGraphScene *self,
                                              size_t                first);

/* (transfer full): a value as the boxes write it. */
char *prof_graph_scene_value (const ProfGraphScene *self, int64_t value);

/* (transfer full): "1.20 s (9.8 %)" */
char *prof_graph_scene_value_and_share (const ProfGraphScene *self,
                                        int64_t               value);

/* (transfer full): all of what a box, or an arrow, stands for, in words:
 * "main.f: 0.30 s (2.4 %), in all 5.60 s (57 %)". */
char *prof_graph_scene_describe (const ProfGraphScene *self, uint32_t box);
char *prof_graph_scene_describe_arrow (const ProfGraphScene *self,
                                       uint32_t              arrow);

/* Boxes of functions: those with a lower number. */
size_t prof_graph_scene_n_nodes (const ProfGraphScene *self);

/* The box of a function, or PROF_ID_NONE. */
uint32_t prof_graph_scene_find (const ProfGraphScene *self, ProfFrameId frame);

/* The function of a box, or at which its label stands. */
ProfFrameId prof_graph_scene_frame (const ProfGraphScene *self, uint32_t box);

/* The box with the largest flat; PROF_ID_NONE in an empty scene. */
uint32_t prof_graph_scene_hottest (const ProfGraphScene *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ProfGraphScene, prof_graph_scene_unref)

G_END_DECLS
