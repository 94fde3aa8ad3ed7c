/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/* The colours of one box: what its package, the zoom and the search make of
 * it. */

#include "paint/prof-flame-view.h"

G_BEGIN_DECLS

/* What text has on a plain frame with high contrast, as WCAG AAA asks for. */
#define PROF_FLAME_CONTRAST 7.0

/* What a box is to the zoom and to the search. */
typedef enum
{
  PROF_FLAME_PLAIN,
  PROF_FLAME_OUTER_MATCH,
  PROF_FLAME_INNER_MATCH,
  PROF_FLAME_ANCESTOR, /* of the zoom root */
  PROF_FLAME_DIMMED,   /* does not match */
  PROF_FLAME_STRIP,
  PROF_FLAME_ROOT,
} ProfFlameKind;

typedef struct
{
  ProfColor     base; /* what the rest comes from, with the kind */
  ProfFlameKind kind;

  ProfColor fill;
  ProfColor line; /* between frames of the same package */
  ProfColor corner;
  ProfColor label;
  ProfColor prefix; /* and percentages */
} ProfFlameShade;

/* Whether a node is a caller of the zoom root. */
bool prof_flame_shade_is_ancestor (const ProfFlameView *view,
                                   const ProfNode      *nodes,
                                   ProfNodeId           node);

ProfFlameKind prof_flame_shade_kind (const ProfFlameView *view,
                                     const ProfNode      *nodes,
                                     const ProfBox       *box);

/* Whether a frame is shown as new, or as gone; its fill is that of its change,
 * and hatched or pale. A match or an ancestor of the zoom is shown as such. */
bool prof_flame_shade_is_new (const ProfFlameView *view,
                              const ProfBox       *box,
                              ProfFlameKind        kind);
bool prof_flame_shade_is_gone (const ProfFlameView *view,
                               const ProfBox       *box,
                               ProfFlameKind        kind);

/* The frame's colour; for kinds that do not show it, always the same. */
ProfColor prof_flame_shade_base (const ProfFlameView *view,
                                 const ProfBox       *box,
                                 ProfFlameKind        kind);

/* @even: packages in the ink of names, on fills that would make them unreadable
 * otherwise. */
ProfFlameShade prof_flame_shade_mix (const ProfTokens *tokens,
                                     ProfColor         base,
                                     ProfFlameKind     kind,
                                     bool              even);

/* What to give as @even. */
bool prof_flame_shade_is_even (const ProfFlameView *view);

G_END_DECLS
