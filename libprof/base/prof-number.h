/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/* Numbers that people write and read back, whatever the locale. */

#include "base/prof-error.h"
#include <stdint.h>

G_BEGIN_DECLS

/**
 * prof_number_parse:
 * @text: "0.005", "-1e-3", "0x10"; nothing around it
 * @number: (out): never infinite, never -0
 *
 * Returns: %false with @error set to %PROF_ERROR_UNSUPPORTED when @text is no
 *   number or one out of range
 */
bool prof_number_parse (const char *text, double *number, GError **error);

/**
 * prof_number_parse_whole:
 * @text: decimal digits, perhaps with a sign
 *
 * Returns: as prof_number_parse()
 */
bool prof_number_parse_whole (const char *text,
                              int64_t    *number,
                              GError    **error);

/**
 * prof_number_to_text:
 *
 * Returns: (transfer full): the shortest text that is read back as the same
 *   number
 */
char *prof_number_to_text (double number);

G_END_DECLS
