/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/* Names for addresses of a program: its ELF symbol table, and its DWARF where it
 * has been compiled with that, by libdw. Only the file that is named is opened, and
 * debug information that was taken out of it where prof_debug_file_places() says it
 * may be, if it is of the same build; no server is asked for some.
 *
 * It is used by one thread. */

#include "base/prof-error.h"
#include <stddef.h>
#include <stdint.h>

G_BEGIN_DECLS

typedef struct _ProfSymbols ProfSymbols;

/* A function at an address. Texts belong to the ProfSymbols. */
typedef struct
{
  const char *name; /* "server::Pool::take"; never "" */
  const char *file; /* as the compiler was told, or "" */
  int64_t     line; /* 0: not known; of a caller, that of the call */
  int64_t     start_line;
} ProfSymbol;

/* Whether there is libdw; without, nothing can be opened. */
bool prof_symbols_is_built (void);

/**
 * prof_symbols_open:
 * @path: of a regular file
 *
 * Returns: (transfer full): what names it has, perhaps none; %NULL with @error
 *   set: %G_IO_ERROR, or %PROF_ERROR_UNSUPPORTED when it is no ELF file
 */
ProfSymbols *prof_symbols_open (const char *path, GError **error);
void         prof_symbols_free (ProfSymbols *self);

/* The build ID, hexadecimal in small letters, or "". */
const char *prof_symbols_build_id (const ProfSymbols *self);

/**
 * prof_symbols_address:
 * @offset: a byte of the file that is loaded into memory
 * @address: (out): where it lies, as symbols have it
 */
bool prof_symbols_address (const ProfSymbols *self,
                           uint64_t           offset,
                           uint64_t          *address);

/**
 * prof_symbols_find:
 * @symbols: (out): the function at an address, and those that it is inlined into:
 *   innermost first; lent until the next call
 *
 * Returns: how many there are
 */
size_t prof_symbols_find (ProfSymbols       *self,
                          uint64_t           address,
                          const ProfSymbol **symbols);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ProfSymbols, prof_symbols_free)

G_END_DECLS
