/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/* Names well-known files that are no profile, so that "not a profile" can say
 * what it is instead. */

#include <glib.h>
#include <stddef.h>
#include <stdint.h>

G_BEGIN_DECLS

/**
 * prof_foreign_name:
 * @bytes: the first bytes of a file; 512 are enough
 * @length: at least 1
 *
 * Returns: (transfer none) (nullable): "a PNG picture", or %NULL for bytes that
 *   are none of the known kinds. Never names what could be a profile
 */
const char *prof_foreign_name (const uint8_t *bytes, size_t length);

/**
 * prof_foreign_text:
 *
 * For text that is nothing better.
 *
 * Returns: (transfer none) (nullable): "text", "JSON", or %NULL for what is not
 *   text. Never names what could be pprof: a profile has control characters among
 *   its first bytes
 */
const char *prof_foreign_text (const uint8_t *bytes, size_t length);

G_END_DECLS
