/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/* A layout while it is read: for the files that make it. */

#include "base/prof-vec.h"
#include "layout/prof-graph-layout.h"

G_BEGIN_DECLS

PROF_VEC_DEFINE (ProfVecGraphPoint, prof_vec_graph_point, ProfGraphPoint)

typedef struct
{
  bool           is_placed;
  bool           has_text;
  size_t         first_point;
  size_t         n_points;
  ProfGraphPoint tip;
  ProfGraphPoint text; /* its middle */
} ProfGraphWay;

struct _ProfGraphLayout
{
  gatomicrefcount ref_count;

  /* Owned */
  ProfGraphPoint   *corners;   /* of each box */
  bool             *is_placed; /* of each box */
  ProfGraphWay     *ways;      /* of each arrow */
  ProfVecGraphPoint points;

  /* Shared, a reference */
  ProfGraphScene *scene;

  double width_px;
  double height_px;
};

/* (transfer full): without any place. */
ProfGraphLayout *prof_graph_layout_begin (ProfGraphScene *scene);

/* Fills it from what Graphviz has written; its y goes upwards. */
bool prof_graph_layout_fill (ProfGraphLayout *self,
                             const uint8_t   *bytes,
                             size_t           length,
                             GError         **error);

G_END_DECLS
