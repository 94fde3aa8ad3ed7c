/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/* The command line that prints what a window shows. No widget. */

#include "viewer-document.h"

G_BEGIN_DECLS

/**
 * viewer_command_new:
 * @view: a name of viewer_views
 *
 * Shape: "prof top --focus=json 'my cpu.prof'", quoted for a shell; a flame graph
 *   is written to a file named after the profile, and the sandwich is what
 *   "prof peek" says of the function in its middle.
 *
 * Returns: (transfer full) (nullable): the command, UTF-8; %NULL where no file
 *   has what is shown, as when it came through a pipe
 */
char *viewer_command_new (ViewerDocument *document, const char *view);

G_END_DECLS
