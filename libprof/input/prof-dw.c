/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "input/prof-dw.h"

#include "input/prof-module.h"

#define DEFINE(name) __typeof__ (name) *sym_##name;
PROF_DW_FUNCTIONS (DEFINE)
#undef DEFINE

bool
prof_dw_open (GError **error)
{
#define PLACE(name) { #name, (gpointer *)(void *)&sym_##name },
  /* clang-format off */
  static const ProfModuleFunction functions[] = { PROF_DW_FUNCTIONS (PLACE) };
  /* clang-format on */
#undef PLACE
  /* PROF_DW_DIR is where it was when this was built. */
  static ProfModule module = {
    .name = "libdw.so.1",
    .folder = PROF_DW_DIR,
    .missing = "symbols need libdw, which is not installed",
    .functions = functions,
    .n_functions = G_N_ELEMENTS (functions),
  };

  return prof_module_open (&module, error);
}
