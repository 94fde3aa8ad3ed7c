/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "input/prof-soup.h"

#include "base/prof-error.h"
#include <dlfcn.h>
#include <string.h>

/* Every version of libsoup 3 has this name. */
#define LIBRARY "libsoup-3.0.so.0"

#define DEFINE(name) __typeof__ (name) *sym_##name;
PROF_SOUP_FUNCTIONS (DEFINE)
#undef DEFINE

/* A pointer to a function is no pointer to data in C; to dlsym() it is. */
static bool
find (void *library, const char *name, void *pointer, size_t size)
{
  void *found = dlsym (library, name);

  g_assert (size == sizeof found);
  memcpy (pointer, &found, size);
  return found != NULL;
}

static bool
find_all (void *library)
{
#define FIND(name)                                              \
  if (!find (library, #name, &sym_##name, sizeof (sym_##name))) \
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
      void *library = dlopen (LIBRARY, RTLD_NOW | RTLD_LOCAL | RTLD_NODELETE);

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
