/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/* The part of a function's name that pruning looks at. For this folder. */

#include "base/prof-pattern.h"
#include "model/prof-profile.h"

G_BEGIN_DECLS

/**
 * prof_simple_name_test:
 *
 * Tests the name of a function without a leading "." and without arguments.
 *
 * Source: pprof profile/prune.go, simplifyFunc().
 */
bool prof_simple_name_test (ProfPattern        *pattern,
                            const ProfProfile  *profile,
                            const ProfFunction *function,
                            bool               *matches,
                            GError            **error);

G_END_DECLS
