/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/* A function's name in a box that is not to be wide: its package on a line, the
 * name itself on up to three.
 *
 *   github.com/org/project/pkg.(*Thing).Method   …/project/pkg
 *                                                (*Thing).Method
 */

#include <glib.h>
#include <stddef.h>

G_BEGIN_DECLS

/* Characters of a line, and lines of a name. */
#define PROF_GRAPH_NAME_CHARS 28
#define PROF_GRAPH_NAME_LINES 3

typedef struct
{
  char  *package; /* (owned): "" for none */
  char **lines;   /* (owned): at least one; %NULL at the end */
} ProfGraphName;

/**
 * prof_graph_name_init:
 * @name: valid UTF-8
 * @n_chars: of it that are looked at, as by prof_label_forms_init()
 *
 * Breaks a name where its parts meet, else between characters; what does not fit
 * ends with "…", of a package what is in front goes.
 */
void prof_graph_name_init (ProfGraphName *self,
                           const char    *name,
                           size_t         n_chars);
void prof_graph_name_clear (ProfGraphName *self);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (ProfGraphName, prof_graph_name_clear)

G_END_DECLS
