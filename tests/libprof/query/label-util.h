/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/* Profiles with labels, and the golden that has pprof's answers about them. */

#include "test-util.h"

G_BEGIN_DECLS

/**
 * label_profile:
 * @samples: a sample each, NULL at the end: "s:KEY=TEXT" and "n:KEY=NUMBER/UNIT",
 *   separated by tabs
 *
 * Returns: (transfer full): the profile; its stacks are empty
 */
ProfProfile *label_profile (const char *const *samples);

/* The lines of the golden that begin with @kind and a tab, without both. */
char **label_golden (const char *kind);

/* The profile that the golden is about. */
ProfProfile *label_golden_profile (void);

G_END_DECLS
