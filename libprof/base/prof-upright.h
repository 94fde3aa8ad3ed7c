/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/* Text of somebody else beside ours: characters that say which way text is to be
 * read would turn ours around with it, "photo_\u202egpj.exe". */

#include <glib.h>
#include <stdbool.h>

G_BEGIN_DECLS

/* Whether a character is a line separator, or a mark, an override, an embedding or an
 * isolate of the bidirectional algorithm. */
bool prof_upright_is_turning (gunichar character);

/**
 * prof_upright:
 * @text: any bytes
 * @length: of them; -1: as far as a NUL
 *
 * Returns: (transfer full): valid UTF-8 without such characters; each of them is
 *   U+FFFD, as what is no UTF-8
 */
char *prof_upright (const char *text, gssize length);

G_END_DECLS
