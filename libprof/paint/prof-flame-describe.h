/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "layout/prof-flame-layout.h"

G_BEGIN_DECLS

/**
 * prof_flame_describe:
 *
 * Tells the facts of a box, for tooltips of pictures:
 * "encoding/json.Unmarshal\nself 0.30 s (2.4 %), total 1.20 s (9.8 %)\nfile".
 * Not translated.
 *
 * Returns: (transfer full): lines of valid UTF-8
 */
char *prof_flame_describe (const ProfFlameLayout *layout, uint32_t box);

G_END_DECLS
