/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "paint/prof-flame-shade.h"

/* Shares of ink or fill; the rest is what lies below. */
#define LINE_SHARE     0.45
#define CORNER_SHARE   0.25
#define ANCESTOR_FILL  0.5
#define ANCESTOR_LABEL 0.82
#define DIMMED_FILL    0.35
#define DIMMED_LABEL   0.74
#define PALE_PREFIX    0.92
#define GONE_FILL      0.28

/* With high contrast: of a fill in dark, so that text has 7:1 on it. */
#define CONTRAST_FILL 0.6

bool
prof_flame_shade_is_ancestor (const ProfFlameView *view,
                              const ProfNode      *nodes,
                              ProfNodeId           node)
{
  return node < view->zoom_root && view->zoom_root < node + nodes[node].size;
}

ProfFlameKind
prof_flame_shade_kind (const ProfFlameView *view,
                       const ProfNode      *nodes,
                       const ProfBox       *box)
{
  ProfMatch match = PROF_MATCH_NONE;

  if (prof_box_is_strip (box))
    return PROF_FLAME_STRIP;
  if (box->node == 0)
    return PROF_FLAME_ROOT;
  if (view->search != NULL)
    match = prof_search_node (view->search, box->node);
  if (match == PROF_MATCH_OUTER)
    return PROF_FLAME_OUTER_MATCH;
  if (match == PROF_MATCH_INNER)
    return PROF_FLAME_INNER_MATCH;
  if (prof_flame_shade_is_ancestor (view, nodes, box->node))
    return PROF_FLAME_ANCESTOR;
  if (view->search != NULL && box->node != view->zoom_root)
    return PROF_FLAME_DIMMED;
  return PROF_FLAME_PLAIN;
}

/* Of a plain box in a comparison that is coloured as such. */
static const ProfChange *
shown_change (const ProfFlameView *view, const ProfBox *box, ProfFlameKind kind)
{
  const ProfChange *changes = prof_tree_changes (
      prof_flame_layout_tree (view->layout));

  if (changes == NULL || kind != PROF_FLAME_PLAIN ||
      prof_palette_coloring (view->palette)->scheme != PROF_SCHEME_DIFF)
    return NULL;
  return &changes[box->node];
}

bool
prof_flame_shade_is_new (const ProfFlameView *view,
                         const ProfBox       *box,
                         ProfFlameKind        kind)
{
  const ProfChange *change = shown_change (view, box, kind);

  return change != NULL && prof_change_is_new (change);
}

bool
prof_flame_shade_is_gone (const ProfFlameView *view,
                          const ProfBox       *box,
                          ProfFlameKind        kind)
{
  const ProfChange *change = shown_change (view, box, kind);

  return change != NULL && prof_change_is_gone (change);
}

static ProfColor
with_contrast (const ProfFlameView *view, ProfColor color)
{
  ProfTheme         theme = prof_palette_theme (view->palette);
  const ProfTokens *tokens = prof_palette_tokens (theme);

  while (prof_color_contrast (tokens->label, color) < PROF_FLAME_CONTRAST)
    color = prof_color_mix (color, tokens->canvas, CONTRAST_FILL);
  return color;
}

ProfColor
prof_flame_shade_base (const ProfFlameView *view,
                       const ProfBox       *box,
                       ProfFlameKind        kind)
{
  ProfTree *tree = prof_flame_layout_tree (view->layout);
  ProfColor color;

  if (kind != PROF_FLAME_PLAIN && kind != PROF_FLAME_ANCESTOR &&
      kind != PROF_FLAME_DIMMED)
    return 0;
  color = prof_palette_node (view->palette, tree, box->node, box->row);
  if (view->contrast)
    color = with_contrast (view, color);
  if (prof_flame_shade_is_gone (view, box, kind))
    {
      ProfTheme theme = prof_palette_theme (view->palette);

      color = prof_color_mix (color,
                              prof_palette_tokens (theme)->canvas,
                              GONE_FILL);
    }
  return color;
}

bool
prof_flame_shade_is_even (const ProfFlameView *view)
{
  return view->contrast ||
         prof_scheme_is_by_node (prof_palette_coloring (view->palette));
}

static ProfColor
fill_of (const ProfTokens *tokens, ProfColor base, ProfFlameKind kind)
{
  switch (kind)
    {
    case PROF_FLAME_OUTER_MATCH:
      return tokens->hit;
    case PROF_FLAME_INNER_MATCH:
      return prof_color_mix (tokens->hit, tokens->canvas, tokens->nested_hit);
    case PROF_FLAME_ANCESTOR:
      return prof_color_mix (base, tokens->canvas, ANCESTOR_FILL);
    case PROF_FLAME_DIMMED:
      return prof_color_mix (base, tokens->canvas, DIMMED_FILL);
    case PROF_FLAME_STRIP:
      return tokens->strip_ground;
    case PROF_FLAME_ROOT:
      return tokens->root_bar;
    case PROF_FLAME_PLAIN:
    default:
      return base;
    }
}

ProfFlameShade
prof_flame_shade_mix (const ProfTokens *tokens,
                      ProfColor         base,
                      ProfFlameKind     kind,
                      bool              even)
{
  ProfFlameShade shades = { .base = base, .kind = kind };
  ProfColor      ink = tokens->label;
  double         label = 1;
  double         prefix = even ? 1 : tokens->muted;

  if (kind == PROF_FLAME_OUTER_MATCH)
    ink = tokens->hit_label;
  if (kind == PROF_FLAME_ANCESTOR)
    label = ANCESTOR_LABEL;
  if (kind == PROF_FLAME_DIMMED)
    label = DIMMED_LABEL;
  if (kind == PROF_FLAME_ANCESTOR || kind == PROF_FLAME_DIMMED)
    prefix = label * PALE_PREFIX;
  shades.fill = fill_of (tokens, base, kind);
  shades.line = prof_color_mix (shades.fill, tokens->canvas, LINE_SHARE);
  shades.corner = prof_color_mix (shades.fill, tokens->canvas, CORNER_SHARE);
  shades.label = prof_color_mix (ink, shades.fill, label);
  shades.prefix = prof_color_mix (ink, shades.fill, prefix);
  return shades;
}
