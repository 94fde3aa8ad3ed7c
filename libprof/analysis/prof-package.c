/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "analysis/prof-package.h"

#include <glib.h>
#include <stdbool.h>
#include <string.h>

static bool
is_below (const char *name, const char *folder)
{
  return g_str_has_prefix (name, folder);
}

bool
prof_package_is_runtime (const char *name)
{
  return strcmp (name, "runtime") == 0 ||
         is_below (name, "runtime/internal/") || is_below (name, "internal/");
}

/* Whether the first element of an import path has a dot, as host names do. */
static bool
has_host (const char *name)
{
  return strcspn (name, ".") < strcspn (name, "/");
}

static bool
is_in_module_cache (const char *file)
{
  const char *at = strstr (file, "@v");

  return at != NULL && g_ascii_isdigit (at[2]);
}

ProfTier
prof_package_tier (const char *package, const char *file)
{
  if (prof_package_is_runtime (package))
    return PROF_TIER_RUNTIME;
  if (strcmp (package, "main") == 0)
    return PROF_TIER_OWN;
  if (has_host (package) && !is_in_module_cache (file))
    return PROF_TIER_OWN;
  return PROF_TIER_LIBRARY;
}

/* The linker writes a dot in the last element of an import path as "%2e". */
char *
prof_package_title (const char *text)
{
  g_auto (GStrv) parts = g_strsplit (text, "%2e", -1);

  return g_strjoinv (".", parts);
}

/* Code the compiler writes for types ("type..eq.[2]main.T") belongs to
 * nobody. */
static bool
is_generated (const char *name)
{
  return g_str_has_prefix (name, "type..") ||
         g_str_has_prefix (name, "type:.") || g_str_has_prefix (name, "go.") ||
         g_str_has_prefix (name, "go:");
}

/* Receivers, parameters and type arguments may hold whole import paths
 * themselves: "github.com/x/y.Map[github.com/x/z.T]". */
size_t
prof_package_of_name (const char *name)
{
  size_t      end = strcspn (name, "[(<");
  const char *colons = strstr (name, "::");
  const char *slash = g_strrstr_len (name, (gssize)end, "/");
  const char *element = slash != NULL ? slash + 1 : name;
  const char *dot;

  if (is_generated (name))
    return 0;
  if (colons != NULL && colons < name + end && slash == NULL)
    return (size_t)(colons - name);
  dot = memchr (element, '.', end - (size_t)(element - name));
  return dot != NULL ? (size_t)(dot - name) : 0;
}
