/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/* What the machine has room for, and lets us do. */

#include "base/prof-limits.h"
#include <stdbool.h>

G_BEGIN_DECLS

/* Bytes of memory that the machine has, 0 when unknown. */
uint64_t prof_machine_memory (void);

/**
 * prof_machine_limits:
 *
 * Returns: the defaults, with %PROF_LIMIT_MEMORY and %PROF_LIMIT_NODES lowered to
 *   a quarter of the machine's memory where that is less
 */
ProfLimits prof_machine_limits (void);

/* Whether we are in a sandbox of Flatpak, where the programs of the system are
 * not. */
bool prof_machine_is_sandbox (void);

G_END_DECLS
