/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "input/prof-soup.h"

#include "base/prof-error.h"
#include "input/prof-module.h"

/* Every version of libsoup 3 has this name; PROF_SOUP_DIR is where it was when
 * this was built. */
#define LIBRARY "libsoup-3.0.so.0"

#define DEFINE(name) __typeof__ (name) *sym_##name;
PROF_SOUP_FUNCTIONS (DEFINE)
#undef DEFINE

static bool
find_all (GModule *library)
{
#define FIND(name)                                                        \
  if (!g_module_symbol (library, #name, (gpointer *)(void *)&sym_##name)) \
    return false;
  PROF_SOUP_FUNCTIONS (FIND)
#undef FIND
  return true;
}

bool
prof_soup_open (GError **error)
{
  static GMutex lock;
  static bool   is_open;
  bool          was_opened;

  g_mutex_lock (&lock);
  if (!is_open)
    {
      GModule *library = prof_module_open (LIBRARY, PROF_SOUP_DIR);

      is_open = library != NULL && find_all (library);
    }
  was_opened = is_open;
  g_mutex_unlock (&lock);
  if (was_opened)
    return true;
  return prof_fail (error,
                    PROF_ERROR_UNSUPPORTED,
                    "addresses need libsoup 3, which is not installed (%s)",
                    LIBRARY);
}
