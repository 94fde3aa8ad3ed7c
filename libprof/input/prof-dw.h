/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/* libdw, opened by the first program whose symbols are asked for: with what it
 * needs it is four libraries, for nothing with nearly all profiles. A function of
 * it, or of its libelf, is called by its name with "sym_" in front. */

#include <dwarf.h>
#include <elfutils/libdw.h>
#include <elfutils/libdwelf.h>
#include <gelf.h>
#include <glib.h>
#include <stdbool.h>

G_BEGIN_DECLS

/* clang-format off */
#define PROF_DW_FUNCTIONS(use) \
  use (dwarf_addrdie) \
  use (dwarf_attr) \
  use (dwarf_begin_elf) \
  use (dwarf_decl_line) \
  use (dwarf_diename) \
  use (dwarf_end) \
  use (dwarf_filesrc) \
  use (dwarf_formref_die) \
  use (dwarf_formudata) \
  use (dwarf_get_units) \
  use (dwarf_getscopes) \
  use (dwarf_getscopes_die) \
  use (dwarf_getsrc_die) \
  use (dwarf_getsrcfiles) \
  use (dwarf_haspc) \
  use (dwarf_lineno) \
  use (dwarf_linesrc) \
  use (dwarf_tag) \
  use (dwelf_elf_gnu_build_id) \
  use (dwelf_elf_gnu_debuglink) \
  use (elf_begin) \
  use (elf_end) \
  use (elf_getdata) \
  use (elf_getphdrnum) \
  use (elf_kind) \
  use (elf_nextscn) \
  use (elf_strptr) \
  use (elf_version) \
  use (gelf_getphdr) \
  use (gelf_getshdr) \
  use (gelf_getsym)
/* clang-format on */

#define PROF_DW_DECLARE(name) extern __typeof__ (name) *sym_##name;
PROF_DW_FUNCTIONS (PROF_DW_DECLARE)
#undef PROF_DW_DECLARE

/**
 * prof_dw_open:
 *
 * To be asked before anything else here; any number of times, from any thread.
 *
 * Returns: %false with @error set to %PROF_ERROR_UNSUPPORTED when there is no
 *   libdw on this system
 */
bool prof_dw_open (GError **error);

G_END_DECLS
