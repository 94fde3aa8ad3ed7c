/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/* Opens a source file in an editor: by the command in the preferences, or without
 * one as the desktop opens it. No shell is asked. */

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * viewer_editor_command:
 * @command: words as in a shell, where "%f" is the file, "%l" the line and "%%" a
 *   percent sign; without "%f" the file is the last word
 * @path: absolute
 * @line: from 1; 0 where none is known is line 1
 *
 * Words are split before anything is put in, so a file's name is one word.
 *
 * Returns: (transfer full): the words, or %NULL with @error set as by
 *   g_shell_parse_argv() or to %G_IO_ERROR_INVALID_ARGUMENT
 */
GStrv viewer_editor_command (const char *command,
                             const char *path,
                             gint64      line,
                             GError    **error);

/* Whether programs outside cannot be run: the desktop is asked then, through its
 * portal, and the command is not used. */
gboolean viewer_editor_is_confined (void);

/**
 * viewer_editor_open:
 *
 * Starts the editor and does not wait for it.
 *
 * Returns: %FALSE with @error set
 */
gboolean viewer_editor_open (const char *path, gint64 line, GError **error);

G_END_DECLS
