/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/* Profiles of the Firefox Profiler: as it saves them ("processed"), those of
 * Firefox, of samply and of others that write for it; and as the browser hands them
 * out ("Gecko profiles"), whose tables are rows. Grammar and oddities are in
 * docs/formats/firefox.md.
 *
 * Memory: tables of all threads until the file ends, some two bytes for each
 * number in them, fewer than it has as text. */

#include "formats/prof-decoder.h"

G_BEGIN_DECLS

extern const ProfDecoder prof_firefox_decoder;

G_END_DECLS
