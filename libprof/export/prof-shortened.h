/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "paint/prof-text-cache.h"

G_BEGIN_DECLS

/**
 * prof_shortened:
 * @text: valid UTF-8
 *
 * Returns: (transfer full): the text, or as much of its start as fits in
 *   @width px and "…"
 */
char *prof_shortened (ProfTextCache  *cache,
                      const ProfFont *font,
                      const char     *text,
                      double          width);

G_END_DECLS
