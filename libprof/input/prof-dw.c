/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "input/prof-dw.h"

#include "base/prof-error.h"
#include "input/prof-module.h"

/* PROF_DW_DIR is where it was when this was built. */
#define LIBRARY "libdw.so.1"

#define DEFINE(name) __typeof__ (name) *sym_##name;
PROF_DW_FUNCTIONS (DEFINE)
#undef DEFINE

static bool
find_all (GModule *library)
{
#define FIND(name)                                                        \
  if (!g_module_symbol (library, #name, (gpointer *)(void *)&sym_##name)) \
    return false;
  PROF_DW_FUNCTIONS (FIND)
#undef FIND
  return true;
}

bool
prof_dw_open (GError **error)
{
  static GMutex lock;
  static bool   is_open;
  bool          was_opened;

  g_mutex_lock (&lock);
  if (!is_open)
    {
      GModule *library = prof_module_open (LIBRARY, PROF_DW_DIR);

      is_open = library != NULL && find_all (library);
    }
  was_opened = is_open;
  g_mutex_unlock (&lock);
  if (was_opened)
    return true;
  return prof_fail (error,
                    PROF_ERROR_UNSUPPORTED,
                    "symbols need libdw, which is not installed (%s)",
                    LIBRARY);
}
