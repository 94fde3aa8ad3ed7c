/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/* Names of functions as boxes of a call graph have room for them. */

#include <glib.h>

G_BEGIN_DECLS

/**
 * prof_short_name:
 * @name: bytes as in the profile
 *
 * What is left of a name without what is the same for many:
 *
 *   Go    github.com/a/b/v2.(*T).M              b.(*T).M
 *   Java  java.util.List.add(Object)            List.add
 *   C++   (anonymous namespace)::a::B::c<int>   B::c<int>
 *
 * Source: pprof internal/graph/graph.go of Go 1.19, ShortenFunctionName(): the
 *   version of a Go module goes, then the first language whose names look like
 *   that decides. Names of one element, "a/b", count as Go's.
 *
 * Returns: (transfer full): the name; @name itself where nothing can be left out
 */
char *prof_short_name (const char *name);

G_END_DECLS
