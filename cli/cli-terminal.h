/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/* Text out of a profile on its way to a terminal. Control characters steer one,
 * those of ISO 6429's second set (U+0080 to U+009F, or their bare bytes) as well
 * as those of ASCII, and some characters turn around the text behind them. Each
 * becomes a question mark, and so does every byte that is not UTF-8. */

#include <glib.h>

G_BEGIN_DECLS

/* Text that comes in pieces, cut anywhere. All zeros is the beginning. */
typedef struct
{
  char  rest[4]; /* a character whose end has not come */
  gsize n_rest;
} CliTerminal;

/**
 * cli_terminal_put:
 * @allowed: the control characters that stay, such as "\n\t"
 * @out: is appended to
 */
void cli_terminal_put (CliTerminal *self,
                       const char  *text,
                       gsize        length,
                       const char  *allowed,
                       GString     *out);

/* What is left when no more will come. */
void cli_terminal_end (CliTerminal *self, GString *out);

/* Returns: (transfer full): a whole text */
char *cli_terminal_text (const char *text, gsize length, const char *allowed);

G_END_DECLS
