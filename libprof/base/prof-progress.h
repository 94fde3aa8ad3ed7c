/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/* How far long work is, and whether it should stop. One thread works and calls
 * prof_progress_step(); any thread may read the fraction or cancel. */

#include <gio/gio.h>
#include <stdbool.h>

G_BEGIN_DECLS

typedef struct _ProfProgress ProfProgress;

/**
 * prof_progress_new:
 * @cancellable: (nullable): stops the work when cancelled; a reference is kept
 *
 * Returns: (transfer full): progress at 0
 */
ProfProgress *prof_progress_new (GCancellable *cancellable);

ProfProgress *prof_progress_ref (ProfProgress *self);
void          prof_progress_unref (ProfProgress *self);

/**
 * prof_progress_step:
 * @self: (nullable): %NULL counts as "never cancelled"
 * @fraction: how much is done, 0 to 1, or negative when nobody knows
 *
 * Returns: %false with @error set to %G_IO_ERROR_CANCELLED when the work should
 *   stop
 */
bool prof_progress_step (ProfProgress *self, double fraction, GError **error);

/**
 * prof_progress_fraction:
 *
 * Returns: 0 to 1, or negative when unknown
 */
double prof_progress_fraction (const ProfProgress *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ProfProgress, prof_progress_unref)

G_END_DECLS
