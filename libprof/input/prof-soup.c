/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "input/prof-soup.h"

#include "base/prof-error.h"
#include <gmodule.h>

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

/* By GModule, and not by dlopen(): libsoup's constructor asks GModule for
 * something, which has a lock of its own. Whoever opens another module at the
 * same time, as GTK does for icons, has that lock and waits for the linker's; with
 * dlopen() each would have what the other waits for. And by its whole path:
 * of a bare name GModule tries "NAME.la" in the current folder first, which may be
 * anybody's. */
static GModule *
open_library (void)
{
  static const char *const folders[] = { PROF_SOUP_DIR,
                                         "/usr/lib64",
                                         "/usr/lib",
                                         "/app/lib" };

  for (size_t f = 0; f < G_N_ELEMENTS (folders); f++)
    {
      g_autofree char *path = g_build_filename (folders[f], LIBRARY, NULL);
      GModule         *library = NULL;

      if (g_file_test (path, G_FILE_TEST_IS_REGULAR))
        library = g_module_open (path, G_MODULE_BIND_LOCAL);
      if (library == NULL)
        continue;
      g_module_make_resident (library);
      return library;
    }
  return NULL;
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
      GModule *library = open_library ();

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
