/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/* Colours: of packages, of everything else that is drawn, and of text that
 * stays readable on them. Warm is the program's own code, cool its libraries,
 * grey the runtime. */

#include "analysis/prof-tree.h"
#include "paint/prof-painter.h"
#include "paint/prof-scheme.h"

G_BEGIN_DECLS

typedef enum
{
  PROF_THEME_LIGHT,
  PROF_THEME_DARK,
} ProfTheme;

typedef struct
{
  ProfColor canvas, label, root_bar, strip_ground, strip_line;
  ProfColor hit, hit_label, hit_edge, hit_lane;
  ProfColor ring; /* selection */
  ProfColor runtime, unsymbolized;
  ProfColor dim_text;   /* captions of exported pictures */
  double    muted;      /* share of label ink in a muted label */
  double    nested_hit; /* share of hit colour in a match under a match */

  /* From much less than before to much more; the middle one is no change. */
  ProfColor change[2 * PROF_CHANGE_MAX_STEP + 1];
  double    new_line; /* share of the canvas in the hatching of what is new */
  ProfColor heat[PROF_SCHEME_N_HEATS];
} ProfTokens;

const ProfTokens *prof_palette_tokens (ProfTheme theme);

typedef struct _ProfPalette ProfPalette;

/**
 * prof_palette_new:
 * @frames: a reference is kept
 *
 * Gives each package its colour; the same packages always get the same.
 *
 * Returns: (transfer full): the palette
 */
ProfPalette *prof_palette_new (ProfFrames *frames, ProfTheme theme);

/* The same, coloured another way; @coloring is copied. */
ProfPalette *prof_palette_new_with (ProfFrames         *frames,
                                    ProfTheme           theme,
                                    const ProfColoring *coloring);

ProfPalette *prof_palette_ref (ProfPalette *self);
void         prof_palette_unref (ProfPalette *self);

ProfTheme           prof_palette_theme (const ProfPalette *self);
const ProfColoring *prof_palette_coloring (const ProfPalette *self);

ProfColor prof_palette_package (const ProfPalette *self, uint32_t package);
ProfColor prof_palette_frame (const ProfPalette *self, ProfFrameId frame);

/**
 * prof_palette_node:
 * @tree: of the palette's frames
 * @depth: of the node; 0 is the root
 *
 * The colour of a node, which with some schemes is not that of all of its
 * function's nodes. Where nothing is compared nothing has changed.
 */
ProfColor prof_palette_node (const ProfPalette *self,
                             const ProfTree    *tree,
                             ProfNodeId         node,
                             uint32_t           depth);

/* share of a and 1 - share of b, in sRGB. */
ProfColor prof_color_mix (ProfColor a, ProfColor b, double share);

/* WCAG contrast ratio, 1 to 21. */
double prof_color_contrast (ProfColor a, ProfColor b);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ProfPalette, prof_palette_unref)

G_END_DECLS
