/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "input/prof-soup.h"

#include "input/prof-module.h"

#define DEFINE(name) __typeof__ (name) *sym_##name;
PROF_SOUP_FUNCTIONS (DEFINE)
#undef DEFINE

bool
prof_soup_open (GError **error)
{
#define PLACE(name) { #name, (gpointer *)(void *)&sym_##name },
  /* clang-format off */
  static const ProfModuleFunction functions[] = { PROF_SOUP_FUNCTIONS (PLACE) };
  /* clang-format on */
#undef PLACE
  /* Every version of libsoup 3 has this name; PROF_SOUP_DIR is where it was when
   * this was built. */
  static ProfModule module = {
    .name = "libsoup-3.0.so.0",
    .folder = PROF_SOUP_DIR,
    .missing = "addresses need libsoup 3, which is not installed",
    .functions = functions,
    .n_functions = G_N_ELEMENTS (functions),
  };

  return prof_module_open (&module, error);
}
