/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/* A way from the root: which stacks --focus-path means.
 *
 *   path   name (';' name)*          root first: "main.main;main.serve"
 *   name   any bytes but none; ';' is written as "\;" and '\' as "\\"
 *
 * Names are those of frames that are functions: of code without a name, the
 * file of its binary in brackets, "[libc.so.6]", or "<unknown>". */

#include "base/prof-progress.h"
#include "model/prof-profile.h"
#include "query/prof-query.h"

G_BEGIN_DECLS

/* Whether a text is a path: no name of it is empty. */
bool prof_focus_path_check (const char *text, GError **error);

/**
 * prof_focus_path_append:
 * @path: gets one name more
 * @name: of a function; "" where there is none
 * @binary: (nullable): then of this binary, by its path
 */
void prof_focus_path_append (GString    *path,
                             const char *name,
                             const char *binary);

/**
 * prof_filter_path:
 * @fields: "focus_path" is asked for; "noinlines" and "collapse_recursion" say
 *   what a frame is
 * @misses: (inout): gets the bit of focus_path
 *
 * Leaves samples whose stack begins with the path, and goes on anyhow. What
 * "hide", "show" and "show_from" have taken from stacks they take from the path
 * as well, by its names, so that a filter which is added later does not make it
 * lead nowhere.
 *
 * Cost: linear in stack nodes and samples.
 *
 * Returns: (transfer full): the profile, or %NULL with @error set
 */
ProfProfile *prof_filter_path (ProfProfile           *profile,
                               const ProfQueryFields *fields,
                               unsigned              *misses,
                               ProfProgress          *progress,
                               GError               **error);

G_END_DECLS
