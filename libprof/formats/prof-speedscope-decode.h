/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/* Speedscope's own files: what it exports, py-spy, rbspy and others write, and
 * "prof convert -o x.speedscope.json".
 *
 * Memory: for each distinct stack some 40 bytes, and for each sample of a profile
 * whose weights come apart from its stacks, as is the rule, 4. */
#include "formats/prof-decoder.h"

G_BEGIN_DECLS

extern const ProfDecoder prof_speedscope_decoder;

G_END_DECLS
