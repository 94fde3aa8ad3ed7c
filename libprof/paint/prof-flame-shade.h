/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/* The colours of one box: what its package, the zoom and the search make of
 * it. */

#include "paint/prof-flame-view.h"

G_BEGIN_DECLS

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

/* The package's colour; for kinds that do not show it, always the same. */
ProfColor prof_flame_shade_base (const ProfFlameView *view,
                                 const ProfNode      *nodes,
                                 const ProfBox       *box,
                                 ProfFlameKind        kind);

ProfFlameShade prof_flame_shade_mix (const ProfTokens *tokens,
                                     ProfColor         base,
                                     ProfFlameKind     kind);

G_END_DECLS
