/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/* The painter that writes SVG: one self-contained text that any browser and
 * librsvg shows, without scripts. Each group becomes a <g> with its class and,
 * as <title>, its description, which browsers show as a tooltip. Text stays
 * text; textLength keeps it inside its box where the font is another one. The
 * same drawing gives the same bytes in any locale. */

#include "paint/prof-painter.h"
#include "paint/prof-text-cache.h"

G_BEGIN_DECLS

/**
 * prof_svg_new:
 * @title: (nullable): of the document
 * @notes: (nullable): its description, shown nowhere in the picture
 * @cache: measures text and names the font; outlives the painter
 *
 * Returns: (transfer full): a painter for prof_svg_finish()
 */
ProfPainter *prof_svg_new (double         width_px,
                           double         height_px,
                           const char    *title,
                           const char    *notes,
                           ProfTextCache *cache);

/**
 * prof_svg_finish:
 * @painter: (transfer full): from prof_svg_new()
 *
 * Returns: (transfer full): the document, UTF-8
 */
char *prof_svg_finish (ProfPainter *painter);

G_END_DECLS
