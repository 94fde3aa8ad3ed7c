/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "input/prof-symbols.h"

bool
prof_symbols_is_built (void)
{
  return false;
}

ProfSymbols *
prof_symbols_open (const char *path, GError **error)
{
  return prof_fail_null (error, PROF_ERROR_UNSUPPORTED, "built without libdw");
}

void
prof_symbols_free (ProfSymbols *self)
{
}

const char *
prof_symbols_build_id (const ProfSymbols *self)
{
  return "";
}

bool
prof_symbols_address (const ProfSymbols *self,
                      uint64_t           offset,
                      uint64_t          *address)
{
  return false;
}

size_t
prof_symbols_find (ProfSymbols       *self,
                   uint64_t           address,
                   const ProfSymbol **symbols)
{
  return 0;
}
