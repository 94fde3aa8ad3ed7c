/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/* From the regular expressions of pprof's users to those of GRegex. They look
 * the same and mean different things: "$" may stand before a last line feed,
 * "\s", "\d", "\w" and "\b" are not only ASCII, "\v" is a class, "a++" does not
 * give back, "{,2}" depends on the version. So an expression is read as RE2 reads
 * it and written anew with constructs that have one meaning. */

#include "base/prof-error.h"

G_BEGIN_DECLS

/**
 * prof_pattern_syntax_translate:
 * @text: an expression in RE2's syntax, UTF-8
 * @caseless: whether it begins as if "(?i)" stood in front
 *
 * Beyond RE2, lookahead, lookbehind, back references "\1" to "\9" and
 * "(?<name>…)" are taken.
 *
 * Source: Go 1.19 regexp/syntax, with the flags of regexp.Compile().
 *
 * Returns: (transfer full): the expression for g_regex_new() with
 *   %G_REGEX_NEWLINE_LF, and %G_REGEX_CASELESS if @caseless; or %NULL with @error
 *   set to %PROF_ERROR_PATTERN, saying what is wrong and at which character of
 *   @text, the first being 1
 */
char *prof_pattern_syntax_translate (const char *text,
                                     bool        caseless,
                                     GError    **error);

G_END_DECLS
