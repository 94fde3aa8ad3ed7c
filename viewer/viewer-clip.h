/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/* Names for widgets: the toolkit lays a label that wraps out dozens of times, and one
 * of 15,000 characters held the window up for minutes. */

#include "prof.h"

G_BEGIN_DECLS

/* Code points of what a tip or a fact has room for; a panel's labels take
 * PROF_MAX_LABEL_CHARS. */
#define VIEWER_CLIP_TIP  PROF_MAX_TIP_CHARS
#define VIEWER_CLIP_FACT 1024

/**
 * viewer_clip:
 * @text: (nullable): valid UTF-8
 * @n_chars: code points, at least 1
 *
 * Returns: (transfer full) (nullable): the text, or its start and "…", together
 *   @n_chars at most; %NULL for %NULL
 */
char *viewer_clip (const char *text, size_t n_chars);

G_END_DECLS
