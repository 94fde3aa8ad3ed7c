/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/* Which sample types several profiles have in common, and the finest unit of
 * each. For this folder. */

#include "base/prof-error.h"
#include "model/prof-profile.h"

G_BEGIN_DECLS

typedef struct
{
  size_t n; /* types they have in common, in the first profile's order */

  /* Owned; of type t of profile p at [p * n + t] */
  size_t *rows;   /* which of the profile's types it is */
  double *ratios; /* what its values are multiplied by; at least 1 */

  /* Owned; for each type the profile with the finest unit */
  size_t *finest;

  size_t finest_period; /* the profile with that unit */
} ProfMergeTypes;

/**
 * prof_merge_types_init:
 * @n: at least 1
 *
 * Types are the same when their names are; where a profile has several of one
 * name, the first is the first of the other and so on.
 *
 * Returns: %false with @error set to %PROF_ERROR_UNSUPPORTED when the profiles
 *   measure different things
 */
bool prof_merge_types_init (ProfMergeTypes     *self,
                            ProfProfile *const *profiles,
                            size_t              n,
                            GError            **error);
void prof_merge_types_clear (ProfMergeTypes *self);

G_END_DECLS
