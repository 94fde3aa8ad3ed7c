/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/* What of a place in the code tells two frames apart. */

#include <glib.h>

G_BEGIN_DECLS

/**
 * ProfGranularity:
 * @PROF_GRANULARITY_FUNCTIONS: the function's name
 * @PROF_GRANULARITY_FILEFUNCTIONS: its name and file
 * @PROF_GRANULARITY_FILES: its file alone
 * @PROF_GRANULARITY_LINES: its name, file and line
 * @PROF_GRANULARITY_ADDRESSES: the address too
 * @PROF_GRANULARITY_PACKAGES: the package that its name begins with
 */
typedef enum
{
  PROF_GRANULARITY_FUNCTIONS,
  PROF_GRANULARITY_FILEFUNCTIONS,
  PROF_GRANULARITY_FILES,
  PROF_GRANULARITY_LINES,
  PROF_GRANULARITY_ADDRESSES,
  PROF_GRANULARITY_PACKAGES,
} ProfGranularity;

/* What the option --granularity calls it: "functions". */
const char *prof_granularity_name (ProfGranularity granularity);

G_END_DECLS
