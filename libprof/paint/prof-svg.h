/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/* The painter that writes SVG: one self-contained text that any browser and
 * librsvg shows, with a script where asked for. Each group becomes a <g> with its class and,
 * as <title>, its description, which browsers show as a tooltip. Text stays
 * text; textLength keeps it inside its box where the font is another one. The
 * same drawing gives the same bytes in any locale. */

#include "paint/prof-painter.h"
#include "paint/prof-palette.h"
#include "paint/prof-text-cache.h"

G_BEGIN_DECLS

typedef struct
{
  double      width_px;
  double      height_px;
  const char *title; /* (nullable): of the document */
  const char *notes; /* (nullable): its description, shown nowhere */

  /* (nullable): the colours of what answers clicks and searches; %NULL: a
   * picture without script */
  const ProfTokens *interactive;
  bool              flame;   /* the root is at the bottom */
  double            font_px; /* of labels; for the two above only */

  size_t max_bytes; /* of the document; 0: PROF_MAX_SVG */
} ProfSvgParams;

/**
 * prof_svg_new:
 * @cache: measures text and names the font; outlives the painter
 *
 * The script of an interactive picture is the same for every profile, fetches
 * nothing, and takes names from titles as text. Where scripts do not run, in an
 * <img> or a viewer of pictures, what is seen is the same without it.
 *
 * Returns: (transfer full): a painter for prof_svg_finish()
 */
ProfPainter *prof_svg_new (const ProfSvgParams *params, ProfTextCache *cache);

/**
 * prof_svg_finish:
 * @painter: (transfer full): from prof_svg_new()
 *
 * Returns: (transfer full): the document, UTF-8; %NULL when it would have more
 *   bytes than allowed. What is drawn past that is not kept
 */
char *prof_svg_finish (ProfPainter *painter);

G_END_DECLS
