/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/* Where text can be cut so that what people take for one character stays whole:
 * a letter with its accents, a syllable, a flag, a family of emoji. */

#include <glib.h>
#include <stdbool.h>
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

/**
 * prof_grapheme_is_short:
 * @text: valid UTF-8
 *
 * Returns: whether prof_grapheme_cut() would leave all of it, as far as its bytes
 *   tell; what is longer may be short
 */
bool prof_grapheme_is_short (const char *text, size_t n_chars);

/**
 * prof_grapheme_cut:
 * @text: valid UTF-8
 * @n_chars: at least 1
 *
 * Returns: (transfer full): the text; of a longer one at most @n_chars code
 *   points and "…"
 */
char *prof_grapheme_cut (const char *text, size_t n_chars);

G_END_DECLS
