/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/* Packages, as the names of functions tell them. */

#include <glib.h>
#include <stdbool.h>
#include <stddef.h>

G_BEGIN_DECLS

typedef enum
{
  PROF_TIER_OWN,          /* the program's own code */
  PROF_TIER_LIBRARY,      /* standard library and modules */
  PROF_TIER_RUNTIME,      /* Go's runtime and internal packages */
  PROF_TIER_UNSYMBOLIZED, /* no names */
} ProfTier;

/**
 * prof_package_of_name:
 * @name: a function's name
 *
 * "net/http" of "net/http.(*conn).serve"; type arguments do not count.
 *
 * Returns: how many bytes of @name are the package; 0 when there is none, as for
 *   assembler bodies ("memeqbody") and what the compiler writes for types
 *   ("type..eq.main.T")
 */
size_t prof_package_of_name (const char *name);

/* Whose code a package is, @file being a source file of it; never
 * PROF_TIER_UNSYMBOLIZED. */
ProfTier prof_package_tier (const char *package, const char *file);

/* Whether it is Go's runtime or internal. */
bool prof_package_is_runtime (const char *package);

/* (transfer full): a package as people write it: the linker's "%2e" is a dot. */
char *prof_package_title (const char *package);

G_END_DECLS
