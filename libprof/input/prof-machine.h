/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/* What the machine has room for. */

#include "base/prof-limits.h"

G_BEGIN_DECLS

/* Bytes of memory that the machine has, 0 when unknown. */
uint64_t prof_machine_memory (void);

/**
 * prof_machine_limits:
 *
 * Returns: the defaults, with %PROF_LIMIT_MEMORY lowered to a quarter of the
 *   machine's memory where that is less
 */
ProfLimits prof_machine_limits (void);

G_END_DECLS
