/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/* Text inside JSON that is written piece by piece. */

#include "base/prof-writer.h"

G_BEGIN_DECLS

/**
 * prof_json_string:
 * @text: valid UTF-8
 *
 * Writes @text in quotes; quotes, backslashes and control characters in it are
 * escaped, and nothing else is.
 *
 * Returns: %false when writing has failed, now or before
 */
bool prof_json_string (ProfWriter *writer, const char *text);

G_END_DECLS
