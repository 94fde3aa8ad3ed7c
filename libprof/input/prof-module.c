/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "input/prof-module.h"

#include "base/prof-error.h"

/* By GModule, and not by dlopen(): libsoup's constructor, for one, asks GModule for
 * something, which has a lock of its own. Whoever opens another module at the
 * same time, as GTK does for icons, has that lock and waits for the linker's; with
 * dlopen() each would have what the other waits for. And by its whole path:
 * of a bare name GModule tries "NAME.la" in the current folder first, which may be
 * anybody's. */
static GModule *
open_library (const char *name, const char *folder)
{
  const char *const folders[] = { folder,
                                  "/usr/lib64",
                                  "/usr/lib",
                                  "/app/lib" };

  for (size_t f = 0; f < G_N_ELEMENTS (folders); f++)
    {
      g_autofree char *path = g_build_filename (folders[f], name, NULL);
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

static bool
find_all (const ProfModule *self, GModule *library)
{
  for (size_t f = 0; f < self->n_functions; f++)
    if (!g_module_symbol (library,
                          self->functions[f].name,
                          self->functions[f].place))
      return false;
  return true;
}

bool
prof_module_open (ProfModule *self, GError **error)
{
  bool was_opened;

  g_mutex_lock (&self->lock);
  if (!self->is_open)
    {
      GModule *library = open_library (self->name, self->folder);

      self->is_open = library != NULL && find_all (self, library);
    }
  was_opened = self->is_open;
  g_mutex_unlock (&self->lock);
  if (was_opened)
    return true;
  return prof_fail (error,
                    PROF_ERROR_UNSUPPORTED,
                    "%s (%s)",
                    self->missing,
                    self->name);
}
