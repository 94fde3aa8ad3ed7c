/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/* Where text can be cut so that what people take for one character stays whole:
 * a letter with its accents, a syllable, a flag, a family of emoji. */

#include <glib.h>
#include <stddef.h>

G_BEGIN_DECLS

/**
 * prof_grapheme_floor:
 * @text: valid UTF-8
 * @n_chars: code points
 *
 * Source: Unicode's UAX #29, extended grapheme clusters. Where that would need
 *   tables that GLib does not have, more is kept together.
 *
 * Returns: the most code points, at most @n_chars and those of @text, that end
 *   with a whole character; 0 when already the first one has more
 */
size_t prof_grapheme_floor (const char *text, size_t n_chars);

G_END_DECLS
